"""`pulumi-mturk review`: where plans come from, what fails, and the document for machines."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from pulumi_mturk import cli
from pulumi_mturk.review.document import VERSION
from pulumi_mturk.review.plan import UNKNOWN_TEXT
from tests.review.hand_made import (
    SEEN,
    UNITED_STATES,
    document,
    hit_type,
    qualification_type,
    roster,
    rule,
    step,
)
from tests.support.core import publish_of
from tests.support.plans import in_folder, previewed
from tests.support.pulumi_cli import ROOT

SCHEMA = json.loads((ROOT / "docs" / "review.schema.json").read_text(encoding="utf-8"))
EXCLUDED = rule(SEEN, "DoesNotExist", guarded="DiscoverPreviewAndAccept", name="seen")
HARMFUL = document(
    step("same", "QualificationType", "seen", qualification_type(), qualification_type(), id_=SEEN),
    step("replace", "HITType", "task", hit_type(UNITED_STATES, EXCLUDED), hit_type(UNITED_STATES, reward="1.20")),
)
SHRINKS = document(
    step("same", "QualificationType", "seen", qualification_type(), qualification_type(), id_=SEEN),
    step("same", "HITType", "task", hit_type(EXCLUDED), hit_type(EXCLUDED)),
    step("update", "QualificationRoster", "list", roster(SEEN, 50, "+0 -0 ~0"), roster(SEEN, 47, "+0 -3 ~0")),
)
NOTHING = document(same=3)
# Who may work can't be told from rules that are not known; and by a type that all are granted, no rule changes.
UNTOLD = document(
    step(
        "replace", "HITType", "task", hit_type(EXCLUDED), hit_type(qualificationRequirements=UNKNOWN_TEXT), id_="3HIT"
    ),
)
GRANTED = document(
    step("same", "HITType", "task", hit_type(rule(SEEN, "Exists")), hit_type(rule(SEEN, "Exists"))),
    step("update", "QualificationType", "seen", qualification_type(), qualification_type(autoGranted=True), id_=SEEN),
)


def reviewed(plan: Any, tmp_path: Path, *arguments: str, form: str = "json", exit_code: str = "0") -> int:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan), encoding="utf-8")
    return cli.main(["review", "--file", str(file), "--exit-code", exit_code, "--format", form, *arguments])


@pytest.mark.parametrize("plan", [HARMFUL, SHRINKS, NOTHING])
def test_the_document_is_as_its_schema_says(plan: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reviewed(plan, tmp_path) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, SCHEMA)
    assert found["version"] == VERSION
    assert {"complete", "digest", "changes", "risks", "others"} <= found.keys()


def test_a_change_has_the_members_that_machines_ask_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed(HARMFUL, tmp_path)
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert {"urn", "name", "type", "operation", "eligibility", "risks", "people"} <= change.keys()
    eligibility = change["eligibility"]
    assert (eligibility["verdict"], eligibility["enters"]["answer"], eligibility["leaves"]["answer"]) == (
        "loosened",
        "yes",
        "no",
    )
    assert eligibility["witnesses"] == eligibility["enters"]["witnesses"] != []
    assert change["pay"]["after"]["reward"] == "1.20"
    risk = change["risks"][0]
    assert {"code", "severity", "resource", "message", "accepted"} <= risk.keys()


@pytest.mark.parametrize(
    ("plan", "fail_on", "status"),
    [
        (HARMFUL, [], 0),
        (HARMFUL, ["danger"], 3),
        (HARMFUL, ["MT501"], 3),
        (HARMFUL, ["mt501"], 3),
        (HARMFUL, ["MT507"], 0),
        (HARMFUL, ["MT507", "MT530"], 3),
        (HARMFUL, ["loosened"], 3),
        (SHRINKS, ["danger"], 0),
        (SHRINKS, ["caution"], 3),
        (SHRINKS, ["loosened"], 3),
        (NOTHING, ["info", "loosened"], 0),
        (UNTOLD, ["loosened"], 3),
        (GRANTED, ["loosened"], 3),
    ],
)
def test_what_fails_is_named(plan: Any, fail_on: list[str], status: int, tmp_path: Path) -> None:
    assert reviewed(plan, tmp_path, *(one for what in fail_on for one in ("--fail-on", what))) == status


def test_an_accepted_risk_does_not_fail(tmp_path: Path) -> None:
    accept = '[{"code": "MT501", "reason": "protocol 2026-14"}]'
    assert reviewed(HARMFUL | {"config": {"mturk:accept": accept}}, tmp_path, "--fail-on", "danger") == 0


@pytest.mark.parametrize("what", ["MT204", "danger1", "MT5", ""])
def test_what_can_not_be_found_is_no_condition(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reviewed(HARMFUL, tmp_path, "--fail-on", what) == 2
    assert "--fail-on" in capsys.readouterr().err


def test_a_rule_of_the_lab_that_does_not_hold_fails_by_itself(tmp_path: Path) -> None:
    config = {"mturk:require": '[{"id": "cheap", "costPerAssignmentAtMost": "1.00"}]'}
    assert reviewed(HARMFUL | {"config": config}, tmp_path) == 3


def policy(tmp_path: Path, text: str) -> str:
    file = tmp_path / "base.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_the_base_branch_judges_and_not_the_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = policy(tmp_path, "config:\n  mturk:require:\n    - {id: cheap, costPerAssignmentAtMost: '1.00'}\n")
    accept = '[{"code": "MT501", "reason": "protocol 2026-14"}]'
    loose = '[{"id": "cheap", "costPerAssignmentAtMost": "9.00"}]'
    plan = HARMFUL | {"config": {"mturk:accept": accept, "mturk:require": loose}}
    assert reviewed(plan, tmp_path, "--policy", base) == 3
    found = json.loads(capsys.readouterr().out)
    assert [risk["code"] for risk in found["risks"]][:3] == ["MT591", "MT592", "MT590"]
    assert all(risk["accepted"] is None for risk in found["risks"])
    assert found["policyFrom"] == "base.yaml"
    assert [(one["id"], one["holds"], one["brokenBy"]) for one in found["invariants"]] == [("cheap", "no", ["task"])]


@pytest.mark.parametrize("schedule", ["mturk:feeSchedule: amazon-2015", "mturk:environment: production"])
def test_a_change_of_whose_fees_are_reckoned_lifts_no_bound_on_costs(schedule: str, tmp_path: Path) -> None:
    cheap = "{id: cheap, costPerAssignmentAtMost: '1.30'}"
    base = policy(tmp_path, f"config:\n  {schedule}\n  mturk:require: [{cheap}]\n")
    require = '[{"id": "cheap", "costPerAssignmentAtMost": "1.30"}]'
    plan = HARMFUL | {"config": {"mturk:require": require, "mturk:feeSchedule": "none"}}
    assert reviewed(plan, tmp_path) == 0
    assert reviewed(plan, tmp_path, "--policy", base) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "- a\n",
        "config: [",
        "require: [{id: a, noMail: true}]",
        "\x00",
        "a: &a [*a]\nconfig: {mturk:accept: 1}\n",
    ],
)
def test_a_policy_that_can_not_be_read_is_an_error(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reviewed(HARMFUL, tmp_path, "--policy", policy(tmp_path, text)) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_a_branch_without_a_policy_says_so(tmp_path: Path) -> None:
    assert reviewed(HARMFUL, tmp_path, "--policy", policy(tmp_path, "{}")) == 0


def test_a_plan_can_be_piped_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(NOTHING).encode())))
    assert cli.main(["review", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["complete"], found["exitCode"]) == (False, None)
    assert "exit status was not seen" in found["incompleteBecause"][0]


@pytest.mark.parametrize("arguments", [["--stack", "prod", "--file", "x"], ["--stack", "prod", "--exit-code", "0"]])
def test_what_contradicts_is_refused(arguments: list[str]) -> None:
    assert cli.main(["review", *arguments]) == 2


def test_what_is_no_plan_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reviewed([], tmp_path) == 2
    assert "pulumi preview --json" in capsys.readouterr().err
    assert cli.main(["review", "--file", str(tmp_path / "missing.json")]) == 2


def test_the_commit_is_part_of_the_digest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digests = set()
    for commit in ("one", "other", "one"):
        reviewed(HARMFUL, tmp_path, "--commit", commit)
        digests.add(json.loads(capsys.readouterr().out)["digest"])
    assert len(digests) == 2


GATED = """
tier = mturk.QualificationType("tier", description="Rated sentences well.")
mturk.QualificationRoster("team", qualification_type_id=tier, workers=["A1EXAMPLE", "A2EXAMPLE"])
mturk.HITType(
    "task", title={title}, description="Rate.", reward="0.40", assignment_duration_in_seconds=600,
    qualification_requirements=[holds(tier)],
)
"""


def test_live_asks_how_many_hold_a_type_and_which_hits_are_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with in_folder(tmp_path) as marketplace:
        stack = previewed(GATED.format(title='"Rate more"'), GATED.format(title='"Rate"'))
        (task,) = [made.id for made in stack.made.values() if made.token == "HITType"]  # noqa: S105 - a type token
        publish_of(stack.provider.client, task, assignments=3)
        plan = stack.document()
        plan["config"]["mturk:localDatabase"] = ".mturk/local.db"
        # By a provider of its own, for which the place that is asked is the wrong one.
        plan["steps"].append(step("replace", "HITType", "study", hit_type(), hit_type(reward="2.00"), id_="3STUDY"))
        plan["changeSummary"]["replace"] = plan["changeSummary"].get("replace", 0) + 1
        marketplace.set_switches(record_calls="on")
        marketplace.clear_calls()
        assert reviewed(plan, tmp_path, "--live") == 0
        asked = {call.operation for call in marketplace.calls()}
    found = json.loads(capsys.readouterr().out)
    assert asked == {"ListHITs", "ListWorkersWithQualificationType"}
    assert found["askedAt"].endswith(" UTC")
    said = {one["resource"]: one["message"] for one in found["risks"] if one["code"] == "MT520"}
    assert "1 open HIT, 3 places left" in said["task"]
    assert "open HIT" not in said["study"]
    assert any("at another provider's place (1 type)" in one for one in found["notJudged"])
    assert not any("--live" in one for one in found["notJudged"])


def test_live_does_not_ask_another_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with in_folder(tmp_path):
        plan = previewed(GATED.format(title='"Rate more"'), GATED.format(title='"Rate"')).document()
        assert reviewed(plan, tmp_path, "--live", "--local-database", "elsewhere.db") == 2
    assert "[MT621]" in capsys.readouterr().err


def test_the_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for word in ("--stack", "--policy", "--fail-on", "explain MT510", "Exit status"):
        assert word in shown
