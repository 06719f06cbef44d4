"""A server's database that pg_restore has filled takes over the same; one that is not whole takes over nothing."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from pulumi_mturk.cli import main
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import audit
from pulumi_mturk.marketplace.storage import consistency
from pulumi_mturk.marketplace.storage.encryption import VARIABLE
from tests.support.marketplace.contents import contents
from tests.support.marketplace.populated import WORKERS, populate
from tests.support.marketplace.postgresql_server import programs
from tests.support.marketplace.ways_in import OPEN, Before

psycopg = pytest.importorskip("psycopg")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.marketplace.postgresql_server import PostgreSQLServer


@pytest.fixture
def dumped(
    postgresql: PostgreSQLServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str, Before]]:
    """A database that is served, and another one that PostgreSQL's programs have restored from its backup."""
    monkeypatch.setenv(VARIABLE, Fernet.generate_key().decode())
    address, restored = postgresql.new_database(), postgresql.empty_database()
    with Marketplace.open(address) as marketplace:
        before = Before(marketplace)
        populate(marketplace)
        with marketplace.writing() as ctx:
            audit.refused(ctx, "00")
    tools, file = programs(), tmp_path / "panel.dump"
    assert tools is not None
    subprocess.run([tools / "pg_dump", "-Fc", "-f", file, address], check=True)
    subprocess.run([tools / "pg_restore", "-d", restored, file], check=True)
    yield address, restored, before
    postgresql.drop(address)
    postgresql.drop(restored)


def test_a_servers_database_takes_over_the_same_after_pg_restore(
    dumped: tuple[str, str, Before], capsys: pytest.CaptureFixture[str]
) -> None:
    address, made, before = dumped
    with Marketplace.open(address) as marketplace:
        operator_key = before.protect(marketplace)
        with marketplace.writing() as ctx:
            audit.refused(ctx, "00")
        capsys.readouterr()
        assert main(["marketplace", "worker", "erase", "--database", address, WORKERS[3]]) == 0
        assert "`finish-restore` erases again" in capsys.readouterr().out
        command = ["marketplace", "finish-restore", "--database", made]
        assert main([*command, "--check"]) == 0
        assert "Cents paid: " in capsys.readouterr().out
        assert main([*command, "--replaces", address]) == 0
        said = capsys.readouterr().out
        assert "Workers erased again, by the ledger of erasures: 1\nAccess keys revoked again: 1\n" in said
    with Marketplace.open(made) as marketplace:
        assert before.still_let_in(marketplace) == OPEN
        assert marketplace.accounts.is_operator(operator_key)
        with marketplace.reading() as ctx:
            refused = [entry.times for _, entry in audit.entries_after(ctx) if entry.action == "sign-in refused"]
            assert refused == [2]
            found = repr(contents(ctx.db))
            assert consistency.wrong_numbers(ctx.db) == []
    assert [worker for worker in WORKERS[2:5] if worker in found] == [WORKERS[2], WORKERS[4]]


def test_a_servers_database_that_is_not_whole_or_another_one_takes_over_nothing(
    dumped: tuple[str, str, Before], postgresql: PostgreSQLServer, capsys: pytest.CaptureFixture[str]
) -> None:
    address, made, _ = dumped
    command = ["marketplace", "finish-restore", "--database", made]
    other = postgresql.new_database()
    with_password = other.replace("marketplace@", "marketplace:hidden@")
    assert main([*command, "--replaces", with_password]) == 2
    said = capsys.readouterr().err
    assert "is another database than the one of the backup" in said
    assert "hidden" not in said
    postgresql.drop(other)
    with Marketplace.open(made) as marketplace, marketplace.upkeep() as ctx:
        ctx.db.execute("DELETE FROM payments")
    assert main([*command, "--check"]) == 1
    assert "payments: what is kept is not what is counted" in capsys.readouterr().err
    assert main([*command, "--replaces", address]) == 2
    assert "Nothing is taken over" in capsys.readouterr().err
    with Marketplace.open(made) as marketplace, marketplace.reading() as ctx:
        assert "restored" not in [entry.action for _, entry in audit.entries_after(ctx)]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DROP TABLE blocks", "the table blocks is missing"),
        ("DROP TABLE meta", ""),
        ("DROP INDEX hits_open", "the index hits_open is missing: pg_restore was not finished"),
        (
            "ALTER TABLE access_keys DROP CONSTRAINT access_keys_pkey",
            "the constraint PRIMARY KEY (id) of the table access_keys is missing: pg_restore was not finished",
        ),
        (
            "ALTER TABLE grants DROP CONSTRAINT grants_qualification_type_id_worker_id_key",
            "the constraint UNIQUE (qualification_type_id, worker_id) of the table grants is missing",
        ),
        (
            "ALTER TABLE payments DROP CONSTRAINT payments_payout_fkey",
            "the constraint FOREIGN KEY (payout) REFERENCES payouts(sequence) of the table payments is missing",
        ),
    ],
)
def test_a_servers_database_that_lacks_a_part_of_its_schema_takes_over_nothing(
    dumped: tuple[str, str, Before], capsys: pytest.CaptureFixture[str], statement: str, problem: str
) -> None:
    address, made, _ = dumped
    with psycopg.connect(made) as connection:
        connection.execute(statement)
    command = ["marketplace", "finish-restore", "--database"]
    assert main([*command, made, "--check"]) == (1 if problem else 2)
    assert problem in capsys.readouterr().err
    assert main([*command, made, "--replaces", address]) == 2
    assert (f"What was restored is not whole: {problem}" if problem else "something else") in capsys.readouterr().err
    assert main([*command, address, "--replaces", made]) == 2
    assert (f"is not whole: {problem.partition(':')[0]}" if problem else "something else") in capsys.readouterr().err
    assert main([*command, address, "--check"]) == 0


def test_a_servers_database_that_pg_restore_was_not_finished_with_is_not_whole(
    dumped: tuple[str, str, Before], postgresql: PostgreSQLServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tools, part = programs(), postgresql.empty_database()
    assert tools is not None
    sections = ["--section=pre-data", "--section=data"]  # what it makes before indexes and constraints
    subprocess.run([tools / "pg_restore", *sections, "-d", part, tmp_path / "panel.dump"], check=True)
    command = ["marketplace", "finish-restore", "--database", part]
    assert main([*command, "--check"]) == 1
    assert "other parts: pg_restore was not finished, let it fill a new database" in capsys.readouterr().err
    assert main([*command, "--replaces", dumped[0]]) == 2
    assert "Nothing is taken over" in capsys.readouterr().err
    postgresql.drop(part)


def test_finish_restore_is_for_servers(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["marketplace", "finish-restore", "--database", str(database)]) == 2
    assert "`restore` is for files" in capsys.readouterr().err


def test_a_database_does_not_replace_itself_however_it_is_named(
    postgresql: PostgreSQLServer, capsys: pytest.CaptureFixture[str]
) -> None:
    address = postgresql.new_database()
    command = ["marketplace", "finish-restore", "--database", address, "--replaces"]
    assert address.startswith("postgresql://")
    assert "?" in address
    for same in (
        address,
        address.replace("postgresql://", "postgres://"),
        f"{address}&application_name=other",
        f"{address}&options=-csearch_path%3Dpublic",
    ):
        assert main([*command, same]) == 2
        assert "which is another one than --database" in capsys.readouterr().err
    with psycopg.connect(address) as connection:
        connection.execute("CREATE SCHEMA sandbox")
    Marketplace.open(f"{address}&options=-csearch_path%3Dsandbox").close()
    assert main([*command, f"{address}&options=-csearch_path%3Dsandbox"]) == 2
    assert "is another database than the one of the backup" in capsys.readouterr().err
    postgresql.drop(address)
