"""Numbers of an account that are kept, not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

Total = Literal["paid", "blocks"]
"""`paid`: cents of all rewards and bonuses, with their fees; `blocks`: how many workers are blocked."""


def total(db: Connection, account: int, name: Total) -> int:
    """The number of an account; 0 before anything was added."""
    row = db.execute("SELECT value FROM totals WHERE account = ? AND name = ?", (account, name)).fetchone()
    return 0 if row is None else int(row["value"])


def of_all_accounts(db: Connection, name: Total) -> int:
    """The sum of the number over all accounts."""
    row = db.execute("SELECT coalesce(sum(value), 0) AS value FROM totals WHERE name = ?", (name,)).fetchone()
    return int(row["value"])


def add(db: Connection, account: int, name: Total, number: int) -> None:
    """Add to it."""
    if not number:
        return
    db.execute(
        """INSERT INTO totals (account, name, value) VALUES (?, ?, ?)
        ON CONFLICT (account, name) DO UPDATE SET value = totals.value + excluded.value""",
        (account, name, number),
    )
