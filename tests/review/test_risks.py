"""Each risk of the catalogue: its wrong example is found in the plan, by its own code, and no right one is."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.review.judge import review
from pulumi_mturk.review.live import Live, ask, asked_about
from pulumi_mturk.review.plan_forms import read_plan
from pulumi_mturk.review.policy import policy_of
from pulumi_mturk.review.report import Report
from pulumi_mturk.rules.catalogue import CATALOGUE
from tests.support.core import publish_of
from tests.support.plans import Stack, in_folder, previewed

NOW = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)
RISKS = [rule for rule in CATALOGUE.values() if rule.found_by == "review"]
NAMES = [f"{rule.code}-{rule.name}" for rule in RISKS]


@dataclass(frozen=True)
class Situation:
    """What a note of an example says, made so."""

    assignments: int = 0
    """Of a HIT that is open; the endpoint is asked then."""
    document: Callable[[dict[str, Any]], None] = lambda _: None


def imported(document: dict[str, Any], then: str | None = None) -> None:
    """The plan's creation as an import, which no dynamic resource can be: the plugin's are."""
    (step,) = [step for step in document["steps"] if step["op"] == "create"]
    step["op"] = "import"
    if then is not None:
        document["steps"].append({**step, "op": then, "oldState": step["newState"]})


SITUATIONS = {
    "": Situation(),
    "a HIT of it is open": Situation(assignments=1),
    "a HIT of it with ten assignments is open": Situation(assignments=10),
    "the plan imports a type that has another description": Situation(document=lambda one: imported(one, "update")),
    "the plan imports a type that has another name": Situation(document=lambda one: imported(one, "replace")),
    "the plan imports a type that has this description": Situation(document=imported),
}


def reviewed(example: Example, folder: Path) -> Report:
    situation = SITUATIONS[example.note]
    live: Live | None = None
    with in_folder(folder):
        stack = previewed(example.program, example.before, example.configuration, example.earlier)
        document = stack.document()
        situation.document(document)
        failed = any(each["severity"] == "error" for each in document.get("diagnostics", []))
        plan = read_plan(json.dumps(document), exit_code=int(failed))
        if situation.assignments:
            live = asked(stack, situation.assignments)
        earlier = {f"mturk:{key}": value for key, value in (example.earlier or {}).items()}
        judged_by_base = {"mturk:require", "mturk:accept"} & earlier.keys()
        return review(plan, today=NOW.date(), policy=policy_of(earlier) if judged_by_base else None, live=live)


def asked(stack: Stack, assignments: int) -> Live:
    (hit_type,) = [made.id for made in stack.made.values() if made.token == "HITType"]  # noqa: S105 - a type token
    publish_of(stack.provider.client, hit_type, assignments=assignments)
    return ask(stack.provider, asked_about(read_plan(json.dumps(stack.document()), 0)), NOW)


def codes(report: Report) -> set[str]:
    return {risk.code for risk in report.risks}


@pytest.mark.parametrize("rule", RISKS, ids=NAMES)
def test_the_wrong_example_gives_this_code(rule: Rule, tmp_path: Path) -> None:
    report = reviewed(rule.wrong, tmp_path)
    assert codes(report) == {rule.code, *rule.wrong.along_with}, report.risks
    severities = {risk.severity for risk in report.risks if risk.code == rule.code}
    assert severities <= {rule.severity, rule.lesser}


@pytest.mark.parametrize("rule", RISKS, ids=NAMES)
def test_the_right_example_does_not(rule: Rule, tmp_path: Path) -> None:
    report = reviewed(rule.right, tmp_path)
    assert codes(report) == set(rule.right.along_with), report.risks


def test_every_note_is_made_so() -> None:
    assert SITUATIONS.keys() == {example.note for rule in RISKS for example in (rule.wrong, rule.right)}
