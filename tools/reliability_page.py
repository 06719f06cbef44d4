"""docs/reliability.md, from the results that `make reliability` keeps in docs/reliability.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.markdown import table

RESULTS = Path(__file__).parents[1] / "docs" / "reliability.json"

_HEAD = """# What was measured of reliability

How often something was tried to go wrong, and what was left: made by `make reliability` (about three hours on two
cores), which measures each figure against its bar and says so where a bar is not reached, or where fewer runs were made
than it asks for. Two figures are measured side by side, with their files in memory where Linux has a place for that.
The same seed gives the same draws.

`make test` runs a short form of each but for those that are tests already, of which it leaves the long ones to
`make test-all`: R7 is `tests/cli/test_killed_creates.py`, R13 `tests/cli/test_privacy.py`, R15
`tests/cli/test_state.py`, R18 `tests/unit/test_behaviours.py`, R19 `tests/clients`. R21's two wheels are built by
`make test-all`. R17-CLI has no short form: its numbers of calls are those of R17.

"""


@dataclass(frozen=True)
class Result:
    """One measured figure."""

    number: str
    claim: str
    method: str
    bar: str
    runs: int
    result: str
    reached: bool
    seed: int
    date: str
    seconds: int


def load() -> dict[str, Result]:
    """The results that are kept, by number."""
    if not RESULTS.exists():
        return {}
    return {item["number"]: Result(**item) for item in json.loads(RESULTS.read_text(encoding="utf-8"))}


def write(results: Mapping[str, Result]) -> None:
    """Keep results, and write the page."""
    ordered = [asdict(results[number]) for number in sorted(results, key=order)]
    RESULTS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    RESULTS.with_suffix(".md").write_text(page(), encoding="utf-8")


def page() -> str:
    """The page, from the results that are kept."""
    rows = [
        (
            number,
            found.claim,
            found.method,
            f"{found.runs:,}",
            found.bar,
            found.result if found.reached else f"**Missed**: {found.result}",
            str(found.seed),
            f"{found.date}, {_duration(found.seconds)}",
        )
        for number, found in sorted(load().items(), key=lambda item: order(item[0]))
    ]
    return _HEAD + table(("", "Claim", "Method", "Runs", "Bar", "Result", "Seed", "Measured"), rows)


def order(number: str) -> tuple[int, str]:
    """By what rows are sorted: R3, R3-CLI, R20."""
    figure, _, variant = number[1:].partition("-")
    return int(figure), variant


def _duration(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"
