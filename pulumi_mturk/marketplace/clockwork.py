"""What happens because time passes: work that was not handed in, approvals that were not given, HITs that expire.

Nothing runs in the background: before anybody looks, all that is due happens, each thing at its own time and in the
order of these times, also where the clock was turned by weeks.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.requester import assignments, hit_changes, hits, reviews
from pulumi_mturk.marketplace.requester.notifications import emit
from pulumi_mturk.marketplace.type_store import DAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from pulumi_mturk.marketplace.context import Context

# Each part uses an index; a HIT whose work waits for review is not removed. `_DUE` is `_NEXT` without the order, which
# is five times as fast, and asked before each call.
_TO_REMOVE: Final = """
    reviewable_since <= :now - :kept AND reviewable_since IS NOT NULL AND NOT deleted
    AND NOT EXISTS (SELECT 1 FROM assignments WHERE hit_id = hits.id AND status = 'Submitted')
"""
_DUE: Final = f"""
    SELECT EXISTS (SELECT 1 FROM assignments WHERE status = 'Accepted' AND deadline <= :now)
        OR EXISTS (SELECT 1 FROM assignments WHERE status = 'Submitted' AND auto_approval_time <= :now)
        OR EXISTS (SELECT 1 FROM hits WHERE NOT expired AND NOT deleted AND expiration <= :now)
        OR EXISTS (SELECT 1 FROM hits WHERE {_TO_REMOVE})
"""  # noqa: S608
_NEXT: Final = f"""
    SELECT * FROM (
        SELECT 'abandon' AS what, id, deadline AS moment FROM assignments
        WHERE status = 'Accepted' AND deadline <= :now ORDER BY deadline LIMIT 1)
    UNION ALL SELECT * FROM (
        SELECT 'approve', id, auto_approval_time FROM assignments
        WHERE status = 'Submitted' AND auto_approval_time <= :now ORDER BY auto_approval_time LIMIT 1)
    UNION ALL SELECT * FROM (
        SELECT 'expire', id, expiration FROM hits
        WHERE NOT expired AND NOT deleted AND expiration <= :now ORDER BY expiration LIMIT 1)
    UNION ALL SELECT * FROM (
        SELECT 'remove', id, reviewable_since + :kept FROM hits WHERE {_TO_REMOVE} ORDER BY reviewable_since LIMIT 1)
    ORDER BY moment LIMIT 1
"""  # noqa: S608


def is_due(ctx: Context) -> bool:
    """Whether anything is; asked before each call, so it costs next to nothing."""
    return bool(ctx.db.execute(_DUE, _moment(ctx)).fetchone()[0])


def run(ctx: Context) -> None:
    """Have all of it happen, oldest first."""
    latest = -math.inf
    while (due := _next(ctx)) is not None:
        # what an earlier happening brings about may have been due before it, but happens after it
        latest = max(latest, due["moment"])
        _HAPPENINGS[due["what"]](dataclasses.replace(ctx, now=latest), due["id"])


def _next(ctx: Context) -> sqlite3.Row | None:
    return ctx.db.execute(_NEXT, _moment(ctx)).fetchone()  # type: ignore[no-any-return]


def _moment(ctx: Context) -> dict[str, float | None]:
    days = ctx.switches.hit_removal_days
    return {"now": ctx.now, "kept": days * DAY if days else None}


def _abandon(ctx: Context, assignment_id: str) -> None:
    """Work that is not handed in in time is abandoned, and somebody else may do it (documented)."""
    ctx.db.execute("UPDATE assignments SET status = 'Abandoned' WHERE id = ?", (assignment_id,))
    hit_id = assignments.find_assignment(ctx, assignment_id)["hit_id"]
    emit(ctx, "AssignmentAbandoned", hit_id, assignment_id)
    reviews.assignment_returned(ctx, hit_id)


def _approve(ctx: Context, assignment_id: str) -> None:
    """Work that nobody approved or rejected is approved when the HIT type's delay has passed (documented)."""
    assignments.approve(ctx, assignments.find_assignment(ctx, assignment_id), None)


def _remove(ctx: Context, hit_id: str) -> None:
    """HITs are removed after 120 days (documented; a switch). They begin when a HIT becomes reviewable (guessed)."""
    hit_changes.dispose(ctx, hits.find_hit(ctx, hit_id))


_HAPPENINGS: Final[dict[str, Callable[[Context, str], None]]] = {
    "abandon": _abandon,
    "approve": _approve,
    "expire": hit_changes.expire,
    "remove": _remove,
}
