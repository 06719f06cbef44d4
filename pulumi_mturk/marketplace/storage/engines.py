"""The two engines: which one a database is of, and how it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.storage.database import LOCK_TIMEOUT, is_server

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.database import Database


def open_database(
    address: str | Path, *, create: bool, lock_timeout: float = LOCK_TIMEOUT, durable: bool = False
) -> Database:
    """Open a file's database, or that of an address `postgresql://…`. Raises as `Marketplace.open` does."""
    if is_server(address):
        from pulumi_mturk.marketplace.storage.postgresql import PostgreSQLDatabase

        return PostgreSQLDatabase(str(address), create=create, lock_timeout=lock_timeout)
    from pulumi_mturk.marketplace.storage.sqlite import SQLiteDatabase

    return SQLiteDatabase(Path(address), create=create, lock_timeout=lock_timeout, durable=durable)
