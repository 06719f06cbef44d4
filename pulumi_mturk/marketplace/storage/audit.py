"""The record of what the operator did, and of sign-ins: rows are added, and never changed but for a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, time: float, actor: str, action: str, subject: str) -> None:
    """Add a row."""
    db.execute("INSERT INTO audit (time, actor, action, subject) VALUES (?, ?, ?, ?)", (time, actor, action, subject))


def count_refusal(db: Connection, since: float, actor: str) -> bool:
    """Count one more refused sign-in in the row that was begun since a time; False: there is none."""
    counted = db.execute(
        """UPDATE audit SET times = times + 1 WHERE sequence = (
            SELECT sequence FROM audit WHERE actor = ? AND time >= ? AND action = 'sign-in refused'
            ORDER BY time LIMIT 1)""",
        (actor, since),
    )
    return counted.rowcount == 1


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """The rows in their order, after the one of this number."""
    return db.execute("SELECT * FROM audit WHERE sequence > ? ORDER BY sequence", (sequence,))


def naming(db: Connection, worker: str) -> Iterator[Row]:
    """The rows of what a worker did, and of what was done to one, by what stands in the log for the worker."""
    return db.execute(
        "SELECT * FROM audit WHERE actor = :worker OR subject LIKE '%' || :worker || '%' ORDER BY sequence",
        {"worker": worker},
    )
