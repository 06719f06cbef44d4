"""What a roster costs: at the service's ceiling, as it grows, and when little of it changes.

Run it with `make bench`; it takes about seven minutes. All ratios are of one run:

- The ceiling: the provider's grants to a served marketplace that answers after 50 ms and lets 100 requests a second
  through, against what that allows, and against a plain boto3 loop at the same server.
- The scale: a tenth of the workers, all of them, and ten times as many, in the embedded marketplace.
- The change: 10 workers of them, its calls, and its preview against that of an empty roster.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.common import Bar, finish
from benchmarks.roster import ceiling, change, plot, scale


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure; none decides where the look was a quick one."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.roster", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=10_000, help="how many workers (default 10,000)")
    parser.add_argument("--turns", type=int, default=9, help="how many turns of previews (default 9)")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a short look: 1,000 workers and two turns; the bars, which are meant for more, decide nothing, and no "
        "plot is written",
    )
    given = parser.parse_args(arguments)
    workers, turns = (1_000, 2) if given.quick else (given.workers, given.turns)
    print(f"{os.cpu_count()} processors; load before the run: {os.getloadavg()[0]:.2f}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        report(f"granting to {workers:,} workers at the ceiling …")
        served = ceiling.measure(folder, workers)
        served.report()

        # There and back, so that a machine whose speed drifts treats all sizes alike.
        steps = [workers // 10, workers, workers * 10, workers, workers // 10]
        stacks, sizes = {}, []
        for number, count in enumerate(steps):
            report(f"granting to {count:,} workers without latency …")
            stacks[count], size = scale.measure(folder / f"scale-{number}", count)
            sizes.append(size)
        rows = scale.means(sizes)
        print()
        scale.report(rows)

        changed = change.measure(folder / "empty", stacks[workers], workers, turns)
        print()
        changed.report()
    if not given.quick:
        plot.draw(rows)
        print(f"\nPlot: {plot.FILE}")
    bars = [*served.bars(), *scale.bars(rows), *changed.bars()]
    print(json.dumps({"workers": workers, "turns": turns, **{bar.what: round(bar.figure, 4) for bar in bars}}))
    if not given.quick:
        return bars
    print(*bars, sep="\n")
    return []


def report(what: str) -> None:
    """Tell what is under way."""
    print(f"  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(finish(run()))
