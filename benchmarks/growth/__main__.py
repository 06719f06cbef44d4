"""What each operation and page costs in a marketplace of a thousand HITs, and in ones of a hundred thousand and more.

Run it with `python -m benchmarks.growth`; `--sizes 1000 1000000` takes other sizes. A size is the number of HITs, of
workers, and of holders of one qualification. Times are CPU milliseconds of the marketplace in this process, the least
of a few repetitions, so that they hold on a busy machine, too. With `--engine postgresql` they are milliseconds by the
clock, on a server of the benchmark's own that writes each commit to the disk.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.common import Bar, finish
from benchmarks.growth.fill import fill
from benchmarks.growth.subjects import Step, of_all
from pulumi_mturk.marketplace import Marketplace

SIZES = (1_000, 10_000, 100_000)
BAR = 1.5
REPETITIONS = 9
LONGEST = 1.0
"""CPU seconds after which no repetition is begun."""
NOISE = 0.05
"""Milliseconds by which figures differ from run to run: they count as no growth."""


def cost(step: Step, clock: Callable[[], int]) -> float:
    """Milliseconds of one call: the least of some, after one that fills caches."""
    begun = time.process_time()
    least = float("inf")
    for number in range(REPETITIONS + 1):
        start = clock()
        step(number)
        took = (clock() - start) / 1e6
        if number or took > 1000 * LONGEST:
            least = min(least, took)
        if time.process_time() - begun > LONGEST and least < float("inf"):
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


def measure(size: int, only: str, engine: str) -> dict[str, float]:
    """The cost of everything at one size."""
    clock = time.process_time_ns if engine == "sqlite" else time.perf_counter_ns
    with filled(size, engine) as marketplace:
        marketplace.reset_clock()
        marketplace.set_switches(funds="prepaid", account_balance="1000000000.00", idle_removal_days=0)
        figures: dict[str, float] = {}
        for name, step in of_all(marketplace, size):
            if only in name:
                figures[name] = cost(step, clock)
        return figures


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of HITs")
    parser.add_argument("--only", default="", help="measure what has this in its name")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite", help="what keeps the data")
    given = parser.parse_args(arguments)
    measured = {size: measure(size, given.only, given.engine) for size in given.sizes}
    smallest, largest = given.sizes[0], given.sizes[-1]
    unit = "CPU milliseconds at" if given.engine == "sqlite" else "milliseconds at"
    print(f"{unit:46}" + "".join(f"{size:>12,}" for size in measured) + f"{'growth':>9}")
    grown = 0
    for name, least in measured[smallest].items():
        growth = max(1.0, (measured[largest][name] - NOISE) / least)
        grown += growth > BAR
        row = "".join(f"{at[name]:12.3f}" for at in measured.values())
        print(f"{name:46}{row}{growth:9.1f}{'  GREW' if growth > BAR else ''}")
    what = f"operations and pages that cost more than {BAR:g} times as much at {largest:,} HITs as at {smallest:,}"
    return [Bar(what, grown, most=0)]


if __name__ == "__main__":
    sys.exit(finish(run()))
