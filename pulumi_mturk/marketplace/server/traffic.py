"""What a process has answered: counted here, and now and then added to the counts in the database.

There the processes that serve one database add up, so that it does not matter which of them is asked for them.
"""

from __future__ import annotations

import bisect
import threading
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pulumi_mturk.marketplace.storage import request_counts

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the buckets of durations, in seconds; a last one has no bound."""


class Handled(NamedTuple):
    """A request that was answered, without anything of whoever sent it."""

    method: str
    route: str
    """The pattern of its path; empty where it has none."""
    operation: str
    """Of the API; empty where it is none."""
    status: int
    """Of the answer, 0 where the connection was dropped."""


class Traffic:
    """The requests of a process that are not in the database yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[Handled, int]] = Counter()
        self._seconds: Counter[tuple[Handled, int]] = Counter()

    def count(self, handled: Handled, seconds: float) -> None:
        """Count a request."""
        key = handled, bisect.bisect_left(BOUNDS, seconds)
        with self._lock:
            self._requests[key] += 1
            self._seconds[key] += seconds  # type: ignore[assignment]  # a Counter adds what is added

    def is_empty(self) -> bool:
        """Whether nothing was counted since."""
        return not self._requests

    def flush(self, db: Connection) -> None:
        """Add the counts to those in the database; needs a writing transaction."""
        with self._lock:
            requests, seconds = self._requests, self._seconds
            self._requests, self._seconds = Counter(), Counter()
        for key, number in requests.items():
            handled, bucket = key
            request_counts.add(db, *handled, bucket, requests=number, seconds=seconds[key])
