"""From one size of the marketplace to ten times that, no operation and no page makes a database work harder.

Work is counted in steps of SQLite's virtual machine and in blocks that PostgreSQL looks at, the same on every machine;
`benchmarks/growth` measures time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from benchmarks.growth.fill import fill
from benchmarks.growth.subjects import of_all, operations
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.api.protocol import service_model
from pulumi_mturk.marketplace.storage import sqlite as storage
from tests.support.marketplace.query_plans import Watched

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.marketplace.postgresql_server import PostgreSQLServer

SIZES: Final = (1_000, 10_000)
MOST: Final = 1.5
_LOOKED_AT: Final = "SELECT sum(shared_blks_hit + shared_blks_read) FROM work.pg_stat_statements"
_UNIT: Final = 10
"""Steps between two calls of the counter."""
_NOISE: Final = 30
"""Units that count as no growth: trees of other depths, and a row more or less."""


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


def blocks(path: Path, size: int, server: PostgreSQLServer) -> dict[str, int]:
    """The blocks that PostgreSQL looks at for each operation and page, the second time that it is called."""
    import psycopg

    from benchmarks.growth.server_copy import copy

    fill(path, size).close()
    address = server.new_database()
    copy(path, address)
    found = {}
    with Marketplace.open(address) as marketplace, psycopg.connect(address, autocommit=True) as watching:
        watching.execute("CREATE SCHEMA work")
        watching.execute("CREATE EXTENSION pg_stat_statements SCHEMA work")
        marketplace.set_switches(funds="prepaid", account_balance="1000000000.00")
        for name, step in of_all(marketplace, size):
            step(0)
            watching.execute("SELECT work.pg_stat_statements_reset()")
            step(1)
            row = watching.execute(_LOOKED_AT).fetchone()
            assert row is not None
            found[name] = int(row[0])
    server.drop(address)
    return found


def test_every_operation_is_measured(marketplace: Marketplace) -> None:
    measured = {re.split(r"\W", name)[0] for name in operations(marketplace, SIZES[0])}
    assert measured == set(service_model().operation_names)


@pytest.mark.slow
def test_nothing_grows_with_the_marketplace_on_a_server(tmp_path: Path, postgresql: PostgreSQLServer) -> None:
    few, many = (blocks(tmp_path / f"{size}.db", size, postgresql) for size in SIZES)
    assert {name: (few[name], many[name]) for name in few if many[name] > MOST * few[name] + _NOISE} == {}


def test_nothing_grows_with_the_marketplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "Connection", Counting)
    few, many = (steps(tmp_path / f"{size}.db", size) for size in SIZES)
    assert {name: (few[name], many[name]) for name in few if many[name] > MOST * few[name] + _NOISE} == {}
