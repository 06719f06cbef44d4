"""Requests side by side: as many at once, and as close upon each other, as the place takes well.

Two things make requests futile, and each has a measure of its own. They may wait for one another, at the server or,
where the marketplace is embedded, for this very process: then a round trip takes longer the more are under way. Or the
service refuses what goes beyond a rate: then it is known how many it lets through.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from queue import SimpleQueue
from typing import TypeVar

from pulumi_mturk.errors import ApiError, MturkError, StoppedError, ThrottledError, UnavailableError, UnreachableError
from pulumi_mturk.retry import STEP_SECONDS, never

T = TypeVar("T")
R = TypeVar("R")

# Requests at once, and so threads and connections.
MOST = 32
# Round trips that are looked at together, at least.
ROUND = 4
# A round trip of more than so many times the quickest waits for others; below that it may be chance.
CROWDED = 3.0
# After a crowded round: how long nobody tries more places. Many calls where they are quick, few where a try is dear.
HOLD_SECONDS = 0.25
# However many are refused: trying so often is polite.
FLOOR_PER_SECOND = 5.0
# How fast the rate rises again while nothing is refused: by two thirds in one second, to seven times in two.
BOLDNESS = 1.0


class Flow:
    """What the answers teach. It has no clock and no lock: `Limit` has.

    *Places* double from round to round while all are in use, and are halved once a round trip takes much longer than
    the quickest. With two places half as long again is much: at twice as long they would do no more than one.
    *Rate*: unlimited until a request is refused, then what was let through in the last second; the longer nothing is
    refused, the bolder it rises.
    """

    def __init__(self, most: int = MOST, per_second: float = math.inf) -> None:
        """`per_second` is a ceiling on the rate that is kept whatever the answers are."""
        self.places = 1
        self._most = most
        self._ceiling = per_second
        self._under_way = 0
        self._next = -math.inf
        # Of this round: the answers, their round trips' sum, and whether all places were taken. The very first answer
        # is left out: its request also opened the connection, or the database.
        self._answers = -1
        self._seconds = 0.0
        self._full = False
        self._quickest = math.inf
        self._crowded_at = -math.inf
        self._slowed_to = math.inf
        self._slowed_at = 0.0
        self._let_through: deque[float] = deque()

    def begin(self, now: float) -> float | None:
        """Take a place for a request: when it may go out. None while all are taken."""
        if self._under_way >= self.places:
            return None
        self._under_way += 1
        self._full |= self._under_way == self.places
        start = max(now, self._next)
        self._next = start + 1 / self.rate(start)
        return start

    def end(self) -> None:
        """Give a place back."""
        self._under_way -= 1

    def answered(self, began: float, now: float) -> None:
        """A request was let through, whatever the answer was."""
        self._let_through.append(now)
        self._forget(now)
        self._answers += 1
        self._seconds += now - began if self._answers else 0
        if self._answers >= max(ROUND, 2 * self.places):
            self._end_round(self._seconds / self._answers, now)

    def _end_round(self, trip: float, now: float) -> None:
        full = self._full
        self._answers, self._seconds, self._full = 0, 0.0, False
        # With one place nothing waits for others: what it takes then is the measure, though it was less before.
        self._quickest = trip if self.places == 1 else min(trip, self._quickest)
        if trip > self._quickest * min(CROWDED, (1 + self.places) / 2):
            self.places //= 2
            self._crowded_at = now
        elif full and now - self._crowded_at >= HOLD_SECONDS:
            self.places = min(self._most, 2 * self.places)

    def refused(self, began: float, now: float) -> None:
        """A request was too many. Those that went out before the rate was lowered tell nothing new."""
        if began < self._slowed_at:
            return
        self._forget(now)
        self._slowed_to = max(FLOOR_PER_SECOND, min(self.rate(now), len(self._let_through)))
        self._slowed_at = now

    def rate(self, now: float) -> float:
        """How many requests may go out in a second."""
        calm = min(now - self._slowed_at, 10)  # as good as for ever
        return min(self._ceiling, self._slowed_to * math.exp(BOLDNESS * calm * calm / 2))

    def _forget(self, now: float) -> None:
        while self._let_through and self._let_through[0] <= now - 1:
            self._let_through.popleft()


class Limit:
    """The limit on the requests of a process, for all of its threads."""

    def __init__(
        self,
        most: int = MOST,
        per_second: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """`most` requests at once, and `per_second` if that is given, are never exceeded."""
        self.most = most
        self._clock = clock
        self._sleep = sleep
        self._flow = Flow(most, per_second or math.inf)
        self._repeats = False
        # One thread waits for a place and for its time, the others queue behind it: nobody wakes up in vain.
        self._door = threading.Lock()
        self._place_free = threading.Condition()

    def threads(self) -> int:
        """How many threads are of use at the moment: one a place, but who waits to repeat a request has none.

        More would only take turns, which costs an embedded marketplace a third of its speed.
        """
        with self._place_free:
            return self.most if self._repeats else self._flow.places

    @contextmanager
    def slot(self, stopped: Callable[[], bool] = never) -> Iterator[None]:
        """Around one request: wait for a place and for its time, and learn from the outcome.

        Raises:
            StoppedError: `stopped` turned true before the request went out.

        """
        began = self._enter(stopped)
        let_through: bool | None = None
        try:
            yield
            let_through = True
        except ApiError as error:
            let_through = _was_let_through(error)
            raise
        finally:
            with self._place_free:
                now = self._clock()
                self._flow.end()
                if let_through:
                    self._flow.answered(began, now)
                elif let_through is not None:
                    self._flow.refused(began, now)
                self._repeats |= not let_through
                self._place_free.notify()

    def _enter(self, stopped: Callable[[], bool]) -> float:
        with self._door:
            start = self._take_place(stopped)
            try:
                while (left := start - self._clock()) > 0:
                    self._sleep(min(left, STEP_SECONDS))
                    _check(stopped)
            except BaseException:
                with self._place_free:
                    self._flow.end()
                raise
            return self._clock()

    def _take_place(self, stopped: Callable[[], bool]) -> float:
        with self._place_free:
            while True:
                _check(stopped)
                start = self._flow.begin(self._clock())
                if start is not None:
                    return start
                self._place_free.wait(STEP_SECONDS)


def _check(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise StoppedError("stopped before the request was sent")


def _was_let_through(error: ApiError) -> bool | None:
    """None where the error does not tell."""
    if isinstance(error, UnavailableError | UnreachableError):
        return None
    return not isinstance(error, ThrottledError)


def run(
    items: Iterable[T], work: Callable[[T], R], *, threads: Callable[[], int], stopped: Callable[[], bool] = never
) -> Generator[tuple[T, R | MturkError], None, None]:
    """Do the work on all items side by side: each with its result, or our error, in the order in which they end.

    Once `stopped` is true nothing more is begun, and what was begun still comes out. Any other exception comes last,
    when nothing is under way any more; so does the end of an iteration that the caller breaks off.
    """
    waiting = iter(items)
    ended: SimpleQueue[tuple[T, Future[R]]] = SimpleQueue()
    under_way = 0
    failure: BaseException | None = None
    with ThreadPoolExecutor(MOST) as pool:
        while True:
            if failure is None and not stopped():
                for item in islice(waiting, max(0, threads() - under_way)):
                    pool.submit(work, item).add_done_callback(partial(_put, ended, item))
                    under_way += 1
            if not under_way:
                break
            item, future = ended.get()
            under_way -= 1
            error = future.exception()
            if error is None:
                yield item, future.result()
            elif isinstance(error, MturkError):
                yield item, error
            else:
                failure = error
    if failure is not None:
        raise failure


def _put(ended: "SimpleQueue[tuple[T, Future[R]]]", item: T, future: "Future[R]") -> None:
    ended.put((item, future))
