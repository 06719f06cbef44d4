"""Schema migrations of SQLite's files: forward only, version by version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.storage.schema import VERSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

SCHEMA_VERSION: Final = len(VERSIONS)


def current() -> Sequence[str]:
    """The statements that make the schema as all migrations would, in SQLite's words."""
    script = Path(__file__).with_name("current.sql").read_text(encoding="utf-8")
    return script.removesuffix(";\n").split(";\n")


def create(connection: Connection) -> None:
    """Make the schema in an empty file; needs a writing transaction."""
    for statement in current():
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def migrate(connection: Connection) -> None:
    """Run the migrations after the file's version, all of them for an empty file; needs a writing transaction."""
    connection.create_function("casefold", 1, str.casefold, deterministic=True)  # SQLite's own lower() knows ASCII only
    for statements in VERSIONS[schema_version(connection) :]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def schema_version(connection: Connection) -> int:
    """The version that the file has; 0 where it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
