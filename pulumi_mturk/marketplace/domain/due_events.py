"""Due events: assignments are abandoned or approved automatically, HITs expire and are removed.

Each call first processes what is due, in the order of the due times and with each event's own time, also after the
clock was advanced by weeks: in transactions of a few events, so that nobody waits long for the write lock.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import assignments, hit_lifecycle, hits, reviews
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.qualification_types import DAY
from pulumi_mturk.marketplace.storage.assignments import set_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

# Each part uses an index. `_DUE` is `_NEXT` without the order: five times as fast, and it runs before each call.
# A HIT with assignments that wait for review is not removed.
_TO_REMOVE: Final = """
    reviewable_since <= :now - :kept AND reviewable_since IS NOT NULL AND NOT deleted AND submitted = 0
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
    """Whether any event is due; runs before each call, so it has to be fast."""
    return bool(ctx.db.execute(_DUE, _parameters(ctx)).fetchone()[0])


def run(ctx: Context, most: int | None = None, latest: float = -math.inf) -> float | None:
    """Process due events, oldest first: all, or `most` of them.

    Returns None once nothing is due, else the time to go on with, as `latest` of the next call.
    """
    done = 0
    while (due := _next(ctx)) is not None:
        if done == most:
            return latest
        # the time never goes back: an event may make another one due that has an earlier time
        latest = max(latest, due["moment"])
        _HANDLERS[due["what"]](dataclasses.replace(ctx, now=latest), due["id"])
        done += 1
    return None


def _next(ctx: Context) -> Row | None:
    return ctx.db.execute(_NEXT, _parameters(ctx)).fetchone()  # type: ignore[no-any-return]


def _parameters(ctx: Context) -> dict[str, float | None]:
    days = ctx.switches.hit_removal_days
    return {"now": ctx.now, "kept": days * DAY if days else None}


def _abandon(ctx: Context, assignment_id: str) -> None:
    """An assignment that is not submitted in time is abandoned, and another worker may accept it (documented)."""
    assignment = assignments.find_assignment(ctx, assignment_id)
    hit_id = assignment["hit_id"]
    set_status(ctx.db, assignment, "Abandoned")
    emit(ctx, "AssignmentAbandoned", hit_id, assignment_id)
    reviews.on_assignment_returned(ctx, hit_id)


def _approve(ctx: Context, assignment_id: str) -> None:
    """A submitted assignment is approved when the HIT type's AutoApprovalDelayInSeconds has passed (documented)."""
    assignments.approve(ctx, assignments.find_assignment(ctx, assignment_id), None)


def _remove(ctx: Context, hit_id: str) -> None:
    """HITs are removed after 120 days (documented; a switch). They count from when a HIT is reviewable (guessed)."""
    hit_lifecycle.dispose(ctx, hits.find_hit(ctx, hit_id))


_HANDLERS: Final[dict[str, Callable[[Context, str], None]]] = {
    "abandon": _abandon,
    "approve": _approve,
    "expire": hit_lifecycle.expire,
    "remove": _remove,
}
