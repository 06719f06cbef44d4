"""Progress of long operations, as text for the resource's row: numbers first, for a terminal cuts a row off.

Of 110 columns the names of the type and the resource leave some thirty.
"""

import time
from collections.abc import Callable

EVERY_SECONDS = 1.0


class Progress:
    """Reports about once a second; an operation that takes less reports nothing.

    `what` is what becomes of an item: "granted".
    """

    def __init__(
        self, what: str, total: int, report: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._total = total
        self._report = report
        self._clock = clock
        self._start = self._told = clock()
        self._done = self._failed = 0
        self.reported = False

    def step(self, *, failed: bool = False) -> None:
        """One more item is done, or has failed."""
        self._done += not failed
        self._failed += failed
        now = self._clock()
        if now - self._told < EVERY_SECONDS:
            return
        self._told, self.reported = now, True
        gone = self._done + self._failed
        rate = gone / (now - self._start)
        parts = [f"{self._done:,} of {self._total:,} {self._what}"]
        if self._failed:
            parts.append(f"{self._failed:,} failed")
        parts += [f"{_duration((self._total - gone) / rate)} left", f"{rate:,.0f} a second"]
        self._report(", ".join(parts))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
