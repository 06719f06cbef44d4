"""Operations on submitted assignments: list, get, approve, reject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api.hit_operations import wire_form
from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.api.parameters import Request, check_length, check_not_empty, flag
from pulumi_mturk.marketplace.domain.assignments import (
    FINISHED,
    approve,
    find_assignment,
    override_rejection,
    reject,
    require_submitted,
    unknown_assignment,
    wrong_assignment_state,
)
from pulumi_mturk.marketplace.domain.hits import find_hit, find_undeleted
from pulumi_mturk.marketplace.errors import invalid_parameter
from pulumi_mturk.marketplace.storage.assignments import submitted

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

FEEDBACK_LENGTH: Final = 1024
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def list_assignments_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """ListAssignmentsForHIT: those of the statuses Submitted, Approved and Rejected that are asked for (documented).

    Without statuses it is all three, as clients expect (observed). They come in the order in which they were submitted
    (documented in the old API as the default). A deleted HIT has none any more (documented; the error is guessed).
    """
    hit = find_undeleted(ctx, request["HITId"])
    wanted = request.get("AssignmentStatuses") or FINISHED

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for row in submitted(ctx.db, hit["id"], dict.fromkeys(wanted), after):
            yield row["sequence"], _wire_form(row)

    return page(ctx, request, "ListAssignmentsForHIT", "Assignments", rows)


def get_assignment(ctx: Context, request: Request) -> dict[str, Any]:
    """GetAssignment: a submitted assignment, with its HIT (documented).

    For one that is accepted, returned or abandoned the error's text is the old API's (observed there). Once the HIT is
    deleted it is not found (documented; the error is guessed).
    """
    row = find_assignment(ctx, request["AssignmentId"])
    hit = find_hit(ctx, row["hit_id"])
    if hit["deleted"]:
        raise unknown_assignment(row["id"])
    if row["status"] not in FINISHED:
        raise wrong_assignment_state("Reviewable,Approved,Rejected")
    return {"Assignment": _wire_form(row), "HIT": wire_form(ctx, hit)}


def approve_assignment(ctx: Context, request: Request) -> dict[str, Any]:
    """ApproveAssignment: pays the worker the reward, and charges the fee (documented).

    The feedback has 1024 characters at most, and no control characters (documented). With OverrideRejection a rejected
    assignment is approved, within 30 days after its submission, while the HIT is not deleted (documented). It fails if
    the balance is too low (documented). An approved assignment can not be approved again (observed). For an assignment
    that is not submitted the error has another text (observed). The feedback of the approval replaces that of the
    rejection, whose time stays (guessed).
    """
    _check_feedback(request)
    row = find_assignment(ctx, request["AssignmentId"])
    if row["status"] == "Rejected" and flag(request, "OverrideRejection", default=False):
        override_rejection(ctx, row, request.get("RequesterFeedback"))
    else:
        require_submitted(row)
        approve(ctx, row, request.get("RequesterFeedback"))
    return {}


def reject_assignment(ctx: Context, request: Request) -> dict[str, Any]:
    """RejectAssignment: the worker is not paid, and reads the feedback, which must be there (documented).

    It has 1024 characters at most, and no control characters (documented). An empty one is refused (guessed). Only
    assignments that were neither approved nor rejected can be rejected (observed).
    """
    check_not_empty(request, "RequesterFeedback")
    _check_feedback(request)
    row = find_assignment(ctx, request["AssignmentId"])
    require_submitted(row)
    reject(ctx, row, request["RequesterFeedback"])
    return {}


def get_file_upload_url(ctx: Context, request: Request) -> dict[str, Any]:
    """GetFileUploadURL: there are no files, as question forms can not ask for any since 2017 (documented).

    The assignment has to be there, and the error for the question is not known (guessed).
    """
    row = find_assignment(ctx, request["AssignmentId"])
    if row["status"] not in FINISHED:
        raise wrong_assignment_state("Reviewable,Approved,Rejected")
    detail = "The question has no FileUploadAnswer"
    raise invalid_parameter("QuestionIdentifier", request["QuestionIdentifier"], detail)


def _check_feedback(request: Request) -> None:
    check_length(request, "RequesterFeedback", FEEDBACK_LENGTH)
    feedback = request.get("RequesterFeedback", "")
    if _CONTROL.search(feedback):
        raise invalid_parameter("RequesterFeedback", feedback, "Control characters can not be used")


def _wire_form(row: Row) -> dict[str, Any]:
    return {
        "AssignmentId": row["id"],
        "WorkerId": row["worker_id"],
        "HITId": row["hit_id"],
        "AssignmentStatus": row["status"],
        "AutoApprovalTime": row["auto_approval_time"],
        "AcceptTime": row["accept_time"],
        "SubmitTime": row["submit_time"],
        "ApprovalTime": row["approval_time"],
        "RejectionTime": row["rejection_time"],
        "Deadline": row["deadline"],
        "Answer": row["answer"],
        "RequesterFeedback": row["requester_feedback"],
    }
