"""The journal of API calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.storage import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, **columns: Any) -> None:
    """Store a call, by the names of its columns."""
    sql.insert(db, "calls", columns)


def all_of_them(db: Connection) -> Iterator[Row]:
    """All of them, in the order in which they ended."""
    return db.execute("SELECT * FROM calls ORDER BY sequence")


def delete_all(db: Connection) -> None:
    """Delete all of them."""
    db.execute("DELETE FROM calls")
