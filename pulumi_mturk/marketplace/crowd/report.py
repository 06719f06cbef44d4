"""A study told: as a table for a terminal, and as JSON."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.crowd.funnel import WORDS
from pulumi_mturk.marketplace.crowd.study import NOT_BLOCKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_mturk.marketplace.crowd.funnel import Step, Why
    from pulumi_mturk.marketplace.crowd.study import QualificationTypeStudy, Study, TypeStudy

CAVEAT: Final = (
    "A simulation of assumed people, not a promise: who they are is in the make-up (--show-make-up), and much of it "
    "nobody knows."
)
_LEGEND: Final = (
    "left: whom this rule and all before it admit; refused: whom it refuses, whatever the others say; alone: whom it "
    "refuses and no other does."
)
_WIDTH: Final = 100
_RULE: Final = 52
_BAR: Final = 18


def as_json(study: Study) -> str:
    """All numbers."""
    return json.dumps({"caveat": CAVEAT, **dataclasses.asdict(study)}, indent=2, ensure_ascii=False)


def as_table(study: Study) -> str:
    """The numbers that a requester asks for first, in lines of a hundred characters."""
    workers = _counted(study.workers, "worker")
    lines = textwrap.wrap(f"A made-up crowd of {workers} (seed {study.seed}). {CAVEAT}", _WIDTH)
    lines += textwrap.wrap(_LEGEND, _WIDTH)
    for item in study.qualification_types:
        lines += ["", *_qualification_type(item, study.workers)]
    for told in study.hit_types:
        lines += ["", *_hit_type(told, study.workers)]
    if not study.hit_types:
        lines += ["", "The database has no HIT type: bring a stack up first."]
    return "\n".join(line.rstrip() for line in lines)


def _qualification_type(item: QualificationTypeStudy, workers: int) -> Iterator[str]:
    said = [f"{item.listed:,} on your list"]
    if item.took:
        said.append(f"{item.took:,} of {workers:,} in the crowd took its test")
    if item.median_score is not None:
        said.append(f"median score {item.median_score:g}")
    yield from textwrap.wrap(f"Qualification '{item.name}': {', '.join(said)}", _WIDTH, subsequent_indent="  ")


def _hit_type(told: TypeStudy, workers: int) -> Iterator[str]:
    yield from textwrap.wrap(f"{told.title}  ({told.id}, ${told.reward})", _WIDTH)
    yield f"  {'':<{_RULE}}  {'left':>7}  {'':<{_BAR}}  {'refused':>7}  {'alone':>5}"
    yield _row("all of the crowd", workers, workers)
    for step in told.steps:
        if step.rule != NOT_BLOCKED or step.refused:
            yield from _step(step, workers)
    yield _row("may accept", told.may_accept, workers)
    yield f"  Find the HITs: {told.can_find:,}. May preview: {told.can_preview:,}. Would accept: {told.want_to:,}."
    yield from _work(told)


def _step(step: Step, workers: int) -> Iterator[str]:
    first, *more = textwrap.wrap(step.rule, _RULE - 2, break_on_hyphens=False) or [""]
    yield f"{_row(first, step.left, workers)}  {step.refused:>7,}  {step.alone:>5,}"
    yield from (f"    {line}" for line in more)
    yield from _reasons("-", step.lost)
    yield from _reasons("+", step.kept)


def _reasons(sign: str, reasons: Mapping[Why, int]) -> Iterator[str]:
    for why, count in reasons.items():
        yield f"      {sign}{count:,} {WORDS[why]}"


def _row(words: str, left: int, workers: int) -> str:
    bar = "#" * round(_BAR * left / workers)
    return f"  {words:<{_RULE}}  {left:>7,}  {bar:<{_BAR}}"


def _work(told: TypeStudy) -> Iterator[str]:
    done = told.work
    if done is None:
        yield "  No HIT of this type is open, so there was nothing to do."
        return
    words = f"{_counted(done.hits, 'HIT')}, {_counted(done.open, 'assignment')} open: {done.submitted:,} handed in"
    words += f" by {_counted(done.workers, 'worker')}"
    if done.given_back:
        words += f", {done.given_back:,} given back"
    if done.hours is not None:
        words += f", the last after {done.hours:.1f} hours"
    yield from textwrap.wrap(f"{words}.", _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
