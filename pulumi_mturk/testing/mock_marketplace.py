"""The marketplace of a test: its workers, its clock, faults, and what came in."""

from __future__ import annotations

import contextlib
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.domain import workers
from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.service import Marketplace
from pulumi_mturk.marketplace.settings import Sources
from pulumi_mturk.marketplace.testing.faults import Fault
from pulumi_mturk.testing.errors import MockUsageError
from pulumi_mturk.testing.options import KEY
from pulumi_mturk.testing.workers import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace.domain.worker_notifications import Notification
    from pulumi_mturk.marketplace.testing.call_recording import Call
    from pulumi_mturk.marketplace.testing.faults import FaultKind
    from pulumi_mturk.testing.options import Options

REQUESTER: Final = "Test requester"
"""What workers read as the requester's name."""
_MOTO_KEY: Final = "FOOBARKEY"
"""The access key that moto puts into the environment: a mock_aws within the mock replaces ours by it."""
_FAULTS: Final[dict[str, tuple[FaultKind, FaultKind | None]]] = {
    "ThrottlingException": ("throttle", None),
    "ServiceFault": ("service_fault", "service_fault_after"),
    "AccessDeniedException": ("access_denied", None),
    "ConnectionClosedError": ("drop_before", "drop_after"),
}
"""By the code or botocore's exception that the program sees: the fault before the call, and that after it."""


class MockMarketplace:
    """The marketplace of one mock, empty at its start and gone at its end."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._ids = random.Random()  # noqa: S311 - ids that come again, in tests
        self._marketplace: Marketplace | None = self._new()
        self._moved = False

    @property
    def marketplace(self) -> Marketplace:
        """What answers the calls.

        Raises:
            MockUsageError: the mock has ended.

        """
        if self._marketplace is None:
            raise MockUsageError("This marketplace is gone: its mock_mturk has ended.")
        return self._marketplace

    def worker(
        self,
        worker_id: str | None = None,
        *,
        country: str | None = None,
        subdivision: str | None = None,
        approved: int = 0,
        rejected: int = 0,
        masters: bool = False,
        adult: bool = False,
    ) -> Worker:
        """A new worker; with `worker_id` the one that a list of the program names.

        `country` is an ISO 3166 code, None: no address is known, and no requirement on it is met. `subdivision` is a
        state of the US. `approved` and `rejected` are assignments that were done elsewhere before; the approval rate of
        a worker with fewer than a hundred in all counts as 100 %. `adult`: consented to content for adults.

        Raises:
            ValueError: one of them can not be so.

        """
        handed_in = approved + rejected
        history = WorkHistory(accepted=handed_in, submitted=handed_in, approved=approved, rejected=rejected)
        identity = workers.new_worker_id(self._ids) if worker_id is None else worker_id
        profile = workers.WorkerProfile(identity, country, subdivision, masters, adult, history)
        try:
            with self.marketplace.writing() as ctx:
                workers.register(ctx, profile)
        except WorkerRefusedError as error:
            raise ValueError(f"worker: {error}") from None  # the test's mistake, nothing that a worker is refused
        return Worker(identity, self)

    def fail(self, operation: str, code: str, times: int = 1, *, after: bool = False) -> None:
        """Let the next calls of an operation fail, `times` of them. botocore's own repeats count as calls.

        `operation` is named as in the API (`CreateHIT`), or "*" for each. `code` is what the program sees:
        `ThrottlingException`, `ServiceFault` or `AccessDeniedException`, or botocore's `ConnectionClosedError`.
        `after`: the call is carried out and its answer lost (a `ServiceFault` or a `ConnectionClosedError` alone).

        Raises:
            ValueError: there is no such fault.
            MarketplaceError: there is no such operation, or `times` is below 1.

        """
        if code not in _FAULTS:
            raise ValueError(f"fail: no call can end with {code!r}; write one of {', '.join(_FAULTS)}.")
        kind = _FAULTS[code][after]
        if kind is None:
            lost = ", ".join(name for name, kinds in _FAULTS.items() if kinds[1] is not None)
            raise ValueError(f"fail: {code} refuses a call before it is carried out; after=True goes with {lost}.")
        self.marketplace.inject(Fault(kind, operation, times=times))

    def advance(
        self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> None:
        """Turn the clock on: HITs expire, deadlines pass, work is approved by itself.

        Raises:
            ClockError: it would go back, or beyond the year 8999.

        """
        step = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        self.marketplace.advance(step.total_seconds())

    @property
    def now(self) -> datetime:
        """The marketplace's time, in UTC."""
        return datetime.fromtimestamp(self.marketplace.now(), UTC)

    @property
    def calls(self) -> list[Call]:
        """The calls of the API in the order in which they ended, with their parameters and how they ended."""
        return self.marketplace.calls()

    @property
    def mails(self) -> list[Notification]:
        """What the real service would have mailed to workers, the oldest first."""
        return self.marketplace.notifications()

    def reset(self) -> None:
        """Empty it: all is as at the start of the mock.

        Raises:
            MockUsageError: a stack is on it.

        """
        ended = self.marketplace
        if self._moved:
            raise MockUsageError(
                "A stack is on this marketplace: it can not be emptied, but the next test has one of its own."
            )
        self._marketplace = self._new()
        ended.close()

    def move_to(self, path: Path) -> None:
        """Keep it in a new file from now on, which other processes can open: those have the machine's clock.

        Raises:
            MockUsageError: the mock's clock stands still.

        """
        if self._options.now is not None:
            raise MockUsageError(
                "A stack is carried out by other processes, and theirs is the machine's clock: leave out now= here, "
                "and use advance()."
            )
        in_memory = self.marketplace
        in_memory.save(path)
        self._moved = True
        self._marketplace = Marketplace.open(path, create=False)
        # As the stack's is `local`, which knows the ids of both.
        self._marketplace.set_switches(environment="both")
        in_memory.close()

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(MockUsageError):
            self.marketplace.close()
        self._marketplace = None

    def _new(self) -> Marketplace:
        options = self._options
        self._ids.seed(options.seed)
        if options.now is None:
            sources = Sources(ids=self._ids)
        else:
            stands_at = options.now.timestamp()
            sources = Sources(lambda: stands_at, self._ids)
        made = Marketplace.in_memory(REQUESTER, sources)
        switches: dict[str, Any] = {
            "environment": options.environment,
            "funds": "prepaid" if options.environment == "production" else "fixed",
            "account_balance": options.balance_text,
            "access_keys": f"{KEY},{_MOTO_KEY}" if options.strict_keys else "",
            "record_calls": "parameters",
        }
        made.set_switches(**switches)
        return made
