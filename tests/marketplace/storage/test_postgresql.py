"""PostgreSQL's driver: what is its own. What the marketplace does on it, `pytest --engine postgresql` tests."""

from __future__ import annotations

import contextlib
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace, MarketplaceError, MissingDatabaseError, NotAMarketplaceError
from pulumi_mturk.marketplace.backup import check_on_server
from pulumi_mturk.marketplace.errors import DatabaseFailedError, DatabaseLockedError, EncryptionKeyError
from pulumi_mturk.marketplace.storage import blocks, hits
from pulumi_mturk.marketplace.storage.database import without_password
from pulumi_mturk.marketplace.storage.encryption import VARIABLE
from pulumi_mturk.marketplace.storage.engines import open_database
from pulumi_mturk.marketplace.storage.sqlite import SQLiteDatabase
from tests.support.marketplace import recorded
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, WORKER, InProcessClient

psycopg = pytest.importorskip("psycopg")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_mturk.marketplace.storage.database import Database
    from tests.support.marketplace.postgresql_server import PostgreSQLServer

PASSWORD = "pa/ss:w@rd"  # noqa: S105 - nobody's
QUOTED = "pa%2Fss%3Aw%40rd"


@pytest.fixture
def empty(postgresql: PostgreSQLServer) -> Iterator[str]:
    made = postgresql.empty_database()
    yield made
    postgresql.drop(made)


@pytest.fixture
def opened(on_server: str) -> Iterator[Database]:
    with contextlib.closing(open_database(on_server, create=False)) as database:
        yield database


def answers(database: Database, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with database.read() as db:
        return [tuple(row) for row in db.execute(statement, values).fetchall()]


def test_the_schema_has_the_tables_columns_and_indexes_of_sqlites(opened: Database, tmp_path: Path) -> None:
    columns = """SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"""
    of_file = """SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
        WHERE m.type = 'table'"""
    indexes = """SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"""
    with contextlib.closing(SQLiteDatabase(tmp_path / "local.db", create=True)) as file:
        assert set(answers(opened, columns)) == set(answers(file, of_file))
        assert set(answers(opened, indexes)) == set(
            answers(file, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        )


def test_an_empty_database_gets_the_schema_once_whoever_comes_first(empty: str) -> None:
    found: list[str] = []

    def come() -> None:
        with Marketplace.open(empty) as marketplace:
            found.append(marketplace.database_id)

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (4, 1)


def test_a_schema_of_the_search_path_is_a_place_of_its_own(empty: str) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA study")
    study = f"{empty}&options=-csearch_path%3Dstudy"
    with Marketplace.open(study) as first, Marketplace.open(empty) as second:
        InProcessClient(first).new_type()
        assert first.database_id != second.database_id
        assert (len(first.summary().qualification_types), len(second.summary().qualification_types)) == (1, 0)


def test_a_search_path_that_leads_nowhere_is_an_error_that_says_so(empty: str) -> None:
    with pytest.raises(MarketplaceError, match="names no schema that exists"):
        Marketplace.open(f"{empty}&options=-csearch_path%3Dnowhere")


def test_what_is_missing_is_not_made_unless_asked(empty: str) -> None:
    with pytest.raises(MissingDatabaseError, match="There is no marketplace in the PostgreSQL database market"):
        Marketplace.open(empty, create=False)
    Marketplace.open(empty).close()
    Marketplace.open(empty, create=False).close()


def test_a_database_of_something_else_is_refused_and_left_alone(empty: str) -> None:
    with psycopg.connect(empty) as connection:
        connection.execute("CREATE TABLE things (name text)")
    with pytest.raises(NotAMarketplaceError, match="something else"):
        Marketplace.open(empty)
    with psycopg.connect(empty) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("things",)]


def test_a_database_of_a_newer_version_is_refused(on_server: str) -> None:
    with psycopg.connect(on_server) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(NotAMarketplaceError, match="version 99; this package reads versions up to"):
        Marketplace.open(on_server)


@pytest.mark.parametrize("version", [5, 6])  # earlier ones had SQLite alone
def test_what_an_earlier_version_wrote_is_read_as_it_read_it(empty: str, version: int) -> None:
    recorded.restored_on_a_server(recorded.FOLDER / f"version-{version}.sql", empty)
    recorded.check(version, empty)
    assert check_on_server(empty).problems == ()


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://somebody:{QUOTED}@127.0.0.1:1/market",
        f"postgresql://somebody:{QUOTED}%zz@127.0.0.1/market",
        f"postgresql://somebody:{QUOTED}@127.0.0.1:port/market",
    ],
)
def test_no_error_has_the_password(address: str) -> None:
    with pytest.raises(MarketplaceError) as caught:
        Marketplace.open(address)
    for secret in (PASSWORD, QUOTED):
        assert secret not in str(caught.value)


def test_no_error_repeats_what_a_row_holds(opened: Database) -> None:
    def insert() -> None:
        with opened.write() as db:
            for _ in range(2):
                db.execute("INSERT INTO blocks (account, worker_id, reason) VALUES (1, ?, '')", (WORKER,))

    def compare() -> None:
        with opened.read() as db:
            db.execute("SELECT 1 FROM hits WHERE sequence = ?", (WORKER,)).fetchone()

    for wrong, kind in ((insert, "UniqueViolation"), (compare, "InvalidTextRepresentation")):
        with pytest.raises(RuntimeError, match=kind) as caught:
            wrong()
        assert WORKER not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


def test_a_row_is_had_by_name_by_number_in_order_and_as_a_dict(opened: Database) -> None:
    with opened.read() as db:
        row = db.execute("SELECT key, value AS kept FROM meta WHERE key = ?", ("clock_offset",)).fetchone()
    assert (row["key"], row["kept"], row[0], row[-1]) == ("clock_offset", "0", "clock_offset", "0")
    assert (dict(row), [*row], len(row)) == ({"key": "clock_offset", "kept": "0"}, ["clock_offset", "0"], 2)
    with pytest.raises(KeyError):
        row["nothing"]


@pytest.mark.parametrize("value", [True, False, 0, 2**31, 2**63 - 1, -(2**63)])
def test_numbers_and_truths_are_kept_as_sqlite_keeps_them(opened: Database, value: int) -> None:
    with opened.write() as db:
        db.execute("UPDATE totals SET value = ? WHERE name = 'paid'", (value,))
        assert db.execute("SELECT value, sum(value) FROM totals GROUP BY value").fetchall() != []
        row = db.execute(
            "SELECT value, sum(value) AS all_of_it FROM totals WHERE name = 'paid' GROUP BY value"
        ).fetchone()
    assert [*row] == [int(value), int(value)]
    assert {type(each) for each in row} == {int}


def test_a_listing_is_fetched_as_it_is_gone_through(opened: Database) -> None:
    with opened.write() as db:
        db.execute("INSERT INTO workers (worker_id) SELECT 'A' || number FROM generate_series(10001, 15000) AS number")
        listing = db.execute("SELECT worker_id FROM workers ORDER BY worker_id")
        assert next(listing)["worker_id"] == "A10001"
        # What is written meanwhile, or after a rest, is not among them.
        db.execute("DELETE FROM workers WHERE worker_id > 'A12000'")
        db.execute("INSERT INTO workers (worker_id) VALUES ('A99999')")
        open_ones = db.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE 'listing%'").fetchone()[0]
        assert open_ones == 1
        assert [row["worker_id"] for row in listing] == [f"A{number}" for number in range(10002, 15001)]
        assert next(listing, None) is None
        assert len(db.execute("SELECT 1 FROM workers").fetchall()) == 2001


def test_two_listings_at_once_do_not_disturb_each_other(opened: Database) -> None:
    with opened.read() as db:
        first, second = (
            db.execute("SELECT number FROM generate_series(1, ?) AS number", (many,)) for many in (100, 40)
        )
        pairs = [(one["number"], other["number"]) for one, other in zip(first, second, strict=False)]
        assert pairs == [(number, number) for number in range(1, 41)]
        assert [row["number"] for row in first] == list(range(42, 101))


def test_who_reads_has_a_snapshot_and_can_not_write(on_server: str, opened: Database) -> None:
    with opened.read() as db, contextlib.closing(open_database(on_server, create=False)) as other:
        before = db.execute("SELECT count(*) FROM blocks").fetchone()[0]
        with other.write() as writing:
            blocks.insert(writing, 1, WORKER, "")
        assert db.execute("SELECT count(*) FROM blocks").fetchone()[0] == before == 0
    with pytest.raises(DatabaseFailedError, match="read-only"), opened.read() as db:
        blocks.insert(db, 1, "A2EXAMPLE", "")


def test_what_is_read_and_written_on_by_several_adds_up(on_server: str) -> None:
    """Each adds to a number that it has read: an update is lost unless one waits for the other."""
    times = 50

    def add() -> None:
        with contextlib.closing(open_database(on_server, create=False)) as database:
            for _ in range(times):
                with database.write() as db:
                    seen = int(db.execute("SELECT value FROM meta WHERE key = 'clock_offset'").fetchone()[0])
                    db.execute("UPDATE meta SET value = ? WHERE key = 'clock_offset'", (str(seen + 1),))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with contextlib.closing(open_database(on_server, create=False)) as database:
        assert answers(database, "SELECT value FROM meta WHERE key = 'clock_offset'") == [(str(4 * times),)]


def test_a_lock_that_is_held_too_long_is_an_error_of_its_own(on_server: str, opened: Database) -> None:
    with contextlib.closing(open_database(on_server, create=False, lock_timeout=0.2)) as other:
        with opened.write(), pytest.raises(DatabaseLockedError, match="is locked by others"), other.write():
            pass
        with opened.write(), other.read() as db:  # who reads waits for nobody
            assert db.execute("SELECT count(*) FROM hits").fetchone()[0] == 0
        with other.write() as db:
            blocks.insert(db, 1, WORKER, "")


def test_what_raises_is_rolled_back(opened: Database) -> None:
    with contextlib.suppress(KeyError), opened.write() as db:
        blocks.insert(db, 1, WORKER, "")
        raise KeyError
    assert answers(opened, "SELECT count(*) FROM blocks") == [(0,)]


def test_connections_that_the_server_has_ended_are_replaced(postgresql: PostgreSQLServer, on_server: str) -> None:
    with Marketplace.open(on_server) as marketplace:
        with contextlib.ExitStack() as stack:  # several, as from a busy hour
            for _ in range(4):
                stack.enter_context(marketplace.reading())
        _end_connections(postgresql, on_server)
        assert marketplace.summary().blocks == 0
        direct = InProcessClient(marketplace)
        _end_connections(postgresql, on_server)
        direct.new_type()


def test_a_transaction_whose_connection_ends_fails_as_a_whole(
    postgresql: PostgreSQLServer, on_server: str, opened: Database
) -> None:
    def insert() -> None:
        with opened.write() as db:
            blocks.insert(db, 1, WORKER, "")
            _end_connections(postgresql, on_server)
            blocks.insert(db, 1, "A2EXAMPLE", "")

    with pytest.raises(DatabaseFailedError, match="failed"):
        insert()
    assert answers(opened, "SELECT count(*) FROM blocks") == [(0,)]


def _end_connections(server: PostgreSQLServer, on_server: str) -> None:
    name = re.findall(r"/(\w+)\?", on_server)[0]
    with psycopg.connect(server.address("postgres")) as connection:
        connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))


def test_work_in_pieces_lets_others_write_between_them(on_server: str, opened: Database) -> None:
    with contextlib.closing(open_database(on_server, create=False)) as other, opened.write_in_pieces() as (db, pause):
        written = threading.Event()

        def write() -> None:
            with other.write() as writing:
                blocks.insert(writing, 1, WORKER, "")
            written.set()

        thread = threading.Thread(target=write)
        thread.start()
        for _ in range(1000):
            db.execute("UPDATE totals SET value = value + 1 WHERE name = 'paid'")
            threading.Event().wait(0.01)
            pause()
            if written.is_set():
                break
        thread.join()
        assert written.is_set()


def test_a_file_is_not_written_from_a_server(opened: Database, tmp_path: Path) -> None:
    with pytest.raises(MarketplaceError, match="pg_dump"):
        opened.save(tmp_path / "saved.db")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1))
def test_texts_come_back_as_they_are_and_in_the_order_of_their_characters(opened: Database, texts: list[str]) -> None:
    unique = [*dict.fromkeys(texts)]
    with opened.write() as db:
        db.execute("DELETE FROM layouts")
        db.executemany("INSERT INTO layouts (id, html) VALUES (?, ?)", [(text, text) for text in unique])
        rows = db.execute("SELECT id, html FROM layouts ORDER BY id").fetchall()
    assert [row["id"] for row in rows] == [row["html"] for row in rows] == sorted(unique)


def test_a_server_has_no_file_for_the_key_to_access_keys(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    marketplace = Marketplace(opened)
    marketplace.accounts.add("Lab")
    with pytest.raises(EncryptionKeyError, match=f"Access keys need the environment variable {VARIABLE}"):
        marketplace.accounts.add_key("Lab")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "postgresql://lab:secret@db.example.org/panel?sslmode=require",
            "postgresql://lab@db.example.org/panel?sslmode=require",
        ),
        ("postgresql://db.example.org/panel?password=secret&user=lab", "postgresql://db.example.org/panel?user=lab"),
        ("postgresql://lab@db.example.org/panel?sslpassword=secret", "postgresql://lab@db.example.org/panel?"),
        ("postgresql://lab@db.example.org:5432/panel", "postgresql://lab@db.example.org:5432/panel"),
        (".mturk/local.db", ".mturk/local.db"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_password(address) == shown


@pytest.mark.parametrize("password", ["first@second", "first/second", "first?second", "first#second", "first second"])
@pytest.mark.parametrize(
    "address",
    ["postgresql://lab:{}@127.0.0.1:1/panel", "postgresql://lab:{}@/panel", "postgres://lab:{}@[::1]:1/panel"],
)
def test_no_part_of_a_password_is_shown_where_it_makes_an_address_another(address: str, password: str) -> None:
    with pytest.raises(MarketplaceError) as caught:
        Marketplace.open(address.format(password), create=False)
    assert not re.search("first|second", str(caught.value))


def test_a_text_with_the_character_0_is_kept_with_another_in_its_place(opened: Database) -> None:
    direct = InProcessClient(Marketplace(opened))
    type_id = direct.new_type("zero\0here")
    status, answer = direct.call("GetQualificationType", QualificationTypeId=type_id)
    assert (status, answer["QualificationType"]["Name"]) == (200, "zero\ufffdhere")
    assert direct.call("ListQualificationTypes", MustBeRequestable=True, Query="\0")[0] == 200


def test_the_main_listings_are_served_by_their_indexes(opened: Database) -> None:
    direct = InProcessClient(Marketplace(opened))
    status, _ = direct.call("CreateHIT", **HIT_TYPE, LifetimeInSeconds=60, Question=QUESTION)
    assert status == 200
    with opened.read() as db:
        db.execute("SET LOCAL enable_seqscan = off")
        db.execute("SET LOCAL enable_sort = off")
        for statement, values, index in (
            (
                "SELECT * FROM hits WHERE account = ? AND deleted = 0 AND sequence > ? ORDER BY sequence",
                (1, 0),
                "hits_",
            ),
            (
                f"SELECT * FROM hits WHERE hit_type_id = ? AND {hits.OPEN} ORDER BY sequence LIMIT 1",  # noqa: S608
                ("T",),
                "hits_open",
            ),
            (
                """SELECT * FROM grants WHERE qualification_type_id = ? AND status = ? AND sequence > ?
                ORDER BY sequence""",
                ("Q", "Granted", 0),
                "grants_of_type",
            ),
        ):
            plan = db.execute(f"EXPLAIN {statement}", values).fetchall()
            words = "\n".join(row[0] for row in plan)
            assert index in words, words
            assert "Seq Scan" not in words
