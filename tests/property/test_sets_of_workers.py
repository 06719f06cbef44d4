"""Rules as sets of workers: each answer is that of trying everybody, and the marketplace confirms each example."""

import itertools
from collections.abc import Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk import eligibility
from tests.support import small_worlds
from tests.support.small_worlds import (
    ACTIONS,
    Action,
    Rule,
    Somebody,
    changes,
    everybody,
    guarding,
    marketplace_admits,
    moves,
    rule_lists,
)


def admitted(rules: Sequence[Rule], somebody: Somebody, action: Action = "Accept") -> str:
    met = [small_worlds.meets(rule, somebody) for rule in guarding(rules, action)]
    return "no" if False in met else "unknown" if None in met else "yes"


# Most lists that are drawn are short.
often = settings(max_examples=settings().max_examples * 6)


@given(rule_lists, st.randoms(use_true_random=False))
@often
def test_a_worker_is_admitted_as_the_table_says(rules: list[Rule], random: Random) -> None:
    whoever = list(everybody(rules))
    for somebody in random.sample(whoever, min(len(whoever), 10)):
        worker = somebody.worker()
        for action in ACTIONS:
            found = eligibility.admits(rules, worker, action)
            assert found.answer == admitted(rules, somebody, action)
            if found.answer != "unknown":
                assert marketplace_admits(rules, worker, action) == (found.answer == "yes")
            saying = {"yes": True, "no": False, "unknown": None}[found.answer]
            assert [eligibility.plain(rule) for rule in found.rules] == [
                rule for rule in guarding(rules, action) if small_worlds.meets(rule, somebody) is saying
            ]


@given(changes())
@often
def test_who_comes_in_and_who_goes_out_is_found_by_trying_everybody(change: tuple[list[Rule], list[Rule]]) -> None:
    old, new = change
    found = eligibility.compare(old, new)
    assert (found.enters.answer, found.leaves.answer) == (moves(new, old), moves(old, new))
    expected = {("no", "no"): "same", ("yes", "no"): "loosened", ("no", "yes"): "tightened", ("yes", "yes"): "both"}
    assert found.verdict == expected.get((found.enters.answer, found.leaves.answer), "unknown")


@given(changes())
@often
def test_the_marketplace_confirms_each_witness(change: tuple[list[Rule], list[Rule]]) -> None:
    old, new = change
    found = eligibility.compare(old, new)
    for movement, within, outside in ((found.enters, new, old), (found.leaves, old, new)):
        assert (
            bool(movement.witnesses)
            == (movement.answer == "yes")
            == (movement.answer == "yes" and bool(movement.words))
        )
        for worker in movement.witnesses:
            assert marketplace_admits(within, worker)
            assert not marketplace_admits(outside, worker)
            assert eligibility.admits(outside, worker).answer == "no"
            assert eligibility.admits(within, worker).answer != "no"


@given(changes())
@often
def test_a_subset_is_a_list_by_which_nobody_comes_in(change: tuple[list[Rule], list[Rule]]) -> None:
    rules, reference = change
    for action in ACTIONS:
        found = eligibility.subset(rules, reference, action=action)
        expected = moves(guarding(rules, action), guarding(reference, action))
        assert found.answer == {"yes": "no", "no": "yes", "unknown": "unknown"}[expected]
        assert (found.witness is not None) == (found.answer == "no")


@given(rule_lists)
@often
def test_contradictions_are_those_that_nobody_meets(rules: list[Rule]) -> None:
    found = eligibility.contradictions(rules)
    # Of what is not documented the marketplace's guess counts.
    met_by_somebody = any(all(small_worlds.probably(rule, somebody) for rule in rules) for somebody in everybody(rules))
    assert bool(found) != met_by_somebody
    for each in found:
        named = [rules[index] for index in each.indices]
        about = [rule for rule in rules if small_worlds.thing(rule) == small_worlds.thing(named[0])]
        assert each.documented == small_worlds.nobody_can_meet(about)
        assert bool(each.assumptions) != each.documented
        if each.documented:
            assert small_worlds.nobody_can_meet(named)
            fewer = itertools.combinations(about, len(named) - 1)
            assert not any(small_worlds.nobody_can_meet(some) for some in fewer)


@given(rule_lists)
@often
def test_what_is_implied_can_be_left_out_and_nothing_else(rules: list[Rule]) -> None:
    hopeless = {small_worlds.thing(rules[each.indices[0]]) for each in eligibility.contradictions(rules)}
    found = eligibility.implied(rules)
    kept = [rule for index, rule in enumerate(rules) if index not in {each.index for each in found}]

    def beside(rule: Rule, others: Sequence[Rule]) -> list[Rule]:
        level = small_worlds.LEVELS[rule["actionsGuarded"]]
        about = [other for other in others if small_worlds.thing(other) == small_worlds.thing(rule)]
        return [other for other in about if other is not rule and small_worlds.LEVELS[other["actionsGuarded"]] >= level]

    for each in found:
        rule = rules[each.index]
        assert small_worlds.thing(rule) not in hopeless
        named = list(map(eligibility.plain, each.by))
        assert small_worlds.imply(named, rule)
        fewer = itertools.combinations(beside(rule, kept), len(named) - 1) if named else ()
        assert not any(small_worlds.imply(some, rule) for some in fewer)
        for action in ACTIONS:
            assert all(admitted(kept, one, action) == admitted(rules, one, action) for one in everybody(rules))
    for rule in kept:
        if small_worlds.thing(rule) not in hopeless:
            assert not small_worlds.imply(beside(rule, kept), rule)


@given(changes())
def test_whoever_sees_more_or_less_and_may_not_accept_is_told_of(change: tuple[list[Rule], list[Rule]]) -> None:
    found = eligibility.compare(*change)
    told = tuple(any(word in sentence for sentence in found.visibility) for word in (" now ", " no longer "))
    seen, certain = [False, False], True
    for one in everybody(*change):
        answers = [[admitted(side, one, action) for action in ACTIONS] for side in change]
        certain = certain and not any("unknown" in side for side in answers)
        for way, (before, after) in enumerate((answers, answers[::-1])):
            sees = any(new != "no" and old == "no" for new, old in zip(after, before, strict=True))
            seen[way] |= sees and after[0] == "no"
    assert told[0] <= seen[0]
    assert told[1] <= seen[1]
    if found.verdict == "same" and certain:
        assert told == tuple(seen)
