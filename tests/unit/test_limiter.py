"""Requests side by side, with real threads: who may go, who waits, and what comes out."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.api.concurrency import run_concurrently
from pulumi_mturk.api.errors import (
    ApiError,
    InvalidParameterError,
    NotFoundError,
    StoppedError,
    ThrottledError,
    UnavailableError,
    UnreachableError,
)
from pulumi_mturk.api.limiter import RequestLimiter
from tests.support.core import Clock

if TYPE_CHECKING:
    from pulumi_mturk.common.errors import MturkError

THROTTLED = ThrottledError("Rate exceeded")


# Limits, with threads


def slotted(limit: RequestLimiter, work: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        with limit.slot():
            work()

    return call


def in_threads(number: int, work: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)


class Crowd:
    """How many are in it at the same time."""

    def __init__(self) -> None:
        self.now = self.most = self.ever = 0
        self._lock = threading.Lock()

    def visit(self) -> None:
        with self._lock:
            self.now += 1
            self.ever += 1
            self.most = max(self.most, self.now)
        time.sleep(0.002)
        with self._lock:
            self.now -= 1


def test_more_than_the_most_are_never_under_way() -> None:
    crowd = Crowd()
    call = slotted(RequestLimiter(most=4), crowd.visit)
    in_threads(16, lambda: [call() for _ in range(20)])
    assert crowd.ever == 16 * 20
    assert 2 <= crowd.most <= 4


@pytest.mark.parametrize(
    "failure",
    [THROTTLED, UnavailableError("x"), UnreachableError("x"), NotFoundError("x"), ValueError("x"), SystemExit()],
)
def test_whatever_comes_out_a_place_is_free_again(failure: BaseException) -> None:
    limit = RequestLimiter(most=1, clock=(clock := Clock()), sleep=clock.sleep)
    for _ in range(3):
        with pytest.raises(type(failure)), limit.slot():
            raise failure
    with limit.slot():
        pass


@pytest.mark.parametrize(
    ("failure", "slower"),
    [(THROTTLED, True), (UnavailableError("x"), False), (NotFoundError("x"), False), (ValueError("x"), False)],
)
def test_only_throttling_makes_it_slower(failure: Exception, slower: bool) -> None:
    clock = Clock()
    limit = RequestLimiter(clock=clock, sleep=clock.sleep)
    with pytest.raises(type(failure)), limit.slot():
        raise failure
    for _ in range(2):
        with limit.slot():
            pass
    assert bool(clock.pauses) == slower


@pytest.mark.parametrize(
    ("failure", "threads"), [(THROTTLED, 32), (UnavailableError("x"), 32), (NotFoundError("x"), 1)]
)
def test_who_waits_to_repeat_a_request_leaves_a_thread_to_others(failure: ApiError, threads: int) -> None:
    limit = RequestLimiter()
    assert limit.useful_threads() == 1
    with pytest.raises(ApiError), limit.slot():
        raise failure
    assert limit.useful_threads() == threads


def test_who_waits_for_a_place_hears_the_stop() -> None:
    limit, stop, outcomes = RequestLimiter(most=1), threading.Event(), []

    def call() -> None:
        try:
            with limit.slot(stop.is_set):
                outcomes.append("sent")
        except StoppedError as error:
            outcomes.append(str(error))

    with limit.slot():
        threads = [threading.Thread(target=call) for _ in range(20)]
        for thread in threads:
            thread.start()
        stop.set()
        for thread in threads:
            thread.join(10)
    assert outcomes == ["stopped before the request was sent"] * 20
    with limit.slot():
        pass


def test_who_waits_for_its_time_hears_the_stop() -> None:
    clock = Clock()
    limit = RequestLimiter(per_second=0.01, clock=clock, sleep=clock.sleep)
    with limit.slot():
        pass
    with pytest.raises(StoppedError), limit.slot(lambda: clock.now > 1010):
        pass
    assert 1010 < clock.now < 1011
    with limit.slot():
        pass
    assert clock.now == pytest.approx(1200)


def test_who_stops_while_it_waits_takes_nobodys_time() -> None:
    limit, stop = RequestLimiter(per_second=4), threading.Event()
    limit._control.concurrency = 20

    def call() -> None:
        with pytest.raises(StoppedError), limit.slot(stop.is_set):
            pass

    with limit.slot():
        start = time.monotonic()
    threads = [threading.Thread(target=call) for _ in range(20)]
    for thread in threads:
        thread.start()
    stop.set()
    for thread in threads:
        thread.join(10)
    with limit.slot():
        assert time.monotonic() - start < 2


def test_the_first_request_goes_out_at_once() -> None:
    clock = Clock()
    with RequestLimiter(per_second=2, clock=clock, sleep=clock.sleep).slot():
        pass
    assert clock.pauses == []


def test_requests_go_out_at_the_rate_that_is_set() -> None:
    clock = Clock()
    limit = RequestLimiter(per_second=20, clock=clock, sleep=clock.sleep)
    times = []
    for _ in range(5):
        with limit.slot():
            times.append(clock.now - 1000)
    assert times == pytest.approx([0, 0.05, 0.1, 0.15, 0.2])


def test_idle_time_is_no_credit() -> None:
    clock = Clock()
    limit = RequestLimiter(per_second=20, clock=clock, sleep=clock.sleep)
    for idle in (0, 100, 0):
        clock.now += idle
        with limit.slot():
            pass
    assert clock.pauses == pytest.approx([0.05])


def test_threads_share_the_rate() -> None:
    clock, crowd = Clock(), Crowd()
    in_threads(8, slotted(RequestLimiter(per_second=20, clock=clock, sleep=clock.sleep), crowd.visit))
    assert crowd.ever == 8
    assert clock.pauses == pytest.approx([0.05] * 7)


# Work on many items


def four() -> int:
    return 4


def test_each_item_comes_out_once_with_its_result() -> None:
    assert dict(run_concurrently(range(1000), lambda item: item * 2, threads=four)) == {
        item: item * 2 for item in range(1000)
    }
    assert list(run_concurrently([], str, threads=four)) == []


def test_our_errors_come_out_as_results() -> None:
    refusal = InvalidParameterError("no")

    def work(item: int) -> int:
        if item % 2:
            raise refusal
        return item

    outcomes: dict[int, int | MturkError] = dict(run_concurrently(range(10), work, threads=four))
    assert outcomes == {item: refusal if item % 2 else item for item in range(10)}


def test_the_work_is_done_side_by_side_and_the_rest_in_the_callers_thread() -> None:
    together = threading.Barrier(4, timeout=10)
    takers, workers = set(), set()

    def items() -> Iterator[int]:
        for item in range(8):
            takers.add(threading.get_ident())
            yield item

    def work(_: int) -> None:
        together.wait()
        workers.add(threading.get_ident())

    assert len(list(run_concurrently(items(), work, threads=four))) == 8
    assert takers == {threading.get_ident()}
    assert len(workers) == 4


def test_as_many_are_under_way_as_are_of_use_at_the_moment() -> None:
    crowd, wanted = Crowd(), [1]
    for number, _ in enumerate(run_concurrently(range(200), lambda _: crowd.visit(), threads=lambda: wanted[-1])):
        if number == 50:
            assert crowd.most == 1
            wanted.append(8)
        if number == 120:
            assert 2 <= crowd.most <= 8
            wanted.append(1)
        if number == 150:
            crowd.most = 0
    assert crowd.most == 1


def test_items_are_taken_when_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while taken < 100_000:
            taken += 1
            yield taken

    outcomes = run_concurrently(items(), str, threads=four)
    for done in range(1, 100):
        next(outcomes)
        assert taken <= done + 4
    outcomes.close()


def test_once_it_is_stopped_nothing_is_begun_and_what_was_begun_comes_out() -> None:
    stop, begun = threading.Event(), []

    def work(item: int) -> int:
        begun.append(item)
        time.sleep(0.01)
        return item

    outcomes = run_concurrently(range(1000), work, threads=four, stopped=stop.is_set)
    ended = [next(outcomes)[0] for _ in range(10)]
    stop.set()
    ended += [item for item, _ in outcomes]
    assert sorted(ended) == sorted(begun)
    assert len(begun) <= 10 + 4


def test_an_iteration_that_is_broken_off_leaves_nothing_under_way() -> None:
    before, crowd = threading.active_count(), Crowd()
    outcomes = run_concurrently(range(1000), lambda _: crowd.visit(), threads=four)
    next(outcomes)
    outcomes.close()
    assert crowd.now == 0
    assert crowd.ever <= 8
    assert threading.active_count() == before


def test_an_exception_that_is_not_ours_comes_last() -> None:
    crowd = Crowd()

    def work(item: int) -> int:
        crowd.visit()
        if item == 5:
            raise ValueError("a mistake of ours")
        return item

    seen: list[tuple[int, int | MturkError]] = []
    with pytest.raises(ValueError, match="a mistake of ours"):
        seen.extend(run_concurrently(range(1000), work, threads=four))
    assert crowd.now == 0
    assert len(seen) < 20


def test_an_exception_of_the_items_ends_it_too() -> None:
    crowd = Crowd()

    def items() -> Iterator[int]:
        yield from range(6)
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        list(run_concurrently(items(), lambda _: crowd.visit(), threads=four))
    assert (crowd.now, crowd.ever) == (0, 6)
