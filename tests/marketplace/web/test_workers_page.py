"""What docs/workers.md shows is what happens."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace
from tests.support.marketplace.api_calls import LOCALE
from tests.support.marketplace.questions import free_text, publish, question, question_form
from tests.support.pages import held_by

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

SERVE, SESSION, CALL = (block.text for block in held_by(__file__, "workers.md"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_pages_and_the_api_are_at_the_marketplaces_address(folder: Path) -> None:
    command = shlex.split(SERVE.replace("--port 8080", "--port 0"))[1:]  # 8080 may be taken
    with subprocess.Popen(
        [sys.executable, "-m", "pulumi_mturk.cli", *command], stdout=subprocess.PIPE, text=True
    ) as it:
        try:
            assert it.stdout is not None
            address = it.stdout.readline().split()[-1]
            with urllib.request.urlopen(address, timeout=60) as page:  # noqa: S310
                assert b"Register a new worker" in page.read()
            curl, option, body, url = shlex.split(CALL.replace("http://127.0.0.1:8080", address))
            assert (curl, option) == ("curl", "--json")
            request = urllib.request.Request(url, body.encode(), {"Content-Type": "application/json"})  # noqa: S310
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                worker_id = json.loads(answer.read())["worker_id"]
            with urllib.request.urlopen(f"{address}/worker-api/openapi.json", timeout=60) as answer:  # noqa: S310
                assert json.loads(answer.read())["openapi"]
        finally:
            it.terminate()
    with Marketplace.open(folder / "study.db", create=False) as marketplace, marketplace.reading() as ctx:
        assert [row["worker_id"] for row in ctx.db.execute("SELECT worker_id FROM workers")] == [worker_id]


@pytest.fixture
def database(folder: Path) -> Path:
    return folder / "study.db"


@pytest.mark.usefixtures("database")  # a file, whose name the page has
def test_the_commands_print_what_the_page_shows(mturk: MTurkClient, capsys: pytest.CaptureFixture[str]) -> None:
    in_the_us = {"QualificationTypeId": LOCALE, "Comparator": "EqualTo", "LocaleValues": [{"Country": "US"}]}
    form = question_form(question(free_text(), "total"))
    publish(mturk, form, in_the_us, Title="Write down a receipt", Reward="0.20")
    last = ""
    for shown in SESSION.split("$ pulumi-mturk ")[1:]:
        command, _, output = shown.partition("\n")
        # an id in a command is the one printed last
        assert cli.main(shlex.split(command.replace("LOCAL…", last))) == 0
        printed = capsys.readouterr().out
        last = next(iter(re.findall(r"\bLOCAL\w+", printed)), last)
        assert re.sub(r"submitted by .*", "submitted by …", re.sub(r"\bLOCAL\w+", "LOCAL…", printed)) == output
