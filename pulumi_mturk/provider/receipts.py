"""Receipts: what is about to be made stands on disk before the call that makes it.

If the run is killed before its state is written, the next one in the same folder finds the receipt, and knows by it
which type it may call its own. A receipt goes when the state has the type, or when nothing was made.
"""

import contextlib
import hashlib
import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.rules import existing_types as rules

# Below the folder of the project file.
FOLDER = Path(".mturk") / "creating"


@dataclass(frozen=True)
class Receipt:
    """A create that was begun: under which name, with what, and when."""

    name: str
    arguments: str
    """A digest of what was sent, without the answer key."""
    time: str
    """The service's time before the call (ISO 8601); empty where it tells none."""


class Receipts:
    """The receipts of a folder, each by the URN of its resource, which names project and stack, and by the place.

    Safe to share between threads. A file that can't be understood counts as none: a receipt is whole before its call
    is made, so that nothing was made by what is less.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._settled: set[tuple[Path, str]] = set()

    def find(self, urn: str, place: str) -> Receipt | None:
        """The receipt of a create that no state is known to have. Raises ConfigurationError."""
        path = self._path(urn, place)
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            receipt = Receipt(**values)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            return None
        except OSError as error:
            raise _unusable(path, error) from None
        if not all(isinstance(value, str) for value in asdict(receipt).values()):
            return None
        with self._lock:
            return None if (path, receipt.name) in self._settled else receipt

    def write(self, urn: str, place: str, receipt: Receipt, instead_of: Receipt | None = None) -> None:
        """Keep a receipt before the call, in place of the one that was found. Raises ConfigurationError.

        One that has come since then is another run's, which makes the same at the same time: that is refused.
        """
        path = self._path(urn, place)
        found = self.find(urn, place)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # In another working copy it would prove what it can't.
            ignored = path.parent / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", encoding="utf-8")
            if found is None or found == instead_of:
                path.unlink(missing_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(asdict(receipt), file)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unusable(path, error) from None
        with self._lock:
            self._settled.discard((path, receipt.name))

    def remove(self, urn: str, place: str) -> None:
        """Nothing was made."""
        # One that can't be removed costs the next run a look.
        with contextlib.suppress(OSError):
            self._path(urn, place).unlink(missing_ok=True)

    def settle(self, urn: str, place: str, name: str | None) -> None:
        """The state has the type of this name: a receipt of it has done its work."""
        with contextlib.suppress(ConfigurationError):  # there is nothing to lose
            if (receipt := self.find(urn, place)) is not None and receipt.name == name:
                with self._lock:
                    self._settled.add((self._path(urn, place), receipt.name))
                self.remove(urn, place)

    def _path(self, urn: str, place: str) -> Path:
        return self._folder / f"{hashlib.sha256(f'{urn} {place}'.encode()).hexdigest()[:32]}.json"


def _unusable(path: Path, error: OSError) -> ConfigurationError:
    reason = error.strerror or type(error).__name__
    return ConfigurationError(
        rules.RECEIPT_NOT_KEPT.at(
            "",
            f"{path} can't be used ({reason}), so nothing was made: what a run makes is noted there before, or one "
            "that is killed would leave a type that no stack knows. Make the folder writable for this user; if another "
            "run of this stack is under way, let it end",
        )
    )
