"""The command line, and what it prints and draws."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from pulumi_mturk import cli
from pulumi_mturk.marketplace.simulation.report import CAVEAT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.marketplace.simulation.conftest import Stack

SVG = "{http://www.w3.org/2000/svg}"


def crowd(path: Path, *arguments: str) -> int:
    return cli.main(["crowd", "--database", str(path), "--workers", "60", "--seed", "7", *arguments])


def test_the_table(stack: Stack, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stack.publish(stack.hit_type, 5)
    assert crowd(path) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert " ".join(lines).startswith(f"A made-up crowd of 60 workers (seed 7). {CAVEAT}")
    assert max(map(len, lines)) <= 100
    assert "  all of the crowd                                           60  ##################" in lines
    assert any("an address in the United States" in line for line in lines)
    assert any("never: live elsewhere" in line for line in lines)
    assert any("  1 HIT, 5 assignments open: " in line for line in lines)
    assert "no block by you" not in out
    assert "EXAMPLE" not in out
    assert "A0CROWD" not in out


def test_without_a_seed_it_is_the_same_crowd_each_time(
    stack: Stack, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["crowd", "--database", str(path), "--workers", "20"]
    assert cli.main(arguments) == cli.main(arguments) == 0
    out = capsys.readouterr().out
    assert out[: len(out) // 2] == out[len(out) // 2 :]


def test_the_numbers_as_json(stack: Stack, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crowd(path, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["caveat"] == CAVEAT
    (told,) = found["hit_types"]
    assert told["steps"][-1]["left"] == told["may_accept"]
    assert told["work"] is None


def test_the_plot_is_well_formed_and_has_words(stack: Stack, path: Path, tmp_path: Path) -> None:
    title = "Receipts & <bills>\x0b"
    stack.ruled(title=title)
    drawing = tmp_path / "funnel.svg"
    assert crowd(path, "--plot", str(drawing)) == 0
    root = etree.fromstring(drawing.read_bytes())
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Where a made-up crowd of 60 workers is lost"
    words = root.findtext(f"{SVG}desc")
    assert words is not None
    assert CAVEAT in words
    assert "Receipts & <bills>" in words
    ids = {element.get("id") for element in root}
    assert set(str(root.get("aria-labelledby")).split()) <= ids
    height = float(str(root.get("height")))
    assert all(float(str(bar.get("y"))) + 22 <= height for bar in root.iterfind(f"{SVG}rect[@y]"))


def test_the_make_up_is_shown_and_can_be_passed(
    stack: Stack, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["crowd", "--show-make-up"]) == 0
    shown = capsys.readouterr().out
    assert tomllib.loads(shown)["countries"]["US"] > 0.5
    mine = tmp_path / "mine.toml"
    mine.write_text(shown)
    crowd(path)
    usual = capsys.readouterr().out
    crowd(path, "--make-up", str(mine))
    assert capsys.readouterr().out == usual
    mine.write_text("[countries]\nDE = 1\n")
    crowd(path, "--make-up", str(mine))
    assert capsys.readouterr().out != usual


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--workers", "0"], "error: --workers: must be a number from 1 to 1000000."),
        (["--seed", "-1"], "error: --seed: must be a number from 0 to 999999999."),
        (["--hit-type", "NOSUCH"], "error: There is no HIT type 'NOSUCH' in the database."),
        (["--make-up", "none.toml"], "error: The make-up none.toml can not be read:"),
        (["--plot", "crowd.png"], "error: --plot: the picture is SVG; write crowd.svg."),
        (["--plot", "no/such/folder.svg"], "error: no/such/folder.svg can not be written: No such file or directory."),
        (["--database", "none.db"], "error: There is no marketplace database at none.db."),
    ],
)
def test_errors_are_told_in_words(
    stack: Stack, path: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert crowd(path, *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message)


def test_a_file_of_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.db"
    for content in (b"", b"something else, " * 100):
        other.write_bytes(content)
        assert crowd(other) == 2
        assert "other.db is not a marketplace database." in capsys.readouterr().err
        assert other.read_bytes() == content


def test_a_database_without_hit_types_is_told_of(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crowd(path) == 0
    assert "The database has no HIT type: bring a stack up first." in capsys.readouterr().out
