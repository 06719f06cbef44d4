"""What a plan does to each HIT type: who may work, the new id, what it pays and costs, and the words workers read."""

from collections.abc import Iterator
from dataclasses import replace

from pulumi_mturk import fees
from pulumi_mturk.common.text import count, listed
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.review.details import details
from pulumi_mturk.review.eligibility_changes import exclusions, flow_of, rule_change
from pulumi_mturk.review.eligibility_changes import people as people_of
from pulumi_mturk.review.findings import Finding, found
from pulumi_mturk.review.lists import Flow, constraint_of
from pulumi_mturk.review.pay_changes import judge_pay
from pulumi_mturk.review.plan import Step, is_known
from pulumi_mturk.review.qualification_types import TypeReference
from pulumi_mturk.review.report import Change, EligibilityChange
from pulumi_mturk.review.rule_changes import UNTOLD, RuleChange, without_predecessor
from pulumi_mturk.review.sentences import dollars, duration, joined, named
from pulumi_mturk.review.view import View
from pulumi_mturk.rules import risks_access, risks_hit_types, risks_types

_READ_BY_WORKERS = ("title", "description", "keywords")


def judge(view: View, step: Step) -> tuple[Change, list[Finding]] | None:
    """What becomes of a HIT type, also of one that only lists change; None if nothing does."""
    flow = flow_of(view, step)
    former = view.predecessor(step)
    compared = step if former is None else replace(step, operations=("replace",), before=former.before)
    rules = rule_change(view, compared, unchanged=flow.anybody)
    if not step.changes and not flow.anybody and rules is None:
        return None
    pay, pay_findings = judge_pay(view, compared)
    findings = [*_findings(view, compared, rules), *pay_findings]
    if former is not None:
        said = f'It is compared with "{former.name}", which leaves the stack, as if it replaced it. That is assumed'
        findings.append(found(risks_access.CANT_TELL, step, f"{said}; an alias would make them one."))
    change = Change(
        urn=step.urn,
        name=step.name,
        type=step.kind,
        operation=step.operation if step.changes else "same",
        new_id=step.new_id,
        eligibility=_eligibility(compared, rules),
        people=people_of(view, flow) if flow.anybody else None,
        pay=pay,
        details=details(step) if step.changes else (),
        notes=tuple(_notes(view, step, flow)),
    )
    return change, findings


def _eligibility(step: Step, rules: RuleChange | None) -> EligibilityChange | None:
    if rules is None:
        return None
    return rules.eligibility if step.before is not None else without_predecessor(rules.eligibility)


def _findings(view: View, step: Step, rules: RuleChange | None) -> Iterator[Finding]:
    yield from _rule_findings(view, step, rules)
    if step.operation == "replace":
        yield _new_id(view, step, rules)
    if step.changes and step.before is not None and step.after is not None:
        yield from _premium(view, step)
        was, now = (side.inputs.get("autoApprovalDelayInSeconds") for side in (step.before, step.after))
        if isinstance(was, int | float) and isinstance(now, int | float) and now > was:
            yield found(
                risks_hit_types.PAID_LATER,
                step,
                f"Workers wait longer for their pay: work counts as approved after {duration(now)}, "
                f"not after {duration(was)}.",
            )
        if isinstance(now, Unknown):
            yield found(risks_access.CANT_TELL, step, "After how long work counts as approved is not in the plan.")
        changed = [name for name in _READ_BY_WORKERS if step.before.inputs.get(name) != step.after.inputs.get(name)]
        if changed:
            yield found(risks_types.WORDS_CHANGED, step, f"Workers read another {listed(changed)}.")


def _rule_findings(view: View, step: Step, rules: RuleChange | None) -> Iterator[Finding]:
    before, after = view.rules(step, "before"), view.rules(step, "after")
    if rules is not None and rules.nobody_after and (step.before is None or not rules.nobody_before):
        said = rules.nobody_after.rstrip(".")  # "nobody can meet …"
        yield found(risks_access.ADMITS_NOBODY, step, f"{said[0].upper()}{said[1:]}.")
    if step.after is not None and after is None and step.changes:
        yield found(risks_access.CANT_TELL, step, "Who may work can't be told: its rules are not known yet.")
    if step.before is None and rules is not None and rules.eligibility.verdict == "same":
        # The same people as without any rule. Elsewhere than in production, that is how most people try things out.
        if view.environment_of(step) == "production":
            said = "It is new, and everybody may work on it: newcomers, too, from any country."
            yield found(risks_access.NO_RULE_LEFT, step, said)
        return
    if before is None or after is None or rules is None:
        return
    yield from _exclusion_findings(view, step)
    if not after and before:
        yield found(risks_access.NO_RULE_LEFT, step, "No rule is left: everybody may work on it.")
        return
    yield from _moved(view, step, rules)


def _moved(view: View, step: Step, moved: RuleChange) -> Iterator[Finding]:
    if moved.enters.answer == "yes":
        nobody = " Nobody loses access." if moved.leaves.answer == "no" else ""
        said = f"Lets in {joined(moved.enters.words) or 'more people'}.{nobody}"
        yield found(risks_access.LETS_IN, step, said, lesser=view.environment_of(step) != "production")
    if moved.leaves.answer == "yes":
        yield found(risks_access.SHUTS_OUT, step, f"Shuts out {joined(moved.leaves.words) or 'people'}.")
    if "unknown" in (moved.enters.answer, moved.leaves.answer):
        unclear = [
            what
            for what, one in (("lets anybody in", moved.enters), ("shuts anybody out", moved.leaves))
            if one.answer == "unknown"
        ]
        yield found(
            risks_access.CANT_TELL,
            step,
            f"Whether it {' or '.join(unclear)} can't be told: {_doubts(view, step, moved)}.",
        )


def _doubts(view: View, step: Step, moved: RuleChange) -> str:
    rules = [*(view.rules(step, "before") or ()), *(view.rules(step, "after") or ())]
    if _names_untold(view, step):
        return UNTOLD
    if not all(is_known(value) for rule, _ in rules for key, value in rule.items() if key != "qualificationTypeId"):
        return "a rule has a value that is not known yet"
    words = [*moved.enters.words] if moved.enters.answer == "unknown" else []
    words += moved.leaves.words if moved.leaves.answer == "unknown" else ()
    return joined(dict.fromkeys(words)) or "it rests on what is not documented"


def _names_untold(view: View, step: Step) -> bool:
    """Whether a rule is about a type of which can't be told which it is."""
    after = view.rules(step, "after") or ()
    return any(reference is not None and not isinstance(reference.identity, str) for _, reference in after)


def _exclusion_findings(view: View, step: Step) -> Iterator[Finding]:
    was, now = exclusions(view.rules(step, "before")), exclusions(view.rules(step, "after"))
    untold = [
        {rule.get("qualificationTypeUrn"), rule.get("qualificationTypeName")}
        for rule, reference in view.rules(step, "after") or ()
        if reference is not None and reference.key is None and constraint_of(rule).excludes
    ]
    for key, (reference, constraint) in was.items():
        if key not in now:
            kept = view.types.steps.get(reference.urn or "")
            may_be_new = untold and (kept is None or kept.new_id)
            if may_be_new or any({reference.urn, reference.name} & said for said in untold):
                continue  # a rule of which can't be told what it is about may be about this one
            number = view.holders_of(reference)
            who = f"its {count(view.number(number), 'holder')}" if number is not None else "its holders"
            gone = (made := view.types.steps.get(reference.urn or "")) is not None and made.operation == "delete"
            which, left = (", which is deleted", "") if gone else ("", " The list stays, unused here.")
            said = f'Stops keeping out "{reference.name}"{which}: {who} may take part again.{left}'
            yield found(risks_access.EXCLUSION_DROPPED, step, said, people=number)
        elif constraint.guarded != "Accept" and now[key][1].guarded == "Accept":
            yield found(
                risks_access.EXCLUSION_SEEN,
                step,
                f'"{reference.name}" now guards accepting alone: its holders see the HITs, and still can\'t accept.',
            )


def _new_id(view: View, step: Step, rules: RuleChange | None) -> Finding:
    asked = view.open_hits(step)
    if asked is None:
        said, none_open = "Published HITs keep the old rules and the old pay.", False
    elif asked.hits:
        said = (
            f"{count(asked.hits, 'open HIT', 'open HITs')}, {count(asked.places, 'place', 'places')} left, "
            f"{'keeps' if asked.hits == 1 else 'keep'} the old rules and the old pay."
        )
        none_open = False
    else:
        said, none_open = "No HIT of the old one is open.", True
    same = ", the same people" if rules is not None and rules.eligibility.verdict == "same" else ""
    return found(risks_hit_types.NEW_HIT_TYPE_ID, step, f"New HIT type id{same}. {said}", lesser=none_open)


def _premium(view: View, step: Step) -> Iterator[Finding]:
    """Types that are neither of the stack nor Mechanical Turk's own, and were not required before."""
    before, after = view.rules(step, "before"), view.rules(step, "after")
    if before is None or after is None:
        return
    known = {reference.key for _, reference in before if reference is not None}
    foreign = {
        reference.name
        for rule, reference in after
        if reference is not None
        and _is_foreign(view, reference)
        and reference.key not in known
        and rule.get("comparator") != "DoesNotExist"
        # What the plan leaves out, the stack may make all the same.
        and (view.plan.shows_unchanged or not isinstance(rule.get("qualificationTypeUrn"), str))
    }
    if foreign:
        yield found(
            risks_hit_types.PREMIUM_ENTERED,
            step,
            f"Requires {named(sorted(foreign))}, which the stack does not make: if it is a premium qualification, each "
            f"approved assignment costs at least {dollars(fees.PREMIUM_FROM)} more.",
        )


def _is_foreign(view: View, reference: TypeReference) -> bool:
    """Whether a type is not made by the stack: it is named by its id, or looked up."""
    if reference.urn is None:
        return reference.key is not None
    step = view.types.steps.get(reference.urn)
    return step is not None and "read" in step.operations


def _notes(view: View, step: Step, flow: Flow) -> Iterator[str]:
    if step.operation == "replace":
        yield "To move its open HITs after the merge, call UpdateHITTypeOfHIT once for each."
    if step.operation == "delete":
        expires = step.before is not None and step.before.inputs.get("expireHits") is True
        then = "its open HITs are expired at once" if expires else "its HITs go on until they expire"
        yield f"It leaves the stack only: Mechanical Turk can't delete HIT types, and {then}."
    if step.drifted:
        yield "The refresh found it changed outside of the stack."
