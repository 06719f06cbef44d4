"""Numbers, nouns, lists and kinds of values in messages."""

import math
from collections.abc import Iterable
from typing import Any

from pulumi_mturk.common.unknown import Unknown


def count(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun: `count(1, "worker")` is "1 worker", `count(1200, "worker")` "1,200 workers"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(names: Iterable[str], word: str = "and") -> str:
    """Names in a sentence: "Canada, Italy and Spain"."""
    *some, last = names
    return f"{', '.join(some)} {word} {last}" if some else last


def kind_of(value: object) -> str:
    """What a value is, in a word for a message: "a text", "a list", "nothing"."""
    if value is None or isinstance(value, Unknown):
        return "nothing"
    if isinstance(value, float) and not math.isfinite(value):
        return "not a number (NaN)" if math.isnan(value) else "infinite"
    kind = type(value)
    return {str: "a text", bool: "a truth value", int: "a number", float: "a number", list: "a list"}.get(
        kind, f"a {kind.__name__}"
    )


# So much of a value is shown in a message: enough to know it again.
_SHOWN = 60


def shortened(text: str, most: int = _SHOWN) -> str:
    """A text on one line of a message: what can't be printed is escaped, and a long one is cut."""
    shown = text[:most]
    plain = shown if shown.isprintable() else repr(shown)[1:-1]
    return plain if len(text) <= most else f"{plain}…"


def quoted(value: Any) -> str:
    """A value as a program would write it, cut if it is long; of what is no text or number, what kind it is."""
    if isinstance(value, str):
        return repr(value) if len(value) <= _SHOWN else f"{value[:_SHOWN]!r}…"
    is_short = isinstance(value, bool | float) or (isinstance(value, int) and value.bit_length() <= 64)
    return repr(value) if is_short else kind_of(value)
