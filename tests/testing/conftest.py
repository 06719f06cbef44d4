"""What a requester's program does, and an environment that the tests of the mock know."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from tests.support.marketplace import questions
from tests.support.marketplace.api_calls import ANSWER_KEY, QUESTION, TEST

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient


@pytest.fixture(autouse=True)
def _user_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's own: a key that must not be used, with a token, and no region."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAUSERSOWN")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the user's own")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "a token")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


def new_type(client: MTurkClient, name: str = "Receipts", **members: Any) -> str:
    made = client.create_qualification_type(
        Name=name, Description="Can read receipts.", QualificationTypeStatus="Active", **members
    )
    return made["QualificationType"]["QualificationTypeId"]


def new_tested_type(client: MTurkClient, *, key: bool = True) -> str:
    return new_type(client, Test=TEST, TestDurationInSeconds=600, **({"AnswerKey": ANSWER_KEY} if key else {}))


def publish(client: MTurkClient, *requirements: dict[str, Any], **members: Any) -> str:
    """A HIT for two workers; its id."""
    hit_id: str = questions.publish(client, QUESTION, *requirements, **({"MaxAssignments": 2} | members))["HITId"]
    return hit_id


def names() -> list[str]:
    """The qualification types that a program finds."""
    found = boto3.client("mturk").list_qualification_types(MustBeRequestable=False, MustBeOwnedByCaller=True)
    return [each["Name"] for each in found["QualificationTypes"]]


def outside() -> bool:
    """Whether no mock is active, by what the user's own environment is."""
    aws = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return aws == {
        "AWS_ACCESS_KEY_ID": "AKIAUSERSOWN",
        "AWS_SECRET_ACCESS_KEY": "the user's own",
        "AWS_SESSION_TOKEN": "a token",
    }
