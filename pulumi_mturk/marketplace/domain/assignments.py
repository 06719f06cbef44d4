"""Assignments for the requester's side: find, approve, reject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import money
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.hits import find_hit
from pulumi_mturk.marketplace.errors import WireError, request_error
from pulumi_mturk.marketplace.storage import assignments

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

FINISHED: Final = ("Submitted", "Approved", "Rejected")
OVERRIDE_SECONDS: Final = 30 * 86_400
"""After it was submitted, in which a rejected assignment can be approved."""


def find_assignment(ctx: Context, assignment_id: str) -> Row:
    """An assignment of any status.

    Raises WireError. One of another requester's HIT does not exist for the caller (guessed).
    """
    row = assignments.find(ctx.db, assignment_id)
    if row is None or not ctx.reaches(row["account"]):
        raise unknown_assignment(assignment_id)
    return row


def approve(ctx: Context, assignment: Row, feedback: str | None) -> None:
    """Approve and pay; `assignment` is its row before.

    Raises WireError if this overrides a rejection and the balance is too low, or if another process was quicker.
    """
    if not approve_unless_changed(ctx, assignment, feedback):
        raise not_submitted(find_assignment(ctx, assignment["id"]))


def approve_unless_changed(ctx: Context, assignment: Row, feedback: str | None) -> bool:
    """As `approve`; False, and nothing is paid, if another process has changed it."""
    changes = {"approval_time": ctx.now, "requester_feedback": feedback}
    if not assignments.set_status(ctx.db, assignment, "Approved", **changes):
        return False
    money.pay_reward(ctx, assignment)
    emit(ctx, "AssignmentApproved", assignment["hit_id"], assignment["id"])
    return True


def can_be_overridden(ctx: Context, assignment: Row) -> bool:
    """Whether it is rejected, and that can be overridden still; the times are those of ApproveAssignment."""
    return (
        assignment["status"] == "Rejected"
        and ctx.now <= assignment["submit_time"] + OVERRIDE_SECONDS
        and not find_hit(ctx, assignment["hit_id"])["deleted"]
    )


def override_rejection(ctx: Context, assignment: Row, feedback: str | None) -> None:
    """Approve and pay a rejected assignment, as `approve`; the feedback takes the place of the rejection's.

    Raises WireError if it can't be overridden, or as `approve`.
    """
    if not can_be_overridden(ctx, assignment):
        raise not_submitted(assignment)
    approve(ctx, assignment, feedback)


def reject(ctx: Context, assignment: Row, feedback: str | None) -> None:
    """Reject a submitted assignment; raises WireError if another process was quicker."""
    changes = {"rejection_time": ctx.now, "requester_feedback": feedback}
    if not assignments.set_status(ctx.db, assignment, "Rejected", **changes):
        raise not_submitted(find_assignment(ctx, assignment["id"]))
    emit(ctx, "AssignmentRejected", assignment["hit_id"], assignment["id"])


def require_submitted(row: Row) -> None:
    """Only submitted assignments can be approved or rejected, and only once (observed)."""
    if row["status"] != "Submitted":
        raise not_submitted(row)


def unknown_assignment(assignment_id: str) -> WireError:
    """Text observed; the code is known from Amazon's own clients."""
    return request_error("AssignmentDoesNotExist", f"Assignment {assignment_id} does not exist.")


def not_submitted(row: Row) -> WireError:
    """Texts observed, also that for assignments that were not submitted."""
    return wrong_assignment_state("Submitted" if row["status"] in FINISHED else "null")


def wrong_assignment_state(allowed: str) -> WireError:
    """The code is known from Amazon's own clients."""
    message = f"This operation can be called with a status of: {allowed}"
    return request_error("InvalidAssignmentState", message)
