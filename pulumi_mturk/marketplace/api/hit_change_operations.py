"""Operations that change HITs: expire, extend, move to another type, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.api import idempotency_tokens
from pulumi_mturk.marketplace.api.parameters import Request, check_minimum
from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.hit_lifecycle import dispose, expire
from pulumi_mturk.marketplace.domain.hits import add_assignments, assignment_counts, find_hit, status_of, wrong_state
from pulumi_mturk.marketplace.domain.money import check_hold, current_hold
from pulumi_mturk.marketplace.domain.requirements import check_required_types
from pulumi_mturk.marketplace.domain.reviews import update_reviewable
from pulumi_mturk.marketplace.errors import WireError, request_error
from pulumi_mturk.marketplace.storage import hits

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

_NOT_DISPOSED = "Assignable, Unassignable, Reviewing, Reviewable"


def update_expiration_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateExpirationForHIT: a time in the past, also 0, expires the HIT at once (documented).

    Workers who have accepted it may still submit (documented). A later time makes a HIT available again whose
    assignments are not all taken, also a Reviewable one (documented), if the balance covers it (guessed). A switch sets
    for how long a new HIT can be expired but not changed otherwise (documented).
    """
    row = _find_undeleted(ctx, request["HITId"])
    expire_at = request["ExpireAt"]
    if expire_at > ctx.now:
        _refuse_new(ctx, row)
        before = current_hold(ctx)
        hits.change(ctx.db, row["id"], expiration=expire_at, expired=False)
        check_hold(ctx, before)
        update_reviewable(ctx, row["id"])
        return {}
    hits.change(ctx.db, row["id"], expiration=expire_at)
    if not row["expired"]:
        expire(ctx, row["id"])
    return {}


def update_hit_type_of_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateHITTypeOfHIT: the HIT takes on the properties of the other type (documented).

    It is refused once an assignment was accepted or submitted (documented), and where the other type costs more than
    what is available (guessed). Returned and abandoned ones do not count, and the error is not known (guessed).
    """
    row = _find_undeleted(ctx, request["HITId"])
    _refuse_new(ctx, row)
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    check_required_types(ctx, hit_types.requirements_of(hit_type), for_hit=True)
    counts = assignment_counts(row)
    if counts.pending or counts.submitted or counts.completed:
        message = "The HITType of a HIT with assignments that were accepted or submitted can not be changed."
        raise request_error("InvalidHITState", message)
    hit_types.mark_used(ctx, hit_type)
    before = current_hold(ctx)
    hits.change(ctx.db, row["id"], hit_type_id=hit_type["id"])
    check_hold(ctx, before)
    return {}


def create_additional_assignments_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateAdditionalAssignmentsForHIT: fewer than ten assignments can not become ten or more (documented).

    The new ones must be affordable (documented). A HIT that was reviewable is Assignable again, if it has not expired
    (documented). The same UniqueRequestToken within 24 hours adds nothing and is an error (documented). A new HIT can
    not be extended for a while, as a switch says (documented).
    """
    idempotency_tokens.refuse_used(ctx, "CreateAdditionalAssignmentsForHIT", request)
    check_minimum(request, "NumberOfAdditionalAssignments", 1)
    row = _find_undeleted(ctx, request["HITId"])
    _refuse_new(ctx, row)
    add_assignments(ctx, row, request["NumberOfAdditionalAssignments"])
    idempotency_tokens.remember(ctx, "CreateAdditionalAssignmentsForHIT", request, row["id"])
    update_reviewable(ctx, row["id"])
    return {}


def delete_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """DeleteHIT: a HIT that is Reviewable, once all its work is approved or rejected (documented).

    It may be Reviewing as well (observed). The error has the same text for submitted assignments, for a wrong status,
    and for a HIT that was deleted before (observed).
    """
    row = find_hit(ctx, request["HITId"])
    status = status_of(ctx, row)
    if status not in ("Reviewable", "Reviewing") or assignment_counts(row).submitted:
        raise wrong_state(status, "Reviewing, Reviewable")
    dispose(ctx, row)
    return {}


def _find_undeleted(ctx: Context, hit_id: str) -> Row:
    row = find_hit(ctx, hit_id)
    if row["deleted"]:
        raise wrong_state("Disposed", _NOT_DISPOSED)
    return row


def _refuse_new(ctx: Context, row: Row) -> None:
    if row["creation_time"] > ctx.made_before(ctx.switches.hit_lag_seconds):
        raise _too_new()


def _too_new() -> WireError:
    """A RequestError (documented), of which neither code nor text is known (guessed)."""
    return request_error(
        "InvalidHITState", "This HIT was just created and can not be changed yet. Try your call again."
    )
