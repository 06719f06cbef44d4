"""R4 and R5: grants under sustained throttling, faults and outages, on a virtual clock."""

from typing import Any

from tests.reliability.figure import Figure, Measured
from tests.support.retry_simulation import simulate

CALLS_PER_GRANT = 1.5


def _told(runs: int, seed: int, plans: dict[str, dict[str, Any]], most: float | None) -> Measured:
    results, reached = [], True
    for name, plan in plans.items():
        silent, told = simulate(runs, seed, **plan), simulate(runs // 10, seed, send_notification=True, **plan)
        bad = [one for one in (silent, told) if one.failed or one.lost or one.doubled]
        mailed = silent.mails == 0 and told.mails == runs // 10
        # Three standard deviations of the share of calls that are drawn to fail.
        few = most is None or silent.calls_per_grant <= most + 3 * (0.3 * 0.7 / runs) ** 0.5 / 0.7**2
        reached = reached and not bad and mailed and few
        results.append(
            f"{name}: {silent.failed} failed, {silent.lost} lost, {silent.doubled} doubled, "
            f"{silent.calls_per_grant:.2f} calls a grant, {silent.seconds:,.0f} s of virtual time, "
            f"{told.mails:,} mails of {runs // 10:,}"
        )
    return Measured(runs * len(plans), "; ".join(results), reached=reached)


def _throttled(runs: int, seed: int) -> Measured:
    return _told(runs, seed, {"30 % throttled": {"throttled": 0.3}}, CALLS_PER_GRANT)


def _worse(runs: int, seed: int) -> Measured:
    plans = {
        "50 % throttled": {"throttled": 0.5},
        "30 % ServiceFault": {"faulted": 0.3},
        "bursts of 60 s": {"throttled": 0.3, "bursts": True},
    }
    return _told(runs, seed, plans, None)


FIGURES = [
    Figure(
        "R4",
        "Throttling of 30 % loses no grant and makes none twice",
        "grants through the client against the marketplace, on a virtual clock; a tenth again with mails asked for",
        f"0 failed, 0 lost, 0 doubled of 10,000, at most {CALLS_PER_GRANT} calls a grant, one mail each",
        _throttled,
        short=150,
        long=10_000,
    ),
    Figure(
        "R5",
        "Throttling of 50 %, faults of 30 %, bursts of 60 s neither",
        "as R4",
        "0 failed, 0 lost, 0 doubled of 10,000 each, one mail each",
        _worse,
        short=60,
        long=10_000,
        counted=30_000,
    ),
]
