"""Whether a stack keeps the rules of its lab after the change: the review judges them itself.

A refusal would end the preview and cost the review the rest of the plan.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pulumi_mturk import invariants
from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.invariants import EXCLUSION, HITTypeFacts, Judgement, ListFacts, Require
from pulumi_mturk.review.eligibility_changes import identified
from pulumi_mturk.review.findings import Finding, about
from pulumi_mturk.review.invariants import breaches, facts, told
from pulumi_mturk.review.plan import Step
from pulumi_mturk.review.qualification_types import BOTH
from pulumi_mturk.review.report import Invariant
from pulumi_mturk.review.view import View
from pulumi_mturk.rules import risks_plan

_UNSEEN = {"qualificationTypeId": UNKNOWN}
_LISTS = ("QualificationRoster", "QualificationGrant")


def judge(view: View, require: Sequence[Require]) -> tuple[list[Finding], tuple[Invariant, ...]]:
    """The rules, and what does not keep them. Of a plan that is not whole nothing is said to hold."""
    if not require:
        return [], ()
    steps = [step for step in view.plan.steps if step.kind]
    judgements = invariants.judge(
        require,
        [_hit_type(view, step) for step in view.hit_types if step.after is not None],
        [_list(view, step) for step in steps if step.kind in _LISTS],
        [step.name for step in steps if step.kind == "WorkerBlock" and step.after is not None],
        schedule=view.schedule,
        names=view.plan.names,
    )
    shown = told(judgements)
    if view.plan.ending == "failed":
        shown = tuple(replace(one, holds="unknown") if one.holds == "yes" else one for one in shown)
    return list(_findings(view, judgements)), shown


def _findings(view: View, judgements: Sequence[Judgement]) -> Iterator[Finding]:
    urns = {step.name: step.urn for step in view.plan.steps if step.kind in ("HITType", "WorkerBlock", *_LISTS)}
    rule = risks_plan.LAB_RULE_BROKEN
    for lab_rule, name, said in breaches(judgements):
        yield replace(about(rule.code, rule.severity, name, urns.get(name, ""), said), lab_rule=lab_rule)


def _is_unseen(view: View, rule: Mapping[str, Any]) -> bool:
    """Whether a rule is on a resource of the stack that the plan does not show, so that it can't be told which."""
    return not view.plan.shows_unchanged and isinstance(rule.get("qualificationTypeUrn"), str)


def _hit_type(view: View, step: Step) -> HITTypeFacts:
    rules, inputs = view.rules(step, "after"), step.after.inputs if step.after is not None else {}
    requirements: Any = UNKNOWN
    if rules is not None:
        urns = [None if reference is None else reference.urn for _, reference in rules]
        requirements = [
            rule | ({"qualificationTypeUrn": urn} if urn is not None else _UNSEEN if _is_unseen(view, said) else {})
            for rule, urn, (said, _) in zip(identified(rules), urns, rules, strict=True)
        ]
    return facts(step.name, requirements, inputs)


def _list(view: View, step: Step) -> ListFacts:
    side = step.after or step.before
    inputs = side.inputs if side is not None else {}
    asked, reason = inputs.get("sendNotification"), inputs.get("revocationReason")
    hidden = any(isinstance(one, Unknown) for one in (asked, reason))
    return ListFacts(
        name=step.name,
        mails=True if asked is True or isinstance(reason, str) else None if hidden else False,
        excludes=_excludes(view, step),
        removed=_removed(view, step),
    )


def _excludes(view: View, step: Step) -> bool | None:
    """Whether a HIT type keeps out the holders of a list's type, before or after; None where it can't be told.

    `pulumi up` does not see HIT types that come after the list: what neither they nor the program tells, it refuses.
    """
    references = [view.types.of_list(step, when) for when in BOTH]
    keys = {one.key for one in references if one is not None}
    if EXCLUSION in step.urn:
        return True
    if None in keys:
        return None
    if not keys.isdisjoint(view.excluded):
        return True
    if step.kind == "QualificationRoster" and step.after is not None:
        told = step.after.inputs.get("excludes")
        return told if isinstance(told, bool) else None
    return False


def _removed(view: View, step: Step) -> int | None:
    numbers = [change.removed for change in view.lists_by_urn.get(step.urn, ())]
    return None if None in numbers else view.number(sum(number for number in numbers if number is not None))
