"""Rules of the lab and costs, with the real CLI: on a first run, when ids are not known; refused; and reported."""

import json
from typing import Any

import pytest

from pulumi_mturk.provider.lifecycle import REPORT_VARIABLE
from tests.cli.conftest import NewStack

RULES = json.dumps(
    [
        {"id": "no-repeaters", "without": "past", "actions": "DiscoverPreviewAndAccept"},
        {"id": "fair-pay", "minimumHourlyPay": "12.00", "minutes": {"task": 8}},
    ]
)
PROGRAM = """
past = mturk.WorkerExclusion("past", workers=["A1EXAMPLE", "A2EXAMPLE"])
task = mturk.HITType("task", title="A task", description="A task.", reward="1.60",
    assignment_duration_in_seconds=600, qualification_requirements=[past.requirement, e.masters()])
pulumi.export("cost", task.cost_per_assignment(10).apply(str))
pulumi.export("batch", mturk.estimate_cost(task, hits=2, assignments=9).apply(lambda found: str(found.total)))
"""
UNGUARDED = PROGRAM.replace("past.requirement, ", "")


def test_a_rule_of_the_lab_holds_from_the_first_plan_on_and_is_refused_when_it_is_broken(new_stack: NewStack) -> None:
    stack = new_stack(require=RULES).program(PROGRAM)
    plan = _plan(stack.preview("--json").ok().text)
    (task,) = (step["newState"]["inputs"] for step in plan["steps"] if step["urn"].endswith("::task"))
    urns = {step["urn"] for step in plan["steps"]}
    assert task["qualificationRequirements"][0]["qualificationTypeUrn"] in urns
    assert "costPerAssignment" not in json.dumps(plan)

    stack.up().ok()
    assert stack.outputs() == {"cost": "2.32", "batch": "36.00"}

    assert "[MT590]" in stack.program(UNGUARDED).preview().refused().text


@pytest.mark.slow
def test_a_report_is_made_of_what_is_refused(new_stack: NewStack) -> None:
    stack = new_stack(require=RULES).program(UNGUARDED)
    stack.env[REPORT_VARIABLE] = "report"
    assert "[MT590]" in stack.preview().ok().text
    assert "[MT590]" in stack.up().refused().text


def _plan(text: str) -> Any:
    return json.loads(text[text.index("{") :])
