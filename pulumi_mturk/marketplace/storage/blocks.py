"""Workers who are blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.storage import totals

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


def is_blocked(db: sqlite3.Connection, worker_id: str) -> bool:
    """Whether a worker is."""
    return db.execute("SELECT 1 FROM blocks WHERE worker_id = ?", (worker_id,)).fetchone() is not None


def insert(db: sqlite3.Connection, worker_id: str, reason: str) -> None:
    """Store a block, unless there is one of the worker."""
    made = db.execute(
        "INSERT INTO blocks (worker_id, reason) VALUES (?, ?) ON CONFLICT DO NOTHING", (worker_id, reason)
    )
    totals.add(db, "blocks", made.rowcount)


def set_reason(db: sqlite3.Connection, worker_id: str, reason: str) -> None:
    """Replace the reason."""
    db.execute("UPDATE blocks SET reason = ? WHERE worker_id = ?", (reason, worker_id))


def delete(db: sqlite3.Connection, worker_id: str) -> None:
    """Delete a block, if there is one."""
    deleted = db.execute("DELETE FROM blocks WHERE worker_id = ?", (worker_id,))
    totals.add(db, "blocks", -deleted.rowcount)


def number_beside(db: sqlite3.Connection, pattern: str) -> int:
    """How many blocked workers have an id that does not match a glob pattern."""
    return int(db.execute("SELECT count(*) FROM blocks WHERE worker_id NOT GLOB ?", (pattern,)).fetchone()[0])


def worker_ids(db: sqlite3.Connection) -> frozenset[str]:
    """All blocked workers."""
    return frozenset(row["worker_id"] for row in db.execute("SELECT worker_id FROM blocks"))


def after(db: sqlite3.Connection, sequence: int) -> Iterator[sqlite3.Row]:
    """The blocks in their order, after the one of this number."""
    return db.execute("SELECT * FROM blocks WHERE sequence > ? ORDER BY sequence", (sequence,))
