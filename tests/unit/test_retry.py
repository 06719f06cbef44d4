"""The retry loop, on a clock that only its sleeps move."""

import random
import threading
from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.errors import (
    ApiError,
    InvalidParameterError,
    NotFoundError,
    ThrottledError,
    UnavailableError,
    UnreachableError,
)
from pulumi_mturk.retry import BASE_SECONDS, CAP_SECONDS, UNREACHABLE_SECONDS, Pace, Repeat, Retry
from tests.places import Clock

THROTTLED = ThrottledError("Rate exceeded", operation="Example", code="ThrottlingException")
LOST = UnavailableError("no answer", operation="Example")
UNREACHABLE = UnreachableError("no connection", operation="Example")
REFUSED = InvalidParameterError("a wrong value", operation="Example")
TAKEN = ApiError("already there", operation="Example")

Outcome: TypeAlias = str | ApiError


class Calls:
    """A call that has these outcomes one after another, the last one for ever."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.made = 0

    def __call__(self) -> str:
        outcome = self.outcomes[min(self.made, len(self.outcomes) - 1)]
        self.made += 1
        if isinstance(outcome, ApiError):
            raise outcome
        return outcome


class LookUps:
    """What a look-up finds, and after which failures it was asked."""

    def __init__(self, *found: str | None) -> None:
        self.found = list(found)
        self.asked: list[ApiError] = []

    def __call__(self, error: ApiError) -> str | None:
        self.asked.append(error)
        return self.found[min(len(self.asked), len(self.found)) - 1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def patient(clock: Clock, deadline: float = 600.0, jitter: Callable[[], float] = lambda: 1.0) -> Retry:
    return Retry(deadline, clock=clock, sleep=clock.sleep, jitter=jitter)


def test_an_answer_is_returned_without_a_pause(clock: Clock) -> None:
    assert patient(clock).call(Calls("done"), Repeat.SAFE) == "done"
    assert clock.pauses == []


@pytest.mark.parametrize("repeat", list(Repeat))
@pytest.mark.parametrize("failure", [THROTTLED, UNREACHABLE, LOST])
def test_what_may_pass_is_tried_again(clock: Clock, repeat: Repeat, failure: ApiError) -> None:
    calls = Calls(failure, failure, "done")
    assert patient(clock).call(calls, repeat) == "done"
    assert calls.made == 3


@pytest.mark.parametrize("repeat", list(Repeat))
def test_a_refusal_is_final(clock: Clock, repeat: Repeat) -> None:
    calls = Calls(REFUSED, "done")
    with pytest.raises(InvalidParameterError) as caught:
        patient(clock).call(calls, repeat, LookUps("found"))
    assert caught.value is REFUSED
    assert calls.made == 1


def test_pauses_double_up_to_a_cap(clock: Clock) -> None:
    patient(clock).call(Calls(*[THROTTLED] * 9, "done"), Repeat.SAFE)
    assert clock.pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 20.0, 20.0]


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=12))
def test_jitter_takes_any_part_of_a_pause(dice: list[float]) -> None:
    clock, thrown = Clock(), iter(dice)
    patient(clock, 10_000, lambda: next(thrown)).call(Calls(*[THROTTLED] * len(dice), "done"), Repeat.SAFE)
    assert clock.pauses == [part * min(CAP_SECONDS, BASE_SECONDS * 2**number) for number, part in enumerate(dice)]


def test_jitter_is_random_unless_it_is_replaced() -> None:
    clock = Clock()
    retry = Retry(clock=clock, sleep=clock.sleep)
    retry.call(Calls(*[THROTTLED] * 20, "done"), Repeat.SAFE)
    assert len(set(clock.pauses)) == 20
    assert all(0 <= pause < CAP_SECONDS for pause in clock.pauses)


@given(st.floats(0.1, 1000), st.integers(0), st.sampled_from([THROTTLED, LOST, UNREACHABLE]))
def test_no_sleep_goes_beyond_the_deadline(deadline: float, seed: int, failure: ApiError) -> None:
    clock = Clock(now=0.0)
    dice = random.Random(seed)  # noqa: S311 - it throws dice, and keeps no secret
    with pytest.raises(type(failure)):
        patient(clock, deadline, dice.random).call(Calls(failure), Repeat.SAFE)
    assert clock.now < deadline


def test_time_that_attempts_take_counts(clock: Clock) -> None:
    def slow() -> str:
        clock.now += 4
        raise THROTTLED

    with pytest.raises(ThrottledError, match="after 2 attempts"):
        patient(clock, 10, lambda: 10.0).call(slow, Repeat.SAFE)


def test_who_gives_up_says_so_with_the_failure_and_the_setting(clock: Clock) -> None:
    with pytest.raises(ThrottledError) as caught:
        patient(clock, 1.0).call(Calls(THROTTLED), Repeat.SAFE)
    assert str(caught.value) == (
        "Rate exceeded (gave up after 3 attempts within 1 s; see mturk:operationTimeoutSeconds)"
    )
    assert (caught.value.operation, caught.value.code) == ("Example", "ThrottlingException")
    assert caught.value.__suppress_context__


def test_an_unreachable_place_is_given_up_sooner(clock: Clock) -> None:
    start = clock.now
    with pytest.raises(UnreachableError, match="within 30 s"):
        patient(clock).call(Calls(UNREACHABLE), Repeat.SAFE)
    assert clock.now - start < UNREACHABLE_SECONDS


def test_a_short_deadline_holds_for_an_unreachable_place_too(clock: Clock) -> None:
    with pytest.raises(UnreachableError, match="within 5 s"):
        patient(clock, 5).call(Calls(UNREACHABLE), Repeat.SAFE)


def test_a_lost_call_that_took_effect_is_not_repeated(clock: Clock) -> None:
    calls, look_up = Calls(LOST, "a second one"), LookUps("found")
    assert patient(clock).call(calls, Repeat.LOOK_UP, look_up) == "found"
    assert calls.made == 1
    assert look_up.asked == [LOST]


def test_a_lost_call_that_took_no_effect_is_repeated(clock: Clock) -> None:
    calls, look_up = Calls(LOST, "done"), LookUps(None)
    assert patient(clock).call(calls, Repeat.LOOK_UP, look_up) == "done"
    assert calls.made == 2


def test_the_look_up_waits_for_the_pause(clock: Clock) -> None:
    seen: list[float] = []

    def look_up(_: ApiError) -> str:
        seen.append(clock.now)
        return "found"

    patient(clock).call(Calls(LOST), Repeat.LOOK_UP, look_up)
    assert seen == [1000.0 + BASE_SECONDS]


@pytest.mark.parametrize("failure", [THROTTLED, UNREACHABLE])
def test_nobody_looks_for_a_call_that_did_not_happen(clock: Clock, failure: ApiError) -> None:
    look_up = LookUps("found")
    assert patient(clock).call(Calls(failure, "done"), Repeat.LOOK_UP, look_up) == "done"
    assert look_up.asked == []


def test_a_safe_call_is_repeated_without_a_look(clock: Clock) -> None:
    look_up = LookUps("found")
    assert patient(clock).call(Calls(LOST, "done"), Repeat.SAFE, look_up) == "done"
    assert look_up.asked == []


def test_a_refusal_after_a_lost_call_may_be_its_echo(clock: Clock) -> None:
    look_up = LookUps(None, "found")
    assert patient(clock).call(Calls(LOST, TAKEN), Repeat.LOOK_UP, look_up) == "found"
    assert look_up.asked == [LOST, TAKEN]


def test_a_refusal_that_is_no_echo_stands(clock: Clock) -> None:
    with pytest.raises(ApiError) as caught:
        patient(clock).call(Calls(LOST, THROTTLED, TAKEN), Repeat.LOOK_UP, LookUps(None))
    assert caught.value is TAKEN


def test_a_refusal_after_throttling_alone_is_no_echo(clock: Clock) -> None:
    look_up = LookUps("found")
    with pytest.raises(NotFoundError):
        patient(clock).call(Calls(THROTTLED, NotFoundError("gone")), Repeat.LOOK_UP, look_up)
    assert look_up.asked == []


def test_what_is_there_is_not_waited_for(clock: Clock) -> None:
    assert patient(clock).wait_for(lambda: "found", 60) == "found"
    assert clock.pauses == []


def test_what_comes_is_waited_for(clock: Clock) -> None:
    assert patient(clock).wait_for(lambda: "found" if clock.now >= 1010 else None, 60) == "found"
    assert clock.now == 1010


def test_what_does_not_come_is_not_waited_for_beyond_the_time(clock: Clock) -> None:
    assert patient(clock).wait_for(lambda: None, 60) is None
    assert clock.now == 1060


def test_the_first_request_goes_out_at_once(clock: Clock) -> None:
    Pace(2, clock=clock, sleep=clock.sleep).wait()
    assert clock.pauses == []


def test_requests_go_out_at_the_pace(clock: Clock) -> None:
    pace = Pace(4, clock=clock, sleep=clock.sleep)
    times = []
    for _ in range(5):
        pace.wait()
        times.append(clock.now - 1000)
    assert times == [0, 0.25, 0.5, 0.75, 1.0]


def test_idle_time_is_no_credit(clock: Clock) -> None:
    pace = Pace(4, clock=clock, sleep=clock.sleep)
    pace.wait()
    clock.now += 100
    pace.wait()
    pace.wait()
    assert clock.pauses == [0.25]


def test_threads_share_the_pace() -> None:
    standing_still = Clock()
    pauses: list[float] = []
    pace = Pace(10, clock=standing_still, sleep=pauses.append)
    threads = [threading.Thread(target=pace.wait) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(round(pause, 6) for pause in pauses) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
