"""Injected faults, in the order in which they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.storage import sql

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, **columns: Any) -> None:
    """Store a fault, by the names of its columns."""
    sql.insert(db, "faults", columns)


def of_operations(db: Connection, *operations: str) -> list[Row]:
    """Those of some operations."""
    return db.execute(
        f"SELECT * FROM faults WHERE operation IN ({', '.join('?' * len(operations))}) ORDER BY sequence",  # noqa: S608
        operations,
    ).fetchall()


def all_of_them(db: Connection) -> list[Row]:
    """All of them."""
    return db.execute("SELECT * FROM faults ORDER BY sequence").fetchall()


def change(db: Connection, sequence: int, **columns: Any) -> None:
    """Set columns of one, by their names."""
    values = ", ".join(f"{name} = ?" for name in columns)
    db.execute(f"UPDATE faults SET {values} WHERE sequence = ?", (*columns.values(), sequence))  # noqa: S608


def delete(db: Connection, sequence: int) -> None:
    """Delete one."""
    db.execute("DELETE FROM faults WHERE sequence = ?", (sequence,))


def delete_spent(db: Connection) -> None:
    """Delete those that have acted as often as they should."""
    db.execute("DELETE FROM faults WHERE times = 0")


def delete_all(db: Connection) -> None:
    """Delete all of them."""
    db.execute("DELETE FROM faults")
