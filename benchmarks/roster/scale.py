"""How a roster's cost grows with its workers, in the embedded marketplace and so without latency."""

import json
import re
import statistics
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import Bar, timed
from benchmarks.roster.stacks import UP, new_stack
from pulumi_mturk.marketplace import Marketplace
from tests.support.cli_rosters import GRANT, LIST, recorded
from tests.support.pulumi_cli import Stack, counted

# What the command line of each process has in it.
PROCESSES = {"plugin": "pulumi.dynamic", "program": "pulumi-language-python-exec", "engine": "pulumi\0up"}
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Size:
    """One roster, made, planned again and refreshed."""

    workers: int
    up_seconds: float
    work_seconds: float
    """From its first request to its last."""
    calls: int
    peaks: Mapping[str, float]
    """MiB of each process of `up`; empty where the kernel does not tell (other systems than Linux)."""
    plain_bytes: int
    """The list in inputs and outputs, as JSON before it is encrypted."""
    stored_bytes: int
    """The whole file of the state."""
    preview_seconds: float
    refresh_seconds: float
    refresh_calls: int

    def costs(self) -> dict[str, float]:
        """All that may grow no faster than the workers."""
        return {
            "work": self.work_seconds,
            "up": self.up_seconds,
            "calls": self.calls,
            **{f"memory of the {process}": peak for process, peak in self.peaks.items()},
            "state": self.plain_bytes,
            "stored state": self.stored_bytes,
            "preview": self.preview_seconds,
            "refresh": self.refresh_seconds,
            "calls of a refresh": self.refresh_calls,
        }


def measure(folder: Path, workers: int) -> tuple[Stack, Size]:
    """Make a roster, and look at it; the stack is left as it is."""
    stack = new_stack(folder, workers)
    with Marketplace.open(stack.database) as marketplace:
        marketplace.set_switches(record_calls="on")
        with memory(stack.folder) as peaks:
            whole = timed(stack, *UP)
        calls = [call for call in marketplace.calls() if call.operation in (LIST, GRANT)]
        plain, stored = recorded(stack), stack.state()
        preview = timed(stack, "preview", "--expect-no-changes")
        counted(marketplace)
        refresh = timed(stack, "refresh", "--yes", "--skip-preview", "--expect-no-changes")
        refresh_calls = counted(marketplace)
    return stack, Size(
        workers=workers,
        up_seconds=whole.wall,
        work_seconds=calls[-1].time - calls[0].time,
        calls=len(calls),
        peaks=peaks,
        plain_bytes=2 * len(json.dumps(plain)),
        stored_bytes=len(stored),
        preview_seconds=preview.wall,
        refresh_seconds=refresh.wall,
        refresh_calls=refresh_calls.total(),
    )


@contextmanager
def memory(folder: Path) -> Iterator[dict[str, float]]:
    """The most memory that each process in a folder had at once, in MiB, once the block is over.

    The kernel keeps the peak: only what a process takes in its last moments may be missed.
    """
    peaks: dict[str, float] = {}
    over = threading.Event()

    def look() -> None:
        while not over.wait(POLL_SECONDS):
            for process in Path("/proc").glob("[0-9]*"):
                with suppress(OSError):  # it has ended, or is somebody else's
                    if (process / "cwd").readlink() == folder:
                        note(process)

    def note(process: Path) -> None:
        command = (process / "cmdline").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
        for name, part in PROCESSES.items():
            if part in command and found:
                peaks[name] = max(peaks.get(name, 0), int(found[1]) / 1024)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


def means(sizes: Sequence[Size]) -> list[dict[str, float]]:
    """What each size costs, smallest first: the mean of its turns."""
    found = []
    for workers in sorted({size.workers for size in sizes}):
        turns = [size.costs() for size in sizes if size.workers == workers]
        found.append({"workers": workers} | {key: statistics.mean(turn[key] for turn in turns) for key in turns[0]})
    return found


def report(rows: Sequence[Mapping[str, float]]) -> None:
    """Print the table, a line for each size."""
    print(
        f"{'workers':>8}{'up, s':>8}{'work, s':>9}{'µs each':>9}{'calls each':>12}{'plugin':>8}{'program':>9}"
        f"{'engine':>8}{'state':>8}{'stored':>8}{'preview, s':>12}{'refresh, s':>12}"
    )
    print(f"{'':46}{'peak, MiB':>25}{'bytes each':>16}")
    for row in rows:
        workers = row["workers"]
        peaks = "".join(
            f"{row.get(f'memory of the {process}', float('nan')):{width}.0f}"
            for process, width in zip(PROCESSES, (8, 9, 8), strict=True)
        )
        print(
            f"{workers:8,}{row['up']:8.2f}{row['work']:9.2f}{1e6 * row['work'] / workers:9.0f}"
            f"{row['calls'] / workers:12.3f}{peaks}{row['state'] / workers:8.1f}{row['stored state'] / workers:8.1f}"
            f"{row['preview']:12.2f}{row['refresh']:12.2f}"
        )


def bars(rows: Sequence[Mapping[str, float]]) -> list[Bar]:
    """What is asked of the largest."""
    smaller, largest = rows[-2:]
    times, what = max((largest[key] / smaller[key], key) for key in largest if key != "workers")
    count = f"{largest['workers']:,} workers"
    return [
        Bar(f"times that {count} cost what {smaller['workers']:,} do, at worst ({what})", times, most=12),
        # One more than the workers: the look at who holds it, and that is nobody yet.
        Bar(f"calls that make {count}", largest["calls"], largest["workers"] + 1, largest["workers"] + 1),
        Bar(f"bytes of state a worker before encryption, {count}", largest["state"] / largest["workers"], most=60),
    ]
