"""Marks: a keyword of a qualification type that tells which resource of which stack it was made for.

A mark is a hint for people, who can tell by it what an earlier, lost run has left. It proves nothing: whoever runs the
same program under the same names gives the same marks. Workers can search keywords, and so see it; it is a digest.

A program's own keywords can hold marks, too, copied from where MTurk shows a type. No word of this form makes a
difference between a program and a type.
"""

import hashlib
import re

_FORM = re.compile(r"pm1-[0-9a-f]{16}")


def mark_of(urn: str) -> str:
    """The mark of a resource. Its URN names project and stack, too."""
    return f"pm1-{hashlib.sha256(urn.encode()).hexdigest()[:16]}"


def with_mark(keywords: str | None, mark: str) -> str:
    """Keywords and a mark, which they may hold already."""
    if not keywords:
        return mark
    return keywords if mark in marks_in(keywords) else f"{keywords}, {mark}"


def marks_in(keywords: str | None) -> list[str]:
    """The words that have the form of a mark, in their order."""
    return [word for word in _words(keywords) if _FORM.fullmatch(word)]


def without_marks(keywords: str | None) -> list[str]:
    """The words that have not."""
    return [word for word in _words(keywords) if not _FORM.fullmatch(word)]


def _words(keywords: str | None) -> list[str]:
    return [word for word in map(str.strip, (keywords or "").split(",")) if word]
