"""The end of a HIT: expiry and deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.hits import assignment_counts, find_hit
from pulumi_mturk.marketplace.domain.qualification_types import mark_used
from pulumi_mturk.marketplace.domain.reviews import update_reviewable

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.domain.context import Context


def expire(ctx: Context, hit_id: str) -> None:
    """Process the expiry of a HIT; the event is sent if not all assignments were submitted (documented).

    Assignments that nobody took stay in NumberOfAssignmentsAvailable (observed in 2011 and 2014).
    """
    ctx.db.execute("UPDATE hits SET expired = 1 WHERE id = ?", (hit_id,))
    row = find_hit(ctx, hit_id)
    counts = assignment_counts(ctx, row)
    if counts.submitted + counts.completed < row["max_assignments"]:
        emit(ctx, "HITExpired", hit_id)
    update_reviewable(ctx, hit_id)


def dispose(ctx: Context, row: sqlite3.Row) -> None:
    """Delete a HIT: neither it nor its assignments can be read any more (documented)."""
    ctx.db.execute("UPDATE hits SET deleted = 1 WHERE id = ?", (row["id"],))
    for requirement in hit_types.requirements_of(row):
        mark_used(ctx, requirement["QualificationTypeId"])
    emit(ctx, "HITDisposed", row["id"])
