"""Workers' passkeys, by the ids that their devices know them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(
    db: Connection, credential_id: str, worker_id: str, public_key: str, sign_count: int, *, name: str, now: float
) -> bool:
    """Store a passkey; False: it is stored already, of this worker or of another."""
    stored = db.execute(
        """INSERT INTO passkeys (credential_id, worker_id, public_key, sign_count, name, created)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        (credential_id, worker_id, public_key, sign_count, name, now),
    )
    return stored.rowcount == 1


def find(db: Connection, credential_id: str) -> Row | None:
    """The passkey with an id."""
    row: Row | None = db.execute("SELECT * FROM passkeys WHERE credential_id = ?", (credential_id,)).fetchone()
    return row


def of_worker(db: Connection, worker_id: str) -> Iterator[Row]:
    """The passkeys of a worker, the oldest first."""
    return db.execute("SELECT * FROM passkeys WHERE worker_id = ? ORDER BY created", (worker_id,))


def note_use(db: Connection, credential_id: str, sign_count: int, now: float) -> bool:
    """Store that one was used; False: its counter, where it has one, has not gone on."""
    noted = db.execute(
        """UPDATE passkeys SET sign_count = :count, last_used = :now
        WHERE credential_id = :id AND (sign_count < :count OR (sign_count = 0 AND :count = 0))""",
        {"id": credential_id, "count": sign_count, "now": now},
    )
    return noted.rowcount == 1


def rename(db: Connection, worker_id: str, credential_id: str, name: str) -> None:
    """Give a worker's passkey another name."""
    db.execute(
        "UPDATE passkeys SET name = ? WHERE credential_id = ? AND worker_id = ?", (name, credential_id, worker_id)
    )


def delete(db: Connection, worker_id: str, credential_id: str) -> bool:
    """Delete a worker's passkey; False: there is none with this id."""
    deleted = db.execute("DELETE FROM passkeys WHERE credential_id = ? AND worker_id = ?", (credential_id, worker_id))
    return deleted.rowcount == 1


def delete_of_worker(db: Connection, worker_id: str) -> None:
    """Delete all of a worker."""
    db.execute("DELETE FROM passkeys WHERE worker_id = ?", (worker_id,))
