"""The transactions of a marketplace's calls, each after what is due by then.

Due events are processed some a transaction, so that nobody waits long for the write lock.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import due_events
from pulumi_mturk.marketplace.settings import Settings, Sources
from pulumi_mturk.marketplace.storage import accounts, meta
from pulumi_mturk.marketplace.switches import from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.database import Database

_PIECE: Final = 20
"""Due events of one transaction: some milliseconds."""
_PAUSE: Final = 0.0005
"""Seconds between two of them."""


class Transactions:
    """The transactions of one database; `settings` are those of the call, and None: as they are now."""

    def __init__(self, database: Database, sources: Sources, place: str) -> None:
        self._database = database
        self._sources = sources
        self._place = place
        self._due_lock = threading.Lock()

    def settings(self) -> Settings:
        """Clock, switches, faults and accounts as they are now."""
        with self._database.read() as db:
            clock_offset, switches, has_faults = meta.of_each_call(db)
            has_accounts = accounts.are_configured(db)
        return Settings(clock_offset, from_json(switches), has_faults, self._sources, has_accounts, self._place)

    @contextlib.contextmanager
    def reading(self, account: int | None, settings: Settings | None = None) -> Iterator[Context]:
        """A read-only transaction; of a requester's account, or of nobody's."""
        settings = settings or self.settings()
        with self._database.read() as db:
            ctx = settings.context(db, account)
            if not due_events.is_due(ctx):
                yield ctx
                return
        self._run_due_events(settings)
        with self._database.read() as db:
            yield settings.context(db, account)

    @contextlib.contextmanager
    def writing(self, account: int | None, settings: Settings | None = None) -> Iterator[Context]:
        """A writing transaction, as `reading`; rolled back if the block raises."""
        settings = settings or self.settings()
        with self._database.write() as db:
            ctx = settings.context(db, account)
            if not due_events.is_due(ctx):
                yield ctx
                return
        self._run_due_events(settings)
        with self._database.write() as db:
            ctx = settings.context(db, account)
            # more may have become due while this waited for the write lock
            if due_events.is_due(ctx):
                due_events.run(settings.context(db), _PIECE)
            yield ctx

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Context]:
        """A read-only transaction of things as they are: what has become due is left."""
        settings = self.settings()
        with self._database.read() as db:
            yield settings.context(db)

    @contextlib.contextmanager
    def upkeep(self) -> Iterator[Context]:
        """A writing transaction, as `snapshot`."""
        settings = self.settings()
        with self._database.write() as db:
            yield settings.context(db)

    @contextlib.contextmanager
    def writing_in_pieces(self) -> Iterator[tuple[Context, Callable[[], None]]]:
        """As `writing`, for work that lasts: the second value is called between steps, so that others write, too."""
        settings = self.settings()
        self._run_due_events(settings)
        with self._database.write_in_pieces() as (db, pause):
            yield settings.context(db), pause

    def _run_due_events(self, settings: Settings) -> None:
        """Process what is due, before a call reads or writes.

        While another thread is at it this one waits for a moment only: a backlog of hours keeps nobody waiting, and
        what is read then may be what was before an event.
        """
        if not self._due_lock.acquire(timeout=self._database.patience):
            return
        try:
            latest: float | None = -math.inf
            while latest is not None:
                with self._database.write() as db:
                    latest = due_events.run(settings.context(db), _PIECE, latest)
                if latest is not None:
                    time.sleep(_PAUSE)  # else this thread, which runs, would have the lock again before those that wait
        finally:
            self._due_lock.release()
