"""A small change of a large roster: its calls, and what a plan of it costs beside that of an empty one."""

import statistics
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import Bar, timed
from benchmarks.roster.stacks import UP, new_stack, write_list
from pulumi_mturk.api.calls import PAGE_SIZE
from pulumi_mturk.marketplace import Marketplace
from tests.support.cli_rosters import GRANT, LIST, REVOKE
from tests.support.pulumi_cli import Stack, counted

CHANGED = 10
# Workers who come and workers who go are a call each.
MOVED = CHANGED // 2


@dataclass(frozen=True)
class Change:
    """What was measured; the counts are by the marketplace's switch `page_tokens`."""

    workers: int
    calls: dict[str, Counter[str]]
    seconds: dict[str, float]
    previews: dict[str, list[float]]
    preview_calls: int

    def ratio(self, name: str) -> float:
        """A preview against that of the empty roster, turn by turn."""
        return statistics.median(map(float.__truediv__, self.previews[name], self.previews["empty"]))

    def bars(self) -> list[Bar]:
        """What is asked of it."""
        pages = -(-self.workers // PAGE_SIZE)
        return [
            Bar.exact("calls of the change, no page after the last", self.calls["when_more"].total(), pages + CHANGED),
            Bar.exact(
                "calls of the change, an empty page at the end", self.calls["every_page"].total(), pages + 1 + CHANGED
            ),
            Bar("a preview of the change against that of an empty roster", self.ratio("change"), most=1.3),
            Bar.exact("calls of all these previews", self.preview_calls, 0),
        ]

    def report(self) -> None:
        """Print the tables."""
        print(f"a change of {CHANGED} workers in {self.workers:,}, by whether the last page has a token")
        print(f"{'page_tokens':14}{'list pages':>12}{'grants':>8}{'revocations':>13}{'`up`, s':>9}")
        for tokens, calls in self.calls.items():
            print(f"{tokens:14}{calls[LIST]:12}{calls[GRANT]:8}{calls[REVOKE]:13}{self.seconds[tokens]:9.2f}")
        print(f"\n{'previews, median of the turns':38}{'seconds':>9}{'to empty':>10}")
        for name, what in (
            ("empty", "an empty roster, no change"),
            ("none", f"{self.workers:,} workers, no change"),
            ("change", f"{self.workers:,} workers, {CHANGED} of them change"),
        ):
            print(f"{what:38}{statistics.median(self.previews[name]):9.2f}{self.ratio(name):10.2f}")


def measure(folder: Path, stack: Stack, workers: int, turns: int) -> Change:
    """Change a roster that is there, twice; then only plan it."""
    calls, seconds = {}, {}
    with Marketplace.open(stack.database) as marketplace:
        for first, tokens in ((MOVED, "when_more"), (0, "every_page")):
            write_list(stack, workers, first)
            marketplace.set_switches(page_tokens=tokens)
            counted(marketplace)
            seconds[tokens] = timed(stack, *UP).wall
            calls[tokens] = counted(marketplace)
        empty = new_stack(folder, 0)
        timed(empty, *UP)
        with Marketplace.open(empty.database) as other:
            other.set_switches(record_calls="on")
            previews = in_turns(
                {
                    "empty": lambda: timed(empty, "preview", "--expect-no-changes").wall,
                    "none": lambda: preview(stack, workers, 0),
                    "change": lambda: preview(stack, workers, MOVED),
                },
                turns,
            )
            preview_calls = counted(marketplace).total() + counted(other).total()
    return Change(workers, calls, seconds, previews, preview_calls)


def preview(stack: Stack, workers: int, first: int) -> float:
    """Seconds that a plan of the list takes."""
    write_list(stack, workers, first)
    return timed(stack, "preview").wall


def in_turns(contestants: dict[str, Callable[[], float]], turns: int) -> dict[str, list[float]]:
    """What each gives, turn by turn."""
    measured: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(-1, turns):  # the first turn warms the file caches
        print(f"\r  previews, turn {turn + 1} of {turns}", end="", file=sys.stderr, flush=True)
        for name, run in contestants.items():
            seconds = run()
            if turn >= 0:
                measured[name].append(seconds)
    print(file=sys.stderr)
    return measured
