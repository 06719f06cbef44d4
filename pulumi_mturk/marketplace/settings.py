"""What holds for one call: the time, the switches and the faults of the database, and what comes from outside of it."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain.context import Context
from pulumi_mturk.marketplace.domain.value_ranges import LATEST_CLOCK

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_mturk.marketplace.storage.sql import Connection
    from pulumi_mturk.marketplace.switches import Switches


def _machine_time() -> float:
    return time.time()  # looked up at each call: a test may have put another clock there


@dataclass(frozen=True)
class Sources:
    """What a marketplace takes from outside: the time, and the ids that it gives. A test can make both its own."""

    clock: Callable[[], float] = _machine_time
    """Epoch seconds."""
    ids: random.Random = field(default_factory=random.SystemRandom)


@dataclass(frozen=True)
class Settings:
    """Clock, switches and faults, read once per call."""

    clock_offset: float
    switches: Switches
    has_faults: bool
    sources: Sources
    has_accounts: bool = False
    """Whether accounts are configured, so that who calls over a network has to have signed."""
    place: str = ""
    """The name of the database."""

    def now(self) -> float:
        """The marketplace's time in epoch seconds."""
        # files whose clock was advanced before it had an end are at that end
        return min(self.sources.clock() + self.clock_offset, LATEST_CLOCK)

    def date(self) -> float:
        """The time of an answer's header Date, in epoch seconds.

        Without accounts the marketplace's. With them this machine's: clients set the clock that they sign by to it
        (observed: AWS's SDK for JavaScript), and a signature's time is compared with the machine's.
        """
        return self.sources.clock() if self.has_accounts else self.now()

    def context(self, db: Connection, caller: int | None = None) -> Context:
        """The context of a call in an open transaction; `caller` is the account that calls, if a requester does."""
        return Context(db, self.now(), self.switches, self.sources.ids, caller, self.place)

    def wait_since(self, start: float) -> None:
        """Sleep until the latency of the switch has passed since `start` (monotonic clock)."""
        if latency := self.switches.latency_milliseconds:
            time.sleep(max(0.0, start + latency / 1000 - time.monotonic()))
