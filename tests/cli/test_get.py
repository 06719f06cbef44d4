"""Resources that are looked up with `get`, and what one program can not say twice."""

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.pulumi_cli import NO_CHANGES, Stack, assert_absent, behind_our_back, new_type
from tests.support.question_documents import answer_key, question_form

USING = """
theirs = mturk.QualificationType.get("theirs", "{type_id}")
mturk.QualificationGrant("grant", qualification_type_id=theirs, worker_id="A1EXAMPLEWORKER")
mturk.HITType(
    "task",
    title="A task",
    description="A task.",
    reward="0.50",
    assignment_duration_in_seconds=600,
    qualification_requirements=[e.holds(theirs)],
)
mturk.HITType.get(
    "again",
    title="Another task",
    description="A task.",
    reward="0.50",
    assignment_duration_in_seconds=600,
)
pulumi.export("id", theirs.qualification_type_id)
"""


@pytest.mark.slow
def test_what_refers_to_a_type_that_is_looked_up_has_an_empty_plan(stack: Stack, marketplace: Marketplace) -> None:
    type_id = new_type(marketplace, "theirs")
    stack.program(USING.format(type_id=type_id)).up().ok()
    stack.unchanged()
    assert stack.outputs()["id"] == type_id
    stack.refresh(NO_CHANGES).ok()
    assert "again" in stack.resources()
    stack.unchanged()


# All that is secret, looked up: a test's key, a list, and why somebody is blocked.
LOOKED_UP = """
tested = mturk.QualificationType.get("tested", "{type_id}")
mturk.QualificationRoster.get("list", qualification_type_id=tested)
mturk.WorkerBlock.get("blocked", worker_id="A2EXAMPLEWORKER")
"""


def test_what_is_secret_stays_so_in_a_refresh(stack: Stack, marketplace: Marketplace) -> None:
    secrets = ("A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "sent the same line", "AnswerKey")
    test, key = question_form(), answer_key()
    type_id = new_type(marketplace, "tested", Test=test, AnswerKey=key, TestDurationInSeconds=60)
    granted = {"QualificationTypeId": type_id, "WorkerId": "A1EXAMPLEWORKER", "IntegerValue": 85}
    behind_our_back(marketplace, "AssociateQualificationWithWorker", **granted)
    blocked = {"WorkerId": "A2EXAMPLEWORKER", "Reason": "sent the same line ninety times"}
    behind_our_back(marketplace, "CreateWorkerBlock", **blocked)
    made = stack.program(LOOKED_UP.format(type_id=type_id)).up().ok()
    told = stack.refresh("--diff").ok()
    assert_absent(secrets, made.text, told.text, stack.state())
    stack.unchanged()


@pytest.mark.slow
def test_what_is_made_in_the_same_run_is_not_looked_up_in_a_preview(stack: Stack) -> None:
    made = 'made = mturk.QualificationType("made", description="Took part.")\n'
    stack.program(made + 'mturk.QualificationRoster.get("list", qualification_type_id=made.id)')
    assert "`pulumi up --skip-preview`" in stack.preview().refused().text
    stack.run("up", "--yes", "--skip-preview").ok()
    stack.unchanged()


TWICE = """
kind = "{type_id}"
mturk.QualificationGrant("one", qualification_type_id=kind, worker_id="A1EXAMPLEWORKER")
mturk.QualificationGrant("two", qualification_type_id=kind, worker_id="{other}")
mturk.WorkerBlock("three", worker_id="A2EXAMPLEWORKER", reason="A reason.")
"""


@pytest.mark.slow
def test_two_grants_of_one_type_to_one_worker_are_refused_in_the_plan(stack: Stack, marketplace: Marketplace) -> None:
    type_id = new_type(marketplace, "kind")
    text = stack.program(TWICE.format(type_id=type_id, other="A1EXAMPLEWORKER")).preview().refused().text
    assert "grants this type to the same worker; leave one of the two out" in text
    assert "A1EXAMPLEWORKER" not in text
    stack.program(TWICE.format(type_id=type_id, other="A3EXAMPLEWORKER")).preview().ok()


@pytest.mark.slow
def test_two_blocks_of_one_worker_are_refused_in_the_plan(stack: Stack) -> None:
    block = 'mturk.WorkerBlock("{name}", worker_id="A2EXAMPLEWORKER", reason="A reason.")\n'
    text = stack.program(block.format(name="one") + block.format(name="two")).preview().refused().text
    assert "blocks the same worker; leave one of the two out" in text
    assert "A2EXAMPLEWORKER" not in text
