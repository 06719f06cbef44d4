"""Numbers, nouns and kinds of values in messages."""

import math

from pulumi_mturk.common.unknown import Unknown


def count(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun: `count(1, "worker")` is "1 worker", `count(1200, "worker")` "1,200 workers"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


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
