"""The verdict of a review on one line: its dangers in words about people, or that none was found."""

from collections.abc import Iterable, Iterator, Sequence

from pulumi_mturk.common.text import count
from pulumi_mturk.review.findings import Finding
from pulumi_mturk.review.report import Change
from pulumi_mturk.review.view import View
from pulumi_mturk.review.wording import people

_MOST_TOLD = 3
# A danger in a few words; {} is how many people, where that is known.
_WORDS = {
    "MT501": "{} who were kept out come back",
    "MT502": "a qualification is replaced and nobody holds the new one",
    "MT503": "{} on an emptied list are let in",
    "MT504": "{} taken off a list are let in",
    "MT506": "an exclusion keeps nobody out",
    "MT510": "more people may work",
    "MT511": "everybody may work",
    "MT513": "nobody may work",
    "MT516": "people lose a qualification",
    "MT521": "a qualification type is deleted",
    "MT522": "a qualification can't be had any more",
    "MT531": "pay is below the US federal minimum",
    "MT540": "a gate lets everybody in",
    "MT543": "a bar is higher than its test can give",
    "MT550": "{} are blocked",
    "MT560": "an import overwrites what is there",
    "MT570": "it goes to another place",
    "MT580": "the plan is not judged",
    "MT590": "a rule of the lab is not kept",
    "MT591": "a rule of the lab is weakened",
}


def headline(view: View, findings: Sequence[Finding], changes: Sequence[Change]) -> str:
    """One line. A plan that is not known to be whole is never said to be harmless."""
    plan = view.plan
    dangers = [one for one in findings if one.risk.severity == "danger" and one.risk.accepted is None]
    if dangers:
        phrases = list(_phrases(view, dangers))
        more = f", and {len(phrases) - _MOST_TOLD} more" if len(phrases) > _MOST_TOLD else ""
        line = f"{count(len(dangers), 'danger')}: {', '.join(phrases[:_MOST_TOLD])}{more}"
    else:
        phrases = list(_harmless(view, findings, changes))
        line = f"No danger found: {', '.join(phrases) or 'nothing changes who may work, or what it pays'}"
    if plan.ending == "unseen":
        line += "; whether the preview ended well was not seen"
    if plan.ending == "failed" and not any(one.risk.code == "MT580" for one in dangers[:_MOST_TOLD]):
        line += "; the preview failed or was cut short"
    return line


def _phrases(view: View, dangers: Iterable[Finding]) -> Iterator[str]:
    by_code: dict[str, list[Finding]] = {}
    for one in dangers:
        by_code.setdefault(one.risk.code, []).append(one)
    for code, some in by_code.items():
        words = _WORDS.get(code, code)
        numbers = [one.people for one in some]
        known = [number for number in numbers if number is not None]
        # The same people may be on several of them: the most that are on one.
        who = people(view.number(max(known))) if known and len(known) == len(numbers) else "people"
        yield words.format(who).replace(" are ", " is ") if who == people(1) else words.format(who)


def _harmless(view: View, findings: Sequence[Finding], changes: Sequence[Change]) -> Iterator[str]:
    if not changes and not any(step.changes and not step.type.startswith("pulumi:") for step in view.plan.steps):
        yield "the plan changes nothing"
        return
    accepted = sum(one.risk.severity == "danger" and one.risk.accepted is not None for one in findings)
    if accepted:
        yield f"{count(accepted, 'danger is', 'dangers are')} accepted"
    cautions = sum(one.risk.severity == "caution" and one.risk.accepted is None for one in findings)
    if cautions:
        yield f"{count(cautions, 'thing needs', 'things need')} a decision"
    yield from _new_and_gone(view)
    yield from _people(view, changes)
    pays = [change for change in changes if change.pay is not None and change.pay.before and change.pay.after]
    if pays:
        changed = sum(change.pay is not None and change.pay.changed for change in pays)
        yield f"pay or costs change for {count(changed, 'HIT type')}" if changed else "costs are the same"


def _new_and_gone(view: View) -> Iterator[str]:
    """HIT types without a side to compare: what people find in them, or lose with them, is no change of rules."""
    changing = [step for step in view.hit_types if step.changes]
    new = [step for step in changing if step.before is None]
    gone = [step for step in changing if step.after is None]
    if new:
        free = sum(view.rules(step, "after") == [] for step in new)
        everybody = f", {free:,} of them without a rule" if free else ""
        yield f"{count(len(new), 'HIT type is', 'HIT types are')} new{everybody}"
    if gone:
        yield f"{count(len(gone), 'HIT type goes', 'HIT types go')}"


def _people(view: View, changes: Sequence[Change]) -> Iterator[str]:
    verdicts = {change.eligibility.verdict for change in changes if change.eligibility is not None}
    entering = [change.people.enter for change in changes if change.people is not None]
    leaving = [change.people.leave for change in changes if change.people is not None]
    unclear = "unknown" in verdicts or any(
        None in (change.people.enter, change.people.leave, change.people.unknown) or change.people.unknown
        for change in changes
        if change.people is not None
    )
    lets_in = bool(verdicts & {"loosened", "both"}) or any(entering)
    shuts_out = bool(verdicts & {"tightened", "both"})
    most = max((number for number in leaving if number), default=0)
    if most:
        yield f"{people(most)} {'is' if most == 1 else 'are'} kept out from now on"
    if lets_in:
        yield "more people may work"
    if shuts_out:
        yield "people who could work no longer can"
    if unclear:
        yield "who may work can't be told in every case"
    if not lets_in and not unclear and (verdicts or entering):
        yield "nobody is let in"
