"""Notifications to workers, stored in an outbox: nothing is mailed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain.requesters import name_of
from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.storage import notifications

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row


def notify(
    ctx: Context,
    kind: str,
    worker_id: str,
    *,
    qualification_type_id: str | None = None,
    subject: str | None = None,
    text: str | None = None,
    payment: int | None = None,
) -> None:
    """Store a notification that the real service would send to a worker for the account that calls.

    `payment` is the number of what was paid.
    """
    notifications.insert(
        ctx.db,
        ctx.account,
        kind,
        worker_id,
        ctx.now,
        qualification_type_id=qualification_type_id,
        subject=subject,
        text=text,
        payment=payment,
    )


@dataclass(frozen=True)
class Notification:
    """A notification that the real service would have sent to a worker."""

    kind: str
    """`Grant`, `Revocation`, `Block`, `Bonus` or `Message`."""
    requester: str
    """The name of who sends it."""
    worker_id: str
    qualification_type_id: str | None
    text: str | None
    time: float
    subject: str | None
    """Of a `Message`."""


@dataclass(frozen=True)
class WorkerMessage:
    """A notification with what a worker has to know to understand it."""

    notification: Notification
    bonus: Decimal | None
    """The amount, of a `Bonus`."""
    qualification_name: str | None
    """Of the type that it is about; None if there is none, or it was deleted."""


def list_notifications(ctx: Context) -> list[Notification]:
    """The outbox of all accounts, oldest first."""
    return [notification for _, notification in notifications_after(ctx)]


def notifications_after(ctx: Context, after: int = 0) -> Iterator[tuple[int, Notification]]:
    """As `list_notifications`, one after the other, each with its position: after that of `after`."""
    for row in notifications.after(ctx.db, after):
        yield row["sequence"], _notification(ctx, row)


def messages_to(ctx: Context, worker_id: str) -> list[WorkerMessage]:
    """The notifications to one worker, the latest first."""
    return [message for _, message in messages_of_worker(ctx, worker_id)]


def messages_of_worker(ctx: Context, worker_id: str, before: int = INT64[-1]) -> Iterator[tuple[int, WorkerMessage]]:
    """As `messages_to`, one after the other, each with its position: before that of `before`."""
    for row in notifications.to_worker(ctx.db, worker_id, before):
        bonus = None if row["amount_cents"] is None else Decimal(row["amount_cents"]).scaleb(-2)
        yield row["sequence"], WorkerMessage(_notification(ctx, row), bonus, row["name"])


def _notification(ctx: Context, row: Row) -> Notification:
    return Notification(
        row["kind"],
        name_of(ctx, row["account"]),
        row["worker_id"],
        row["qualification_type_id"],
        row["text"],
        row["time"],
        row["subject"],
    )
