"""From the entries of a list of workers to a roster, whichever form the list has: what is right, and what is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.integers import INT32, whole
from pulumi_mturk.common.names import to_snake
from pulumi_mturk.common.worker_ids import FORM, is_worker_id
from pulumi_mturk.rosters.roster import Position, Roster, in_words
from pulumi_mturk.rules import rosters

# A worker, or None for what is no worker id; the score, or None without one; whether the environment does not know the
# worker; and where the user finds it. A score beyond 32 bits stands for whatever is none.
Entry: TypeAlias = tuple[str | None, int | None, bool, Position]
WRONG_SCORE = INT32.stop

# The members of an entry that is an object, as the package schema has them; Python's classes read them in snake_case.
WORKER_ID, SCORE, UNKNOWN_WORKER = "workerId", "integerValue", "unknown"
_MEMBERS = {form: name for name in (WORKER_ID, SCORE, UNKNOWN_WORKER) for form in (name, to_snake(name))}

_GIVEN_UP = 10_000


def worker_of(value: Any) -> str | None:
    """The worker id that a text is, with blanks around it or without."""
    worker = value.strip() if isinstance(value, str) else ""
    return worker if is_worker_id(worker) else None


def members_of(entry: Mapping[Any, Any]) -> tuple[str | None, int | None, bool]:
    """What an object says: the worker, the score, and whether the environment does not know the worker."""
    if not entry.keys() <= _MEMBERS.keys():
        return None, None, False
    members = {_MEMBERS[key]: value for key, value in entry.items()}
    given = members.get(SCORE)
    number = whole(given)  # Pulumi's numbers are floats: 85.0
    score = None if given is None else number if number is not None and number in INT32 else WRONG_SCORE
    return worker_of(members.get(WORKER_ID)), score, members.get(UNKNOWN_WORKER) is True


def without_last_blank(entries: list[Any]) -> list[Any]:
    """The entries without the blank that a file leaves behind its last line end, where it is split at these."""
    is_blank = bool(entries) and isinstance(entries[-1], str) and not entries[-1].strip()
    return entries[:-1] if is_blank else entries


def roster_of(entries: Iterable[Entry], way_out: str) -> Roster:
    """The roster, with what is wrong in it. What can't be read is in no score; `way_out` says what to write instead."""
    scores: dict[str, int | None] = {}
    unknown: list[str] = []
    positions: dict[str, Position] = {}
    problems = _Problems()
    for worker, score, is_unknown, position in entries:
        if worker is None:
            problems.wrong_ids.append(position)
            if len(problems.wrong_ids) >= _GIVEN_UP:
                break  # this is no list of workers
            continue
        if score is not None and score not in INT32:
            problems.wrong_scores.append(position)
            continue
        if scores.setdefault(worker, score) != score:
            problems.two_scores += [positions[worker], position]
        elif worker not in positions:
            positions[worker] = position
        if is_unknown:
            unknown.append(worker)
    return Roster(scores, frozenset(unknown), positions, tuple(problems.diagnostics(way_out)))


@dataclass
class _Problems:
    """The positions of what is wrong in a list, by kind."""

    wrong_ids: list[Position] = field(default_factory=list)
    wrong_scores: list[Position] = field(default_factory=list)
    two_scores: list[Position] = field(default_factory=list)

    def diagnostics(self, way_out: str) -> Diagnostics:
        """One for each kind; none holds an id."""
        if self.wrong_ids:
            where = in_words(self.wrong_ids)
            rest = ", and nothing after was read" if len(self.wrong_ids) >= _GIVEN_UP else ""
            yield rosters.LISTED_WORKER_ID.at("workers", f"no worker id at {where}{rest}; one is {FORM}. {way_out}")
        if self.wrong_scores:
            where = in_words(self.wrong_scores)
            yield rosters.LISTED_SCORE.at(
                "workers", f"the score is no whole number of 32 bits at {where}; write one such as 85, as a number"
            )
        if self.two_scores:
            where = in_words(self.two_scores)
            yield rosters.LISTED_TWICE.at(
                "workers", f"the same worker has two scores at {where}; leave one of them out"
            )
