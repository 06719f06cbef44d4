"""What a served marketplace does by itself now and then, in one thread: counts saved, and what is old deleted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import retention
from pulumi_mturk.marketplace.server.background import BackgroundThread

if TYPE_CHECKING:
    from threading import Event

    from pulumi_mturk.marketplace.server.traffic import Traffic
    from pulumi_mturk.marketplace.service import Marketplace

_DELETE_SECONDS: Final = 600.0
_PAUSE: Final = 0.02
"""Seconds between two pieces, in which others write."""


class Housekeeping(BackgroundThread):
    """The thread that saves and deletes."""

    FAILURE = "Housekeeping failed"
    PAUSE = 15.0

    def __init__(self, marketplace: Marketplace, traffic: Traffic) -> None:
        self._marketplace = marketplace
        self._traffic = traffic
        self._next_deletion = time.monotonic() + self.PAUSE
        super().__init__()

    def close(self) -> None:
        """End the thread; what was counted is saved."""
        super().close()
        self.guarded(self._save)

    def work(self) -> None:
        """Save what was counted, and now and then delete."""
        self.guarded(self._save)
        if time.monotonic() >= self._next_deletion:
            self._next_deletion = time.monotonic() + _DELETE_SECONDS
            delete_old(self._marketplace, self.closing)

    def _save(self) -> None:
        if not self._traffic.is_empty():
            with self._marketplace.upkeep() as ctx:
                self._traffic.flush(ctx.db)


def delete_old(marketplace: Marketplace, closing: Event | None = None) -> int:
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
