"""What a change of rules does to the people whom they admit, apart from any plan.

A program of many HIT types makes most of them alike: their rules differ by the types that they name alone. So rules are
judged with marks in the place of ids and names, once for all that are alike, and the names put in afterwards.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.eligibility import Comparison, compare, contradictions, implied, in_words, rule_rows
from pulumi_mturk.eligibility import Movement as Moved
from pulumi_mturk.review.plan import Hidden
from pulumi_mturk.review.report import EligibilityChange, Movement, Row

PlainRules: TypeAlias = list[dict[str, Any]]
"""Rules as `eligibility` takes them, with each type's identity in the place of its id."""

UNTOLD = "a rule names a qualification type whose id is not known yet, and the plan does not tell which it is"

_WORSE = ("same", "tightened", "unknown", "loosened", "both")
_MOST_WITNESSES = 3
_REMEMBERED = 2_048
# Of the part of Unicode that means nothing: no name of a program has them.
_NAME = "\ue000{}\ue001"
_NAMES = re.compile("\ue000([0-9]+)\ue001")
_HIDDEN = "hidden"
_EVERYBODY = Row(subject="workers", before=None, after="all: there is no rule")


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """All that is to be said of the rules of one HIT type, before and after."""

    eligibility: EligibilityChange
    enters: Movement
    """Apart from what has risks of its own: exclusions that are dropped, and types that are replaced."""
    leaves: Movement
    nobody_before: str = ""
    """Why the rules admit nobody; empty if they admit somebody."""
    nobody_after: str = ""


def judge_rules(
    before: PlainRules,
    after: PlainRules,
    aligned: tuple[PlainRules, PlainRules],
    own_types: Mapping[str, str],
    environment: Environment,
) -> RuleChange:
    """What a change does. `aligned` is both lists without what has risks of its own.

    `own_types` are the identities that stand for qualification types, with a name for each.
    """
    marks = _Marks(own_types)
    key = json.dumps([marks.put(rules) for rules in (before, after, *aligned)], sort_keys=True)
    named: RuleChange = _named(_judged(key, environment), marks.names)
    return named


def without_predecessor(eligibility: EligibilityChange) -> EligibilityChange:
    """The rules of a new HIT type, as they will be: nobody comes in or goes out by a change of them."""
    nobody = Movement(answer="no")
    rows = tuple(replace(row, before=None) for row in eligibility.rows) or (_EVERYBODY,)
    return EligibilityChange(verdict="new", enters=nobody, leaves=nobody, rows=rows, implied=eligibility.implied)


class _Marks:
    """Marks in the place of what differs between rules that are alike."""

    def __init__(self, own_types: Mapping[str, str]) -> None:
        self._own_types = own_types
        self._identities: dict[str, str] = {}
        self._hidden: dict[int, int] = {}
        self._names: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        """The names that stand behind the marks."""
        return list(self._names)

    def put(self, value: Any, member: str = "") -> Any:
        """A value with marks in it."""
        if isinstance(value, Hidden):
            return {_HIDDEN: self._hidden.setdefault(id(value), len(self._hidden))}
        if isinstance(value, dict):
            return {key: self.put(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self.put(item) for item in value]
        if member == "qualificationTypeId" and value in self._own_types:
            return self._identities.setdefault(value, f"T{len(self._identities)}")
        if member == "qualificationTypeName" and isinstance(value, str):
            return _NAME.format(self._names.setdefault(value, len(self._names)))
        return value


def _named(value: Any, names: list[str]) -> Any:
    """The same with the names in the place of their marks."""
    if isinstance(value, str):
        return _NAMES.sub(lambda mark: names[int(mark[1])], value) if "\ue000" in value else value
    if isinstance(value, tuple):
        return tuple(_named(item, names) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _named(getattr(value, one.name), names) for one in fields(value)})
    return value


@lru_cache(_REMEMBERED)
def _judged(key: str, environment: Environment) -> RuleChange:
    hidden: dict[int, Hidden] = {}
    before, after, old, new = _without_marks(json.loads(key), hidden)
    comparison, judged_as = _worse(before, after, environment)
    moved = comparison if (before, after) == (old, new) else _worse(old, new, environment)[0]
    told_in: Environment = "production" if judged_as == "in production" else environment
    eligibility = EligibilityChange(
        verdict=comparison.verdict,
        enters=_movement(comparison.enters),
        leaves=_movement(comparison.leaves),
        rows=_rows(before, after, environment),
        visibility=comparison.visibility,
        assumptions=comparison.assumptions,
        implied=tuple(_implied(after, told_in)),
        judged_as="in production" if judged_as == "in production" else "here",
    )
    return RuleChange(
        eligibility=eligibility,
        enters=_movement(moved.enters),
        leaves=_movement(moved.leaves),
        nobody_before=_nobody(before, environment),
        nobody_after=_nobody(after, environment),
    )


def _without_marks(value: Any, hidden: dict[int, Hidden]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_HIDDEN}:
            return hidden.setdefault(value[_HIDDEN], Hidden("unknown"))
        return {key: _without_marks(item, hidden) for key, item in value.items()}
    return [_without_marks(item, hidden) for item in value] if isinstance(value, list) else value


def _worse(before: PlainRules, after: PlainRules, environment: Environment) -> tuple[Comparison, str]:
    """The comparison, here and, where rules are for production alone, in production: the worse of both."""
    here = _compared(before, after, environment)
    marked = any(rule.get("productionOnly") for rule in (*before, *after))
    if environment == "production" or not marked:
        return here, "here"
    there = _compared(before, after, "production")
    if _WORSE.index(there.verdict) > _WORSE.index(here.verdict):
        return there, "in production"
    return here, "here"


def _compared(before: PlainRules, after: PlainRules, environment: Environment) -> Comparison:
    """What a change of rules does. A type that can't be told may be any of those of before, or a new one."""
    hidden = [rule for rule in after if isinstance(rule.get("qualificationTypeId"), Hidden)]
    if not hidden:
        return compare(before, after, environment=environment)
    known = dict.fromkeys(rule["qualificationTypeId"] for rule in before if "qualificationTypeId" in rule)
    first, *others = (
        compare(before, _with(after, hidden, identity), environment=environment) for identity in (None, *known)
    )
    enters, leaves = (_agreed([getattr(one, side) for one in (first, *others)]) for side in ("enters", "leaves"))
    sure = all(one.verdict == first.verdict for one in others) and "unknown" not in (enters.answer, leaves.answer)
    return replace(first, verdict=first.verdict if sure else "unknown", enters=enters, leaves=leaves)


def _with(rules: PlainRules, hidden: PlainRules, identity: Any) -> PlainRules:
    """The rules with another identity in the place of those that can't be told."""
    return [rule | {"qualificationTypeId": identity} if identity and rule in hidden else rule for rule in rules]


def _agreed(readings: list[Moved]) -> Moved:
    """What all readings say; they differ in who it is, so that no witness is kept."""
    if len({one.answer for one in readings}) == 1:
        return replace(readings[0], witnesses=())
    return Moved("unknown", (UNTOLD,))


def _movement(moved: Moved) -> Movement:
    return Movement(
        answer=moved.answer,
        words=tuple(moved.words),
        witnesses=tuple(dict.fromkeys(map(str, moved.witnesses)))[:_MOST_WITNESSES],
    )


def _implied(rules: PlainRules, environment: Environment) -> Iterable[str]:
    for one in implied(rules, environment=environment):
        by = in_words(one.by, environment=environment) if one.by else "what every worker meets"
        yield f'"{in_words([one.requirement], environment=environment)}" is implied by "{by}"'


def _rows(before: PlainRules, after: PlainRules, environment: Environment) -> tuple[Row, ...]:
    """Both lists of rules in words, a line for each qualification type."""
    old, new = _in_words(before, environment), _in_words(after, environment)
    excluded = {subject for rules in (before, after) for subject in _excluded_subjects(rules)}
    return tuple(
        Row(subject=subject, before=old.get(subject, missing), after=new.get(subject, missing))
        for subject in dict.fromkeys((*old, *new))
        if (missing := "let in" if subject in excluded else "any")
    )


def _in_words(rules: PlainRules, environment: Environment) -> dict[str, str]:
    """Rules by what they look at; those that are not sent here are marked as for production alone."""
    found = dict(rule_rows(rules))
    if environment == "production":
        return found
    here = dict(rule_rows([rule for rule in rules if not rule.get("productionOnly")]))
    for subject, told in found.items():
        if subject not in here:
            found[subject] = f"{told} (in production only)"
        elif here[subject] != told:
            found[subject] = f"{here[subject]} (in production: {told})"
    return found


def _excluded_subjects(rules: PlainRules) -> Iterable[str]:
    for rule in rules:
        if rule.get("comparator") == "DoesNotExist":
            yield from (subject for subject, _ in rule_rows([rule]))


def _nobody(rules: PlainRules, environment: Environment) -> str:
    return next((one.message for one in contradictions(rules, environment=environment)), "")
