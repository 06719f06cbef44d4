"""A report for a terminal of 80 columns or more; without colours it is plain text."""

from collections.abc import Iterable, Sequence, Sized
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pulumi_mturk.common.text import count
from pulumi_mturk.review.formats import outline, phrases
from pulumi_mturk.review.formats.phrases import plain
from pulumi_mturk.review.report import Change, Report, Row, Severity

_NARROWEST, _WIDEST = 80, 120
_LONG = 20  # so many rows of a table are shown, as a terminal has no folds
_STYLES: dict[Severity, str] = {"danger": "bold red", "caution": "yellow", "info": ""}
_INDENT = (0, 0, 0, 2)


def write(report: Report, *, width: int = 100, colours: bool = False) -> str:
    """The report, wrapped to a width between 80 and 120 columns."""
    target = StringIO()
    console = Console(
        file=target,
        width=max(_NARROWEST, min(width, _WIDEST)),
        force_terminal=colours,
        color_system="standard" if colours else None,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    _head(console, report)
    _risks(console, report)
    _laboratory(console, report)
    _work(console, report)
    _tail(console, report)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()) + "\n"


def _head(console: Console, report: Report) -> None:
    console.print(Text(plain(report.headline), style="bold"))
    place = ", ".join([phrases.place(report.place), *phrases.place_rest(report.place)])
    console.print(Text(" · ".join([phrases.stack(report), place, *phrases.extent(report)]), style="dim"))
    if not report.complete:
        reasons = "; ".join(outline.incomplete(report))
        why = f" Why: {reasons}." if reasons else ""
        console.print(Text(f"{outline.incompleteness(report)}{why}", style="bold red"))


def _risks(console: Console, report: Report) -> None:
    rows = outline.risk_rows(report)
    if rows:
        console.print()
    for row in rows:
        heading = Text.assemble(
            (f"{row.code} {row.severity}", _STYLES[row.severity]),
            "  ",
            (_names(row.names) or "the stack", "bold"),
            f"  ({row.tally})" if row.tally else "",
        )
        console.print(heading)
        messages, more = row.messages(3)
        _sentences(console, [f"{name}: {message}" if name else message for name, message in messages])
        _sentences(console, [f"… and {more:,} more of the kind"] if more else [])
    for row in outline.accepted_rows(report):
        reasons, more = phrases.listed(dict.fromkeys(map(outline.acceptance, row.risks)), 3)
        because = "; ".join(reasons) + (f" and {more:,} more" if more else "")
        tally = f" ({row.tally})" if row.tally else ""
        where = f"{_names(row.names) or 'the stack'}{' ' if because.startswith('until ') else ': '}"
        console.print(Text(f"Accepted: {row.code} {row.severity}{tally} on {where}{because}"))


def _laboratory(console: Console, report: Report) -> None:
    if not report.invariants:
        return
    _heading(console, outline.kept(report))
    for rule in outline.broken(report):
        holds = "does not hold" if rule.holds == "no" else "can't be told"
        where = f": {_names(rule.broken_by)}" if rule.broken_by else ""
        _sentences(console, [f"{plain(rule.id)} ({plain(rule.text)}) {holds}{where}"])
    _sentences(console, outline.exceptions(report))


def _work(console: Console, report: Report) -> None:
    with_rules, with_pay, with_details = (
        [change for change in report.changes if shows(change)]
        for shows in (outline.shows_rules, outline.shows_pay, outline.shows_details)
    )
    for change in with_rules[:_LONG]:
        rules = change.eligibility
        if rules is not None:
            _sides(
                console, f"Who may accept {plain(change.name)}: {phrases.who_may_accept(change)}", rules.rows, "no rule"
            )
        _sentences(console, outline.eligibility_lines(change))
    _more(console, with_rules, "HIT types whose rules differ")
    lists = [change for change in report.changes if change.people and phrases.by_lists(change) != "same"]
    if lists:
        _heading(console, "Who may accept, by lists")
        table = _table("HIT type", "people", "who may accept")
        for change in lists[:_LONG]:
            table.add_row(Text(plain(change.name)), phrases.by_lists(change), phrases.who_may_accept(change))
        console.print(Padding(table, _INDENT))
        _more(console, lists, "HIT types")
    for change in with_pay[:_LONG]:
        _pay(console, change)
    _more(console, with_pay, "HIT types whose pay differs")
    notes = outline.notes(report)
    if notes:
        _heading(console, "Also to know")
        told = [f"{_names(names)}: {note}" for note, names in notes.items()]
        _sentences(console, told[:_LONG])
        _more(console, told, "notes")
    for change in with_details[:_LONG]:
        _sides(
            console,
            f"What else differs in {plain(change.name)}",
            [r for r in change.details if r.changed],
            phrases.NOTHING,
        )
    _more(console, with_details, "resources with other differences")


def _pay(console: Console, change: Change) -> None:
    pay = change.pay
    if pay is None:
        return
    _sides(console, f"Per approved assignment of {plain(change.name)}", outline.pay_rows(pay), phrases.NOTHING)
    _sentences(console, map(plain, pay.remarks))


def _tail(console: Console, report: Report) -> None:
    happening = outline.happening(report)
    if happening:
        _heading(console, f"All that changes: {count(len(happening), 'resource')}")
        table = _table("resource", "type", "what happens", "id")
        for change in happening[:_LONG]:
            cells = (
                plain(change.name),
                plain(change.type),
                phrases.operation(change.operation),
                "new" if change.new_id else "",
            )
            table.add_row(*map(Text, cells))
        console.print(Padding(table, _INDENT))
        _more(console, happening, "resources")
    if report.others:
        _heading(console, f"Resources of other providers that change: {len(report.others):,}")
        table = _table("resource", "type", "what happens")
        for other in report.others[:_LONG]:
            table.add_row(*map(Text, (plain(other.name), plain(other.type), phrases.operation(other.operation))))
        console.print(Padding(table, _INDENT))
        _more(console, report.others, "resources")
    closing = outline.closing(report)
    if closing:
        console.print()
    for line in closing:
        console.print(Text(line))


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, style="bold"))


def _sentences(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(Padding(Text(line), _INDENT))


def _more(console: Console, items: Sized, what: str) -> None:
    if len(items) > _LONG:
        _sentences(console, [f"… and {len(items) - _LONG:,} more {what}: the HTML and JSON reports have all."])


def _names(names: Sequence[str]) -> str:
    first, more = phrases.listed(names)
    return ", ".join(map(plain, first)) + (f" and {more:,} more" if more else "")


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _sides(console: Console, heading: str, rows: Sequence[Row], nothing: str) -> None:
    _heading(console, heading)
    if not rows:
        return
    is_new = all(row.before is None for row in rows)
    table = _table("", "from now on") if is_new else _table("", "before", "after")
    for row in rows:
        before, after = (plain(nothing if side is None else side) for side in (row.before, row.after))
        shown = Text(after, style="bold" if row.changed and not is_new else "")
        mark = "* " if row.changed and not is_new else "  "  # what differs, also without colours
        cells = [Text(f"{mark}{plain(row.subject)}"), *([] if is_new else [Text(before)]), shown]
        table.add_row(*cells)
    console.print(Padding(table, _INDENT))
