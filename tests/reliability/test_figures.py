"""The short form of each figure: its bar holds here too."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.reliability import mutants, tested
from tests.reliability.all_figures import FIGURES
from tests.reliability.figure import Figure, Measured

SHORT = [figure for figure in FIGURES.values() if figure.short]


@pytest.mark.parametrize("figure", SHORT, ids=lambda figure: figure.number)
def test_the_bar_is_reached(figure: Figure) -> None:
    measured = figure.measure(figure.short, 1)
    assert measured.reached, measured.result
    assert measured.runs >= figure.short


@pytest.mark.parametrize(
    ("number", "few", "enough"),
    [("R5", 10_000, 30_000), ("R6", 9_996, 10_002), ("R9", 20_000, 20_377), ("R13", 0, 136), ("R20", 59, 60)],
)
def test_a_bar_is_not_reached_with_fewer_runs_than_it_asks_for(number: str, few: int, enough: int) -> None:
    figure = FIGURES[number]
    measured = figure.judge(Measured(few, "0 failed", reached=True))
    assert not measured.reached
    assert measured.result.startswith(f"0 failed; {few:,} runs of the ")
    for reached in (True, False):
        whole = Measured(enough, "0 failed", reached=reached)
        assert figure.judge(whole) == whole


def test_the_modules_that_faults_are_put_into_are_there_with_their_tests() -> None:
    root = Path(__file__).parents[2]
    named = [f"{mutants.PACKAGE}/{module}" for module in mutants.MODULES]
    named += [test for tests in mutants.MODULES.values() for test in tests]
    assert [path for path in named if not (root / path).is_file()] == []
    assert mutants.drawn(len(mutants.MODULES), 1)


def test_a_fault_is_told_from_none(tmp_path: Path) -> None:
    """The short form of R20: a fault that a test finds, and a change that makes no difference."""
    copy = mutants.copied(tmp_path)
    fault = next(one for one in mutants.mutants("provider/hit_listing.py") if one.was == "False")
    assert mutants.tried(fault, copy) == "caught"
    sound = (copy / mutants.PACKAGE / fault.module).read_text(encoding="utf-8")
    assert mutants.tried(replace(fault, source=sound), copy) == "survived"


@pytest.mark.slow
def test_the_package_is_the_same_byte_for_byte_when_it_is_built_twice(tmp_path: Path) -> None:
    """The short form of R21."""
    assert tested.wheel(tmp_path / "one") == tested.wheel(tmp_path / "two")
