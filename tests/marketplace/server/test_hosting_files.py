"""What stands in hosting/ and on its page is understood by what reads it: granian, systemd, the application."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from granian.cli import cli

from pulumi_mturk.marketplace import wsgi
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
