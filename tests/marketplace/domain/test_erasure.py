"""A worker who was erased is found nowhere, and the numbers that are kept stay right."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.cli import main
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.backup import back_up
from pulumi_mturk.marketplace.domain import audit, erasure, invitations, sessions, sign_in, statements
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import backup_files, calls, sql, sqlite, worker_data
from pulumi_mturk.marketplace.storage.migrations import current
from pulumi_mturk.marketplace.web.app import create_app
from tests.support.marketplace.api_calls import OTHER, WORKER, do
from tests.support.marketplace.contents import contents
from tests.support.marketplace.fenced import fence
from tests.support.marketplace.kept_numbers import check_kept_numbers
from tests.support.marketplace.studies import ANSWER, Study, study

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

NAME = "quoll"


@pytest.fixture
def made(marketplace: Marketplace, mturk: MTurkClient) -> Study:
    found = study(marketplace, mturk, WORKER)
    with marketplace.writing() as ctx:
        statements.replace(ctx, "Payment", "Practice: no money is paid.")
        invitations.add(ctx, worker_id=WORKER)
        sign_in.set_credentials(ctx, WORKER, NAME, "scrypt$2$1$1$00$00")
        statements.agree(ctx, WORKER)
        sessions.begin(ctx, WORKER)
        columns = {"credential_id": "AQID", "public_key": "pQEC", "sign_count": 0, "name": NAME, "created": ctx.now}
        sql.insert(ctx.db, "passkeys", {**columns, "worker_id": WORKER})
    mturk.create_worker_block(WorkerId=WORKER, Reason=f"{NAME} asked for it")
    return found


def dump(marketplace: Marketplace) -> str:
    with marketplace.reading() as ctx:
        return repr(contents(ctx.db))


def erase(marketplace: Marketplace, worker_id: str = WORKER, *, keep_answers: bool = False) -> int:
    with marketplace.writing() as ctx:
        return erasure.erase(ctx, worker_id, keep_answers=keep_answers)


def test_every_table_with_a_worker_is_exported_and_erased() -> None:
    tables = [re.match(r"(?:--.*\n)?CREATE TABLE (\w+)[^,]*\((?s:(.*))", statement) for statement in current()]
    with_worker = {found[1] for found in tables if found and re.search(r"\bworker_id\b", found[2])}
    assert with_worker == {*worker_data.DELETED, *worker_data.KEPT}


@pytest.mark.parametrize("keep_answers", [False, True])
def test_who_was_erased_is_found_nowhere(
    marketplace: Marketplace, mturk: MTurkClient, made: Study, keep_answers: bool
) -> None:
    do(marketplace, made.hit_id, OTHER, total="6")
    before = dump(marketplace)
    assert {WORKER, NAME} <= {word for word in (WORKER, NAME) if word in before}
    assert erase(marketplace, keep_answers=keep_answers) == 1
    after = dump(marketplace)
    assert [word for word in (WORKER, NAME) if word in after] == []
    assert OTHER in after
    assert (ANSWER in after) == keep_answers
    with marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)
    assignment = mturk.get_assignment(AssignmentId=made.submitted_id)["Assignment"]
    assert assignment["WorkerId"].startswith("AERASED")
    assert assignment["AssignmentStatus"] == "Approved"
    assert (ANSWER in assignment["Answer"]) == keep_answers
    (bonus,) = mturk.list_bonus_payments(AssignmentId=made.submitted_id)["BonusPayments"]
    assert bonus["WorkerId"] == assignment["WorkerId"]
    # what was under way is free again
    hit = mturk.get_hit(HITId=made.framed_hit_id)["HIT"]
    assert (hit["NumberOfAssignmentsPending"], hit["NumberOfAssignmentsAvailable"]) == (0, 3)
    with pytest.raises(WorkerRefusedError, match="Nothing is stored"):
        erase(marketplace)


def test_a_long_journal_of_calls_is_gone_through_in_pieces(marketplace: Marketplace) -> None:
    marketplace.register_worker(WORKER)
    with marketplace.writing() as ctx:
        for number in range(2_500):
            named = WORKER if number % 5 == 0 else OTHER
            calls.insert(ctx.db, operation="GetHIT", status=200, parameters=f'{{"WorkerId": "{named}"}}', time=ctx.now)
    left: list[int] = []

    def pause() -> None:
        left.append(sum(WORKER in (row["parameters"] or "") for row in calls.all_of_them(ctx.db)))
        assert worker_data.is_known(ctx.db, WORKER)  # if it ends here, it can be begun again

    with marketplace.writing() as ctx:
        erasure.erase(ctx, WORKER, pause=pause)
        kept = [row["parameters"] for row in calls.all_of_them(ctx.db)]
    assert left == [300, 100, 0]
    assert [parameters for parameters in kept if parameters] == [f'{{"WorkerId": "{OTHER}"}}'] * 2_000


def test_who_was_erased_is_in_no_unused_page_of_the_file(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Builds of SQLite differ in whether they overwrite what is deleted."""

    class OtherBuild(sqlite3.Connection):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.execute("PRAGMA secure_delete = OFF")

    monkeypatch.setattr(sqlite, "Connection", OtherBuild)
    with Marketplace.open(database) as opened:
        opened.register_worker(WORKER)
        back_up(database, tmp_path / "before.db")
        erase(opened)
        back_up(database, tmp_path / "after.db")
    assert WORKER.encode() in (tmp_path / "before.db").read_bytes()
    for path in (database, tmp_path / "after.db"):
        assert WORKER.encode() not in path.read_bytes()


@pytest.mark.parametrize("is_read", [False, True])
def test_who_was_erased_is_in_no_file_beside_a_database_that_others_have_open(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, is_read: bool
) -> None:
    monkeypatch.setattr(backup_files, "LOCK_TIMEOUT", 0.1)
    with Marketplace.open(database) as served:
        served.register_worker(WORKER)
        held = [path.name for path in database.parent.iterdir() if WORKER.encode() in path.read_bytes()]
        assert held == [f"{database.name}-wal"]
        with contextlib.ExitStack() as stack:
            if is_read:
                stack.enter_context(served.snapshot()).db.execute("SELECT count(*) FROM meta").fetchone()
            assert main(["marketplace", "worker", "erase", "--database", str(database), WORKER]) == 0
        said = capsys.readouterr().out
        assert (f"{database}-wal still holds what was erased" in said) == is_read
        if not is_read:
            assert [path for path in database.parent.iterdir() if WORKER.encode() in path.read_bytes()] == []
    assert [path for path in database.parent.iterdir() if WORKER.encode() in path.read_bytes()] == []


def test_others_write_while_the_log_waits_for_a_reader(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_files, "LOCK_TIMEOUT", 2.0)
    with Marketplace.open(database, lock_timeout=0.3) as served, served.snapshot() as ctx:
        ctx.db.execute("SELECT count(*) FROM meta").fetchone()
        served.register_worker(WORKER)
        with ThreadPoolExecutor() as pool:
            emptied = pool.submit(backup_files.empty_log, database)
            written = 0
            while not emptied.done():
                served.register_worker(f"{OTHER}{written}")  # raises where the lock is held for longer than 0.3 s
                written += 1
        assert emptied.result() is False
    assert written > 10


def test_no_route_tells_of_who_was_erased(marketplace: Marketplace, made: Study) -> None:
    fence(marketplace)
    with marketplace.writing() as ctx:
        sign_in.set_credentials(ctx, OTHER, "other", "scrypt$2$1$1$00$00")
        statements.agree(ctx, OTHER)
        token = sessions.begin(ctx, OTHER)
    key = marketplace.accounts.new_operator_key()
    client = create_app(marketplace, control=True).test_client(use_cookies=False)
    known = {"worker_id": OTHER, "group_id": made.group_id, "hit_id": made.hit_id, "type_id": made.type_id}

    def said() -> str:
        texts = []
        for rule in client.application.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or not rule.arguments <= known.keys():
                continue
            path = str(rule.build({name: known[name] for name in rule.arguments})[1])  # type: ignore[index]
            texts += [
                client.get(path, headers=headers, buffered=True).get_data(as_text=True)
                for headers in ({"Cookie": f"session={token}"}, {"Authorization": f"Bearer {key}"})
            ]
        return "\n".join(texts)

    assert WORKER in said()  # the operator is told
    erase(marketplace)
    after = said()
    assert [word for word in (WORKER, NAME) if word in after] == []


@pytest.mark.usefixtures("database")  # a file, which can be saved
def test_a_restored_copy_is_told_whom_it_must_not_know(marketplace: Marketplace, made: Study, tmp_path: Path) -> None:
    copy = tmp_path / "before.db"
    marketplace.save(copy)
    erase(marketplace)
    with marketplace.reading() as ctx:
        ledger = erasure.ledger(ctx)
    assert WORKER not in str(ledger)
    with Marketplace.open(copy) as restored:
        assert WORKER in dump(restored)
        with restored.writing() as ctx:
            assert erasure.apply(ctx, ledger) == 1
            assert erasure.apply(ctx) == 0
        assert WORKER not in dump(restored)
        with restored.reading() as ctx:
            assert erasure.ledger(ctx) == ledger
            check_kept_numbers(ctx.db)


def test_an_export_is_all_of_one_worker_and_no_secret(marketplace: Marketplace, made: Study) -> None:
    do(marketplace, made.hit_id, OTHER, total="6")
    with marketplace.writing() as ctx:
        for worker in (OTHER, WORKER):
            audit.by_worker(ctx, "signed in", worker)
        found: dict[str, Any] = erasure.export(ctx, WORKER)
    assert found["worker_id"] == WORKER
    empty = [table for table in (*worker_data.DELETED, *worker_data.KEPT) if not found[table]]
    assert empty == []
    assert len(found["assignments"]) == 4
    assert [row["action"] for row in found["audit_log"]] == ["signed in", "worker exported"]
    text = str(found)
    assert ANSWER in text
    assert NAME in text
    assert OTHER not in text
    assert "scrypt" not in text
    assert "hash" not in text
