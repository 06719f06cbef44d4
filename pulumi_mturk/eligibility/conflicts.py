"""Requirements that nobody can meet together, and requirements that change nothing beside others."""

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any, cast

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.text import listed
from pulumi_mturk.eligibility.assumptions import alternatives, not_documented
from pulumi_mturk.eligibility.description import quoted_rule
from pulumi_mturk.eligibility.regions import is_open, regions
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.eligibility.rule_set import Action, Constraint, Subject, World, guarding, read_rules

# Of up to so many rules on one subject the fewest are looked for; of more, some of which none can be left out.
_MOST_COMBINED = 12
_GUESSED = World(guesses=True)


@dataclass(frozen=True)
class Contradiction:
    """Requirements that nobody can meet together, as few of them as possible."""

    indices: tuple[int, ...]
    """Their places in the list."""
    requirements: tuple[Requirement, ...]
    documented: bool
    """Whether that is certain; otherwise it rests on `assumptions`."""
    message: str
    """Which they are, in words, and what to do."""
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Implied:
    """A requirement that changes nothing, because others ask for as much."""

    requirement: Requirement
    by: tuple[Requirement, ...]
    """The fewest others that imply it; none if every worker meets it."""
    index: int
    """Its place in the list."""


def contradictions(
    rules: Any, *, action: Action = "Accept", environment: Environment = "production"
) -> tuple[Contradiction, ...]:
    """Why nobody may take an action: for each qualification that nobody can have, the fewest rules that conflict.

    What is not known yet contradicts nothing. Of qualification types that are not known yet, only requirements with
    the same unknown object are about the same type.
    """
    found = []
    for on_it in _by_subject(guarding(read_rules(rules, environment), action)):
        guessed = [_Table(on_it, _GUESSED)]
        if not _conflict(on_it, guessed):
            continue
        # The fewest that certainly conflict, rather than fewer that may.
        certain = _certain(on_it)
        documented = _conflict(on_it, certain)
        enough = partial(_conflict, tables=certain if documented else guessed)
        found.append(_contradiction(_fewest(on_it, enough), documented))
    return tuple(found)


def implied(rules: Any, *, environment: Environment = "production") -> tuple[Implied, ...]:
    """The requirements that can be left out and nobody would gain or lose anything, in the program's order.

    Of two that say the same, the later one is told. Nothing is told that rests on what is not documented, or of
    qualifications that nobody can have.
    """
    found = []
    for on_it in _by_subject(read_rules(rules, environment)):
        kept, needless, tables = on_it, [], _certain(on_it)
        for each in reversed(on_it):
            others = [other for other in kept if other is not each]
            if _implies(others, each, tables):
                kept = others
                needless.append(each)
        if needless and _conflict(on_it, [_Table(on_it, _GUESSED)]):
            continue
        for each in needless:
            by = _fewest(kept, partial(_implies, each=each, tables=tables))
            found.append(Implied(_requirement(each), tuple(map(_requirement, by)), each.index))
    return tuple(sorted(found, key=lambda one: one.index))


class _Table:
    """At which regions of their subject some constraints hold, and at which not, in one world: each region is a bit."""

    def __init__(self, constraints: Sequence[Constraint], world: World) -> None:
        found = regions(constraints[0].subject, constraints, world)
        self.everywhere = (1 << len(found)) - 1
        self.met: dict[Constraint, int] = {}
        self.refused: dict[Constraint, int] = {}
        for each in constraints:
            decided = [each.decide(region.point, world) for region in found]
            self.met[each] = sum(1 << bit for bit, holds in enumerate(decided) if holds is True)
            self.refused[each] = sum(1 << bit for bit, holds in enumerate(decided) if holds is False)

    def refused_by(self, constraints: Iterable[Constraint]) -> int:
        """The regions at which one of them does not hold."""
        return functools.reduce(operator.or_, (self.refused[each] for each in constraints), 0)


def _by_subject(constraints: Iterable[Constraint]) -> list[list[Constraint]]:
    found: dict[Subject, list[Constraint]] = {}
    for each in constraints:
        if isinstance(each.requirement, Requirement):
            found.setdefault(each.subject, []).append(each)
    return list(found.values())


def _certain(constraints: Sequence[Constraint]) -> list[_Table]:
    """Tables of the worlds in all of which something has to be so to be certain."""
    return [_Table(constraints, world) for world in (World(), *(world for _, world in alternatives(constraints)))]


def _conflict(constraints: Sequence[Constraint], tables: Iterable[_Table]) -> bool:
    """Whether in each of the worlds, whatever a worker has, one of the constraints does not hold."""
    return all(table.refused_by(constraints) == table.everywhere for table in tables)


def _implies(others: Sequence[Constraint], each: Constraint, tables: Iterable[_Table]) -> bool:
    """Whether whoever meets the others meets this one too, for every action that it guards."""
    if each.guards is None:
        return False
    beside = [other for other in others if other.guards is not None and other.guards >= each.guards]
    if any(other.key == each.key for other in beside):
        return True
    return all(table.met[each] | table.refused_by(beside) == table.everywhere for table in tables)


def _fewest(constraints: Sequence[Constraint], enough: Callable[[Sequence[Constraint]], bool]) -> Sequence[Constraint]:
    """As few constraints as are enough; all of them together are."""
    if len(constraints) <= _MOST_COMBINED:
        sizes = range(len(constraints) + 1)
        return next(some for size in sizes for some in combinations(constraints, size) if enough(some))
    needed = list(constraints)
    for each in constraints:
        fewer = [other for other in needed if other is not each]
        if enough(fewer):
            needed = fewer
    return needed


def _contradiction(conflicting: Sequence[Constraint], documented: bool) -> Contradiction:
    if len(conflicting) == 1:
        said = f"nobody can meet {_quoted(conflicting[0])}; change it or leave it out"
    else:
        together = "both" if len(conflicting) == 2 else "all of"
        them = listed(f"{_quoted(each)} ([{each.index}])" for each in conflicting)
        said = f"nobody can meet {together} {them}; change one of them or leave it out"
    return Contradiction(
        tuple(each.index for each in conflicting),
        tuple(map(_requirement, conflicting)),
        documented,
        said,
        () if documented else tuple(_assumed(conflicting)),
    )


def _assumed(conflicting: Sequence[Constraint]) -> Iterator[str]:
    """What some constraints contradict each other by, and is not documented."""
    for text, world in alternatives(conflicting):
        if not _conflict(conflicting, [_Table(conflicting, world._replace(guesses=True))]):
            yield text
    yield from (not_documented(each) for each in conflicting if is_open(each))


def _quoted(constraint: Constraint) -> str:
    return quoted_rule(_requirement(constraint))


def _requirement(constraint: Constraint) -> Requirement:
    return cast("Requirement", constraint.requirement)  # `_by_subject` has left out what is not known as a whole
