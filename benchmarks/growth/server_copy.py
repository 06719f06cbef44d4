"""The same marketplace on a PostgreSQL server of the benchmark's own."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from pulumi_mturk.marketplace import Marketplace
from tests.support.marketplace.postgresql_server import PostgreSQLServer


@contextlib.contextmanager
def on_server(path: Path) -> Iterator[Marketplace]:
    """What a file holds, on a server that ends with the block."""
    with PostgreSQLServer(is_durable=True) as server:
        address = server.new_database()
        copy(path, address)
        with Marketplace.open(address) as marketplace:
            yield marketplace


def copy(path: Path, address: str) -> None:
    """Put what a file holds into a new database of a server, for a user who may leave references unchecked."""
    with (
        contextlib.closing(sqlite3.connect(path)) as file,
        psycopg.connect(address, autocommit=True) as server,
    ):
        server.execute("SET session_replication_role = replica")  # references hold in the file
        names = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name != "meta":
                _copy_table(file, server, name)
        server.execute("VACUUM ANALYZE")


def _copy_table(file: sqlite3.Connection, server: psycopg.Connection, name: str) -> None:
    rows = file.execute(f"SELECT * FROM {name}")  # noqa: S608 - a table's name
    columns = [column[0] for column in rows.description]
    table = sql.Identifier(name)
    server.execute(sql.SQL("DELETE FROM {}").format(table))
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    with server.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, listed)) as copy:
        for row in rows:
            copy.write_row(row)
    if columns[0] == "sequence":
        server.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence({}, 'sequence'), coalesce(max(sequence), 0) + 1) FROM {}"
            ).format(sql.Literal(name), table)
        )
