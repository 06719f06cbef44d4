from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import (
    HIT_TYPE,
    OTHER,
    PAST,
    QUESTION,
    THIRD,
    WORKER,
    do,
    hand_in,
    refusal,
    take,
)

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

DAY = 86_400
NOT_AGAIN = "This operation can be called with a status of: Submitted"
NOT_YET = "This operation can be called with a status of: null"
WRONG_STATE = "AWS.MechanicalTurk.InvalidAssignmentState"


@pytest.fixture
def hit_id(mturk: MTurkClient) -> str:
    members: dict[str, Any] = {"LifetimeInSeconds": 3600, "Question": QUESTION, "MaxAssignments": 5, **HIT_TYPE}
    return str(mturk.create_hit(**members)["HIT"]["HITId"])


def ids(mturk: MTurkClient, hit_id: str, *statuses: Any) -> list[str]:
    wanted: Any = {"AssignmentStatuses": statuses} if statuses else {}
    pages = mturk.get_paginator("list_assignments_for_hit").paginate(
        HITId=hit_id, PaginationConfig={"PageSize": 2}, **wanted
    )
    return [item["AssignmentId"] for page in pages for item in page["Assignments"]]


def test_an_assignment_comes_back_with_its_answers_and_times(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str
) -> None:
    assignment_id = take(marketplace, hit_id)
    marketplace.advance(60)
    hand_in(marketplace, assignment_id, country="France")
    found: Any = mturk.get_assignment(AssignmentId=assignment_id)
    assert found["HIT"] == mturk.get_hit(HITId=hit_id)["HIT"]
    read = found["Assignment"]
    assert mturk.list_assignments_for_hit(HITId=hit_id)["Assignments"] == [read]
    accepted, submitted = read.pop("AcceptTime"), read.pop("SubmitTime")
    assert (submitted - accepted).total_seconds() == pytest.approx(60, abs=1)
    assert (read.pop("Deadline") - accepted).total_seconds() == pytest.approx(600, abs=0.01)
    assert (read.pop("AutoApprovalTime") - submitted).total_seconds() == pytest.approx(30 * DAY, abs=0.01)
    assert "<QuestionIdentifier>country</QuestionIdentifier><FreeText>France</FreeText>" in read.pop("Answer")
    assert read == {
        "AssignmentId": assignment_id,
        "WorkerId": WORKER,
        "HITId": hit_id,
        "AssignmentStatus": "Submitted",
    }


def test_they_come_in_the_order_in_which_they_were_submitted(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str
) -> None:
    first, second, third = (take(marketplace, hit_id, worker) for worker in (WORKER, OTHER, THIRD))
    assert ids(mturk, hit_id) == []
    for assignment_id, worker in ((third, THIRD), (first, WORKER), (second, OTHER)):
        hand_in(marketplace, assignment_id, worker)
    assert ids(mturk, hit_id) == [third, first, second]


def test_work_of_the_same_moment_is_listed_once(mturk: MTurkClient, marketplace: Marketplace, hit_id: str) -> None:
    made = [do(marketplace, hit_id, worker) for worker in (WORKER, OTHER, THIRD)]
    with marketplace.writing() as ctx:
        ctx.db.execute("UPDATE assignments SET submit_time = 1700000000")
    assert ids(mturk, hit_id) == made


def test_they_are_listed_by_status(mturk: MTurkClient, marketplace: Marketplace, hit_id: str) -> None:
    first, second, third = (do(marketplace, hit_id, worker) for worker in (WORKER, OTHER, THIRD))
    mturk.approve_assignment(AssignmentId=first)
    mturk.reject_assignment(AssignmentId=third, RequesterFeedback="No.")
    assert ids(mturk, hit_id) == [first, second, third]
    assert ids(mturk, hit_id, "Submitted") == [second]
    assert ids(mturk, hit_id, "Rejected", "Approved") == [first, third]


def test_work_that_is_not_handed_in_is_in_no_list(mturk: MTurkClient, marketplace: Marketplace, hit_id: str) -> None:
    assignment_id = take(marketplace, hit_id)
    assert ids(mturk, hit_id) == []
    error = refusal(mturk.get_assignment, AssignmentId=assignment_id)
    assert error.message == "This operation can be called with a status of: Reviewable,Approved,Rejected"
    for decide, members in ((mturk.approve_assignment, {}), (mturk.reject_assignment, {"RequesterFeedback": "No."})):
        error = refusal(decide, AssignmentId=assignment_id, **members)
        assert (error.message, error.turk_code) == (NOT_YET, WRONG_STATE)


@pytest.mark.parametrize("operation", ["get_assignment", "approve_assignment", "reject_assignment"])
def test_an_assignment_that_is_not_there(mturk: MTurkClient, operation: str) -> None:
    members = {"RequesterFeedback": "No."} if operation == "reject_assignment" else {}
    error = refusal(getattr(mturk, operation), AssignmentId="NOSUCH", **members)
    assert error.message == "Assignment NOSUCH does not exist."
    assert error.turk_code == "AWS.MechanicalTurk.AssignmentDoesNotExist"


def test_work_is_approved_once(mturk: MTurkClient, marketplace: Marketplace, hit_id: str) -> None:
    assignment_id = do(marketplace, hit_id)
    marketplace.advance(3600)
    mturk.approve_assignment(AssignmentId=assignment_id, RequesterFeedback="Thanks.\n")
    read = mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]
    assert (read["AssignmentStatus"], read["RequesterFeedback"]) == ("Approved", "Thanks.\n")
    assert (read["ApprovalTime"] - read["SubmitTime"]).total_seconds() == pytest.approx(3600, abs=1)
    for override in (False, True):
        error = refusal(mturk.approve_assignment, AssignmentId=assignment_id, OverrideRejection=override)
        assert (error.message, error.turk_code) == (NOT_AGAIN, WRONG_STATE)
    error = refusal(mturk.reject_assignment, AssignmentId=assignment_id, RequesterFeedback="No.")
    assert error.message == NOT_AGAIN


def test_work_is_rejected_with_a_reason(mturk: MTurkClient, marketplace: Marketplace, hit_id: str) -> None:
    assignment_id = do(marketplace, hit_id)
    assert (
        "RequesterFeedback"
        in refusal(mturk.reject_assignment, AssignmentId=assignment_id, RequesterFeedback="").message
    )
    mturk.reject_assignment(AssignmentId=assignment_id, RequesterFeedback="Empty.")
    read = mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]
    assert (read["AssignmentStatus"], read["RequesterFeedback"]) == ("Rejected", "Empty.")
    assert read["RejectionTime"] >= read["SubmitTime"]
    assert "ApprovalTime" not in read
    error = refusal(mturk.reject_assignment, AssignmentId=assignment_id, RequesterFeedback="Empty.")
    assert error.message == NOT_AGAIN


@pytest.mark.parametrize("feedback", ["x" * 1025, "bell \x07"])
def test_feedback_has_its_rules(mturk: MTurkClient, marketplace: Marketplace, hit_id: str, feedback: str) -> None:
    assignment_id = do(marketplace, hit_id)
    for decide in (mturk.approve_assignment, mturk.reject_assignment):
        error = refusal(decide, AssignmentId=assignment_id, RequesterFeedback=feedback)
        assert "is not valid for the parameter RequesterFeedback." in error.message
    mturk.approve_assignment(AssignmentId=assignment_id, RequesterFeedback="\u00e9" * 1024)


def test_a_rejection_can_be_overridden_for_thirty_days(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str
) -> None:
    early, late = do(marketplace, hit_id), do(marketplace, hit_id, OTHER)
    for assignment_id in (early, late):
        mturk.reject_assignment(AssignmentId=assignment_id, RequesterFeedback="No.")
    assert refusal(mturk.approve_assignment, AssignmentId=early).message == NOT_AGAIN
    marketplace.advance(30 * DAY - 60)
    mturk.approve_assignment(AssignmentId=early, OverrideRejection=True, RequesterFeedback="Yes.")
    read = mturk.get_assignment(AssignmentId=early)["Assignment"]
    assert (read["AssignmentStatus"], read["RequesterFeedback"]) == ("Approved", "Yes.")
    marketplace.advance(60)
    error = refusal(mturk.approve_assignment, AssignmentId=late, OverrideRejection=True)
    assert error.turk_code == WRONG_STATE


def test_nothing_is_done_with_the_work_of_a_deleted_hit(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str
) -> None:
    assignment_id = do(marketplace, hit_id)
    mturk.reject_assignment(AssignmentId=assignment_id, RequesterFeedback="No.")
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    mturk.delete_hit(HITId=hit_id)
    error = refusal(mturk.approve_assignment, AssignmentId=assignment_id, OverrideRejection=True)
    assert error.turk_code == WRONG_STATE
    assert refusal(mturk.get_assignment, AssignmentId=assignment_id).message.endswith("does not exist.")
    error = refusal(mturk.list_assignments_for_hit, HITId=hit_id)
    assert error.turk_code == "AWS.MechanicalTurk.HITDoesNotExist"


def test_approved_work_is_paid_and_rejected_work_is_not(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str
) -> None:
    marketplace.set_switches(funds="prepaid", account_balance="10.00")
    approved, rejected = do(marketplace, hit_id), do(marketplace, hit_id, OTHER)
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    mturk.reject_assignment(AssignmentId=rejected, RequesterFeedback="No.")
    assert mturk.get_account_balance()["AvailableBalance"] == "9.88"
    mturk.approve_assignment(AssignmentId=approved)
    assert mturk.get_account_balance()["AvailableBalance"] == "9.88"
    mturk.approve_assignment(AssignmentId=rejected, OverrideRejection=True)
    assert mturk.get_account_balance()["AvailableBalance"] == "9.76"


def test_an_override_that_can_not_be_paid_is_refused(mturk: MTurkClient, marketplace: Marketplace, hit_id: str) -> None:
    assignment_id = do(marketplace, hit_id)
    mturk.reject_assignment(AssignmentId=assignment_id, RequesterFeedback="No.")
    marketplace.set_switches(funds="prepaid", account_balance="0.11")
    error = refusal(mturk.approve_assignment, AssignmentId=assignment_id, OverrideRejection=True)
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"
    assert mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"] == "Rejected"


def test_there_are_no_uploaded_files(mturk: MTurkClient, marketplace: Marketplace, hit_id: str) -> None:
    assignment_id = do(marketplace, hit_id)
    error = refusal(mturk.get_file_upload_url, AssignmentId=assignment_id, QuestionIdentifier="q1")
    assert "is not valid for the parameter QuestionIdentifier." in error.message
    error = refusal(mturk.get_file_upload_url, AssignmentId="NOSUCH", QuestionIdentifier="q1")
    assert error.turk_code == "AWS.MechanicalTurk.AssignmentDoesNotExist"
