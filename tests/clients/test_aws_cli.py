"""The AWS CLI, version 1, with the botocore that it pins: by an endpoint, and unmodified through the proxy."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Server
    from tests.clients.conftest import Shell

AWS = Path(f"{sys.prefix}-awscli") / "bin" / "aws"
KEYS = {"AWS_ACCESS_KEY_ID": "example", "AWS_SECRET_ACCESS_KEY": "example", "AWS_DEFAULT_REGION": "us-east-1"}
SANDBOX = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"


@pytest.fixture(params=["option", pytest.param("variable", marks=pytest.mark.slow)])
def aws(request: pytest.FixtureRequest, shell: Shell, server: Server) -> Any:
    """`aws mturk …` against a server; what it prints, read as JSON."""
    by_option = request.param == "option"

    def call(*arguments: str) -> Any:
        where = ("--endpoint-url", server.url) if by_option else ()
        more = KEYS if by_option else KEYS | {"AWS_ENDPOINT_URL_MTURK": server.url}
        done = shell(AWS, "mturk", *arguments, *where, more=more)
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout) if done.stdout else None

    return call


def test_a_qualification_from_its_making_to_its_end(aws: Any) -> None:
    made = aws(
        "create-qualification-type",
        "--name",
        "Receipts",
        "--description",
        "Reads.",
        "--qualification-type-status",
        "Active",
    )["QualificationType"]
    assert abs(made["CreationTime"] - time.time()) < 60  # as it came: this version writes no dates
    granted = ("--qualification-type-id", made["QualificationTypeId"], "--worker-id", "A1EXAMPLEWORKER")
    assert aws("associate-qualification-with-worker", *granted, "--integer-value", "7") is None
    assert aws("get-qualification-score", *granted)["Qualification"]["IntegerValue"] == 7
    assert aws("disassociate-qualification-from-worker", *granted) is None
    assert aws("delete-qualification-type", "--qualification-type-id", made["QualificationTypeId"]) is None


def test_pages_are_turned_by_the_cli_itself(aws: Any) -> None:
    for number in range(3):
        aws("create-worker-block", "--worker-id", f"A{number}EXAMPLE", "--reason", "Spam.")
    found = aws("list-worker-blocks", "--page-size", "2")
    assert [block["WorkerId"] for block in found["WorkerBlocks"]] == ["A0EXAMPLE", "A1EXAMPLE", "A2EXAMPLE"]


def test_an_error_is_a_sentence_and_a_status(shell: Shell, server: Server) -> None:
    done = shell(AWS, "mturk", "get-hit", "--hit-id", "3NOSUCHHIT", "--endpoint-url", server.url, more=KEYS)
    assert done.returncode == 255
    assert "An error occurred (RequestError) when calling the GetHIT operation: " in done.stderr
    assert "does not exist" in done.stderr


def test_unmodified_through_the_proxy(shell: Shell) -> None:
    commands = (
        f'"{AWS}" mturk create-worker-block --worker-id A1EXAMPLEWORKER --reason r --endpoint-url {SANDBOX} && '
        f'"{AWS}" mturk list-worker-blocks --endpoint-url {SANDBOX} --query WorkerBlocks[].WorkerId --output text && '
        f'"{AWS}" mturk list-worker-blocks --query "length(WorkerBlocks)"'
    )
    assert shell.said("sh", "-c", commands).splitlines() == ["A1EXAMPLEWORKER", "0"]


def test_another_service_is_refused_in_words(shell: Shell) -> None:
    done = shell.run(AWS, "sts", "get-caller-identity", more={"AWS_MAX_ATTEMPTS": "1"})
    assert done.returncode != 0
    assert "proxy" in done.stderr
