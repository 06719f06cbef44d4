"""What the marketplace's tests share: documents, refusals, and calls without HTTP."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from pulumi_mturk.marketplace.domain import worker_assignments
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace, Response, Server

SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"
TEST = f"""<QuestionForm xmlns="{SCHEMAS}/2017-11-06/QuestionForm.xsd"><Question>
<QuestionIdentifier>q1</QuestionIdentifier><QuestionContent><Text>2 + 2?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><Selections>
<Selection><SelectionIdentifier>a</SelectionIdentifier><Text>4</Text></Selection>
<Selection><SelectionIdentifier>b</SelectionIdentifier><Text>5</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question></QuestionForm>"""
ANSWER_KEY = f"""<AnswerKey xmlns="{SCHEMAS}/2005-10-01/AnswerKey.xsd"><Question>
<QuestionIdentifier>q1</QuestionIdentifier><AnswerOption>
<SelectionIdentifier>a</SelectionIdentifier><AnswerScore>1</AnswerScore></AnswerOption></Question></AnswerKey>"""
QUESTION = f"""<HTMLQuestion xmlns="{SCHEMAS}/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>"""
HIT_TYPE: dict[str, Any] = {
    "Title": "Transcribe a receipt",
    "Description": "Type what the receipt says.",
    "Reward": "0.10",
    "AssignmentDurationInSeconds": 600,
}
ALREADY_EXISTS = (
    "You have already created a QualificationType with this name. A QualificationType's name must be unique "
    "among all of the QualificationTypes created by the same user."
)
PAST: Any = 0
"""Expire now: boto3 takes a number, its types do not say so."""
WORKER, OTHER, THIRD = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER"
ADULT, LOCALE = "00000000000000000060", "00000000000000000071"
APPROVED, PERCENT_APPROVED = "00000000000000000040", "000000000000000000L0"
MASTERS, SANDBOX_MASTERS = "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH", "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6"


@dataclass(frozen=True)
class Refusal:
    """An error as boto3 gives it, its message without the time."""

    kind: str
    message: str
    turk_code: str | None


def refusal(call: Callable[..., object], **parameters: Any) -> Refusal:
    """The error of a call that has to fail."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    response: Any = caught.value.response
    message = re.sub(r" \([0-9]{13}( s)?\)$", "", response["Error"]["Message"])
    return Refusal(response["Error"]["Code"], message, response.get("TurkErrorCode"))


def client_of(server: Server) -> MTurkClient:
    """boto3 as the client of a server; it tries each call once."""
    return boto3.client(
        "mturk",
        region_name="us-east-1",
        endpoint_url=server.url,
        aws_access_key_id="example",
        aws_secret_access_key="example",  # noqa: S106 - the marketplace looks at no signature
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=True),
    )


def take(marketplace: Marketplace, hit_id: str, worker_id: str = WORKER) -> str:
    """Register a worker, who accepts a HIT: the assignment's id."""
    marketplace.register_worker(worker_id)
    with marketplace.writing() as ctx:
        return worker_assignments.accept(ctx, worker_id, hit_id)


def hand_in(marketplace: Marketplace, assignment_id: str, worker_id: str = WORKER, **answers: str) -> None:
    """The worker hands in an assignment."""
    with marketplace.writing() as ctx:
        worker_assignments.submit(ctx, worker_id, assignment_id, list(answers.items()))


def do(marketplace: Marketplace, hit_id: str, worker_id: str = WORKER, **answers: str) -> str:
    """Register a worker, who does a HIT at once: the assignment's id."""
    assignment_id = take(marketplace, hit_id, worker_id)
    hand_in(marketplace, assignment_id, worker_id, **answers)
    return assignment_id


class InProcessClient:
    """Calls of the handler, with the request's bytes and the answer's in sight."""

    def __init__(self, marketplace: Marketplace, account: int = FIRST_ACCOUNT) -> None:
        self.marketplace = marketplace
        self.account = account

    def send(self, operation: str, body: bytes) -> Response:
        headers = {"X-Amz-Target": f"MTurkRequesterServiceV20170117.{operation}"}
        return self.marketplace.handle("POST", "/", headers, body, account=self.account)

    def call(self, operation: str, **members: Any) -> tuple[int, dict[str, Any]]:
        response = self.send(operation, json.dumps(members).encode())
        return response.status, json.loads(response.body)

    def new_type(self, name: str = "Transcription") -> str:
        status, answer = self.call(
            "CreateQualificationType", Name=name, Description="Words.", QualificationTypeStatus="Active"
        )
        assert status == 200
        return str(answer["QualificationType"]["QualificationTypeId"])


def earn(marketplace: Marketplace, worker: str, bonus: str | None = None) -> None:
    """A HIT is done and approved: ten cents."""
    direct = InProcessClient(marketplace)
    _, made = direct.call("CreateHIT", **HIT_TYPE, Question=QUESTION, LifetimeInSeconds=3600)
    assignment = do(marketplace, made["HIT"]["HITId"], worker)
    assert direct.call("ApproveAssignment", AssignmentId=assignment)[0] == 200
    if bonus:
        sent = {"WorkerId": worker, "BonusAmount": bonus, "AssignmentId": assignment, "Reason": "Thanks."}
        assert direct.call("SendBonus", **sent)[0] == 200
