"""`pulumi-mturk worker`: the whole way of a worker without a server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk import cli
from tests.support.marketplace.questions import (
    at_least,
    free_text,
    publish,
    question,
    question_form,
    selection,
    type_with_test,
)

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

FORM = question_form(
    question(free_text(), "sum"),
    question(selection(counts="<MaxSelectionCount>2</MaxSelectionCount>"), "animals"),
)


class Shell:
    """Runs the command on one database."""

    def __init__(self, unmade: str | Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = unmade
        self._capsys = capsys

    def __call__(self, command: str, *arguments: str, status: int = 0) -> str:
        found = cli.main(["worker", command, "--database", str(self.database), *arguments])
        out, error = self._capsys.readouterr()
        assert (found, bool(error)) == (status, status != 0), error
        return (error if status else out).rstrip("\n")

    def json(self, command: str, *arguments: str) -> Any:
        return json.loads(self(command, "--json", *arguments))


@pytest.fixture
def shell(unmade: str | Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(unmade, capsys)


def test_register_makes_the_database_and_prints_the_new_id(shell: Shell) -> None:
    worker_id = shell("register", "--country", "US", "--subdivision", "CA", "--masters", "--accepted", "3")
    assert shell("list") == worker_id
    shown = shell("show", worker_id)
    assert "Address: US-CA; Masters: yes; adult content: no" in shown
    (document,) = shell.json("list")
    assert document["history"]["accepted"] == 3
    assert shell("register", "--worker-id", worker_id, "--country", "IN") == worker_id
    assert shell.json("show", worker_id)["country"] == "IN"
    shell("register", "--worker-id", worker_id, "--approved", "600", "--rejected", "10", "--returned", "5")
    history = shell.json("show", worker_id)["history"]
    assert (history["submitted"], history["accepted"]) == (610, 615)


def test_from_the_test_to_the_submitted_hit(shell: Shell, mturk: MTurkClient) -> None:
    type_id = type_with_test(mturk)
    hit = publish(mturk, FORM, at_least(type_id, 1), MaxAssignments=2)
    worker_id = shell("register")
    found = shell("find", worker_id, "--search", "receipt").splitlines()
    assert found[0] == f"Transcribe a receipt  ({hit['HITTypeId']}, $0.10, 1 HIT)"
    assert found[1].startswith("  not met: You need: a score of at least 1 in 'Receipts'")
    assert shell("accept", worker_id, hit["HITId"], status=1).startswith("refused: You do not meet")
    assert shell("qualifications", worker_id, "--search", "receipts") == f"Receipts  ({type_id}, by a test)"
    assert "has a test" in shell("request", worker_id, type_id, status=1)
    assert shell("request", worker_id, type_id, "q1=a") == "granted, score 1"
    assert shell("find", worker_id).splitlines()[1].startswith("  met: ")
    assignment_id = shell("accept", worker_id, hit["HITGroupId"]).splitlines()[0]
    assert "a receipt" in shell("show", worker_id)
    assert shell("submit", worker_id, assignment_id, "sum=2=2", "animals=cat", "animals=cow").endswith("is submitted")
    (assignment,) = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert "<FreeText>2=2</FreeText>" in assignment["Answer"]
    assert assignment["Answer"].count("<SelectionIdentifier>") == 2
    assert shell("submit", worker_id, assignment_id, status=1).startswith("refused: You have handed in")


def test_returning_and_asking_a_requester(shell: Shell, mturk: MTurkClient) -> None:
    made = mturk.create_qualification_type(Name="Friends", Description="Known.", QualificationTypeStatus="Active")
    hit = publish(mturk, FORM)
    worker_id = shell("register", "--worker-id", "A1EXAMPLEWORKER")
    task = shell.json("accept", worker_id, hit["HITTypeId"])
    assert (task["hit_id"], task["reward"]) == (hit["HITId"], "0.10")
    assert shell("return", worker_id, task["assignment_id"]) == f"{task['assignment_id']} is returned"
    outcome = shell.json("request", worker_id, made["QualificationType"]["QualificationTypeId"])
    (waiting,) = mturk.list_qualification_requests()["QualificationRequests"]
    assert outcome == {"score": None, "request_id": waiting["QualificationRequestId"]}
    assert shell("accept", worker_id, "NONE", status=1).startswith("refused: There is no HIT")
    assert shell("find", worker_id, "--search", "nothing") == "No HITs."


def test_quiet_prints_ids_alone(shell: Shell, mturk: MTurkClient, capsys: pytest.CaptureFixture[str]) -> None:
    type_id = type_with_test(mturk)
    asked = mturk.create_qualification_type(Name="Friends", Description="Known.", QualificationTypeStatus="Active")
    asked_id = asked["QualificationType"]["QualificationTypeId"]
    hit = publish(mturk, FORM)
    worker_id = shell("register", "--quiet", "--worker-id", "A1EXAMPLEWORKER")
    assert worker_id == shell("list", "-q") == "A1EXAMPLEWORKER"
    assert shell("find", "--quiet", worker_id) == hit["HITTypeId"]
    assert shell("find", "--quiet", worker_id, "--search", "nothing") == ""
    assert sorted(shell("qualifications", "--quiet", worker_id).splitlines()) == sorted([type_id, asked_id])
    assert shell("request", "--quiet", worker_id, type_id, "q1=a") == ""  # granted at once, there is no request
    request_id = shell("request", "--quiet", worker_id, asked_id)
    assert request_id == mturk.list_qualification_requests()["QualificationRequests"][0]["QualificationRequestId"]
    assignment_id = shell("accept", "--quiet", worker_id, shell("find", "--quiet", worker_id))
    assert shell("return", "--quiet", worker_id, assignment_id) == assignment_id
    again = shell("accept", "--quiet", worker_id, hit["HITId"])
    assert shell("submit", "--quiet", worker_id, again, "sum=4", "animals=cat") == again
    assert set(shell("show", "--quiet", worker_id).splitlines()) == {type_id, assignment_id, again}
    assert cli.main(["contents", "--database", str(shell.database), "--quiet"]) == 0
    assert set(capsys.readouterr().out.split()) == {type_id, asked_id, hit["HITTypeId"], hit["HITId"]}


def test_a_database_that_is_not_there_is_no_refusal_but_an_error(shell: Shell) -> None:
    assert shell("show", "A1EXAMPLEWORKER", status=2).startswith("error: ")
    shell("register")
    assert shell("show", "A1EXAMPLENOBODY", status=1).startswith("refused: No worker is registered")
    assert "no UTF-8" in shell("find", "A1EXAMPLENOBODY\udcff", status=2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--country", "UK"), "country: 'UK'"),
        (("--subdivision", "CA"), "with the country US"),
        (("--accepted", "-1"), "history: each number"),
        (("--submitted", str(10**30)), "history: each number"),
        (("--worker-id", "somebody"), "A worker's id"),
    ],
)
def test_a_worker_who_can_not_be_is_not_registered(shell: Shell, arguments: tuple[str, ...], words: str) -> None:
    known = shell("register")
    assert words in shell("register", *arguments, status=1)
    assert shell("list") == known


def test_help_names_every_command_and_the_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["worker", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "The exit status is 1" in shown
    for command in ("register", "list", "show", "find", "accept", "submit", "return", "qualifications", "request"):
        assert f" {command} " in shown


def test_an_answer_is_written_with_an_equals_sign(shell: Shell) -> None:
    told = shell("submit", "A1EXAMPLEWORKER", "X", "four", status=2)
    assert "write an answer as QUESTION=ANSWER, not 'four'" in told
