"""The journal of API calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, **columns: Any) -> None:
    """Store a call, by the names of its columns."""
    db.execute(
        f"INSERT INTO calls ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608 - our names
        tuple(columns.values()),
    )


def all_of_them(db: Connection) -> Iterator[Row]:
    """All of them, in the order in which they ended."""
    return db.execute("SELECT * FROM calls ORDER BY sequence")


def delete_all(db: Connection) -> None:
    """Delete all of them."""
    db.execute("DELETE FROM calls")
