"""Receipts: what is about to be made stands on disk before the call that makes it.

If the run is killed, or its state can't be written, the next one in the same folder finds the receipt, and knows by it
which type it may call its own. A receipt goes when nothing was made, or when a later run sees that the state has the
type. The end of a run is no reason: the engine does not tell a provider whether it could write the state.
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
    """A create that was begun: where, under which name, with what, and when."""

    place: str
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
        # Place and name -> the files with receipts of it, as they were when the first was asked for.
        self._earlier: dict[tuple[str, str], list[Path]] | None = None
        self._settled: set[tuple[str, str]] = set()

    def find(self, urn: str, place: str) -> Receipt | None:
        """The receipt of a create that no state is known to have. Raises ConfigurationError."""
        path = self._path(urn, place)
        try:
            receipt = _read(path)
        except OSError as error:
            raise _unusable(path, error) from None
        if receipt is None or receipt.place != place:
            return None
        with self._lock:
            return None if (place, receipt.name) in self._settled else receipt

    def write(self, urn: str, receipt: Receipt, instead_of: Receipt | None = None) -> None:
        """Keep a receipt before the call, in place of the one that was found. Raises ConfigurationError.

        One that has come since then is another run's, which makes the same at the same time: that is refused.
        """
        path = self._path(urn, receipt.place)
        found = self.find(urn, receipt.place)
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
            self._settled.discard((receipt.place, receipt.name))

    def remove(self, urn: str, place: str) -> None:
        """Nothing was made."""
        _remove(self._path(urn, place))

    def settle(self, place: str, name: str | None) -> None:
        """The state has the type of this name: a receipt of it, under whatever URN, has done its work."""
        if name is None:
            return
        with self._lock:
            if self._earlier is None:
                self._earlier = {}
                for path in self._folder.glob("*.json"):
                    with contextlib.suppress(OSError):
                        if receipt := _read(path):
                            self._earlier.setdefault((receipt.place, receipt.name), []).append(path)
            for path in self._earlier.pop((place, name), ()):
                self._settled.add((place, name))
                _remove(path)

    def _path(self, urn: str, place: str) -> Path:
        return self._folder / f"{hashlib.sha256(f'{urn} {place}'.encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> Receipt | None:
    try:
        receipt = Receipt(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return receipt if all(isinstance(value, str) for value in asdict(receipt).values()) else None


def _remove(path: Path) -> None:
    # One that can't be removed costs a later run a look.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


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
