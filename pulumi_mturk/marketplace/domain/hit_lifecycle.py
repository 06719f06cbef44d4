"""The end of a HIT: expiry and deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.hits import assignment_counts, find_hit
from pulumi_mturk.marketplace.domain.qualification_types import mark_used
from pulumi_mturk.marketplace.domain.reviews import update_reviewable
from pulumi_mturk.marketplace.storage import hits

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row


def expire(ctx: Context, hit_id: str) -> None:
    """Process the expiry of a HIT, unless it was; the event is sent if not all assignments were submitted (documented).

    Assignments that nobody took stay in NumberOfAssignmentsAvailable (observed in 2011 and 2014).
    """
    if not hits.mark(ctx.db, hit_id, "expired"):
        return
    row = find_hit(ctx, hit_id)
    counts = assignment_counts(row)
    if counts.submitted + counts.completed < row["max_assignments"]:
        emit(ctx, "HITExpired", hit_id)
    update_reviewable(ctx, hit_id)


def reopen(ctx: Context) -> None:
    """Have HITs live again whose expiration lies ahead, because the clock was set back."""
    for hit_id in hits.expired_before_time(ctx.db, ctx.now):
        hits.change(ctx.db, hit_id, expired=False)
        update_reviewable(ctx, hit_id)


def dispose(ctx: Context, row: Row) -> None:
    """Delete a HIT, unless it was: neither it nor its assignments can be read any more (documented)."""
    if not hits.mark(ctx.db, row["id"], "deleted"):
        return
    for requirement in hit_types.requirements_of(row):
        mark_used(ctx, requirement["QualificationTypeId"])
    emit(ctx, "HITDisposed", row["id"])
