"""Notifications to workers: the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(
    db: Connection,
    account: int,
    kind: str,
    worker_id: str,
    time: float,
    *,
    qualification_type_id: str | None,
    subject: str | None,
    text: str | None,
    payment: int | None,
) -> None:
    """Store a notification of an account's; `payment` is the number of what was paid."""
    db.execute(
        """INSERT INTO notifications (account, kind, worker_id, qualification_type_id, subject, text, time, payment)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (account, kind, worker_id, qualification_type_id, subject, text, time, payment),
    )


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """The notifications of all accounts, oldest first, after the one of this number."""
    return db.execute("SELECT * FROM notifications WHERE sequence > ? ORDER BY sequence", (sequence,))


def to_worker(db: Connection, worker_id: str, before: int) -> Iterator[Row]:
    """Those to one worker, the latest first, before the one of this number.

    Each has what it is about: `amount_cents` of a payment, and the `name` of a qualification type.
    """
    return db.execute(
        """SELECT notifications.*, amount_cents, name FROM notifications
        LEFT JOIN payments ON payments.sequence = payment
        LEFT JOIN qualification_types ON qualification_types.id = qualification_type_id
        WHERE notifications.worker_id = ? AND notifications.sequence < ? ORDER BY notifications.sequence DESC""",
        (worker_id, before),
    )
