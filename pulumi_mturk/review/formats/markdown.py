"""A report as GitHub's markdown, for a comment at a pull request."""

import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pulumi_mturk.common.text import count
from pulumi_mturk.review.formats import outline, phrases
from pulumi_mturk.review.formats.github import clipped, code, details, html, line, row, size, table, text
from pulumi_mturk.review.report import Change, Report, Row

LIMIT = 65_000
"""In bytes of UTF-8, which are never fewer than characters. GitHub takes 65,536 characters in a comment."""
FORMAT = "pulumi-mturk:review:1"

_SHARE = LIMIT // 5  # of one table whose rows have no end
_OPEN = 3  # so many HIT types are shown side by side, before the others are folded
_OPEN_ROWS = 20


Missing: TypeAlias = tuple[str, int]
"""What is left out, such as "the rules of {} HIT types", and of how many."""


@dataclass(frozen=True)
class _Section:
    """Something that may be left out where the whole gets too long: first what has the highest rank."""

    rank: tuple[int, int]
    write: Callable[[int], tuple[str, Missing | None]]
    """Given how much room there is, the section (empty if it needs more), and what of it is left out."""


@dataclass(frozen=True)
class _Room:
    """How much is shown of texts of any length in what is never left out."""

    name: int
    message: int
    messages: int


_ROOMS = (_Room(120, 1_000, 5), _Room(80, 400, 2), _Room(40, 150, 1), _Room(24, 80, 1))


def write(report: Report) -> str:
    """The report, at most `LIMIT` bytes long. What matters less is left out first, and the end says what."""
    head, foot = [], []
    for room in _ROOMS:
        head, foot = _head(report, room), _foot(report, room)
        if size("\n\n".join(head + foot)) <= LIMIT // 2:
            break
    left = LIMIT - size("\n\n".join(head + foot)) - 1_000  # what the end says of the rest
    sections = list(_sections(report))
    shown: dict[int, str] = {}
    missing: Counter[str] = Counter()
    for at in sorted(range(len(sections)), key=lambda at: sections[at].rank):
        written, left_out = sections[at].write(left)
        left -= size(written) + 2
        shown[at] = written
        if left_out:
            missing[left_out[0]] += left_out[1]
    parts = [*head, *(shown[at] for at in sorted(shown) if shown[at]), *_missing(missing), *foot]
    return "\n\n".join(parts) + "\n"


def first_line(report: Report) -> str:
    """The hidden line by which a comment is found again, and a plan compared with the one that was reviewed."""
    stack = "/".join(urllib.parse.quote(part, safe="") for part in (report.project, report.stack))
    digest = urllib.parse.quote(report.digest, safe="") or "none"
    return f"<!-- {FORMAT} stack={stack} digest={digest} complete={'true' if report.complete else 'false'} -->"


def _missing(missing: Counter[str]) -> list[str]:
    if not missing:
        return []
    what = "; ".join(text.format(f"{number:,}") for text, number in missing.items())
    return [f"**Left out here, as a comment has an end:** {what}. The HTML and JSON reports have all of it."]


def _head(report: Report, room: _Room) -> list[str]:
    """What is always there: the verdict, the place, and each code with its number."""
    where = [
        code(clipped(phrases.stack(report), 250)),
        f"**{text(clipped(phrases.place(report.place), 60))}**",
    ]
    rest = [text(clipped(item, 300)) for item in phrases.place_rest(report.place)]
    parts = [
        f"{first_line(report)}\n## {text(clipped(report.headline, 1_500))}",
        " · ".join([where[0], ", ".join([where[1], *rest]), *map(text, phrases.extent(report))]),
    ]
    if not report.complete:
        reasons = "; ".join(text(clipped(reason, 500)) for reason in outline.incomplete(report)[:5])
        parts.append(f"**{outline.incompleteness(report)}**{f' Why: {reasons}.' if reasons else ''}")
    rows = [_risk(row, room) for row in outline.risk_rows(report)]
    if rows:
        parts.append(table(["code", "where", "what it does"], rows))
    accepted = outline.accepted_rows(report)
    if accepted:
        parts.append(f"**Accepted:** {'; '.join(_accepted(row, room) for row in accepted)}.")
    if report.invariants:
        parts.append(text(outline.kept(report)).replace("Lab rules", "**Lab rules**", 1))
    return parts


def _foot(report: Report, room: _Room) -> list[str]:
    lines = [text(clipped(line, 4 * room.message)) for line in outline.closing(report)]
    bold = [
        line.replace("Not judged:", "**Not judged:**", 1) if line.startswith("Not judged:") else line for line in lines
    ]
    return ["  \n".join(bold)] if bold else []


def _risk(row: outline.RiskRow, room: _Room) -> list[str]:
    shown, more = row.messages(room.messages)
    lines = [
        f"{code(clipped(name, room.name))}: {text(clipped(message, room.message))}"
        if name
        else text(clipped(message, room.message))
        for name, message in shown
    ]
    tally = f"**{row.tally}.** " if row.tally else ""
    rest = f"<br>… and {more:,} more of the kind" if more else ""
    label = f"**{row.code}** {row.severity}" if row.severity == "danger" else f"{row.code} {row.severity}"
    return [label, _names(row.names, room) or "the stack", f"{tally}{'<br>'.join(lines)}{rest}"]


def _names(names: Sequence[str], room: _Room) -> str:
    first, more = phrases.listed(names)
    return ", ".join(code(clipped(name, room.name)) for name in first) + (f" and {more:,} more" if more else "")


def _accepted(row: outline.RiskRow, room: _Room) -> str:
    reasons = list(dict.fromkeys(map(outline.acceptance, row.risks)))
    shown, more = phrases.listed(reasons, room.messages)
    because = "; ".join(text(clipped(reason, room.message)) for reason in shown) + (
        f" and {more:,} more" if more else ""
    )
    tally = f" ({row.tally})" if row.tally else ""
    where = _names(row.names, room) or "the stack"
    return f"{row.code} {row.severity}{tally} on {where}{' ' if because.startswith('until ') else ': '}{because}"


def _sections(report: Report) -> Iterator[_Section]:
    """What may be left out, in the order in which it is read."""
    broken = [
        [code(rule.id), text(rule.text), _HOLDS[rule.holds], _names(rule.broken_by, _ROOMS[0])]
        for rule in outline.broken(report)
    ]
    yield _rows(5, "lab rules that don't hold", ["lab rule", "says", "holds", "broken by"], broken, folded=False)
    excepted = [f"- {line(sentence)}" for sentence in outline.exceptions(report)]
    yield _lines(40, "Exceptions from the lab's rules", excepted)
    compared = outline.compared(report)
    if compared:
        yield _overview(compared)
    for number, change in enumerate(filter(outline.shows_rules, report.changes)):
        yield _piece(_turn(number), "the rules of {} HIT types", _rules(change, folded=number >= _OPEN))
    for number, change in enumerate(filter(outline.shows_pay, report.changes)):
        yield _piece(_turn(number), "the pay of {} HIT types", _pay(change, folded=number >= _OPEN))
    notes = [f"- {_names(names, _ROOMS[0])}: {text(note)}" for note, names in outline.notes(report).items()]
    yield _lines(12, "To be known besides", notes, folded=False)
    for number, change in enumerate(filter(outline.shows_details, report.changes)):
        yield _piece((30, number), "other inputs of {} resources", _details(change))
    ours = [
        [code(item.name), text(item.type), text(phrases.operation(item.operation)), "**new**" if item.new_id else ""]
        for item in outline.happening(report)
    ]
    yield _rows(13, f"All that changes: {len(ours):,}", ["resource", "type", "what happens", "id"], ours)
    others = [[code(item.name), code(item.type), text(phrases.operation(item.operation))] for item in report.others]
    title = f"Resources of other providers that change: {len(others):,}"
    yield _rows(14, title, ["resource", "type", "what happens"], others)


_HOLDS = {"no": "no", "unknown": "can't be told"}


def _turn(number: int) -> tuple[int, int]:
    """The first HIT type has its say before all that is long, the others by turns after it."""
    return (20 if number else 10, number)


def _piece(rank: tuple[int, int], what: str, written: str) -> _Section:
    """A section that is shown whole or not at all."""
    return _Section(rank, lambda left: (written, None) if size(written) + 2 <= left else ("", (what, 1)))


def _rows(rank: int, title: str, headings: list[str], rows: list[list[str]], *, folded: bool = True) -> _Section:
    """A table that shows as many rows as there is room for."""
    return _lines(rank, title, [row(cells) for cells in rows], head=[table(headings, [])], folded=folded)


def _lines(rank: int, title: str, lines: list[str], *, head: Sequence[str] = (), folded: bool = True) -> _Section:
    """As many lines as there is room for."""

    def write(left: int) -> tuple[str, Missing | None]:
        room = min(left, _SHARE) - size(title) - 200
        shown: list[str] = []
        for one in lines:
            room -= size(one) + 1
            if room < 0:
                break
            shown.append(one)
        missing = (f"{{}} lines of “{title}”", len(lines) - len(shown)) if len(shown) < len(lines) else None
        if not shown:
            return "", missing
        laid = "\n".join([*head, *shown])
        return (details(title, laid) if folded else laid), missing

    return _Section((rank, 0), write)


def _overview(work: list[Change]) -> _Section:
    rows = [
        [
            code(change.name),
            text(phrases.who_may_accept(change)),
            text(phrases.by_rules(change.eligibility)),
            text(phrases.by_lists(change)),
            "**new**" if change.new_id else phrases.identity(change),
            text(phrases.pay_change(change)),
        ]
        for change in work
    ]
    headings = ["HIT type", "who may accept", "by rules", "by lists", "id", "pay"]
    return _rows(11, f"{count(len(rows), 'HIT type')} at a glance", headings, rows, folded=len(rows) > _OPEN_ROWS)


def _rules(change: Change, *, folded: bool) -> str:
    rules = change.eligibility
    if rules is None:
        return ""
    laid = _sides(f"who may accept {code(change.name)}", rules.rows, "no rule")
    content = "\n\n".join(filter(None, [laid, "  \n".join(map(line, outline.eligibility_lines(change)))]))
    return (
        details(f"Who may accept <code>{html(change.name)}</code>: {html(phrases.who_may_accept(change))}", content)
        if folded
        else content
    )


def _sides(heading: str, rows: Sequence[Row], nothing: str) -> str:
    """Two sides in a table, or one where there was nothing before."""
    if not rows:
        return ""
    if all(each.before is None for each in rows):
        return table([heading, "from now on"], [[text(each.subject), text(each.after or nothing)] for each in rows])
    laid = []
    for each in rows:
        before, after = (text(nothing if side is None else side) for side in (each.before, each.after))
        laid.append([text(each.subject), before, f"**{after}**" if each.changed else after])
    return table([heading, "before", "after"], laid)


def _pay(change: Change, *, folded: bool) -> str:
    pay = change.pay
    if pay is None:
        return ""
    laid = _sides(f"per approved assignment of {code(change.name)}", outline.pay_rows(pay), phrases.NOTHING)
    content = "\n\n".join(filter(None, [laid, "  \n".join(map(line, pay.remarks))]))
    summary = f"What an approved assignment of <code>{html(change.name)}</code> pays and costs"
    return details(summary, content) if folded else content


def _details(change: Change) -> str:
    rows = [row for row in change.details if row.changed]
    return details(
        f"What else differs in <code>{html(change.name)}</code>",
        _sides(f"{text(change.type)} {code(change.name)}", rows, phrases.NOTHING),
    )
