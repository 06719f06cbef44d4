"""The marketplace's SQLite file: created, opened, and used in transactions.

The write lock is the file's (BEGIN IMMEDIATE), a snapshot the write-ahead log's. A power cut may take the last moments,
not the file; where it is served, not even those.
"""

from __future__ import annotations

import contextlib
import functools
import os
import secrets
import sqlite3
import stat
import time
import uuid
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.errors import (
    DatabaseFailedError,
    DatabaseLockedError,
    MarketplaceError,
    MissingDatabaseError,
    NotAMarketplaceError,
)
from pulumi_mturk.marketplace.storage.connections import Connections
from pulumi_mturk.marketplace.storage.database import LOCK_TIMEOUT, Database, make_secret, refuse_address
from pulumi_mturk.marketplace.storage.encryption import Cipher
from pulumi_mturk.marketplace.storage.migrations import SCHEMA_VERSION, migrate, schema_version
from pulumi_mturk.marketplace.storage.migrations import create as create_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_mturk.marketplace.storage import sql

OLDEST_SQLITE: Final = (3, 35, 5)
"""For RETURNING, and DROP COLUMN without its first defects; every SQLite since April 2021 has them."""
APPLICATION_ID: Final = 0x4D54524B  # "MTRK", in the file's header
_STATEMENTS: Final = 512
"""Prepared statements that a connection keeps: more than there are."""

Connection = sqlite3.Connection
"""What a connection is made as; tests put one in its place that looks at the plans of statements."""


class SQLiteDatabase(Database):
    """One open marketplace file.

    One connection writes, and threads take turns on it. Each transaction that reads has a connection of its own, so
    that it waits for nobody: the write-ahead log gives it a snapshot.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool,
        lock_timeout: float = LOCK_TIMEOUT,
        memory: bool = False,
        durable: bool = False,
    ) -> None:
        """`memory`: no file is made, and all is gone once it is closed; `path` is no more than a name then.

        `durable`: what was committed survives a power cut, at the cost of waiting for the disk at each commit.
        """
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            needed = ".".join(map(str, OLDEST_SQLITE))
            raise MarketplaceError(f"SQLite {needed} or newer is needed; this Python has {sqlite3.sqlite_version}.")
        super().__init__(path.stem, lock_timeout)
        self._path = path
        self.cipher = Cipher(None if memory else path, kept=not memory)
        self._durable = durable
        try:
            if memory:
                self._connection = _in_memory()
            else:
                _make_file(path, create=create)
                self._connection = _connect(path, lock_timeout)
        except (OSError, sqlite3.OperationalError) as error:
            raise _unopened(path, error) from None
        try:
            self._prepare(path, create=create)
        except BaseException:
            self._connection.close()
            raise
        self._readers = None if memory else Connections(lambda: _reader(path, lock_timeout))

    def close(self) -> None:
        """Close the file; transactions in other threads end first."""
        with self._lock:
            self._connection.close()
        if self._readers is not None:
            self._readers.close()

    def save(self, path: Path) -> None:
        """Write all of it to a new file. Raises MarketplaceError."""
        try:
            _make_file(path, create=True)
            with self._turn(), contextlib.closing(sqlite3.connect(path, timeout=self._lock_timeout)) as target:
                self._connection.backup(target)
        except (OSError, sqlite3.Error) as error:
            raise _unopened(path, error) from None

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A read-only transaction: a consistent snapshot."""
        if self._readers is None:
            with self._turn(), self._transaction("BEGIN") as connection:
                yield connection
            return
        connection = self._readers.take()
        try:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back(connection, error)
            raise
        finally:
            self._readers.give_back(connection, reusable=not connection.in_transaction)

    def _writing(self) -> contextlib.AbstractContextManager[sqlite3.Connection]:
        return self._transaction("BEGIN IMMEDIATE")

    def _begin_writing(self, connection: sql.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")

    def _locked(self) -> DatabaseLockedError:
        return _locked(self._path)

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """A transaction of the connection that writes, by whoever has the turn."""
        try:
            self._connection.execute(begin)
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back(self._connection, error)
            raise

    def _roll_back(self, connection: sqlite3.Connection, error: BaseException) -> None:
        """Roll back, unless SQLite has done so by itself, as after a full disk.

        Raises:
            DatabaseFailedError: the error was SQLite's.

        """
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
            raise _failure(self._path, error) from error

    def _prepare(self, path: Path, *, create: bool) -> None:
        try:
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA foreign_keys = ON")
            # what is deleted is overwritten: else an erased worker's rows stay in unused pages, and in backups of them
            self._connection.execute("PRAGMA secure_delete = ON")
            if not _is_marketplace(self._connection, path):
                if not create:
                    raise NotAMarketplaceError(f"{path} is empty, not a marketplace database.")
                with self._turn(), self._writing() as connection:
                    # checked again under the write lock: another process may have created it meanwhile
                    if not _is_marketplace(connection, path):
                        _create(connection)
            if schema_version(self._connection) < SCHEMA_VERSION:
                with self._turn(), self._writing() as connection:
                    migrate(connection)
                    make_secret(connection)
            _use_write_ahead_log(self._connection)
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if self._durable else 'NORMAL'}")
        except sqlite3.OperationalError as error:
            raise _unopened(path, error) from None
        except sqlite3.DatabaseError as error:
            raise NotAMarketplaceError(f"{path} is not a marketplace database: {error}.") from None


def _connect(path: Path | str, lock_timeout: float = LOCK_TIMEOUT) -> sqlite3.Connection:
    return sqlite3.connect(
        path,
        timeout=lock_timeout,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
        factory=Connection,
    )


def _reader(path: Path, lock_timeout: float) -> sqlite3.Connection:
    """A connection for transactions that read."""
    connection = _connect(path, lock_timeout)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA query_only = ON")
    return connection


def _in_memory() -> sqlite3.Connection:
    """A new database in memory: a copy, because to make one takes 15 ms, as long as the rest of a short test."""
    connection = _connect(":memory:")
    connection.deserialize(_empty())
    for key, value in (("id", uuid.uuid4().hex), ("secret", secrets.token_hex(32))):
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
    return connection


@functools.cache
def _empty() -> bytes:
    with contextlib.closing(_connect(":memory:")) as connection:
        _create(connection)
        return connection.serialize()


def _is_locked(error: Exception) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _locked(path: Path) -> DatabaseLockedError:
    return DatabaseLockedError(f"The marketplace database {path} is locked by another process.")


def _unopened(path: Path, error: Exception) -> MarketplaceError:
    if _is_locked(error):
        return _locked(path)
    return MarketplaceError(f"The marketplace database {path} can not be opened: {_reason(path, error)}.")


def _reason(path: Path, error: Exception) -> str:
    """Why a file could not be used; SQLite itself does not say that it lacks the permission to write in the folder."""
    if path.exists() and not os.access(path.parent, os.W_OK):
        return (
            f"{error}. The folder {path.parent} can not be written, and SQLite makes files there, {path.name}-wal and "
            f"{path.name}-shm, also to read"
        )
    return str(error)


def _failure(path: Path, error: sqlite3.DatabaseError) -> DatabaseFailedError:
    if _is_locked(error):
        return _locked(path)
    return DatabaseFailedError(f"The marketplace database {path} failed: {error}.")


def identify(path: Path, *, create: bool = False) -> str:
    """The id of the database in a file; imports little. Raises as `Marketplace.open` does."""
    database = SQLiteDatabase(path, create=create)
    try:
        return database.identity()
    finally:
        database.close()


def copy(path: Path, target: Path) -> None:
    """Copy a consistent snapshot of a database into a file. Raises as `Marketplace.open` does."""
    refuse_address(target)
    try:
        with _for_reading(path, LOCK_TIMEOUT) as source, contextlib.closing(sqlite3.connect(target)) as made:
            source.backup(made)
    except (OSError, sqlite3.DatabaseError) as error:
        raise MarketplaceError(f"The marketplace database {path} can not be copied: {_reason(path, error)}.") from None


def version_of(path: Path) -> int:
    """The schema version of the database in a file, which is left as it is. Raises as `Marketplace.open` does."""
    try:
        with _for_reading(path, timeout=1) as connection:
            return schema_version(connection)
    except (OSError, sqlite3.DatabaseError) as error:
        raise _unopened(path, error) from None


def _for_reading(path: Path, timeout: float) -> contextlib.closing[sqlite3.Connection]:
    refuse_address(path)
    if not path.exists():
        raise MissingDatabaseError(f"There is no marketplace database at {path}.")
    if not path.is_file() or not _has_our_header(path):
        raise NotAMarketplaceError(f"{path} is not a marketplace database.")
    return contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=timeout))


def _make_file(path: Path, *, create: bool) -> None:
    """Create the file with mode 0600 if missing; SQLite gives its -wal and -shm files the same mode."""
    refuse_address(path)
    if not path.exists():
        if not create:
            raise MissingDatabaseError(f"There is no marketplace database at {path}.")
        folder = path.parent
        if not folder.exists():
            try:
                folder.mkdir(mode=0o700, exist_ok=True)
            except FileNotFoundError:  # only the last folder is created: a longer missing path is likely a typing error
                raise MarketplaceError(f"There is no folder {folder.parent} to keep {path} in.") from None
            # worker ids are personal data and must not be committed
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if not path.is_file():
        raise NotAMarketplaceError(f"{path} is not a file.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077 and _has_our_header(path):
        path.chmod(0o600)


def _has_our_header(path: Path) -> bool:
    """Whether the file's header has our application id; read without SQLite, which could change a foreign file."""
    with path.open("rb") as file:
        return file.read(72)[68:] == APPLICATION_ID.to_bytes(4, "big")


def _is_marketplace(connection: sqlite3.Connection, path: Path) -> bool:
    """True: a marketplace; False: an empty database. Raises NotAMarketplaceError for anything else."""
    # In this order: another process may create all of it between the two, and then it has the id, too.
    has_tables = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION_ID:
        version = schema_version(connection)
        if version > SCHEMA_VERSION:
            raise NotAMarketplaceError(
                f"{path} has marketplace schema version {version}; this package reads versions up to {SCHEMA_VERSION}."
            )
        return True
    if application != 0 or has_tables:
        raise NotAMarketplaceError(f"{path} is a database of something else.")
    return False


def _create(connection: sqlite3.Connection) -> None:
    create_schema(connection)
    rows = {"id": uuid.uuid4().hex, "clock_offset": "0", "switches": "{}"}
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows.items())
    make_secret(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Enable WAL. SQLite's busy timeout does not apply to this statement, so it is repeated here."""
    deadline = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
