"""The two engines: which one a database is of, and how it is opened."""

from __future__ import annotations

from contextlib import closing
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


def are_one(address: str, other: str) -> bool:
    """Whether two addresses name one database and schema of a server, however they are spelled. Raises as opening."""
    return _place(address) == _place(other)


def _place(address: str) -> tuple[object, ...]:
    with closing(open_database(address, create=False)) as database, database.read() as db:
        return tuple(
            db.execute(
                """SELECT pg_postmaster_start_time(), oid, current_schema() FROM pg_database
                WHERE datname = current_database()"""
            ).fetchone()
        )
