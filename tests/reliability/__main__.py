"""Measures the figures and keeps the results, from which docs/reliability.md is made.

`python -m tests.reliability` measures all of them in their long form; with numbers (`R4 R9`) these alone.
"""

import argparse
import datetime
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

from tests.reliability.all_figures import FIGURES
from tools.reliability_page import Result, load, write


def main(arguments: Sequence[str]) -> int:
    """Measure, write, and tell which bars were missed. 0 if none was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="R1", help="which ones (all of them)")
    parser.add_argument("--seed", type=int, default=2026, help="what the draws begin with (2026)")
    parser.add_argument("--runs", type=int, help="fewer than the bar asks for, which does not reach it then")
    parser.add_argument("--short", action="store_true", help="the short form; its results are not kept")
    parsed = parser.parse_args(arguments)
    if unknown := set(parsed.figures) - FIGURES.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
    results = load()
    missed = []
    for number in parsed.figures or FIGURES:
        figure = FIGURES[number]
        runs = figure.short if parsed.short else min(figure.long, parsed.runs or figure.long)
        print(f"{number} {figure.claim} ({runs:,} runs) …", flush=True)
        start = time.monotonic()
        measured = figure.measure(runs, parsed.seed)
        seconds = time.monotonic() - start
        if runs < figure.long and not parsed.short:
            too_few = f"{measured.result}; {runs:,} runs of the {figure.long:,} that the bar asks for"
            measured = replace(measured, result=too_few, reached=False)
        print(f"   {'reached' if measured.reached else 'MISSED'}: {measured.result} ({seconds:.0f} s)", flush=True)
        if not measured.reached:
            missed.append(number)
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        results[number] = Result(
            number=number,
            claim=figure.claim,
            method=figure.method,
            bar=figure.bar,
            runs=measured.runs,
            result=measured.result,
            reached=measured.reached,
            seed=parsed.seed,
            date=today,
            seconds=round(seconds),
        )
        if not parsed.short:
            write(results)
    print(f"Bars missed: {', '.join(missed)}." if missed else "All bars are reached.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
