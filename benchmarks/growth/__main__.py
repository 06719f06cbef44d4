"""What each operation and page costs in a marketplace of a thousand HITs, and in ones of a hundred thousand and more.

Run it with `python -m benchmarks.growth`; `--sizes 1000 1000000` takes other sizes. A size is the number of HITs, of
workers, and of holders of one qualification. Times are CPU milliseconds of the marketplace in this process, the least
of a few repetitions, so that they hold on a busy machine, too. With `--engine postgresql` they are milliseconds by the
clock, on a server of the benchmark's own that writes each commit to the disk.
"""

import argparse
import contextlib
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.common import Bar, finish
from benchmarks.growth.fill import fill
from benchmarks.growth.subjects import of_all
from benchmarks.growth.visitor import Step
from pulumi_mturk.marketplace import Marketplace

SIZES = (1_000, 10_000, 100_000)
BAR = 1.5
REPETITIONS = 9
LONGEST = 1.0
"""CPU seconds after which no repetition is begun."""
NOISE = 0.05
"""Milliseconds by which figures differ from run to run: they count as no growth."""


def costs(steps: Sequence[Step], clock: Callable[[], int]) -> list[float]:
    """Milliseconds of one call at each size: the least of some, after one that fills caches.

    The sizes take turns, so that a machine whose speed drifts treats all alike.
    """
    begun = time.process_time()
    least = [math.inf] * len(steps)
    for number in range(REPETITIONS + 1):
        for size, step in enumerate(steps):
            start = clock()
            step(number)
            took = (clock() - start) / 1e6
            if number or took > 1000 * LONGEST:
                least[size] = min(least[size], took)
        if time.process_time() - begun > LONGEST * len(steps) and max(least) < math.inf:
            break
    return least


@contextlib.contextmanager
def filled(size: int, engine: str) -> Iterator[Marketplace]:
    """A marketplace of a size, on an engine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grown.db"
        start = time.process_time()
        marketplace = fill(path, size)
        print(f"{size:,} HITs made in {time.process_time() - start:.1f} s of CPU time", file=sys.stderr, flush=True)
        if engine == "sqlite":
            with marketplace:
                yield marketplace
            return
        marketplace.close()
        from benchmarks.growth.server_copy import on_server  # what it needs is an extra

        with on_server(path) as served:
            yield served


def measure(sizes: Sequence[int], only: str, engine: str) -> dict[str, list[float]]:
    """The cost of everything at each size, by its name."""
    clock = time.process_time_ns if engine == "sqlite" else time.perf_counter_ns
    with contextlib.ExitStack() as stack:
        subjects = []
        for size in sizes:
            marketplace = stack.enter_context(filled(size, engine))
            marketplace.reset_clock()
            marketplace.set_switches(funds="prepaid", account_balance="1000000000.00", idle_removal_days=0)
            subjects.append(of_all(marketplace, size))
        figures: dict[str, list[float]] = {}
        for same in zip(*subjects, strict=True):
            if only in (name := same[0][0]):
                figures[name] = costs([step for _, step in same], clock)
        return figures


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of HITs")
    parser.add_argument("--only", default="", help="measure what has this in its name")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite", help="what keeps the data")
    given = parser.parse_args(arguments)
    measured = measure(given.sizes, given.only, given.engine)
    smallest, largest = given.sizes[0], given.sizes[-1]
    unit = "CPU milliseconds at" if given.engine == "sqlite" else "milliseconds at"
    print(f"{unit:46}" + "".join(f"{size:>12,}" for size in given.sizes) + f"{'growth':>9}")
    grown = 0
    for name, least in measured.items():
        growth = max(1.0, (least[-1] - NOISE) / least[0])
        grown += growth > BAR
        row = "".join(f"{one:12.3f}" for one in least)
        print(f"{name:46}{row}{growth:9.1f}{'  GREW' if growth > BAR else ''}")
    what = f"operations and pages that cost more than {BAR:g} times as much at {largest:,} HITs as at {smallest:,}"
    return [Bar(what, grown, most=0)]


if __name__ == "__main__":
    sys.exit(finish(run()))
