from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import WorkerRefusedError
from tests.support.marketplace.api_calls import ANSWER_KEY, TEST, refusal

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

WORKER = "A1EXAMPLEWORKER"


def score(mturk: MTurkClient, qualification_type_id: str) -> int:
    answer = mturk.get_qualification_score(QualificationTypeId=qualification_type_id, WorkerId=WORKER)
    return answer["Qualification"]["IntegerValue"]


def test_a_request_waits_for_the_requester(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    request_id = marketplace.request_qualification(WORKER, qualification_type_id, answer="<answers/>")
    (found,) = mturk.list_qualification_requests(QualificationTypeId=qualification_type_id)["QualificationRequests"]
    assert abs(found["SubmitTime"].timestamp() - marketplace.now()) < 5
    del found["SubmitTime"]
    assert found == {
        "QualificationRequestId": request_id,
        "QualificationTypeId": qualification_type_id,
        "WorkerId": WORKER,
        "Answer": "<answers/>",
    }


def test_a_request_of_a_tested_type_has_the_test(mturk: MTurkClient, marketplace: Marketplace) -> None:
    made = mturk.create_qualification_type(
        Name="Tested",
        Description="Words.",
        QualificationTypeStatus="Active",
        Test=TEST,
        AnswerKey=ANSWER_KEY,
        TestDurationInSeconds=60,
    )
    marketplace.request_qualification(WORKER, made["QualificationType"]["QualificationTypeId"])
    (found,) = mturk.list_qualification_requests()["QualificationRequests"]
    assert found["Test"] == TEST


def test_an_auto_granted_type_is_granted_at_once(mturk: MTurkClient, marketplace: Marketplace) -> None:
    made = mturk.create_qualification_type(
        Name="Open",
        Description="Words.",
        QualificationTypeStatus="Active",
        AutoGranted=True,
        AutoGrantedValue=7,
    )
    identity = made["QualificationType"]["QualificationTypeId"]
    assert marketplace.request_qualification(WORKER, identity) is None
    assert score(mturk, identity) == 7


def test_an_accepted_request_is_a_grant(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    request_id = marketplace.request_qualification(WORKER, qualification_type_id)
    mturk.accept_qualification_request(QualificationRequestId=str(request_id), IntegerValue=55)
    assert score(mturk, qualification_type_id) == 55
    assert mturk.list_qualification_requests()["NumResults"] == 0


def test_a_grant_leaves_the_request_which_may_change_the_score_later(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    request_id = marketplace.request_qualification(WORKER, qualification_type_id)
    mturk.associate_qualification_with_worker(
        QualificationTypeId=qualification_type_id, WorkerId=WORKER, IntegerValue=1
    )
    assert mturk.list_qualification_requests()["NumResults"] == 1
    mturk.accept_qualification_request(QualificationRequestId=str(request_id), IntegerValue=2)
    assert score(mturk, qualification_type_id) == 2


def test_a_rejected_request_leaves_the_score(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    request_id = marketplace.request_qualification(WORKER, qualification_type_id)
    mturk.associate_qualification_with_worker(
        QualificationTypeId=qualification_type_id, WorkerId=WORKER, IntegerValue=1
    )
    mturk.reject_qualification_request(QualificationRequestId=str(request_id), Reason="Not now.")
    assert score(mturk, qualification_type_id) == 1
    assert mturk.list_qualification_requests()["NumResults"] == 0


@pytest.mark.parametrize("operation", ["accept_qualification_request", "reject_qualification_request"])
def test_a_request_is_answered_once(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str, operation: str
) -> None:
    key: Any = {"QualificationRequestId": marketplace.request_qualification(WORKER, qualification_type_id)}
    mturk.reject_qualification_request(**key)
    error = refusal(getattr(mturk, operation), **key)
    assert error.turk_code == "AWS.MechanicalTurk.InvalidQualificationRequestState"


def test_an_unknown_request_does_not_exist(mturk: MTurkClient) -> None:
    error = refusal(mturk.accept_qualification_request, QualificationRequestId="no such request")
    assert error.turk_code == "AWS.MechanicalTurk.QualificationRequestDoesNotExist"


def test_requests_of_one_type_are_listed(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    other = mturk.create_qualification_type(Name="Other", Description="Words.", QualificationTypeStatus="Active")
    other_id = other["QualificationType"]["QualificationTypeId"]
    for identity in (qualification_type_id, other_id):
        marketplace.request_qualification(WORKER, identity)
    assert mturk.list_qualification_requests(QualificationTypeId=other_id)["NumResults"] == 1
    assert mturk.list_qualification_requests()["NumResults"] == 2


def test_nobody_can_request_an_inactive_type(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    mturk.update_qualification_type(QualificationTypeId=qualification_type_id, QualificationTypeStatus="Inactive")
    with pytest.raises(WorkerRefusedError):
        marketplace.request_qualification(WORKER, qualification_type_id)
