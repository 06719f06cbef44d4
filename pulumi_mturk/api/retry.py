"""The only retry loop: a deadline per call, exponential backoff with full jitter, and a rule per operation for repeats.

botocore's own retries are off. Its quota gives up on calls under sustained throttling, its defaults changed between
releases, and it repeats calls that MTurk's model does not mark as safe to repeat.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TypeVar

from pulumi_mturk.api.errors import ApiError, StoppedError, ThrottledError, UnavailableError, UnreachableError

T = TypeVar("T")

BASE_SECONDS = 0.2
CAP_SECONDS = 20.0
# No connection at all is more often a wrong address than an outage that ends within the deadline of a call.
UNREACHABLE_SECONDS = 30.0
POLL_SECONDS = 2.0
# Pauses are slept in steps of this length, between which `stopped` is asked.
SLEEP_STEP_SECONDS = 0.1


class Repeat(Enum):
    """What to do when it is not known whether a call took effect (the reply was lost, or a server error)."""

    SAFE = "repeat: a second time changes nothing"
    LOOK_UP = "look first whether it took effect"


def never() -> bool:
    """Not stopped."""
    return False


@dataclass
class Retry:
    """The retry policy of a client. Clock, sleep and jitter can be replaced, for tests.

    Once `stopped` is true nothing is repeated. A pause lasts until its end all the same, unless `sleep` sees to it.
    """

    deadline_seconds: float = 600.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    jitter: Callable[[], float] = random.random
    stopped: Callable[[], bool] = never

    def until(self, stopped: Callable[[], bool]) -> "Retry":
        """The same policy, which ends pauses and repeats nothing once `stopped` is true."""
        return replace(self, stopped=stopped, sleep=partial(_sleep_until, stopped, self.sleep))

    def call(
        self, attempt: Callable[[], T], repeat: Repeat, look_up: Callable[[ApiError], T | None] | None = None
    ) -> T:
        """Call until an answer, a refusal or the deadline.

        `look_up` is asked, after a reply was lost, whether the call took effect all the same: it returns the result,
        or None for "it did not". It is asked again when a later attempt is refused, for the refusal may be the
        echo of our own lost call; without an answer of its own that refusal stands.

        Who gives up raises the lost reply, if there was one: the call may have taken effect.
        """
        start = self.clock()
        end = start + self.deadline_seconds
        lost: UnavailableError | None = None
        attempts = 0
        while True:
            attempts += 1
            try:
                return attempt()
            except (ThrottledError, UnreachableError) as error:
                failure: ApiError = error
            except UnavailableError as error:
                failure = lost = error
            except ApiError as error:
                if lost is not None and (found := _effect(look_up, error)) is not None:
                    return found
                raise _stopped(lost) if lost is not None and isinstance(error, StoppedError) else error from None
            pause = self.jitter() * min(CAP_SECONDS, BASE_SECONDS * 2 ** min(attempts - 1, 16))
            if isinstance(failure, UnreachableError):
                end = min(end, start + UNREACHABLE_SECONDS)
            if self.clock() + pause >= end and not self.stopped():
                raise _gave_up(lost or failure, attempts, end - start) from None
            self.sleep(pause)
            if repeat is Repeat.LOOK_UP and failure is lost and (found := _effect(look_up, failure)) is not None:
                return found
            if self.stopped():
                raise _stopped(lost or failure) from None

    def wait_for(self, look: Callable[[], T | None], seconds: float) -> T | None:
        """Poll until `look` returns something; None if the time is over first."""
        end = self.clock() + seconds
        while (found := look()) is None and self.clock() + POLL_SECONDS <= end and not self.stopped():
            self.sleep(POLL_SECONDS)
        return found


def _effect(look_up: Callable[[ApiError], T | None] | None, error: ApiError) -> T | None:
    try:
        return look_up(error) if look_up is not None else None
    except StoppedError:  # it could not be looked up
        return None


def _gave_up(failure: ApiError, attempts: int, deadline: float) -> ApiError:
    text = f"{failure} (gave up after {attempts} attempts within {deadline:g} s; see mturk:operationTimeoutSeconds)"
    return type(failure)(text, operation=failure.operation, code=failure.code)


def _stopped(failure: ApiError) -> ApiError:
    """The error of a stopped retry; after a lost reply it still says that the call may have taken effect."""
    kind = type(failure) if isinstance(failure, UnavailableError) else StoppedError
    return kind(f"{failure} (stopped before another attempt)", operation=failure.operation, code=failure.code)


def _sleep_until(stopped: Callable[[], bool], sleep: Callable[[float], object], seconds: float) -> None:
    while seconds > 0 and not stopped():
        sleep(min(seconds, SLEEP_STEP_SECONDS))
        seconds -= SLEEP_STEP_SECONDS
