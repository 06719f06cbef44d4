"""Payouts: a marketplace moves no money, it tells who is owed what, and notes what has been paid by other ways.

A list is what somebody pays by. So it is marked as paid by its own rows: what came after it stays owed, and a list that
was marked already is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import audit
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.storage import payouts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pulumi_mturk.marketplace.domain.context import Context

_CENT: Final = Decimal("0.01")
LONGEST_REFERENCE: Final = 200


@dataclass(frozen=True)
class Owed:
    """What an account owes a worker."""

    account: int
    worker_id: str
    amount: Decimal
    """US dollars."""
    since: float
    """Epoch seconds of the oldest payment in it."""
    through: int
    """The number of the newest payment in it."""


def owed(ctx: Context) -> list[Owed]:
    """What is owed, by account and worker."""
    return [
        Owed(row["account"], row["worker_id"], row["cents"] * _CENT, row["since"], row["through"])
        for row in payouts.owed(ctx.db)
    ]


def mark_paid(ctx: Context, paid: Sequence[Owed], reference: str) -> None:
    """Mark what a list says as paid, all of it or nothing.

    Raises:
        MarketplaceError: a row is not what is owed now, as when the list was marked before; or the reference is none.

    """
    if not (1 <= len(reference) <= LONGEST_REFERENCE and reference.isprintable() and reference.strip()):
        raise MarketplaceError(f"A reference has 1 to {LONGEST_REFERENCE} characters that can be printed.")
    payout = payouts.insert(ctx.db, reference, ctx.now)
    for number, row in enumerate(paid, start=1):
        if payouts.owed_through(ctx.db, row.account, row.worker_id, row.through) * _CENT != row.amount:
            raise MarketplaceError(
                f"Row {number} is not what is owed now: the list was marked as paid already, or was changed. "
                "Nothing is marked."
            )
        payouts.settle(ctx.db, payout, row.account, row.worker_id, row.through)
        audit.by_operator(ctx, "marked as paid", f"payout:{payout}", worker_id=row.worker_id, account=row.account)
