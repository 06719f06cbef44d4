"""Makes the pictures of the documentation from real runs, light and dark: `make pictures`.

- `terminal-*.svg`: a review as a terminal shows it (see `terminal_picture`);
- `review-*.png`: the same as a page, by Chromium, with the digest of the page in the picture;
- `worker-*.png`: a marketplace with a transcription study, as a worker sees it who has just registered.
"""

import hashlib
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from pulumi_mturk.marketplace import Marketplace, Server
from tests.support.browser import Scheme, chromium
from tests.support.golden_reports import GOLDEN
from tests.support.marketplace.api_calls import client_of
from tools import terminal_picture

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
REVIEW = GOLDEN / f"{terminal_picture.OF}.html"
_KEYWORD = b"Source"
_QUESTION = """\
<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<!doctype html><p>Write down the recording.</p>]]></HTMLContent><FrameHeight>0</FrameHeight>
</HTMLQuestion>"""
_TEST = """\
<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd">
<Question><QuestionIdentifier>pause</QuestionIdentifier><QuestionContent><Text>How is a pause written?</Text>
</QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question></QuestionForm>"""
_LOCALE, _HITS_APPROVED = "00000000000000000071", "00000000000000000040"


def main() -> int:
    """Write each picture."""
    PICTURES.mkdir(exist_ok=True)
    terminal_picture.main(PICTURES)
    with chromium() as browser:
        for scheme in SCHEMES:
            _review_page(browser, scheme)
            # Each is of a marketplace of its own: a registration is a change.
            with _served() as address:
                _worker_page(browser, address, scheme)
    return 0


def review_picture(scheme: str) -> Path:
    """Where the picture of a review's page is."""
    return PICTURES / f"review-{scheme}.png"


def made_from(page: Path) -> str:
    """The digest of a page."""
    return hashlib.sha256(page.read_bytes()).hexdigest()


def source_of(picture: Path) -> str:
    """The digest that stands in a picture."""
    found = picture.read_bytes().partition(b"tEXt" + _KEYWORD + b"\0")[2]
    return found[:64].decode()


def _review_page(browser: Browser, scheme: Scheme) -> None:
    with browser.new_context(viewport={"width": 900, "height": 820}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(REVIEW.as_uri())
        shot = page.screenshot()
    end = shot.rindex(b"IEND") - 4
    told = _chunk(b"tEXt", _KEYWORD + b"\0" + made_from(REVIEW).encode())
    review_picture(scheme).write_bytes(shot[:end] + told + shot[end:])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _worker_page(browser: Browser, address: str, scheme: Scheme) -> None:
    with browser.new_context(viewport={"width": 880, "height": 860}, base_url=address, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Country of your address").fill("GB")
        page.get_by_role("button", name="Register").click()
        page.get_by_text("Write down two minutes of an interview").first.wait_for()
        page.screenshot(path=PICTURES / f"worker-{scheme}.png")


@contextmanager
def _served() -> Iterator[str]:
    """The address of a marketplace with one HIT that asks for the study's test."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Marketplace.open(Path(folder) / "memory-lab.db") as marketplace,
        Server(marketplace) as server,
    ):
        mturk = client_of(server)
        made = mturk.create_qualification_type(
            Name="Transcription conventions",
            Description="You know the conventions by which we write down interviews: six questions.",
            QualificationTypeStatus="Active",
            Test=_TEST,
            TestDurationInSeconds=900,
            RetryDelayInSeconds=604_800,
        )
        conventions = made["QualificationType"]["QualificationTypeId"]
        mturk.create_hit(
            Title="Write down two minutes of an interview",
            Description="Listen to a recording of two minutes and write down what is said, by our conventions.",
            Keywords="transcription, audio, English, interview",
            Reward="1.80",
            MaxAssignments=20,
            AssignmentDurationInSeconds=2700,
            LifetimeInSeconds=604_800,
            Question=_QUESTION,
            QualificationRequirements=[
                {
                    "QualificationTypeId": _LOCALE,
                    "Comparator": "In",
                    "LocaleValues": [{"Country": code} for code in ("US", "CA", "GB", "AU", "NZ")],
                },
                {"QualificationTypeId": _HITS_APPROVED, "Comparator": "GreaterThanOrEqualTo", "IntegerValues": [0]},
                {"QualificationTypeId": conventions, "Comparator": "GreaterThanOrEqualTo", "IntegerValues": [75]},
            ],
        )
        yield server.url


if __name__ == "__main__":
    sys.exit(main())
