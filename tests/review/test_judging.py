"""What a review says of a plan: who gets in by rules and by lists, which type is meant, and what can't be told."""

from typing import Any

import pytest

from pulumi_mturk.review.plan import UNKNOWN_TEXT
from pulumi_mturk.review.report import Report
from tests.review.hand_made import (
    SEEN,
    TIER,
    UNITED_STATES,
    change,
    codes,
    hit_type,
    judged,
    qualification_type,
    roster,
    rule,
    step,
    urn,
)

EXCLUDED = rule(SEEN, "DoesNotExist", guarded="DiscoverPreviewAndAccept", name="seen")
GATED = rule(TIER, "Exists", name="tier")
TYPES = [
    step("same", "QualificationType", "seen", qualification_type(), qualification_type(), id_=SEEN),
    step("same", "QualificationType", "tier", qualification_type(), qualification_type(), id_=TIER),
]


def task(*rules: Any) -> dict[str, Any]:
    """A HIT type that stays as it is."""
    return step("same", "HITType", "task", hit_type(UNITED_STATES, *rules), hit_type(UNITED_STATES, *rules))


def listed(type_id: str, before: int, after: int, told: str, **more: Any) -> dict[str, Any]:
    return step(
        "update",
        "QualificationRoster",
        "team",
        roster(type_id, before, "+0 -0 ~0"),
        roster(type_id, after, told, **more),
    )


@pytest.mark.parametrize(
    ("rules", "told", "after", "enter", "leave", "unknown"),
    [
        ([EXCLUDED], "+5 -0 ~0", 25, 0, 5, 0),
        ([EXCLUDED], "+0 -3 ~0", 17, 3, 0, 0),
        ([EXCLUDED], "+1 -2 ~9", 19, 2, 1, 0),
        ([rule(SEEN, "Exists")], "+5 -2 ~9", 23, 5, 2, 0),
        ([rule(SEEN, "GreaterThanOrEqualTo", 80)], "+5 -2 ~9", 23, 0, 0, 16),
    ],
)
def test_a_change_of_a_list_is_carried_to_the_hit_types_that_use_its_type(
    rules: list[Any], told: str, after: int, enter: int, leave: int, unknown: int
) -> None:
    found = change(judged(*TYPES, task(*rules), listed(SEEN, 20, after, told)), "task")
    people = found.people
    assert people is not None
    assert (found.operation, found.eligibility and found.eligibility.verdict) == ("same", "same")
    assert (people.enter, people.leave, people.unknown) == (enter, leave, unknown)


@pytest.mark.parametrize(
    ("comparator", "bar", "scores", "enter", "unknown"),
    [
        ("GreaterThanOrEqualTo", 80, (80, 90), 5, 0),
        ("GreaterThanOrEqualTo", 80, (79, 90), 0, 5),
        ("GreaterThanOrEqualTo", 80, (10, 79), 0, 0),
        ("GreaterThan", 80, (80, 80), 0, 0),
        ("GreaterThan", 80, (81, 81), 5, 0),
        ("LessThan", 80, (1, 79), 5, 0),
        ("LessThan", 80, (80, 90), 0, 0),
        ("LessThanOrEqualTo", 80, (80, 80), 5, 0),
        ("LessThanOrEqualTo", 80, (81, 90), 0, 0),
        ("EqualTo", 80, (80, 80), 5, 0),
        ("EqualTo", 80, (79, 81), 0, 5),
        ("EqualTo", 80, (81, 90), 0, 0),
        ("NotEqualTo", 80, (81, 90), 5, 0),
        ("NotEqualTo", 80, (80, 80), 0, 0),
    ],
)
def test_bounds_of_scores_tell_what_can_be_told(
    comparator: str, bar: int, scores: tuple[int, int], enter: int, unknown: int
) -> None:
    bounds = {"lowestScore": scores[0], "highestScore": scores[1]}
    report = judged(*TYPES, task(rule(TIER, comparator, bar)), listed(TIER, 20, 25, "+5 -0 ~0", **bounds))
    people = next((one.people for one in report.changes if one.name == "task"), None)
    assert (people.enter, people.unknown) == (enter, unknown) if people else enter == unknown == 0


@pytest.mark.parametrize(
    ("guarded", "said"),
    [("DiscoverPreviewAndAccept", "5 people no longer find"), ("Accept", "5 people can no longer accept")],
)
def test_what_a_longer_exclusion_keeps_people_from_is_said(guarded: str, said: str) -> None:
    excluded = rule(SEEN, "DoesNotExist", guarded=guarded, name="seen")
    (risk,) = judged(*TYPES, task(excluded), listed(SEEN, 20, 25, "+5 -0 ~0")).risks
    assert risk.code == "MT508"
    assert said in risk.message


def test_a_list_of_a_type_that_no_hit_type_uses_may_concern_those_of_another_stack() -> None:
    report = judged(*TYPES, task(), listed(SEEN, 20, 0, "+0 -20 ~0"))
    assert [(risk.code, risk.severity) for risk in report.risks] == [("MT516", "caution")]
    assert "No HIT type" in change(report, "team", "QualificationRoster").notes[0]


@pytest.mark.parametrize(
    ("before", "removed", "severity"), [(100, 9, "caution"), (100, 11, "danger"), (10, 5, "danger"), (10, 4, "caution")]
)
def test_an_exclusion_that_loses_many_is_a_danger(before: int, removed: int, severity: str) -> None:
    report = judged(*TYPES, task(EXCLUDED), listed(SEEN, before, before - removed, f"+0 -{removed} ~0"))
    assert [(risk.code, risk.severity) for risk in report.risks] == [("MT504", severity)]


def test_numbers_of_a_thousand_are_read_with_their_comma() -> None:
    report = judged(*TYPES, task(EXCLUDED), listed(SEEN, 2000, 500, "+0 -1,500 ~0"))
    assert (people := change(report, "task").people) is not None
    assert people.enter == 1500


def replaced(before: list[Any], after: list[Any], **more: Any) -> dict[str, Any]:
    return step("replace", "HITType", "task", hit_type(*before), hit_type(*after, **more))


def test_rules_in_another_order_are_the_same_people() -> None:
    report = judged(*TYPES, replaced([UNITED_STATES, EXCLUDED], [EXCLUDED, UNITED_STATES], title="Rate"))
    assert (found := change(report, "task").eligibility) is not None
    assert found.verdict == "same"
    assert codes(report) == ["MT520", "MT546"]


def new_type(op: str, **more: Any) -> dict[str, Any]:
    before = qualification_type() if op != "create" else None
    return step(op, "QualificationType", "seen", before, qualification_type(name="seen-2", **more), id_=SEEN)


UNKNOWN_SEEN = rule(UNKNOWN_TEXT, "DoesNotExist", guarded="DiscoverPreviewAndAccept", name="seen")


def test_a_type_that_is_replaced_is_another_one_afterwards() -> None:
    report = judged(new_type("replace"), replaced([UNITED_STATES, EXCLUDED], [UNITED_STATES, UNKNOWN_SEEN]))
    assert codes(report) == ["MT502", "MT520"]
    assert (found := change(report, "task").eligibility) is not None
    assert found.enters.answer == "yes"


@pytest.mark.parametrize("shown", [TYPES, ()])
@pytest.mark.parametrize("more", [{}, {"qualificationTypeUrn": urn("QualificationType", "seen")}])
def test_what_an_unknown_id_is_said_to_be_of_a_type_that_stays_is_not_believed(
    shown: tuple[dict[str, Any], ...], more: dict[str, str]
) -> None:
    """A plan knows the id of such a type; the name and the URN in a rule are what a program writes."""
    report = judged(*shown, replaced([UNITED_STATES, EXCLUDED], [UNITED_STATES, UNKNOWN_SEEN | more]))
    assert (found := change(report, "task").eligibility) is not None
    assert found.verdict == "unknown"
    assert "MT514" in codes(report)


def test_an_exclusion_that_is_dropped_beside_a_rule_on_a_type_to_come_is_told_of() -> None:
    for comparator, name in (("Exists", "seen"), ("DoesNotExist", None)):
        new = rule(UNKNOWN_TEXT, comparator, name=name)
        report = judged(*TYPES, replaced([UNITED_STATES, EXCLUDED], [UNITED_STATES, new]))
        assert {"MT501", "MT514"} <= set(codes(report))


def test_two_unknown_ids_without_a_name_can_not_be_told_apart() -> None:
    unnamed = rule(UNKNOWN_TEXT, "DoesNotExist")
    report = judged(replaced([UNITED_STATES, EXCLUDED], [UNITED_STATES, unnamed]))
    assert "MT514" in codes(report)
    assert (found := change(report, "task").eligibility) is not None
    assert found.verdict in {"unknown", "loosened"}


def test_a_urn_tells_which_of_two_types_of_one_name_is_meant() -> None:
    component = (
        "urn:pulumi:prod::sense-ratings::mturk:index:WorkerExclusion$pulumi-python:dynamic/mturk:QualificationType"
    )
    other = step("create", "QualificationType", "seen", None, qualification_type())
    other["urn"] = f"{component}::seen"
    named = UNKNOWN_SEEN | {"qualificationTypeUrn": urn("QualificationType", "seen")}
    report = judged(new_type("replace"), other, replaced([EXCLUDED], [named], reward="2.00"))
    assert codes(report) == ["MT502", "MT520"]
    named = UNKNOWN_SEEN | {"qualificationTypeUrn": other["urn"]}
    assert "MT501" in codes(judged(*TYPES, other, replaced([EXCLUDED], [named], reward="2.00")))


def test_a_type_that_is_deleted_under_an_exclusion_keeps_out_nobody() -> None:
    gone = step("delete", "QualificationType", "seen", qualification_type(), id_=SEEN)
    report = judged(gone, task(EXCLUDED))
    assert set(codes(report)) == {"MT506", "MT521"}
    assert (found := change(report, "task").eligibility) is not None
    assert found.enters.answer == "yes"
    assert change(report, "task").operation == "same"


def test_a_created_hit_type_has_no_predecessor_to_be_compared_with() -> None:
    report = judged(*TYPES, step("create", "HITType", "task", None, hit_type(UNITED_STATES, EXCLUDED)))
    assert (found := change(report, "task").eligibility) is not None
    assert (found.verdict, found.enters.answer, found.leaves.answer) == ("new", "no", "no")
    assert [(row.subject, row.before) for row in found.rows] == [("country", None), ("seen", None)]
    assert "nobody is let in" not in report.headline
    assert codes(report) == []


def test_a_new_hit_type_without_a_rule_is_said_to_be_for_all() -> None:
    report = judged(step("create", "HITType", "task", None, hit_type()))
    found = change(report, "task").eligibility
    assert found is not None
    (row,) = found.rows
    assert row.after == "all: there is no rule"


def test_two_generations_of_one_name_are_told_apart() -> None:
    gates = [rule(type_id, "Exists", name="tier") for type_id in (TIER, UNKNOWN_TEXT)]
    types = step("replace", "QualificationType", "tier", qualification_type(), qualification_type(name="2"), id_=TIER)
    rosters = step(
        "replace",
        "QualificationRoster",
        "team",
        roster(TIER, 2, "+0 -0 ~0"),
        roster(UNKNOWN_TEXT, 3, "+1 -0 ~0"),
        propertyDependencies={"qualificationTypeId": [urn("QualificationType", "tier")]},
    )
    report = judged(types, rosters, replaced(gates[:1], gates[1:]))
    found = change(report, "task").eligibility
    assert found is not None
    assert [row.subject for row in found.rows] == ["the old tier", "the new tier"]
    (entering,) = found.enters.witnesses
    assert "holds the new tier (1), does not hold the old tier" in entering
    (row,) = (
        one for one in change(report, "team", "QualificationRoster").details if one.subject == "qualification type"
    )
    assert (row.before, row.after) == ("the old tier", "the new tier")


@pytest.mark.parametrize(
    ("after", "told", "said"),
    [
        (1_025, "+25 -0 ~0", "The list grows from 1,000 to 1,025 (+25 \N{MINUS SIGN}0): 25 people"),
        (999, "+1 -2 ~0", "The list shrinks from 1,000 to 999 (+1 \N{MINUS SIGN}2): 1 person no longer finds"),
        (1_000, "+1 -1 ~0", "The list stays at 1,000 (+1 \N{MINUS SIGN}1): 1 person no longer finds"),
    ],
)
def test_a_list_is_said_to_grow_only_if_it_does(after: int, told: str, said: str) -> None:
    report = judged(*TYPES, task(EXCLUDED), listed(SEEN, 1_000, after, told))
    assert said in next(risk.message for risk in report.risks if risk.code == "MT508")


def test_how_long_a_list_is_is_told_once_and_with_its_thousands() -> None:
    used, unused = (
        change(judged(*TYPES, task(*rules), listed(SEEN, 2, 100_000, "+99,998 -0 ~0")), "team", "QualificationRoster")
        for rules in ([EXCLUDED], [])
    )
    assert used.details == ()
    assert [row.after for row in unused.details] == ["100,000"]


def test_what_is_for_production_alone_is_judged_in_both_and_the_worse_counts() -> None:
    only = {**UNITED_STATES, "productionOnly": True}
    place = {"environment": "sandbox"}
    plan = step("replace", "HITType", "task", hit_type(only, **place), hit_type(**place))
    assert (found := change(judged(plan), "task").eligibility) is not None
    assert (found.verdict, found.judged_as) == ("loosened", "in production")
    assert [row.before for row in found.rows] == ["United States (in production only)"]


def test_rules_of_which_some_are_for_production_alone_are_told_apart_in_each_row() -> None:
    more = {**rule(TIER, "GreaterThanOrEqualTo", 80, name="tier"), "productionOnly": True}
    rules = [UNITED_STATES, rule(TIER, "LessThan", 90, name="tier"), more]
    for environment, said in (("local", "< 90 (in production: 80 to 89)"), ("production", "80 to 89")):
        report = judged(step("create", "HITType", "task", None, hit_type(*rules, environment=environment)))
        assert (found := change(report, "task").eligibility) is not None
        assert {row.subject: row.after for row in found.rows} == {"country": "United States", "tier": said}


def test_witnesses_and_words_come_with_the_verdict() -> None:
    both = {**UNITED_STATES, "comparator": "In", "localeValues": [{"country": "US"}, {"country": "CA"}]}
    report = judged(replaced([UNITED_STATES], [both]))
    assert (found := change(report, "task").eligibility) is not None
    assert found.verdict == "loosened"
    assert found.enters.witnesses
    assert "Canada" in found.enters.words[0]
    assert [(row.subject, row.changed) for row in found.rows] == [(found.rows[0].subject, True)]
    (risk,) = [one for one in report.risks if one.code == "MT510"]
    assert risk.severity == "danger"
    assert "Canada" in risk.message


def severity_in(environment: str) -> str:
    both = {**UNITED_STATES, "comparator": "In", "localeValues": [{"country": "US"}, {"country": "CA"}]}
    place = {"environment": environment}
    report = judged(step("replace", "HITType", "task", hit_type(UNITED_STATES, **place), hit_type(both, **place)))
    return next(one.severity for one in report.risks if one.code == "MT510")


def test_who_is_let_in_is_a_danger_in_production_alone() -> None:
    assert [severity_in(one) for one in ("production", "sandbox", "local")] == ["danger", "caution", "caution"]


def test_pay_and_cost_stand_side_by_side() -> None:
    report = judged(replaced([UNITED_STATES], [UNITED_STATES], reward="1.20"))
    assert (pay := change(report, "task").pay) is not None
    assert pay.before is not None
    assert pay.after is not None
    assert [str(one) for one in (pay.before.reward, pay.before.cost_up_to_nine, pay.before.cost_from_ten)] == [
        "1.60",
        "1.92",
        "2.24",
    ]
    assert [str(one) for one in (pay.after.reward, pay.after.cost_up_to_nine, pay.after.cost_from_ten)] == [
        "1.20",
        "1.44",
        "1.68",
    ]


def test_without_a_schedule_no_fees_are_reckoned() -> None:
    config = {"mturk:feeSchedule": "none"}
    report = judged(replaced([UNITED_STATES], [UNITED_STATES], reward="1.20"), config=config)
    assert (pay := change(report, "task").pay) is not None
    assert pay.after is not None
    assert pay.after.cost_up_to_nine is None


def test_blocks_are_told_once_however_many() -> None:
    report = judged(*(step("create", "WorkerBlock", f"b{n}", None, {"workerId": "[secret]"}) for n in range(3)))
    (risk,) = report.risks
    assert (risk.code, risk.resource) == ("MT550", "")
    assert "3 people" in risk.message


SMALL = {"mturk:smallNumbers": "true"}


def small(report: Report) -> str:
    return next(risk.message for risk in report.risks)


def test_small_numbers_are_not_told_if_so_asked() -> None:
    few = [*TYPES, task(EXCLUDED), listed(SEEN, 20, 17, "+0 -3 ~0")]
    report = judged(*few, config=SMALL)
    assert (people := change(report, "task").people) is not None
    assert f"{people.enter:,}" == "1 to 9"
    assert "3" not in small(report).replace("MT503", "")
    assert "1 to 9 of 20 people" in small(report)
    # Not by a verb either
    one, several = (
        small(judged(*TYPES, task(EXCLUDED), listed(SEEN, 20, 20 - left, f"+0 -{left} ~0"), config=SMALL))
        for left in (1, 3)
    )
    assert one == several
    assert "3 of 20 people" in small(judged(*few))


def test_an_acceptance_marks_the_risk_and_takes_it_out_of_the_headline() -> None:
    accept = '[{"code": "MT504", "resource": "team", "reason": "protocol 2026-14", "until": "2026-12-31"}]'
    report = judged(*TYPES, task(EXCLUDED), listed(SEEN, 20, 5, "+0 -15 ~0"), config={"mturk:accept": accept})
    (risk,) = report.risks
    assert risk.accepted is not None
    assert (risk.accepted.reason, risk.accepted.until) == ("protocol 2026-14", "2026-12-31")
    assert report.headline.startswith("No further danger found: 1 danger is accepted")


def test_an_acceptance_that_is_over_counts_no_more() -> None:
    accept = '[{"code": "MT504", "reason": "protocol 2026-14", "until": "2026-11-25"}]'
    report = judged(*TYPES, task(EXCLUDED), listed(SEEN, 20, 5, "+0 -15 ~0"), config={"mturk:accept": accept})
    (risk,) = report.risks
    assert risk.accepted is None
    assert risk.message.endswith("(Was accepted until 2026-11-25: protocol 2026-14)")


def test_dangers_come_first_in_the_order_that_a_reviewer_needs() -> None:
    report = judged(
        *TYPES,
        replaced([UNITED_STATES, EXCLUDED], [], reward="0.50"),
        listed(TIER, 20, 10, "+0 -10 ~0"),
        step("create", "WorkerBlock", "b", None, {"workerId": "[secret]"}),
    )
    assert codes(report) == ["MT501", "MT511", "MT550", "MT520", "MT516", "MT530"]
    assert [one.name for one in report.changes] == ["task", "team", "b"]


def test_a_list_that_becomes_exclusive_takes_it_from_who_knows_how_many() -> None:
    before, after = roster(TIER, 20, "+0 -0 ~0"), roster(TIER, 20, "+0 -0 ~0", exclusive=True)
    report = judged(*TYPES, task(GATED), step("update", "QualificationRoster", "team", before, after))
    assert [(risk.code, risk.severity) for risk in report.risks] == [("MT516", "danger")]
    assert (people := change(report, "task").people) is not None
    assert people.leave is None


def test_hit_types_that_the_plan_does_not_show_are_told_of() -> None:
    report = judged(listed(SEEN, 20, 17, "+0 -3 ~0"), same=3)
    assert any("--show-sames" in one for one in report.not_judged)
    assert not any("--show-sames" in one for one in judged(*TYPES, listed(SEEN, 20, 17, "+0 -3 ~0")).not_judged)


def test_the_plan_of_nothing_says_so() -> None:
    report = judged(same=8)
    assert report.headline == "No danger found: the plan changes nothing"
    assert (report.risks, report.changes, report.unchanged) == ((), (), 8)
