"""Invitations: links by which somebody becomes a worker, or a worker gets a new passphrase or passkey."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(
    db: Connection, *, token_hash: str, label: str, worker_id: str | None, uses: int, created: float, expires: float
) -> int:
    """Store an invitation; returns its number."""
    row = db.execute(
        """INSERT INTO invitations (token_hash, label, worker_id, uses, uses_left, created, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING sequence""",
        (token_hash, label, worker_id, uses, uses, created, expires),
    ).fetchone()
    return int(row["sequence"])


def find(db: Connection, token_hash: str) -> Row | None:
    """The invitation with a token of this hash."""
    row: Row | None = db.execute("SELECT * FROM invitations WHERE token_hash = ?", (token_hash,)).fetchone()
    return row


def use(db: Connection, sequence: int, now: float) -> bool:
    """Take one of its uses; False: none is left, it has expired or was revoked."""
    used = db.execute(
        """UPDATE invitations SET uses_left = uses_left - 1
        WHERE sequence = ? AND uses_left > 0 AND revoked IS NULL AND expires > ?""",
        (sequence, now),
    )
    return used.rowcount == 1


def revoke(db: Connection, sequence: int, now: float) -> bool:
    """Revoke one; False: there is none that is not revoked yet."""
    revoked = db.execute("UPDATE invitations SET revoked = ? WHERE sequence = ? AND revoked IS NULL", (now, sequence))
    return revoked.rowcount == 1


def shift(db: Connection, seconds: float) -> None:
    """Have all of them be made and expire at another time, so much later."""
    db.execute(
        "UPDATE invitations SET created = created + :seconds, expires = expires + :seconds", {"seconds": seconds}
    )


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """The invitations in their order, after the one of this number."""
    return db.execute("SELECT * FROM invitations WHERE sequence > ? ORDER BY sequence", (sequence,))
