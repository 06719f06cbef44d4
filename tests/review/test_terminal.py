"""What a review says on a terminal: within its width, plain without colours, and nothing of the input is obeyed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pulumi_mturk.review.formats import terminal
from pulumi_mturk.review.report import Report
from tests.support.reports import BY_HAND, HARMFUL, INCOMPLETE, hostile, long

PIECES = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["[bold red]x[/]", "\x1b[2J", ":warning:", "x" * 300, "漢字" * 60, "[link=https://example.org]x[/link]"]
)


@pytest.mark.parametrize("width", [20, 80, 100, 300])
@pytest.mark.parametrize("name", BY_HAND)
def test_a_report_keeps_to_the_width(name: str, width: int) -> None:
    lines = terminal.write(BY_HAND[name], width=width).splitlines()
    assert max(map(cell_len, lines)) <= min(max(width, 80), 120)


@given(hostile(PIECES))
def test_nothing_in_a_report_is_obeyed(report: Report) -> None:
    written = terminal.write(report, width=80)
    assert max(map(cell_len, written.split("\n"))) <= 80
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", written)


def test_colours_are_for_a_terminal_alone_and_severity_is_a_word() -> None:
    plain, coloured = terminal.write(HARMFUL, width=80), terminal.write(HARMFUL, width=80, colours=True)
    assert "\x1b" not in plain
    assert "\x1b" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()
    assert plain.count("danger  rate-sentences") == 3
    assert "MT520 caution  rate-sentences" in plain


def test_what_differs_is_marked_without_colours() -> None:
    text = terminal.write(HARMFUL)
    assert re.search(r"\* approval rate +≥ 98 % +≥ 95 %", text)
    assert re.search(r"    HITs approved +≥ 1,000 +≥ 1,000", text)


def test_of_many_the_first_are_shown_and_the_rest_counted() -> None:
    text = terminal.write(long(2_000))
    assert len(text.splitlines()) < 1_000
    assert "and 1,990 more" in text
    assert "… and 1,980 more HIT types whose rules differ" in text


def test_a_plan_that_is_not_whole_says_so_first() -> None:
    assert "The preview is not complete." in "\n".join(terminal.write(INCOMPLETE).splitlines()[:4])
