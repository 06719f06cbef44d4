"""Databases of the engine that is tested (`pytest --engine`), for tests that need other ones than their fixtures'."""

from __future__ import annotations

import contextlib
import itertools
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.storage.engines import open_database
from tests.support.marketplace.new_database import new_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.settings import Sources
    from tests.support.marketplace.postgresql_server import PostgreSQLServer

server: PostgreSQLServer | None = None
"""Where PostgreSQL is tested; the fixture `engine` sets it."""
_unused: list[str] = []
"""Names of its databases that a test has had, and that the next one empties."""
_numbers = itertools.count()


@contextlib.contextmanager
def kept_place() -> Iterator[str | Path]:
    """An empty marketplace's database: a file, or an address."""
    if server is None:
        with TemporaryDirectory() as folder:
            yield new_database(Path(folder) / "market.db")
        return
    name = _unused.pop() if _unused else f"place{next(_numbers)}"
    try:
        yield server.emptied_database(name)
    finally:
        _unused.append(name)


@contextlib.contextmanager
def copied(place: str | Path) -> Iterator[str | Path]:
    """A copy of a database that nobody has open."""
    if server is None:
        with TemporaryDirectory() as folder:
            yield Path(shutil.copyfile(place, Path(folder) / "copy.db"))
        return
    address = server.copy_of(str(place))
    try:
        yield address
    finally:
        server.drop(address)


@contextlib.contextmanager
def brief_marketplace(sources: Sources | None = None) -> Iterator[Marketplace]:
    """A new marketplace for the block: in memory, unless it is on the server."""
    if server is None:
        with Marketplace.in_memory("place", sources) as made:
            yield made
        return
    with kept_place() as place, Marketplace(open_database(place, create=False), sources) as made:
        yield made
