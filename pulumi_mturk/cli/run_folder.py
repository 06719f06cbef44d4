"""The folder of a `pulumi-mturk run`, and the cleaning up after a run that was killed (SIGKILL) and could not do it.

POSIX alone: Windows lacks the locks and the signals.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PREFIX: Final = "pulumi-mturk-run-"
BUNDLE: Final = "bundle.pem"
_LOCK: Final = "lock"
_GRACE: Final = 2.0
"""Seconds that a process has to end itself before it is killed."""
_PROCESSES: Final = Path("/proc")


@contextlib.contextmanager
def run_folder() -> Iterator[Path]:
    """A temporary folder, locked as long as this process lives; what killed runs of this user left is removed first."""
    _clean_up()
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name:
        folder = Path(name)
        new = folder / f"{_LOCK}.new"
        with new.open("w") as lock:  # no child inherits it
            fcntl.flock(lock, fcntl.LOCK_EX)
            new.rename(folder / _LOCK)  # so that nobody finds it unlocked
            yield folder


def _clean_up() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # another run may be cleaning up the same
        with contextlib.suppress(OSError), _abandoned(folder) as is_abandoned:
            if is_abandoned:
                for process_id in _end_processes(folder):
                    print(f"pulumi-mturk: ended process {process_id} of a run that was killed", file=sys.stderr)
                shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _abandoned(folder: Path) -> Iterator[bool]:
    """Whether a folder is this user's and its run is gone; locked while it is looked after. Raises OSError."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or str(folder / BUNDLE) in os.environ.values():
        yield False  # the last: this very process is of that run
        return
    with (folder / _LOCK).open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True


def _end_processes(folder: Path) -> list[int]:
    """End the processes of a run, which the path of its certificates in their environment tells; Linux alone knows."""
    ended = _processes_of(folder)
    _send(ended, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE
    while (left := _processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    _send(left, signal.SIGKILL)
    return ended


def _processes_of(folder: Path) -> list[int]:
    marker = f"={folder / BUNDLE}\0".encode()
    found = []
    for process in _PROCESSES.glob("[0-9]*"):
        # others' processes can't be read, and some end meanwhile
        with contextlib.suppress(OSError):
            if marker in (process / "environ").read_bytes():
                found.append(int(process.name))
    return sorted(found)


def _send(process_ids: list[int], number: signal.Signals) -> None:
    for process_id in process_ids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process_id, number)
