"""What a served marketplace does by itself now and then, in one thread: counts saved, and what is old deleted."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import retention
from pulumi_mturk.marketplace.errors import DatabaseFailedError
from pulumi_mturk.marketplace.text import failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_mturk.marketplace.server.traffic import Traffic
    from pulumi_mturk.marketplace.service import Marketplace

_log = logging.getLogger(__name__)
_SAVE_SECONDS: Final = 15.0
_DELETE_SECONDS: Final = 600.0
_PAUSE: Final = 0.02
"""Seconds between two pieces, in which others write."""


class Housekeeping:
    """The thread; `close` ends it."""

    def __init__(self, marketplace: Marketplace, traffic: Traffic) -> None:
        self._marketplace = marketplace
        self._traffic = traffic
        self._closing = threading.Event()
        self._next_deletion = time.monotonic() + _SAVE_SECONDS
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread, after what is under way; what was counted is saved."""
        self._closing.set()
        self._thread.join()
        self._guarded(self._save)

    def _run(self) -> None:
        while not self._closing.wait(_SAVE_SECONDS):
            self._guarded(self._save)
            if time.monotonic() >= self._next_deletion:
                self._next_deletion = time.monotonic() + _DELETE_SECONDS
                self._guarded(self._delete)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except DatabaseFailedError as error:  # such as a full disk: the thread has to go on
            _log.error("Housekeeping failed: %s", error)
        except Exception as error:  # a bug: here, too
            _log.error("Housekeeping failed: %s", failure(error))

    def _save(self) -> None:
        if not self._traffic.is_empty():
            with self._marketplace.upkeep() as ctx:
                self._traffic.flush(ctx.db)

    def _delete(self) -> None:
        delete_old(self._marketplace, self._closing)


def delete_old(marketplace: Marketplace, closing: threading.Event | None = None) -> int:
    """Delete what is older than it may be, some rows a transaction; returns how many."""
    deleted = 0
    for kind in retention.KINDS:
        while closing is None or not closing.is_set():
            with marketplace.upkeep() as ctx:
                number = retention.delete_piece(ctx, kind)
            deleted += number
            if not number:
                break
            time.sleep(_PAUSE)
    return deleted
