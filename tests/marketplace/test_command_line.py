"""`pulumi-mturk` as a program: its help, what it is sure of in a pipe, and how it ends."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk import cli
from tests.support.marketplace.questions import at_least, free_text, publish, question, question_form, type_with_test

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

PROGRAM = Path(sys.prefix) / "bin" / "pulumi-mturk"
# The options and arguments of each command, which stay: scripts have them written into them.
COMMANDS = {
    "": "--version --install-completion --show-completion --help",
    "marketplace": "--database --proxy --authority --port --host --allow-host --switch --fault --control --open "
    "--behind-proxy --requests-per-second-per-key --log-format --help",
    "marketplace audit": "--database --since --until --action --account --worker --json --help",
    "marketplace backup": "--database --help FILE",
    "marketplace restore": "--database --check --help FILE",
    "marketplace finish-restore": "--database --replaces --check --help",
    "marketplace payouts": "--database --mark-paid --reference --help FILE",
    "marketplace rejections": "--database --account --since --until --json --reverse --reason --help",
    "marketplace account": "--help",
    "marketplace account add": "--database --help NAME",
    "marketplace account list": "--database --help",
    "marketplace account rename": "--database --help NAME TO",
    "marketplace account close": "--database --help NAME",
    "marketplace account operator-key": "--database --help",
    "marketplace account key": "--help",
    "marketplace account key add": "--database --help NAME",
    "marketplace account key list": "--database --help NAME",
    "marketplace account key revoke": "--database --help KEY",
    "marketplace invite": "--help",
    "marketplace invite add": "--database --worker --uses --expires --label --url --help",
    "marketplace invite list": "--database --help",
    "marketplace invite revoke": "--database --help NUMBER",
    "marketplace statement": "--database --payment --consent --help",
    "marketplace worker": "--help",
    "marketplace worker export": "--database --help ID",
    "marketplace worker erase": "--database --keep-answers --help ID",
    "run": "--database --sandbox --keep-keys --without-aws-credentials --authority --switch --fault --help COMMAND",
    "new": "--help TEMPLATE FOLDER",
    "doctor": "--help",
    "explain": "--all --format --help CODE",
    "cost": "--reward --hits --assignments --masters --premium --minutes --fees --environment --help",
    "review": "--file --stack --live --format --fail-on --policy --commit --exit-code --environment --endpoint "
    "--profile --local-database --help",
    "contents": "--database --quiet --help",
    "faults": "--database --fault --clear --switch --help",
    "calls": "--database --json --clear --help",
    "clock": "--database --advance --reset --help",
    "crowd": "--database --workers --seed --make-up --show-make-up --hit-type --plot --json --keep --help",
    "teardown": "--stack --yes --dry-run --environment --endpoint --profile --local-database --help ID",
    "find": "--environment --endpoint --profile --local-database --help NAME",
    "sweep": "--yes --environment --endpoint --profile --local-database --help ID",
    "adopt": "--match --environment --endpoint --profile --local-database --help FOLDER",
    "plugin": "--help",
    "plugin install": "--folder --help",
    "plugin status": "--help",
    "layout": "--help",
    "layout create": "--database --account --quiet --help FILE",
    "test": "--help",
    "test check": "--key --help TEST",
    "test preview": "--output --port --help TEST",
    "test convert": "--key --help FROM TO",
    "worker": "--help",
    "worker register": "--database --worker-id --country --subdivision --masters --adult --accepted --submitted "
    "--abandoned --returned --approved --rejected --json --quiet --help",
    "worker list": "--database --json --quiet --help",
    "worker show": "--database --json --quiet --help WORKER",
    "worker find": "--database --search --json --quiet --help WORKER",
    "worker accept": "--database --json --quiet --help WORKER HIT",
    "worker submit": "--database --json --quiet --help WORKER ASSIGNMENT QUESTION=ANSWER",
    "worker return": "--database --json --quiet --help WORKER ASSIGNMENT",
    "worker qualifications": "--database --search --json --quiet --help WORKER",
    "worker request": "--database --json --quiet --help WORKER TYPE QUESTION=ANSWER",
}
WORKER = "A1EXAMPLEWORKER"
TITLE = "[bold]Receipts[/] :smile: " + "and whatever else was bought in a shop of some size, word by word"
NAME = "[red]Readers of receipts[/] :smile: whose name is long"


def environment(**more: str) -> dict[str, str]:
    """That of a user with a narrow terminal, to whom nothing is said of colours."""
    unset = ("NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "TERMINAL_WIDTH")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return kept | {"COLUMNS": "40", "TERM": "xterm-256color"} | more


def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, *arguments]
    return subprocess.run(command, env=environment(**more), capture_output=True, text=True, timeout=60, check=False)


def printed(*arguments: str | Path, **more: str) -> str:
    done = run(*arguments, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def hit_id(mturk: MTurkClient, database: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A HIT whose title, and the name of whose qualification, look like markup and fit on no narrow terminal."""
    form = question_form(question(free_text()))
    type_id = type_with_test(mturk, name=NAME)
    hit_id: str = publish(mturk, form, at_least(type_id, 0), Title=TITLE)["HITId"]
    assert cli.main(["worker", "register", "--database", str(database), "--worker-id", WORKER]) == 0
    assert cli.main(["worker", "request", "--database", str(database), WORKER, type_id, "q1=a"]) == 0
    capsys.readouterr()
    return hit_id


def below(group: str) -> set[str]:
    """The commands of a group."""
    beginning = f"{group} " if group else ""
    return {name.removeprefix(beginning).split()[0] for name in COMMANDS if name and name.startswith(beginning)}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_names_all_that_it_takes(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")  # nothing is wrapped
    pages = []
    for option in ("--help", "-h"):
        assert cli.main([*command.split(), option]) == 0
        pages.append(capsys.readouterr())
    assert pages[0] == pages[1]
    page, error = pages[0]
    assert error == ""
    assert page.split()[:2] == ["Usage:", "pulumi-mturk"]
    panels = dict(re.findall(r"^╭─ (\w+) ─.*?\n(.*?)^╰", page, re.DOTALL | re.MULTILINE))
    described = {
        title: {row.strip("│* ").split()[0]: len(row.strip("│* ").split()) > 2 for row in rows.splitlines()}
        for title, rows in panels.items()
    }
    takes = COMMANDS[command].split()
    expected = {
        "Options": {name for name in takes if name.startswith("--")},
        "Arguments": {name for name in takes if not name.startswith("--")},
        "Commands": below(command),
    }
    assert {title: rows.keys() for title, rows in described.items()} == {
        title: names for title, names in expected.items() if names
    }
    assert all(all(rows.values()) for rows in described.values())


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr() == (f"pulumi-mturk {importlib.metadata.version('pulumi-mturk')}\n", "")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_neither_the_service_nor_fees_nor_boto3_are_loaded_for_a_help_page(option: str) -> None:
    program = (
        "import sys; from pulumi_mturk import cli; cli.main(sys.argv[1:]); "
        "print(*{name.partition('.')[0] for name in sys.modules}, "
        "*(f'pulumi_mturk.{name}' in sys.modules for name in ('fees', 'marketplace.service')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, option], env=environment(), capture_output=True, text=True, check=True
    )
    *loaded, fees, service = done.stdout.splitlines()[-1].split()
    assert (fees, service) == ("False", "False")
    assert "typer" in loaded
    assert {"pulumi", "boto3", "botocore", "flask", "lxml", "sqlite3", "pydantic", "yaml", "http"}.isdisjoint(loaded)


def test_what_goes_to_a_file_has_no_escape_codes_and_no_line_is_wrapped_or_cut(hit_id: str, database: Path) -> None:
    kept = ("--database", database)
    for commands, long in (
        (("contents", *kept), f"  {TITLE}  ({hit_id}, Assignable, 0 of 1 assignments handed in)"),
        (("worker", "find", *kept, WORKER), f"  met: You need: a score of at least 0 in '{NAME}'."),
        (("worker", "accept", *kept, WORKER, hit_id), "  to be submitted by "),
        (("worker", "show", *kept, WORKER), f"  {NAME}  ("),
    ):
        shown = printed(*commands, FORCE_COLOR="1")
        assert "\x1b" not in shown
        assert any(line.startswith(long) for line in shown.splitlines()), shown


def test_the_table_of_a_crowd_is_the_same_in_every_file(hit_id: str, database: Path) -> None:
    command = ("crowd", "--database", database, "--workers", "20")
    shown = printed(*command)
    assert "\x1b" not in shown
    assert printed(*command, FORCE_COLOR="1", COLUMNS="200") == shown
    lines = shown.splitlines()
    assert max(map(len, lines)) in range(90, 101)
    assert [line for line in lines if line != line.rstrip()] == []
    words = " ".join(shown.split())
    assert TITLE in words
    assert "[red]Readers of receipts[/] :smile:" in words


def test_on_a_terminal_the_table_is_styled_and_fits(hit_id: str, database: Path) -> None:
    main, terminal = pty.openpty()
    command: list[str | Path] = [PROGRAM, "crowd", "--database", database, "--workers", "20"]
    with subprocess.Popen(command, env=environment(COLUMNS="80"), stdout=terminal, stderr=subprocess.PIPE) as process:
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
            while more := os.read(main, 4096):
                shown += more
        os.close(main)
        assert process.wait() == 0
    text = shown.decode()
    assert "\x1b[1m" in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    assert max(map(len, plain)) <= 80
    assert any(line.split()[-3:] == ["left", "refused", "alone"] for line in plain)


def test_help_in_a_file_has_no_escape_codes() -> None:
    """One process for all: a start takes longer than a page."""
    program = "import sys; from pulumi_mturk import cli; [cli.main([*line.split(), '--help']) for line in sys.argv[1:]]"
    done = subprocess.run(
        [sys.executable, "-c", program, *COMMANDS], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.count("Usage: ") == len(COMMANDS)
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["wroker"], "error: No such command 'wroker'. Did you mean 'worker'?"),
        (["worker", "sumbit"], "error: No such command 'sumbit'. Did you mean 'submit'?"),
        (["crowd", "--sead", "1"], "error: No such option: --sead (Possible options: --seed)"),
        (["crowd", "--seed", "one"], "error: Invalid value for '--seed': 'one' is not a whole number"),
        (["crowd", "--seed"], "error: Option '--seed' requires an argument."),
        (
            ["crowd", "--make-up", "x", "--show-make-up"],
            "error: Invalid value for '--show-make-up': not allowed with '--make-up'",
        ),
        (["contents"], "error: Missing option '--database'."),
        (["marketplace"], "error: Missing option '--database'."),
        (["marketplace", "--database", "x", "serve"], "error: No such command 'serve'."),
        (["marketplace", "account"], "error: Missing command."),
        (["worker", "show", "--database", "x"], "error: Missing argument 'WORKER'."),
        (["contents", "--database", "x", "y"], "error: Got unexpected extra argument(s) (y)"),
        (["marketplace", "--database", "x", "--port", "http"], "error: Invalid value for '--port': 'http' is not a"),
        ([], "error: Missing command."),
        (["worker"], "error: Missing command."),
    ],
)
def test_a_wrong_command_line_is_told_on_one_line_after_the_usage(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert cli.main(arguments) == 2
    out, error = capsys.readouterr()
    assert out == ""
    lines = error.splitlines()
    assert lines[0].startswith("Usage: pulumi-mturk ") or len(lines) == 1  # typer knows no usage where a value lacks
    assert lines[-1].startswith(message)
    assert "\x1b" not in error


def test_a_reader_who_has_had_enough_is_no_error(hit_id: str, database: Path) -> None:
    command = f"'{PROGRAM}' worker accept --database '{database}' {WORKER} {hit_id} | head -1"
    done = subprocess.run(["sh", "-c", command], env=environment(), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert re.fullmatch(r"LOCAL\w+\n", done.stdout)
    # the same, with a reader who is gone before anything is written
    for arguments, status in (
        (("worker", "return", "--database", database, WORKER, done.stdout.strip()), 141),
        (("crowd", "--show-make-up"), 141),
        (("marketplace", "--database", database), 141),
    ):
        with subprocess.Popen(
            [PROGRAM, *arguments], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == status
    assert f"({done.stdout.strip()}, Returned)" in printed("worker", "show", "--database", database, WORKER)


def test_ctrl_c_ends_quietly(hit_id: str, database: Path) -> None:
    command: list[str | Path] = [PROGRAM, "crowd", "--database", database, "--workers", "1000000"]
    main, terminal = pty.openpty()
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=terminal, start_new_session=True
    ) as process:
        os.close(terminal)
        told = b""
        while b"making up" not in told:  # so it is at work
            told += os.read(main, 1024)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60)[0] == b""
        with contextlib.suppress(OSError):
            while more := os.read(main, 1024):
                told += more
        os.close(main)
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert b"rror" not in told


def test_a_shell_completes_commands_and_options() -> None:
    asked = {"_PULUMI_MTURK_COMPLETE": "complete_bash", "COMP_WORDS": "pulumi-mturk wo", "COMP_CWORD": "1"}
    assert printed(**asked).split() == ["worker"]
    asked |= {"COMP_WORDS": "pulumi-mturk worker submit --", "COMP_CWORD": "3"}
    assert printed(**asked).split() == ["--database", "--json", "--quiet", "--help"]
    script = subprocess.run(
        ["bash", "-c", f"'{PROGRAM}' --show-completion; true"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "complete -o default -F _pulumi_mturk_completion pulumi-mturk" in script.stdout
