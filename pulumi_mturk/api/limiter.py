"""How many requests are under way at once, and at which rate they are sent.

Both are learnt from the answers. Concurrency: if requests wait for one another (at the server, or in this process where
the marketplace is embedded), round trips take longer the more are under way. Rate: if the service throttles, what it
accepted in the last second is known.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pulumi_mturk.api.errors import ApiError, StoppedError, ThrottledError, UnavailableError, UnreachableError
from pulumi_mturk.api.retry import SLEEP_STEP_SECONDS, Stopped, because, never

T = TypeVar("T")
R = TypeVar("R")

# The most requests at once, and so threads and connections.
MAX_CONCURRENCY = 32
# The least number of round trips that are averaged before concurrency changes.
SAMPLE_SIZE = 4
# A mean round trip of more than so many times the shortest is congestion; below that it may be chance.
CONGESTED_RATIO = 3.0
# So long after congestion concurrency does not grow: many calls where they are quick, few where probing is expensive.
HOLD_AFTER_CONGESTION_SECONDS = 0.25
# The rate never falls below this, however many requests are throttled.
MIN_REQUESTS_PER_SECOND = 5.0
# How fast the rate grows while nothing is throttled: by two thirds in one second, to seven times in two.
RATE_GROWTH = 1.0


class CongestionControl:
    """The algorithm, without clock and lock: `RequestLimiter` has those.

    *Concurrency* doubles from sample to sample while all slots are in use, and is halved when the mean round trip is
    much longer than the shortest seen. With two slots half as long again is enough for that: at twice as long they
    would do no more than one. *Rate*: unlimited until a request is throttled, then what was accepted in the last
    second; it grows the faster the longer nothing is throttled.
    """

    def __init__(self, most: int = MAX_CONCURRENCY, per_second: float = math.inf) -> None:
        """`per_second` is a ceiling on the rate that is kept whatever the answers are."""
        self.concurrency = 1
        self._max_concurrency = most
        self._ceiling = per_second
        self._under_way = 0
        self._next = -math.inf
        # Of this sample: the answers, the sum of their round trips, and whether all slots were in use. The very first
        # answer does not count: its request also opened the connection, or the database.
        self._answers = -1
        self._seconds = 0.0
        self._full = False
        self._min_round_trip = math.inf
        self._congested_at = -math.inf
        self._throttled_rate = math.inf
        self._throttled_at = 0.0
        self._accepted: deque[float] = deque()

    def reserve(self, now: float) -> float | None:
        """Reserve a slot for a request: the time at which it may be sent. None while all slots are in use."""
        if self._under_way >= self.concurrency:
            return None
        self._under_way += 1
        self._full |= self._under_way == self.concurrency
        start = max(now, self._next)
        self._next = start + 1 / self.rate(start)
        return start

    def release(self) -> None:
        """Free a slot."""
        self._under_way -= 1

    def on_accepted(self, began: float, now: float) -> None:
        """A request was not throttled, whatever the answer was."""
        self._accepted.append(now)
        self._forget(now)
        self._answers += 1
        self._seconds += now - began if self._answers else 0
        if self._answers >= max(SAMPLE_SIZE, 2 * self.concurrency):
            self._end_sample(self._seconds / self._answers, now)

    def _end_sample(self, trip: float, now: float) -> None:
        full = self._full
        self._answers, self._seconds, self._full = 0, 0.0, False
        # With one slot no request waits for another: its round trip is the measure, even if shorter ones were seen.
        self._min_round_trip = trip if self.concurrency == 1 else min(trip, self._min_round_trip)
        if trip > self._min_round_trip * min(CONGESTED_RATIO, (1 + self.concurrency) / 2):
            self.concurrency //= 2
            self._congested_at = now
        elif full and now - self._congested_at >= HOLD_AFTER_CONGESTION_SECONDS:
            self.concurrency = min(self._max_concurrency, 2 * self.concurrency)

    def on_throttled(self, began: float, now: float) -> None:
        """A request was throttled. One that was sent before the rate was last lowered says nothing new."""
        if began < self._throttled_at:
            return
        self._forget(now)
        self._throttled_rate = max(MIN_REQUESTS_PER_SECOND, min(self.rate(now), len(self._accepted)))
        self._throttled_at = now

    def rate(self, now: float) -> float:
        """How many requests may go out in a second."""
        calm = min(now - self._throttled_at, 10)  # as good as for ever
        return min(self._ceiling, self._throttled_rate * math.exp(RATE_GROWTH * calm * calm / 2))

    def _forget(self, now: float) -> None:
        while self._accepted and self._accepted[0] <= now - 1:
            self._accepted.popleft()


class RequestLimiter:
    """Limits the requests of all threads of a process."""

    def __init__(
        self,
        most: int = MAX_CONCURRENCY,
        per_second: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """`most` requests at once, and `per_second` if that is given, are never exceeded."""
        self.most = most
        self._clock = clock
        self._sleep = sleep
        self._control = CongestionControl(most, per_second or math.inf)
        self._repeats = False
        # One thread waits for a slot and for its time; the others queue behind it, so that none wakes up in vain.
        self._turn = threading.Lock()
        self._slot_free = threading.Condition()

    def useful_threads(self) -> int:
        """How many threads are useful at the moment: one per slot, or the most once requests are being repeated.

        A thread that waits to repeat a request occupies no slot. More threads than are useful would only take turns,
        which costs an embedded marketplace a third of its speed.
        """
        with self._slot_free:
            return self.most if self._repeats else self._control.concurrency

    @contextmanager
    def slot(self, stopped: Stopped = never) -> Iterator[None]:
        """Around one request: wait for a slot and for its time, and learn from the outcome.

        Raises:
            StoppedError: `stopped` turned true before the request went out.

        """
        began = self._enter(stopped)
        accepted: bool | None = None
        try:
            yield
            accepted = True
        except ApiError as error:
            accepted = _was_accepted(error)
            raise
        finally:
            with self._slot_free:
                now = self._clock()
                self._control.release()
                if accepted:
                    self._control.on_accepted(began, now)
                elif accepted is not None:
                    self._control.on_throttled(began, now)
                self._repeats |= not accepted
                self._slot_free.notify()

    def _enter(self, stopped: Stopped) -> float:
        with self._turn:
            start = self._reserve(stopped)
            try:
                while (left := start - self._clock()) > 0:
                    self._sleep(min(left, SLEEP_STEP_SECONDS))
                    _check(stopped)
            except BaseException:
                with self._slot_free:
                    self._control.release()
                raise
            return self._clock()

    def _reserve(self, stopped: Stopped) -> float:
        with self._slot_free:
            while True:
                _check(stopped)
                start = self._control.reserve(self._clock())
                if start is not None:
                    return start
                self._slot_free.wait(SLEEP_STEP_SECONDS)


def _check(stopped: Stopped) -> None:
    if stopped():
        raise StoppedError(f"stopped before the request was sent{because(stopped)}")


def _was_accepted(error: ApiError) -> bool | None:
    """None where the error does not tell."""
    if isinstance(error, UnavailableError | UnreachableError):
        return None
    return not isinstance(error, ThrottledError)
