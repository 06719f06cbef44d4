"""Rules as sets of workers: each answer is that of trying everybody, and the marketplace confirms each example."""

from collections.abc import Sequence

from hypothesis import given

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


@given(rule_lists)
def test_a_worker_is_admitted_as_the_table_says(rules: list[Rule]) -> None:
    for somebody in everybody(rules):
        worker = somebody.worker()
        for action in ACTIONS:
            answer = eligibility.admits(rules, worker, action).answer
            assert answer == admitted(rules, somebody, action)
            if answer != "unknown":
                assert marketplace_admits(rules, worker, action) == (answer == "yes")


@given(changes())
def test_who_comes_in_and_who_goes_out_is_found_by_trying_everybody(change: tuple[list[Rule], list[Rule]]) -> None:
    old, new = change
    found = eligibility.compare(old, new)
    assert (found.enters.answer, found.leaves.answer) == (moves(new, old), moves(old, new))
    expected = {("no", "no"): "same", ("yes", "no"): "loosened", ("no", "yes"): "tightened", ("yes", "yes"): "both"}
    assert found.verdict == expected.get((found.enters.answer, found.leaves.answer), "unknown")


@given(changes())
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
def test_a_subset_is_a_list_by_which_nobody_comes_in(change: tuple[list[Rule], list[Rule]]) -> None:
    rules, reference = change
    for action in ACTIONS:
        found = eligibility.subset(rules, reference, action=action)
        expected = moves(guarding(rules, action), guarding(reference, action))
        assert found.answer == {"yes": "no", "no": "yes", "unknown": "unknown"}[expected]
        assert (found.witness is not None) == (found.answer == "no")
