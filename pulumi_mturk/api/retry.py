"""The only retry loop: a deadline per call, exponential backoff with full jitter, and a rule per operation for repeats.

botocore's own retries are off. Its quota gives up on calls under sustained throttling, its defaults changed between
releases, and it repeats calls that MTurk's model does not mark as safe to repeat.
"""

import math
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TypeVar

from pulumi_mturk.api.errors import ApiError, StoppedError, ThrottledError, UnavailableError, UnreachableError
from pulumi_mturk.common.text import count

T = TypeVar("T")

BASE_SECONDS = 0.2
CAP_SECONDS = 20.0
POLL_SECONDS = 2.0
# Pauses are slept in steps of this length, between which `stopped` is asked.
SLEEP_STEP_SECONDS = 0.1

# When the call that this thread is in has to be over, by the clock of its policy: its look-ups end with it.
_end: ContextVar[float] = ContextVar("end", default=math.inf)


class Repeat(Enum):
    """What to do when it is not known whether a call took effect (the reply was lost, or a server error)."""

    READ = "repeat: it changes nothing"
    SAFE = "repeat: a second time changes nothing"
    LOOK_UP = "look first whether it took effect"


Stopped = Callable[[], str | bool | None]
"""Whether nothing more is to be begun; a text says why."""


def never() -> bool:
    """Not stopped."""
    return False


def because(stopped: Stopped) -> str:
    """Why it is stopped, in brackets, if it says so."""
    return f" ({why})" if isinstance(why := stopped(), str) else ""


@dataclass
class Retry:
    """The retry policy of a client. Clock, sleep and jitter can be replaced, for tests.

    Once `stopped` is true nothing is repeated. A pause lasts until its end all the same, unless `sleep` sees to it.
    """

    deadline_seconds: float = 600.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    jitter: Callable[[], float] = random.random
    stopped: Stopped = never

    def until(self, stopped: Stopped) -> "Retry":
        """The same policy, which ends pauses and repeats nothing once `stopped` is true."""
        return replace(self, stopped=stopped, sleep=partial(_sleep_until, stopped, self.sleep))

    def seconds_left(self) -> float:
        """How long an attempt of the call under way may take."""
        return _end.get() - self.clock()

    def call(
        self, attempt: Callable[[], T], repeat: Repeat, look_up: Callable[[ApiError], T | None] | None = None
    ) -> T:
        """Call until an answer, a refusal or the deadline, which holds for the call with all its look-ups.

        `look_up` is asked, after a reply was lost, whether the call took effect all the same: it returns the result,
        or None for "it did not". It is asked again when a later attempt is refused, for the refusal may be the
        echo of our own lost call; without an answer of its own that refusal stands. Where it can't be looked up,
        nothing is repeated.

        Who gives up raises the lost reply, if there was one: the call may have taken effect.
        """
        start = self.clock()
        with _ending(min(start + self.deadline_seconds, _end.get())) as deadline:
            return self._call(attempt, repeat, look_up, _Patience(start, deadline))

    def _call(
        self,
        attempt: Callable[[], T],
        repeat: Repeat,
        look_up: Callable[[ApiError], T | None] | None,
        patience: "_Patience",
    ) -> T:
        lost: UnavailableError | None = None
        while True:
            began = self.clock()
            try:
                return attempt()
            except (ThrottledError, UnreachableError) as error:
                failure: ApiError = error
            except UnavailableError as error:
                failure = lost = error
            except ApiError as error:
                if lost is None:
                    raise
                return _after(lost, error, repeat, look_up)
            pause = self._pause(patience.attempts, failure)
            end = patience.end(failure, began)
            if self.clock() + pause >= end and not self.stopped():
                raise patience.over(lost or failure, failure, repeat, end) from None
            self.sleep(pause)
            if (
                repeat is Repeat.LOOK_UP
                and failure is lost
                and (found := _effect(look_up, lost, lost, repeat)) is not None
            ):
                return found
            if self.stopped():
                raise _stopped(lost or failure, repeat) from None

    def _pause(self, earlier_attempts: int, failure: ApiError) -> float:
        pause: float = self.jitter() * min(CAP_SECONDS, BASE_SECONDS * 2 ** min(earlier_attempts, 16))
        return max(pause, failure.retry_after_seconds or 0.0)

    def wait_for(self, look: Callable[[], T | None], seconds: float) -> T | None:
        """Poll until `look` returns something; None if the time, or that of the call under way, is over first."""
        end = min(self.clock() + seconds, _end.get())
        while (found := look()) is None and self.clock() + POLL_SECONDS <= end and not self.stopped():
            self.sleep(POLL_SECONDS)
        return found


@contextmanager
def _ending(end: float) -> Iterator[float]:
    token = _end.set(end)
    try:
        yield end
    finally:
        _end.reset(token)


def _effect(
    look_up: Callable[[ApiError], T | None] | None, error: ApiError, lost: UnavailableError, repeat: Repeat
) -> T | None:
    """What the call made, if it took effect; raises the lost reply where that can't be found out."""
    try:
        return look_up(error) if look_up is not None else None
    except StoppedError:
        raise _stopped(lost, repeat) from None
    except ApiError as why:
        raise _again(lost, f"{lost}{_open(repeat)}; it could not be looked up: {why}") from None


def _after(
    lost: UnavailableError, error: ApiError, repeat: Repeat, look_up: Callable[[ApiError], T | None] | None
) -> T:
    """What the lost call made, if a refusal of a later attempt is its echo; raises the refusal if not."""
    if isinstance(error, StoppedError):
        raise _stopped(lost, repeat) from None
    if (found := _effect(look_up, error, lost, repeat)) is not None:
        return found
    error.may_have_happened = True
    raise error from None


def _open(repeat: Repeat) -> str:
    """What a lost reply leaves open."""
    return "" if repeat is Repeat.READ else "; it may have taken effect, which the next run finds out"


@dataclass
class _Patience:
    """How long one call is repeated, and how often it was."""

    start: float
    deadline: float
    attempts: int = 0
    _vain_since: float | None = None

    def end(self, failure: ApiError, began: float) -> float:
        """When to give up after this failure of an attempt that `began` then."""
        self.attempts += 1
        if failure.patience_seconds == math.inf:
            self._vain_since = None
            return self.deadline
        # Patience is that with one failure after another, not with a call that was throttled for long before.
        self._vain_since = began if self._vain_since is None else self._vain_since
        return min(self.deadline, self._vain_since + failure.patience_seconds)

    def over(self, shown: ApiError, last: ApiError, repeat: Repeat, end: float) -> ApiError:
        """The error of giving up at `end`: what is shown of it, how long it was tried, and what that leaves open."""
        at_deadline = end == self.deadline
        seconds = end - self.start if at_deadline else last.patience_seconds
        text = str(shown)
        if seconds > 0:
            tries = count(self.attempts, "attempt")
            asked = last.retry_after_seconds or 0.0
            waits = f", as the server asks to wait {asked:g} s" if asked >= seconds else ""
            setting = "; see mturk:operationTimeoutSeconds" if at_deadline else ""
            text += f" (gave up after {tries} within {seconds:g} s{waits}{setting})"
        return _again(shown, text + (_open(repeat) if isinstance(shown, UnavailableError) else ""))


def _stopped(failure: ApiError, repeat: Repeat) -> ApiError:
    """The error of a stopped retry; after a lost reply it still says that the call may have taken effect."""
    text = f"{failure} (stopped before another attempt)"
    if isinstance(failure, UnavailableError):
        return _again(failure, text + _open(repeat))
    return StoppedError(text, operation=failure.operation, code=failure.code)


def _again(failure: ApiError, text: str) -> ApiError:
    return type(failure)(text, operation=failure.operation, code=failure.code)


def _sleep_until(stopped: Stopped, sleep: Callable[[float], object], seconds: float) -> None:
    while seconds > 0 and not stopped():
        sleep(min(seconds, SLEEP_STEP_SECONDS))
        seconds -= SLEEP_STEP_SECONDS
