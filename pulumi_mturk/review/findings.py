"""The risks that a review has found, by the rules of the catalogue: how grave, in which order, and who accepts them."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pulumi_mturk.common.diagnostics import Rule
from pulumi_mturk.review.plan import Step
from pulumi_mturk.review.report import Acceptance as Accepted
from pulumi_mturk.review.report import Risk, Severity
from pulumi_mturk.rules import risks_access, risks_hit_types, risks_plan, risks_types
from pulumi_mturk.rules.acceptance import Acceptance

GRADES: tuple[Severity, ...] = ("danger", "caution", "info")

# What a reviewer needs, in this order.
_ORDER: tuple[tuple[Rule, ...], ...] = (
    (risks_plan.LAB_RULE_WEAKENED, risks_plan.ACCEPTANCE_ADDED),
    (risks_plan.NOT_JUDGED, risks_plan.ANOTHER_PLACE, risks_plan.LAB_RULE_BROKEN),
    (risks_access.EXCLUSION_DROPPED, risks_access.EXCLUSION_EMPTIED, risks_access.TYPE_REPLACED),
    (risks_access.EXCLUSION_VOID, risks_access.EXCLUSION_SHRINKS, risks_access.EXCLUSION_SEEN),
    (risks_access.NO_RULE_LEFT, risks_access.LETS_IN, risks_access.ADMITS_NOBODY, risks_access.CANT_TELL),
    (risks_types.IMPORT_AND_REPLACE, risks_types.IMPORT_AND_UPDATE),
    (risks_hit_types.TYPE_DELETED, risks_hit_types.TYPE_INACTIVE),
    (risks_hit_types.NEW_HIT_TYPE_ID,),
    (risks_access.FEWER_HOLD, risks_access.MORE_HOLD),
    (risks_types.BLOCKED, risks_types.UNBLOCKED, risks_types.MAILED, risks_types.OVERWRITES),
    (risks_hit_types.BELOW_FEDERAL_MINIMUM, risks_hit_types.PAY_FALLS),
    (risks_hit_types.MASTERS_ENTERED, risks_hit_types.TEN_OR_MORE, risks_hit_types.PREMIUM_ENTERED),
    (risks_types.AUTO_GRANTED,),
    (risks_types.ABOVE_THE_KEY, risks_types.TEST_CHANGED, risks_types.POINTS_CHANGED, risks_types.RETRY_DELAY),
    (risks_hit_types.PAID_LATER,),
    (risks_access.SHUTS_OUT,),
    (risks_access.EXCLUSION_GROWS, risks_types.WORDS_CHANGED),
)
RANK = {rule.code: rank for rank, rule in enumerate(rule for group in _ORDER for rule in group)}
_FIRST = frozenset(rule.code for rule in _ORDER[0])
_NEVER_ACCEPTED = frozenset(rule.code for group in _ORDER for rule in group if rule.never_accepted)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A risk, and what the headline needs of it."""

    risk: Risk
    people: int | None = None
    """How many it is about, where a number is known."""
    lab_rule: str = ""
    """The id of the rule of the lab that is not kept."""


def found(rule: Rule, step: Step | None, message: str, *, lesser: bool = False, people: int | None = None) -> Finding:
    """A risk by a rule of the catalogue, about a resource or, without one, the stack."""
    severity = rule.lesser if lesser and rule.lesser else rule.severity
    name, urn = (step.name, step.urn) if step is not None else ("", "")
    return about(rule.code, severity, name, urn, message, people)


def about(code: str, severity: str, resource: str, urn: str, message: str, people: int | None = None) -> Finding:
    """A risk by its members."""
    graded = next(grade for grade in GRADES if grade == severity)
    return Finding(risk=Risk(code=code, severity=graded, resource=resource, urn=urn, message=message), people=people)


def accepted(findings: Iterable[Finding], acceptances: Sequence[Acceptance], today: datetime.date) -> list[Finding]:
    """The same, with what a team accepts marked as such. An acceptance that is over counts no more, and is told of."""
    return [_accepted(finding, acceptances, today) for finding in findings]


def _accepted(finding: Finding, acceptances: Sequence[Acceptance], today: datetime.date) -> Finding:
    risk = finding.risk
    if risk.code in _NEVER_ACCEPTED:
        return finding
    covering = [one for one in acceptances if one.code == risk.code and one.resource in (None, risk.resource)]
    for one in covering:
        if not one.expired(today):
            return replace(finding, risk=replace(risk, accepted=Accepted(reason=one.reason, until=one.until)))
    if not covering:
        return finding
    said = f"{risk.message} (Was accepted until {covering[0].until}: {covering[0].reason})"
    return replace(finding, risk=replace(risk, message=said))


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of a report: what the change makes of its own judges, then by severity, then as a reviewer asks."""
    return sorted(findings, key=_place)


def _place(finding: Finding) -> tuple[bool, int, int, bool, str, str, str]:
    risk = finding.risk
    grade = GRADES.index(risk.severity)
    # A name in a lab rule that no resource has comes after the resources that break one.
    nameless = risk.code == risks_plan.LAB_RULE_BROKEN.code and not risk.resource
    return (risk.code not in _FIRST, grade, RANK[risk.code], nameless, risk.resource, risk.urn, risk.message)
