"""Backups of a marketplace's file: made while it is served, checked, restored.

The key by which the secrets of access keys are encrypted is in none of them: it is a file of its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.errors import DatabaseLockedError, MarketplaceError
from pulumi_mturk.marketplace.service import Marketplace
from pulumi_mturk.marketplace.storage import consistency
from pulumi_mturk.marketplace.storage.backup_files import make_copy, put_into_one_file
from pulumi_mturk.marketplace.storage.database import identify, version_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_REPLACED: Final = "replaced"


@dataclass(frozen=True)
class Checked:
    """What a backup holds, once it is brought to the version of this package."""

    schema_version: int
    """That of the backup."""
    database_id: str
    contents: Mapping[str, int]
    """How much there is of what."""
    problems: tuple[str, ...]
    """What is wrong with it."""


def back_up(database: Path, target: Path) -> None:
    """Write a consistent copy of a database that may be in use. Raises MarketplaceError."""
    make_copy(database, target)


def check(backup: Path) -> Checked:
    """Check a backup, in a copy of its own. Raises MarketplaceError: it is none, or one of a newer version."""
    with TemporaryDirectory() as folder:
        return _checked_copy(backup, Path(folder) / backup.name)


def restore(backup: Path, database: Path) -> tuple[Checked, Path | None]:
    """Put a backup in the place of a database that nobody uses, brought to the version of this package.

    What was there before is kept beside it: the second value is where.

    Raises:
        MarketplaceError: the backup is not whole, or is one of another database, or the database is in use.

    """
    made = database.with_name(f"{database.name}.restoring")
    try:
        checked = _checked_copy(backup, made)
        if checked.problems:
            raise MarketplaceError(f"{backup} is not whole: {'; '.join(checked.problems)}. Nothing is restored.")
        replaced = _set_aside(database, checked.database_id) if database.exists() else None
        put_into_one_file(made)
        made.rename(database)
    finally:
        made.unlink(missing_ok=True)
    return checked, replaced


def _checked_copy(backup: Path, made: Path) -> Checked:
    version = version_of(backup)
    make_copy(backup, made)
    with Marketplace.open(made, create=False) as marketplace, marketplace.snapshot() as ctx:
        problems = tuple(consistency.problems(ctx.db))
        contents = {} if problems else consistency.contents(ctx.db)
        return Checked(version, marketplace.database_id, contents, problems)


def _set_aside(database: Path, expected: str) -> Path:
    """Rename the database that is replaced."""
    try:
        found = identify(database)
    except DatabaseLockedError:
        raise
    except MarketplaceError as error:  # it is broken, or a newer version's
        raise MarketplaceError(f"{error} Move it away first.") from None
    if found != expected:
        raise MarketplaceError(f"{database} is another database than the one of the backup. Move it away first.")
    put_into_one_file(database)
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    return database.rename(database.with_name(f"{database.name}.{_REPLACED}-{moment}"))
