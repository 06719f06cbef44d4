from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import (
    Call,
    Fault,
    Marketplace,
    MarketplaceError,
    MissingDatabaseError,
    NotAMarketplaceError,
)
from pulumi_mturk.marketplace.errors import DatabaseFailedError, DatabaseLockedError
from pulumi_mturk.marketplace.storage.migrations import migrate
from pulumi_mturk.marketplace.storage.schema import VERSIONS
from pulumi_mturk.marketplace.storage.sqlite import APPLICATION_ID
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, InProcessClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Grants to ever more workers and says after each one which it was: what was said has to be in the file.
WRITER = """
import sys
from pulumi_mturk.marketplace import Marketplace
from tests.support.marketplace.api_calls import InProcessClient
path, type_id, first, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
direct = InProcessClient(Marketplace.open(path, create=False))
print("ready", flush=True)
sys.stdin.readline()
for number in range(first, first + count):
    status, _ = direct.call("AssociateQualificationWithWorker", QualificationTypeId=type_id, WorkerId=f"A{number}")
    assert status == 200
    print(number, flush=True)
"""


@pytest.fixture
def marketplace(database: Path) -> Iterator[Marketplace]:
    """One whose file is made as a user's is, and not copied."""
    with Marketplace.open(database) as opened:
        yield opened


def start_writer(database: str | Path, type_id: str, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(database), type_id, str(first), str(count)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def holders(marketplace: Marketplace) -> int:
    (found,) = marketplace.summary().qualification_types
    return found.holders


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_files_are_readable_by_the_owner_alone(database: Path, marketplace: Marketplace) -> None:
    marketplace.advance(0)  # has the write-ahead log there
    files = sorted(path.name for path in database.parent.iterdir())
    assert files == [".gitignore", "local.db", "local.db-shm", "local.db-wal"]
    assert {mode(path) for path in database.parent.iterdir() if path.name != ".gitignore"} == {0o600}
    assert mode(database.parent) == 0o700


def test_the_new_folder_is_kept_out_of_git(database: Path, marketplace: Marketplace) -> None:
    assert (database.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"
    listed = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=git_repository(database.parent.parent),
        check=True,
        capture_output=True,
        text=True,
    )
    assert listed.stdout == ""


def git_repository(folder: Path) -> Path:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def test_a_folder_that_was_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Marketplace.open(tmp_path / "local.db").close()
    assert not (tmp_path / ".gitignore").exists()
    assert (mode(tmp_path), mode(tmp_path / "local.db")) == (0o755, 0o600)


def test_a_file_that_others_could_read_is_closed_to_them(database: Path) -> None:
    Marketplace.open(database).close()
    database.chmod(0o644)
    Marketplace.open(database).close()
    assert mode(database) == 0o600


def test_opened_again_it_is_the_same_place(kept_in: str | Path) -> None:
    with Marketplace.open(kept_in) as first:
        type_id = InProcessClient(first).new_type()
        identity = first.database_id
    with Marketplace.open(kept_in, create=False) as second:
        assert second.database_id == identity
        assert [item.id for item in second.summary().qualification_types] == [type_id]


def test_two_files_are_two_places(tmp_path: Path) -> None:
    with Marketplace.open(tmp_path / "a.db") as first, Marketplace.open(tmp_path / "b.db") as second:
        assert first.database_id != second.database_id


def test_a_missing_file_is_not_made_unless_asked(database: Path) -> None:
    with pytest.raises(MissingDatabaseError, match=r"There is no marketplace database at .*local\.db\."):
        Marketplace.open(database, create=False)
    assert not database.parent.exists()


@pytest.mark.parametrize("content", [b"words", b"SQLite format 3\x00" + b"x" * 200])
def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    path.chmod(0o644)
    with pytest.raises(NotAMarketplaceError):
        Marketplace.open(path)
    assert (path.read_bytes(), mode(path)) == (content, 0o644)


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE things (name TEXT)")
    with pytest.raises(NotAMarketplaceError, match="something else"):
        Marketplace.open(path)


def test_an_empty_file_is_no_marketplace_unless_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(NotAMarketplaceError):
        Marketplace.open(path, create=False)
    Marketplace.open(path).close()


def test_a_file_of_a_newer_version_is_refused(database: Path) -> None:
    Marketplace.open(database).close()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NotAMarketplaceError, match=f"version 99; this package reads versions up to {len(VERSIONS)}"):
        Marketplace.open(database)


def test_a_file_of_an_older_version_is_brought_up_to_date_with_all_that_it_holds(database: Path) -> None:
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as connection:
        for statement in VERSIONS[0]:
            connection.execute(statement)
        rows = {"id": "0" * 32, "clock_offset": "0", "switches": "{}"}
        connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows.items())
        connection.execute("INSERT INTO blocks (worker_id, reason) VALUES ('A1EXAMPLE', 'Asked for it.')")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    for _ in range(2):
        with Marketplace.open(database) as marketplace:
            assert marketplace.database_id == "0" * 32
            assert marketplace.summary().blocks == 1


def test_a_file_of_version_2_keeps_its_faults_and_its_calls(database: Path) -> None:
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as connection:
        for statement in (*VERSIONS[0], *VERSIONS[1]):
            connection.execute(statement)
        rows = {"id": "0" * 32, "clock_offset": "0", "switches": "{}"}
        connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows.items())
        connection.execute(
            "INSERT INTO faults (kind, operation, times, probability, seed, seconds) "
            "VALUES ('throttle', '*', NULL, 0.5, 3, 0)"
        )
        connection.execute("INSERT INTO calls (operation, status, time) VALUES ('ListHITs', 200, 5)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    with Marketplace.open(database) as marketplace:
        assert marketplace.faults() == [Fault("throttle", times=None, probability=0.5, seed=3)]
        assert marketplace.calls() == [Call("ListHITs", 200, 5, None)]
        marketplace.clear_faults()
        assert InProcessClient(marketplace).call("ListHITs")[0] == 200


def test_a_folder_is_no_marketplace(tmp_path: Path) -> None:
    with pytest.raises(NotAMarketplaceError, match="is not a file"):
        Marketplace.open(tmp_path)


def test_a_place_that_can_not_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MarketplaceError, match="can not be opened"):
        Marketplace.open(tmp_path / "file" / "folder" / "local.db")


def test_two_processes_on_one_file_lose_nothing(kept_in: str | Path, direct: InProcessClient) -> None:
    type_id = direct.new_type()
    writers = [start_writer(kept_in, type_id, first, 150) for first in (0, 10_000)]
    for writer in writers:
        go(writer)
    for number in range(20_000, 20_100):
        status, _ = direct.call("AssociateQualificationWithWorker", QualificationTypeId=type_id, WorkerId=f"A{number}")
        assert status == 200
    for writer in writers:
        writer.communicate(timeout=30)
        assert writer.returncode == 0
    assert holders(direct.marketplace) == 400


@pytest.mark.parametrize("fails", [ValueError, KeyboardInterrupt])
def test_what_was_written_before_an_error_is_taken_back(
    kept_in: str | Path, direct: InProcessClient, fails: type[BaseException]
) -> None:
    direct.call("CreateWorkerBlock", WorkerId="A1EXAMPLE", Reason="r")

    def write_and_fail() -> None:
        with direct.marketplace.writing() as ctx:
            ctx.db.execute("DELETE FROM blocks")
            ctx.db.execute("INSERT INTO blocks (account, worker_id, reason) VALUES (1, 'A2EXAMPLE', 'r')")
            raise fails

    with pytest.raises(fails):
        write_and_fail()
    with Marketplace.open(kept_in) as other:
        for marketplace in (direct.marketplace, other):
            blocks = InProcessClient(marketplace).call("ListWorkerBlocks")[1]["WorkerBlocks"]
            assert [block["WorkerId"] for block in blocks] == ["A1EXAMPLE"]
        assert InProcessClient(other).call("CreateWorkerBlock", WorkerId="A3EXAMPLE", Reason="r")[0] == 200


def test_a_call_that_is_refused_half_way_leaves_nothing(direct: InProcessClient) -> None:
    """CreateHIT makes the HIT type first: where the HIT can't be paid for, there is neither."""
    direct.marketplace.set_switches(funds="prepaid", account_balance="0.15")
    call = {**HIT_TYPE, "LifetimeInSeconds": 600, "Question": QUESTION}
    assert direct.call("CreateHIT", **call)[0] == 200
    before = direct.marketplace.summary()
    assert direct.call("CreateHIT", **call | {"Title": "Another type"})[0] == 400
    assert direct.marketplace.summary() == before


def test_four_threads_on_one_marketplace_lose_nothing(direct: InProcessClient) -> None:
    type_id = direct.new_type()
    answers: list[int] = []

    def grant(thread: int) -> None:
        for number in range(100):
            status, _ = direct.call(
                "AssociateQualificationWithWorker", QualificationTypeId=type_id, WorkerId=f"A{thread}X{number}"
            )
            answers.append(status)

    threads = [threading.Thread(target=grant, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 400
    assert holders(direct.marketplace) == 400


def test_processes_that_make_the_file_at_once_make_one_place(unmade: str | Path) -> None:
    script = f"from pulumi_mturk.marketplace import Marketplace; print(Marketplace.open({str(unmade)!r}).database_id)"
    processes = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate(timeout=30)[0] for process in processes}) == 1
    assert [process.returncode for process in processes] == [0] * 4


def test_one_of_two_processes_gets_the_name(kept_in: str | Path, marketplace: Marketplace) -> None:
    with Marketplace.open(kept_in) as other:
        InProcessClient(marketplace).new_type("Study")
        status, answer = InProcessClient(other).call(
            "CreateQualificationType", Name="Study", Description="Words.", QualificationTypeStatus="Active"
        )
    assert status == 400
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.QualificationTypeAlreadyExists"


def test_a_process_killed_while_it_writes_leaves_a_good_file(database: Path) -> None:
    with Marketplace.open(database) as marketplace:
        type_id = InProcessClient(marketplace).new_type()
    writer = start_writer(database, type_id, 0, 1_000_000)
    go(writer)
    with writer:
        assert writer.stdout is not None
        for _ in range(200):
            writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        # not communicate(), which leaves out what readline() has read ahead
        said = 200 + writer.stdout.read().count("\n")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Marketplace.open(database, create=False) as marketplace:
        assert holders(marketplace) in {said, said + 1}
        assert InProcessClient(marketplace).call("ListHITs")[0] == 200


def test_a_closed_marketplace_answers_a_well_formed_fault(
    kept_in: str | Path, caplog: pytest.LogCaptureFixture
) -> None:
    marketplace = Marketplace.open(kept_in)
    marketplace.close()
    status, answer = InProcessClient(marketplace).call("ListHITs")
    assert (status, answer["__type"]) == (500, "ServiceFault")
    assert "The database is closed" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("kind", ["reading", "writing"])
def test_a_call_that_reads_waits_for_no_other_one(kept_in: str | Path, kind: str) -> None:
    """With a lock the call would give up after the timeout, while the other one goes on."""
    entered, done = threading.Event(), threading.Event()
    with Marketplace.open(kept_in, lock_timeout=0.2) as marketplace:
        direct = InProcessClient(marketplace)
        direct.call("CreateWorkerBlock", WorkerId="A1EXAMPLE", Reason="r")

        def stay() -> None:
            with getattr(marketplace, kind)() as ctx:
                ctx.db.execute("SELECT * FROM blocks").fetchone()
                if kind == "writing":
                    ctx.db.execute("DELETE FROM blocks")
                entered.set()
                done.wait(30)

        thread = threading.Thread(target=stay)
        thread.start()
        try:
            assert entered.wait(10)
            status, answer = direct.call("ListWorkerBlocks")
            assert (status, answer["NumResults"]) == (200, 1)
            if kind == "reading":
                assert direct.call("CreateWorkerBlock", WorkerId="A2EXAMPLE", Reason="r")[0] == 200
        finally:
            done.set()
            thread.join()
        assert direct.call("ListWorkerBlocks")[1]["NumResults"] == (2 if kind == "reading" else 0)


def test_a_slow_transaction_of_the_same_process_is_waited_for(kept_in: str | Path) -> None:
    """As on a slow disk: the timeout is for other processes, and nobody has to repeat a call."""
    entered = threading.Event()
    with Marketplace.open(kept_in, lock_timeout=0.05) as marketplace:

        def stay() -> None:
            with marketplace.writing():
                entered.set()
                time.sleep(0.5)

        thread = threading.Thread(target=stay)
        thread.start()
        assert entered.wait(10)
        assert InProcessClient(marketplace).call("CreateWorkerBlock", WorkerId="A1EXAMPLE", Reason="r")[0] == 200
        thread.join()


def test_threads_do_not_wait_for_another_process_one_after_the_other(kept_in: str | Path) -> None:
    timeout, count = 0.2, 20
    with Marketplace.open(kept_in) as other, Marketplace.open(kept_in, lock_timeout=timeout) as marketplace:
        refused: list[Exception] = []

        def write() -> None:
            try:
                with marketplace.writing():
                    pass
            except DatabaseLockedError as error:
                refused.append(error)

        threads = [threading.Thread(target=write) for _ in range(count)]
        with other.writing():
            start = time.monotonic()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            waited = time.monotonic() - start
        assert len(refused) == count
        assert waited < timeout * count / 2
        with marketplace.writing():  # free again: what others were refused says nothing any more
            pass


def test_long_work_lets_others_write_meanwhile(kept_in: str | Path) -> None:
    with Marketplace.open(kept_in, lock_timeout=5) as long, Marketplace.open(kept_in, lock_timeout=5) as other:
        with long.writing_in_pieces() as (ctx, pause):
            ctx.db.execute("INSERT INTO workers (worker_id) VALUES ('A1EXAMPLE')")
            statuses: list[int] = []
            direct = InProcessClient(other)
            call = threading.Thread(
                target=lambda: statuses.append(direct.call("CreateWorkerBlock", WorkerId="A2EXAMPLE", Reason="r")[0])
            )
            call.start()
            deadline = time.monotonic() + 20
            while not statuses and time.monotonic() < deadline:
                time.sleep(0.03)
                pause()
        call.join()
        assert statuses == [200]
        with other.reading() as ctx:
            assert ctx.db.execute("SELECT count(*) FROM workers").fetchone()[0] == 1


def test_a_connection_that_reads_can_not_write(marketplace: Marketplace) -> None:
    with pytest.raises(DatabaseFailedError, match="readonly"), marketplace.reading() as ctx:
        ctx.db.execute("DELETE FROM blocks")


def test_an_sqlite_that_is_too_old_is_named(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(MarketplaceError, match=r"SQLite 3\.35\.5 or newer is needed"):
        Marketplace.open(database)
    assert not database.exists()


def test_a_new_file_has_what_all_migrations_lead_to(database: Path, marketplace: Marketplace) -> None:
    def holds(connection: sqlite3.Connection) -> tuple[list[Any], ...]:
        statements = (
            "SELECT type, name, tbl_name, sql FROM sqlite_master",
            "SELECT * FROM totals",
            "PRAGMA user_version",
        )
        return tuple(sorted(map(tuple, connection.execute(statement))) for statement in statements)

    with closing(sqlite3.connect(":memory:")) as migrated, closing(sqlite3.connect(database)) as made:
        migrate(migrated)
        assert holds(made) == holds(migrated)


@pytest.mark.parametrize(("durable", "expected"), [(False, 1), (True, 2)])
def test_what_is_served_waits_for_the_disk_and_what_is_embedded_does_not(
    database: Path, durable: bool, expected: int
) -> None:
    with Marketplace.open(database, durable=durable) as opened, opened.writing() as ctx:
        assert ctx.db.execute("PRAGMA synchronous").fetchone()[0] == expected
