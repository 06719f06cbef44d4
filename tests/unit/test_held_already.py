"""Grants and blocks of a worker whom the account has granted or blocked already: said on the row, and scores kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.provider import lifecycle
from tests.support.core import Place, opened
from tests.support.inputs import CALL_OF_TYPE, OTHER_WORKER, WORKER
from tests.support.memory_stack import GRANT, Stack, block, from_engine, grant
from tests.support.requirement_strategies import scores

READ, LIST_BLOCKS, BLOCK = "GetQualificationScore", "ListWorkerBlocks", "CreateWorkerBlock"


def test_another_score_is_said_before_it_is_lowered(stack: Stack, tier: str) -> None:
    stack.place.grant_elsewhere(tier, {WORKER: 90})
    assert stack.up({"ours": grant(tier, WORKER, integerValue=1)})
    (warning,) = stack.place.warnings
    assert warning.startswith("integerValue: ")
    assert warning.endswith("[MT407]")
    assert "90" in warning
    assert WORKER not in warning
    assert stack.place.counted() == {READ: 1, GRANT: 1}
    assert stack.resources["ours"].outputs["integerValue"] == 1


def test_the_same_score_needs_no_call_and_no_word(stack: Stack, tier: str) -> None:
    stack.place.grant_elsewhere(tier, {WORKER: 90})
    assert stack.up({"ours": grant(tier, WORKER, integerValue=90)})
    assert stack.place.warnings == []
    assert stack.place.counted() == {READ: 1}


def test_without_a_score_the_one_that_is_there_is_kept(stack: Stack, tier: str) -> None:
    stack.place.grant_elsewhere(tier, {WORKER: 90})
    program = {"ours": grant(tier, WORKER), "new": grant(tier, OTHER_WORKER)}
    assert stack.up(program)
    assert stack.place.warnings == []
    assert stack.place.counted() == {READ: 2, GRANT: 1}
    assert [stack.resources[name].outputs["integerValue"] for name in program] == [90, 1]
    assert stack.changes(program) == set()
    assert stack.place.counted() == {}, "a plan in which nothing changes calls nothing"


def test_another_score_of_a_grant_without_one_is_no_drift(stack: Stack, tier: str) -> None:
    program = {"ours": grant(tier, WORKER)}
    assert stack.up(program)
    stack.place.grant_elsewhere(tier, {WORKER: 85})
    assert stack.refresh() == set()
    assert stack.resources["ours"].outputs["integerValue"] == 85
    assert "integerValue" not in stack.resources["ours"].inputs
    assert stack.changes(program) == set()
    assert stack.changes({"ours": grant(tier, WORKER, integerValue=85)}) == set()
    assert stack.changes({"ours": grant(tier, WORKER, integerValue=1)}) == {"ours"}


def test_a_score_that_a_program_gives_is_watched_as_before(stack: Stack, tier: str) -> None:
    program = {"ours": grant(tier, WORKER, integerValue=70)}
    assert stack.up(program)
    stack.place.grant_elsewhere(tier, {WORKER: 85})
    assert stack.refresh() == {"ours"}
    assert stack.up(program)
    assert stack.place.counted()[GRANT] == 1
    assert stack.resources["ours"].outputs["integerValue"] == 70


def test_taking_the_score_out_of_the_program_changes_nothing(stack: Stack, tier: str) -> None:
    assert stack.up({"ours": grant(tier, WORKER, integerValue=70)})
    assert stack.changes({"ours": grant(tier, WORKER)}) == set()


def test_the_default_that_older_versions_recorded_is_no_difference(stack: Stack, tier: str) -> None:
    program = {"ours": grant(tier, WORKER)}
    assert stack.up(program)
    made = stack.resources["ours"]
    made.inputs["integerValue"] = made.outputs["integerValue"] = 1
    stack.place.calls()
    assert stack.changes(program) == set()
    assert stack.place.counted() == {}


def test_a_grant_that_moves_within_the_run_keeps_its_score(stack: Stack, tier: str) -> None:
    assert stack.up({"before": grant(tier, WORKER, integerValue=70)})
    assert stack.up({"after": grant(tier, WORKER)})
    assert stack.place.warnings == []
    held = stack.place.client.get_grant(tier, WORKER)
    assert held is not None
    assert held.integer_value == 70


@given(held=st.none() | scores, asked=st.none() | scores)
def test_it_is_said_whenever_a_score_changes_and_only_then(
    tmp_path_factory: pytest.TempPathFactory, held: int | None, asked: int | None
) -> None:
    with opened(tmp_path_factory.mktemp("place")) as place:
        type_id = place.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
        if held is not None:
            place.grant_elsewhere(type_id, {WORKER: held})
        members = {} if asked is None else {"integerValue": asked}
        made = place.made(*grant(type_id, WORKER, **members))
        assert bool(place.warnings) == (None not in (held, asked) and held != asked)
        wanted = next((score for score in (asked, held) if score is not None), 1)
        live = place.client.get_grant(type_id, WORKER)
        assert live is not None
        assert live.integer_value == made.outputs["integerValue"] == wanted
        assert not lifecycle.diff(made.resource, from_engine(made.outputs), made.inputs).changed


def test_another_reason_is_said_and_neither_is_shown(stack: Stack) -> None:
    place = stack.place
    place.client.create_worker_block(WORKER, "Fraud in 2019.")
    place.calls()
    assert stack.up({"ours": block(WORKER), "new": block(OTHER_WORKER)})
    (warning,) = place.warnings
    assert warning.startswith("reason: ")
    assert warning.endswith("[MT408]")
    assert not any(hidden in warning for hidden in (WORKER, "Fraud", "left alone"))
    assert place.counted() == {LIST_BLOCKS: 1, BLOCK: 2}, "one listing for all new blocks"


def test_of_two_reasons_either_may_be_found_later(stack: Stack) -> None:
    """Whether a second reason replaces the first is not known."""
    for kept in ("yes", "no"):
        stack.place.marketplace.set_switches(reblock_updates_reason=kept)
        stack.place.client.create_worker_block(WORKER, "Fraud in 2019.")
        assert stack.up({"ours": block(WORKER)})
        assert stack.refresh() == set()
        assert stack.destroy()


def test_the_same_reason_needs_no_word(stack: Stack) -> None:
    declared = block(WORKER)
    stack.place.client.create_worker_block(WORKER, declared[1]["reason"])
    assert stack.up({"ours": declared})
    assert stack.place.warnings == []


def test_a_block_that_this_run_has_lifted_is_nobody_elses(place: Place) -> None:
    old = place.made(*block(WORKER, "Before."), "old")
    place.next_run()
    assert place.provider.earlier_reason(WORKER) == "Before."
    lifecycle.delete(old.resource, place.context("old"), old.id, old.outputs, old.inputs)
    place.create("WorkerBlock", place.check("WorkerBlock", block(WORKER, "After.")[1], name="new").inputs, "new")
    assert place.warnings == []
