"""Make docs/pictures/review.png, the picture of a review's page, for `make pictures`.

It is of a kept report (tests/review/golden), whose digest stands in the picture itself.
"""

import hashlib
import struct
import zlib
from pathlib import Path

from tests.support.browser import chromium
from tests.support.golden_reports import GOLDEN
from tests.support.pulumi_cli import ROOT

PICTURE = ROOT / "docs" / "pictures" / "review.png"
OF = GOLDEN / "production.html"
_WIDTH, _HEIGHT = 900, 820
_KEYWORD = b"Source"


def main() -> None:
    """Open the page, and write the picture."""
    with chromium() as browser, browser.new_context(viewport={"width": _WIDTH, "height": _HEIGHT}) as context:
        page = context.new_page()
        page.goto(OF.as_uri())
        shot = page.screenshot()
    end = shot.rindex(b"IEND") - 4
    PICTURE.write_bytes(shot[:end] + _chunk(b"tEXt", _KEYWORD + b"\0" + made_from(OF).encode()) + shot[end:])


def made_from(page: Path) -> str:
    """The digest of a page."""
    return hashlib.sha256(page.read_bytes()).hexdigest()


def source_of(picture: Path) -> str:
    """The digest that stands in a picture."""
    found = picture.read_bytes().partition(b"tEXt" + _KEYWORD + b"\0")[2]
    return found[:64].decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main()
