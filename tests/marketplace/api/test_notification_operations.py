from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, refusal
from tests.support.marketplace.assignments import WORKER, assignment_of

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

MESSAGE: dict[str, Any] = {"Subject": "New receipts", "MessageText": "There are more now.", "WorkerIds": [WORKER]}


@pytest.fixture
def hit_id(mturk: MTurkClient) -> str:
    return mturk.create_hit(**HIT_TYPE, Question=QUESTION, LifetimeInSeconds=3600, MaxAssignments=9)["HIT"]["HITId"]


@pytest.mark.parametrize("status", ["Approved", "Rejected"])
def test_workers_whose_work_was_reviewed_get_the_message(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str, status: str
) -> None:
    assignment_of(marketplace, hit_id, status=status)
    assert mturk.notify_workers(**{**MESSAGE, "WorkerIds": [WORKER, WORKER]})["NotifyWorkersFailureStatuses"] == []
    (told,) = marketplace.notifications()
    assert (told.kind, told.worker_id, told.subject) == ("Message", WORKER, "New receipts")
    assert told.text == "There are more now."


@pytest.mark.parametrize("status", ["Accepted", "Submitted", "Returned", "Abandoned"])
def test_strangers_are_failures_of_a_success(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str, status: str
) -> None:
    assignment_of(marketplace, hit_id, status="Approved")
    assignment_of(marketplace, hit_id, "A2EXAMPLEWORKER", status)
    answer = mturk.notify_workers(**{**MESSAGE, "WorkerIds": ["A2EXAMPLEWORKER", WORKER]})
    assert answer["NotifyWorkersFailureStatuses"] == [
        {
            "NotifyWorkersFailureCode": "HardFailure",
            "NotifyWorkersFailureMessage": "Cannot send a notification to a worker who has not done any work for you",
            "WorkerId": "A2EXAMPLEWORKER",
        }
    ]
    assert [told.worker_id for told in marketplace.notifications()] == [WORKER]


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"Subject": ""}, "Subject"),
        ({"Subject": "s" * 201}, "Subject"),
        ({"MessageText": ""}, "MessageText"),
        ({"MessageText": "m" * 4097}, "MessageText"),
        ({"WorkerIds": []}, "WorkerId"),
        ({"WorkerIds": [f"A{number}EXAMPLE" for number in range(101)]}, "WorkerId"),
    ],
)
def test_the_limits_of_a_message(mturk: MTurkClient, changes: dict[str, Any], parameter: str) -> None:
    error = refusal(mturk.notify_workers, **{**MESSAGE, **changes})
    assert error.kind == "ParameterValidationError"
    assert f"is not valid for the parameter {parameter}." in error.message


def test_a_message_may_be_as_large_as_the_limits(mturk: MTurkClient) -> None:
    worker_ids = [f"A{number}EXAMPLE" for number in range(100)]
    answer = mturk.notify_workers(Subject="s" * 200, MessageText="m" * 4096, WorkerIds=worker_ids)
    assert len(answer["NotifyWorkersFailureStatuses"]) == 100
