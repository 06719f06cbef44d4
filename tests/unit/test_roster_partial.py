"""Work that ends early: what is done is in the state, exactly that, and the next run makes the rest."""

import dataclasses
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.api.errors import AccessDeniedError, UnavailableError
from pulumi_mturk.api.limiter import MAX_CONCURRENCY
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.lifecycle import Context, PartialError
from pulumi_mturk.provider.progress import Progress
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place, Ticking, opened
from tests.support.findings import words
from tests.support.inputs import TYPE
from tests.support.memory_stack import GRANT, LIST, REVOKE, Declared, Stack, many, roster

ROSTER = REGISTRY["QualificationRoster"]
FIRST, SECOND, THIRD = many(3)
WORKERS = many(120)


def create(place: Place, declared: Declared, **context: Any) -> tuple[str, dict[str, Any]]:
    """Create a roster, in a context that is like all others but for some of its members."""
    checked = place.check(*declared, name="team")
    assert checked.failures == []
    return lifecycle.create(ROSTER, dataclasses.replace(place.context("team"), **context), checked.inputs)


def refused_in_the_middle(operation: str) -> Fault:
    """The sixth of many calls is refused, while others are under way."""
    return Fault("access_denied", operation, probability=0.05, seed=14)


# Refused in the middle


def test_a_create_that_was_cut_off_says_what_is_held(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, dict.fromkeys(WORKERS, 5))}
    place.marketplace.inject(refused_in_the_middle(GRANT))
    assert not stack.up(program)
    held = place.client.holders(tier) or {}
    assert 0 < len(held) < 120
    assert stack.held() == held
    (error,) = stack.errors
    assert error.startswith(f"{GRANT}: ")
    assert error.endswith(f"; {len(held)} of 120 changes are done, and the next run makes the rest")

    place.counted()
    assert stack.up(program)
    assert place.counted()[GRANT] == len(WORKERS) - len(held)
    assert place.client.holders(tier) == dict.fromkeys(WORKERS, 5)
    assert not stack.changes(program)


def test_the_state_of_a_partial_create_is_all_that_a_destroy_needs(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {"A9EXAMPLEWORKER": 1})
    place.marketplace.inject(refused_in_the_middle(GRANT))
    assert not stack.up({"team": roster(tier, WORKERS)})
    assert stack.destroy()
    assert place.client.holders(tier) == {"A9EXAMPLEWORKER": 1}


def test_what_a_partial_create_granted_is_taken_back_from_who_is_listed_no_more(
    place: Place, stack: Stack, tier: str
) -> None:
    place.marketplace.inject(refused_in_the_middle(GRANT))
    assert not stack.up({"team": roster(tier, WORKERS)})
    (kept, *_) = stack.held()
    assert stack.up({"team": roster(tier, [kept])})
    assert place.client.holders(tier) == {kept: 1}


@pytest.mark.parametrize("operation", [LIST, GRANT])
def test_a_create_of_which_nothing_came_is_a_plain_error(place: Place, stack: Stack, tier: str, operation: str) -> None:
    place.marketplace.inject(Fault("access_denied", operation, times=None))
    with pytest.raises(MturkError) as caught:
        create(place, roster(tier, [FIRST, SECOND]))
    assert not isinstance(caught.value, PartialError)
    assert str(caught.value).startswith(f"{operation}: ")
    assert (place.client.holders(tier) or {}) == {} if operation == GRANT else True
    assert not stack.up({"team": roster(tier, [FIRST, SECOND])})
    assert stack.resources == {}


def test_what_is_refused_is_not_tried_with_everybody(place: Place, stack: Stack, tier: str) -> None:
    place.marketplace.inject(Fault("access_denied", GRANT, times=None))
    assert not stack.up({"team": roster(tier, many(400))})
    # What was under way when the first answer came.
    assert place.counted()[GRANT] <= MAX_CONCURRENCY


def test_strangers_alone_are_nothing_that_came(place: Place, tier: str) -> None:
    place.marketplace.set_switches(unknown_workers="refuse")
    declared = roster(tier, many(90), unknownWorkers="skip")
    with pytest.raises(MturkError, match="the run was interrupted") as caught:
        create(place, declared, clock=Ticking(), progress=stopping(place, "0 of 90 granted, 1 failed"))
    assert not isinstance(caught.value, PartialError)


def test_strangers_are_told_of_beside_the_reason_for_an_end(place: Place, tier: str) -> None:
    place.marketplace.set_switches(unknown_workers="refuse")
    with pytest.raises(MturkError) as caught:
        create(place, roster(tier, many(90)), clock=Ticking(), progress=stopping(place, "0 of 90 granted, 1 fai"))
    assert re.fullmatch(
        r"the run was interrupted; 0 of 90 changes are done, and the next run makes the rest; workers: [0-9]+ of 90 "
        rf"(is|are) not known in environment {place.configuration.environment}, at .* of the list\. .*: correct the "
        r"list, or set "
        r"unknown_workers=.skip.",
        words(str(caught.value)),
    )


def test_an_update_that_was_cut_off_tells_scores_that_were_not_set_and_revocations_not_made(
    place: Place, stack: Stack, tier: str
) -> None:
    assert stack.up({"team": roster(tier, dict.fromkeys(WORKERS, 5))})
    program = {"team": roster(tier, dict.fromkeys(WORKERS[:60], 6))}
    place.marketplace.inject(refused_in_the_middle(GRANT))
    place.counted()
    assert not stack.up(program)
    assert place.counted()[REVOKE] == 0
    held = place.client.holders(tier) or {}
    assert set(held) == set(WORKERS)
    assert {held[worker] for worker in WORKERS[:60]} == {5, 6}
    assert stack.held() == held

    place.marketplace.inject(refused_in_the_middle(REVOKE))
    assert not stack.up(program)
    held = place.client.holders(tier) or {}
    assert 60 < len(held) < 120
    assert stack.held() == held
    assert " changes are done, and the next run makes the rest" in stack.errors[0]

    place.counted()
    assert stack.up(program)
    calls = place.counted()
    assert (calls[GRANT], calls[REVOKE]) == (0, len(held) - 60)
    assert place.client.holders(tier) == dict.fromkeys(WORKERS[:60], 6)
    assert stack.refresh() == set()


def test_a_look_that_fails_leaves_the_state_as_it_is(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST])})
    before = stack.resources["team"].outputs
    place.marketplace.inject(Fault("access_denied", LIST))
    assert not stack.up({"team": roster(tier, [SECOND])})
    assert stack.resources["team"].outputs == before
    assert stack.unfinished == set()
    assert stack.up({"team": roster(tier, [SECOND])})
    assert place.client.holders(tier) == {SECOND: 1}


def test_a_refresh_after_a_partial_failure_finds_what_is_missing(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, WORKERS)}
    place.marketplace.inject(refused_in_the_middle(GRANT))
    assert not stack.up(program)
    held = stack.held()
    stack.refresh()
    assert stack.held() == held
    assert stack.changes(program) == {"team"}
    assert stack.up(program)
    assert len(stack.held()) == 120


def test_a_delete_that_was_cut_off_goes_on_in_the_next_run(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, WORKERS)})
    place.marketplace.inject(refused_in_the_middle(REVOKE))
    assert not stack.destroy()
    left = place.client.holders(tier) or {}
    assert 0 < len(left) < 120
    assert stack.errors[0].endswith(f"; {120 - len(left)} of 120 changes are done, and the next run makes the rest")
    place.counted()
    assert stack.destroy()
    assert place.counted()[REVOKE] == len(left)
    assert stack.resources == {}


def test_a_grant_whose_reply_was_lost_for_good_is_not_forgotten(place: Place, stack: Stack, tier: str) -> None:
    place.marketplace.inject(Fault("service_fault_after", GRANT, times=None))
    with pytest.raises(PartialError) as caught:
        create(place, roster(tier, {FIRST: 5}))
    assert UnavailableError.__name__ not in str(caught.value)
    assert caught.value.outputs["workers"] == f"{FIRST}=5"
    place.marketplace.clear_faults()
    assert place.client.holders(tier) == {FIRST: 5}

    place.client.revoke(tier, FIRST, None)
    place.marketplace.inject(Fault("service_fault_after", GRANT, times=None))
    assert not stack.up({"team": roster(tier, [FIRST, SECOND])})
    place.marketplace.clear_faults()
    assert stack.destroy()
    assert place.client.holders(tier) == {}


def test_a_score_that_may_have_been_set_is_set_again(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, {FIRST: 1})})
    place.marketplace.inject(Fault("service_fault", GRANT, times=None))
    assert not stack.up({"team": roster(tier, {FIRST: 2})})
    place.marketplace.clear_faults()
    assert stack.held() == {FIRST: 1}
    assert stack.up({"team": roster(tier, {FIRST: 2})})
    assert place.client.holders(tier) == {FIRST: 2}


def test_faults_that_pass_are_no_failure(place: Place, stack: Stack, tier: str) -> None:
    place.marketplace.inject(
        Fault("throttle", times=20, probability=0.3),
        Fault("service_fault", GRANT, times=10, probability=0.3),
        Fault("service_fault_after", times=10, probability=0.3),
        Fault("drop_after", GRANT, times=5, probability=0.5),
    )
    assert stack.up({"team": roster(tier, WORKERS)})
    assert stack.up({"team": roster(tier, WORKERS[:20])})
    assert place.client.holders(tier) == dict.fromkeys(WORKERS[:20], 1)
    assert place.marketplace.notifications() == []


# Stopped


def stopping(place: Place, when: str) -> Callable[[str], None]:
    """Ctrl-C as soon as the progress says a word."""

    def hear(message: str) -> None:
        place.progress.append(message)
        if when in message:
            place.provider.cancelled.set()

    return hear


def test_ctrl_c_ends_the_work_soon_and_what_is_done_is_in_the_state(place: Place, stack: Stack, tier: str) -> None:
    with pytest.raises(PartialError) as caught:
        create(place, roster(tier, many(400)), clock=Ticking(), progress=stopping(place, " granted, "))
    held = place.client.holders(tier) or {}
    assert 0 < len(held) < 200
    assert caught.value.outputs["workers"] == " ".join(sorted(held))
    assert caught.value.reasons == (
        f"the run was interrupted; {len(held)} of 400 changes are done, and the next run makes the rest",
    )
    stack.place.next_run()
    assert stack.up({"team": roster(tier, many(400))})
    assert len(place.client.holders(tier) or ()) == 400


def test_ctrl_c_while_it_looks_changes_nothing(place: Place, tier: str) -> None:
    place.grant_elsewhere(tier, dict.fromkeys(many(300, first=1000), 1))
    with pytest.raises(MturkError, match=r"^the run was interrupted; nothing was changed yet$") as caught:
        create(place, roster(tier, WORKERS), clock=Ticking(), progress=stopping(place, "read so far"))
    assert not isinstance(caught.value, PartialError)
    assert place.counted()[GRANT] == 0


def test_ctrl_c_ends_a_delete_too(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, many(400))})
    made = stack.resources["team"]
    place.next_run()
    context = dataclasses.replace(made.context, clock=Ticking(), progress=stopping(place, " taken back, "))
    with pytest.raises(MturkError, match=r"the run was interrupted; [0-9]+ of 400 changes are done"):
        lifecycle.delete(ROSTER, context, made.id, made.outputs, made.inputs)
    assert 200 < len(place.client.holders(tier) or ()) < 400
    assert stack.destroy()
    assert place.client.holders(tier) == {}


def test_ctrl_c_ends_the_wait_for_a_service_that_does_not_answer(tmp_path: Path) -> None:
    with opened(tmp_path, operation_timeout_seconds=10**9) as place:
        type_id = place.made("QualificationType", TYPE).id
        place.marketplace.inject(Fault("service_fault", GRANT, times=None))
        threading.Timer(0.2, place.provider.cancelled.set).start()
        with pytest.raises(PartialError, match=r"^the run was interrupted; 0 of 2 changes are done"):
            create(place, roster(type_id, [FIRST, SECOND]))


def test_a_stop_after_the_last_change_is_no_failure(place: Place, tier: str) -> None:
    def at_the_last(message: str) -> None:
        if "2 of 2 granted" in message:
            place.provider.cancelled.set()

    _, outputs = create(place, roster(tier, [FIRST, SECOND]), clock=Ticking(), progress=at_the_last)
    assert place.provider.cancelled.is_set()
    assert outputs["workers"] == f"{FIRST} {SECOND}"


def test_the_custom_timeout_bounds_the_whole(place: Place, stack: Stack, tier: str) -> None:
    # Each refused call waits, on a clock that only the waiting moves.
    place.marketplace.inject(Fault("throttle", GRANT, times=None, probability=0.5))
    start = place.clock.now
    with pytest.raises(PartialError) as caught:
        create(place, roster(tier, many(400)), clock=place.clock, timeout_seconds=20)
    assert 20 <= place.clock.now - start < 40
    held = place.client.holders(tier) or {}
    assert 0 < len(held) < 400
    assert caught.value.reasons == (
        f"the custom timeout of 20 s is over; {len(held)} of 400 changes are done, and the next run makes the rest",
    )
    assert caught.value.outputs["workers"] == " ".join(sorted(held))


def test_a_timeout_that_is_over_while_it_looks_changes_nothing(place: Place, tier: str) -> None:
    place.marketplace.inject(Fault("throttle", LIST, times=None))
    with pytest.raises(MturkError, match=r"^the custom timeout of 5 s is over; nothing was changed yet$"):
        create(place, roster(tier, WORKERS), clock=place.clock, timeout_seconds=5)


def test_work_within_its_time_is_not_cut_off(place: Place, tier: str) -> None:
    _, outputs = create(place, roster(tier, WORKERS), clock=place.clock, timeout_seconds=5)
    assert outputs["workers"] == " ".join(WORKERS)


# Progress


def test_long_work_shows_how_far_it_is(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, many(250))})
    place.progress.clear()  # on a slow machine that took long enough to be told of
    made = stack.resources["team"]
    place.next_run()
    place.progress.clear()  # on a busy machine making it takes long enough to be told
    checked = place.check(*roster(tier, many(35, first=230)), made.inputs, name="team")
    context = dataclasses.replace(made.context, clock=Ticking())
    lifecycle.update(ROSTER, context, made.id, made.outputs, checked.inputs)
    assert place.client.holders(tier) == dict.fromkeys(many(35, first=230), 1)
    stages = (" holders read so far", " granted, ", " taken back, ")
    told = {stage: [text for text in place.progress if stage in text] for stage in stages}
    assert sum(map(len, told.values())) == len(place.progress)
    assert told[" holders read so far"] == [f"{seen} holders read so far" for seen in (100, 200, 250)]
    assert told[" granted, "][0] == "1 of 15 granted, 14 s left, 1 a second"
    assert told[" granted, "][-1] == "15 of 15 granted, 0 s left, 1 a second"
    assert told[" taken back, "][-1].startswith("230 of 230 taken back, ")
    assert place.remarks[-1] == "15 granted, 230 taken back [MT428]"


def test_what_was_done_alone_ends_the_row(place: Place, stack: Stack, tier: str) -> None:
    create(place, roster(tier, many(3)), clock=Ticking())
    assert place.remarks[-1] == "3 granted [MT428]"
    assert stack.up({"team": roster(tier, many(3))})
    made = stack.resources["team"]
    place.next_run()
    checked = place.check(*roster(tier, many(1)), made.inputs, name="team")
    lifecycle.update(ROSTER, dataclasses.replace(made.context, clock=Ticking()), made.id, made.outputs, checked.inputs)
    assert place.remarks[-1] == "2 taken back [MT428]"


def test_those_who_fail_are_counted_apart(place: Place, tier: str) -> None:
    place.marketplace.set_switches(unknown_workers="refuse")
    place.marketplace.register_worker(*many(5))
    with pytest.raises(PartialError):
        create(place, roster(tier, many(7)), clock=Ticking())
    assert ", 2 failed, " in place.progress[-1]
    assert place.progress[-1].startswith("5 of 7 granted, 2 failed, ")


def test_short_work_is_not_worth_a_word(place: Place, tier: str) -> None:
    create(place, roster(tier, WORKERS), clock=lambda: 0.0)
    assert place.progress == []
    assert not any("[MT428]" in remark for remark in place.remarks)


@given(st.lists(st.booleans(), min_size=1), st.integers(1, 10**6), st.floats(0.5, 10**4))
def test_a_row_that_is_cut_off_still_shows_how_far_it_is(failed: list[bool], more: int, pace: float) -> None:
    """A terminal of 110 columns leaves some thirty for this, beside the names of the type and the resource."""
    now, told = [0.0], list[str]()
    progress = Progress("taken back", len(failed) + more, told.append, lambda: now[0])
    for one in failed:
        now[0] += pace
        progress.step(failed=one)
        done = re.match(r"([0-9,]+) of ([0-9,]+) taken back, ", told[-1][:32]) if told else None
        if told:
            assert done is not None
            assert int(done[2].replace(",", "")) == len(failed) + more
    assert progress.reported == bool(told)


def test_nothing_that_is_said_names_anybody(place: Place, stack: Stack, tier: str) -> None:
    place.marketplace.inject(refused_in_the_middle(GRANT), Fault("access_denied", REVOKE))
    stack.up({"team": roster(tier, WORKERS)})
    said = [*stack.errors]
    stack.up({"team": roster(tier, WORKERS[:10])})
    said += [*stack.errors, *place.warnings, *place.remarks, *place.progress]
    assert said
    assert not [worker for worker in WORKERS if any(worker in text for text in said)]


def test_an_error_is_that_of_the_service(place: Place, tier: str) -> None:
    place.marketplace.inject(Fault("access_denied", LIST))
    with pytest.raises(AccessDeniedError):
        create(place, roster(tier, [FIRST]))


def test_a_context_without_a_timeout_never_ends_by_itself(place: Place) -> None:
    assert Context(place.provider, clock=Ticking()).stopped() is None
