"""Notifications to workers, stored in an outbox: nothing is mailed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.domain.context import Context


def notify(
    ctx: Context,
    kind: str,
    worker_id: str,
    *,
    qualification_type_id: str | None = None,
    subject: str | None = None,
    text: str | None = None,
) -> None:
    """Store a notification that the real service would send to a worker."""
    ctx.db.execute(
        """INSERT INTO notifications (kind, worker_id, qualification_type_id, subject, text, time)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (kind, worker_id, qualification_type_id, subject, text, ctx.now),
    )


@dataclass(frozen=True)
class Notification:
    """A notification that the real service would have sent to a worker."""

    kind: str
    """`Grant`, `Revocation`, `Block`, `Bonus` or `Message`."""
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


def list_notifications(db: sqlite3.Connection) -> list[Notification]:
    """The outbox, oldest first."""
    return [_notification(row) for row in db.execute("SELECT * FROM notifications ORDER BY sequence")]


def messages_to(ctx: Context, worker_id: str) -> list[WorkerMessage]:
    """The notifications to one worker, the latest first."""
    # a payment and its notification are made at one time; several of one time are in the same order
    rows = ctx.db.execute(
        """WITH told AS (
            SELECT *, row_number() OVER (PARTITION BY kind, time, text ORDER BY sequence) AS number
            FROM notifications WHERE worker_id = :worker
        ), paid AS (
            SELECT *, row_number() OVER (PARTITION BY time, reason ORDER BY sequence) AS number
            FROM payments WHERE worker_id = :worker AND kind = 'Bonus'
        )
        SELECT told.*, amount_cents, name FROM told
        LEFT JOIN paid ON told.kind = 'Bonus' AND (paid.time, reason, paid.number) = (told.time, text, told.number)
        LEFT JOIN qualification_types ON qualification_types.id = qualification_type_id
        ORDER BY told.sequence DESC""",
        {"worker": worker_id},
    )
    return [
        WorkerMessage(
            _notification(row),
            None if row["amount_cents"] is None else Decimal(row["amount_cents"]).scaleb(-2),
            row["name"],
        )
        for row in rows
    ]


def _notification(row: sqlite3.Row) -> Notification:
    return Notification(
        row["kind"], row["worker_id"], row["qualification_type_id"], row["text"], row["time"], row["subject"]
    )
