"""Backups of a marketplace's file: made while it is served, checked, restored. And what is ours of a server's.

The key by which the secrets of access keys are encrypted is in none of them: it is a file of its own.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import restoration
from pulumi_mturk.marketplace.errors import DatabaseLockedError, MarketplaceError
from pulumi_mturk.marketplace.service import Marketplace
from pulumi_mturk.marketplace.storage import consistency
from pulumi_mturk.marketplace.storage.backup_files import make_copy, put_into_one_file
from pulumi_mturk.marketplace.storage.database import refuse_address, without_password
from pulumi_mturk.marketplace.storage.engines import are_one, open_database
from pulumi_mturk.marketplace.storage.migrations import SCHEMA_VERSION
from pulumi_mturk.marketplace.storage.sqlite import version_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_mturk.marketplace.domain.restoration import Replaced, TakenOver

_REPLACED: Final = "replaced"
_PATIENCE: Final = 1.0
"""Seconds to wait for others to let go of a database."""


@dataclass(frozen=True)
class Checked:
    """What a backup holds, once it is brought to the version of this package."""

    schema_version: int
    """That of the backup."""
    database_id: str
    """Its id, or "" where that was not read."""
    contents: Mapping[str, int]
    """How much there is of what."""
    problems: tuple[str, ...]
    """What is wrong with it."""


@dataclass(frozen=True)
class Restored:
    """What a restoration did."""

    checked: Checked
    replaced: Path | None
    """Where the database is that was there before."""
    taken_over: TakenOver
    """What it knows of that one."""


def back_up(database: Path, target: Path) -> None:
    """Write a consistent copy of a database that may be in use. Raises MarketplaceError."""
    make_copy(database, target)


def check(backup: Path) -> Checked:
    """Check a backup, in a copy of its own. Raises MarketplaceError: it is none, or one of a newer version."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / backup.name
        make_copy(backup, made)
        return _checked(made, version_of(backup))


def restore(backup: Path, database: Path) -> Restored:
    """Put a backup in the place of a database that nobody uses, brought to the version of this package.

    What was there before is kept beside it; at each moment a whole database is in its place. Whoever was erased since
    the backup is erased again, and what was revoked stays so (`domain.restoration`).

    Raises:
        MarketplaceError: the backup is not whole, or is one of another database, or the database is in use.

    """
    refuse_address(database)
    _refuse_leftovers(database)
    version = version_of(backup)
    made = database.with_name(f"{database.name}.restoring")
    make_copy(backup, made)  # where the file is there already, it is another restoration's, and stays
    try:
        checked = _checked(made, version)
        if checked.problems:
            raise MarketplaceError(f"{backup} is not whole: {'; '.join(checked.problems)}. Nothing is restored.")
        exists = database.exists()
        before = _read(database, checked.database_id) if exists else None
        with Marketplace.open(made, create=False) as marketplace, marketplace.upkeep() as ctx:
            taken_over = restoration.finish(ctx, before)
        put_into_one_file(made, compact=bool(taken_over.erased))
        replaced = _set_aside(database) if exists else None
        made.replace(database)
    finally:
        made.unlink(missing_ok=True)
    return Restored(checked, replaced, taken_over)


def check_on_server(address: str) -> Checked:
    """Check a server's database, which is brought to the version of this package. Raises MarketplaceError."""
    missing = _missing_on_server(address)
    if missing is not None:  # no row is read: the tables themselves may be missing
        return Checked(SCHEMA_VERSION, "", {}, (f"{missing}: pg_restore was not finished, let it fill a new database",))
    with Marketplace.open(address, create=False) as marketplace, marketplace.snapshot() as ctx:
        wrong = tuple(consistency.problems_of_numbers(ctx.db))
        return Checked(SCHEMA_VERSION, marketplace.database_id, consistency.contents(ctx.db), wrong)


def finish_on_server(address: str, replaced: str | None) -> tuple[Checked, TakenOver]:
    """Finish the restoration of a server's database, which PostgreSQL's own programs have begun: as `restore`.

    `replaced` is the address of the one that it takes the place of, if that is still there.

    Raises:
        MarketplaceError: what was restored is not whole, or the other one is another database, or the same.

    """
    if replaced is not None and are_one(address, replaced):
        raise MarketplaceError(
            "--replaces is the database before the restoration, which is another one than --database: both name one."
        )
    checked = check_on_server(address)
    if checked.problems:
        raise MarketplaceError(f"What was restored is not whole: {'; '.join(checked.problems)}. Nothing is taken over.")
    before = None
    if replaced is not None:
        if (missing := _missing_on_server(replaced)) is not None:
            raise MarketplaceError(f"{without_password(replaced)} is not whole: {missing}. Nothing is taken over.")
        before = _taken_from(replaced, checked.database_id)
    with Marketplace.open(address, create=False, durable=True) as marketplace, marketplace.upkeep() as ctx:
        return checked, restoration.finish(ctx, before)


def _missing_on_server(address: str) -> str | None:
    """What of the schema is missing."""
    opened = contextlib.closing(open_database(address, create=False, lock_timeout=_PATIENCE))
    with opened as database, database.write() as db:
        return consistency.missing_on_server(db)


def _refuse_leftovers(database: Path) -> None:
    """SQLite puts a log that stands beside a file into it, be it that of the file which stood there before."""
    if database.exists():
        return
    for left in (database.with_name(database.name + ending) for ending in ("-wal", "-shm", "-journal")):
        if left.exists():
            raise MarketplaceError(
                f"{left} is a part of the database that was there before. Move it to where that one is; it would "
                "become a part of the restored one."
            )


def _checked(made: Path, version: int) -> Checked:
    with Marketplace.open(made, create=False) as marketplace, marketplace.snapshot() as ctx:
        problems = tuple(consistency.problems(ctx.db))
        contents = {} if problems else consistency.contents(ctx.db)
        return Checked(version, marketplace.database_id, contents, problems)


def _read(database: Path, expected: str) -> Replaced:
    """What is taken over from the file that is replaced."""
    try:
        return _taken_from(database, expected)
    except DatabaseLockedError:
        raise
    except MarketplaceError as error:  # or it is broken, or a newer version's
        raise MarketplaceError(f"{error} Move it away first, with its -wal and -shm.") from None


def _taken_from(database: Path | str, expected: str) -> Replaced:
    """What is taken over from the database that is replaced, which has to be the one of the backup."""
    with Marketplace.open(database, create=False, lock_timeout=_PATIENCE) as marketplace:
        if marketplace.database_id != expected:
            shown = without_password(str(database))
            raise MarketplaceError(f"{shown} is another database than the one of the backup.")
        with marketplace.snapshot() as ctx:
            return restoration.read(ctx)


def _set_aside(database: Path) -> Path:
    """Keep the database that is replaced under another name, too; it stays in its place until another is put there."""
    put_into_one_file(database)
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    aside = database.with_name(f"{database.name}.{_REPLACED}-{moment}")
    try:
        os.link(database, aside)
    except FileExistsError:
        raise MarketplaceError(f"{aside} exists already: nothing is written over a file.") from None
    except OSError:  # the file system has no second names
        make_copy(database, aside)
    return aside
