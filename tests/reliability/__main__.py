"""Measures the figures and keeps the results, from which docs/reliability.md is made.

`python -m tests.reliability` measures all of them in their long form; with numbers (`R4 R9`) these alone. Each is
measured in a process of its own, two of them side by side.
"""

import argparse
import datetime
import os
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.reliability.all_figures import FIGURES, measure
from tools.reliability_page import Result, load, write

# Where Linux keeps files in memory. None of the figures is about what a disk holds after a loss of power, and most of
# their time would go into waiting until one has it.
MEMORY = Path("/dev/shm")  # noqa: S108
ENOUGH = 4 * 2**30


def main(arguments: Sequence[str]) -> int:
    """Measure, write, and tell which bars were missed. 0 if none was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="R1", help="which ones (all of them)")
    parser.add_argument("--seed", type=int, default=2026, help="what the draws begin with (2026)")
    parser.add_argument("--runs", type=int, help="fewer than the bar asks for, which does not reach it then")
    parser.add_argument("--short", action="store_true", help="the short form; its results are not kept")
    parser.add_argument("--jobs", type=int, default=2, help="how many figures are measured at a time (2)")
    parsed = parser.parse_args(arguments)
    if unknown := set(parsed.figures) - FIGURES.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ.setdefault("TMPDIR", str(MEMORY))
    missed = []
    with ProcessPoolExecutor(parsed.jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
        under_way = {}
        for number in parsed.figures or FIGURES:
            figure = FIGURES[number]
            runs = figure.short if parsed.short else min(figure.long, parsed.runs or figure.long)
            under_way[pool.submit(measure, number, runs, parsed.seed)] = number
        for done in as_completed(under_way):
            number = under_way[done]
            figure, (measured, seconds) = FIGURES[number], done.result()
            if not parsed.short:
                measured = figure.judge(measured)
            verdict = "reached" if measured.reached else "MISSED"
            print(f"{number} {verdict}: {measured.result} ({seconds:.0f} s)", flush=True)
            if not measured.reached:
                missed.append(number)
            result = Result(
                number=number,
                claim=figure.claim,
                method=figure.method,
                bar=figure.bar,
                runs=measured.runs,
                result=measured.result,
                reached=measured.reached,
                seed=parsed.seed,
                date=datetime.datetime.now(datetime.UTC).date().isoformat(),
                seconds=round(seconds),
            )
            if not parsed.short:
                write(load() | {number: result})
    print(f"Bars missed: {', '.join(missed)}." if missed else "All bars are reached.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
