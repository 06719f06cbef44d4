"""Connections for transactions that read: each has one to itself, and it is used again."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEPT: Final = 8
"""Connections that stay open while nobody reads: what a burst of readers had beyond them is closed again."""


_PATIENCE: Final = 30.0
"""Seconds that closing waits for transactions under way."""


class Readers:
    """A stack of open connections: the one used last comes first, as its caches are warm."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._idle: list[sqlite3.Connection] = []
        self._used = 0
        self._closed = False
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def one(self) -> Iterator[sqlite3.Connection]:
        """A connection, for nobody else meanwhile. Raises sqlite3.ProgrammingError once they are closed."""
        with self._changed:
            if self._closed:
                raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
            connection = self._idle.pop() if self._idle else None
            self._used += 1
        try:
            if connection is None:
                connection = self._connect()
            yield connection
        finally:
            with self._changed:
                self._used -= 1
                if connection is not None and len(self._idle) < _KEPT and not connection.in_transaction:
                    self._idle.append(connection)
                elif connection is not None:
                    connection.close()
                self._changed.notify_all()

    def close(self) -> None:
        """Close them, as soon as nobody uses one."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self._used, _PATIENCE)
            while self._idle:
                self._idle.pop().close()
