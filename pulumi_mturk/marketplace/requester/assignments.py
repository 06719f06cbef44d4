"""Assignments as requesters see them, which is once they were handed in: read, approved, rejected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.context import flag
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error
from pulumi_mturk.marketplace.requester import money
from pulumi_mturk.marketplace.requester.hits import find_hit, find_undeleted, wire_form
from pulumi_mturk.marketplace.requester.notifications import emit
from pulumi_mturk.marketplace.requester.paging import page
from pulumi_mturk.marketplace.requester.text_rules import filled, not_longer
from pulumi_mturk.marketplace.type_store import DAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator

    from pulumi_mturk.marketplace.context import Context, Request

FEEDBACK_LENGTH: Final = 1024
OVERRIDE_DAYS: Final = 30
_FINISHED: Final = ("Submitted", "Approved", "Rejected")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def list_assignments_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """ListAssignmentsForHIT: those of the statuses Submitted, Approved and Rejected that are asked for (documented).

    Without statuses it is all three, as clients expect (observed). They come in the order in which they were submitted
    (documented in the old API as the default). A deleted HIT has none any more (documented; the error is guessed).
    """
    hit = find_undeleted(ctx, request["HITId"])
    wanted = request.get("AssignmentStatuses") or _FINISHED

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        found = ctx.db.execute(
            """SELECT * FROM assignments WHERE hit_id = :hit AND submit_time IS NOT NULL AND (submit_time, sequence) >
                (coalesce((SELECT submit_time FROM assignments WHERE sequence = :after), -1), :after)
            ORDER BY submit_time, sequence""",
            {"hit": hit["id"], "after": after},
        )
        for row in found:
            if row["status"] in wanted:
                yield row["sequence"], _wire_form(row)

    return page(ctx, request, "ListAssignmentsForHIT", "Assignments", rows)


def get_assignment(ctx: Context, request: Request) -> dict[str, Any]:
    """GetAssignment: one that was handed in, with its HIT (documented).

    For one that is under way, returned or abandoned the error's text is the old API's (observed there). Once the HIT is
    deleted it is not found (documented; the error is guessed).
    """
    row = find_assignment(ctx, request["AssignmentId"])
    hit = find_hit(ctx, row["hit_id"])
    if hit["deleted"]:
        raise unknown_assignment(row["id"])
    if row["status"] not in _FINISHED:
        raise _wrong_state("Reviewable,Approved,Rejected")
    return {"Assignment": _wire_form(row), "HIT": wire_form(ctx, hit)}


def approve_assignment(ctx: Context, request: Request) -> dict[str, Any]:
    """ApproveAssignment: pays the worker the reward, and charges the fee (documented).

    The feedback has 1024 characters at most, and no control characters (documented). With OverrideRejection work that
    was rejected is approved, within 30 days from when it was submitted, while the HIT is not deleted (documented). It
    fails where the money is not there (documented). Work that was approved before can not be again (observed). Work
    that is not handed in has a text of its own (observed). The feedback of the approval takes the place of that of the
    rejection, whose time stays (guessed).
    """
    _check_feedback(request)
    row = find_assignment(ctx, request["AssignmentId"])
    overridden = row["status"] == "Rejected" and flag(request, "OverrideRejection", default=False)
    if overridden:
        if ctx.now > row["submit_time"] + OVERRIDE_DAYS * DAY or find_hit(ctx, row["hit_id"])["deleted"]:
            raise _not_submitted(row)
    else:
        require_submitted(row)
    approve(ctx, row, request.get("RequesterFeedback"))
    return {}


def reject_assignment(ctx: Context, request: Request) -> dict[str, Any]:
    """RejectAssignment: the worker is not paid, and reads the feedback, which must be there (documented).

    It has 1024 characters at most, and no control characters (documented). An empty one is refused (guessed). Only work
    that was neither approved nor rejected can be rejected (observed).
    """
    filled(request, "RequesterFeedback")
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
    if row["status"] not in _FINISHED:
        raise _wrong_state("Reviewable,Approved,Rejected")
    detail = "The question has no FileUploadAnswer"
    raise invalid_parameter("QuestionIdentifier", request["QuestionIdentifier"], detail)


def find_assignment(ctx: Context, assignment_id: str) -> sqlite3.Row:
    """An assignment, in whatever state; raises WireError."""
    row = ctx.db.execute("SELECT * FROM assignments WHERE id = ?", (assignment_id,)).fetchone()
    if row is None:
        raise unknown_assignment(assignment_id)
    return row  # type: ignore[no-any-return]


def approve(ctx: Context, assignment: sqlite3.Row, feedback: str | None) -> None:
    """Pay the work and call it approved; raises WireError where a rejection is overridden and the money is missing."""
    money.pay_reward(ctx, assignment)
    ctx.db.execute(
        "UPDATE assignments SET status = 'Approved', approval_time = ?, requester_feedback = ? WHERE id = ?",
        (ctx.now, feedback, assignment["id"]),
    )
    emit(ctx, "AssignmentApproved", assignment["hit_id"], assignment["id"])


def reject(ctx: Context, assignment: sqlite3.Row, feedback: str | None) -> None:
    """Call the work rejected."""
    ctx.db.execute(
        "UPDATE assignments SET status = 'Rejected', rejection_time = ?, requester_feedback = ? WHERE id = ?",
        (ctx.now, feedback, assignment["id"]),
    )
    emit(ctx, "AssignmentRejected", assignment["hit_id"], assignment["id"])


def require_submitted(row: sqlite3.Row) -> None:
    """Work that was decided on before can not be decided on again; nor can work that was not handed in (observed)."""
    if row["status"] != "Submitted":
        raise _not_submitted(row)


def _check_feedback(request: Request) -> None:
    not_longer(request, "RequesterFeedback", FEEDBACK_LENGTH)
    feedback = request.get("RequesterFeedback", "")
    if _CONTROL.search(feedback):
        raise invalid_parameter("RequesterFeedback", feedback, "Control characters can not be used")


def unknown_assignment(assignment_id: str) -> WireError:
    """Text observed; the code is known from Amazon's own clients."""
    return request_error("AssignmentDoesNotExist", f"Assignment {assignment_id} does not exist.")


def _not_submitted(row: sqlite3.Row) -> WireError:
    """Texts observed, also that of work that was not handed in."""
    return _wrong_state("Submitted" if row["status"] in _FINISHED else "null")


def _wrong_state(allowed: str) -> WireError:
    """The code is known from Amazon's own clients."""
    message = f"This operation can be called with a status of: {allowed}"
    return request_error("InvalidAssignmentState", message)


def _wire_form(row: sqlite3.Row) -> dict[str, Any]:
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
