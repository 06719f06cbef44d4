"""HITs: find, their status, and their numbers of assignments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.money import check_funds
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error
from pulumi_mturk.marketplace.storage import hits

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

MAX_ASSIGNMENTS: Final = 1_000_000_000
EXTENSION_THRESHOLD: Final = 10
"""A HIT that was created with fewer assignments can not be extended to this number or more (documented)."""


@dataclass(frozen=True)
class AssignmentCounts:
    """The numbers of a HIT's assignments; returned and abandoned ones are available again."""

    available: int
    """Not taken: how many can be accepted or, once the HIT has expired, how many nobody did (observed)."""
    pending: int
    """Accepted and not submitted yet; previews do not count here (guessed: the documents count them)."""
    submitted: int
    """Submitted, and neither approved nor rejected."""
    completed: int
    """Approved or rejected (documented)."""


def find_hit(ctx: Context, hit_id: str) -> Row:
    """A HIT with its type's properties, deleted or not.

    Raises WireError. Another requester's HIT does not exist for the caller (guessed).
    """
    row = hits.find(ctx.db, hit_id)
    if row is None or not ctx.reaches(row["account"]):
        raise _unknown_hit(hit_id)
    return row


def find_undeleted(ctx: Context, hit_id: str) -> Row:
    """A HIT that can still be read; raises WireError."""
    row = find_hit(ctx, hit_id)
    if row["deleted"]:
        raise _unknown_hit(hit_id)
    return row


def assignment_counts(row: Row) -> AssignmentCounts:
    """How many assignments of a HIT there are in each state."""
    taken = row["pending"] + row["submitted"] + row["completed"]
    available = max(0, row["max_assignments"] - taken)
    return AssignmentCounts(available, row["pending"], row["submitted"], row["completed"])


def status_of(ctx: Context, row: Row) -> str:
    """The HIT's status, as responses have it."""
    return status_from(ctx, row, assignment_counts(row))


def add_assignments(ctx: Context, row: Row, more: int) -> None:
    """Fewer than ten assignments can not become ten or more (documented; the text is guessed)."""
    maximum = row["max_assignments"] + more
    if row["max_assignments"] < EXTENSION_THRESHOLD <= maximum:
        raise request_error(
            "InvalidMaximumAssignmentsIncrease",
            f"A HIT created with fewer than {EXTENSION_THRESHOLD} assignments can not be extended to have "
            f"{EXTENSION_THRESHOLD} or more.",
        )
    if maximum > MAX_ASSIGNMENTS:
        detail = f"A HIT can have {MAX_ASSIGNMENTS} assignments at most"
        raise invalid_parameter("NumberOfAdditionalAssignments", more, detail)
    check_funds(ctx, row, more, of=maximum)
    hits.change(ctx.db, row["id"], max_assignments=maximum)
    emit(ctx, "HITExtended", row["id"])


def wrong_state(state: str, allowed: str) -> WireError:
    """Text observed, two spaces included."""
    message = f"This HIT is currently in the state '{state}'.  This operation can be called with a status of: {allowed}"
    return request_error("InvalidHITState", message)


def status_from(ctx: Context, row: Row, counts: AssignmentCounts) -> str:
    """A HIT is Assignable while it can be accepted, and Unassignable while all assignments are taken (documented).

    It is Reviewable when all assignments were submitted, or when it has expired (documented). It is Unassignable until
    then while work on it is under way, also if it has expired (observed). It is Reviewing where the requester said so,
    and Disposed once deleted (documented).
    """
    if row["deleted"]:
        return "Disposed"
    if counts.available and ctx.now < row["expiration"]:
        return "Assignable"
    if counts.pending:
        return "Unassignable"
    return "Reviewing" if row["reviewing"] else "Reviewable"


def _unknown_hit(hit_id: str) -> WireError:
    """The code is known from Amazon's own clients, the text is guessed."""
    return request_error("HITDoesNotExist", f"Hit {hit_id} does not exist.")
