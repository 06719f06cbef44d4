"""Marks: a keyword of a qualification type that tells which resource of which stack it was made for.

A mark is a hint for people, who can tell by it what an earlier, lost run has left. It proves nothing: whoever runs the
same program under the same names gives the same marks. Workers can search keywords, and so see it; it is a digest.
"""

import hashlib
import re

_FORM = re.compile(r"pm1-[0-9a-f]{16}")


def mark_of(urn: str) -> str:
    """The mark of a resource. Its URN names project and stack, too."""
    return f"pm1-{hashlib.sha256(urn.encode()).hexdigest()[:16]}"


def with_mark(keywords: str | None, mark: str) -> str:
    """Keywords and a mark."""
    return f"{keywords}, {mark}" if keywords else mark


def split_mark(keywords: str | None) -> tuple[list[str], str | None]:
    """The words without a mark, and the mark."""
    words = [word.strip() for word in (keywords or "").split(",")]
    marks = [word for word in words if _FORM.fullmatch(word)]
    return [word for word in words if word and word not in marks], marks[0] if marks else None
