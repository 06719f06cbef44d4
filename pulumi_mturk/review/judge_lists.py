"""What a plan does to lists of workers, grants and blocks: how many come and go, and on which HIT types."""

from collections.abc import Iterator

from pulumi_mturk.common.text import count
from pulumi_mturk.invariants import EXCLUSION
from pulumi_mturk.review.details import details
from pulumi_mturk.review.findings import Finding, found
from pulumi_mturk.review.lists import ListChange, meets
from pulumi_mturk.review.plan import Step
from pulumi_mturk.review.qualification_types import BOTH
from pulumi_mturk.review.report import Change, Row
from pulumi_mturk.review.sentences import named
from pulumi_mturk.review.view import Asked, View
from pulumi_mturk.rules import risks_access, risks_types, rosters

# From so many people, or half of the list, on a list of people who are kept out shrinks by mistake more often than not.
_MANY = 10
_TELL_SIZES = {
    rule.code for rule in (risks_access.EXCLUSION_EMPTIED, risks_access.EXCLUSION_SHRINKS, risks_access.EXCLUSION_GROWS)
}
_AT_ONCE = "at once, published HITs included"
_NOT_SHOWN = "the HIT types that use it are not in the plan (`pulumi preview --json --show-sames` shows them)"


def judge(view: View, step: Step) -> tuple[Change, list[Finding]] | None:
    """What becomes of a roster or a grant; None if nothing does."""
    if not step.changes:
        return None
    changes = view.lists_by_urn.get(step.urn, [])
    findings = [finding for change in changes for finding in _of_list(view, change)]
    findings += [*_mailed(view, step, changes), *_overwritten(view, step, changes)]
    change = Change(
        urn=step.urn,
        name=step.name,
        type=step.kind,
        operation=step.operation,
        details=_details(view, step, findings),
        notes=tuple(dict.fromkeys(_notes(view, changes))),
    )
    return change, findings


def _details(view: View, step: Step, findings: list[Finding]) -> tuple[Row, ...]:
    """What else differs: the type by its name, and how long the list is if no risk tells that."""
    told = view.small_numbers or any(one.risk.code in _TELL_SIZES for one in findings)
    before, after = (view.types.of_list(step, when) for when in BOTH)
    return details(
        step,
        without=frozenset({"count"} if told else ()),
        instead={"qualificationTypeId": (before.words if before else None, after.words if after else None)},
    )


def judge_block(view: View, step: Step) -> tuple[Change, list[Finding]] | None:
    """What becomes of a block. How many there are in all is told once, by `blocks`."""
    if not step.changes:
        return None
    return Change(urn=step.urn, name=step.name, type=step.kind, operation=step.operation), []


def blocks(view: View) -> list[Finding]:
    """Blocks that are made and lifted."""
    steps = [step for step in view.plan.steps if step.kind == "WorkerBlock"]
    made = [step for step in steps if step.operation in {"create", "replace"}]
    lifted = [step for step in steps if step.operation in {"delete", "replace"}]
    findings = []
    for rule, some, said in (
        (risks_types.BLOCKED, made, "blocked from all HITs of the account, and told so"),
        (risks_types.UNBLOCKED, lifted, "no longer blocked"),
    ):
        for step in some[:1]:
            number = len(some)
            who = f"{view.people(number, 'is', 'are')} {said}"
            others = f" ({named(one.name for one in some)})" if number > 1 else ""
            findings.append(found(rule, step if number == 1 else None, f"{who}{others}.", people=number))
    return findings


def _of_list(view: View, change: ListChange) -> Iterator[Finding]:
    if change.type.key is None:
        said = "Of which qualification type it is can't be told, and so not on which HIT types people come or go."
        yield found(risks_access.CANT_TELL, change.step, said)
    asked = _asked(view, change)
    excluded, asked_by = asked.excluding, asked.gating
    if excluded:
        yield from _of_exclusion(view, change, excluded)
    if asked_by:
        yield from _of_gate(view, change, asked_by)
    if not excluded and not asked_by and change.type.key is not None and not change.refills:
        yield from _of_unseen_users(view, change)


def _asked(view: View, change: ListChange) -> Asked:
    """What HIT types have asked of the list's type so far. To new ones nobody comes or goes."""
    return Asked() if change.refills else view.asked_so_far.get(change.type.key or "", Asked())


def _of_exclusion(view: View, change: ListChange, hit_types: list[str]) -> Iterator[Finding]:
    removed, added, before = change.removed, change.added, change.before
    if removed is None or before is None:
        yield found(
            risks_access.CANT_TELL,
            change.step,
            f"How many it lets in to {named(hit_types)} can't be told from the plan.",
        )
    elif removed and not change.after:
        yield found(
            risks_access.EXCLUSION_EMPTIED, change.step, _emptied(view, change, removed, hit_types), people=removed
        )
    elif removed:
        yield found(
            risks_access.EXCLUSION_SHRINKS,
            change.step,
            f"{_loses(view, removed, before, 'is let in', 'are let in')} to {named(hit_types)}, {_AT_ONCE}.",
            lesser=_few(removed, before),
            people=removed,
        )
    if change.becomes_exclusive:
        yield found(
            risks_access.FEWER_HOLD,
            change.step,
            f"Becomes exclusive: whoever holds the type and is not listed is let in to {named(hit_types)}; how many "
            "they are is not in the plan.",
        )
    if added:
        yield found(
            risks_access.EXCLUSION_GROWS,
            change.step,
            f"{_size(view, change)}: {_kept_from(view, change)} {named(hit_types)}, {_AT_ONCE}.",
            people=added,
        )


def _emptied(view: View, change: ListChange, removed: int, hit_types: list[str]) -> str:
    """Whether people are let in at once, or the removal of the list is refused for that."""
    let_in = f"let in to {named(hit_types)}"
    who = view.people(removed, "is", "are")
    if change.step.operation in {"delete", "replace"}:
        open_hits = view.open_under(hit_types)
        keep = (
            f"{count(open_hits, 'open HIT keeps', 'open HITs keep')} them out"
            if open_hits
            else "any HIT keeps them out"
        )
        if refused := view.refusal(change.step, rosters.ROSTER_REMOVAL_REFUSED.code, f"while {keep}"):
            # Who is kept out of published HITs comes in once the removal goes through.
            return f"The list goes: {who} {let_in}. {refused}"
    return f"The list is emptied: {who} {let_in}, {_AT_ONCE}."


def _of_unseen_users(view: View, change: ListChange) -> Iterator[Finding]:
    """A list of which no HIT type is seen: those that use it may not be shown, or be of another stack."""
    made = view.types.steps.get(change.type.key or "")
    if made is not None and (made.operation == "delete" or (made.new_id and made.adopted is None)):
        return  # that is told of the type, or nobody has held it so far
    which = "no HIT type of this stack has used it, those of others may" if view.plan.shows_unchanged else _NOT_SHOWN
    removed, before = change.removed, change.before
    if change.becomes_exclusive:
        said = (
            f'Whoever holds "{change.type.name}" and is not listed loses it, and how many they are is not in the plan'
        )
        yield found(risks_access.FEWER_HOLD, change.step, f"{said}: {which}.")
    if removed and before and EXCLUSION in change.step.urn:
        rule = risks_access.EXCLUSION_SHRINKS if change.after else risks_access.EXCLUSION_EMPTIED
        lost = _loses(view, removed, before, "is no longer kept out", "are no longer kept out")
        said = f"{lost}, at once; {which}."
        if change.step.operation == "delete":
            refused = view.refusal(change.step, rosters.ROSTER_REMOVAL_REFUSED.code, "while any HIT keeps them out")
            said = f"{said} {refused}".rstrip()
        yield found(rule, change.step, said, lesser=_few(removed, before), people=removed)
    elif removed:
        said = f'{view.people(removed, "loses", "lose")} "{change.type.name}", at once; {which}.'
        yield found(risks_access.FEWER_HOLD, change.step, said, lesser=True, people=removed)
    elif removed is None or (not view.plan.shows_unchanged and (change.added != 0 or change.rescored != 0)):
        yield found(risks_access.CANT_TELL, change.step, f"Who comes or goes by it can't be told: {which}.")


def _few(removed: int, before: int) -> bool:
    return removed <= _MANY and removed * 2 < before


def _kept_from(view: View, change: ListChange) -> str:
    """How many people on an exclusion's list can no longer do what: find the HITs, where all that exclude hide them."""
    number = change.added or 0
    if _asked(view, change).guarded == {"DiscoverPreviewAndAccept"}:
        return view.people(number, "no longer finds", "no longer find")
    return view.people(number, "can no longer accept", "can no longer accept")


def _of_gate(view: View, change: ListChange, hit_types: list[str]) -> Iterator[Finding]:
    added, removed = change.added, change.removed
    name = change.type.name
    if added is None or removed is None:
        yield found(
            risks_access.CANT_TELL, change.step, f'How many more or fewer hold "{name}" can\'t be told from the plan.'
        )
        return
    opened = _open_to(view, change, change.scores_after)
    if added and opened:
        more = count(view.number(added), "more person holds", "more people hold")
        yield found(
            risks_access.MORE_HOLD,
            change.step,
            f'{more} "{name}" and may work on {named(opened)}, {_AT_ONCE}.',
            people=added,
        )
    if removed or change.becomes_exclusive:
        were_open = hit_types if change.becomes_exclusive else _open_to(view, change, change.scores_before)
        lost = view.people(removed, "loses", "lose") if removed else "Holders lose"
        others = "; whoever holds it and is not listed loses it, too" if change.becomes_exclusive else ""
        yield found(
            risks_access.FEWER_HOLD,
            change.step,
            f'{lost} "{name}"{f" and with it {named(were_open)}" if were_open else ""}, {_AT_ONCE}{others}.',
            lesser=not change.becomes_exclusive,
            people=removed,
        )
    if change.rescored:
        yield from _rescored(view, change)


def _open_to(view: View, change: ListChange, scores: tuple[int, int]) -> list[str]:
    """The HIT types that ask for a list's type and may let in who has such a score."""
    return [name for name, rules in _asked(view, change).rules if meets(rules, scores) is not False]


def _rescored(view: View, change: ListChange) -> Iterator[Finding]:
    """Scores that change: whom they let in or shut out, and where numbers don't tell whether a bar is crossed."""
    crossed: dict[bool | None, list[str]] = {}
    for name, rules in _asked(view, change).rules:
        was, now = (meets(rules, scores) for scores in (change.scores_before, change.scores_after))
        if was is not now or now is None:
            crossed.setdefault(None if None in (was, now) else now, []).append(name)
    number = change.rescored or 0
    who = view.people(number, "gets", "get")
    if opened := crossed.get(True):
        said = f"{who} a score that lets them in to {named(opened)}, {_AT_ONCE}."
        yield found(risks_access.MORE_HOLD, change.step, said, people=number)
    if closed := crossed.get(False):
        said = f"{who} a score that no longer lets them in to {named(closed)}, {_AT_ONCE}."
        yield found(risks_access.FEWER_HOLD, change.step, said, lesser=True, people=number)
    if (doubtful := crossed.get(None)) and change.rescored:
        yield found(
            risks_access.CANT_TELL,
            change.step,
            f"{who} another score; whether it lets them in to {named(doubtful)} can't be told from numbers alone.",
            people=change.rescored,
        )


def _mailed(view: View, step: Step, changes: list[ListChange]) -> Iterator[Finding]:
    granted = sum((change.added or 0) + (change.rescored or 0) for change in changes)
    revoked = sum(change.removed or 0 for change in changes)
    after, source = step.after, step.after or step.before
    mails = after is not None and after.inputs.get("sendNotification") is True
    reason = source.inputs.get("revocationReason") if source is not None else None
    told = [
        *([f"{view.people(granted, 'is', 'are')} mailed about a grant or a score"] if mails and granted else []),
        *([f"{view.people(revoked, 'is', 'are')} mailed that they lose it"] if reason and revoked else []),
    ]
    if told:
        number = (granted if mails else 0) + (revoked if reason else 0)
        yield found(risks_types.MAILED, step, f"{'; '.join(told)}.", people=number)


def _overwritten(view: View, step: Step, changes: list[ListChange]) -> Iterator[Finding]:
    """A list with scores of its own, over those that the type's test has given."""
    after = step.after
    if after is None or after.inputs.get("scoresEarned") is not True:
        return
    scored = isinstance(after.inputs.get("lowestScore"), int)
    number = sum((change.added or 0) + (change.rescored or 0) for change in changes)
    if scored and number:
        yield found(
            risks_types.OVERWRITES,
            step,
            f"{view.people(number, 'gets', 'get')} the list's score, in place of one that the test may have given.",
            people=number,
        )


def _notes(view: View, changes: list[ListChange]) -> Iterator[str]:
    for change in changes:
        if not view.users.get(change.type.key or ""):
            unseen = "" if view.plan.shows_unchanged else " that the plan shows"
            yield f'No HIT type{unseen} uses "{change.type.name}".'


def _loses(view: View, removed: int, before: int, one: str, many: str) -> str:
    """That a list loses so many of those on it, and what becomes of them: "Loses 2 of 3 people, who are let in"."""
    shown = view.number(removed)
    return f"Loses {shown:,} of {view.people(before)}, who {one if shown == 1 else many}"


def _size(view: View, change: ListChange) -> str:
    """That people come onto a list, and whether it gets longer by that."""
    before, after = change.before, change.after
    if before is None or after is None or view.small_numbers:
        return "People come onto the list"  # from both numbers a small difference could be told
    moved = f"(+{change.added or 0:,} \N{MINUS SIGN}{change.removed or 0:,})"
    if before == after:
        return f"The list stays at {before:,} {moved}"
    return f"The list {'grows' if after > before else 'shrinks'} from {before:,} to {after:,} {moved}"
