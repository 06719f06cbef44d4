"""What a plan tells whoever reviews it: public inputs that `check` or a class adds, and never an answer or a worker."""

import json
from typing import Any

import pytest

import pulumi_mturk as mturk
from pulumi_mturk import eligibility, questions
from pulumi_mturk.rules.programs import answer_key, choice, form, question, scored
from tests.support.core import Place
from tests.support.program import registered

TEST = form(
    question(choice("river", "money"), "sense"),
    question(choice("run", "walk"), "verbs"),
    question(choice("yes", "no"), "why"),
)
KEY = answer_key(scored(("river", 10), ("money", -2), identifier="sense"), scored(("run", 5), identifier="verbs"))
SENSE = {"questionId": "sense", "lowestPoints": -2, "highestPoints": 10}
VERBS = {"questionId": "verbs", "lowestPoints": 0, "highestPoints": 5}
WHY = {"questionId": "why"}


def test_a_requirement_leads_to_the_type_of_the_resource_that_was_given() -> None:
    def program() -> None:
        kind = mturk.QualificationType("kind", description="A type.")
        team = mturk.QualificationRoster("team", qualification_type_id=kind, workers=["A1EXAMPLE"])
        past = mturk.WorkerExclusion("past", workers=["A1EXAMPLE"])
        found = mturk.QualificationType.get("found", "3EXAMPLE")
        listed = mturk.QualificationRoster.get("listed", qualification_type_id=found)
        by_id = mturk.QualificationRoster("by-id", qualification_type_id="3EXAMPLE", workers=["A2EXAMPLE"])
        given: list[Any] = [kind, team, past, found, listed, by_id, kind.id]
        mturk.HITType(
            "task",
            title="A task",
            description="A task.",
            reward="0.10",
            assignment_duration_in_seconds=600,
            qualification_requirements=[eligibility.without(one) for one in given],
        )

    rules = registered(program)["HITType", "task"]["qualificationRequirements"]
    told = [(rule.get("qualificationTypeName"), _last(rule.get("qualificationTypeUrn"))) for rule in rules]
    assert told == [
        ("kind", "QualificationType::kind"),
        ("team", "QualificationType::kind"),
        ("past", "QualificationType::past"),
        ("found", "QualificationType::found"),
        ("listed", "QualificationType::found"),
        ("by-id", None),
        (None, None),
    ]


@pytest.mark.parametrize("given", ["kind", "team"])
@pytest.mark.parametrize(("rule", "excludes"), [(eligibility.without, True), (eligibility.holds, False)])
def test_a_roster_tells_whether_hit_types_keep_out_who_is_on_it(given: str, rule: Any, excludes: bool) -> None:
    def program() -> None:
        kind = mturk.QualificationType("kind", description="A type.")
        team = mturk.QualificationRoster("team", qualification_type_id=kind, workers=["A1EXAMPLE"])
        mturk.QualificationRoster("other", qualification_type_id="3EXAMPLE", workers=["A1EXAMPLE"])
        mturk.HITType(
            "task",
            title="A task",
            description="A task.",
            reward="0.10",
            assignment_duration_in_seconds=600,
            qualification_requirements=[rule({"kind": kind, "team": team}[given])],
        )

    found = registered(program)
    assert found["QualificationRoster", "team"]["excludes"] is excludes
    assert "excludes" not in found["QualificationRoster", "other"]


def _last(urn: str | None) -> str | None:
    return urn and urn.rpartition("/mturk:")[2]


def test_the_urn_of_a_type_makes_no_other_hit_type() -> None:
    rule = {"qualificationTypeId": "3EXAMPLE", "comparator": "Exists"}
    plain, told = (
        eligibility.parse_requirements([rule | more]) for more in ({}, {"qualificationTypeUrn": "urn:pulumi:a"})
    )
    assert plain == told
    assert isinstance(told, tuple)
    sent = eligibility.sent(told, environment="production")
    assert "qualificationTypeUrn" not in str(eligibility.plain(sent))


def test_a_test_is_told_by_its_questions_and_their_points() -> None:
    assert questions.points(TEST, KEY) == [SENSE, VERBS, WHY]
    assert questions.points(TEST, None) == [{"questionId": "sense"}, {"questionId": "verbs"}, WHY]
    assert questions.points("<QuestionForm/>", KEY) == []


@pytest.mark.parametrize(
    ("earlier", "changed"),
    [
        (KEY, []),
        (answer_key(scored(("run", 5), identifier="verbs"), scored(("money", -2), ("river", 10))), []),
        (KEY.replace(">river<", ">bank<").replace(">money<", ">river<").replace(">bank<", ">money<"), ["sense"]),
        (answer_key(scored(("river", 10), ("money", -2))), ["verbs"]),
        (answer_key(scored(("river", 10), ("money", -2)), scored(("run", 6), identifier="verbs")), ["verbs"]),
        (answer_key(scored(("x", 1), identifier="gone")), ["sense", "verbs"]),
        ("(an answer key that this stack did not set)", ["sense", "verbs"]),
    ],
)
def test_a_key_that_scores_otherwise_is_told_by_question(earlier: str, changed: list[str]) -> None:
    told = questions.points(TEST, KEY, earlier)
    assert [entry["questionId"] for entry in told if entry.get("keyChanged")] == changed


def checked(place: Place, token: str, news: dict[str, Any], olds: dict[str, Any] | None = None) -> dict[str, Any]:
    found = place.check(token, news, olds)
    assert found.failures == []
    return found.inputs


def test_a_type_s_plan_has_the_points_and_no_answer(place: Place) -> None:
    given = {"description": "A test.", "test": TEST, "answerKey": KEY, "testDurationInSeconds": 60}
    first = checked(place, "QualificationType", given)
    assert (first["lowestScore"], first["highestScore"]) == (-2, 15)
    assert first["testQuestions"] == [SENSE, VERBS, WHY]
    public = json.dumps([first["testQuestions"], first["testSummary"]])
    assert "river" not in public
    assert "run" not in public


def test_a_type_s_plan_tells_whose_scoring_changes_and_keeps_it_until_the_next_change(place: Place) -> None:
    given = {"description": "A test.", "test": TEST, "answerKey": KEY, "testDurationInSeconds": 60}
    first = checked(place, "QualificationType", given)
    given["answerKey"] = KEY.replace(">5<", ">6<")
    changed = checked(place, "QualificationType", given, first)
    assert [entry.get("keyChanged") for entry in changed["testQuestions"]] == [None, True, None]
    assert changed["highestScore"] == 16
    assert checked(place, "QualificationType", given, changed) == changed
    reworded = checked(place, "QualificationType", given | {"description": "Another."}, changed)
    assert [entry.get("keyChanged") for entry in reworded["testQuestions"]] == [None, None, None]


def test_what_an_older_version_has_recorded_stays_as_it_was(place: Place) -> None:
    given = {"description": "A test.", "test": TEST, "answerKey": KEY, "testDurationInSeconds": 60}
    told = ("testQuestions", "lowestScore", "highestScore")
    older = {key: value for key, value in checked(place, "QualificationType", given).items() if key not in told}
    assert checked(place, "QualificationType", given, older) == older


@pytest.mark.parametrize(
    ("workers", "count", "bounds"),
    [
        ("A1EXAMPLE=5 A2EXAMPLE=-3", 2, (-3, 5)),
        ("A1EXAMPLE=0", 1, (0, 0)),
        ("A1EXAMPLE A2EXAMPLE=7", 2, (None, None)),
        ("A1EXAMPLE", 1, (None, None)),
        ("", 0, (None, None)),
    ],
)
def test_a_roster_s_plan_has_the_bounds_of_its_scores(
    place: Place, tier: str, workers: str, count: int, bounds: tuple[int | None, int | None]
) -> None:
    found = checked(place, "QualificationRoster", {"qualificationTypeId": tier, "workers": workers})
    assert found["count"] == count
    assert (found.get("lowestScore"), found.get("highestScore")) == bounds
