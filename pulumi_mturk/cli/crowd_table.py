"""A study of a crowd as tables for a terminal: for each HIT type a row a rule."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from rich.text import Text

from pulumi_mturk.cli.common import new_table, print_table, terminal_width
from pulumi_mturk.common.text import count
from pulumi_mturk.marketplace.simulation.funnel import REASON_TEXTS
from pulumi_mturk.marketplace.simulation.report import CAVEAT
from pulumi_mturk.marketplace.simulation.study import NOT_BLOCKED

if TYPE_CHECKING:
    from rich.table import Table

    from pulumi_mturk.marketplace.simulation.funnel import Reason, Step
    from pulumi_mturk.marketplace.simulation.study import QualificationTypeStudy, Study, TypeStudy

_LEGEND: Final = (
    "left: whom this rule and all before it admit; refused: whom it refuses, whatever the others say; alone: whom it "
    "refuses and no other does."
)
_WIDTH: Final = 100
_LEFT, _BAR, _REFUSED, _ALONE, _GAP, _INDENT = 7, 18, 7, 5, 2, 2
_NUMBERS: Final = _LEFT + _BAR + _REFUSED + _ALONE + 4 * _GAP + _INDENT
_NARROWEST_RULE: Final = 30


def print_study(study: "Study") -> None:
    """Print the numbers that a requester asks for first, a hundred characters wide; on a narrow terminal less."""
    width = min(_WIDTH, terminal_width() or _WIDTH)
    workers = count(study.workers, "worker")
    _print_text(f"A made-up crowd of {workers} (seed {study.seed}). {CAVEAT}", width)
    _print_text(_LEGEND, width)
    for item in study.qualification_types:
        print()
        _print_text(_qualification_type(item, study.workers), width, subsequent_indent="  ")
    for told in study.hit_types:
        print()
        _print_text(f"{told.title}  ({told.id}, ${told.reward})", width)
        print_table(_table(told, study.workers, width), indent=_INDENT)
        print(f"  Find the HITs: {told.can_find:,}. May preview: {told.can_preview:,}. Would accept: {told.want_to:,}.")
        _print_text(_work(told), width, initial_indent="  ", subsequent_indent="  ")
    if not study.hit_types:
        print("\nThe database has no HIT type: bring a stack up first.")


def _print_text(text: str, width: int, *, initial_indent: str = "", subsequent_indent: str = "") -> None:
    print(textwrap.fill(text, width, initial_indent=initial_indent, subsequent_indent=subsequent_indent))


def _qualification_type(item: "QualificationTypeStudy", workers: int) -> str:
    said = [f"{item.listed:,} on your list"]
    if item.took:
        said.append(f"{item.took:,} of {workers:,} in the crowd took its test")
    if item.median_score is not None:
        said.append(f"median score {item.median_score:g}")
    return f"Qualification '{item.name}': {', '.join(said)}"


def _table(told: "TypeStudy", workers: int, width: int) -> "Table":
    rule_width = max(_NARROWEST_RULE, width - 1 - _NUMBERS)
    table = new_table(gap=_GAP)
    table.add_column("", width=rule_width)
    table.add_column("left", width=_LEFT, justify="right")
    table.add_column("", width=_BAR, style="cyan")
    table.add_column("refused", width=_REFUSED, justify="right")
    table.add_column("alone", width=_ALONE, justify="right")

    def add(rule: str, left: int, *numbers: int) -> None:
        bar = "#" * round(_BAR * left / workers)
        table.add_row(*(Text(cell) for cell in (rule, f"{left:,}", bar, *(f"{number:,}" for number in numbers))))

    add("all of the crowd", workers)
    for step in told.steps:
        if step.rule != NOT_BLOCKED or step.refused:
            add("\n".join(_rule(step, rule_width)), step.left, step.refused, step.alone)
    add("may accept", told.may_accept)
    return table


def _rule(step: "Step", width: int) -> Iterator[str]:
    """A rule, and under it why it keeps people out."""
    first, *more = textwrap.wrap(step.rule, width - 2, break_on_hyphens=False) or [""]
    yield first
    yield from (f"  {line}" for line in more)
    yield from _reasons("-", step.lost, width)
    yield from _reasons("+", step.kept, width)


def _reasons(sign: str, reasons: "Mapping[Reason, int]", width: int) -> Iterator[str]:
    for reason, number in reasons.items():
        text = f"{sign}{number:,} {REASON_TEXTS[reason]}"
        yield from textwrap.wrap(text, width, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)


def _work(told: "TypeStudy") -> str:
    done = told.work
    if done is None:
        return "No HIT of this type is open, so there was nothing to do."
    words = f"{count(done.hits, 'HIT')}, {count(done.open, 'assignment')} open: {done.submitted:,} handed in"
    words += f" by {count(done.workers, 'worker')}"
    if done.given_back:
        words += f", {done.given_back:,} given back"
    if done.hours is not None:
        words += f", the last after {done.hours:.1f} hours"
    return f"{words}."
