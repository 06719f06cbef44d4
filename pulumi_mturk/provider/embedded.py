"""The one place where provider and marketplace meet: in an HTTP request that botocore built.

With `mturk:environment: local` and no `mturk:endpointUrl` the request never leaves the process: a hook that runs
before botocore would send it hands it to the marketplace and gives its answer back.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pulumi_mturk.api.errors import BusyError
from pulumi_mturk.common.errors import ConfigurationError, EnvironmentMismatchError
from pulumi_mturk.rules import configuration as rules

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace


# A transaction waits so long for its turn among the threads, and as long for another process, before the request is put
# off and repeated: a run that is interrupted meanwhile has to end soon.
LOCK_SECONDS = 0.8


class Embedded:
    """The marketplace of a database file, opened at first use and shared by the threads of the process.

    Use it as a context manager, or `close` it. A provider process keeps it to its end, which the engine sets: a
    database that was not closed loses nothing.
    """

    def __init__(self, database: str, folder: Path = Path(), say: Callable[[str], object] = lambda _: None) -> None:
        """`database` is relative to `folder`, which is that of the project in a provider.

        `say` shows the user, once, that another process is waited for.
        """
        self._path = folder / Path(database).expanduser()
        self._say = say
        self._file: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._id: str | None = None
        self._marketplace: Marketplace | None = None

    def database_id(self, create: bool) -> str:
        """The database's id: `local:` and a random word that is kept in the file."""
        from pulumi_mturk.marketplace.errors import DatabaseLockedError
        from pulumi_mturk.marketplace.storage.sqlite import identify

        with self._lock:
            if self._id is None:
                try:
                    with _explained():
                        self._id = identify(self._path, create=create)
                except DatabaseLockedError as error:
                    raise ConfigurationError(rules.DATABASE_UNUSABLE.at("mturk:localDatabase", str(error))) from None
            return f"local:{self._id}"

    def attach(self, client: Any) -> None:
        """Answer a boto3 client's requests here."""
        client.meta.events.register("before-send.mturk", self._answer)

    def close(self) -> None:
        """Close the database; a request that comes later opens it again."""
        with self._lock:
            if self._marketplace is not None:
                self._marketplace.close()
                self._marketplace = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> "Marketplace":
        # A third of a second to import: a plan that makes no call does without it.
        from pulumi_mturk.marketplace import Marketplace

        with self._lock:
            if self._marketplace is None:
                self._marketplace = Marketplace.open(self._path, create=False, lock_timeout=LOCK_SECONDS)
                self._file = _identity(self._path)
            elif _identity(self._path) != self._file:
                raise EnvironmentMismatchError(
                    rules.DATABASE_LOST.at(
                        "mturk:localDatabase",
                        f"{self._path} was deleted or replaced while this run used it. Nothing more is done; what was "
                        "done before is in the file that is gone: put it back, with its -wal beside it",
                    )
                )
            return self._marketplace

    def _answer(self, request: Any, **_: Any) -> Any:
        from pulumi_mturk.marketplace import in_process
        from pulumi_mturk.marketplace.errors import DatabaseLockedError

        try:
            with _explained():
                return in_process.answer(self._open(), request)
        except DatabaseLockedError:
            locked = f"mturk:localDatabase: {self._path} is locked by another process"
            self._say(f"{locked}; waiting until it is free")
            raise BusyError(f"{locked}: end it, or run again later") from None


@contextmanager
def _explained() -> Iterator[None]:
    """Translate errors about the database file into errors about `mturk:localDatabase`."""
    import sqlite3

    from pulumi_mturk.marketplace.errors import DatabaseLockedError, MarketplaceError, MissingDatabaseError

    try:
        yield
    except DatabaseLockedError:
        raise
    except MissingDatabaseError as error:
        said = f"{error} Point mturk:localDatabase to the file that is meant"
        raise EnvironmentMismatchError(rules.DATABASE_LOST.at("mturk:localDatabase", said)) from None
    except (MarketplaceError, OSError, sqlite3.Error) as error:
        raise ConfigurationError(rules.DATABASE_UNUSABLE.at("mturk:localDatabase", str(error))) from None


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at a path; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
