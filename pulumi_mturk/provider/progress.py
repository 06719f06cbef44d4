"""How far long work has come, in words for the resource's row."""

import time
from collections.abc import Callable

EVERY_SECONDS = 1.0


class Progress:
    """Tells it about once a second; work that is over before that is not worth a word."""

    def __init__(
        self, what: str, total: int, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._total = total
        self._tell = tell
        self._clock = clock
        self._start = self._told = clock()
        self._done = self._failed = 0

    def step(self, *, failed: bool = False) -> None:
        """One more is done, or can't be."""
        self._done += not failed
        self._failed += failed
        now = self._clock()
        if now - self._told < EVERY_SECONDS:
            return
        self._told = now
        gone = self._done + self._failed
        rate = gone / (now - self._start)
        parts = [f"{self._what}: {self._done:,} of {self._total:,} done"]
        if self._failed:
            parts.append(f"{self._failed:,} failed")
        parts += [f"{rate:,.0f} a second", f"{_duration((self._total - gone) / rate)} left"]
        self._tell(", ".join(parts))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
