"""`pulumi-mturk marketplace invite`, `statement` and `worker`."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import workers
from tests.support.marketplace.api_calls import WORKER
from tests.support.pages import held_by

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., str]


@pytest.fixture
def run(kept_in: str | Path, capsys: pytest.CaptureFixture[str]) -> Run:
    with Marketplace.open(kept_in) as marketplace, marketplace.writing() as ctx:
        workers.register(ctx, workers.WorkerProfile(WORKER))

    def call(*words: str, status: int = 0) -> str:
        command = 2 if words[0] in ("invite", "worker") else 1
        found = cli.main(["marketplace", *words[:command], "--database", str(kept_in), *words[command:]])
        out, error = capsys.readouterr()
        assert found == status, error
        return out if status == 0 else error

    return call


def test_who_pays_comes_before_any_invitation(run: Run, tmp_path: Path) -> None:
    assert "Say first who pays" in run("invite", "add", status=2)
    assert "Say first who pays" in run("statement", status=2)
    assert "Who pays (version 1):\nThe lab pays." in run("statement", "--payment", "The lab pays.")
    text = tmp_path / "consent.txt"
    text.write_text("You agree to this.\n", encoding="utf-8")
    shown = run("statement", "--consent", str(text))
    assert "What workers agree to (version 1):\nYou agree to this." in shown
    assert "can not be read" in run("statement", "--consent", str(tmp_path / "none.txt"), status=2)
    assert "1 to 20000 characters" in run("statement", "--payment", " ", status=2)


def test_invitations_are_made_listed_and_revoked(run: Run) -> None:
    run("statement", "--payment", "The lab pays.")
    link = run("invite", "add", "--url", "https://panel.example.org/", "--uses", "30", "--label", "Class")
    found = re.fullmatch(r"https://panel\.example\.org/join/([\w-]{43})\n", link)
    assert found
    own = run("invite", "add", "--worker", WORKER, "--expires", "1")
    assert WORKER not in own
    listed = run("invite", "list").splitlines()
    assert re.match(r"1 +open +new workers +Class +20\d\d-\d\d-\d\d \d\d:\d\d +30 +30$", listed[1])
    assert re.match(rf"2 +open +{WORKER} ", listed[2])
    assert found[1] not in str(listed)
    assert run("invite", "revoke", "1") == "Revoked invitation 1.\n"
    assert run("invite", "list").splitlines()[1].split()[1] == "revoked"
    assert "no invitation 1" in run("invite", "revoke", "1", status=2)


@pytest.mark.parametrize(
    ("options", "words", "status"),
    [
        (("--url", "panel.example.org"), "--url is an address with https://", 2),
        (("--uses", "0"), "1 to 100000 uses", 2),
        (("--expires", "400"), "1 to 366 days", 2),
        (("--worker", WORKER, "--uses", "2"), "for one worker has one use", 2),
        (("--worker", "A9EXAMPLENOBODY"), "No worker is registered", 1),
    ],
)
def test_an_invitation_that_can_not_be(run: Run, options: tuple[str, ...], words: str, status: int) -> None:
    run("statement", "--payment", "The lab pays.")
    told = run("invite", "add", *options, status=status)
    assert words in told
    assert "A9EXAMPLENOBODY" not in told
    assert len(run("invite", "list").splitlines()) == 1


def test_a_worker_is_exported_and_erased(run: Run) -> None:
    assert json.loads(run("worker", "export", WORKER))["workers"][0]["masters"] == 0
    told = run("worker", "erase", WORKER)
    assert "stacks of Pulumi" in told
    assert "backups" in told
    assert WORKER not in told
    assert "Nothing is stored" in run("worker", "erase", WORKER, status=1)


def test_what_the_page_shows_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with Marketplace.open(tmp_path / "panel.db") as marketplace, marketplace.writing() as ctx:
        workers.register(ctx, workers.WorkerProfile(WORKER))
    printed = []
    for block in held_by(__file__, "invited-workers.md"):
        for line in block.text.splitlines():
            command, *words = shlex.split(line)
            assert (command, cli.main(words)) == ("pulumi-mturk", 0)
            printed.append(capsys.readouterr().out)
    assert printed[2].startswith("https://panel.example.org/join/")
    assert "Class of 2027" in printed[3]
    assert printed[4].startswith("https://panel.example.org/join/")
