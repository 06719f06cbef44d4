"""`storage/current.sql`: the schema that all migrations of the marketplace lead to, from which new files are made."""

import contextlib
import sqlite3

from pulumi_mturk.marketplace.storage.migrations import migrate


def script() -> str:
    """The statements, each on lines of its own that end with a semicolon."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        statements = [line for line in connection.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;")]
    return "-- Generated from the migrations in schema.py by tools/generate.py.\n" + "\n".join(statements) + "\n"
