"""How long things are kept of which nobody needs all: a served marketplace deletes them then, piece by piece.

Answers go with their HIT, as the switch `hit_removal_days` says, and payments stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.storage import retention

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context

_DAY: Final = 86_400
KINDS: Final[dict[retention.Kind, int]] = {
    "used_tokens": 1,  # as long as a UniqueRequestToken is remembered (documented)
    "notifications": 30,
    "events": 30,
    "calls": 30,
    "audit": 730,
}
"""Days for which each is kept: tokens of calls, messages to workers, events of HITs, the journal of calls, the log of
what the operator and workers did with accounts."""
_PIECE: Final = 200
"""Rows that one transaction deletes: some milliseconds."""


def delete_piece(ctx: Context, kind: retention.Kind) -> int:
    """Delete some of the oldest that are too old; returns how many, 0 once there are none left."""
    return retention.delete_before(ctx.db, kind, kept_since(ctx, kind), _PIECE)


def kept_since(ctx: Context, kind: retention.Kind) -> float:
    """The time, by the marketplace's clock, before which each is deleted."""
    return ctx.now - KINDS[kind] * _DAY
