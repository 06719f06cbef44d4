"""The rules of a lab in a review: how many hold, which are named, and HIT types that come and go with their names."""

import json
from typing import Any

import pytest

from pulumi_mturk.review.formats import outline
from pulumi_mturk.review.judge import review
from pulumi_mturk.review.policy import policy_of
from pulumi_mturk.review.report import Report
from tests.review.hand_made import (
    TODAY,
    UNITED_STATES,
    codes,
    hit_type,
    judged,
    plan,
    roster,
    rule,
    step,
    urn,
)

PAY, WHERE = "fair-pay", "where"


def task(op: str, name: str, **more: Any) -> dict[str, Any]:
    inputs = hit_type(UNITED_STATES, title=name, **more)
    return step(op, "HITType", name, None if op == "create" else inputs, None if op == "delete" else inputs)


def require(*, least: str = "12.00", **minutes: int) -> list[dict[str, Any]]:
    return [{"id": PAY, "minimumHourlyPay": least, "minutes": minutes}, {"id": WHERE, "locale": ["US"]}]


def against_base(base: list[dict[str, Any]], own: list[dict[str, Any]], *steps: dict[str, Any]) -> Report:
    config = {"mturk:require": json.dumps(own)}
    return review(plan(*steps, config=config), today=TODAY, policy=policy_of({"mturk:require": base}))


def test_a_hit_type_leaves_the_stack_and_the_rule_in_one_change() -> None:
    steps = task("same", "one"), task("delete", "two")
    report = against_base(require(one=8, two=3), require(one=8), *steps)
    assert codes(report) == []
    assert [rule.holds for rule in report.invariants] == ["yes", "yes"]
    left_behind = against_base(require(one=8, two=3), require(one=8, two=3), *steps)
    assert codes(left_behind) == ["MT590"]


def test_a_new_hit_type_brings_its_minutes_which_are_told() -> None:
    steps = task("same", "one"), task("create", "two")
    report = against_base(require(one=8), require(one=8, two=6), *steps)
    assert [(risk.code, risk.severity) for risk in report.risks] == [("MT591", "caution")]
    assert "6 for `two`" in report.risks[0].message
    assert codes(against_base(require(one=8), require(one=8), *steps)) == ["MT590"]
    assert set(codes(against_base(require(one=8), require(one=8, two=60), *steps))) == {"MT591", "MT590", "MT531"}


def test_minutes_that_the_base_branch_states_are_not_the_change_s_to_choose() -> None:
    report = against_base(require(one=60), require(one=8), task("same", "one"))
    assert [(risk.code, risk.severity) for risk in report.risks] == [("MT591", "danger"), ("MT590", "danger")]
    assert against_base(require(one=8), require(one=8, least="1.00"), task("same", "one")).risks[0].severity == "danger"


@pytest.mark.parametrize("reward", ["1e400", "9" * 40, "NaN", "-1", "", "\u0661\u0662", 10**400])
def test_a_reward_that_is_no_amount_keeps_no_rule(reward: Any) -> None:
    base, after = require(one=8), hit_type(UNITED_STATES, reward=reward)
    ((pay, where),) = [against_base(base, base, step("replace", "HITType", "one", hit_type(), after)).invariants]
    assert (pay.holds, where.holds) == ("unknown", "yes")
    # What was before is not judged.
    before = against_base(base, base, step("replace", "HITType", "one", after, hit_type(UNITED_STATES)))
    assert [rule.holds for rule in before.invariants] == ["yes", "yes"]


@pytest.mark.parametrize("delay", [1e300, -1e300, 10**400, -5, 2**63])
def test_a_delay_that_is_no_time_keeps_no_rule(delay: float) -> None:
    base = [{"id": "pay-soon", "autoApprovalAtMostDays": 3}]
    (rule,) = against_base(base, base, task("create", "one", autoApprovalDelayInSeconds=delay)).invariants
    assert rule.holds == "unknown"


def test_a_rule_that_the_change_has_no_more_keeps_its_names() -> None:
    report = against_base(require(one=8, two=3), require(one=8)[1:], task("same", "one"), task("delete", "two"))
    assert codes(report) == ["MT591", "MT590"]


@pytest.mark.parametrize("rewards", [("0.10", "0.10"), ("1.60", "0.10")])
def test_the_headline_counts_rules_and_not_breaches(rewards: tuple[str, str]) -> None:
    steps = [task("same", f"t{n}", reward=reward) for n, reward in enumerate(rewards)]
    config = {"mturk:require": json.dumps(require(t0=8, t1=8))}
    assert "a rule of the lab is not kept" in judged(*steps, config=config).headline
    both = {"mturk:require": json.dumps([*require(t0=8, t1=8), {"id": "soon", "autoApprovalAtMostDays": 0.5}])}
    assert "2 rules of the lab are not kept" in judged(*steps, config=both).headline


def test_a_misspelt_name_comes_after_the_resources_that_break_a_rule() -> None:
    config = {"mturk:require": json.dumps(require(one=8, eno=8, oen=8, noe=8))}
    risks = [risk for risk in judged(task("same", "one", reward="0.10"), config=config).risks if risk.code == "MT590"]
    assert [risk.resource for risk in risks] == ["one", "", "", ""]


def test_of_a_plan_that_a_rule_ended_the_rule_is_named_and_none_is_said_to_be_broken() -> None:
    said = f"breaks the rule '{PAY}' of mturk:require (≥ $12.00 an hour): pays $9.00 an hour [MT590]"
    report = judged(
        task("same", "one"),
        exit_code=255,
        config={"mturk:require": json.dumps(require(one=8))},
        diagnostics=[{"severity": "error", "message": said}],
    )
    (risk,) = report.risks
    assert f"({PAY})" in risk.message
    assert "PULUMI_MTURK_REQUIRE=report" in risk.message
    assert outline.kept(report) == "Lab rules: of 2 it can't be told."


def test_a_plan_whose_end_was_not_seen_is_not_said_to_be_cut_short() -> None:
    said = outline.incompleteness(judged(task("same", "one"), exit_code=None))
    assert "was not seen" in said
    assert "is not complete" in outline.incompleteness(judged(task("same", "one"), exit_code=255))


def test_an_acceptance_on_a_name_that_no_resource_has_is_told_of() -> None:
    accept = [{"code": "MT530", "resource": name, "reason": "protocol 2026-14"} for name in ("one", "eno")]
    report = judged(task("same", "one"), config={"mturk:accept": json.dumps(accept)})
    (said,) = [one for one in report.not_judged if "acceptance" in one]
    assert 'MT530 on "eno"' in said


SEEN = "3EXAMPLESEEN"
KEPT_OUT = rule(SEEN, "DoesNotExist", name="seen")
IN_EXCLUSION = urn("QualificationRoster", "team", "mturk:index:WorkerExclusion$pulumi-python:dynamic/mturk:")


@pytest.mark.parametrize(
    ("told", "more", "rules", "holds"),
    [
        ({"excludes": False}, {}, [], "yes"),
        ({}, {}, [], "unknown"),
        ({"excludes": False}, {}, [KEPT_OUT], "no"),
        ({"excludes": True}, {}, [], "no"),
        ({"excludes": False}, {"urn": IN_EXCLUSION}, [], "no"),
    ],
    ids=["told by Python", "told by nobody", "seen in the plan", "seen by the program", "an exclusion's own list"],
)
def test_whether_a_list_keeps_people_out_is_judged_as_by_up(
    told: dict[str, Any], more: dict[str, Any], rules: list[dict[str, Any]], holds: str
) -> None:
    require = [{"id": "no-shrink", "exclusionsNeverShrink": True}]
    both = roster(SEEN, 3, "+0 -0 ~0", **told), roster(SEEN, 2, "+0 -1 ~0", **told)
    shrinks = step("update", "QualificationRoster", "team", *both) | more
    task = step("same", "HITType", "task", *[hit_type(UNITED_STATES, *rules)] * 2)
    (judgement,) = against_base(require, require, shrinks, task).invariants
    assert judgement.holds == holds
