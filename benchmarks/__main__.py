"""All benchmarks, one after the other: `make bench`. Which bars were missed is told at the end."""

import sys
import traceback
from collections.abc import Callable

from benchmarks import hosting, marketplace, mock, overhead, review, served
from benchmarks.common import Bar, finish
from benchmarks.growth import __main__ as growth
from benchmarks.roster import __main__ as roster

BENCHMARKS: dict[str, Callable[[list[str]], list[Bar]]] = {
    "overhead": overhead.run,
    "review": review.run,
    "marketplace": marketplace.run,
    "hosting": hosting.run,
    "growth": lambda _: growth.run(["--sizes", "1000", "1000000"]),
    "served": served.run,
    "mock": mock.run,
    "roster": roster.run,
}


def main() -> int:
    """Run them; the exit status is 1 if a bar was missed or something could not be measured."""
    bars: list[Bar] = []
    broken = []
    for name, run in BENCHMARKS.items():
        print(f"== {name}", flush=True)
        try:
            bars += run([])
        except (Exception, SystemExit):  # the others are still worth their minutes
            traceback.print_exc()
            broken.append(name)
        print()
    status = finish(bars)
    if missed := sum(not bar.kept for bar in bars):
        print(f"{missed} of {len(bars)} bars missed")
    for name in broken:
        print(f"{name}: not measured, see its error above")
    return 1 if broken else status


if __name__ == "__main__":
    sys.exit(main())
