"""From one size of the marketplace to ten times that, no operation and no page makes SQLite work harder.

Work is counted in steps of SQLite's virtual machine, the same on every machine; `benchmarks/growth` measures time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.growth.fill import fill
from benchmarks.growth.subjects import of_all
from pulumi_mturk.marketplace.storage import sqlite as storage
from tests.support.marketplace.query_plans import Watched

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SIZES: Final = (2_000, 20_000)
MOST: Final = 1.5
_UNIT: Final = 10
"""Steps between two calls of the counter."""
_NOISE: Final = 30
"""Units that count as no growth: trees of other depths, and a row more or less."""
SEARCHES: Final = {
    # Words that few have are looked for in all types, or in all groups with open HITs: far fewer than HITs.
    "ListQualificationTypes, a query",
    "ListQualificationTypes, none",
    "GET /projects, a search",
    "GET /projects, a search for nothing",
    "GET /qualifications, a search",
}


class Counting(Watched):
    """Connections that count the steps of all of them."""

    units = 0

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.set_progress_handler(_count, _UNIT)


def _count() -> int:
    Counting.units += 1
    return 0


def steps(path: Path, size: int) -> dict[str, int]:
    """What each operation and page takes, the second time that it is called."""
    found = {}
    with fill(path, size) as marketplace:
        marketplace.set_switches(funds="prepaid", account_balance="1000000000.00")
        for name, step in of_all(marketplace, size):
            step(0)
            before = Counting.units
            step(1)
            found[name] = Counting.units - before
    return found


def test_nothing_grows_with_the_marketplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "Connection", Counting)
    few, many = (steps(tmp_path / f"{size}.db", size) for size in SIZES)
    grown = {name: (few[name], many[name]) for name in few if many[name] > MOST * few[name] + _NOISE}
    assert grown.keys() <= SEARCHES, {name: counts for name, counts in grown.items() if name not in SEARCHES}
