"""What is kept of the database as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection


def database_id(db: Connection) -> str:
    """The id that was made with the database: 32 hexadecimal digits."""
    return str(db.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()["value"])
