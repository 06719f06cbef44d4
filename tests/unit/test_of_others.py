"""Two stacks that grant a type to one worker, or block them: what the other one has taken over is left to it."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.core import Place
from tests.support.inputs import CALL_OF_TYPE
from tests.support.memory_stack import GRANT, LIST, REVOKE, Stack, block, grant, roster

FIRST, SECOND, THIRD = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER"
WORKERS = (FIRST, SECOND, THIRD)
LOOK, BLOCKS, BLOCK, UNBLOCK = "GetQualificationScore", "ListWorkerBlocks", "CreateWorkerBlock", "DeleteWorkerBlock"
OURS, THEIRS = "Copied one answer everywhere.", "Asked for payment by e-mail."


@pytest.fixture
def other(place: Place) -> Stack:
    return Stack(place)


def codes(place: Place) -> list[str]:
    found = [warning[-6:-1] for warning in place.warnings]
    place.warnings.clear()
    return found


def test_a_grant_with_another_score_is_left(place: Place, stack: Stack, other: Stack, tier: str) -> None:
    assert stack.up({"ann": grant(tier, FIRST, integerValue=70), "bob": grant(tier, SECOND, integerValue=70)})
    assert other.up({"ann": grant(tier, FIRST, integerValue=85)})
    codes(place)
    place.counted()

    assert stack.destroy()
    assert place.counted() == {LOOK: 2, REVOKE: 1}
    assert place.client.holders(tier) == {FIRST: 85}
    (said,) = place.warnings
    assert codes(place) == ["MT429"]
    assert FIRST not in said

    place.counted()
    assert other.destroy()
    assert place.client.holders(tier) == {}
    assert codes(place) == []


def test_a_block_with_another_reason_is_left(place: Place, stack: Stack, other: Stack) -> None:
    assert stack.up({"ann": block(FIRST, OURS), "bob": block(SECOND, OURS), "eve": block(THIRD, OURS)})
    assert other.up({"ann": block(FIRST, THEIRS)})
    place.client.delete_worker_block(THIRD)
    codes(place)
    place.counted()

    assert stack.destroy()
    assert place.counted() == {BLOCKS: 1, UNBLOCK: 2}
    assert place.client.list_worker_blocks() == {FIRST: THEIRS}
    (said,) = place.warnings
    assert codes(place) == ["MT409"]
    assert not any(secret in said for secret in (FIRST, OURS, THEIRS))

    assert other.destroy()
    assert place.client.list_worker_blocks() == {}


def test_a_reason_that_was_sent_but_not_taken_over_is_ours(place: Place, stack: Stack) -> None:
    place.marketplace.set_switches(reblock_updates_reason="no")
    assert stack.up({"ann": block(FIRST, OURS)})
    assert stack.up({"ann": block(FIRST, THEIRS)})
    assert stack.destroy()
    assert place.client.list_worker_blocks() == {}
    assert codes(place) == []


def test_after_a_refresh_what_is_there_is_ours(place: Place, stack: Stack, other: Stack, tier: str) -> None:
    """The way out that the messages name."""
    assert stack.up({"ann": grant(tier, FIRST, integerValue=70), "out": block(FIRST, OURS)})
    assert other.up({"ann": grant(tier, FIRST, integerValue=85), "out": block(FIRST, THEIRS)})
    assert stack.refresh() == {"ann", "out"}
    assert stack.destroy()
    assert place.client.holders(tier) == {}
    assert place.client.list_worker_blocks() == {}


def test_a_list_leaves_those_with_another_score_in_numbers(place: Place, stack: Stack, other: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, {FIRST: 70, SECOND: 70, THIRD: 70})})
    assert other.up({"team": roster(tier, {FIRST: 85, SECOND: 70})})
    place.warnings.clear()
    place.counted()
    assert stack.destroy()
    assert place.counted() == {LIST: 1, REVOKE: 2}
    assert place.client.holders(tier) == {FIRST: 85}
    (said,) = place.warnings
    assert "1 worker keeps it" in said
    assert not any(worker in said for worker in WORKERS)


def test_whoever_is_taken_off_a_list_loses_it_with_any_score(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, {FIRST: 70, SECOND: 70})})
    place.grant_elsewhere(tier, {FIRST: 85})
    assert stack.up({"team": roster(tier, {SECOND: 70})})
    assert place.client.holders(tier) == {SECOND: 70}


def test_what_is_left_and_wanted_again_in_one_run_keeps_its_score(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"ann": grant(tier, FIRST, integerValue=70)})
    place.grant_elsewhere(tier, {FIRST: 85})
    assert stack.up({"again": grant(tier, FIRST)})
    assert place.client.holders(tier) == {FIRST: 85}
    assert place.counted()[GRANT] == 0


scores = st.sampled_from((1, 70, 85))


@given(ours=st.dictionaries(st.sampled_from(WORKERS), scores), theirs=st.dictionaries(st.sampled_from(WORKERS), scores))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_destroy_takes_just_what_the_stack_has_given_and_nobody_changed(
    place: Place, stack: Stack, ours: dict[str, int], theirs: dict[str, int]
) -> None:
    name = f"Type {uuid.uuid4()}"  # another one for each example
    tier = place.client.create_qualification_type(**CALL_OF_TYPE | {"name": name}).qualification_type_id
    split = dict(list(ours.items())[:1]), dict(list(ours.items())[1:])
    listed, single = split
    program = {
        f"one-{number}": grant(tier, worker, integerValue=score)
        for number, (worker, score) in enumerate(single.items())
    }
    assert stack.up(program | {"team": roster(tier, listed)}), stack.errors
    place.grant_elsewhere(tier, theirs)
    assert stack.destroy(), stack.errors
    assert place.client.holders(tier) == {
        worker: score for worker, score in theirs.items() if score != ours.get(worker)
    }
