"""Grants to a service with a latency and a ceiling, against the loop that a requester would write."""

import statistics
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import boto3

from benchmarks.common import Bar, marketplace_server, timed
from benchmarks.marketplace import Contestant, granted, new_type
from benchmarks.roster.stacks import UP, new_stack
from pulumi_mturk.marketplace import Marketplace
from tests.support.cli_rosters import GRANT, LIST, many, type_of
from tests.support.pulumi_cli import Stack

LATENCY_MILLISECONDS = 50
PER_SECOND = 100
# Workers granted by the loop, half of them before the roster and half after it.
SAMPLE = 200


@dataclass(frozen=True)
class Ceiling:
    """What was measured."""

    workers: int
    up_seconds: float
    work_seconds: float
    """From the roster's first request to the answer of its last."""
    loop_rate: float
    refused: int
    twice: int
    missing: int

    @property
    def rate(self) -> float:
        """Grants a second, of the roster's own changes."""
        return self.workers / self.work_seconds

    def bars(self) -> list[Bar]:
        """What is asked of it."""
        return [
            Bar("share of what the ceiling allows", self.rate / PER_SECOND, least=0.95),
            Bar("times the boto3 loop", self.rate / self.loop_rate, least=4.5),
            Bar.exact("workers who lack the grant", self.missing, 0),
            Bar.exact("workers granted it twice", self.twice, 0),
        ]

    def report(self) -> None:
        """Print the table."""
        print(
            f"{self.workers:,} grants over HTTP, {LATENCY_MILLISECONDS} ms an answer, {PER_SECOND} a second let through"
        )
        print(f"{'':42}{'seconds':>9}{'a second':>10}{'of ceiling':>12}{'to loop':>9}")
        for what, rate, seconds in (
            (f"boto3 loop, a sample of {SAMPLE}", self.loop_rate, SAMPLE / self.loop_rate),
            ("the roster's own work, request to answer", self.rate, self.work_seconds),
            ("the whole `pulumi up`", self.workers / self.up_seconds, self.up_seconds),
        ):
            share, ratio = rate / PER_SECOND, rate / self.loop_rate
            print(f"{what:42}{seconds:9.1f}{rate:10.1f}{share:12.3f}{ratio:9.2f}")
        share = self.refused / (self.workers + self.refused)
        print(f"requests beyond the ceiling, refused and sent again: {self.refused:,} ({share:.1%})")


def measure(folder: Path, workers: int) -> Ceiling:
    """Grant them all, once."""
    database = folder / "served.db"
    with marketplace_server(database) as address, Marketplace.open(database) as marketplace:
        marketplace.set_switches(
            latency_milliseconds=LATENCY_MILLISECONDS, requests_per_second=PER_SECOND, record_calls="parameters"
        )
        # As for a team's own panel: requests are signed.
        stack = new_stack(folder / "ceiling", workers, environment="production", endpointUrl=address)
        loop, half = boto3_loop(address), SAMPLE // 2
        before = loop.rate(many(half))
        marketplace.clear_calls()
        whole = timed(stack, *UP)
        calls = marketplace.calls()
        after = loop.rate(many(half, first=half))
        missing = workers - holders(marketplace, stack)
    grants = [call for call in calls if call.operation == GRANT]
    done = Counter((call.parameters or {})["WorkerId"] for call in grants if call.status == 200)
    # A call's time is when its answer was ready, which then waits for the latency to be over.
    begun = min(call.time for call in calls if call.operation == LIST)
    return Ceiling(
        workers=workers,
        up_seconds=whole.wall,
        work_seconds=max(call.time for call in grants) - begun + LATENCY_MILLISECONDS / 1000,
        loop_rate=statistics.harmonic_mean([before, after]),
        refused=sum(call.status != 200 for call in calls),
        twice=sum(times > 1 for times in done.values()),
        missing=missing,
    )


def boto3_loop(address: str) -> Contestant:
    """boto3 as it is after `pip install`, one call after the other."""
    client = boto3.client(
        "mturk",
        region_name="us-east-1",
        endpoint_url=address,
        aws_access_key_id="example",
        aws_secret_access_key="example",  # noqa: S106 - nobody looks at signatures
    )
    return Contestant(granted(client, new_type(client)))


def holders(marketplace: Marketplace, stack: Stack) -> int:
    """How many workers hold the stack's type."""
    (found,) = [found for found in marketplace.summary().qualification_types if found.id == type_of(stack)]
    return found.holders
