"""Numbers, times and lists in the sentences of a review."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from pulumi_mturk.common.text import count, listed
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.common.worker_ids import contains_worker_id, redact

_MOST_NAMED = 5
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


class FewPeople(int):
    """A number of people from 1 to 9 that is not told (`mturk:smallNumbers`): written "1 to 9" wherever it is."""

    TEXT = "1 to 9"

    def __str__(self) -> str:
        return self.TEXT

    def __format__(self, spec: str) -> str:
        return self.TEXT

    def __repr__(self) -> str:
        return self.TEXT


def hidden_if_few(number: int) -> int:
    """The number, as `FewPeople` if it is one of 1 to 9: nothing can be reckoned back from it."""
    return FewPeople(9) if 0 < number < 10 else number


def without_worker_ids(value: Any) -> Any:
    """A report, or a part of one, in which nothing has the form of a worker id.

    The provider refuses ids in names and texts; a plan may come from elsewhere, and reports go to many people.
    """
    if isinstance(value, str):
        return redact(value) if contains_worker_id(value) else value
    if isinstance(value, tuple):
        return tuple(map(without_worker_ids, value)) if value else value
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        clean = {name: without_worker_ids(part) for name, part in parts.items()}
        return value if all(clean[name] is part for name, part in parts.items()) else replace(value, **clean)
    return value


def people(number: int, one: str = "", many: str = "") -> str:
    """So many people, and what they do: "1 person", "1,200 people", "1 person is mailed", "1 to 9 people are mailed".

    `one` and `many` are the verb with what belongs to it.
    """
    return count(number, f"person {one}".rstrip(), f"people {many}".rstrip())


def named(names: Iterable[str]) -> str:
    """Names in a sentence: "a", "a and b", and of many the first ones and how many more there are."""
    every = list(names)
    shown = len(every) if len(every) <= _MOST_NAMED else _MOST_NAMED - 1
    quoted = [f'"{name}"' for name in every[:shown]]
    if shown < len(every):
        quoted.append(f"{len(every) - shown:,} more")
    return listed(quoted) if quoted else ""


def joined(words: Iterable[str]) -> str:
    """Phrases in a sentence: "Canada, and approval rates of 95 to 97 %"."""
    phrases = list(words)
    mark = ", " if len(phrases) == 2 else "; "
    return f"{'; '.join(phrases[:-1])}{mark}and {phrases[-1]}" if len(phrases) > 1 else "".join(phrases)


def dollars(amount: Decimal) -> str:
    """An amount in US dollars: "$0.40"."""
    return f"${amount:,.2f}"


def duration(seconds: Any) -> str | None:
    """A number of seconds in words: "7 days", "1 hour 30 minutes"; None where there is none."""
    if isinstance(seconds, Unknown):
        return str(seconds)
    if not isinstance(seconds, int | float):
        return None
    left, parts = int(seconds), []
    for size, unit in _UNITS:
        number, left = divmod(left, size)
        if number:
            parts.append(count(number, unit))
    return " ".join(parts) or "0 seconds"


def value(item: Any) -> str | None:
    """An input's value for a table, on one line; None where it is not set."""
    if item is None:
        return None
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, int):
        return f"{item:,}"
    if isinstance(item, list):
        return ", ".join(filter(None, map(value, item)))
    if isinstance(item, dict):
        return ", ".join(f"{key}: {value(one)}" for key, one in sorted(item.items()))
    return " ".join(str(item).split())
