"""Rejections, as whoever hosts a marketplace sees and reverses them.

A worker's approval rate is the same for all requesters, so one requester's rejections harm a worker everywhere. To
reverse one is what the requester does by ApproveAssignment with OverrideRejection, under the same conditions.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import assignments, audit, worker_notifications
from pulumi_mturk.marketplace.errors import CODE_PREFIX, MarketplaceError, WireError
from pulumi_mturk.marketplace.storage import assignments as stored
from pulumi_mturk.marketplace.storage.hits import terms

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.domain.context import Context

LONGEST_REASON: Final = 900
"""With the words around it, it is a feedback, which has 1024 characters at most."""
_TOLD: Final = "The host of this marketplace has reversed the rejection: {}"
_SUBJECT: Final = "A rejection of your work was reversed"
_NO_FUNDS: Final = (
    "The balance of the account does not cover the reward and its fee: the switch account_balance says what an account "
    "has."
)
_TOO_LATE: Final = (
    "It can't be reversed any more: 30 days have passed since the work was handed in, or its HIT is deleted. "
    "Nothing is changed; pay the worker in another way."
)


@dataclass(frozen=True)
class Rejection:
    """An assignment that is rejected."""

    account: int
    assignment_id: str
    hit_id: str
    title: str
    worker_id: str
    reward: Decimal
    """US dollars."""
    time: float
    """Epoch seconds of the rejection."""
    reversible_until: float | None
    """None: its HIT is deleted."""
    feedback: str
    """What the requester wrote."""


def rejections_after(ctx: Context, after: int = 0) -> Generator[tuple[int, Rejection]]:
    """All that stand, in the order in which the work was accepted, each with its position: after that of `after`."""
    for row in stored.rejected(ctx.db, after):
        yield (
            row["sequence"],
            Rejection(
                row["account"],
                row["id"],
                row["hit_id"],
                row["title"],
                row["worker_id"],
                Decimal(row["reward"]),
                row["rejection_time"],
                None if row["deleted"] else row["submit_time"] + assignments.OVERRIDE_SECONDS,
                row["requester_feedback"] or "",
            ),
        )


def numbers(ctx: Context, account: int) -> tuple[int, int]:
    """How much work of an account is rejected, and how much is approved."""
    rejected, approved = (stored.count_decided(ctx.db, account, status) for status in ("Rejected", "Approved"))
    return rejected, approved


def reverse(ctx: Context, assignment_id: str, reason: str) -> Decimal:
    """Approve rejected work at its requester's cost; what the worker is paid. Worker and requester read the reason.

    Raises:
        MarketplaceError: it is not rejected, or can't be reversed any more; the account's balance is too low; or the
            reason is none.

    """
    if not (1 <= len(reason) <= LONGEST_REASON and reason.isprintable() and reason.strip()):
        raise MarketplaceError(f"A reason has 1 to {LONGEST_REASON} characters that can be printed.")
    row = stored.find(ctx.db, assignment_id)
    if row is None:
        raise MarketplaceError(f"There is no assignment {assignment_id!r}.")
    if row["status"] != "Rejected":
        raise MarketplaceError(f"The assignment is not rejected: it is {row['status'].lower()}.")
    if not assignments.can_be_overridden(ctx, row):
        raise MarketplaceError(_TOO_LATE)
    told = _TOLD.format(reason)
    as_requester = dataclasses.replace(ctx, caller=row["account"])
    try:
        assignments.override_rejection(as_requester, row, told)
    except WireError as error:
        too_poor = error.members.get("TurkErrorCode") == f"{CODE_PREFIX}InsufficientFunds"
        raise MarketplaceError(_NO_FUNDS if too_poor else error.message) from None
    worker_notifications.notify(as_requester, "Message", row["worker_id"], subject=_SUBJECT, text=told)
    # Of the worker nothing is noted: the assignment leads to them until they are erased, and then to nobody.
    audit.by_operator(ctx, "rejection reversed", f"assignment:{assignment_id}", account=row["account"])
    return Decimal(terms(ctx.db, row["hit_id"])["reward"])
