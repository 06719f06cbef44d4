"""Backups: made while others write, checked, restored over the file they are of; those of earlier versions, too."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.cli import main
from pulumi_mturk.marketplace import Marketplace, MarketplaceError
from pulumi_mturk.marketplace.backup import back_up, check, restore
from pulumi_mturk.marketplace.storage.migrations import SCHEMA_VERSION
from tests.support.marketplace import recorded
from tests.support.marketplace.api_calls import WORKER
from tests.support.marketplace.populated import WORKERS, populate

if TYPE_CHECKING:
    from pathlib import Path

RECORDED = sorted(recorded.FOLDER.glob("version-*.sql"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "panel.backup.db"


def test_a_backup_is_made_while_it_is_written_and_holds_one_moment(
    marketplace: Marketplace, database: Path, target: Path
) -> None:
    populate(marketplace)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            marketplace.register_worker(f"{WORKER}{number}")

    thread = threading.Thread(target=write)
    thread.start()
    back_up(database, target)
    stop.set()
    thread.join()
    checked = check(target)
    assert checked.problems == ()
    assert checked.contents["payments"] > 0
    assert checked.database_id == marketplace.database_id
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in target.parent.glob("panel*")) == ["panel.backup.db"]


def test_what_was_done_after_the_backup_is_gone_and_kept_beside(database: Path, target: Path) -> None:
    with Marketplace.open(database) as marketplace:
        marketplace.register_worker(WORKER)
    back_up(database, target)
    with Marketplace.open(database) as marketplace:
        marketplace.register_worker("A2EXAMPLE")
    restored = restore(target, database)
    assert restored.checked.contents["workers"] == 1
    assert restored.replaced is not None
    for path, workers in ((database, 1), (restored.replaced, 2)):
        assert check(path).contents["workers"] == workers
    assert target.exists(), "a backup is left as it is"


@pytest.mark.parametrize("version", RECORDED, ids=lambda path: path.stem)
def test_a_backup_of_an_earlier_release_is_restored_in_this_version(
    tmp_path: Path, database: Path, target: Path, version: Path
) -> None:
    recorded.restored(version, tmp_path / "recorded.db")
    back_up(tmp_path / "recorded.db", target)
    database.parent.mkdir()
    restored = restore(target, database)
    checked = restored.checked
    assert (checked.schema_version, restored.replaced) == (int(version.stem.removeprefix("version-")), None)
    assert checked.contents["cents paid"] >= checked.contents["cents owed"] > 0
    assert check(database).schema_version == SCHEMA_VERSION


def test_who_was_erased_since_the_backup_is_nowhere_after_a_restore(
    database: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Marketplace.open(database) as marketplace:
        populate(marketplace)
    back_up(database, target)
    erased, other = WORKERS[1:3]
    assert erased.encode() in target.read_bytes()
    assert main(["marketplace", "worker", "erase", "--database", str(database), erased]) == 0
    assert main(["marketplace", "restore", "--database", str(database), str(target)]) == 0
    assert "Workers erased again, by the ledger of erasures: 1\n" in capsys.readouterr().out
    content = database.read_bytes()
    assert erased.encode() not in content
    assert other.encode() in content
    assert check(database).problems == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from pulumi_mturk.marketplace.backup import restore
function, moment, backup, database = sys.argv[1:]
real = getattr(os, function)
def killed(*names):
    if moment == "after":
        real(*names)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, function, killed)
restore(Path(backup), Path(database))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("function", ["link", "replace"])
def test_a_restoration_that_is_killed_leaves_a_whole_database_in_its_place(
    database: Path, target: Path, function: str, moment: str
) -> None:
    with Marketplace.open(database):
        back_up(database, target)
    with Marketplace.open(database) as marketplace:
        marketplace.register_worker(WORKER)
    killed = subprocess.run([sys.executable, "-c", KILLED, function, moment, target, database], check=False)
    assert killed.returncode == -signal.SIGKILL
    is_restored = (function, moment) == ("replace", "after")
    assert check(database).problems == ()
    assert check(database).contents["workers"] == (0 if is_restored else 1)
    aside = [*database.parent.glob("*replaced*")]
    assert [check(path).contents["workers"] for path in aside] == (
        [] if (function, moment) == ("link", "before") else [1]
    )
    # and it is begun anew, once what is left of it is out of the way
    for left in (*aside, *database.parent.glob("*restoring*")):
        left.unlink()
    assert restore(target, database).checked.contents["workers"] == 0


def test_what_is_replaced_is_kept_where_a_file_has_one_name(
    database: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    with Marketplace.open(database):
        back_up(database, target)
    with Marketplace.open(database) as marketplace:
        marketplace.register_worker(WORKER)
    monkeypatch.setattr(os, "link", refused)
    replaced = restore(target, database).replaced
    assert replaced is not None
    assert [check(path).contents["workers"] for path in (database, replaced)] == [0, 1]
    assert stat.S_IMODE(replaced.stat().st_mode) == 0o600


def test_a_newer_one_is_refused(database: Path, target: Path) -> None:
    Marketplace.open(database).close()
    back_up(database, target)
    with closing(sqlite3.connect(target)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(MarketplaceError, match=f"has marketplace schema version {SCHEMA_VERSION + 1}"):
        restore(target, database)
    assert check(database).schema_version == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("UPDATE totals SET value = value + 1 WHERE name = 'paid'", "payments: what is kept is not what is counted"),
        ("UPDATE worker_counts SET bonus_cents = bonus_cents + 1", "workers' pay: what is kept"),
        ("DELETE FROM payments", "payments: what is kept is not what is counted"),
        ("DELETE FROM hit_types", "rows of hits refer to what is not there"),
    ],
)
def test_what_is_not_whole_is_told_and_not_restored(
    marketplace: Marketplace,
    database: Path,
    target: Path,
    capsys: pytest.CaptureFixture[str],
    damage: str,
    problem: str,
) -> None:
    populate(marketplace)
    marketplace.close()
    back_up(database, target)
    with closing(sqlite3.connect(target)) as db:
        db.execute(damage)
        db.commit()
    assert main(["marketplace", "restore", "--check", str(target)]) == 1
    assert problem in capsys.readouterr().err
    with pytest.raises(MarketplaceError, match="is not whole"):
        restore(target, database)
    assert check(database).problems == ()
    assert not [*database.parent.glob("*restoring*"), *database.parent.glob("*replaced*")]


def test_a_broken_file_is_found(marketplace: Marketplace, database: Path, target: Path) -> None:
    populate(marketplace)
    back_up(database, target)
    with target.open("r+b") as file:  # half of its pages
        file.seek(target.stat().st_size // 2)
        file.write(b"\xff" * (target.stat().st_size // 2))
    with pytest.raises(MarketplaceError) as caught:
        restore(target, database)
    assert WORKER not in str(caught.value)


def test_nobody_takes_away_what_is_in_use_or_another_ones(
    marketplace: Marketplace, database: Path, target: Path, tmp_path: Path
) -> None:
    marketplace.register_worker(WORKER)
    back_up(database, target)
    with pytest.raises(MarketplaceError, match=r"is in use\. Stop its server"):
        restore(target, database)
    other = tmp_path / "other.db"
    Marketplace.open(other).close()
    with pytest.raises(MarketplaceError, match="is another database than the one of the backup"):
        restore(target, other)
    with pytest.raises(MarketplaceError, match="exists already"):
        back_up(database, target)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(MarketplaceError, match="Move it away first"):
        restore(target, broken)


def test_the_commands_say_what_they_did(database: Path, target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Marketplace.open(database).close()
    assert main(["marketplace", "backup", "--database", str(database), str(target)]) == 0
    assert "The key to the secrets of access keys is not in it" in capsys.readouterr().out
    assert main(["marketplace", "restore", "--check", str(target)]) == 0
    assert f"Schema version: {SCHEMA_VERSION}\nQualification types: 0\n" in capsys.readouterr().out
    assert main(["marketplace", "restore", "--database", str(database), str(target)]) == 0
    assert f"Restored {database}." in capsys.readouterr().out
    assert main(["marketplace", "restore", str(target)]) == 2


def test_the_log_of_a_database_that_was_moved_away_does_not_get_into_the_restored_one(
    database: Path, target: Path
) -> None:
    with Marketplace.open(database) as marketplace:
        back_up(database, target)
        marketplace.register_worker(WORKER)
        log = database.with_name(f"{database.name}-wal")
        left = log.read_bytes()  # as after a power cut
    database.rename(database.with_name("broken.db"))
    log.write_bytes(left)
    with pytest.raises(MarketplaceError, match=r"-wal is a part of the database that was there before"):
        restore(target, database)
    assert not database.exists()
    log.rename(log.with_name("broken.db-wal"))
    restore(target, database)
    assert check(database).contents["workers"] == 0


def test_a_restoration_leaves_the_file_of_another_one_that_is_under_way(database: Path, target: Path) -> None:
    with Marketplace.open(database):
        pass
    back_up(database, target)
    others = database.with_name(f"{database.name}.restoring")
    others.write_bytes(b"half of it")
    with pytest.raises(MarketplaceError, match="exists already"):
        restore(target, database)
    assert others.read_bytes() == b"half of it"


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DROP TABLE sessions", "the table sessions is missing"),
        (
            "CREATE TRIGGER undone AFTER INSERT ON audit BEGIN DELETE FROM sessions; END",
            "the trigger undone is not a marketplace's",
        ),
    ],
)
def test_what_has_another_schema_is_not_restored(database: Path, target: Path, statement: str, problem: str) -> None:
    with Marketplace.open(database):
        pass
    back_up(database, target)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute(statement)
        connection.commit()
    assert problem in check(target).problems
    with pytest.raises(MarketplaceError, match="is not whole"):
        restore(target, database)
