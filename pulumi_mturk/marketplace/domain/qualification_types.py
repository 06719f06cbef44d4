"""Qualification types of requesters: find them, and their state.

Any requester may read a type and require it of workers; the owner alone changes it, and who holds it (documented).

A deleted type is Disposing until no HIT requires it any more and the hold on its name has passed (documented);
then it is gone. Nothing runs in the background: the state is computed when it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pulumi_mturk.marketplace.domain.system_qualification_types import find_system_type
from pulumi_mturk.marketplace.errors import WireError, permission_denied, request_error, unknown_qualification_type
from pulumi_mturk.marketplace.storage import meta, qualification_requests, qualification_types

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

DAY: Final = 86_400
_REJECTED: Final = 100
"""Requests that are rejected at once, in some milliseconds: nobody waits long for the write lock."""
State = Literal["Active", "Inactive", "Disposing", "Gone"]


def state_of(ctx: Context, row: Row) -> State:
    """Active, Inactive, Disposing (being deleted) or Gone (deleted)."""
    if row["held_until"] is not None:
        waiting = ctx.now < row["held_until"] or qualification_types.is_required_by_hit(ctx.db, row["id"])
        return "Disposing" if waiting else "Gone"
    idle = ctx.switches.idle_removal_days * DAY
    if idle and ctx.now >= row["last_used"] + idle and not qualification_types.is_required_by_hit(ctx.db, row["id"]):
        return "Gone"
    return "Active" if row["status"] == "Active" else "Inactive"


def find_type(ctx: Context, qualification_type_id: str) -> tuple[Row, State] | None:
    """A type that is not gone, of whichever requester."""
    row = qualification_types.find(ctx.db, qualification_type_id)
    if row is None:
        return None
    state = state_of(ctx, row)
    return None if state == "Gone" else (row, state)


def require_own(ctx: Context, qualification_type_id: str) -> tuple[Row, State]:
    """A type that the caller owns: others may be required, but only the owner may act on them (documented)."""
    found = find_type(ctx, qualification_type_id)
    if found is not None and ctx.reaches(found[0]["account"]):
        return found
    if found is not None or find_system_type(qualification_type_id, ctx.switches) is not None:
        raise permission_denied()
    raise unknown_qualification_type(qualification_type_id)


def require_live(ctx: Context, qualification_type_id: str) -> Row:
    """A type that the caller owns and that is not being deleted (code and text observed in the old API)."""
    row, state = require_own(ctx, qualification_type_id)
    if state == "Disposing":
        raise disposing_error()
    return row


def delete(ctx: Context, qualification_type_id: str) -> None:
    """Delete a type, and with it the HIT types that require it; its pending requests are rejected."""
    qualification_types.delete(ctx.db, qualification_type_id, ctx.now + ctx.switches.name_held_seconds)
    reject_requests(ctx, qualification_type_id)


def reject_requests(ctx: Context, qualification_type_id: str) -> None:
    """Store that requests for a deleted type are rejected: of some now, and of more by a due event, if there are more.

    Whoever reads them finds none pending all the same.
    """
    rejected = qualification_requests.reject_some(ctx.db, qualification_type_id, _REJECTED)
    meta.set_rejecting(ctx.db, qualification_type_id, are_left=rejected == _REJECTED)


def disposing_error() -> WireError:
    """The error of operations that a type being deleted does not allow."""
    return request_error(
        "InvalidQualificationTypeState", "This operation can be called with a status of: Active,Inactive"
    )


def mark_used(ctx: Context, qualification_type_id: str) -> None:
    """Restart the type's idle time."""
    if ctx.switches.idle_removal_days:
        qualification_types.change(ctx.db, qualification_type_id, {"last_used": ctx.now})
