"""`pulumi-mturk marketplace account`: what it prints, and that a secret is printed once."""

from __future__ import annotations

import configparser
import re
import shlex
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace, Server


class Command:
    def __init__(self, unmade: str | Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = unmade
        self.capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        command, arguments = words[0].split(), words[1:]
        status = cli.main(["marketplace", "account", *command, "--database", str(self.database), *arguments])
        out, error = self.capsys.readouterr()
        return status, out, error


@pytest.fixture
def account(unmade: str | Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(unmade, capsys)


def test_an_account_from_its_making_to_its_end(account: Command, unmade: str | Path) -> None:
    made = f"pulumi-mturk marketplace account key add --database {shlex.quote(str(unmade))} 'Lab A'"
    assert account("add", "Lab A") == (0, f"Added Lab A. An access key: {made}\n", "")
    assert account("rename", "Lab A", "Lab B") == (0, "Lab A is Lab B now.\n", "")
    assert account("rename", "local", "[red]Own[/] :smile:")[0] == 0  # no markup
    assert account("key add", "Lab B")[0] == 0
    status, out, error = account("list")
    assert (status, error) == (0, "")
    lines = [re.split(r"  +", line) for line in out.splitlines()]
    assert lines[0] == ["ACCOUNT", "CREATED", "ACCESS KEYS", "CLOSED"]
    assert [line[0] for line in lines[1:]] == ["[red]Own[/] :smile:", "Lab B"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", lines[2][1])
    assert lines[2][2] == "1"
    assert account("close", "Lab B") == (0, "Closed Lab B.\n", "")
    assert re.fullmatch(r"Lab B +\d{4}-\d\d-\d\d +0 +\d{4}-\d\d-\d\d", account("list")[1].splitlines()[2])
    assert account("close", "Lab B") == (2, "", "error: The account 'Lab B' is closed.\n")
    assert account("close", "Lab C") == (2, "", "error: There is no account 'Lab C'.\n")
    assert account("key list", "Lab B")[0] == 2


def test_what_is_printed_of_a_key_is_a_credentials_file_that_boto3_reads(
    account: Command, unmade: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account("add", "Lab")
    status, out, error = account("key add", "local")
    assert (status, error) == (0, "The secret is not shown again.\n")
    credentials, environment = out.split("# or in the environment\n")
    path = tmp_path / "credentials"
    path.write_text(credentials)
    found = configparser.ConfigParser()
    found.read_string(credentials)
    secret = found["marketplace"]["aws_secret_access_key"]
    exported = subprocess.run(
        ["sh", "-c", f'{environment}\necho "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_DEFAULT_REGION"'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert exported.stdout.split() == [found["marketplace"]["aws_access_key_id"], secret, "us-east-1"]
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    with Marketplace.open(unmade) as marketplace, Server(marketplace) as server:
        session = boto3.Session(profile_name="marketplace")
        client = session.client("mturk", endpoint_url=server.url)
        assert client.get_account_balance()["AvailableBalance"] == "10000.00"
        client.close()
    listed = account("key list", "local")[1]
    key_id = found["marketplace"]["aws_access_key_id"]
    assert re.search(rf"^{key_id} +\d{{4}}-\d\d-\d\d +\d{{4}}-\d\d-\d\d \d\d:00Z$", listed, re.MULTILINE)
    assert secret not in listed
    assert account("key revoke", key_id) == (0, f"Revoked {key_id}.\n", "")
    assert account("key revoke", key_id)[0] == 2


def test_the_operators_key_is_printed_alone(account: Command, unmade: str | Path) -> None:
    account("add", "Lab")
    first = account("operator-key")[1].strip()
    second = account("operator-key")[1].strip()
    assert re.fullmatch(r"[\w-]{43}", second)
    with Marketplace.open(unmade) as marketplace:
        assert [marketplace.accounts.is_operator(key) for key in (first, second, "", None)] == [
            False, True, False, False,
        ]  # fmt: skip


@pytest.mark.parametrize("words", [("operator-key",), ("key add", "local")])
def test_a_key_of_a_file_that_is_not_there_is_refused(account: Command, database: Path, words: tuple[str, ...]) -> None:
    assert account(*words) == (2, "", f"error: There is no marketplace database at {database}.\n")
    assert not database.exists()


def test_an_open_address_is_refused_at_the_start(unmade: str | Path) -> None:
    command = [sys.executable, "-m", "pulumi_mturk.marketplace", "--database", str(unmade), "--host", "0.0.0.0"]  # noqa: S104
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: Others could reach this marketplace, and it takes any access key. Make accounts with access keys first "
        "(`pulumi-mturk marketplace account --help`), serve 127.0.0.1 alone, under no name of others' and behind no "
        "proxy, or say --open if all may do all.\n"
    )


@pytest.mark.parametrize("options", [["--proxy", "--behind-proxy"], ["--requests-per-second-per-key", "-1"]])
def test_options_that_make_no_sense(database: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["marketplace", "--database", str(database), *options]) == 2
    assert capsys.readouterr().err.startswith("error: --")
    assert not database.exists()


def test_the_page_shows_commands_that_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "workers.md").read_text(encoding="utf-8")
    commands = re.findall(r"^pulumi-mturk (marketplace account .*)$", page, re.MULTILINE)
    assert len(commands) == 3
    monkeypatch.chdir(tmp_path)
    for command in commands:
        assert cli.main(command.split()) == 0
    assert re.search(r"^Lab +\S+ +1$", capsys.readouterr().out, re.MULTILINE)
