"""The retry loop, on a clock that only its sleeps move."""

import random
import threading
from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.api.errors import (
    UNREACHABLE_SECONDS,
    ApiError,
    InvalidParameterError,
    NotFoundError,
    StoppedError,
    ThrottledError,
    UnavailableError,
    UnreachableError,
)
from pulumi_mturk.api.retry import BASE_SECONDS, CAP_SECONDS, SLEEP_STEP_SECONDS, Repeat, Retry
from tests.support.core import Clock

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


# One deadline


def test_a_look_up_ends_with_the_call_that_it_is_for(clock: Clock) -> None:
    retry = patient(clock, 100)

    def look_up(_: ApiError) -> str:
        return retry.call(Calls(LOST), Repeat.READ)

    start = clock.now
    with pytest.raises(
        UnavailableError, match=r"^no answer; it may have taken effect.*could not be looked up"
    ) as caught:
        retry.call(Calls(LOST), Repeat.LOOK_UP, look_up)
    assert caught.value.operation == "Example"
    assert clock.now - start < 100


def test_what_is_waited_for_within_a_call_is_waited_for_as_long_as_the_call(clock: Clock) -> None:
    retry = patient(clock, 10)
    start = clock.now
    with pytest.raises(UnavailableError):
        retry.call(Calls(LOST), Repeat.LOOK_UP, lambda _: retry.wait_for(lambda: None, 60))
    assert clock.now - start < 10


def test_an_attempt_knows_how_long_it_may_take(clock: Clock) -> None:
    retry, left = patient(clock, 10), []

    def attempt() -> str:
        left.append(retry.seconds_left())
        clock.now += 3
        if len(left) < 3:
            raise THROTTLED
        return "done"

    assert retry.call(attempt, Repeat.SAFE) == "done"
    assert left == pytest.approx([10, 10 - 3 - 0.2, 10 - 6 - 0.2 - 0.4])
    assert retry.seconds_left() == float("inf")


def test_calls_in_other_threads_have_deadlines_of_their_own(clock: Clock) -> None:
    retry = patient(clock, 10)
    seen: list[float] = []
    thread = threading.Thread(target=lambda: seen.append(retry.seconds_left()))

    def attempt() -> None:
        thread.start()
        thread.join()

    retry.call(attempt, Repeat.SAFE)
    assert seen == [float("inf")]


def asked_to_wait(seconds: float) -> ThrottledError:
    return ThrottledError("Rate exceeded", operation="Example", retry_after_seconds=seconds)


def test_a_pause_is_at_least_what_the_server_asks_for(clock: Clock) -> None:
    patient(clock).call(Calls(asked_to_wait(7), asked_to_wait(0.1), "done"), Repeat.SAFE)
    assert clock.pauses == [7, 0.4]


def test_who_is_asked_to_wait_beyond_the_deadline_gives_up_at_once(clock: Clock) -> None:
    with pytest.raises(ThrottledError, match="after 1 attempt within 20 s, as the server asks to wait 30 s"):
        patient(clock, 20).call(Calls(asked_to_wait(30)), Repeat.SAFE)
    assert clock.pauses == []


@pytest.mark.parametrize("repeat", list(Repeat))
@pytest.mark.parametrize("kind", [UnreachableError, UnavailableError])
def test_what_waiting_does_not_change_is_not_repeated(clock: Clock, repeat: Repeat, kind: type[ApiError]) -> None:
    calls = Calls(kind("no such name", operation="Example", patience_seconds=0))
    with pytest.raises(kind, match=r"^no such name") as caught:
        patient(clock).call(calls, repeat)
    assert (calls.made, clock.pauses) == (1, [])
    assert ("may have taken effect" in str(caught.value)) == (kind is UnavailableError and repeat is not Repeat.READ)


def test_patience_is_that_with_one_failure_after_another(clock: Clock) -> None:
    outcomes: list[Outcome] = [*[THROTTLED] * 12, UNREACHABLE, UNREACHABLE, THROTTLED, *[UNREACHABLE] * 2, "done"]
    assert patient(clock, jitter=lambda: 0.5).call(Calls(*outcomes), Repeat.SAFE) == "done"
    assert clock.now > 1000 + 2 * UNREACHABLE_SECONDS


# Stopping


class Stop:
    """Turns true at a moment of the clock; its wait is cut short then, as that of a `threading.Event`."""

    def __init__(self, clock: Clock, after: float) -> None:
        self.clock = clock
        self.moment = clock.now + after

    def __call__(self) -> bool:
        return self.clock.now >= self.moment

    def wait(self, seconds: float) -> bool:
        self.clock.sleep(max(0.0, min(seconds, self.moment - self.clock.now)))
        return self()


@pytest.mark.parametrize("failure", [THROTTLED, UNREACHABLE])
def test_a_call_that_would_be_repeated_is_not_once_it_is_stopped(clock: Clock, failure: ApiError) -> None:
    calls, start = Calls(failure), clock.now
    with pytest.raises(StoppedError) as caught:
        patient(clock).until(Stop(clock, after=10)).call(calls, Repeat.SAFE)
    assert str(caught.value) == f"{failure} (stopped before another attempt)"
    assert (caught.value.operation, caught.value.code) == (failure.operation, failure.code)
    assert 10 <= clock.now - start < 10 + SLEEP_STEP_SECONDS
    assert calls.made == 6


def test_a_sleep_that_ends_at_the_stop_is_enough(clock: Clock) -> None:
    stop, start = Stop(clock, after=10), clock.now
    with pytest.raises(StoppedError):
        Retry(clock=clock, sleep=stop.wait, jitter=lambda: 1.0, stopped=stop).call(Calls(THROTTLED), Repeat.SAFE)
    assert clock.now - start == 10


def test_an_attempt_is_made_though_it_is_stopped(clock: Clock) -> None:
    assert patient(clock).until(lambda: True).call(Calls("done"), Repeat.SAFE) == "done"


def test_a_refusal_stands_though_it_is_stopped(clock: Clock) -> None:
    with pytest.raises(InvalidParameterError) as caught:
        patient(clock).until(lambda: True).call(Calls(REFUSED), Repeat.SAFE)
    assert caught.value is REFUSED


@pytest.mark.parametrize("found", ["found", None])
def test_a_lost_call_is_looked_up_once_though_it_is_stopped(clock: Clock, found: str | None) -> None:
    calls, look_up = Calls(LOST, "a second one"), LookUps(found)
    retry = patient(clock, deadline=0.1).until(lambda: True)
    if found:
        assert retry.call(calls, Repeat.LOOK_UP, look_up) == found
    else:
        with pytest.raises(UnavailableError, match="stopped before another attempt"):
            retry.call(calls, Repeat.LOOK_UP, look_up)
    assert (calls.made, look_up.asked, clock.pauses) == (1, [LOST], [])


def test_a_look_up_that_is_stopped_leaves_a_lost_call(clock: Clock) -> None:
    def look_up(_: ApiError) -> str:
        raise StoppedError("no look-up")

    with pytest.raises(UnavailableError, match=r"^no answer \(stopped"):
        patient(clock).until(lambda: True).call(Calls(LOST), Repeat.LOOK_UP, look_up)


@pytest.mark.parametrize("then", [THROTTLED, StoppedError("not sent")])
def test_who_stops_after_a_lost_reply_does_not_say_that_nothing_was_done(clock: Clock, then: ApiError) -> None:
    with pytest.raises(UnavailableError, match=r"^no answer \(stopped"):
        patient(clock).until(Stop(clock, after=0.5)).call(Calls(LOST, then), Repeat.SAFE)


def test_who_gives_up_after_a_lost_reply_does_not_say_that_nothing_was_done(clock: Clock) -> None:
    with pytest.raises(UnavailableError, match=r"^no answer \(gave up"):
        patient(clock, 5).call(Calls(LOST, THROTTLED), Repeat.SAFE)


def test_a_call_that_was_never_sent_says_so(clock: Clock) -> None:
    unsent = StoppedError("not sent")
    with pytest.raises(StoppedError) as caught:
        patient(clock).call(Calls(THROTTLED, unsent), Repeat.SAFE)
    assert caught.value is unsent


def test_nobody_waits_for_what_does_not_come_once_it_is_stopped(clock: Clock) -> None:
    assert patient(clock).until(Stop(clock, after=5)).wait_for(lambda: None, 60) is None
    assert clock.now < 1000 + 5 + SLEEP_STEP_SECONDS
