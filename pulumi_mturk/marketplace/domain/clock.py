"""What follows from the marketplace's clock being set back to the machine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import hit_lifecycle
from pulumi_mturk.marketplace.storage import invitations, sessions

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context


def set_back(ctx: Context, seconds: float) -> None:
    """Have things go on where the clock was set back by so many seconds; the context's time is the one after it.

    A HIT whose expiration lies ahead lives again. What lets somebody in, sessions and invitations, lasts as long as it
    would have.
    """
    hit_lifecycle.reopen(ctx)
    sessions.shift(ctx.db, -seconds)
    invitations.shift(ctx.db, -seconds)
