"""A marketplace's database on a PostgreSQL server, which several processes and machines use.

Who writes holds a lock of the database's own (an advisory one), as SQLite's file has one: code may read and then write
what follows from it. Who reads has a snapshot, and waits for nobody.
"""

from __future__ import annotations

import contextlib
import uuid
import zlib
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pulumi_mturk.marketplace.errors import (
    DatabaseFailedError,
    DatabaseLockedError,
    MarketplaceError,
    MissingDatabaseError,
    NotAMarketplaceError,
)
from pulumi_mturk.marketplace.storage.connections import Connections
from pulumi_mturk.marketplace.storage.database import Database, make_secret
from pulumi_mturk.marketplace.storage.encryption import Cipher
from pulumi_mturk.marketplace.storage.migrations import SCHEMA_VERSION, current
from pulumi_mturk.marketplace.storage.postgresql_connection import Connection, adapt
from pulumi_mturk.marketplace.storage.postgresql_statements import schema
from pulumi_mturk.marketplace.storage.schema import VERSIONS

try:
    import psycopg
    from psycopg import conninfo, errors, pq
except ImportError as error:
    raise MarketplaceError(
        f"PostgreSQL needs psycopg ({error}): install it with pip install 'pulumi-mturk[postgres]'."
    ) from None

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_mturk.marketplace.storage import sql

_MOST_CONNECTIONS: Final = 32
"""Of one process: threads that read at once, and the one that writes."""
_SILENCE: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""After how long a server that says nothing counts as gone, as its machine is: seconds, and milliseconds."""
_ATTEMPTS: Final = 3
"""Connections of a process that may turn out to be closed one after the other, as others give back some meanwhile."""
_READ: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_OUR_LOCKS: Final = 0x4D54524B  # "MTRK"
_TEXT_VALUES: Final = "22"
"""The class of errors whose messages repeat a value."""
_STATEMENTS: Final = 1024
"""Prepared statements that a connection keeps: more than there are."""


class PostgreSQLDatabase(Database):
    """One database of a server, by its address; a schema of it, where the address sets a `search_path`."""

    patience = 0.2

    def __init__(self, address: str, *, create: bool, lock_timeout: float) -> None:
        """Raises as `Marketplace.open` does; no error and no log has the password."""
        parts = _parts(address)
        super().__init__(str(parts.get("dbname") or parts.get("user") or "marketplace"), lock_timeout)
        self.cipher = Cipher(None)
        self._shown = f"{self.name} at {parts.get('host') or parts.get('hostaddr') or 'this machine'}"
        self._secret = str(parts.get("password") or "")
        settings = {
            "lock_timeout": f"{round(lock_timeout * 1000)}",
            "idle_in_transaction_session_timeout": "60000",  # of a machine that is gone with the write lock
            "jit": "off",  # no statement is so long that it would pay
            "cursor_tuple_fraction": "0.001",  # of a listing a page is fetched
            # Each statement has an index that serves it; a plan made before the values are known would guess that many
            # rows match, and read the table until one does.
            "enable_seqscan": "off",
            # These read one side as a whole, or from its beginning, for a page deep in a listing, too.
            "enable_mergejoin": "off",
            "enable_hashjoin": "off",
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        keywords: dict[str, Any] = {
            "autocommit": True,
            "prepare_threshold": 0,
            "client_encoding": "UTF8",
            "application_name": "pulumi-mturk",
            **{name: parts.get(name) or value for name, value in _SILENCE.items()},
            "options": f"{parts.get('options') or ''} {options}".strip(),
        }

        def connect() -> psycopg.Connection[Any]:
            connection = psycopg.connect(address, **keywords)
            connection.prepared_max = _STATEMENTS
            adapt(connection)
            return connection

        self._connections = Connections(connect, most=_MOST_CONNECTIONS, lock_timeout=lock_timeout)
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self._open(create=create)
            undo.pop_all()

    def _open(self, *, create: bool) -> None:
        try:
            first = self._connections.take()
            try:
                self._write_lock = _write_lock(first)
                self._prepare(Connection(first), create=create)
            finally:
                self._give_back(first)
        except errors.LockNotAvailable:
            raise self._locked() from None
        except psycopg.Error as error:
            raise MarketplaceError(
                f"The PostgreSQL database {self._shown} can not be opened: {self._words(error)}."
            ) from None

    def close(self) -> None:
        """Close the connections; transactions in other threads end first."""
        self._connections.close()

    def read(self) -> contextlib.AbstractContextManager[Connection]:
        """A read-only transaction: a consistent snapshot."""
        return self._transaction(_READ)

    def _writing(self) -> contextlib.AbstractContextManager[Connection]:
        return self._transaction(self._write_lock)

    def _begin_writing(self, connection: sql.Connection) -> None:
        connection.execute(self._write_lock)

    def _locked(self) -> DatabaseLockedError:
        return DatabaseLockedError(f"The PostgreSQL database {self._shown} is locked by others that use it.")

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            connection = self._begun(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.roll_back()
                raise
            finally:
                self._give_back(connection.raw)
        except psycopg.Error as error:
            raise self._failure(error).with_traceback(error.__traceback__) from None

    def _begun(self, begin: str) -> Connection:
        """A connection in a new transaction; those that the server has closed meanwhile, as at a restart, are left."""
        for attempt in range(_ATTEMPTS):
            try:
                raw = self._connections.take()
            except TimeoutError:
                raise self._locked() from None
            connection = Connection(raw)
            try:
                connection.execute(begin)
            except BaseException as error:
                self._give_back(raw)
                if not (raw.closed and isinstance(error, psycopg.OperationalError)) or attempt + 1 == _ATTEMPTS:
                    raise
                self._connections.close_idle()
            else:
                return connection
        raise AssertionError

    def _give_back(self, raw: psycopg.Connection[Any]) -> None:
        self._connections.give_back(raw, reusable=raw.info.transaction_status == pq.TransactionStatus.IDLE)

    def _failure(self, error: psycopg.Error) -> Exception:
        if isinstance(error, errors.LockNotAvailable):
            return self._locked()
        if isinstance(error, psycopg.OperationalError | psycopg.InternalError):
            return DatabaseFailedError(f"The PostgreSQL database {self._shown} failed: {self._words(error)}.")
        # a bug, which is shown with its traceback
        return RuntimeError(f"PostgreSQL refused a statement: {type(error).__name__}: {self._words(error)}")

    def _words(self, error: psycopg.Error) -> str:
        """What an error says, without what it repeats of a row, and without the password."""
        if (error.sqlstate or "").startswith(_TEXT_VALUES):
            return type(error).__name__
        said = (error.diag.message_primary or str(error)).strip().partition("\n")[0].rstrip(".")
        for secret in {self._secret, quote(self._secret, safe="")} - {""}:
            said = said.replace(secret, "***")
        return said

    def _prepare(self, connection: Connection, *, create: bool) -> None:
        """Make what is missing. Another process may be at it: the write lock is waited for."""
        connection.execute(self._write_lock)
        tables = {
            row["relname"]
            for row in connection.execute(
                """SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
                AND relkind IN ('r', 'p')"""
            ).fetchall()
        }
        if not tables:
            if not create:
                raise MissingDatabaseError(f"There is no marketplace in the PostgreSQL database {self._shown}.")
            _create(connection, self._shown)
        elif (version := _version(connection, tables)) is None:
            raise NotAMarketplaceError(f"The PostgreSQL database {self._shown} is a database of something else.")
        elif version > SCHEMA_VERSION:
            raise NotAMarketplaceError(
                f"The PostgreSQL database {self._shown} has marketplace schema version {version}; this package reads "
                f"versions up to {SCHEMA_VERSION}."
            )
        elif version < SCHEMA_VERSION:
            migrate(connection, version)
        connection.execute("COMMIT")


def migrate(connection: sql.Connection, version: int) -> None:
    """Run the migrations after a version; needs a writing transaction."""
    for statements in VERSIONS[version:]:
        for statement in schema(statements):
            connection.execute(statement)
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(SCHEMA_VERSION),))


def _create(connection: sql.Connection, shown: str) -> None:
    if connection.execute("SHOW server_encoding").fetchone()[0] != "UTF8":
        raise MarketplaceError(f"The PostgreSQL database {shown} has another encoding than UTF8: create one that has.")
    for statement in schema(current()):
        connection.execute(statement)
    rows = {"id": uuid.uuid4().hex, "clock_offset": "0", "switches": "{}", "schema_version": str(SCHEMA_VERSION)}
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows.items())
    make_secret(connection)


def _version(connection: sql.Connection, tables: set[str]) -> int | None:
    """The schema version; None if it is no marketplace's."""
    if not {"meta", "qualification_types", "hits"} <= tables:
        return None
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    return None if row is None else int(row["value"])


def _parts(address: str) -> Mapping[str, Any]:
    """What an address says."""
    place, _, name = address.partition("://")[2].partition("?")[0].partition("/")
    try:
        # a password's own @ or / would make its end a part of the host or of the database's name, which are shown
        parts = None if place.count("@") > 1 or "@" in name else conninfo.conninfo_to_dict(address)
    except psycopg.Error:  # whose message repeats parts of it
        parts = None
    if parts is None:
        raise MarketplaceError(
            "The database's address can not be read: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %XX for "
            "characters of the password that an address can not have, such as %40 for @ and %2F for /."
        )
    return parts


def _write_lock(connection: psycopg.Connection[Any]) -> str:
    """What begins a transaction with the write lock, of the schema that is used.

    The isolation is what lets a statement see what was committed while this waited for the lock.
    """
    row = connection.execute("SELECT current_schema()").fetchone()
    if row is None or row[0] is None:
        raise MarketplaceError("The database's search_path names no schema that exists: create it.")
    number = zlib.crc32(str(row[0]).encode()) - 2**31
    return f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({_OUR_LOCKS}, {number})"
