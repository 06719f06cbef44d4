"""Files of a database that stand by themselves, with nothing beside them: copied while others write, or taken away."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.storage.database import LOCK_TIMEOUT, refuse_address
from pulumi_mturk.marketplace.storage.sqlite import copy

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 1.0
"""Seconds to wait for others to let go of a file."""
_WAIT = 20
"""Milliseconds to wait for readers while nobody can write."""
_PAUSE = 0.2
"""Seconds that writers have then."""


def make_copy(database: Path, target: Path) -> None:
    """Copy a consistent snapshot of a database into a new file that its owner alone may read.

    Raises:
        MarketplaceError: there is a file already, or as `Marketplace.open`.

    """
    refuse_address(database)
    refuse_address(target)
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise MarketplaceError(f"{target} exists already: nothing is written over a file.") from None
    except OSError as error:
        raise MarketplaceError(f"{target} can not be written: {error.strerror}.") from None
    try:
        copy(database, target)
        put_into_one_file(target)
    except BaseException:
        target.unlink()
        raise


def put_into_one_file(database: Path, *, compact: bool = False) -> None:
    """Put what stands in a file's write-ahead log into the file; `compact`: what was deleted is in no unused page.

    Raises:
        MarketplaceError: others have it open, or it is broken.

    """
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            if compact:
                connection.execute("VACUUM")
    except sqlite3.OperationalError:
        raise MarketplaceError(f"{database} is in use. Stop its server, and whatever else has it open.") from None
    except sqlite3.DatabaseError as error:
        raise MarketplaceError(f"{database} is broken: {error}.") from None


def empty_log(database: Path) -> bool:
    """Put what stands in a file's write-ahead log into the file, and empty the log; False: others read or write it.

    Until then the log holds pages as they were before something was deleted. SQLite holds the write lock while it waits
    for readers; so it waits for some milliseconds at a time, and others write between these.

    Raises:
        MarketplaceError: the file can not be written.

    """
    try:
        deadline = time.monotonic() + LOCK_TIMEOUT
        with contextlib.closing(sqlite3.connect(database, timeout=LOCK_TIMEOUT, isolation_level=None)) as connection:
            connection.execute("PRAGMA user_version")  # opens the log, for which no writer waits
            connection.execute(f"PRAGMA busy_timeout = {_WAIT}")
            while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > deadline:
                    return False
                time.sleep(_PAUSE)
    except sqlite3.Error as error:
        raise MarketplaceError(f"{database}-wal can not be emptied: {error}.") from None
    return True
