"""The form of a worker id, and keeping ids out of texts: they are personal data."""

import re
from collections.abc import Iterable

# The service model's CustomerId, narrowed to what is known to be issued [observed]: the one pattern of the provider.
PATTERN = r"A[A-Z0-9]{1,63}"
FORM = "a capital A followed by capital letters and digits, 2 to 64 characters in all"

_ID = re.compile(PATTERN)
# Within a text a shorter or digitless word in capitals is more often an ordinary word than an id.
_IN_TEXT = re.compile(r"\bA(?=[A-Z0-9]*[0-9])[A-Z0-9]{9,63}\b")


def is_worker_id(value: str) -> bool:
    """Whether a string has the form of a worker id, and nothing else."""
    return _ID.fullmatch(value) is not None


def redact(text: str, identifiers: Iterable[str] = ()) -> str:
    """Replace worker ids in a text: the given ones, and whatever has the form of one."""
    for identifier in sorted(filter(None, identifiers), key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(identifier)}(?![A-Za-z0-9])", "(worker)", text)
    return _IN_TEXT.sub("(worker)", text)


def contains_worker_id(text: str) -> bool:
    """Whether a text contains something of the form of a worker id."""
    return _IN_TEXT.search(text) is not None
