"""A rate for each access key: a token bucket in memory, of one process alone.

Apart from the switch `requests_per_second`, which is a behaviour of the real service for tests: this is the operator's
protection against one requester's program, and nothing of it is kept.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import throttled

if TYPE_CHECKING:
    from collections.abc import Callable


class KeyRates:
    """The buckets of all keys, each of a second's calls: as many as there are keys that have signed a call."""

    def __init__(self, per_second: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key_id: str) -> None:
        """Take a token for a call. Raises a throttling error if none is left; refused calls take none."""
        with self._lock:
            now = self._clock()
            left, since = self._buckets.get(key_id, (float(self._per_second), now))
            left = min(float(self._per_second), left + (now - since) * self._per_second)
            if left < 1:
                raise throttled()
            self._buckets[key_id] = (left - 1, now)
