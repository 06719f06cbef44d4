"""HITs that are there already: expired or extended, moved to another type, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.errors import WireError, request_error
from pulumi_mturk.marketplace.requester import hit_types, tokens
from pulumi_mturk.marketplace.requester.hits import add_assignments, counts_of, find_hit, status_of, wrong_state
from pulumi_mturk.marketplace.requester.money import check_hold, held_back
from pulumi_mturk.marketplace.requester.notifications import emit
from pulumi_mturk.marketplace.requester.requirements import check_required_types
from pulumi_mturk.marketplace.requester.reviews import settle
from pulumi_mturk.marketplace.requester.text_rules import at_least
from pulumi_mturk.marketplace.type_store import touch

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.context import Context, Request

_NOT_DISPOSED = "Assignable, Unassignable, Reviewing, Reviewable"


def update_expiration_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateExpirationForHIT: a time in the past, also 0, expires the HIT at once (documented).

    Who has accepted it may still hand it in (documented). A later time brings a HIT back whose assignments were not all
    taken, also one that was Reviewable (documented), if the money for it is there (guessed). A switch says for how long
    a new HIT can be expired and not otherwise changed (documented).
    """
    row = _find_undeleted(ctx, request["HITId"])
    expire_at = request["ExpireAt"]
    if expire_at > ctx.now:
        _refuse_new(ctx, row)
        before = held_back(ctx)
        ctx.db.execute("UPDATE hits SET expiration = ?, expired = 0 WHERE id = ?", (expire_at, row["id"]))
        check_hold(ctx, before)
        settle(ctx, row["id"])
        return {}
    ctx.db.execute("UPDATE hits SET expiration = ? WHERE id = ?", (expire_at, row["id"]))
    if not row["expired"]:
        expire(ctx, row["id"])
    return {}


def update_hit_type_of_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateHITTypeOfHIT: the HIT takes on the properties of the other type (documented).

    It is refused once an assignment was accepted or submitted (documented), and where the other type costs more than
    what is available (guessed). One that was returned or abandoned does not
    count, and the error is not known (guessed).
    """
    row = _find_undeleted(ctx, request["HITId"])
    _refuse_new(ctx, row)
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    check_required_types(ctx, hit_types.requirements_of(hit_type), for_hit=True)
    counts = counts_of(ctx, row)
    if counts.pending or counts.submitted or counts.completed:
        message = "The HITType of a HIT with assignments that were accepted or submitted can not be changed."
        raise request_error("InvalidHITState", message)
    hit_types.use(ctx, hit_type)
    before = held_back(ctx)
    ctx.db.execute("UPDATE hits SET hit_type_id = ? WHERE id = ?", (hit_type["id"], row["id"]))
    check_hold(ctx, before)
    return {}


def create_additional_assignments_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateAdditionalAssignmentsForHIT: a HIT with fewer than ten assignments can not get ten or more (documented).

    The new ones must be affordable (documented). A HIT that was reviewable is Assignable again, if it has not expired
    (documented). The same UniqueRequestToken within 24 hours adds nothing and is an error (documented). A new HIT can
    not be extended for a while, as a switch says (documented).
    """
    tokens.refuse_used(ctx, "CreateAdditionalAssignmentsForHIT", request)
    at_least(request, "NumberOfAdditionalAssignments", 1)
    row = _find_undeleted(ctx, request["HITId"])
    _refuse_new(ctx, row)
    add_assignments(ctx, row, request["NumberOfAdditionalAssignments"])
    tokens.remember(ctx, "CreateAdditionalAssignmentsForHIT", request, row["id"])
    settle(ctx, row["id"])
    return {}


def delete_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """DeleteHIT: a HIT that is Reviewable, once all its work is approved or rejected (documented).

    It may be Reviewing as well (observed). The refusal has the same text for work that waits as for a wrong status, and
    for a HIT that was deleted before (observed).
    """
    row = find_hit(ctx, request["HITId"])
    status = status_of(ctx, row)
    if status not in ("Reviewable", "Reviewing") or counts_of(ctx, row).submitted:
        raise wrong_state(status, "Reviewing, Reviewable")
    dispose(ctx, row)
    return {}


def expire(ctx: Context, hit_id: str) -> None:
    """What happens when a HIT's life is over; an event where not all assignments were handed in (documented)."""
    ctx.db.execute("UPDATE hits SET expired = 1 WHERE id = ?", (hit_id,))
    row = find_hit(ctx, hit_id)
    counts = counts_of(ctx, row)
    if counts.submitted + counts.completed < row["max_assignments"]:
        emit(ctx, "HITExpired", hit_id)
    settle(ctx, hit_id)


def dispose(ctx: Context, row: sqlite3.Row) -> None:
    """A HIT is deleted: neither it nor its assignments can be read any more (documented)."""
    ctx.db.execute("UPDATE hits SET deleted = 1 WHERE id = ?", (row["id"],))
    for requirement in hit_types.requirements_of(row):
        touch(ctx, requirement["QualificationTypeId"])
    emit(ctx, "HITDisposed", row["id"])


def _find_undeleted(ctx: Context, hit_id: str) -> sqlite3.Row:
    row = find_hit(ctx, hit_id)
    if row["deleted"]:
        raise wrong_state("Disposed", _NOT_DISPOSED)
    return row


def _refuse_new(ctx: Context, row: sqlite3.Row) -> None:
    if ctx.now < row["creation_time"] + ctx.switches.hit_lag_seconds:
        raise _too_new()


def _too_new() -> WireError:
    """A RequestError (documented), of which neither code nor text is known (guessed)."""
    return request_error(
        "InvalidHITState", "This HIT was just created and can not be changed yet. Try your call again."
    )
