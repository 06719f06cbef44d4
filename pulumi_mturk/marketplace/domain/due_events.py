"""Due events: assignments are abandoned or approved automatically, HITs expire and are removed.

Requests for a deleted qualification type are rejected by them, too, which one transaction would take long for.

Each call first processes what is due, in the order of the due times and with each event's own time, also after the
clock was advanced by weeks: in transactions of a few events, so that nobody waits long for the write lock. Of several
processes on one database one does each: it changes the status, or sets the flag, that no other has.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import assignments, hit_lifecycle, hits, qualification_types, reviews
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.qualification_types import DAY
from pulumi_mturk.marketplace.storage import assignments as stored_assignments
from pulumi_mturk.marketplace.storage import due_events, waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_mturk.marketplace.domain.context import Context


def is_due(ctx: Context) -> bool:
    """Whether any event is due; runs before each call, so it has to be fast."""
    return due_events.is_due(ctx.db, ctx.now, _kept(ctx))


def run(ctx: Context, most: int | None = None, latest: float = -math.inf) -> float | None:
    """Process due events, oldest first: all, or `most` of them.

    Returns None once nothing is due, else the time to go on with, as `latest` of the next call. Of requests to be
    rejected, which count as rejected all the same, some are with each call: nobody waits for all of them.
    """
    done = 0
    while (due := due_events.next_due(ctx.db, ctx.now, _kept(ctx))) is not None:
        if done == most:
            return latest
        # the time never goes back: an event may make another one due that has an earlier time
        latest = max(latest, due["moment"])
        _HANDLERS[due["what"]](dataclasses.replace(ctx, now=latest), due["id"])
        done += 1
        if due["what"] == "reject":
            return None
    return None


def numbers(ctx: Context) -> dict[str, int]:
    """How many events are due and not processed, by kind, deliveries of HIT events among them; up to `waiting.MOST`."""
    return waiting.due(ctx.db, ctx.now, _kept(ctx))


def _kept(ctx: Context) -> float | None:
    days = ctx.switches.hit_removal_days
    return days * DAY if days else None


def _abandon(ctx: Context, assignment_id: str) -> None:
    """An assignment that is not submitted in time is abandoned, and another worker may accept it (documented)."""
    assignment = assignments.find_assignment(ctx, assignment_id)
    hit_id = assignment["hit_id"]
    if not stored_assignments.set_status(ctx.db, assignment, "Abandoned"):
        return
    emit(ctx, "AssignmentAbandoned", hit_id, assignment_id)
    reviews.on_assignment_returned(ctx, hit_id)


def _approve(ctx: Context, assignment_id: str) -> None:
    """A submitted assignment is approved when the HIT type's AutoApprovalDelayInSeconds has passed (documented)."""
    assignments.approve_unless_changed(ctx, assignments.find_assignment(ctx, assignment_id), None)


def _remove(ctx: Context, hit_id: str) -> None:
    """HITs are removed after 120 days (documented; a switch). They count from when a HIT is reviewable (guessed)."""
    hit_lifecycle.dispose(ctx, hits.find_hit(ctx, hit_id))


def _reject(ctx: Context, qualification_type_id: str) -> None:
    """The pending requests for a deleted type are rejected, some at a time."""
    qualification_types.reject_requests(ctx, qualification_type_id)


_HANDLERS: Final[dict[str, Callable[[Context, str], None]]] = {
    "abandon": _abandon,
    "approve": _approve,
    "expire": hit_lifecycle.expire,
    "remove": _remove,
    "reject": _reject,
}
