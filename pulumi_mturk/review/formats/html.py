"""A report as one page that needs nothing else: no script, no font, no other host."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pulumi_mturk.review.formats import outline, phrases
from pulumi_mturk.review.report import Change, Other, Report

_FOLDER = Path(__file__).parent
_OPEN = 20  # so many HIT types are shown open, so many rows of a table
_EVERY = 10**9


def write(report: Report) -> str:
    """The page, with all that the report has; what matters less is folded away."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": phrases.plain, "prose": _prose, "listed": phrases.listed}
    happening = outline.happening(report)
    page = environment.get_template("page.html").render(
        report=report,
        outline=outline,
        phrases=phrases,
        style=Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
        stack=phrases.stack(report),
        place=phrases.place(report.place),
        place_rest=phrases.place_rest(report.place),
        extent=phrases.extent(report),
        glance=_glance(outline.compared(report)),
        told_of=[change for change in report.changes if _has_more(change)],
        tails=(
            (
                "All that changes",
                ("resource", "type", "what happens", "id"),
                [(*_touched(change), "new" if change.new_id else "") for change in happening],
            ),
            (
                "Resources of other providers that change",
                ("resource", "type", "what happens"),
                [_touched(other) for other in report.others],
            ),
        ),
        OPEN=_OPEN,
        EVERY=_EVERY,
        INCOMPLETE=outline.incompleteness(report),
    )
    return "\n".join(line for line in page.splitlines() if line.strip()) + "\n"


def _prose(text: str) -> Markup:
    """A sentence, with the commands in it as such."""
    pieces = re.split(f"({phrases.QUOTED})", phrases.plain(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece[1:-1]) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def _has_more(change: Change) -> bool:
    return any((outline.shows_rules(change), outline.shows_pay(change), outline.shows_details(change), change.notes))


def _touched(item: Change | Other) -> tuple[str, str, str]:
    return phrases.plain(item.name), phrases.plain(item.type), phrases.operation(item.operation)


def _glance(work: list[Change]) -> list[tuple[str, ...]]:
    return [
        (
            phrases.plain(change.name),
            phrases.who_may_accept(change),
            phrases.by_rules(change.eligibility),
            phrases.by_lists(change),
            phrases.identity(change),
            phrases.pay_change(change),
        )
        for change in work
    ]
