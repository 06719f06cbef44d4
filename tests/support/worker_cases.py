"""A change of rules and some workers, judged by the provider's reasoning and by the marketplace, each by its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from pulumi_mturk import eligibility
from pulumi_mturk.eligibility import Movement, Worker, system_types
from tests.support import requirement_strategies
from tests.support.small_worlds import ACTIONS, Rule, marketplace_admits
from tests.support.small_worlds import rules as small_rules

_NAMES = {"000000000000000000L0": system_types.APPROVAL_RATE, "00000000000000000040": system_types.HITS_APPROVED}
WORKERS = 10
"""So many judge each change."""
_TYPES = [f"3XEXAMPLETYPE{number}" for number in range(3)]


@dataclass(frozen=True)
class Case:
    """Rules before and after, and some workers at the edges of what they say."""

    before: list[Rule]
    after: list[Rule]
    workers: list[Worker]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Rules of any kind, of few types, some of them in both lists."""
    rules = st.one_of(small_rules, requirement_strategies.requirement_dicts().map(_of_few_types))
    before = draw(st.lists(rules, max_size=5))
    after = [rule for rule in before if draw(st.booleans())] + draw(st.lists(rules, max_size=3))
    workers = _workers([*before, *after])
    return Case(before, after, [draw(workers) for _ in range(WORKERS)])


def _of_few_types(rule: Rule) -> Rule:
    """The same rule, of one of three types if it is of a type of one's own; sent in every environment."""
    identifier = rule["qualificationTypeId"]
    if identifier.startswith("3X"):
        rule = rule | {"qualificationTypeId": _TYPES[sum(map(ord, identifier)) % len(_TYPES)]}
    return {key: value for key, value in rule.items() if key != "productionOnly"} | {
        "actionsGuarded": rule.get("actionsGuarded", "Accept")
    }


def _workers(rules: Sequence[Rule]) -> st.SearchStrategy[Worker]:
    def near(name: str, least: int, most: int, *usual: int) -> st.SearchStrategy[int]:
        numbers = {
            number + step
            for rule in rules
            if _NAMES.get(rule["qualificationTypeId"], rule["qualificationTypeId"]) == name
            for number in rule.get("integerValues", ())
            for step in (-1, 0, 1)
        }
        return st.sampled_from(sorted({number for number in (*numbers, *usual) if least <= number <= most}))

    own = {rule["qualificationTypeId"] for rule in rules} - {*system_types.NAMES, *_NAMES}
    places = sorted(
        {
            "-".join(filter(None, (place["country"], place.get("subdivision"))))
            for rule in rules
            for place in rule.get("localeValues", ())
        }
        | {"US-OH", "US-CA", "IT", "PR"}
    )
    # The marketplace has no place that is the one or the other.
    given = [place for place in places if place not in ("US", "US-PR", "US-GU")]
    return st.builds(
        lambda place, rate, hits, masters, adult, held: Worker(
            locale=place,
            approval_rate=rate,
            hits_approved=hits if rate == 100 else max(hits, rate),
            masters=masters,
            adult=adult,
            qualifications={name: score for name, score in held.items() if score is not None},
        ),
        st.sampled_from(given),
        near(system_types.APPROVAL_RATE, 0, 100, 0, 97, 100),
        near(system_types.HITS_APPROVED, 0, 2**31 - 1, 0, 100, 1200),
        st.booleans(),
        st.booleans(),
        st.fixed_dictionaries({name: st.none() | near(name, -(2**31), 2**31 - 1, 0, 1) for name in sorted(own)}),
    )


def disagreements(case: Case) -> Iterator[str]:
    """In what the two readings differ."""
    for rules in (case.before, case.after):
        yield from _about_one_list(rules, case.workers)
    found = eligibility.compare(case.before, case.after)
    yield from _about_a_movement(found.enters, case.after, case.before, case.workers)
    yield from _about_a_movement(found.leaves, case.before, case.after, case.workers)


def _about_one_list(rules: list[Rule], workers: Sequence[Worker]) -> Iterator[str]:
    needless = {each.index for each in eligibility.implied(rules)}
    kept = [rule for index, rule in enumerate(rules) if index not in needless]
    contradictory = bool(eligibility.contradictions(rules))
    for worker in workers:
        for action in ACTIONS:
            there = marketplace_admits(rules, worker, action)
            here = eligibility.admits(rules, worker, action).answer
            if here != "unknown" and (here == "yes") != there:
                yield f"{action}: {here}"
            if marketplace_admits(kept, worker, action) != there:
                yield "an implied rule that changes something"
        if contradictory and marketplace_admits(rules, worker):
            yield "a contradiction that somebody meets"


def _about_a_movement(
    movement: Movement, within: list[Rule], outside: list[Rule], workers: Sequence[Worker]
) -> Iterator[str]:
    def moves(worker: Worker) -> bool:
        return marketplace_admits(within, worker) and not marketplace_admits(outside, worker)

    if movement.answer == "no" and any(map(moves, workers)):
        yield "somebody moves where nobody can"
    if bool(movement.witnesses) != (movement.answer == "yes"):
        yield "a yes without a witness"
    if not all(map(moves, movement.witnesses)):
        yield "a witness who does not move"
