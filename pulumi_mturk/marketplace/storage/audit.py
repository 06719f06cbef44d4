"""The record of what the operator did, and of sign-ins: rows are added, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, time: float, actor: str, action: str, subject: str) -> None:
    """Add a row."""
    db.execute("INSERT INTO audit (time, actor, action, subject) VALUES (?, ?, ?, ?)", (time, actor, action, subject))


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """The rows in their order, after the one of this number."""
    return db.execute("SELECT * FROM audit WHERE sequence > ? ORDER BY sequence", (sequence,))
