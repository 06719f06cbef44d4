"""Rules of a lab (`mturk:require`): how they are read, judged, and compared with those of the base branch."""

import dataclasses
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk import eligibility
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.invariants import (
    HITTypeFacts,
    Judgement,
    ListFacts,
    Require,
    accepted_anew,
    holds_unknown,
    judge,
    read,
    weakened,
)
from pulumi_mturk.rules.acceptance import Acceptance

WORKER = "A1EXAMPLEWORKER22"
# Those of the documentation, each demand once.
POLICY: list[dict[str, Any]] = [
    {
        "id": "no-repeaters",
        "without": "earlier-participation",
        "actions": "DiscoverPreviewAndAccept",
        "except": {"pilot": "pilots may repeat, protocol 2026-14"},
    },
    {"id": "not-newcomers", "approvalAtLeast": 95, "hitsAtLeast": 100},
    {"id": "where", "locale": ["US", "CA"]},
    {"id": "fair-pay", "minimumHourlyPay": "12.00", "minutes": {"rate-sentences": 8, "rate-pairs": 3}},
    {"id": "pay-soon", "autoApprovalAtMostDays": 3},
    {"id": "quiet", "noMail": True, "noBlocks": True},
    {"id": "budget", "costPerAssignmentAtMost": "3.00"},
    {"id": "no-shrink", "exclusionsNeverShrink": True},
]
PAST = {
    "qualificationTypeId": "3PAST",
    "qualificationTypeName": "earlier-participation",
    "qualificationTypeUrn": "urn:pulumi:dev::s::mturk:index:WorkerExclusion$pulumi-python:dynamic/mturk:"
    "QualificationType::earlier-participation",
    "comparator": "DoesNotExist",
    "actionsGuarded": "DiscoverPreviewAndAccept",
}


def rules(*entries: dict[str, Any]) -> list[Require]:
    found, problems = read(json.dumps(entries))
    assert problems == []
    return found


def rule(**members: Any) -> Require:
    return rules({"id": "it"} | members)[0]


def codes(value: Any) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in read(value)[1]]


def task(*requirements: Any, name: str = "task", reward: str | None = "1.60", days: int | None = 1) -> HITTypeFacts:
    plain = [
        one.to_dict() if isinstance(one, eligibility.QualificationRequirement) else one
        for one in eligibility.flatten(list(requirements))
    ]
    return HITTypeFacts(
        name=name,
        requirements=plain,
        reward=None if reward is None else Decimal(reward),
        auto_approval_delay_in_seconds=None if days is None else days * 86_400,
    )


def judged(require: Require, *hit_types: HITTypeFacts, **more: Any) -> Judgement:
    (found,) = judge([require], hit_types, **more)
    return found


# Reading.


def test_the_rules_of_the_documentation_are_read() -> None:
    found = rules(*POLICY)
    assert [one.id for one in found] == [entry["id"] for entry in POLICY]
    assert found[3] == Require(
        id="fair-pay", minimum_hourly_pay="12.00", minutes={"rate-sentences": "8", "rate-pairs": "3"}
    )
    assert found[0].except_ == {"pilot": "pilots may repeat, protocol 2026-14"}
    assert all(one.text for one in found)
    assert read(found) == (found, [])


def test_numbers_are_taken_in_any_form_that_a_file_may_have() -> None:
    for amount in ("12.5", 12.5, Decimal("12.50")):
        found, problems = read([{"id": "it", "costPerAssignmentAtMost": amount}])
        assert (problems, found[0].cost_per_assignment_at_most) == ([], "12.50")
    assert read([{"id": "it", "approvalAtLeast": 95.0}])[0] == read([{"id": "it", "approvalAtLeast": "95"}])[0]
    assert read('[{"id": "it", "costPerAssignmentAtMost": 0.10}]')[0][0].cost_per_assignment_at_most == "0.10"
    assert read("")[0] == read([])[0] == []


@pytest.mark.parametrize("value", ["{", "{}", "5", 5, None, "[" * 100_000, [{"id": "a"}] * 1001])
def test_what_is_no_list_is_refused(value: Any) -> None:
    assert codes(value) == [("mturk:require", "MT650")]


@pytest.mark.parametrize(
    ("entry", "path", "code"),
    [
        ("where", "", "MT650"),
        ({"id": "it", "locale": ["US"], "until": "2026-12-01"}, "", "MT650"),
        ({"locale": ["US"]}, ".id", "MT651"),
        ({"id": "a b", "locale": ["US"]}, ".id", "MT651"),
        ({"id": 5, "locale": ["US"]}, ".id", "MT651"),
        ({"id": "it", "without": ""}, ".without", "MT652"),
        ({"id": "it", "without": ["a"]}, ".without", "MT652"),
        ({"id": "it", "without": "a", "actions": "Discover"}, ".actions", "MT652"),
        ({"id": "it", "approvalAtLeast": 0.95}, ".approvalAtLeast", "MT652"),
        ({"id": "it", "approvalAtLeast": 101}, ".approvalAtLeast", "MT652"),
        ({"id": "it", "approvalAtLeast": True}, ".approvalAtLeast", "MT652"),
        ({"id": "it", "hitsAtLeast": 0}, ".hitsAtLeast", "MT652"),
        ({"id": "it", "locale": []}, ".locale", "MT652"),
        ({"id": "it", "locale": [False]}, ".locale", "MT652"),
        ({"id": "it", "locale": ["UK"]}, ".locale", "MT652"),
        ({"id": "it", "locale": ["US-XX"]}, ".locale", "MT652"),
        ({"id": "it", "minimumHourlyPay": "12"}, ".minutes", "MT652"),
        ({"id": "it", "minutes": {"task": 8}, "noMail": True}, ".minimumHourlyPay", "MT652"),
        ({"id": "it", "minimumHourlyPay": "12", "minutes": {"task": 0}}, ".minutes", "MT652"),
        ({"id": "it", "minimumHourlyPay": "12", "minutes": {}}, ".minutes", "MT652"),
        ({"id": "it", "minimumHourlyPay": "12.005", "minutes": {"task": 8}}, ".minimumHourlyPay", "MT652"),
        ({"id": "it", "costPerAssignmentAtMost": "NaN"}, ".costPerAssignmentAtMost", "MT652"),
        ({"id": "it", "costPerAssignmentAtMost": "1e400"}, ".costPerAssignmentAtMost", "MT652"),
        ({"id": "it", "costPerAssignmentAtMost": -1}, ".costPerAssignmentAtMost", "MT652"),
        ({"id": "it", "autoApprovalAtMostDays": "soon"}, ".autoApprovalAtMostDays", "MT652"),
        ({"id": "it", "noMail": False}, ".noMail", "MT652"),
        ({"id": "it"}, "", "MT653"),
        ({"id": "it", "except": {"task": "why"}}, "", "MT653"),
        ({"id": "it", "noMail": True, "actions": "Accept"}, ".actions", "MT653"),
        ({"id": "it", "noMail": True, "except": {"task": " "}}, ".except", "MT654"),
        ({"id": "it", "noMail": True, "except": {"task": "a\tb\x00"}}, ".except", "MT018"),
        ({"id": "it", "noMail": True, "except": {"task": "x" * 1001}}, ".except", "MT009"),
    ],
)
def test_a_wrong_entry_is_refused_by_its_code(entry: Any, path: str, code: str) -> None:
    from pulumi_mturk.rules import form

    named = {"MT018": form.CONTROL_CHARACTER.code, "MT009": form.LENGTH.code}.get(code, code)
    assert codes([entry]) == [(f"mturk:require[0]{path}", named)]


def test_an_id_is_used_once() -> None:
    assert codes([{"id": "it", "noMail": True}, {"id": "IT", "noBlocks": True}]) == [("mturk:require[1].id", "MT651")]


@pytest.mark.parametrize(
    "entry",
    [
        {"id": WORKER, "noMail": True},
        {"id": "it", "without": WORKER},
        {"id": "it", "noMail": True, "except": {WORKER: "why"}},
        {"id": "it", "noMail": True, "except": {"task": f"{WORKER} asked"}},
        {"id": "it", "minimumHourlyPay": "12", "minutes": {WORKER: 8}},
    ],
)
def test_a_worker_s_id_is_refused_and_not_repeated(entry: dict[str, Any]) -> None:
    (problem,) = read([entry])[1]
    assert problem.code == "MT706"
    assert WORKER not in str(problem)


# Judging.


def test_an_exclusion_is_required_by_the_name_of_its_resource() -> None:
    require = rules(POLICY[0])[0]
    assert judged(require, task(PAST)).holds == "yes"
    (breach,) = judged(require, task(eligibility.country("US"))).breaches
    assert (breach.resource, breach.answer) == ("task", "no")
    assert "made up" in breach.message
    assert judged(require, task(PAST | {"actionsGuarded": "PreviewAndAccept"})).holds == "no"
    assert judged(require, task(PAST | {"comparator": "Exists"})).holds == "no"
    assert judged(require, task(PAST | {"qualificationTypeId": UNKNOWN})).holds == "yes"


def test_what_a_program_calls_a_type_is_not_believed_without_a_resource() -> None:
    called = {key: value for key, value in PAST.items() if key != "qualificationTypeUrn"}
    assert judged(rule(without="earlier-participation"), task(called)).holds == "no"
    assert judged(rule(without="3PAST"), task(called)).holds == "yes"


def test_an_id_that_is_not_known_yet_may_be_that_of_the_exclusion() -> None:
    unknown = {"qualificationTypeId": UNKNOWN, "comparator": "DoesNotExist"}
    assert judged(rule(without="3PAST"), task(unknown)).holds == "unknown"
    assert judged(rule(without="3PAST"), task(unknown | {"comparator": "Exists"})).holds == "no"
    other = unknown | {"qualificationTypeUrn": "urn:pulumi:dev::s::mturk:QualificationType::other"}
    assert judged(rule(without="past"), task(other)).holds == "no"
    assert [holds_unknown([one]) for one in (unknown, other, PAST, UNKNOWN)] == [True, False, False, True]


def test_an_exception_is_shown_and_not_judged() -> None:
    assert judged(rules(POLICY[0])[0], task(name="pilot")).holds == "yes"


@pytest.mark.parametrize(
    ("members", "kept", "broken"),
    [
        ({"approvalAtLeast": 95}, eligibility.approval(at_least=95), eligibility.approval(at_least=94)),
        ({"hitsAtLeast": 100}, eligibility.hits_approved(at_least=1000), eligibility.hits_approved(at_least=99)),
        ({"locale": ["US", "CA"]}, eligibility.country("CA"), eligibility.country("US", "GB")),
        ({"locale": "US-CA"}, eligibility.locale("US-CA"), eligibility.country("US")),
        (
            {"approvalAtLeast": 95, "hitsAtLeast": 100},
            eligibility.approval(at_least=95, hits=100),
            eligibility.approval(at_least=95),
        ),
    ],
)
def test_a_demand_on_workers_is_a_subset_test_with_a_witness(members: dict[str, Any], kept: Any, broken: Any) -> None:
    assert judged(rule(**members), task(kept)).holds == "yes"
    found = judged(rule(**members), task(broken))
    assert found.holds == "no"
    assert all("made up" in breach.message for breach in found.breaches)
    assert judged(rule(**members), task(kept, eligibility.holds("3OTHER"))).holds == "yes"
    assert judged(rule(**members), task()).holds == "no"


def test_rules_for_production_alone_count() -> None:
    masters = eligibility.production_only(eligibility.country("US"))
    assert judged(rule(locale=["US"]), task(masters)).holds == "yes"


def test_what_can_not_be_told_does_not_hold() -> None:
    assert judged(rule(locale=["US"]), task(UNKNOWN)).holds == "unknown"
    assert judged(rule(autoApprovalAtMostDays=3), task(days=None)).holds == "unknown"
    pay = rule(minimumHourlyPay="12.00", minutes={"task": 8})
    assert judged(pay, task(reward=None)).holds == "unknown"
    assert judged(rule(costPerAssignmentAtMost="3.00"), task(reward=None)).holds == "unknown"


def test_an_hour_pays_at_least_so_much() -> None:
    pay = rule(minimumHourlyPay="12.00", minutes={"task": 8})
    assert judged(pay, task(reward="1.60")).holds == "yes"
    (breach,) = judged(pay, task(reward="1.59")).breaches
    assert "$11.92" in breach.message
    assert judged(pay, task(name="other")).holds == "no", "without minutes it is not kept"


def test_the_cost_counts_with_the_higher_fee_and_with_masters() -> None:
    most = rule(costPerAssignmentAtMost="2.24")
    assert judged(most, task(reward="1.60")).holds == "yes"
    assert judged(most, task(eligibility.masters(), reward="1.60")).holds == "no"
    other = {"qualificationTypeId": "Masters", "comparator": "DoesNotExist"}
    assert judged(most, task(other, reward="1.60")).holds == "unknown"
    assert judged(most, task(reward="2.24"), schedule=None).holds == "yes"
    assert judged(most, task(reward="2.25"), schedule=None).holds == "no"


def test_work_is_approved_in_time() -> None:
    assert judged(rule(autoApprovalAtMostDays="0.5"), task(days=0)).holds == "yes"
    assert judged(rule(autoApprovalAtMostDays=3), task(days=3)).holds == "yes"
    assert judged(rule(autoApprovalAtMostDays=3), task(days=4)).holds == "no"


def test_lists_and_blocks_are_judged_too() -> None:
    quiet = rules(POLICY[5])[0]
    lists = [ListFacts(name="a"), ListFacts(name="b", mails=True), ListFacts(name="c", mails=None)]
    found = judged(quiet, lists=lists, blocks=["d"])
    assert [(breach.resource, breach.answer) for breach in found.breaches] == [
        ("b", "no"),
        ("c", "unknown"),
        ("d", "no"),
    ]
    shrink = rules(POLICY[7])[0]
    lists = [
        ListFacts(name="a", removed=5),
        ListFacts(name="b", excludes=True),
        ListFacts(name="c", excludes=True, removed=1),
        ListFacts(name="d", excludes=True, removed=None),
        ListFacts(name="e", excludes=None, removed=1),
    ]
    found = judged(shrink, lists=lists)
    assert [(breach.resource, breach.answer) for breach in found.breaches] == [
        ("c", "no"),
        ("d", "unknown"),
        ("e", "unknown"),
    ]


def test_a_name_that_no_resource_has_is_never_kept() -> None:
    names = frozenset({"task", "past"})
    wrong = [
        rule(without="passt"),
        rule(noMail=True, **{"except": {"pilot": "why"}}),
        rule(minimumHourlyPay="1.00", minutes={"task": 8, "tusk": 8}),
    ]
    for require in wrong:
        assert judged(require, names=names).holds == "no"
        assert judged(require).holds == "yes", "nobody is there to break it"
    assert judged(rule(without="3PAST"), names=names).holds == "yes"


# What a change makes of them.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"without": "past"}, {"without": "other"}),
        ({"without": "past", "actions": "DiscoverPreviewAndAccept"}, {"without": "past"}),
        ({"approvalAtLeast": 98}, {"approvalAtLeast": 95}),
        ({"approvalAtLeast": 98, "hitsAtLeast": 100}, {"hitsAtLeast": 100}),
        ({"hitsAtLeast": 1000}, {"hitsAtLeast": 999}),
        ({"locale": ["US"]}, {"locale": ["US", "CA"]}),
        ({"locale": ["US-CA"]}, {"locale": ["US"]}),
        ({"locale": ["US"], "noMail": True}, {"noMail": True}),
        ({"noMail": True, "noBlocks": True}, {"noMail": True}),
        ({"exclusionsNeverShrink": True, "noMail": True}, {"noMail": True}),
        ({"autoApprovalAtMostDays": 3}, {"autoApprovalAtMostDays": 4}),
        ({"costPerAssignmentAtMost": "3.00"}, {"costPerAssignmentAtMost": "10.00"}),
        ({"minimumHourlyPay": "12.00", "minutes": {"a": 8}}, {"minimumHourlyPay": "9.00", "minutes": {"a": 8}}),
        ({"minimumHourlyPay": "12.00", "minutes": {"a": 8}}, {"minimumHourlyPay": "12.00", "minutes": {"a": 6}}),
        ({"noMail": True}, {"noMail": True, "except": {"task": "why"}}),
    ],
)
def test_a_rule_that_asks_for_less_is_told(before: dict[str, Any], after: dict[str, Any]) -> None:
    (found,) = weakened([rule(**before)], [rule(**after)])
    assert (found.id, found.removed) == ("it", False)
    assert found.how
    assert weakened([rule(**after)], [rule(**before)]) == () or "without" in found.how


def test_a_rule_that_goes_is_told_and_a_new_one_is_not() -> None:
    old, new = rules(*POLICY), rules(*POLICY[1:], {"id": "another", "noMail": True})
    assert [(found.id, found.removed) for found in weakened(old, new)] == [("no-repeaters", True)]
    assert weakened(old, list(reversed(old))) == ()
    assert weakened([rule(locale=["US", "CA"])], [rule(locale=["US-NY"])]) == ()


NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        "approval_at_least": st.integers(1, 100),
        "hits_at_least": st.integers(1, 10_000),
        "auto_approval_at_most_days": st.integers(1, 30).map(str),
        "cost_per_assignment_at_most": st.integers(1, 100).map(lambda cents: f"{cents}.00"),
        "no_mail": st.just(True),
        "no_blocks": st.just(True),
        "locale": st.lists(st.sampled_from(["US", "CA", "GB", "US-CA"]), min_size=1, unique=True).map(tuple),
    },
)


@given(NUMBERS, NUMBERS)
def test_a_change_weakens_nothing_or_its_reverse_does_or_is_none(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = Require(id="it", **one), Require(id="it", **other)
    there, back = weakened([first], [second]), weakened([second], [first])
    assert weakened([first], [first]) == ()
    if first.demands() != second.demands():
        assert there or back or set(first.locale) != set(second.locale)
    both = dataclasses.replace(first, **{**other, **one})
    assert weakened([first], [both]) == ()


def test_what_a_change_accepts_anew_is_told() -> None:
    old = [Acceptance("MT530", "pilot", "task", "2026-12-01"), Acceptance("MT510", "wide")]
    covered = [
        Acceptance("MT530", "another reason", "task", "2026-11-01"),
        Acceptance("MT510", "wide", "task", "2027-01-01"),
    ]
    new = [
        Acceptance("MT530", "pilot", "task", "2026-12-02"),
        Acceptance("MT530", "pilot", "task"),
        Acceptance("MT530", "pilot"),
        Acceptance("MT530", "pilot", "other", "2026-12-01"),
        Acceptance("MT533", "pilot", "task"),
    ]
    assert accepted_anew(old, [*covered, *new]) == tuple(new)
