"""Trouble with the file of the embedded marketplace: it ends the run at once, with the file and the reason."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import BusyError
from pulumi_mturk.api.lost_creates import Look
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.common.errors import ConfigurationError, EnvironmentMismatchError, MturkError
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.storage.migrations import SCHEMA_VERSION
from pulumi_mturk.marketplace.storage.sqlite import SQLiteDatabase
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from tests.support.core import Clock
from tests.support.inputs import CALL_OF_HIT_TYPE, CALL_OF_TYPE, NO_TYPE, WORKER


class Here:
    """An embedded marketplace in its file, and a client of it."""

    def __init__(self, path: Path, retry: Retry) -> None:
        Marketplace.open(path).close()
        self.path = path
        self.said: list[str] = []
        self.embedded = Embedded(str(path), say=self.said.append)
        self.client = Client(Configuration(local_database=str(path)), self.embedded.attach, retry)
        self.client.list_worker_blocks()

    @property
    def database(self) -> sqlite3.Connection:
        """The marketplace's own connection."""
        assert self.embedded._marketplace is not None
        database = self.embedded._marketplace._database
        assert isinstance(database, SQLiteDatabase)
        return database._connection


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture) -> Iterator[Here]:
    here = Here(tmp_path / "market.db", Retry(clock=clock, sleep=clock.sleep))
    yield here
    here.embedded.close()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == [], "no traceback"


def elsewhere(path: Path) -> Any:
    """The file as another process has it open."""
    return closing(sqlite3.connect(path, isolation_level=None))


def fill(here: Here) -> None:
    pages = here.database.execute("PRAGMA page_count").fetchone()[0]
    here.database.execute(f"PRAGMA max_page_count = {pages}")


def drop_tables(here: Here) -> None:
    with elsewhere(here.path) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in ("meta", "faults") and not name.startswith("sqlite_"):
                other.execute(f'DROP TABLE "{name}"')


def many_types(client: Client) -> None:
    for number in range(50):
        client.create_qualification_type(
            Look(None, None),
            unique_name=True,
            **CALL_OF_TYPE | {"name": f"{time.time()} {number}", "description": "d" * 2000},
        )


CALLS: list[Callable[[Client], object]] = [
    lambda client: client.create_worker_block(WORKER, "Words." * 20_000),
    many_types,
    lambda client: client.create_hit_type(**CALL_OF_HIT_TYPE),
    lambda client: client.get_qualification_type(NO_TYPE),
]


@pytest.mark.parametrize("call", CALLS)
def test_a_table_that_is_missing_ends_the_run(here: Here, clock: Clock, call: Callable[[Client], object]) -> None:
    drop_tables(here)
    with pytest.raises(ConfigurationError, match="no such table") as caught:
        call(here.client)
    assert (caught.value.path, caught.value.diagnostics[0].code) == ("mturk:localDatabase", "MT622")
    assert str(here.path) in str(caught.value)
    assert "temporarily" not in str(caught.value)
    assert clock.pauses == []


@pytest.mark.parametrize("call", CALLS[:2])
def test_a_full_disk_ends_the_run_and_what_was_there_stays(
    here: Here, clock: Clock, call: Callable[[Client], object]
) -> None:
    fill(here)
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="database or disk is full") as caught:
            call(here.client)
        assert str(here.path) in str(caught.value)
    assert clock.pauses == []
    here.database.execute("PRAGMA max_page_count = 100000")
    call(here.client)


def test_a_file_of_a_newer_version_ends_the_run(here: Here, clock: Clock) -> None:
    here.embedded.close()
    with elsewhere(here.path) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(ConfigurationError, match="version") as caught:
        here.client.list_worker_blocks()
    assert str(here.path) in str(caught.value)
    assert clock.pauses == []


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_file_that_is_not_the_same_any_more_is_noticed(here: Here, clock: Clock, how: str) -> None:
    if how == "deleted":
        here.path.unlink()
    else:
        with Marketplace.open(here.path.with_name("other.db")):
            pass
        here.path.with_name("other.db").replace(here.path)
    for _ in range(2):
        with pytest.raises(EnvironmentMismatchError, match="was deleted or replaced while this run used it") as caught:
            here.client.create_worker_block(WORKER, "Words.")
        assert str(here.path) in str(caught.value)
    assert clock.pauses == []


def test_a_file_that_can_not_be_written_ends_the_run(here: Here, clock: Clock) -> None:
    here.database.execute("PRAGMA query_only = 1")
    with pytest.raises(ConfigurationError, match="readonly database"):
        here.client.create_worker_block(WORKER, "Words.")
    assert clock.pauses == []


def test_a_broken_file_ends_the_run(here: Here, clock: Clock) -> None:
    for number in range(200):
        here.client.create_worker_block(f"A{number}EXAMPLE", "Words.")
    here.embedded.close()
    content = here.path.read_bytes()
    here.path.write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))
    with pytest.raises(ConfigurationError) as caught:
        here.client.list_worker_blocks()
    assert str(here.path) in str(caught.value)
    assert clock.pauses == []


def test_a_locked_file_is_waited_for_and_it_says_so(tmp_path: Path) -> None:
    here = Here(tmp_path / "market.db", Retry())
    with elsewhere(here.path) as other:
        other.execute("BEGIN IMMEDIATE")
        made = threading.Thread(target=here.client.create_worker_block, args=(WORKER, "Words."))
        made.start()
        end = time.monotonic() + 10
        while not here.said:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert made.is_alive()
        other.execute("ROLLBACK")
        made.join(30)
    assert f"{here.path} is locked by another process; waiting" in here.said[0]
    assert here.client.list_worker_blocks() == {WORKER: "Words."}
    here.embedded.close()


def test_a_file_that_stays_locked_is_given_up_at_the_deadline_with_its_name(tmp_path: Path) -> None:
    clock = Clock()
    here = Here(tmp_path / "market.db", Retry(1, clock=clock, sleep=clock.sleep))
    with elsewhere(here.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match=r"is locked by another process.*within 1 s") as caught:
            here.client.create_worker_block(WORKER, "Words.")
        assert str(here.path) in str(caught.value)
        assert "may have taken effect" not in str(caught.value)
    here.embedded.close()


def test_a_run_that_waits_for_a_locked_file_can_be_interrupted(tmp_path: Path) -> None:
    here = Here(tmp_path / "market.db", Retry())
    stop = threading.Event()
    outcomes: list[MturkError] = []

    def run(number: int) -> None:
        # Each with a limiter of its own: all of them are under way at once.
        client = Client(Configuration(local_database=str(here.path)), here.embedded.attach).until(stop.is_set)
        client._connection.open()
        ready.wait()
        try:
            client.create_worker_block(f"A{number}EXAMPLE", "Words.")
        except MturkError as error:
            outcomes.append(error)

    ready = threading.Barrier(9)
    with elsewhere(here.path) as other:
        other.execute("BEGIN IMMEDIATE")
        threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        ready.wait()
        time.sleep(0.3)
        began = time.monotonic()
        stop.set()
        for thread in threads:
            thread.join(20)
        assert time.monotonic() - began < 2
    assert len(outcomes) == 8
    assert all("stopped before" in str(outcome) for outcome in outcomes)
    here.embedded.close()
