"""A roster as the package schema has it, in the plugin's inputs and state: a list, and in it ids or objects.

An entry is an id, or `{workerId, integerValue}` with a score. `unknown` marks, in a state alone, a worker whom the
environment does not know. The string of the dynamic providers is read as well: a stack may move from one to the other.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.rosters.encoding import decode
from pulumi_mturk.rosters.entries import (
    SCORE,
    UNKNOWN_WORKER,
    WORKER_ID,
    Entry,
    members_of,
    roster_of,
    without_last_blank,
    worker_of,
)
from pulumi_mturk.rosters.roster import Roster

_WAY_OUT = 'Write "A1EXAMPLE", or {"workerId": "A1EXAMPLE", "integerValue": 85}'


def read(recorded: "str | list[Any]") -> "Roster | Unknown":
    """The roster that a list, or the dynamic provider's string, holds; not known before each part of a list is."""
    if isinstance(recorded, str):
        return decode(recorded)
    later = next(filter(_is_unknown, _parts(recorded)), None)
    return roster_of(_entries(recorded), _WAY_OUT) if later is None else later


def write(roster: Roster) -> list[Any]:
    """The list, sorted. A worker is an object where there is more to say than the id."""
    return [
        worker if score is None and worker not in roster.unknown else _entry(worker, score, worker in roster.unknown)
        for worker, score in sorted(roster.scores.items())
    ]


def _entry(worker: str, score: int | None, is_unknown: bool) -> dict[str, Any]:
    members = {WORKER_ID: worker, SCORE: score, UNKNOWN_WORKER: is_unknown or None}
    return {name: value for name, value in members.items() if value is not None}


def _is_unknown(value: Any) -> bool:
    return isinstance(value, Unknown)


def _parts(entries: list[Any]) -> Iterator[Any]:
    """What may be unknown in a list; most of it is text, and a list may have 100,000 entries."""
    for entry in entries:
        if isinstance(entry, str):
            continue
        if isinstance(entry, Mapping):
            yield from entry.values()
        else:
            yield entry


def _entries(listed: list[Any]) -> Iterator[Entry]:
    for number, entry in enumerate(without_last_blank(listed), 1):
        position = (None, number)
        if isinstance(entry, str) or not isinstance(entry, Mapping):
            yield worker_of(entry), None, False, position
        else:
            yield *members_of(entry), position
