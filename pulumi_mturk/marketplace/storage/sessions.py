"""Workers' sessions, by the hashes of their tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, token_hash: str, worker_id: str, now: float) -> None:
    """Store a session that begins."""
    db.execute(
        "INSERT INTO sessions (token_hash, worker_id, created, last_used) VALUES (?, ?, ?, ?)",
        (token_hash, worker_id, now, now),
    )


def find(db: Connection, token_hash: str) -> Row | None:
    """The session with a token of this hash, over or not."""
    row: Row | None = db.execute("SELECT * FROM sessions WHERE token_hash = ?", (token_hash,)).fetchone()
    return row


def of_worker(db: Connection, worker_id: str) -> Iterator[Row]:
    """The sessions of a worker, over or not, in their order."""
    return db.execute("SELECT * FROM sessions WHERE worker_id = ? ORDER BY sequence", (worker_id,))


def set_last_used(db: Connection, sequence: int, now: float) -> None:
    """Note that one is used."""
    db.execute("UPDATE sessions SET last_used = ? WHERE sequence = ?", (now, sequence))


def shift(db: Connection, seconds: float) -> None:
    """Have all of them be begun and used at another time, so much later."""
    db.execute(
        "UPDATE sessions SET created = created + :seconds, last_used = last_used + :seconds", {"seconds": seconds}
    )


def delete(db: Connection, sequence: int) -> None:
    """End one."""
    db.execute("DELETE FROM sessions WHERE sequence = ?", (sequence,))


def delete_of_worker(db: Connection, worker_id: str) -> None:
    """End all of a worker."""
    db.execute("DELETE FROM sessions WHERE worker_id = ?", (worker_id,))


def delete_unused_since(db: Connection, time: float, most: int) -> None:
    """Forget those that were last used before a time, the oldest `most` at most."""
    db.execute(
        """DELETE FROM sessions WHERE sequence IN (
            SELECT sequence FROM sessions WHERE last_used < ? ORDER BY last_used LIMIT ?)""",
        (time, most),
    )
