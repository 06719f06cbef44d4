"""Every code block of the pages is run, or is compared with what was printed, or says why it can't be."""

import contextlib
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from pulumi_mturk import fees
from pulumi_mturk.cli import app
from pulumi_mturk.common.diagnostics import Example
from pulumi_mturk.rules.catalogue import CATALOGUE
from tests.support.csv_files import ANN, BEN, CEM, result, results
from tests.support.findings import codes
from tests.support.pages import ROOT, RULES, Block, blocks, commands, pages, settings, shown
from tests.support.rule_examples import findings

BLOCKS = [block for page in pages() if RULES not in page.parents for block in blocks(page)]
KINDS = {
    *(
        "program",
        "yaml",
        "example",
        "file",
        "run",
        "output",
        "configuration",
        "fees",
        "workflow",
        "held by",
        "checked",
        "picture",
    ),
    *("signature", "usage", "examples"),  # what is generated
}
PROGRAMS = {
    "pulumi",
    "pulumi-mturk",
    "python",
    "python3",
    "pip",
    "make",
    "find",
    "git",
    "export",
    "cd",
    "mkdir",
    "rm",
    "curl",
    ".",
    "echo",
    *("granian", "install", "systemctl", "useradd", "createdb", "pg_restore"),  # of a host
}
STACK_COMMANDS = {
    "cancel",
    "config",
    "destroy",
    "import",
    "login",
    "new",
    "preview",
    "refresh",
    "stack",
    "state",
    "up",
    "version",
}


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    found = [block for block in BLOCKS if block.kind in kinds]
    return pytest.mark.parametrize("block", found, ids=map(str, found))


@pytest.mark.parametrize("block", BLOCKS, ids=map(str, BLOCKS))
def test_a_block_has_a_kind(block: Block) -> None:
    assert block.kind in KINDS, "put a comment above it that says its kind; docs/adding.md has the kinds"
    assert bool(block.argument) == (block.kind in {"example", "file", "held by", "checked"})


@of_kind("program")
def test_a_program_runs_and_nothing_is_found(block: Block, tmp_path: Path) -> None:
    for name in ("test.yaml", "test.key.yaml"):
        shutil.copy(ROOT / "examples" / "transcription_study" / name, tmp_path)
    (tmp_path / "team.csv").write_text(f"worker_id,score\n{ANN},85\n{BEN},55\n")
    results(tmp_path / "results.csv", result(CEM), result(ANN, "Submitted"))
    said = findings(Example(block.text), tmp_path)
    assert [code for code in codes(said) if CATALOGUE[code].severity != "info"] == [], said


@of_kind("example")
def test_an_example_is_what_stands_in_the_file(block: Block) -> None:
    assert block.text in (ROOT / block.argument).read_text(encoding="utf-8")


@of_kind("held by")
def test_what_holds_a_block_is_a_test_that_reads_the_page(block: Block) -> None:
    text = (ROOT / block.argument).read_text(encoding="utf-8")
    assert block.page.name in text


@of_kind("configuration")
def test_a_configuration_is_one(block: Block) -> None:
    settings(block.text)


@of_kind("fees")
def test_a_fee_schedule_is_one(block: Block, tmp_path: Path) -> None:
    (tmp_path / "fees.yaml").write_text(block.text, encoding="utf-8")
    assert fees.schedule("fees.yaml", tmp_path)


@of_kind("workflow")
def test_a_workflow_is_yaml_and_its_commands_exist(block: Block) -> None:
    steps = [step for job in yaml.safe_load(block.text)["jobs"].values() for step in job["steps"]]
    for step in steps:
        assert step.keys() & {"uses", "run"}
        check(re.sub(r"\$\{\{.*?\}\}", "VALUE", step.get("run", "")))


@of_kind("checked", "held by", "run", "examples", "usage")
def test_commands_and_their_options_exist(block: Block) -> None:
    if block.language == "python":
        compile(block.text, str(block), "exec")
    elif block.language == "sh":
        for line in commands(block):
            check(line)


def check(line: str) -> None:
    """Whether a line is one that a shell of a reader understands; of several commands the first."""
    line = re.sub(r"^\w+=\$\((.*?)\).*", r"\1", line).replace("$?", "0")
    words = list(itertools.takewhile(lambda word: word not in {"&&", "||", "|", ">", "<"}, shlex.split(line)))
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    if words and words[0] == "tools/run":
        words.pop(0)
    if not words:
        return
    program, *arguments = words
    program = program.removeprefix("/opt/marketplace/bin/")
    assert program in PROGRAMS, line
    if program == "pulumi":
        assert arguments[0] in STACK_COMMANDS, line
    if program == "pulumi-mturk":
        parse(arguments)
    if program == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert set(arguments) <= set(targets), line


@cache
def command_line() -> Any:
    return typer.main.get_command(app)


def parse(arguments: list[str]) -> None:
    """Raise what the command line would."""
    command = command_line()
    name = "pulumi-mturk"
    while hasattr(command, "commands") and arguments and not arguments[0].startswith("-"):
        name, *arguments = arguments
        command = command.commands[name]
    with contextlib.suppress(typer.Exit):  # --help, --version
        command.make_context(name, [*arguments])


TYPED = [(block.page, line) for block in BLOCKS if block.kind == "run" for line in block.text.splitlines()]
WITH_SESSIONS = Counter(page for page, _ in TYPED)


@pytest.mark.parametrize(
    "page",
    # Each line starts Python anew.
    [pytest.param(page, marks=[pytest.mark.slow] if lines > 1 else []) for page, lines in WITH_SESSIONS.items()],
    ids=lambda page: page.name,
)
def test_what_a_page_runs_prints_what_it_shows(page: Path, tmp_path: Path) -> None:
    printed = ""
    for block in blocks(page):
        if block.kind == "file":
            (tmp_path / block.argument).write_text(block.text, encoding="utf-8")
        elif block.kind == "run":
            printed = run(block, tmp_path)
        elif block.kind == "output" and printed:
            assert shown(block.text).fullmatch(printed), f"{block}: it prints\n{printed}"
        else:
            printed = ""


def run(block: Block, folder: Path) -> str:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.text],
        cwd=folder,
        # What somebody adds to pytest is for these tests, not for those that a page runs.
        env=os.environ | {"PATH": path, "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block}: {done.stdout}"
    return done.stdout


def test_files_are_for_blocks_that_are_run() -> None:
    assert {block.page for block in BLOCKS if block.kind == "file"} <= WITH_SESSIONS.keys()


def test_an_output_stands_below_what_prints_it() -> None:
    for before, after in itertools.pairwise(BLOCKS):
        if after.kind == "output":
            assert before.page == after.page
            assert before.kind in {"run", "held by"}
