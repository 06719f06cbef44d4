"""Many grants through a service that throttles, fails or goes away, in time that passes only while somebody waits."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import ApiError
from pulumi_mturk.api.limiter import RequestLimiter
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from tests.support.core import Clock
from tests.support.inputs import CALL_OF_TYPE
from tests.support.marketplace.new_database import new_database

GRANT = "AssociateQualificationWithWorker"
# What one request takes.
ROUND_TRIP_SECONDS = 0.05


class _Clock(Clock):
    """A clock that the marketplace goes by, too; told to it only where `followed`, as that takes a transaction."""

    def __init__(self, marketplace: Marketplace, *, followed: bool) -> None:
        super().__init__()
        self.marketplace = marketplace
        self.followed = followed
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds
        if self.followed:
            self.marketplace.advance(seconds)

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Outcome:
    """What has become of the grants: all counts but `calls` and `mails` should be 0."""

    grants: int
    failed: int
    """Calls that ended with an error."""
    lost: int
    """Grants that were reported as made, and are not there with their score."""
    calls: int
    mails: int
    doubled: int
    """Workers who got more than one mail, or one that was not asked for."""
    seconds: float
    """How much time has passed."""

    @property
    def calls_per_grant(self) -> float:
        """How many calls a grant has cost, its look-ups included."""
        return self.calls / self.grants


def simulate(
    grants: int,
    seed: int,
    *,
    throttled: float = 0.0,
    faulted: float = 0.0,
    faulted_after: float = 0.0,
    bursts: bool = False,
    send_notification: bool = False,
    retry_after: int | None = None,
) -> Outcome:
    """Make so many grants, of which these shares of the calls are refused.

    `faulted` answers 500 before the call was executed, `faulted_after` after it. With `bursts` all calls are refused
    for 60 seconds of every 300.
    """
    faults = [
        Fault("throttle", times=None, probability=throttled, seed=seed, retry_after=retry_after),
        Fault("service_fault", times=None, probability=faulted, seed=seed + 1),
        Fault("service_fault_after", GRANT, times=None, probability=faulted_after, seed=seed + 2),
    ]
    acting = [fault for fault in faults if fault.probability]
    if bursts:
        acting.append(Fault("service_fault", times=None, burst_seconds=60.0, burst_every=300.0))
    with TemporaryDirectory() as folder:
        path = new_database(Path(folder) / "market.db")
        with Marketplace.open(path) as marketplace, Embedded(str(path)) as embedded:
            clock = _Clock(marketplace, followed=bursts)
            dice = random.Random(seed)  # noqa: S311 - it throws dice, and keeps no secret
            client = Client(
                Configuration(local_database=str(path)),
                embedded.attach,
                Retry(clock=clock, sleep=clock.sleep, jitter=dice.random),
                RequestLimiter(clock=clock, sleep=clock.sleep),
            )
            type_id = client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
            marketplace.set_switches(record_calls="on")
            marketplace.inject(*acting)
            scores = {f"A{number}EXAMPLE": number % 100 + 1 for number in range(grants)}
            failed = _grant(client, clock, type_id, scores, send_notification=send_notification)
            calls = len(marketplace.calls())
            marketplace.clear_faults()
            mails = Counter(one.worker_id for one in marketplace.notifications())
            held = client.holders(type_id) or {}
    return Outcome(
        grants,
        failed=len(failed),
        lost=sum(held.get(worker) != score for worker, score in scores.items() if worker not in failed),
        calls=calls,
        mails=mails.total(),
        doubled=sum(count > send_notification for count in mails.values()),
        seconds=clock.slept,
    )


def _grant(
    client: Client, clock: _Clock, type_id: str, scores: dict[str, int], *, send_notification: bool
) -> Sequence[str]:
    failed = []
    for worker, score in scores.items():
        clock.sleep(ROUND_TRIP_SECONDS)
        try:
            client.grant(type_id, worker, score, send_notification=send_notification)
        except ApiError:
            failed.append(worker)
    return failed
