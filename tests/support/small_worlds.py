"""The truth table of eligibility written down a second time, and workers enough to try all that small rules say.

Nothing here uses the reasoning of the package: rules are dicts, and every combination of values is tried.
"""

import functools
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st

from pulumi_mturk.eligibility import Locale, Worker
from pulumi_mturk.marketplace import Switches
from pulumi_mturk.marketplace.domain import eligibility as marketplace
from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.domain.worker_attributes import WorkerAttributes
from pulumi_mturk.marketplace.domain.worker_statistics import WorkerStatistics
from tests.support.requirements import wire_form

Rule = dict[str, Any]

ONE, OTHER = "3XEXAMPLEONE", "3XEXAMPLEOTHER"
RATE, HITS, LOCALE = "Worker_PercentAssignmentsApproved", "Worker_NumberHITsApproved", "Worker_Locale"
MASTERS, ADULT = "Masters", "Worker_Adult"
LEVELS = {"Accept": 1, "PreviewAndAccept": 2, "DiscoverPreviewAndAccept": 3}
Action = Literal["Accept", "Preview", "Discover"]
ACTIONS: tuple[Action, ...] = ("Accept", "Preview", "Discover")
SWITCHES = Switches()

SCORES = (None, -(2**31), -1, 0, 1, 2, 3, 2**31 - 1)
_PAIRS = [
    (rate, hits) for rate in (0, 1, 2, 3, 50, 98, 99, 100) for hits in (0, 1, 2, 3, 4, 60, 97, 98, 99, 100, 101, 5000)
]
# What is assumed where it is not documented; a world may do without one of them.
ASSUMPTIONS = ("coupled", "newcomers count", "NotIn needs holders", "territories apart")
PLACES = ("US-OH", "US-CA", "US-NY", "CA", "GB", "IT", "PR", "GU")
_TYPES = {ONE: SCORES, OTHER: SCORES, LOCALE: PLACES, MASTERS: (False, True), ADULT: (False, True)}


@dataclass(frozen=True)
class Somebody:
    """A worker, by what each rule can ask for."""

    points: dict[str, Any]

    def worker(self) -> Worker:
        rate, hits = self.points.get(RATE, (100, 0))
        return Worker(
            locale=self.points.get(LOCALE, "IT"),
            approval_rate=rate,
            hits_approved=hits,
            masters=self.points.get(MASTERS, False),
            adult=self.points.get(ADULT, False),
            qualifications={name: self.points[name] for name in (ONE, OTHER) if self.points.get(name) is not None},
        )


def everybody(*lists: Sequence[Rule], without: str = "") -> Iterator[Somebody]:
    """A worker for each combination of what these rules can tell apart, in a world without one of the assumptions."""
    named = {thing(rule) for rules in lists for rule in rules}
    standings: list[Any] = [
        (rate, hits) for rate, hits in _PAIRS if hits >= rate or rate == 100 or without == "coupled"
    ]
    if without == "newcomers count":
        standings.append((100, None))
    values: dict[str, Sequence[Any]] = {name: standings if name == RATE else _TYPES[name] for name in sorted(named)}
    for combination in itertools.product(*values.values()):
        yield Somebody(dict(zip(values, combination, strict=True)))


def thing(rule: Rule) -> str:
    name = rule["qualificationTypeId"]
    return RATE if name == HITS else name


def meets(rule: Rule, somebody: Somebody, without: str = "") -> bool | None:
    """A row of the table; None where it is not documented what happens."""
    point, name, comparator = somebody.points[thing(rule)], rule["qualificationTypeId"], rule["comparator"]
    values = rule.get("integerValues", [])
    if name == LOCALE:
        return _located(rule, point, without)
    if name == MASTERS:
        return bool(point) if comparator == "Exists" else None
    if name == ADULT:
        return bool(point) if (comparator, values) == ("EqualTo", [1]) else None
    if name in (RATE, HITS):
        value = point[0 if name == RATE else 1]
        if comparator in ("In", "NotIn", "Exists", "DoesNotExist"):
            return None
        return value is not None and _compared(comparator, value, values)
    if point is None and comparator == "NotIn":
        return without == "NotIn needs holders"
    if point is None or comparator in ("Exists", "DoesNotExist"):
        return bool((point is None) == (comparator == "DoesNotExist"))
    return _compared(comparator, point, values)


def _compared(comparator: str, value: int, values: Sequence[int]) -> bool:
    return {
        "LessThan": value < values[0],
        "LessThanOrEqualTo": value <= values[0],
        "GreaterThan": value > values[0],
        "GreaterThanOrEqualTo": value >= values[0],
        "EqualTo": value == values[0],
        "In": value in values,
        "NotEqualTo": value != values[0],
        "NotIn": value not in values,
    }[comparator]


def _located(rule: Rule, place: str, without: str) -> bool | None:
    if place in ("PR", "GU") and without == "territories apart":
        place = f"US-{place}"
    named = {"-".join(filter(None, (each["country"], each.get("subdivision")))) for each in rule["localeValues"]}
    if place in ("PR", "GU") and (f"US-{place}" in named or {place, "US"} <= named):
        return None
    matches = place in named or place.split("-")[0] in named
    return matches is (rule["comparator"] in ("EqualTo", "In"))


def probably(rule: Rule, somebody: Somebody) -> bool:
    """The marketplace's verdict, which guesses where nothing is documented."""
    return marketplace_meets(rule, somebody.worker())


def guarding(rules: Sequence[Rule], action: Action = "Accept") -> list[Rule]:
    level = ACTIONS.index(action) + 1
    return [rule for rule in rules if LEVELS[rule.get("actionsGuarded", "Accept")] >= level]


def same(rule: Rule) -> Any:
    """What two rules have in common that ask the same."""
    comparator = rule["comparator"]
    if rule["qualificationTypeId"] == LOCALE:
        comparator = {"EqualTo": "In", "NotEqualTo": "NotIn"}.get(comparator, comparator)
    values = [tuple(each.items()) if isinstance(each, dict) else each for each in rule.get("localeValues", [])]
    return rule["qualificationTypeId"], comparator, frozenset(rule.get("integerValues", [])), frozenset(values)


def nobody_can_meet(rules: Sequence[Rule]) -> bool:
    """Whether these contradict each other for certain: in each world, whoever it is."""
    return all(
        any(meets(rule, somebody, without) is False for rule in rules)
        for without in ("", *ASSUMPTIONS)
        for somebody in everybody(rules, without=without)
    )


def imply(others: Sequence[Rule], rule: Rule) -> bool:
    """Whether whoever meets the others meets this one for certain."""
    return any(same(other) == same(rule) for other in others) or all(
        meets(rule, somebody, without) is True or any(meets(other, somebody, without) is False for other in others)
        for without in ("", *ASSUMPTIONS)
        for somebody in everybody([*others, rule], without=without)
    )


def moves(within: Sequence[Rule], outside: Sequence[Rule]) -> str:
    """Whether somebody is within the one and not within the other list, found by trying everybody."""
    shared, answer = {same(rule) for rule in outside}, "no"
    for somebody in everybody(within, outside):
        mine, other = ({same(rule): (meets(rule, somebody), rule) for rule in side} for side in (within, outside))
        if any(met is False for met, _ in mine.values()):
            continue
        open_here = {key: rule for key, (met, rule) in mine.items() if met is None}
        refused = any(met is False for met, _ in other.values())
        if refused and open_here.keys() <= shared and all(probably(rule, somebody) for rule in open_here.values()):
            return "yes"
        if refused or {key for key, (met, _) in other.items() if met is None} - open_here.keys():
            answer = "unknown"
    return answer


@functools.cache
def _wire_form(rule: str) -> Rule:
    return wire_form(json.loads(rule))


def attributes(worker: Worker) -> WorkerAttributes:
    """A worker of the marketplace with these values: the work history is made to give them."""
    rate, hits = worker.approval_rate, worker.hits_approved
    assert rate is not None
    assert hits is not None
    assert isinstance(worker.locale, Locale)
    submitted = hits if rate == 100 else hits * 100 // rate if rate else max(100, hits * 101)
    country, subdivision = worker.locale.codes
    found = WorkerAttributes(
        dict(worker.qualifications or {}).get,
        country,
        subdivision or None,
        masters=bool(worker.masters),
        adult=bool(worker.adult),
        statistics=WorkerStatistics(WorkHistory(submitted, submitted, approved=hits)),
    )
    assert (found.statistics.percent_approved, found.statistics.hits_approved) == (rate, hits)
    return found


def marketplace_meets(rule: Rule, worker: Worker) -> bool:
    return marketplace.is_met(_wire_form(json.dumps(rule)), attributes(worker), SWITCHES)


def marketplace_admits(rules: Sequence[Rule], worker: Worker, action: Action = "Accept") -> bool:
    return all(
        marketplace_meets(rule, worker)
        for rule in rules
        if action in marketplace._ACTIONS[marketplace.actions_guarded(_wire_form(json.dumps(rule)))]
    )


def _rules() -> st.SearchStrategy[Rule]:
    presence = st.sampled_from(("Exists", "DoesNotExist"))
    single = st.sampled_from(
        ("LessThan", "LessThanOrEqualTo", "GreaterThan", "GreaterThanOrEqualTo", "EqualTo", "NotEqualTo")
    )
    several = st.sampled_from(("In", "NotIn"))

    def numeric(names: Sequence[str], values: st.SearchStrategy[int]) -> list[st.SearchStrategy[Rule]]:
        return [
            st.builds(_rule, st.sampled_from(names), single, integerValues=st.lists(values, min_size=1, max_size=1)),
            st.builds(_rule, st.sampled_from(names), several, integerValues=st.lists(values, min_size=1, max_size=3)),
            st.builds(_rule, st.sampled_from(names), presence),
        ]

    places = st.sampled_from(("US", *PLACES, "US-PR", "US-GU")).map(
        lambda text: dict(zip(("country", "subdivision"), text.split("-"), strict=False))
    )
    return st.one_of(
        *numeric((ONE, ONE, OTHER), st.sampled_from((-1, 0, 1, 2))),
        *numeric((ONE, ONE, OTHER), st.sampled_from((0, 1))),
        *numeric((RATE,), st.sampled_from((1, 2, 99, 100))),
        *numeric((HITS,), st.sampled_from((1, 2, 3, 98, 99, 100))),
        st.builds(
            _rule,
            st.just(LOCALE),
            st.sampled_from(("EqualTo", "NotEqualTo")),
            localeValues=places.map(lambda one: [one]),
        ),
        st.builds(_rule, st.just(LOCALE), several, localeValues=st.lists(places, min_size=1, max_size=3)),
        st.builds(_rule, st.just(MASTERS), presence),
        st.builds(_rule, st.just(ADULT), single, integerValues=st.sampled_from(([0], [1]))),
    )


def _rule(name: str, comparator: str, **values: Any) -> Rule:
    return {"qualificationTypeId": name, "comparator": comparator, **values}


guards = st.sampled_from(("Accept", "Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"))
rules = st.builds(lambda rule, guarded: rule | {"actionsGuarded": guarded}, _rules(), guards)
rule_lists = st.lists(rules, max_size=5).filter(lambda found: len({thing(rule) for rule in found}) <= 2)


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[Rule], list[Rule]]:
    """A list before and after: rules kept, some left out, some new, in another order."""
    before = draw(rule_lists)
    kept = [rule for rule in before if draw(st.booleans())]
    fresh = draw(st.lists(rules, max_size=2))
    after = draw(st.permutations([*kept, *fresh]))
    named = {thing(rule) for rule in (*before, *after)}
    return (before, after) if len(named) <= 2 else (before, kept)
