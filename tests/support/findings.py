"""What was said, as tests ask for it: by the code of the rule and the place, not by the words."""

import re
from collections.abc import Iterable

_CODE = re.compile(r" \[(MT\d{3})\]")


def code(text: str) -> str:
    """The code that a text ends with."""
    found = _CODE.search(text)
    assert found is not None, text
    assert text.endswith(found[0]), text
    return found[1]


def codes(texts: Iterable[str]) -> list[str]:
    """The code of each text."""
    return [code(text) for text in texts]


def places(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Where each text says that something is, and the code of its rule."""
    return [(text.partition(": ")[0], code(text)) for text in texts]


def words(text: str) -> str:
    """A text without its codes, for tests of what people read."""
    return _CODE.sub("", text)
