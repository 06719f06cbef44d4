"""A roster as the package schema has it, in the plugin's inputs and state: a list, and in it ids or objects.

An entry is an id, or `{workerId, integerValue}` with a score. `unknown` marks, in a state alone, a worker whom the
environment does not know. The string of the dynamic providers is read as well: a stack may move from one to the other.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_mturk.common.integers import INT32, whole
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.common.worker_ids import is_worker_id
from pulumi_mturk.rosters.encoding import decode
from pulumi_mturk.rosters.entries import WRONG_SCORE, Entry, roster_of
from pulumi_mturk.rosters.roster import Roster

WORKER_ID, SCORE, UNKNOWN_WORKER = "workerId", "integerValue", "unknown"
_MEMBERS = frozenset({WORKER_ID, SCORE, UNKNOWN_WORKER})
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


def _entry(worker: str, score: int | None, stranger: bool) -> dict[str, Any]:
    members = {WORKER_ID: worker, SCORE: score, UNKNOWN_WORKER: stranger or None}
    return {name: value for name, value in members.items() if value is not None}


def _is_unknown(value: Any) -> bool:
    return isinstance(value, Unknown)


def _parts(entries: list[Any]) -> Iterator[Any]:
    """What may be unknown in a list; most of it is text, and a list may have 100,000 entries."""
    for entry in entries:
        if isinstance(entry, Mapping):
            yield from entry.values()
        elif not isinstance(entry, str):
            yield entry


def _entries(listed: list[Any]) -> Iterator[Entry]:
    # A file that is split at its line ends leaves a blank behind the last one.
    entries = listed[:-1] if listed and isinstance(listed[-1], str) and not listed[-1].strip() else listed
    for number, entry in enumerate(entries, 1):
        position = (None, number)
        if isinstance(entry, str):
            yield _worker(entry), None, False, position
        elif isinstance(entry, Mapping) and entry.keys() <= _MEMBERS:
            stranger = entry.get(UNKNOWN_WORKER) is True
            yield _worker(entry.get(WORKER_ID)), _score(entry.get(SCORE)), stranger, position
        else:
            yield None, None, False, position


def _worker(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    worker = value.strip()
    return worker if is_worker_id(worker) else None


def _score(value: Any) -> int | None:
    if value is None:
        return None
    # Pulumi's numbers are floats: 85.0.
    number = whole(value)
    return number if number is not None and number in INT32 else WRONG_SCORE
