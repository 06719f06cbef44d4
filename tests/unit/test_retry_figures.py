"""What sustained throttling, faults and outages cost: a small form of the figures in docs/reliability.md."""

from typing import Any

import pytest

from tests.support.retry_simulation import Outcome, simulate

GRANTS = 150


def good(outcome: Outcome, mails: int = 0) -> bool:
    return (outcome.failed, outcome.lost, outcome.doubled, outcome.mails) == (0, 0, 0, mails)


@pytest.mark.parametrize(
    ("plan", "most_calls"),
    [
        ({"throttled": 0.3}, 1.6),
        ({"throttled": 0.3, "retry_after": 2}, 1.6),
        ({"throttled": 0.5}, 2.3),
        ({"faulted": 0.3}, 1.6),
        ({"faulted_after": 0.3}, 1.6),
        ({"throttled": 0.3, "bursts": True}, 2.2),
    ],
)
@pytest.mark.parametrize("seed", [1])
def test_no_grant_is_lost_and_each_is_made_once(plan: dict[str, Any], most_calls: float, seed: int) -> None:
    outcome = simulate(GRANTS, seed, **plan)
    assert good(outcome), outcome
    assert outcome.calls_per_grant <= most_calls, outcome


@pytest.mark.parametrize("plan", [{"throttled": 0.3}, {"faulted": 0.3}, {"faulted_after": 0.3}])
def test_who_is_to_be_told_is_told_once(plan: dict[str, Any]) -> None:
    outcome = simulate(GRANTS, 3, send_notification=True, **plan)
    assert good(outcome, mails=GRANTS), outcome


def test_what_is_asked_to_wait_waits() -> None:
    asked, not_asked = simulate(40, 5, throttled=0.3, retry_after=10), simulate(40, 5, throttled=0.3)
    assert good(asked)
    assert asked.calls == not_asked.calls
    assert asked.seconds > not_asked.seconds + 50


def test_the_simulation_is_the_same_each_time() -> None:
    assert simulate(30, 8, throttled=0.5) == simulate(30, 8, throttled=0.5)


def test_an_outage_that_outlasts_the_deadline_is_told() -> None:
    outcome = simulate(2, 1, faulted=1.0)
    assert outcome.failed == 2
    assert outcome.lost == 0
    assert 1100 < outcome.seconds < 1300
