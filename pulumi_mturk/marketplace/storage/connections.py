"""Connections of one database: each transaction has one to itself, and it is used again."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from pulumi_mturk.marketplace.errors import DatabaseFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT: Final = 8
"""Connections that stay open while nobody uses them: what a burst had beyond them is closed again."""


_PATIENCE: Final = 30.0
"""Seconds that closing waits for transactions under way."""
_MOMENT: Final = 1.0
"""Seconds for which who gets no new connection waits for another's: a server may have no more than it has given."""


class _Closable(Protocol):
    def close(self) -> None:
        """End it."""


_Connection = TypeVar("_Connection", bound=_Closable)


class Connections(Generic[_Connection]):
    """A stack of open connections: the one used last comes first, as its caches are warm."""

    def __init__(
        self, connect: Callable[[], _Connection], *, most: float = math.inf, lock_timeout: float = _PATIENCE
    ) -> None:
        """`most`: connections at once; who needs one more waits for up to `lock_timeout` seconds for another's."""
        self._connect = connect
        self._most = most
        self._lock_timeout = lock_timeout
        self._idle: list[_Connection] = []
        self._used = 0
        self._closed = False
        self._changed = threading.Condition()

    def take(self) -> _Connection:
        """A connection, for nobody else until it is given back.

        Raises:
            TimeoutError: all are used.
            DatabaseFailedError: the database is closed.
            Exception: what `connect` raises, unless another's is given back in a moment.

        """
        with self._changed:
            if not self._changed.wait_for(
                lambda: self._closed or self._idle or self._used < self._most, self._lock_timeout
            ):
                raise TimeoutError
            if self._closed:
                raise DatabaseFailedError("The database is closed.")
            self._used += 1
            if self._idle:
                return self._idle.pop()
        try:
            return self._connect()
        except BaseException as error:
            with self._changed:
                self._used -= 1
                self._changed.notify_all()
                if isinstance(error, Exception):
                    self._changed.wait_for(lambda: self._idle or not self._used, _MOMENT)
                    if self._idle and not self._closed:
                        self._used += 1
                        return self._idle.pop()
            raise

    def give_back(self, connection: _Connection, *, reusable: bool) -> None:
        """End its use; one that is not reusable is closed."""
        with self._changed:
            self._used -= 1
            if reusable and len(self._idle) < _KEPT:
                self._idle.append(connection)
            else:
                connection.close()
            self._changed.notify_all()

    def close_idle(self) -> None:
        """Close those that nobody uses: they lead to a server that was started anew."""
        with self._changed:
            while self._idle:
                self._idle.pop().close()

    def close(self) -> None:
        """Close them, as soon as nobody uses one."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._used, _PATIENCE)
        self.close_idle()
