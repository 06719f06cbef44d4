"""What was done to protect somebody is not undone by a restoration: it is taken over from the database before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.cli import main
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.backup import back_up
from pulumi_mturk.marketplace.domain import (
    audit,
    erasure,
    invitations,
    passkeys,
    retention,
    sign_in,
    statements,
)
from pulumi_mturk.marketplace.storage import sign_in as stored_sign_in
from tests.support.marketplace.api_calls import OTHER, WORKER, earn
from tests.support.marketplace.contents import contents
from tests.support.marketplace.ways_in import KEPT, OPEN, Before, is_open

if TYPE_CHECKING:
    from pathlib import Path


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


def test_the_log_that_goes_on_has_counted_all_refused_sign_ins(
    database: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(number: int) -> list[int]:
        with Marketplace.open(database) as marketplace, marketplace.writing() as ctx:
            for _ in range(number):
                audit.refused(ctx, "00")
            entries = [entry for _, entry in audit.entries_after(ctx)]
        return [entry.times for entry in entries if entry.action == "sign-in refused"]

    assert refuse(2) == [2]
    back_up(database, target)
    assert refuse(5) == [7]
    restored(database, target, capsys)
    assert refuse(0) == [7]
    back_up(database, database.with_name("later.db"))
    restored(database, target, capsys)
    assert refuse(1) == [8]
    restored(database, database.with_name("later.db"), capsys)
    assert refuse(0) == [8]


def test_payouts_since_the_backup_are_told_and_can_be_marked_again(
    database: Path, target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def pay(name: str) -> list[str]:
        owed = tmp_path / f"{name}.csv"
        assert main(["marketplace", "payouts", "--database", str(database), str(owed)]) == 0
        return ["marketplace", "payouts", "--database", str(database), "--mark-paid", "--reference", name, str(owed)]

    with Marketplace.open(database) as marketplace:
        earn(marketplace, WORKER)
    assert main(pay("before")) == 0
    with Marketplace.open(database) as marketplace:
        for worker in (WORKER, OTHER):
            earn(marketplace, worker)
    back_up(database, target)
    assert "Payouts" not in restored(database, target, capsys)
    since = pay("since")
    assert main(since) == 0
    with Marketplace.open(database) as marketplace:
        earn(marketplace, WORKER)
    assert main(pay("later")) == 0
    assert "Payouts since the backup that are not in it: 2. What they paid is owed again" in restored(
        database, target, capsys
    )
    assert main(since) == 0
    assert main(["marketplace", "payouts", "--database", str(database), "-"]) == 0
    assert WORKER not in capsys.readouterr().out


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
