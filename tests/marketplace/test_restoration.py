"""What was done to protect somebody is not undone by a restoration: it is taken over from the database before."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from pulumi_mturk.cli import main
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.backup import back_up
from pulumi_mturk.marketplace.domain import (
    audit,
    erasure,
    invitations,
    passkeys,
    retention,
    sessions,
    sign_in,
    statements,
)
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import consistency
from pulumi_mturk.marketplace.storage import invitations as stored_invitations
from pulumi_mturk.marketplace.storage import passkeys as stored_passkeys
from pulumi_mturk.marketplace.storage import sign_in as stored_sign_in
from pulumi_mturk.marketplace.storage.encryption import VARIABLE
from tests.support.marketplace.api_calls import OTHER, WORKER
from tests.support.marketplace.contents import contents
from tests.support.marketplace.populated import WORKERS, populate
from tests.support.marketplace.postgresql_server import programs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_mturk.marketplace.domain.context import Context
    from tests.support.marketplace.postgresql_server import PostgreSQLServer

LEAKED, KEPT = "scrypt$2$1$1$00$00", "scrypt$2$1$1$00$01"


def is_open(ctx: Context, link: str) -> bool:
    try:
        invitations.find(ctx, link)
    except WorkerRefusedError:
        return False
    return True


class Before:
    """A marketplace at the time of the backup; `protect` is what is done after it."""

    def __init__(self, marketplace: Marketplace) -> None:
        accounts = marketplace.accounts
        accounts.add("Lab")
        accounts.add("Closed")
        self.leaked_key = accounts.add_key("Lab").key_id
        self.good_key = accounts.add_key("Lab").key_id
        self.operator_key = accounts.new_operator_key()
        with marketplace.writing() as ctx:
            statements.replace(ctx, "Payment", "Practice: no money is paid.")
            self.revoked_link = invitations.add(ctx)
            self.used_link = invitations.add(ctx)
            self.open_link = invitations.add(ctx)
            for worker in (WORKER, OTHER):
                sign_in.set_credentials(ctx, worker, worker.lower(), LEAKED)
                for number in (1, 2):
                    stored_passkeys.insert(ctx.db, f"{worker}{number}", worker, "pQEC", 0, name="n", now=ctx.now)
            self.session = sessions.begin(ctx, WORKER)

    def protect(self, marketplace: Marketplace) -> str:
        """Returns the operator's new key."""
        accounts = marketplace.accounts
        accounts.revoke_key(self.leaked_key)
        accounts.close("Closed")
        made = accounts.new_operator_key()
        with marketplace.writing() as ctx:
            invitations.revoke(ctx, 1)
            assert stored_invitations.use(ctx.db, 2, ctx.now)
            stored_sign_in.set_passphrase(ctx.db, WORKER, KEPT, ctx.now)
            assert stored_passkeys.delete(ctx.db, WORKER, f"{WORKER}1")
            stored_passkeys.insert(ctx.db, f"{WORKER}3", WORKER, "pQEC", 0, name="n", now=ctx.now)
            sessions.end_all(ctx, WORKER)
        return made

    def still_let_in(self, marketplace: Marketplace) -> list[str]:
        """What was open at the time of the backup, and is."""
        accounts = marketplace.accounts
        keys = {key.key_id for key in accounts.keys("Lab") if key.revoked is None}
        with marketplace.writing() as ctx:
            found = {
                "leaked key": self.leaked_key in keys,
                "good key": self.good_key in keys,
                "closed account": not accounts.every()[2].closed,
                "operator key": accounts.is_operator(self.operator_key),
                "revoked link": is_open(ctx, self.revoked_link),
                "used link": is_open(ctx, self.used_link),
                "open link": is_open(ctx, self.open_link),
                "leaked passphrase": stored_sign_in.passphrase_of(ctx.db, WORKER) == LEAKED,
                "others passphrase": stored_sign_in.passphrase_of(ctx.db, OTHER) == LEAKED,
                "passkeys": sorted(key.credential_id for key in passkeys.of_worker(ctx, WORKER))
                == [f"{WORKER}1", f"{WORKER}2"],
                "others passkeys": len(passkeys.of_worker(ctx, OTHER)) == 2,
                "session": sessions.find(ctx, self.session) is not None,
            }
        return [what for what, is_open in found.items() if is_open]


OPEN = ["good key", "open link", "others passphrase", "others passkeys"]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "panel.backup.db"


def restored(database: Path, backup: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["marketplace", "restore", "--database", str(database), str(backup)]) == 0
    for aside in database.parent.glob("*.replaced-*"):  # their names tell the second
        aside.unlink()
    return capsys.readouterr().out


def test_what_was_revoked_since_the_backup_lets_nobody_in(
    database: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Marketplace.open(database) as marketplace:
        before = Before(marketplace)
        assert len(before.still_let_in(marketplace)) == 12
    back_up(database, target)
    with Marketplace.open(database) as marketplace:
        operator_key = before.protect(marketplace)
        assert before.still_let_in(marketplace) == OPEN
    said = restored(database, target, capsys)
    for line in (
        "Access keys revoked again: 1",
        "Accounts closed again: 1",
        "Invitations revoked, or used, as they were: 2",
        "Workers who sign in with what they had last: 1",
        "The operator's key is the latest one.",
    ):
        assert f"{line}\n" in said
    with Marketplace.open(database) as marketplace:
        assert before.still_let_in(marketplace) == OPEN
        assert marketplace.accounts.is_operator(operator_key)
        with marketplace.reading() as ctx:
            assert stored_sign_in.passphrase_of(ctx.db, WORKER) == KEPT
            assert [key.credential_id for key in passkeys.of_worker(ctx, WORKER)] == [f"{WORKER}2", f"{WORKER}3"]
            log = [entry.action for _, entry in audit.entries_after(ctx)]
    assert log[-1] == "restored"
    for action in ("access key revoked", "account closed", "invitation revoked"):
        assert log.count(action) == 1, "the log goes on"
    assert log.count("operator key made") == 2
    # and once more, from the same backup
    assert "The operator's key" in restored(database, target, capsys)
    with Marketplace.open(database) as marketplace, marketplace.reading() as ctx:
        again = [entry.action for _, entry in audit.entries_after(ctx)]
    assert again == [*log, "restored"]


@pytest.mark.parametrize("is_used", [False, True], ids=["as it was restored", "used since"])
def test_a_backup_that_is_newer_than_the_database_in_its_place_brings_its_own_ways_in(
    database: Path, target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], is_used: bool
) -> None:
    with Marketplace.open(database) as marketplace:
        before = Before(marketplace)
    older = tmp_path / "older.db"
    back_up(database, older)
    with Marketplace.open(database) as marketplace:
        operator_key = before.protect(marketplace)
    back_up(database, target)
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
    assert "No database was there to take anything over from" in restored(database, older, capsys)
    with Marketplace.open(database) as marketplace:
        assert "leaked passphrase" in before.still_let_in(marketplace)
        assert "session" not in before.still_let_in(marketplace)
        if is_used:
            with marketplace.writing() as ctx:
                audit.by_worker(ctx, "signed in", WORKER)
    restored(database, target, capsys)
    with Marketplace.open(database) as marketplace:
        assert before.still_let_in(marketplace) == OPEN
        assert marketplace.accounts.is_operator(operator_key)


def test_what_was_deleted_from_the_audit_log_by_its_age_does_not_make_a_backup_newer(
    database: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Marketplace.open(database) as marketplace:
        before = Before(marketplace)
    back_up(database, target)
    with Marketplace.open(database) as marketplace:
        operator_key = before.protect(marketplace)
        marketplace.advance((retention.KINDS["audit"] + 1) * 86_400)
        with marketplace.writing() as ctx:
            assert retention.delete_piece(ctx, "audit") > 0
    restored(database, target, capsys)
    with Marketplace.open(database) as marketplace:
        assert marketplace.accounts.is_operator(operator_key)
        with marketplace.reading() as ctx:
            assert stored_sign_in.passphrase_of(ctx.db, WORKER) == KEPT


def test_what_was_revoked_stays_so_over_the_restoration_of_a_backup_that_is_older_than_it(
    database: Path, target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What ended after the later backup had begun after the older one: only the log that goes on knows it."""

    def begin(marketplace: Marketplace, account: str) -> tuple[str, str]:
        """Returns the key, and the link."""
        marketplace.accounts.add(account)
        key = marketplace.accounts.add_key("Lab").key_id
        with marketplace.writing() as ctx:
            return key, invitations.add(ctx)

    def let_in(marketplace: Marketplace, key_id: str, link: str, account: str) -> list[bool]:
        keys = {key.key_id for key in marketplace.accounts.keys("Lab") if key.revoked is None}
        closed = {each.name for each in marketplace.accounts.every() if each.closed}
        with marketplace.reading() as ctx:
            return [key_id in keys, is_open(ctx, link), account not in closed]

    older, third = tmp_path / "older.db", tmp_path / "third.db"
    with Marketplace.open(database) as marketplace:
        marketplace.accounts.add("Lab")
        with marketplace.writing() as ctx:
            statements.replace(ctx, "Payment", "Practice: no money is paid.")
    back_up(database, older)
    with Marketplace.open(database) as marketplace:
        key, link = begin(marketplace, "Early")
    back_up(database, target)
    with Marketplace.open(database) as marketplace:
        assert let_in(marketplace, key, link, "Early") == [True] * 3
        marketplace.accounts.revoke_key(key)
        marketplace.accounts.close("Early")
        with marketplace.writing() as ctx:
            invitations.revoke(ctx, 1)
    restored(database, older, capsys)
    said = restored(database, target, capsys)
    assert (
        "Access keys revoked again: 1\nAccounts closed again: 1\nInvitations revoked, or used, as they were: 1" in said
    )
    with Marketplace.open(database) as marketplace:
        assert let_in(marketplace, key, link, "Early") == [False] * 3
    # what has got the same numbers since then is something else
    restored(database, older, capsys)
    with Marketplace.open(database) as marketplace:
        key, link = begin(marketplace, "Late")
    back_up(database, third)
    restored(database, older, capsys)
    assert "again" not in restored(database, third, capsys)
    with Marketplace.open(database) as marketplace:
        assert let_in(marketplace, key, link, "Late") == [True] * 3


def test_a_worker_who_joined_since_is_gone_and_one_who_was_erased_has_no_way_in(
    database: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Marketplace.open(database) as marketplace:
        Before(marketplace)
    back_up(database, target)
    with Marketplace.open(database) as marketplace, marketplace.writing() as ctx:
        sign_in.set_credentials(ctx, "A9EXAMPLE", "later", KEPT)
        erasure.erase(ctx, WORKER)
    assert "Workers erased again, by the ledger of erasures: 1\n" in restored(database, target, capsys)
    with Marketplace.open(database) as marketplace, marketplace.reading() as ctx:
        found = repr(contents(ctx.db))
    assert [worker for worker in ("A9EXAMPLE", WORKER, OTHER) if worker in found] == [OTHER]


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


def test_finish_restore_is_for_servers(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["marketplace", "finish-restore", "--database", str(database)]) == 2
    assert "`restore` is for files" in capsys.readouterr().err
    same = "postgresql:///panel"
    assert main(["marketplace", "finish-restore", "--database", same, "--replaces", same]) == 2
    assert "another one than --database" in capsys.readouterr().err
