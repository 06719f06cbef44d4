"""What a plan does to who holds each qualification type, in numbers: rosters and grants.

A change is in force at once, also for HITs that are published. Numbers are public inputs of the resources; who stands
on a list is not in a plan.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.review.plan import Plan, Side, Step
from pulumi_mturk.review.qualification_types import QualificationTypes, TypeReference, When

_CHANGE = re.compile(r"\+(\d+) \u2212(\d+) ~(\d+)")
_LISTS = ("QualificationRoster", "QualificationGrant")
EVERY_SCORE = (-(2**31), 2**31 - 1)
_DEFAULT_SCORE = 1


@dataclass(frozen=True, kw_only=True)
class ListChange:
    """What a roster or a grant does to the holders of one type. A number is None where it is not known."""

    step: Step
    type: TypeReference
    """Whom it concerns: for those who lose it the type of before, else that of after."""
    added: int | None = 0
    removed: int | None = 0
    rescored: int | None = 0
    before: int | None = 0
    after: int | None = 0
    refills: bool = False
    """Whether the list gives the type anew because it is replaced: who is on it stays so, as far as is known."""
    becomes_exclusive: bool = False
    """Whether holders who are not listed lose it, and how many they are can't be told."""
    scores_before: tuple[int, int] = EVERY_SCORE
    """The lowest and highest score that those on it may have."""
    scores_after: tuple[int, int] = EVERY_SCORE

    @property
    def changes(self) -> bool:
        """Whether anybody's qualification is another one afterwards."""
        return bool(self.becomes_exclusive) or any(one != 0 for one in (self.added, self.removed, self.rescored))


def list_changes(plan: Plan, types: QualificationTypes) -> list[ListChange]:
    """All changes of lists, in the order of their URNs."""
    found: list[ListChange] = []
    for step in plan.steps:
        # Whom an import finds on a list, hold the type already.
        if step.kind in _LISTS and step.changes and step.operations != ("import",):
            found += _changes(step, types)
    return [change for change in found if change.changes]


def holders(plan: Plan, types: QualificationTypes, when: When = "before") -> dict[str, int]:
    """How many the stack's lists name for each type, by its key; a type with a list of unknown length is left out."""
    counts: dict[str, int | None] = {}
    for step in plan.steps:
        side = step.before if when == "before" else step.after
        if step.kind not in _LISTS or side is None:
            continue
        reference = types.of_list(step, when)
        if reference is None or reference.key is None:
            continue
        so_far, number = counts.get(reference.key, 0), _count(step, side)
        counts[reference.key] = None if so_far is None or number is None else so_far + number
    return {key: number for key, number in counts.items() if number is not None}


def _changes(step: Step, types: QualificationTypes) -> Iterable[ListChange]:
    before, after = types.of_list(step, "before"), types.of_list(step, "after")
    if before is None or step.before is None:
        if after is not None and step.after is not None:
            number = _count(step, step.after)
            begun = _change(step, after, added=number, after=number)
            yield replace(begun, becomes_exclusive=_exclusive_over_others(step.after, after, types))
        return
    number = _count(step, step.before)
    if after is None or step.after is None:
        yield _change(step, before, removed=number, before=number)
        return
    if step.kind == "QualificationGrant":
        yield from _of_grant(step, before, after)
        return
    listed = _count(step, step.after)
    if before.key == after.key and before.identity != after.identity:
        yield replace(_change(step, after, added=listed, before=number, after=listed), refills=True)
        return
    if before.key != after.key:
        # Another type: whoever stands on the list gets that one, and loses the old one.
        yield _change(step, before, removed=number, before=number)
        begun = _change(step, after, added=listed, after=listed)
        yield replace(begun, becomes_exclusive=_exclusive_over_others(step.after, after, types))
        return
    added, removed, rescored = _told(step.after.inputs.get("change"))
    changed = _change(
        step,
        after,
        added=added,
        removed=removed,
        rescored=rescored,
        before=number,
        after=listed,
    )
    exclusive = (side.inputs.get("exclusive") is True for side in (step.before, step.after))
    was, now = exclusive
    yield replace(changed, becomes_exclusive=now and not was)


def _exclusive_over_others(side: Side, reference: TypeReference, types: QualificationTypes) -> bool:
    """Whether a list that begins with a type takes it from whom it does not name. A type that is new nobody holds."""
    made = types.steps.get(reference.urn or "")
    return side.inputs.get("exclusive") is True and (made is None or not made.new_id or made.adopted is not None)


def _of_grant(step: Step, before: TypeReference, after: TypeReference) -> Iterable[ListChange]:
    if step.operation == "replace":
        yield _change(step, before, removed=1, before=1)
        yield _change(step, after, added=1, after=1)
    elif step.before is not None and step.after is not None:
        scores = [side.inputs.get("integerValue") for side in (step.before, step.after)]
        yield _change(step, after, rescored=int(scores[0] != scores[1]), before=1, after=1)


def _change(
    step: Step,
    reference: TypeReference,
    *,
    added: int | None = 0,
    removed: int | None = 0,
    rescored: int | None = 0,
    before: int | None = 0,
    after: int | None = 0,
) -> ListChange:
    return ListChange(
        step=step,
        type=reference,
        added=added,
        removed=removed,
        rescored=rescored,
        before=before,
        after=after,
        scores_before=_scores(step, step.before),
        scores_after=_scores(step, step.after),
    )


def _count(step: Step, side: Side) -> int | None:
    if step.kind == "QualificationGrant":
        return 1
    number = side.inputs.get("count")
    return number if isinstance(number, int) else None


def _told(text: Any) -> tuple[int | None, int | None, int | None]:
    """Added, removed and scores changed, as a roster's `change` tells them."""
    found = _CHANGE.fullmatch(text.replace(",", "")) if isinstance(text, str) else None
    return (int(found[1]), int(found[2]), int(found[3])) if found else (None, None, None)


def _scores(step: Step, side: Side | None) -> tuple[int, int]:
    """The lowest and highest score of those on a list: any, where the inputs don't tell."""
    inputs: Mapping[str, Any] = side.inputs if side is not None else {}
    if step.kind == "QualificationGrant":
        score = inputs.get("integerValue")
        return (score, score) if isinstance(score, int) else EVERY_SCORE
    lowest, highest = inputs.get("lowestScore"), inputs.get("highestScore")
    if isinstance(lowest, int) and isinstance(highest, int):
        return lowest, highest
    return EVERY_SCORE


@dataclass(frozen=True)
class Constraint:
    """What a HIT type asks of one qualification type: its rules on it."""

    comparator: str
    values: tuple[int, ...] | None = ()
    """None where they are not known."""
    guarded: str = "Accept"

    def holds_for(self, scores: tuple[int, int]) -> bool | None:
        """Whether holders with scores in this range meet it: all, none, or (None) that can't be told."""
        if self.comparator == "Exists":
            return True
        if self.comparator == "DoesNotExist":
            return False
        if self.values is None or not self.values:
            return None
        lowest, highest = scores
        bound = self.values[0]
        match self.comparator:
            case "GreaterThanOrEqualTo":
                return _split(lowest >= bound, highest < bound)
            case "GreaterThan":
                return _split(lowest > bound, highest <= bound)
            case "LessThanOrEqualTo":
                return _split(highest <= bound, lowest > bound)
            case "LessThan":
                return _split(highest < bound, lowest >= bound)
            case "EqualTo" | "In":
                return _split(_all_among(self.values, scores), not _any_among(self.values, scores))
            case "NotEqualTo" | "NotIn":
                return _split(not _any_among(self.values, scores), _all_among(self.values, scores))
        return None

    @property
    def excludes(self) -> bool:
        """Whether it keeps holders out."""
        return self.comparator == "DoesNotExist"


def _any_among(values: tuple[int, ...], scores: tuple[int, int]) -> bool:
    return any(scores[0] <= one <= scores[1] for one in values)


def _all_among(values: tuple[int, ...], scores: tuple[int, int]) -> bool:
    """Whether each score between the two is one of the values, of which a rule has fifteen at most."""
    return scores[1] - scores[0] < len(values) and set(range(scores[0], scores[1] + 1)) <= set(values)


def _split(every: bool, none: bool) -> bool | None:
    return True if every else False if none else None


def constraint_of(rule: Mapping[str, Any]) -> Constraint:
    """What one rule of a HIT type asks."""
    values = rule.get("integerValues")
    known = isinstance(values, list) and not any(isinstance(one, Unknown) for one in values)
    comparator, guarded = rule.get("comparator"), rule.get("actionsGuarded")
    return Constraint(
        comparator if isinstance(comparator, str) else "",
        tuple(int(one) for one in values if isinstance(one, int | float))
        if known and isinstance(values, list)
        else None
        if values
        else (),
        guarded if isinstance(guarded, str) else "Accept",
    )


@dataclass(frozen=True)
class Flow:
    """How many people a list's change lets into a HIT type and keeps from it; None where it can't be told."""

    enter: int | None = 0
    leave: int | None = 0
    unknown: int | None = 0

    def __add__(self, other: "Flow") -> "Flow":
        return Flow(_sum(self.enter, other.enter), _sum(self.leave, other.leave), _sum(self.unknown, other.unknown))

    @property
    def anybody(self) -> bool:
        """Whether it moves anybody, as far as that can be told."""
        return (self.enter, self.leave, self.unknown) != (0, 0, 0)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def flow(change: ListChange, constraints: Iterable[Constraint]) -> Flow:
    """What a list's change does to a HIT type with these rules on its type."""
    rules = list(constraints)
    if change.refills:
        return Flow()
    if any(rule.excludes for rule in rules):
        # With another rule on the same type beside it nobody is let in at all.
        return Flow(enter=change.removed if len(rules) == 1 else 0, leave=change.added) + _exclusive(change, "enter")
    now, was = meets(rules, change.scores_after), meets(rules, change.scores_before)
    total = Flow()
    if now is not False:
        total += Flow(enter=change.added) if now else Flow(unknown=change.added)
    if was is not False:
        total += Flow(leave=change.removed) if was else Flow(unknown=change.removed)
    if now is None or was is None:
        total += Flow(unknown=change.rescored)
    elif now is not was:
        total += Flow(enter=change.rescored) if now else Flow(leave=change.rescored)
    return total + _exclusive(change, "leave")


def _exclusive(change: ListChange, side: str) -> Flow:
    """Holders who are not listed, whose number is not in the plan."""
    if not change.becomes_exclusive:
        return Flow()
    return Flow(enter=None) if side == "enter" else Flow(leave=None)


def meets(rules: Iterable[Constraint], scores: tuple[int, int]) -> bool | None:
    """Whether holders with such scores meet all rules: all, none, or (None) that can't be told."""
    answers = [rule.holds_for(scores) for rule in rules]
    if False in answers:
        return False
    return None if None in answers else True
