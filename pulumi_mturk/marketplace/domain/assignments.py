"""Assignments for the requester's side: find, approve, reject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import money
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.errors import WireError, request_error
from pulumi_mturk.marketplace.storage.assignments import set_status

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

FINISHED: Final = ("Submitted", "Approved", "Rejected")


def find_assignment(ctx: Context, assignment_id: str) -> Row:
    """An assignment of any status; raises WireError."""
    row = ctx.db.execute("SELECT * FROM assignments WHERE id = ?", (assignment_id,)).fetchone()
    if row is None:
        raise unknown_assignment(assignment_id)
    return row  # type: ignore[no-any-return]


def approve(ctx: Context, assignment: Row, feedback: str | None) -> None:
    """Pay and approve; raises WireError if this overrides a rejection and the balance is too low."""
    money.pay_reward(ctx, assignment)
    set_status(ctx.db, assignment, "Approved", approval_time=ctx.now, requester_feedback=feedback)
    emit(ctx, "AssignmentApproved", assignment["hit_id"], assignment["id"])


def reject(ctx: Context, assignment: Row, feedback: str | None) -> None:
    """Reject a submitted assignment."""
    set_status(ctx.db, assignment, "Rejected", rejection_time=ctx.now, requester_feedback=feedback)
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
