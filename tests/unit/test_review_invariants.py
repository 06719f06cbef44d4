"""The rules of the lab in a report: from a plan's inputs, and back to names and sentences."""

from decimal import Decimal
from typing import Any

import pytest

from pulumi_mturk.invariants import judge, read
from pulumi_mturk.review import invariants
from pulumi_mturk.review.report import Invariant

RULES = [
    {"id": "where", "locale": ["US"], "except": {"pilot": "protocol 2026-14"}},
    {"id": "budget", "costPerAssignmentAtMost": "3.00"},
]


@pytest.mark.parametrize(
    ("inputs", "reward", "delay"),
    [
        ({"reward": "0.50", "autoApprovalDelayInSeconds": 600.0}, Decimal("0.50"), 600),
        ({"reward": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "autoApprovalDelayInSeconds": "[secret]"}, None, None),
        ({"reward": "NaN"}, None, None),
        ({"reward": "1e400", "autoApprovalDelayInSeconds": 1e300}, None, None),
        ({"reward": "-1.00", "autoApprovalDelayInSeconds": -1}, None, None),
        ({"reward": "9" * 40, "autoApprovalDelayInSeconds": float("inf")}, None, None),
        ({}, None, None),
    ],
)
def test_what_is_hidden_is_not_known(inputs: dict[str, Any], reward: Decimal | None, delay: int | None) -> None:
    found = invariants.facts("task", [], inputs)
    assert (found.name, found.reward, found.auto_approval_delay_in_seconds) == ("task", reward, delay)


def test_a_report_has_each_rule_and_names_who_breaks_it() -> None:
    required, _ = read(RULES)
    judged = judge(
        required,
        [invariants.facts(name, [], {"reward": "1.00"}) for name in ("task", "pilot")],
        names=frozenset({"task", "pilot"}),
    )
    assert invariants.told(judged) == (
        Invariant(
            id="where",
            text="in the United States",
            holds="no",
            broken_by=("task",),
            excepted=(("pilot", "protocol 2026-14"),),
        ),
        Invariant(id="budget", text="≤ $3.00 an assignment with its fee", holds="yes"),
    )
    ((_, resource, sentence),) = invariants.breaches(judged)
    assert resource == "task"
    assert "`where`" in sentence
