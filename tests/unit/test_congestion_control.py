"""Concurrency and rate as they are learnt from answers, in a simulation with a clock of its own."""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import pytest

from pulumi_mturk.api.limiter import MAX_CONCURRENCY, MIN_REQUESTS_PER_SECOND, CongestionControl
from pulumi_mturk.api.retry import BASE_SECONDS, CAP_SECONDS


class Bucket:
    """A service that lets so many requests through in a second, and a tenth of a second's worth at once."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self.tokens = self.most = max(1.0, per_second / 10)
        self.since = 0.0

    def __call__(self, now: float) -> bool:
        self.tokens = min(self.most, self.tokens + (now - self.since) * self.per_second)
        self.since = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


def everything(_: float) -> bool:
    return True


@dataclass
class Simulation:
    """Callers who each make one request after another, and a service; its time passes without waiting."""

    flow: CongestionControl
    # What a round trip takes, given how many requests are under way.
    trip: Callable[[int], float]
    lets_through: Callable[[float], bool] = everything
    callers: int = MAX_CONCURRENCY
    now: float = 0.0
    concurrency: list[tuple[float, int]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._dice = random.Random(1)  # noqa: S311 - it throws dice, and keeps no secret
        self._ready = [0] * self.callers
        self._under_way = 0
        self._turn = 0.0

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            self._start()
            if not self._events or self._events[0][0] > end:
                self.now = end
                return
            self.now, _, happen = heapq.heappop(self._events)
            happen()

    def done_since(self, moment: float) -> int:
        return sum(time > moment for time in self.times)

    def _start(self) -> None:
        # One at a time waits for its moment.
        while self._ready and self.now >= self._turn and (start := self.flow.reserve(self.now)) is not None:
            self._under_way += 1
            self._turn = start
            self._at(start, partial(self._send, self._ready.pop(0)))

    def _send(self, attempts: int) -> None:
        began, good = self.now, self.lets_through(self.now)
        self._at(self.now + self.trip(self._under_way), partial(self._end, began, attempts, good))

    def _end(self, began: float, attempts: int, good: bool) -> None:
        self.flow.release()
        self._under_way -= 1
        if good:
            self.flow.on_accepted(began, self.now)
            self.times.append(self.now)
            self._ready.append(0)
        else:
            self.flow.on_throttled(began, self.now)
            self.refused += 1
            pause = self._dice.random() * min(CAP_SECONDS, BASE_SECONDS * 2**attempts)
            self._at(self.now + pause, partial(self._ready.append, attempts + 1))
        self.concurrency.append((self.now, self.flow.concurrency))

    def _at(self, moment: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._order), happen))


@pytest.mark.parametrize(("trip", "ceiling"), [(0.05, 100), (0.05, 20), (0.005, 100), (0.005, 400), (0.3, 20)])
def test_a_ceiling_is_reached_with_few_refusals(trip: float, ceiling: int) -> None:
    simulation = Simulation(CongestionControl(), lambda _: trip, Bucket(ceiling))
    simulation.pass_time(10)
    start, refused = simulation.now, simulation.refused
    simulation.pass_time(90)
    assert simulation.done_since(start) >= 0.97 * 90 * ceiling
    assert simulation.refused - refused <= 0.15 * 90 * ceiling
    assert len(simulation.times) >= 0.95 * 100 * ceiling  # with its beginning


def test_below_the_floor_a_ceiling_is_tried_at_the_floor() -> None:
    simulation = Simulation(CongestionControl(), lambda _: 0.05, Bucket(2))
    simulation.pass_time(100)
    assert len(simulation.times) + simulation.refused <= 100 * MIN_REQUESTS_PER_SECOND * 1.2


def test_a_ceiling_that_is_lifted_is_left_soon() -> None:
    ceiling = Bucket(20)
    simulation = Simulation(CongestionControl(), lambda _: 0.05, ceiling)
    simulation.pass_time(20)
    ceiling.per_second = ceiling.most = 10_000
    simulation.pass_time(10)
    assert simulation.done_since(simulation.now - 1) >= 500


@pytest.mark.parametrize("spread", [0.0, 0.5, 0.9])
def test_a_far_place_gets_all_places(spread: float) -> None:
    dice = random.Random(2)  # noqa: S311
    simulation = Simulation(CongestionControl(), lambda _: 0.1 * (1 + spread * dice.uniform(-1, 1)))
    simulation.pass_time(2)
    assert simulation.flow.concurrency == MAX_CONCURRENCY
    simulation.pass_time(20)
    assert simulation.done_since(simulation.now - 10) >= 0.9 * 10 * MAX_CONCURRENCY / 0.1


@pytest.mark.parametrize("opening", [0.0, 0.5])
def test_where_one_is_served_after_the_other_one_place_is_enough(opening: float) -> None:
    """As in an embedded marketplace, which shares an interpreter with its callers; the first request opens it."""
    free = opening

    def trip(_: int) -> float:
        nonlocal free
        free = max(free, simulation.now) + 0.001
        return free - simulation.now

    simulation = Simulation(CongestionControl(), trip)
    simulation.pass_time(10)
    assert max(concurrency for _, concurrency in simulation.concurrency) <= 4
    assert sum(concurrency == 1 for _, concurrency in simulation.concurrency) >= 0.9 * len(simulation.concurrency)
    assert len(simulation.times) >= 0.9 * (10 - opening) / 0.001


def test_a_place_that_serves_a_few_at_once_gets_more_places_than_that_but_not_all() -> None:
    simulation = Simulation(CongestionControl(), lambda under_way: 0.01 * max(1, under_way / 4))
    simulation.pass_time(10)
    assert simulation.done_since(simulation.now - 5) >= 0.9 * 5 * 4 / 0.01
    assert max(concurrency for moment, concurrency in simulation.concurrency if moment > 1) <= 16


def test_a_place_that_has_become_slower_is_no_crowd() -> None:
    trip = 0.01
    simulation = Simulation(CongestionControl(), lambda _: trip)
    simulation.pass_time(5)
    trip = 0.1
    simulation.pass_time(10)
    assert simulation.flow.concurrency == MAX_CONCURRENCY


def test_one_caller_at_a_time_needs_no_more_places() -> None:
    simulation = Simulation(CongestionControl(), lambda _: 0.05, callers=1)
    simulation.pass_time(10)
    assert simulation.flow.concurrency <= 2


def test_what_went_out_before_the_rate_was_lowered_does_not_lower_it_again() -> None:
    flow = CongestionControl()
    for _ in range(100):
        flow.on_accepted(9.9, 10.0)
    flow.on_throttled(9.9, 10.0)
    assert flow.rate(10.0) == 100
    flow.on_throttled(9.95, 10.9)
    assert flow.rate(10.0) == 100
    flow.on_throttled(11.5, 11.6)
    assert flow.rate(11.6) == MIN_REQUESTS_PER_SECOND
