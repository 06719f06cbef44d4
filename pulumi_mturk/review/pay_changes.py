"""What a plan does to the pay of a HIT type, and to what an approved assignment costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pulumi_mturk import fees
from pulumi_mturk.common.amounts import amount
from pulumi_mturk.common.text import count
from pulumi_mturk.review.findings import Finding, found
from pulumi_mturk.review.plan import Side, Step
from pulumi_mturk.review.report import Pay, PayChange
from pulumi_mturk.review.sentences import dollars
from pulumi_mturk.review.view import View
from pulumi_mturk.rules import risks_access, risks_hit_types


@dataclass(frozen=True)
class _Terms:
    """What a HIT type pays, and whether Masters alone may work on it. All as in production: elsewhere it is free."""

    reward: Decimal | None = None
    masters: fees.MastersRequired = "no"


def judge_pay(view: View, step: Step) -> tuple[PayChange | None, list[Finding]]:
    """Pay and costs before and after, and the risks of the change."""
    before, after = _terms(step.before), _terms(step.after)
    was, now = _pay(view, step, before), _pay(view, step, after)
    change = None
    if was is not None or now is not None:
        change = PayChange(before=was, after=now, remarks=tuple(_remarks(view, step, after)))
    return change, list(_findings(view, step, before, after)) if step.changes else []


def _terms(side: Side | None) -> _Terms:
    if side is None:
        return _Terms()
    rules = side.inputs.get("qualificationRequirements")
    return _Terms(amount(side.inputs.get("reward")), fees.masters_required(rules))


def _pay(view: View, step: Step, terms: _Terms) -> Pay | None:
    if terms.reward is None:
        return None
    minutes = view.minutes.get(step.name)
    wage = None if minutes is None else fees.hourly(terms.reward, minutes)
    if view.schedule is None:
        return Pay(reward=terms.reward, minutes=minutes, hourly=wage)
    few, many = (
        view.schedule.cost_per_assignment(terms.reward, number, masters=terms.masters) for number in (1, fees.MANY)
    )
    return Pay(
        reward=terms.reward,
        minutes=minutes,
        hourly=wage,
        cost_up_to_nine=few,
        cost_from_ten=many,
        schedule=view.schedule.label,
    )


def _remarks(view: View, step: Step, after: _Terms) -> Iterator[str]:
    if view.schedule is not None and view.schedule.masters and after.masters == "unknown":
        yield "Whether Masters is required can't be told; its surcharge is not in the fee."
    if step.name in view.minutes and (remark := fees.FEDERAL_MINIMUM.remark(view.today)):
        yield f"The {fees.FEDERAL_MINIMUM.name} {remark}."


def _findings(view: View, step: Step, before: _Terms, after: _Terms) -> Iterator[Finding]:
    yield from _below_minimum(view, step, after)
    if step.after is not None and after.reward is None:
        yield found(risks_access.CANT_TELL, step, "What it pays can't be told: its reward is not in the plan.")
    if step.before is None or step.after is None:
        return
    if before.reward is not None and after.reward is not None and after.reward < before.reward:
        now, was = dollars(after.reward), dollars(before.reward)
        said = f"Workers get {now} for an approved assignment; before they got {was}."
        yield found(risks_hit_types.PAY_FALLS, step, said)
    if before.masters != "yes" and after.masters == "yes":
        more = view.schedule is not None and view.schedule.masters > 0
        said = "Masters alone may work on it" + (", and the fee is higher." if more else ".")
        yield found(risks_hit_types.MASTERS_ENTERED, step, said)
    asked = view.open_hits(step)
    if step.operation == "replace" and asked is not None and asked.of_many:
        has = count(asked.of_many, "open HIT has", "open HITs have")
        said = f"{has} ten or more assignments: the fee is that from ten on."
        yield found(risks_hit_types.TEN_OR_MORE, step, said)


def _below_minimum(view: View, step: Step, after: _Terms) -> Iterator[Finding]:
    minutes, minimum = view.minutes.get(step.name), fees.FEDERAL_MINIMUM
    if after.reward is None or minutes is None:
        return
    wage = fees.hourly(after.reward, minutes)
    if wage < minimum.amount:
        said = f"Pays people {dollars(wage)} an hour at {minutes} minutes; the {minimum.name} is"
        yield found(risks_hit_types.BELOW_FEDERAL_MINIMUM, step, f"{said} {dollars(minimum.amount)}.")
