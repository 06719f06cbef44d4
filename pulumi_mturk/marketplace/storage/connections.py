"""Connections for transactions that read: each has one to itself, and it is used again."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def take(self) -> sqlite3.Connection:
        """A connection, for nobody else until it is given back. Raises sqlite3.Error."""
        with self._changed:
            if self._closed:
                raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
            self._used += 1
            if self._idle:
                return self._idle.pop()
        try:
            return self._connect()
        except BaseException:
            with self._changed:
                self._used -= 1
            raise

    def give_back(self, connection: sqlite3.Connection) -> None:
        """End its use."""
        with self._changed:
            self._used -= 1
            if len(self._idle) < _KEPT and not connection.in_transaction:
                self._idle.append(connection)
            else:
                connection.close()
            if self._closed:
                self._changed.notify_all()

    def close(self) -> None:
        """Close them, as soon as nobody uses one."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self._used, _PATIENCE)
            while self._idle:
                self._idle.pop().close()
