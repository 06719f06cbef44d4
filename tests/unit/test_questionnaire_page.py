"""docs/qualification-tests.md: its files are read, its program runs, and its output is what the command prints."""

import re
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk import cli
from tests.support.pages import held_by
from tests.support.program import registered


def blocks(language: str) -> list[str]:
    return [block.text for block in held_by(__file__, "qualification-tests.md") if block.language == language]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the page's two files."""
    monkeypatch.chdir(tmp_path)
    for name, text in zip(("test.yaml", "test.key.yaml"), blocks("yaml"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_check_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    ((command, shown),) = re.findall(r"\$ pulumi-mturk (test check[^\n]*)\n(.*?)\$", blocks("text")[0], re.DOTALL)
    assert cli.main(command.split()) == 0
    assert capsys.readouterr().out == shown


def test_the_program_runs() -> None:
    (program,) = blocks("python")
    names: dict[str, Any] = {}

    def run() -> None:
        exec(compile(program, "the page", "exec"), names)  # noqa: S102 - our own page

    (inputs,) = registered(run).values()
    assert inputs["testDurationInSeconds"] == 1_200
    assert "AnswerOption" in inputs["answerKey"]
    (requirement,) = names["requirement"]
    assert requirement.integer_values == [75]


def test_the_conversions_are_commands_that_work(folder: Path) -> None:
    there, back = re.findall(r"\$ pulumi-mturk (test convert[^\n]*)", blocks("text")[1])
    assert cli.main(back.split()) == 0
    for name in ("test.yaml", "test.key.yaml"):
        (folder / name).unlink()
    (folder / "test.key.xml").rename(folder / "answer_key.xml")
    assert cli.main(there.split()) == 0
    assert (folder / "test.key.yaml").exists()
