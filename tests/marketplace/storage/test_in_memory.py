"""A marketplace in memory: of its own each time, by a clock and ids that a test gives, and written to a file."""

from __future__ import annotations

import random
import stat
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace import Marketplace, MarketplaceError
from pulumi_mturk.marketplace.domain import workers
from pulumi_mturk.marketplace.settings import Sources

if TYPE_CHECKING:
    from pathlib import Path


def test_each_is_empty_and_has_an_id_of_its_own() -> None:
    with Marketplace.in_memory("Lab") as first, Marketplace.in_memory("Lab") as second:
        first.register_worker("A1EXAMPLEWORKER")
        assert first.database_id != second.database_id
        assert first.requester_name == "Lab"
        with second.reading() as ctx:
            assert workers.list_workers(ctx) == []


def test_what_is_written_to_a_file_is_all_of_it(tmp_path: Path) -> None:
    file = tmp_path / "market.db"
    with Marketplace.in_memory("Lab") as made:
        made.register_worker("A1EXAMPLEWORKER")
        made.advance(60)
        made.save(file)
        made.register_worker("A2EXAMPLEWORKER")
        with Marketplace.open(file, create=False) as opened:
            with opened.reading() as ctx:
                assert [found.worker_id for found in workers.list_workers(ctx)] == ["A1EXAMPLEWORKER"]
            assert opened.database_id == made.database_id
            assert abs(opened.now() - made.now()) < 30
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    with Marketplace.in_memory("Lab") as made, pytest.raises(MarketplaceError, match="There is no folder"):
        made.save(tmp_path / "no" / "such" / "market.db")


def test_clock_and_ids_can_be_given() -> None:
    def made() -> tuple[float, str]:
        with Marketplace.in_memory("Lab", Sources(lambda: 1_000_000.0, random.Random(7))) as marketplace:  # noqa: S311
            marketplace.advance(5)
            return marketplace.now(), marketplace.add_layout("<p>${x}</p>")

    assert made() == made()
    assert made()[0] == 1_000_005.0
