"""Gates and exclusions that open by other ways than a list that shrinks: scores, exclusive lists, granting to all."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_mturk.review.judge import review
from pulumi_mturk.review.live import Live, OpenHITs
from pulumi_mturk.review.plan import UNKNOWN_TEXT
from pulumi_mturk.review.report import People, Report
from tests.review.hand_made import (
    SEEN,
    TIER,
    TODAY,
    UNITED_STATES,
    change,
    codes,
    hit_type,
    judged,
    plan,
    qualification_type,
    roster,
    rule,
    step,
    urn,
)

BAR = rule(TIER, "GreaterThanOrEqualTo", 80, name="tier")
KEPT_OUT = rule(SEEN, "DoesNotExist", name="seen")


def stays(kind: str, name: str, inputs: dict[str, Any], id_: str) -> dict[str, Any]:
    return step("same", kind, name, inputs, inputs, id_=id_)


TIER_STAYS = stays("QualificationType", "tier", qualification_type(), TIER)
SEEN_STAYS = stays("QualificationType", "seen", qualification_type(), SEEN)
FORM = (
    '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd">'
    "<Overview><Text>INTRO</Text></Overview><Question><QuestionIdentifier>a</QuestionIdentifier><QuestionContent>"
    "<Text>Which?</Text></QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question>"
    "</QuestionForm>"
)
TASK = stays("HITType", "task", hit_type(UNITED_STATES, BAR), "3HIT")


def of_score(count: int, told: str, score: int, **more: Any) -> dict[str, Any]:
    return roster(TIER, count, told, lowestScore=score, highestScore=score, **more)


@pytest.mark.parametrize(
    ("before", "after", "expected", "people"),
    [
        (50, 90, [("MT515", "caution")], People(enter=100)),
        (90, 50, [("MT516", "caution")], People(leave=100)),
        (90, 95, [], None),
    ],
)
def test_scores_that_cross_a_bar_are_a_risk(
    before: int, after: int, expected: list[tuple[str, str]], people: People | None
) -> None:
    both = of_score(100, "+0 -0 ~0", before), of_score(100, "+0 -0 ~100", after)
    report = judged(TIER_STAYS, TASK, step("update", "QualificationRoster", "team", *both))
    assert [(risk.code, risk.severity) for risk in report.risks] == expected
    assert [one.people for one in report.changes if one.name == "task"] == ([] if people is None else [people])


def test_whom_a_list_gives_a_score_below_the_bar_it_lets_in_nowhere() -> None:
    both = of_score(10, "+0 -0 ~0", 50), of_score(15, "+5 -0 ~0", 50)
    assert codes(judged(TIER_STAYS, TASK, step("update", "QualificationRoster", "team", *both))) == []


def test_a_new_list_that_is_exclusive_takes_the_type_from_others() -> None:
    new = step("create", "QualificationRoster", "team", None, of_score(3, "+3 -0 ~0", 90, exclusive=True))
    report = judged(TIER_STAYS, TASK, new)
    assert [(risk.code, risk.severity) for risk in report.risks] == [("MT516", "danger"), ("MT515", "caution")]
    made = step("create", "QualificationType", "tier", None, qualification_type())
    new["newState"]["propertyDependencies"] = {"qualificationTypeId": [urn("QualificationType", "tier")]}
    assert codes(judged(made, new)) == []


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize(("left", "code"), [(3, "MT504"), (0, "MT503")])
@pytest.mark.parametrize("within", ["", "lab:index:Study$"], ids=["", "in another component"])
def test_an_exclusion_that_shrinks_is_a_danger_also_where_no_hit_type_is_seen(
    shown: bool, left: int, code: str, within: str
) -> None:
    """Those of another stack may use it, and a plan without --show-sames leaves them out."""
    of_exclusion = f"urn:pulumi:prod::sense-ratings::{within}mturk:index:WorkerExclusion$pulumi-python:dynamic/mturk:"
    both = roster(SEEN, 412, "+0 -0 ~0"), roster(SEEN, left, f"+0 -{412 - left} ~0")
    shrinks = step("update", "QualificationRoster", "seen", *both) | {"urn": f"{of_exclusion}QualificationRoster::seen"}
    (risk,) = judged(shrinks, same=0 if shown else 9).risks
    assert (risk.code, risk.severity) == (code, "danger")


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ({}, {"autoGranted": True, "autoGrantedValue": 90}, ["MT540"]),
        ({}, {"autoGranted": True, "autoGrantedValue": 50}, []),
        ({"autoGrantedValue": 50, "autoGranted": True}, {"autoGranted": True, "autoGrantedValue": 90}, ["MT540"]),
        ({"autoGrantedValue": 85, "autoGranted": True}, {"autoGranted": True, "autoGrantedValue": 90}, []),
    ],
)
def test_a_type_that_is_granted_to_all_opens_a_gate_by_its_score(
    was: dict[str, Any], now: dict[str, Any], expected: list[str]
) -> None:
    both = qualification_type(**was), qualification_type(**now)
    assert codes(judged(TASK, step("update", "QualificationType", "tier", *both, id_=TIER))) == expected


def test_a_hit_type_that_begins_to_ask_for_what_everybody_gets_is_told_of() -> None:
    granted = stays("QualificationType", "tier", qualification_type(autoGranted=True), TIER)
    inactive = stays("QualificationType", "seen", qualification_type(qualificationTypeStatus="Inactive"), SEEN)
    new = step("create", "HITType", "task", None, hit_type(rule(TIER, "Exists"), KEPT_OUT))
    assert codes(judged(granted, inactive, new)) == ["MT506", "MT540"]
    old = hit_type(rule(TIER, "Exists"), KEPT_OUT)
    assert codes(judged(granted, inactive, step("update", "HITType", "task", old, old | {"expireHits": True}))) == []


def test_a_wait_that_goes_means_that_nobody_can_try_again() -> None:
    both = qualification_type(retryDelayInSeconds=600), qualification_type()
    (risk,) = judged(step("update", "QualificationType", "tier", *both, id_=TIER)).risks
    assert risk.code == "MT544"
    assert "None" not in risk.message


def test_new_hit_types_are_in_the_headline() -> None:
    gone = step("delete", "HITType", "task", hit_type(UNITED_STATES), id_="3HIT")
    new = [step("create", "HITType", f"task-{n}", None, hit_type(UNITED_STATES, title=f"{n} pairs")) for n in (1, 2)]
    report = judged(gone, *new)
    assert report.headline == "No danger found: 2 HIT types are new, 1 HIT type goes"


@pytest.mark.parametrize("title", ["Rate sentences", "Rate pairs"])
def test_a_renamed_hit_type_is_compared_with_the_one_that_goes(title: str) -> None:
    gone = step("delete", "HITType", "task", hit_type(UNITED_STATES, KEPT_OUT), id_="3HIT")
    renamed = step("create", "HITType", "task-2", None, hit_type(UNITED_STATES, reward="1.20", title=title))
    report = judged(gone, renamed)
    assert {"MT501", "MT514", "MT520", "MT530"} <= set(codes(report))
    assert "assumed" in next(risk.message for risk in report.risks if risk.code == "MT514")
    assert (found := change(report, "task-2").eligibility) is not None
    assert found.verdict == "loosened"


def test_two_new_hit_types_beside_one_that_goes_are_compared_by_their_titles_alone() -> None:
    gone = step("delete", "HITType", "task", hit_type(UNITED_STATES, KEPT_OUT), id_="3HIT")
    same, other = (
        step("create", "HITType", name, None, hit_type(UNITED_STATES, title=title))
        for name, title in (("same", "Rate sentences"), ("other", "Rate pairs"))
    )
    report = judged(gone, same, other)
    assert {risk.resource for risk in report.risks} == {"same"}


@pytest.mark.parametrize(
    ("rules", "environment", "expected"),
    [
        ([], "production", ["MT511"]),
        ([rule("000000000000000000L0", "GreaterThanOrEqualTo", 0)], "production", ["MT511"]),
        ([], "sandbox", []),
        ([UNITED_STATES], "production", []),
    ],
)
def test_a_new_hit_type_for_everybody_is_a_danger_in_production(
    rules: list[dict[str, Any]], environment: str, expected: list[str]
) -> None:
    assert codes(judged(step("create", "HITType", "task", None, hit_type(*rules, environment=environment)))) == expected


def test_what_is_paid_is_said_to_be_unknown() -> None:
    for reward in (UNKNOWN_TEXT, "1e400", "much"):
        both = hit_type(), hit_type(reward=reward)
        assert "MT514" in codes(judged(step("replace", "HITType", "task", *both, id_="3HIT")))


def test_types_of_one_name_are_told_apart() -> None:
    one, other = rule("3A", "Exists", name="reader"), rule("3B", "Exists", name="reader")
    report = judged(step("replace", "HITType", "task", hit_type(one, other), hit_type(one), id_="3HIT"))
    assert (found := change(report, "task").eligibility) is not None
    assert {row.subject: row.changed for row in found.rows} == {"reader (3A)": False, "reader (3B)": True}


def test_a_hit_type_that_expires_its_hits_is_not_said_to_leave_them() -> None:
    (change_,) = judged(step("delete", "HITType", "task", hit_type(expireHits=True), id_="3HIT")).changes
    assert "expired at once" in change_.notes[0]


SHRINKS = roster(SEEN, 412, "+0 -0 ~0"), roster(SEEN, 3, "+0 -409 ~0")


def test_a_list_that_shrinks_lets_in_to_published_hits_also_where_the_hit_type_drops_it() -> None:
    both = hit_type(KEPT_OUT), hit_type(UNITED_STATES)
    dropped = step("replace", "HITType", "task", *both, id_="3HIT")
    report = judged(SEEN_STAYS, dropped, step("update", "QualificationRoster", "earlier", *SHRINKS))
    assert {"MT501", "MT504"} <= set(codes(report))
    assert change(report, "task").people == People(enter=409)


def test_whom_a_hit_type_did_not_keep_out_a_list_does_not_let_in() -> None:
    both = hit_type(), hit_type(KEPT_OUT)
    taken_up = step("replace", "HITType", "task", *both, id_="3HIT")
    report = judged(SEEN_STAYS, taken_up, step("update", "QualificationRoster", "earlier", *SHRINKS))
    assert {risk.code for risk in report.risks if risk.severity == "danger"} == set()
    assert change(report, "task").people is None


def test_another_introduction_of_a_test_is_another_text_that_workers_read() -> None:
    tests = (FORM.replace("INTRO", text) for text in ("Read.", "Read twice."))
    both = [qualification_type(test=test) for test in tests]
    report = judged(step("update", "QualificationType", "tier", *both, id_=TIER))
    assert codes(report) == ["MT546"]
    assert change(report, "tier", "QualificationType").details != ()


SANDBOX = {"environment": "sandbox", "endpointHost": "mturk-requester-sandbox.us-east-1.amazonaws.com"}


@pytest.mark.parametrize(("place", "grade"), [({}, "danger"), (SANDBOX, "caution")])
def test_each_resource_is_judged_by_the_rules_of_its_own_environment(place: dict[str, str], grade: str) -> None:
    """A stack has several where it has several providers."""
    both = stays("HITType", "study", hit_type(), "3S"), stays("HITType", "rehearsal", hit_type(**SANDBOX), "3H")
    change_of = hit_type(BAR, **place), hit_type(UNITED_STATES, **place)
    report = judged(*both, step("replace", "HITType", "task", *change_of, id_="3HIT"))
    assert ("MT510", grade) in [(risk.code, risk.severity) for risk in report.risks]


PROVIDER = "urn:pulumi:prod::sense-ratings::pulumi:providers:mturk::{}::0b5e1f2a"


@pytest.mark.parametrize(
    ("providers", "found"), [(("lab", "pilot"), []), (("lab", "lab"), ["MT570"]), (("", ""), ["MT570"])]
)
def test_two_providers_may_be_of_two_places_and_one_may_not(providers: tuple[str, str], found: list[str]) -> None:
    sides = [
        step("same", "HITType", name, inputs, inputs, provider=PROVIDER.format(provider) if provider else "")
        for name, inputs, provider in zip(
            ("study", "rehearsal"), (hit_type(), hit_type(**SANDBOX)), providers, strict=True
        )
    ]
    assert codes(judged(*sides)) == found


def test_a_type_that_is_taken_over_keeps_its_id_and_its_holders() -> None:
    made = step("create", "QualificationType", "earlier", None, qualification_type(adopt=SEEN))
    to_come = rule(UNKNOWN_TEXT, "DoesNotExist", name="earlier") | {
        "qualificationTypeUrn": urn("QualificationType", "earlier")
    }
    both = hit_type(rule(SEEN, "DoesNotExist")), hit_type(to_come, reward="2.00")
    report = judged(made, step("replace", "HITType", "task", *both, id_="3HIT"))
    assert codes(report) == ["MT520"]
    assert (found := change(report, "task").eligibility) is not None
    assert found.verdict == "same"
    new = step("create", "QualificationRoster", "team", None, roster(UNKNOWN_TEXT, 3, "+3 -0 ~0", exclusive=True))
    new["newState"]["propertyDependencies"] = {"qualificationTypeId": [urn("QualificationType", "earlier")]}
    assert ("MT516", "danger") in [(risk.code, risk.severity) for risk in judged(made, new).risks]


def test_an_import_of_a_list_moves_nobody() -> None:
    found = step("import", "QualificationRoster", "team", None, of_score(100, "+100 -0 ~0", 90))
    assert codes(judged(TIER_STAYS, TASK, found)) == []


def removed(environment: str, *, force: bool = False, live: Live | None = None) -> Report:
    """An exclusion is removed as a whole, with the rule of the HIT type."""
    forced = {"forceDestroy": True} if force else {}
    place = {"environment": environment}
    kept_out = hit_type(UNITED_STATES, KEPT_OUT, **place)
    return review(
        plan(
            step("replace", "HITType", "task", kept_out, hit_type(UNITED_STATES, **place), id_="3HIT"),
            step("delete", "QualificationType", "seen", qualification_type(**place, **forced), id_=SEEN),
            step("delete", "QualificationRoster", "seen", roster(SEEN, 3, "+0 -0 ~0", **place, **forced)),
        ),
        today=TODAY,
        live=live,
    )


def test_what_an_apply_in_production_will_refuse_to_remove_is_said() -> None:
    said = {risk.code: risk.message for risk in removed("production").risks}
    assert "refuses the removal (MT420) while any HIT keeps them out" in said["MT503"]
    assert "half applied" in said["MT503"]
    assert "at once" not in said["MT503"]
    assert "refuses the removal (MT312)" in said["MT521"]


def test_how_many_open_hits_an_apply_will_refuse_it_for_is_said_if_asked() -> None:
    live = Live(asked_at="2026-11-26 12:00 UTC", open_hits={"3HIT": OpenHITs(hits=2)})
    said = {risk.code: risk.message for risk in removed("production", live=live).risks}
    assert "refuses the removal (MT420) while 2 open HITs keep them out" in said["MT503"]


@pytest.mark.parametrize(("environment", "force"), [("production", True), ("sandbox", False)])
def test_a_removal_that_goes_through_is_told_from_one_that_is_refused(environment: str, *, force: bool) -> None:
    report = removed(environment, force=force)
    assert not any("refuses" in risk.message for risk in report.risks)
    assert "at once" in next(risk.message for risk in report.risks if risk.code == "MT503")


def test_who_is_on_a_list_that_goes_with_its_exclusion_is_counted_once() -> None:
    assert "3 people who were kept out come back" in (headline := removed("production").headline)
    assert "on an emptied list" not in headline


OTHER = "3EXAMPLEOTHER"


@pytest.mark.parametrize(("op", "fails"), [("replace", True), ("update", False)])
@pytest.mark.parametrize("had", [{"id": TIER}, {"id": OTHER, "importID": TIER}], ids=["same id", "once imported"])
def test_what_was_imported_can_not_be_replaced_while_its_option_stands(
    op: str, *, fails: bool, had: dict[str, str]
) -> None:
    """The same error of `pulumi up` in a later run, of which a plan has no import."""
    later = step(op, "QualificationType", "tier", *sides())
    later["oldState"] |= had
    assert "MT562" not in codes(judged(later))
    later["newState"]["importID"] = TIER
    assert ("MT562" in codes(judged(later))) == fails


def test_an_import_takes_the_place_of_what_has_another_id_unless_it_is_replaced_itself() -> None:
    """`pulumi up` carries out the first [measured]; the streaming form has the parts, and no ids of an import."""
    taken = step("replace", "QualificationType", "tier", *sides(), id_=OTHER)
    taken["newState"] |= {"id": TIER, "importID": TIER}
    assert "MT562" not in codes(judged(taken))
    replaced = step("replace", "QualificationType", "tier", *sides(), id_=TIER, importID=TIER)
    assert "MT562" in codes(judged(taken, replaced))

    parts = [step(op, "QualificationType", "tier", *sides(), id_=OTHER) for op in ("import-replacement", "replace")]
    assert "MT562" not in codes(judged(*parts))
    assert "MT562" in codes(judged(*parts, step("create-replacement", "QualificationType", "tier", *sides())))


def sides() -> tuple[dict[str, Any], dict[str, Any]]:
    return qualification_type(), qualification_type(description="Rated well.")
