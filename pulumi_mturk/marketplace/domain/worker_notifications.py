"""Notifications to workers, stored in an outbox: nothing is mailed."""

from __future__ import annotations

from dataclasses import dataclass
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


def list_notifications(db: sqlite3.Connection) -> list[Notification]:
    """The outbox, oldest first."""
    return [
        Notification(
            row["kind"], row["worker_id"], row["qualification_type_id"], row["text"], row["time"], row["subject"]
        )
        for row in db.execute("SELECT * FROM notifications ORDER BY sequence")
    ]
