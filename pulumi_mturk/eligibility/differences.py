"""Whom one set of constraints admits and another does not: whether there is anybody, where, and an example.

All subjects are independent of each other. So somebody is admitted by the one set and not by the other exactly if at
some subject there is a region within the one and outside the other, and every other subject has a region within the
one. An open constraint that both sets have cancels; any other leaves the question open.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from pulumi_mturk.eligibility.regions import Region, regions
from pulumi_mturk.eligibility.rule_set import Constraint, Subject, World

Answer: TypeAlias = Literal["yes", "no", "unknown"]
Constraints: TypeAlias = Sequence[Constraint]


class SubjectDifference(NamedTuple):
    """Where two sets differ at one subject."""

    subject: Subject
    regions: tuple[Region, ...]
    """Those that are certainly within the one and outside the other; if there are none, those that may be."""
    proven: bool


class Difference(NamedTuple):
    """Who is within one set and outside another."""

    answer: Answer
    subjects: tuple[SubjectDifference, ...]
    inside: Mapping[Subject, Region]
    """A region of each subject within the one set, and within the other too if there is one."""


class _Part(NamedTuple):
    """One region, and what the two sets say of it."""

    region: Region
    within: bool
    """Admitted by the one set, for sure."""
    perhaps_within: bool
    outside: bool
    """Not admitted by the other set, for sure."""
    perhaps_outside: bool
    """Even if it is admitted by the one."""


def difference(within: Constraints, outside: Constraints, world: World, cut_by: Constraints = ()) -> Difference:
    """Who is within one set and outside another. Regions are cut at the bounds of these and of `cut_by`."""
    subjects = dict.fromkeys(each.subject for each in (*within, *outside))
    parts = {subject: list(_parts(subject, within, outside, cut_by, world)) for subject in subjects}
    if any(not any(part.perhaps_within for part in found) for found in parts.values()):
        return Difference("no", (), {})
    certain = {subject for subject, found in parts.items() if any(part.within for part in found)}
    proven, in_doubt = [], []
    for subject, found in parts.items():
        sure = tuple(part.region for part in found if part.within and part.outside)
        perhaps = tuple(part.region for part in found if part.perhaps_within and part.perhaps_outside)
        if sure and certain >= parts.keys() - {subject}:
            proven.append(SubjectDifference(subject, sure, proven=True))
        elif perhaps:
            in_doubt.append(SubjectDifference(subject, perhaps, proven=False))
    inside = {
        subject: min((part for part in found if part.within), key=lambda part: part.outside).region
        for subject, found in parts.items()
        if subject in certain
    }
    answer: Answer = "yes" if proven else "unknown" if in_doubt else "no"
    return Difference(answer, tuple(proven or in_doubt), inside)


def _parts(
    subject: Subject, within: Constraints, outside: Constraints, cut_by: Constraints, world: World
) -> Iterator[_Part]:
    mine, other, cutting = ([each for each in side if each.subject == subject] for side in (within, outside, cut_by))
    shared = {each.key for each in other}
    for region in regions(subject, [*mine, *other, *cutting], world):
        here = [(each, each.decide(region.point, world)) for each in mine]
        there = [(each.key, each.decide(region.point, world)) for each in other]
        admitted = all(holds is not False for _, holds in here)
        refused = any(holds is False for _, holds in there)
        open_here = {each.key: each for each, holds in here if holds is None}
        cancels = all(
            key in shared and each.decide(region.point, world._replace(guesses=True)) is not False
            for key, each in open_here.items()
        )
        open_there = any(holds is None and key not in open_here for key, holds in there)
        yield _Part(region, admitted and cancels, admitted, refused, refused or open_there)
