"""The review of a plan: each resource judged, the risks in order, the verdict, and what can't be known."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pulumi_mturk import fees
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.common.text import count
from pulumi_mturk.review import judge_hit_types, judge_lab_rules, judge_lists, judge_types
from pulumi_mturk.review.digest import digest
from pulumi_mturk.review.findings import RANK, Finding, accepted, found, worst_first
from pulumi_mturk.review.headline import headline
from pulumi_mturk.review.judge_place import place, place_findings
from pulumi_mturk.review.live import Live
from pulumi_mturk.review.plan import Plan, Step
from pulumi_mturk.review.policy import Policy, of_plan, policy_findings, with_names_of
from pulumi_mturk.review.report import Change, Other, Report, Risk
from pulumi_mturk.review.sentences import joined, without_worker_ids
from pulumi_mturk.review.view import View
from pulumi_mturk.rules import risks_plan, risks_types

_LISTS = ("QualificationRoster", "QualificationGrant")
_LAST = len(RANK)


def review(
    plan: Plan,
    *,
    today: datetime.date,
    policy: Policy | None = None,
    live: Live | None = None,
    commit: str | None = None,
) -> Report:
    """What a plan does to people and money. `policy` is that of the base branch, if there is one.

    Raises ConfigurationError for a policy, or a configuration of the plan, that can't be read.
    """
    own = of_plan(plan)
    law = own if policy is None else with_names_of(policy, own, plan)
    # A change that reckons no fees would keep any bound on costs.
    schedule, unknown_fees = _schedule(law.fee_schedule or own.fee_schedule)
    view = View(
        plan=plan,
        today=today,
        live=live,
        schedule=schedule,
        minutes=law.minutes,
        small_numbers=plan.config.get("mturk:smallNumbers") == "true",
    )
    judged = list(_judged(view))
    findings = [finding for _, some in judged for finding in some]
    findings += [*_plan_findings(plan), *place_findings(view), *judge_lists.blocks(view)]
    broken, invariants = judge_lab_rules.judge(view, law.require)
    findings += broken
    if policy is not None:
        findings += policy_findings(policy, own)
    findings = worst_first(accepted(findings, law.accept, today))
    risks = tuple(one.risk for one in findings)
    changes = _in_order([change for change, _ in judged], risks)
    report = Report(
        project=plan.project,
        stack=plan.stack,
        place=place(view),
        complete=plan.complete,
        incomplete_because=plan.because,
        exit_code=plan.exit_code,
        digest=digest(plan, view.environment, commit),
        commit=commit,
        headline=headline(view, findings, changes),
        risks=risks,
        changes=changes,
        others=tuple(_others(plan)),
        unchanged=plan.unchanged,
        total=_total(plan),
        invariants=invariants,
        policy_from=law.source,
        asked_at=live.asked_at if live is not None else None,
        not_judged=tuple(_not_judged(view, law, unknown_fees)),
    )
    private: Report = without_worker_ids(report)
    return private


def _judged(view: View) -> Iterator[tuple[Change, list[Finding]]]:
    for step in view.plan.steps:
        if not step.kind or not step.custom:
            continue
        judged = _of_one(view, step)
        if judged is None:
            continue
        change, findings = judged
        if {"import", "update"} <= set(step.operations):
            said = "It is imported and changed in one run: what is there is overwritten unseen."
            findings.append(found(risks_types.IMPORT_AND_UPDATE, step, said))
        if step.replaces_import:
            differing = f" ({', '.join(step.replace_reasons)})" if step.replace_reasons else ""
            said = (
                "`pulumi up` will fail at it: it is imported, and differs in what only another one can have"
                f"{differing}. Write what is there, or take import_ out of the program once it is imported."
            )
            findings.append(found(risks_types.IMPORT_AND_REPLACE, step, said))
        yield change, findings


def _of_one(view: View, step: Step) -> tuple[Change, list[Finding]] | None:
    if step.kind == "HITType":
        judged = judge_hit_types.judge(view, step)
        above = [*judge_types.above_the_key(view, step), *judge_types.void_ones(view, step)]
        if judged is None:
            if not above:
                return None
            judged = Change(urn=step.urn, name=step.name, type=step.kind, operation="same"), []
        change, findings = judged
        return change, [*findings, *above]
    if step.kind == "QualificationType":
        return judge_types.judge(view, step)
    if step.kind in _LISTS:
        return judge_lists.judge(view, step)
    if step.kind == "WorkerBlock":
        return judge_lists.judge_block(view, step)
    if not step.changes:
        return None
    # A kind that this version does not know: what of its inputs is public can't be told.
    return Change(urn=step.urn, name=step.name, type=step.kind, operation=step.operation, new_id=step.new_id), []


def _plan_findings(plan: Plan) -> Iterator[Finding]:
    if plan.ending == "failed":
        yield found(risks_plan.NOT_JUDGED, None, f"The plan is not judged as a whole: {joined(plan.because)}.")


def _in_order(changes: Iterable[Change], risks: Sequence[Risk]) -> tuple[Change, ...]:
    """Each with its risks, in the order in which a reviewer needs them."""
    by_urn: dict[str, list[Risk]] = {}
    for risk in risks:
        by_urn.setdefault(risk.urn, []).append(risk)
    complete = [replace(change, risks=tuple(by_urn.get(change.urn, ()))) for change in changes]
    return tuple(sorted(complete, key=_place))


def _place(change: Change) -> tuple[int, str, str, str]:
    return (min((RANK[risk.code] for risk in change.risks), default=_LAST), change.type, change.name, change.urn)


def _others(plan: Plan) -> Iterator[Other]:
    for step in plan.steps:
        if not step.kind and step.changes and not step.type.startswith("pulumi:"):
            yield Other(urn=step.urn, name=step.name, type=step.type, operation=step.operation)


def _total(plan: Plan) -> int | None:
    if plan.unchanged is None:
        return None
    changing = sum(step.changes and step.custom and not step.type.startswith("pulumi:") for step in plan.steps)
    return changing + plan.unchanged


def _schedule(value: str | None) -> tuple[fees.Schedule | None, str]:
    """Whose fees are reckoned, and why they can't be."""
    try:
        return fees.schedule(value), ""
    except ConfigurationError as error:
        return None, f"costs, for the fee schedule can't be read here ({error})"


def _not_judged(view: View, law: Policy, unknown_fees: str) -> Iterator[str]:
    plan = view.plan
    ours = [step for step in plan.steps if step.kind and step.changes]
    if ours and any(step.kind in _LISTS for step in plan.steps):
        yield "who stands on the lists (numbers only)"
    if any(step.changes and step.after is not None and "answerKey" in step.after.inputs for step in plan.steps):
        yield "which answers a test's key counts (points only)"
    others = [step for step in plan.steps if not step.kind and step.changes and not step.type.startswith("pulumi:")]
    if others:
        packages = sorted({step.type.partition(":")[0] for step in others})
        yield f"what {count(len(others), 'resource')} of other providers would do ({', '.join(packages)})"
    if not plan.shows_unchanged and view.lists:
        yield (
            "HIT types that stay as they are and use a list that changes: the plan does not show them "
            "(`pulumi preview --json --show-sames` does)"
        )
    drifted = sum(step.drifted and not step.changes for step in plan.steps)
    if drifted:
        yield f"{count(drifted, 'resource')} that the refresh found changed elsewhere, and the plan leaves so"
    yield from _not_asked(view, ours)
    if unknown_fees:
        yield unknown_fees
    yield from _pointless_acceptances(plan, law)
    if law.require and not plan.shows_unchanged:
        yield "whether HIT types that the plan does not show keep the rules of the lab"
    yield from (f"{one}, which this version does not know" for one in plan.not_understood)


def _not_asked(view: View, ours: list[Step]) -> Iterator[str]:
    """What the endpoint could tell, and was not asked."""
    if view.live is not None:
        if there := len(view.live.elsewhere):
            yield f"how many HITs are open, and who holds a type, at another provider's place ({count(there, 'type')})"
    elif ours:
        open_hits = any(step.kind == "HITType" and step.before is not None for step in ours)
        unknown = [
            *(["how many HITs are open"] if open_hits else []),
            *(["who holds a type by its test"] if view.users or view.types.steps else []),
        ]
        if unknown:
            yield f"{' and '.join(unknown)} (`--live` asks)"


def _pointless_acceptances(plan: Plan, law: Policy) -> Iterator[str]:
    """What is accepted on names that no resource has, before or after: misspelt ones, for the most part."""
    names = {step.name for step in plan.steps}
    for one in law.accept if plan.names is not None else ():
        if one.resource is not None and one.resource not in names:
            yield f'the acceptance of {one.code} on "{one.resource}", for no resource of the stack is called so'
