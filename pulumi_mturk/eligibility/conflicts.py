"""Requirements that nobody can meet together, and requirements that say nothing beside others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.eligibility.assumptions import alternatives, not_documented
from pulumi_mturk.eligibility.description import rule_in_words
from pulumi_mturk.eligibility.regions import is_open, regions
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.eligibility.rule_set import Action, Constraint, Subject, World, guarding, read_rules

# Up to so many rules on one subject the fewest are looked for; of more, some that are not too many.
_MOST_COMBINED = 12
GUESSED = World(guesses=True)


@dataclass(frozen=True)
class Contradiction:
    """Requirements that nobody can meet together, as few of them as possible."""

    indices: tuple[int, ...]
    """Their places in the list."""
    requirements: tuple[Requirement, ...]
    documented: bool
    """Whether that is certain; else it rests on `assumptions`."""
    message: str
    """In words: which of them, and what to do."""
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Implied:
    """A requirement that changes nothing, because others ask for the same or more."""

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
    for subject, on_it in _by_subject(guarding(read_rules(rules, environment), action)).items():
        if not _conflict(subject, on_it, [GUESSED]):
            continue
        # The fewest that certainly conflict, rather than fewer that may.
        worlds = _certain(on_it)
        documented = _conflict(subject, on_it, worlds)
        if not documented:
            worlds = [GUESSED]
        found.append(_contradiction(subject, _fewest(on_it, lambda some: _conflict(subject, some, worlds)), documented))  # noqa: B023
    return tuple(found)


def implied(rules: Any, *, environment: Environment = "production") -> tuple[Implied, ...]:
    """The requirements that can be left out and nobody would gain or lose anything, in the program's order.

    Of two that say the same, the later one is told. Nothing is told that rests on what is not documented, or of
    qualifications that nobody can have.
    """
    found = []
    for subject, on_it in _by_subject(read_rules(rules, environment)).items():
        if _conflict(subject, on_it, [GUESSED]):
            continue
        kept, needless = list(on_it), []
        for each in reversed(on_it):
            others = [other for other in kept if other is not each]
            if _implies(subject, others, each):
                kept = others
                needless.append(each)
        found += [
            Implied(
                _requirement(each),
                tuple(map(_requirement, _fewest(kept, partial(_implies, subject, each=each)))),
                each.index,
            )
            for each in needless
        ]
    return tuple(sorted(found, key=lambda one: one.index))


def _by_subject(constraints: Iterable[Constraint]) -> dict[Subject, list[Constraint]]:
    found: dict[Subject, list[Constraint]] = {}
    for each in constraints:
        if isinstance(each.requirement, Requirement):
            found.setdefault(each.subject, []).append(each)
    return found


def _certain(constraints: Iterable[Constraint]) -> list[World]:
    """The worlds in which something has to be so to be certain."""
    return [World(), *(world for _, world in alternatives(constraints))]


def _conflict(subject: Subject, constraints: Sequence[Constraint], worlds: Iterable[World]) -> bool:
    """Whether at each point of the subject one of the constraints does not hold, in each of the worlds."""
    return all(
        any(each.decide(region.point, world) is False for each in constraints)
        for world in worlds
        for region in regions(subject, constraints, world)
    )


def _implies(subject: Subject, others: Sequence[Constraint], each: Constraint) -> bool:
    """Whether whoever meets the others meets this one too, for every action that it guards."""
    if each.guards is None:
        return False
    beside = [other for other in others if other.guards is not None and other.guards >= each.guards]
    if any(other.key == each.key for other in beside):
        return True
    return all(
        each.decide(region.point, world) is True or any(other.decide(region.point, world) is False for other in beside)
        for world in _certain((*beside, each))
        for region in regions(subject, [*beside, each], world)
    )


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


def _contradiction(subject: Subject, conflicting: Sequence[Constraint], documented: bool) -> Contradiction:
    requirements = tuple(map(_requirement, conflicting))
    indices = tuple(each.index for each in conflicting)
    if len(conflicting) == 1:
        said = f"nobody can meet {_quoted(conflicting[0])}; change it or leave it out"
    else:
        *some, last = (f"{_quoted(each)} ([{each.index}])" for each in conflicting)
        together = "both" if len(conflicting) == 2 else "all of"
        said = f"nobody can meet {together} {', '.join(some)} and {last}; change one of them or leave it out"
    assumptions: tuple[str, ...] = ()
    if not documented:
        open_ = [each for each in conflicting if is_open(each)]
        assumptions = (
            *(
                text
                for text, world in alternatives(conflicting)
                if not _conflict(subject, conflicting, [world._replace(guesses=True)])
            ),
            *(not_documented(each) for each in open_),
        )
    return Contradiction(indices, requirements, documented, said, assumptions)


def _quoted(constraint: Constraint) -> str:
    return f"'{rule_in_words(_requirement(constraint))}'"


def _requirement(constraint: Constraint) -> Requirement:
    if not isinstance(constraint.requirement, Requirement):
        raise TypeError("a whole requirement that is not known contradicts nothing")
    return constraint.requirement
