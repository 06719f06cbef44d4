"""A report in the order in which a reviewer needs it: what the formats lay out, each in its own way."""

from collections.abc import Iterable
from dataclasses import dataclass

from pulumi_mturk.common.text import count, shortened
from pulumi_mturk.review.formats import phrases
from pulumi_mturk.review.report import Change, Invariant, Movement, PayChange, Report, Risk, Row, Severity

_NOT_JUDGED = "MT580"
_WORST_FIRST: tuple[Severity, ...] = ("danger", "caution", "info")


@dataclass(frozen=True, kw_only=True)
class RiskRow:
    """All risks of one code, so that a thousand of a kind take one row."""

    code: str
    severity: Severity
    """The worst of them."""
    risks: tuple[Risk, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The resources, each once; the stack itself has no name."""
        return tuple(dict.fromkeys(phrases.plain(risk.resource) for risk in self.risks if risk.resource))

    @property
    def tally(self) -> str:
        """How many there are, by severity where it differs; empty for one."""
        if len(self.risks) == 1:
            return ""
        by_severity = {severity: sum(risk.severity == severity for risk in self.risks) for severity in _WORST_FIRST}
        found = {severity: number for severity, number in by_severity.items() if number}
        if len(found) == 1:
            return f"{len(self.risks):,} of them"
        return ", ".join(f"{number:,} {severity}" for severity, number in found.items())

    def messages(self, most: int) -> tuple[list[tuple[str, str]], int]:
        """The first messages, each with the name it is about if they differ, and how many resources have others."""
        texts = dict.fromkeys(phrases.plain(risk.message) for risk in self.risks)
        if len(texts) == 1:
            return [("", next(iter(texts)))], 0
        told = dict.fromkeys((phrases.plain(risk.resource), phrases.plain(risk.message)) for risk in self.risks)
        shown, left = phrases.listed((f"{name}\0{text}" for name, text in told), most)
        return [(item.partition("\0")[0], item.partition("\0")[2]) for item in shown], left


def risk_rows(report: Report) -> list[RiskRow]:
    """What is not accepted, worst first."""
    return _grouped(risk for risk in report.risks if risk.accepted is None)


def accepted_rows(report: Report) -> list[RiskRow]:
    """What the team has accepted."""
    return _grouped(risk for risk in report.risks if risk.accepted is not None)


def _grouped(risks: Iterable[Risk]) -> list[RiskRow]:
    by_code: dict[str, list[Risk]] = {}
    for risk in risks:
        by_code.setdefault(risk.code, []).append(risk)
    rows = [
        RiskRow(code=code, severity=min((r.severity for r in found), key=_WORST_FIRST.index), risks=tuple(found))
        for code, found in by_code.items()
    ]
    return sorted(rows, key=lambda row: _WORST_FIRST.index(row.severity))


def acceptance(risk: Risk) -> str:
    """Why a risk is accepted, and until when."""
    if risk.accepted is None:
        return ""
    until = f"until {phrases.plain(risk.accepted.until)}, " if risk.accepted.until else ""
    return f"{until}“{phrases.plain(risk.accepted.reason)}”"


def compared(report: Report) -> list[Change]:
    """The HIT types of an overview; none where it would say of one what its own tables say."""
    found = [change for change in report.changes if change.eligibility or change.people or change.pay]
    return found if len(found) > 1 or any(change.people for change in found) else []


def shows_rules(change: Change) -> bool:
    """Whether the rules are shown side by side: they admit others, or say otherwise who they admit."""
    rules = change.eligibility
    return rules is not None and (
        rules.verdict != "same" or any(row.changed for row in rules.rows) or bool(rules.visibility)
    )


def shows_pay(change: Change) -> bool:
    """Whether there is something to say of pay or cost."""
    gone = change.operation == "delete"
    return change.pay is not None and not gone and (change.pay.changed or bool(change.pay.remarks))


def shows_details(change: Change) -> bool:
    """Whether other inputs differ."""
    return any(row.changed for row in change.details)


def pay_rows(pay: PayChange) -> list[Row]:
    """Pay and cost as lines of a comparison; cost alone where fees are reckoned."""
    schedule = next((side.schedule for side in (pay.after, pay.before) if side and side.schedule), "the fee")
    minutes = {side.minutes for side in (pay.before, pay.after) if side and side.hourly is not None}
    one = minutes.pop() if len(minutes) == 1 else None
    rows = [
        Row(
            subject="reward" if one is None else f"reward / an hour at {phrases.number(one)} min",
            before=None if pay.before is None else phrases.reward(pay.before, with_minutes=one is None),
            after=phrases.reward(pay.after, with_minutes=one is None),
        ),
        Row(
            subject=f"with {phrases.plain(schedule)}, up to 9 / from 10 assignments",
            before=None if pay.before is None else phrases.with_fee(pay.before),
            after=phrases.with_fee(pay.after),
        ),
    ]
    return rows if {rows[1].before, rows[1].after} - {phrases.NOTHING, None} else rows[:1]


def happening(report: Report) -> list[Change]:
    """The resources of ours that the plan touches itself."""
    return [change for change in report.changes if change.operation != "same"]


def notes(report: Report) -> dict[str, list[str]]:
    """What is to be known besides, each sentence once, with the resources that it is about."""
    found: dict[str, list[str]] = {}
    for change in report.changes:
        for note in change.notes:
            names = found.setdefault(phrases.plain(note), [])
            if phrases.plain(change.name) not in names[-1:]:
                names.append(phrases.plain(change.name))
    return found


def eligibility_lines(change: Change) -> list[str]:
    """The sentences below a comparison of rules."""
    rules = change.eligibility
    if rules is None:
        return []
    told = " ".join(risk.message for risk in change.risks if risk.accepted is None)
    lines = [
        "" if _is_told(rules.enters, told) else phrases.movement(rules.enters, enters=True),
        phrases.examples(rules.enters, enters=True),
        "" if _is_told(rules.leaves, told) else phrases.movement(rules.leaves, enters=False),
        phrases.examples(rules.leaves, enters=False),
        *(phrases.plain(text) for text in rules.visibility),
    ]
    if rules.judged_as == "in production":
        lines.append("Judged as in production, where it matters more than here.")
    if rules.implied:
        lines.append(f"Implied by other rules: {'; '.join(map(phrases.plain, rules.implied))}.")
    if rules.assumptions:
        lines.append(f"Assumed, as it is not documented: {'; '.join(map(phrases.plain, rules.assumptions))}.")
    return [line for line in lines if line]


def _is_told(movement: Movement, text: str) -> bool:
    """Whether all that is to be said of who comes in, or goes out, stands there already."""
    return bool(movement.words) and all(words_ in text for words_ in movement.words)


def kept(report: Report) -> str:
    """How many of the lab's rules hold; empty without such rules."""
    if not report.invariants:
        return ""
    source = f" (from {shortened(phrases.plain(report.policy_from), 120)})" if report.policy_from else ""
    holding, broken, untold = (
        sum(rule.holds == answer for rule in report.invariants) for answer in ("yes", "no", "unknown")
    )
    told = [
        f"{holding:,} {'holds' if holding == 1 else 'hold'}" if holding else "",
        f"{broken:,} {'does' if broken == 1 else 'do'} not{'' if holding else ' hold'}" if broken else "",
        f"of {untold:,} it can't be told" if untold else "",
    ]
    return f"Lab rules{source}: {', '.join(filter(None, told))}."


def broken(report: Report) -> list[Invariant]:
    """The lab's rules that don't hold, or of which it can't be told, which counts as much."""
    return [rule for rule in report.invariants if rule.holds != "yes"]


def exceptions(report: Report) -> list[str]:
    """Who need not keep which of the lab's rules, and why."""
    return [
        f"{phrases.plain(name)} need not keep {phrases.plain(rule.id)}: “{phrases.plain(reason)}”"
        for rule in report.invariants
        for name, reason in rule.excepted
    ]


def closing(report: Report) -> list[str]:
    """What the review can't know, and the numbers that close it."""
    judged = f"Not judged: {'; '.join(map(phrases.plain, report.not_judged))}." if report.not_judged else ""
    return [line for line in (judged, numbers(report)) if line]


def numbers(report: Report) -> str:
    """When the endpoint was asked, how much stays as it is, and of which commit this is."""
    found = []
    if report.asked_at:
        found.append(f"Numbers asked at {phrases.plain(report.asked_at)}.")
    if report.unchanged is not None:
        found.append(f"Unchanged: {count(report.unchanged, 'resource')}.")
    if report.commit:
        found.append(f"Commit {phrases.plain(report.commit)}.")
    return " ".join(found)


def incomplete(report: Report) -> list[str]:
    """Why the plan is not whole; empty if it is, or a risk says so."""
    if report.complete or any(risk.code == _NOT_JUDGED for risk in report.risks if risk.accepted is None):
        return []
    return [phrases.plain(reason) for reason in report.incomplete_because] or ["the reason is not known"]


def incompleteness(report: Report) -> str:
    """That a plan is not whole, or that it can't be known, since its end was not seen."""
    if report.exit_code is None and not any(risk.code == _NOT_JUDGED for risk in report.risks):
        return (
            "Whether the preview ended well was not seen. If not, nothing may be concluded from what is missing here."
        )
    return "The preview is not complete. Nothing may be concluded from what is missing here."
