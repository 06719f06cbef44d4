"""What workers are owed: payments that have not reached them, and the payouts by which others have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def owed(db: Connection) -> Iterator[Row]:
    """What each account owes each worker: the sum, the time of the oldest payment, the number of the newest."""
    return db.execute(
        """SELECT account, worker_id, sum(amount_cents) AS cents, min(time) AS since, max(sequence) AS through
        FROM payments WHERE payout IS NULL GROUP BY account, worker_id ORDER BY account, worker_id"""
    )


def owed_through(db: Connection, account: int, worker_id: str, through: int) -> int:
    """The cents that an account owes a worker by payments up to the one of this number."""
    statement = """SELECT coalesce(sum(amount_cents), 0) FROM payments
        WHERE payout IS NULL AND account = ? AND worker_id = ? AND sequence <= ?"""
    return int(db.execute(statement, (account, worker_id, through)).fetchone()[0])


def insert(db: Connection, reference: str, time: float) -> int:
    """Store a payout; its number."""
    statement = "INSERT INTO payouts (reference, time) VALUES (?, ?) RETURNING sequence"
    return int(db.execute(statement, (reference, time)).fetchone()[0])


def settle(db: Connection, payout: int, account: int, worker_id: str, through: int) -> None:
    """Mark an account's payments to a worker as paid out, up to the one of this number."""
    db.execute(
        """UPDATE payments SET payout = ?
        WHERE payout IS NULL AND account = ? AND worker_id = ? AND sequence <= ?""",
        (payout, account, worker_id, through),
    )
