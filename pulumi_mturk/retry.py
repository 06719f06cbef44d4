"""The one retry loop: a deadline for each call, full jitter, and for each operation what a repeat would mean.

botocore's own retries are off. Its quota gives up on calls under sustained throttling, its defaults changed between
releases, and it repeats calls that MTurk's model does not mark as safe to repeat.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from pulumi_mturk.errors import ApiError, ThrottledError, UnavailableError, UnreachableError

T = TypeVar("T")

BASE_SECONDS = 0.2
CAP_SECONDS = 20.0
# No connection at all is more often a wrong address than an outage that ends within the deadline of a call.
UNREACHABLE_SECONDS = 30.0
LOOK_SECONDS = 2.0


class Repeat(Enum):
    """What to do when it is not known whether a call took effect (the reply was lost, or a server error)."""

    SAFE = "repeat: a second time changes nothing"
    LOOK_UP = "look first whether it took effect"


@dataclass
class Retry:
    """The patience of one client. The clock, the sleep and the dice can be replaced, for tests."""

    deadline_seconds: float = 600.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def call(
        self, attempt: Callable[[], T], repeat: Repeat, look_up: Callable[[ApiError], T | None] | None = None
    ) -> T:
        """Call until an answer, a refusal or the deadline.

        `look_up` is asked, after a reply was lost, whether the call took effect all the same: it returns the result,
        or None for "it did not". It is asked again when a later attempt is refused, for the refusal may be the
        echo of our own lost call; without an answer of its own that refusal stands.
        """
        start = self.clock()
        end = start + self.deadline_seconds
        ambiguous = False
        attempts = 0
        while True:
            attempts += 1
            try:
                return attempt()
            except (ThrottledError, UnreachableError) as error:
                failure: ApiError = error
            except UnavailableError as error:
                failure = error
                ambiguous = True
            except ApiError as error:
                if ambiguous and look_up is not None and (found := look_up(error)) is not None:
                    return found
                raise
            pause = self.jitter() * min(CAP_SECONDS, BASE_SECONDS * 2 ** min(attempts - 1, 16))
            if isinstance(failure, UnreachableError):
                end = min(end, start + UNREACHABLE_SECONDS)
            if self.clock() + pause >= end:
                raise _gave_up(failure, attempts, end - start) from None
            self.sleep(pause)
            if (
                repeat is Repeat.LOOK_UP
                and isinstance(failure, UnavailableError)
                and look_up is not None
                and (found := look_up(failure)) is not None
            ):
                return found

    def wait_for(self, look: Callable[[], T | None], seconds: float) -> T | None:
        """Look again and again until something is there, or the time is over: None."""
        end = self.clock() + seconds
        while (found := look()) is None and self.clock() + LOOK_SECONDS <= end:
            self.sleep(LOOK_SECONDS)
        return found


def _gave_up(failure: ApiError, attempts: int, deadline: float) -> ApiError:
    text = f"{failure} (gave up after {attempts} attempts within {deadline:g} s; see mturk:operationTimeoutSeconds)"
    return type(failure)(text, operation=failure.operation, code=failure.code)


@dataclass
class Pace:
    """A ceiling on the rate of requests, shared by the threads of a process."""

    per_second: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _next: float = 0.0

    def wait(self) -> None:
        """Return when the next request may go out."""
        with self._lock:
            now = self.clock()
            start = max(now, self._next)
            self._next = start + 1 / self.per_second
        if start > now:
            self.sleep(start - now)
