"""A marketplace's database, used in transactions: what both engines have in common.

Each call of the API is one transaction. One that writes holds the database's write lock from its start, so that what it
has read stays so until it ends; one that reads is a consistent snapshot and waits for nobody. Several processes may use
one database, and a killed process is harmless: what was not committed is not there, what was committed stays.
"""

from __future__ import annotations

import abc
import contextlib
import re
import secrets
import threading
import time
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.errors import DatabaseLockedError, MarketplaceError
from pulumi_mturk.marketplace.storage import keyed_hashes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pulumi_mturk.marketplace.storage.encryption import Cipher
    from pulumi_mturk.marketplace.storage.sql import Connection

LOCK_TIMEOUT: Final = 30.0
"""Seconds that a transaction waits for those of other processes; in this one it waits as long for its turn."""
_SERVER: Final = ("postgresql://", "postgres://")
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+:[/\\]|^postgres(ql)?:|password\s*=", re.IGNORECASE)
"""What an address has, be it in quotation marks, after a name or in libpq's keywords, also once a Path has made one
slash of two; a drive of Windows has one letter."""
_PIECE_SECONDS: Final = 0.02
_PAUSE_SECONDS: Final = 0.002
"""For how long work that lasts holds the write lock, and leaves it to others."""


class Database(abc.ABC):
    """One open database, safe to use from several threads. Those that write take turns in the process."""

    cipher: Cipher
    """What encrypts the secrets of access keys; its key is kept elsewhere."""
    patience: float = 0.02
    """Seconds for which a call waits for another thread that processes due events: they do some of them."""

    def __init__(self, name: str, lock_timeout: float) -> None:
        """`name` is what workers read as the requester's, unless another is given to the account."""
        self.name = name
        self._lock_timeout = lock_timeout
        self._lock = threading.RLock()
        self._refusals = 0  # transactions that another process has kept out

    @abc.abstractmethod
    def close(self) -> None:
        """Close it; transactions in other threads end first."""

    def save(self, path: Path) -> None:
        """Write all of it to a new SQLite file. Raises MarketplaceError."""
        raise MarketplaceError(f"{path} can not be written: a server's database is saved with pg_dump.")

    def identity(self) -> str:
        """The database's own id, made with it."""
        with self.read() as connection:
            return str(connection.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()[0])

    def secret(self) -> bytes:
        """What keyed hashes of this database are made with."""
        with self.read() as connection:
            return keyed_hashes.secret(connection)

    @abc.abstractmethod
    def read(self) -> contextlib.AbstractContextManager[Connection]:
        """A read-only transaction: a consistent snapshot."""

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction with the write lock; rolled back if the block raises."""
        with self._turn(), self._writing() as connection:
            yield connection

    @contextlib.contextmanager
    def write_in_pieces(self) -> Iterator[tuple[Connection, Callable[[], None]]]:
        """As `write`, for work that lasts: in many transactions, so that others write between them.

        The second value is called between steps that may be apart: it ends a transaction that has lasted for some
        milliseconds, and begins another. If the block raises, the transactions before stay.
        """
        begun = time.monotonic()
        with self.write() as connection:

            def pause() -> None:
                nonlocal begun
                if time.monotonic() - begun < _PIECE_SECONDS:
                    return
                connection.execute("COMMIT")
                self._lock.release()
                try:
                    time.sleep(_PAUSE_SECONDS)
                finally:
                    self._lock.acquire()
                self._begin_writing(connection)
                begun = time.monotonic()

            yield connection, pause

    @abc.abstractmethod
    def _writing(self) -> contextlib.AbstractContextManager[Connection]:
        """A transaction with the write lock, for the thread whose turn it is."""

    @abc.abstractmethod
    def _begin_writing(self, connection: Connection) -> None:
        """Begin a transaction with the write lock."""

    @abc.abstractmethod
    def _locked(self) -> DatabaseLockedError:
        """The error for one that others use for too long."""

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """The turn among this process's threads.

        Their transactions end, be it late where the disk is slow: only for other processes the timeout is shorter.
        What a thread has waited for one of these counts for all that were behind it, or each would wait anew.
        """
        refusals, began = self._refusals, time.monotonic()
        if not self._lock.acquire(timeout=max(LOCK_TIMEOUT, self._lock_timeout)):
            raise self._locked()
        try:
            if self._refusals > refusals and time.monotonic() - began >= self._lock_timeout:
                raise self._locked()
            yield
        except DatabaseLockedError:
            self._refusals += 1
            raise
        finally:
            self._lock.release()


def without_password(address: str) -> str:
    """What names a database, as it may be shown."""
    return re.sub(r"(?<=[?&])(?:ssl)?password=[^&]*&?", "", re.sub(r"(?<=://)([^:/@]*):[^@/]*(?=@)", r"\1", address))


def make_secret(connection: Connection) -> None:
    """What keyed hashes are made with, unless the database has it already: a copy of it has the same."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('secret', ?) ON CONFLICT DO NOTHING", (secrets.token_hex(32),)
    )


def is_server(address: str | Path) -> bool:
    """Whether a database is a PostgreSQL server's, by what names it."""
    return str(address).startswith(_SERVER)


def refuse_address(path: str | Path) -> None:
    """Refuse an address where a file is needed, so that no message repeats it with its password.

    Raises:
        MarketplaceError: it is one.

    """
    if _ADDRESS.search(str(path)):
        raise MarketplaceError(
            "An address is given where a file is needed. Name a file; a command that takes a PostgreSQL server's "
            "address, too, knows it by postgresql:// at its beginning."
        )
