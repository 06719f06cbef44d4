"""HIT layouts of requesters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, identity: str, account: int, html: str) -> None:
    """Store a new layout of an account."""
    db.execute("INSERT INTO layouts (id, account, html) VALUES (?, ?, ?)", (identity, account, html))


def find(db: Connection, identity: str) -> Row | None:
    """The layout with this id."""
    return db.execute("SELECT * FROM layouts WHERE id = ?", (identity,)).fetchone()  # type: ignore[no-any-return]
