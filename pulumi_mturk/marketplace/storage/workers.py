"""Workers, as registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.storage import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def find(db: Connection, worker_id: str) -> Row | None:
    """A worker."""
    return db.execute("SELECT * FROM workers WHERE worker_id = ?", (worker_id,)).fetchone()  # type: ignore[no-any-return]


def insert_id(db: Connection, worker_id: str) -> None:
    """Store an id without a profile, unless it is there."""
    db.execute("INSERT INTO workers (worker_id) VALUES (?) ON CONFLICT DO NOTHING", (worker_id,))


def replace(db: Connection, worker_id: str, **columns: Any) -> None:
    """Store a worker, by the names of its columns, or set these of one who is there."""
    values = ", ".join(f"{name} = excluded.{name}" for name in columns)
    db.execute(
        f"{sql.insertion('workers', ('worker_id', *columns))} ON CONFLICT (worker_id) DO UPDATE SET {values}",
        (worker_id, *columns.values()),
    )


def after(db: Connection, worker_id: str) -> Iterator[Row]:
    """The workers by their ids, from the one that comes after an id."""
    return db.execute("SELECT * FROM workers WHERE worker_id > ? ORDER BY worker_id", (worker_id,))
