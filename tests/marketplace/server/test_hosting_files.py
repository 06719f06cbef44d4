"""What stands in hosting/ and on its page is understood by what reads it: granian, systemd, the application."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from granian.cli import cli

from pulumi_mturk.marketplace import Marketplace, wsgi
from pulumi_mturk.marketplace.backup import check
from pulumi_mturk.marketplace.storage.encryption import VARIABLE
from tests.support.pages import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "hosting"
PAGE = ROOT / "docs" / "hosting.md"
UNITS = sorted(FOLDER.glob("*.service")) + sorted(FOLDER.glob("*.timer"))


def variables(text: str) -> set[str]:
    return set(re.findall(r"PULUMI_MTURK_MARKETPLACE_[A-Z_]+", text))


def test_the_variables_are_those_of_the_application() -> None:
    known = variables(wsgi.__doc__ or "")
    assert known == {f"PULUMI_MTURK_MARKETPLACE_{name}" for name in wsgi._DEFAULTS}
    for file in (PAGE, *FOLDER.iterdir()):
        assert variables(file.read_text(encoding="utf-8")) <= known | {VARIABLE}, file.name
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `PULUMI_")]
    assert variables("\n".join(rows)) == known


def commands() -> list[list[str]]:
    unit = (FOLDER / "marketplace.service").read_text(encoding="utf-8").replace("\\\n", "")
    (started,) = re.findall(r"^ExecStart=(.*)", unit, re.MULTILINE)
    (contained,) = re.findall(
        r"^CMD \[(.*?)\]", (FOLDER / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [shlex.split(started), re.findall(r'"(.*?)"', contained)]


@pytest.mark.parametrize("command", commands(), ids=["systemd", "container"])
def test_granian_takes_its_options(command: list[str]) -> None:
    assert command[0].endswith("granian")
    context: Any = cli.make_context("granian", command[1:])
    assert context.params["app"] == "pulumi_mturk.marketplace.wsgi:application"
    assert (context.params["blocking_threads"], context.params["port"]) == (32, 8080)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(tmp_path: Path, unit: Path) -> None:
    for each in UNITS:  # a timer looks for its service beside it
        text = each.read_text(encoding="utf-8").replace("/opt/marketplace/bin/granian", "/bin/true")
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / unit.name)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


UNSHARE = ["unshare", "--mount", "--map-root-user"]
CAN_MOUNT = (
    shutil.which("unshare") is not None
    and subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode == 0
)
READ_ONLY = """
state=$1; shift
mount --bind "$state" "$state"
while [ "$1" != -- ]; do mount --bind "$state/$1" "$state/$1"; shift; done
shift
mount -o remount,ro,bind "$state"
exec "$@"
"""
"""A command, with all below a folder read-only but for some folders in it, as ProtectSystem=strict has it."""


def contained(state: Path, writable: list[str], *command: str) -> subprocess.CompletedProcess[str]:
    arguments = [*UNSHARE, "sh", "-euc", READ_ONLY, "sh", str(state), *writable, "--", *command]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not CAN_MOUNT, reason="this user may not mount anything")
def test_the_nightly_backup_is_made_with_what_its_unit_may_write_while_nothing_is_served(tmp_path: Path) -> None:
    state = tmp_path / "lib"
    state.mkdir()
    Marketplace.open(state / "marketplace" / "panel.db").close()
    text = (FOLDER / "marketplace-backup.service").read_text(encoding="utf-8").replace("\\\n", "")
    assert "ProtectSystem=strict" in text
    (folders,) = re.findall(r"^StateDirectory=(.*)", text, re.MULTILINE)
    for folder in folders.split():  # systemd makes them
        (state / folder).mkdir(exist_ok=True)
    (started,) = re.findall(r"^ExecStart=(.*)", text, re.MULTILINE)
    started = started.replace("$$", "$").replace("%%", "%").replace("/var/lib", str(state))
    started = started.replace("/opt/marketplace/bin/pulumi-mturk", f"{sys.executable} -m pulumi_mturk.cli")
    made = contained(state, folders.split(), *shlex.split(started))
    assert made.returncode == 0, made.stderr
    (backup,) = (state / "marketplace" / "backups").iterdir()
    assert check(backup).problems == ()


@pytest.mark.skipif(not CAN_MOUNT, reason="this user may not mount anything")
def test_a_backup_out_of_a_folder_that_can_not_be_written_says_why_it_fails(tmp_path: Path) -> None:
    state = tmp_path / "lib"
    database = state / "panel.db"
    Marketplace.open(database).close()
    command = [sys.executable, "-m", "pulumi_mturk.cli", "marketplace", "backup", "--database", str(database)]
    failed = contained(state, [], *command, str(tmp_path / "made.db"))
    assert failed.returncode == 2
    assert f"The folder {state} can not be written, and SQLite makes files there, panel.db-wal" in failed.stderr
    assert not (tmp_path / "made.db").exists()
