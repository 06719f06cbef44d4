"""Threads that do something now and then, for as long as a server runs."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Final

from pulumi_mturk.marketplace.errors import DatabaseFailedError
from pulumi_mturk.marketplace.text import failure

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)
_FAILED_SECONDS: Final = 5.0


class BackgroundThread(ABC):
    """A thread that goes on whatever fails; `close` ends it."""

    FAILURE: ClassVar[str]
    """What the log says where the work failed."""
    PAUSE: ClassVar[float]
    """Seconds before each time that it works."""

    def __init__(self) -> None:
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @abstractmethod
    def work(self) -> None:
        """Do what has to be done now; soon over where `closing` is set."""

    def close(self) -> None:
        """End the thread, after what is under way."""
        self.closing.set()
        self._thread.join()

    def guarded(self, work: Callable[[], None]) -> bool:
        """Do something, and say whether it was done; the log tells of what fails."""
        try:
            work()
        except DatabaseFailedError as error:  # such as a full disk: the thread has to go on
            _log.error("%s: %s", self.FAILURE, error)
        except Exception as error:  # a bug: here, too
            _log.error("%s: %s", self.FAILURE, failure(error))
        else:
            return True
        return False

    def _run(self) -> None:
        pause = self.PAUSE
        while not self.closing.wait(pause):
            # a database that is away for an hour fills no log
            pause = self.PAUSE if self.guarded(self.work) else max(self.PAUSE, _FAILED_SECONDS)
