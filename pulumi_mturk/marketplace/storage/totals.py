"""Numbers of the whole database that are kept, not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3

Total = Literal["paid", "blocks"]
"""`paid`: cents of all rewards and bonuses, with their fees; `blocks`: how many workers are blocked."""


def total(db: sqlite3.Connection, name: Total) -> int:
    """The number."""
    return int(db.execute("SELECT value FROM totals WHERE name = ?", (name,)).fetchone()[0])


def add(db: sqlite3.Connection, name: Total, number: int) -> None:
    """Add to it."""
    db.execute("UPDATE totals SET value = value + ? WHERE name = ?", (number, name))
