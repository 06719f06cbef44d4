"""Workers whom a requester has blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.storage import totals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def is_blocked(db: Connection, account: int, worker_id: str) -> bool:
    """Whether a worker is."""
    statement = "SELECT 1 FROM blocks WHERE account = ? AND worker_id = ?"
    return db.execute(statement, (account, worker_id)).fetchone() is not None


def insert(db: Connection, account: int, worker_id: str, reason: str) -> None:
    """Store a block, unless there is one of the worker."""
    made = db.execute(
        "INSERT INTO blocks (account, worker_id, reason) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (account, worker_id, reason),
    )
    totals.add(db, account, "blocks", made.rowcount)


def set_reason(db: Connection, account: int, worker_id: str, reason: str) -> None:
    """Replace the reason."""
    db.execute("UPDATE blocks SET reason = ? WHERE account = ? AND worker_id = ?", (reason, account, worker_id))


def delete(db: Connection, account: int, worker_id: str) -> None:
    """Delete a block, if there is one."""
    deleted = db.execute("DELETE FROM blocks WHERE account = ? AND worker_id = ?", (account, worker_id))
    totals.add(db, account, "blocks", -deleted.rowcount)


def number_beside(db: Connection, account: int, prefix: str) -> int:
    """How many blocked workers have an id that does not begin so."""
    statement = "SELECT count(*) FROM blocks WHERE account = ? AND substr(worker_id, 1, CAST(? AS INTEGER)) <> ?"
    return int(db.execute(statement, (account, len(prefix), prefix)).fetchone()[0])


def accounts_that_block(db: Connection, worker_id: str) -> frozenset[int]:
    """The accounts that have blocked a worker."""
    rows = db.execute("SELECT account FROM blocks WHERE worker_id = ?", (worker_id,))
    return frozenset(row["account"] for row in rows)


def worker_ids(db: Connection, account: int) -> frozenset[str]:
    """All blocked workers."""
    rows = db.execute("SELECT worker_id FROM blocks WHERE account = ?", (account,))
    return frozenset(row["worker_id"] for row in rows)


def after(db: Connection, account: int, sequence: int) -> Iterator[Row]:
    """The blocks in their order, after the one of this number."""
    statement = "SELECT * FROM blocks WHERE account = ? AND sequence > ? ORDER BY sequence"
    return db.execute(statement, (account, sequence))
