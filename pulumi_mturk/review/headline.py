"""The verdict of a review on one line: its dangers in words about people, or that none was found."""

from collections.abc import Iterable, Iterator, Sequence

from pulumi_mturk.common.text import count
from pulumi_mturk.review.findings import Finding
from pulumi_mturk.review.report import Change
from pulumi_mturk.review.sentences import people
from pulumi_mturk.review.view import View

_MOST_TOLD = 3
# Dangers in a few words. Of people: what one of them does, and what several do.
_PEOPLE = {
    "MT501": ("who was kept out comes back", "who were kept out come back"),
    "MT503": ("on an emptied list is let in", "on an emptied list are let in"),
    "MT504": ("taken off a list is let in", "taken off a list are let in"),
    "MT516": ("loses a qualification", "lose a qualification"),
    "MT550": ("is blocked", "are blocked"),
}
# Of resources: of one danger, and of several.
_RESOURCES = {
    "MT502": (
        "qualification is replaced and nobody holds the new one",
        "qualifications are replaced and nobody holds the new ones",
    ),
    "MT506": ("exclusion keeps nobody out", "exclusions keep nobody out"),
    "MT521": ("qualification type is deleted", "qualification types are deleted"),
    "MT522": ("qualification can't be had any more", "qualifications can't be had any more"),
    "MT540": ("qualification is granted to whoever asks", "qualifications are granted to whoever asks"),
    "MT543": ("HIT type asks for more than its test can give", "HIT types ask for more than their tests can give"),
    "MT560": ("import overwrites what is there", "imports overwrite what is there"),
    "MT562": ("import fails", "imports fail"),
    "MT591": ("rule of the lab is weakened", "rules of the lab are weakened"),
}
_AS_THEY_ARE = {
    "MT510": "more people may work",
    "MT511": "everybody may work",
    "MT513": "nobody may work",
    "MT531": "pay is below the US federal minimum",
    "MT570": "resources are in another place",
    "MT580": "the plan is not judged",
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
        first = (
            "No further danger found" if any(one.risk.severity == "danger" for one in findings) else "No danger found"
        )
        line = f"{first}: {', '.join(phrases) or 'nothing changes who may work, or what it pays'}"
    if plan.ending == "unseen":
        line += "; whether the preview ended well was not seen"
    if plan.ending == "failed" and not any(one.risk.code == "MT580" for one in dangers[:_MOST_TOLD]):
        line += "; the preview failed or was cut short"
    return line


def _phrases(view: View, dangers: Iterable[Finding]) -> Iterator[str]:
    by_code: dict[str, list[Finding]] = {}
    for one in dangers:
        by_code.setdefault(one.risk.code, []).append(one)
    # Who is on a list that goes with its exclusion are the same people: they are told of, and counted, once.
    if dropped := by_code.get("MT501"):
        for code in ("MT503", "MT504"):
            dropped += by_code.pop(code, [])
    for code, some in by_code.items():
        if code == "MT590":
            number = len({one.lab_rule for one in some})
            yield "a rule of the lab is not kept" if number == 1 else f"{number:,} rules of the lab are not kept"
        elif code in _PEOPLE:
            yield _of_people(view, [one.people for one in some], *_PEOPLE[code])
        elif code in _RESOURCES:
            yield count(len(some), *_RESOURCES[code])
        else:
            yield _AS_THEY_ARE.get(code, code)


def _of_people(view: View, numbers: Sequence[int | None], one: str, many: str) -> str:
    known = [number for number in numbers if number is not None]
    if not known or len(known) < len(numbers):
        return f"people {many}"
    return view.people(max(known), one, many)  # the same people may be on several of them: the most that are on one


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
    verdicts = {change.eligibility.verdict for change in changes if change.eligibility is not None} - {"new"}
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
        yield f"{people(most, 'is', 'are')} kept out from now on"
    if lets_in:
        yield "more people may work"
    if shuts_out:
        yield "people who could work no longer can"
    if unclear:
        yield "who may work can't be told in every case"
    if not lets_in and not unclear and (verdicts or entering):
        yield "nobody is let in"
