"""What a plan does to lists of workers, grants and blocks: how many come and go, and on which HIT types."""

from collections.abc import Iterator

from pulumi_mturk.common.text import count
from pulumi_mturk.review.details import details
from pulumi_mturk.review.findings import Finding, found
from pulumi_mturk.review.lists import Constraint, ListChange, constraint_of, meets
from pulumi_mturk.review.plan import Step
from pulumi_mturk.review.report import Change
from pulumi_mturk.review.view import View
from pulumi_mturk.review.wording import named, people
from pulumi_mturk.rules import risks_access, risks_types

# From so many people, or half of the list, on a list of people who are kept out shrinks by mistake more often than not.
_MANY = 10
_EXCLUSION = "::mturk:index:WorkerExclusion$"
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
        details=details(step, without=frozenset({"count"}) if view.small_numbers else frozenset()),
        notes=tuple(dict.fromkeys(_notes(view, changes))),
    )
    return change, findings


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
            who = f"{people(view.number(number))} {'is' if number == 1 else 'are'} {said}"
            others = f" ({named(one.name for one in some)})" if number > 1 else ""
            findings.append(found(rule, step if number == 1 else None, f"{who}{others}.", people=number))
    return findings


def _of_list(view: View, change: ListChange) -> Iterator[Finding]:
    if change.type.key is None:
        said = "Of which qualification type it is can't be told, and so not on which HIT types people come or go."
        yield found(risks_access.CANT_TELL, change.step, said)
    excluded, asked_by = _users(view, change)
    if excluded:
        yield from _of_exclusion(view, change, excluded)
    if asked_by:
        yield from _of_gate(view, change, asked_by)
    if not excluded and not asked_by and change.type.key is not None and not change.refills:
        yield from _of_unseen_users(view, change)


def _users(view: View, change: ListChange) -> tuple[list[str], list[str]]:
    """The HIT types that keep the type's holders out, and those that ask for it. To new ones nobody comes or goes."""
    excluded: list[str] = []
    asked_by: list[str] = []
    if change.refills:
        return excluded, asked_by
    for step in view.users.get(change.type.key or "", ()):
        if step.before is None:
            continue
        rules = _constraints(view, step, change)
        if any(rule.excludes for rule in rules):
            excluded.append(step.name)
        elif rules:
            asked_by.append(step.name)
    return excluded, asked_by


def _constraints(view: View, step: Step, change: ListChange) -> list[Constraint]:
    """What a HIT type has asked of the list's type so far. Published HITs keep these rules, whatever becomes of it."""
    key = change.type.key
    return [
        constraint_of(rule)
        for rule, reference in view.rules(step, "before") or ()
        if reference is not None and reference.key == key
    ]


def _of_exclusion(view: View, change: ListChange, hit_types: list[str]) -> Iterator[Finding]:
    removed, added, before = change.removed, change.added, change.before
    if removed is None or before is None:
        yield found(
            risks_access.CANT_TELL,
            change.step,
            f"How many it lets in to {named(hit_types)} can't be told from the plan.",
        )
    elif removed and not change.after:
        who = people(view.number(removed))
        yield found(
            risks_access.EXCLUSION_EMPTIED,
            change.step,
            f"The list is emptied: {who} {_are(removed)} let in to {named(hit_types)}, at once.",
            people=removed,
        )
    elif removed:
        yield found(
            risks_access.EXCLUSION_SHRINKS,
            change.step,
            f"Loses {view.number(removed):,} of {view.number(before):,}: {people(view.number(removed))} "
            f"{_are(removed)} let in to {named(hit_types)}, at once.",
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
        who = people(view.number(added))
        yield found(
            risks_access.EXCLUSION_GROWS,
            change.step,
            f"The list grows{_to(view, change)}: {who} {_kept_from(view, change)} {named(hit_types)}, at once, also "
            "published HITs.",
            people=added,
        )


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
    if removed and before and _EXCLUSION in change.step.urn:
        rule = risks_access.EXCLUSION_SHRINKS if change.after else risks_access.EXCLUSION_EMPTIED
        who = f"{people(view.number(removed))} {_are(removed)} no longer kept out"
        said = f"Loses {view.number(removed):,} of {view.number(before):,}: {who}, at once; {which}."
        yield found(rule, change.step, said, lesser=_few(removed, before), people=removed)
    elif removed:
        verb = "loses" if removed == 1 else "lose"
        said = f'{people(view.number(removed))} {verb} "{change.type.name}", at once: {which}.'
        yield found(risks_access.FEWER_HOLD, change.step, said, lesser=True, people=removed)
    elif removed is None or (not view.plan.shows_unchanged and (change.added != 0 or change.rescored != 0)):
        yield found(risks_access.CANT_TELL, change.step, f"Who comes or goes by it can't be told: {which}.")


def _few(removed: int, before: int) -> bool:
    return removed <= _MANY and removed * 2 < before


def _kept_from(view: View, change: ListChange) -> str:
    """What people on an exclusion's list can't do any more: find the HITs, where all that exclude hide them."""
    guarded = {
        rule.guarded
        for step in view.users.get(change.type.key or "", ())
        for rule in _constraints(view, step, change)
        if rule.excludes
    }
    if guarded == {"DiscoverPreviewAndAccept"}:
        return "no longer finds" if change.added == 1 else "no longer find"
    return "can no longer accept"


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
        verb = "holds" if added == 1 else "hold"
        yield found(
            risks_access.MORE_HOLD,
            change.step,
            f'{people(view.number(added))} more {verb} "{name}" and may work on {named(opened)}, at once.',
            people=added,
        )
    if removed or change.becomes_exclusive:
        were_open = hit_types if change.becomes_exclusive else _open_to(view, change, change.scores_before)
        lost = f"{people(view.number(removed))} {'loses' if removed == 1 else 'lose'}" if removed else "Holders lose"
        others = "; whoever holds it and is not listed loses it, too" if change.becomes_exclusive else ""
        yield found(
            risks_access.FEWER_HOLD,
            change.step,
            f'{lost} "{name}"{f" and with it {named(were_open)}" if were_open else ""}, at once{others}.',
            lesser=not change.becomes_exclusive,
            people=removed,
        )
    if change.rescored:
        yield from _rescored(view, change)


def _open_to(view: View, change: ListChange, scores: tuple[int, int]) -> list[str]:
    """The HIT types that ask for a list's type and may let in who has such a score."""
    return [name for name, rules in _gates(view, change) if meets(rules, scores) is not False]


def _gates(view: View, change: ListChange) -> Iterator[tuple[str, list[Constraint]]]:
    for step in view.users.get(change.type.key or "", ()):
        if step.before is not None and (rules := _constraints(view, step, change)):
            yield step.name, rules


def _rescored(view: View, change: ListChange) -> Iterator[Finding]:
    """Scores that change: whom they let in or shut out, and where numbers don't tell whether a bar is crossed."""
    crossed: dict[bool | None, list[str]] = {}
    for name, rules in _gates(view, change):
        was, now = (meets(rules, scores) for scores in (change.scores_before, change.scores_after))
        if was is not now or now is None:
            crossed.setdefault(None if None in (was, now) else now, []).append(name)
    number = change.rescored or 0
    who = f"{people(view.number(number))} {'gets' if number == 1 else 'get'} a score"
    if opened := crossed.get(True):
        said = f"{who} that lets them in to {named(opened)}, at once."
        yield found(risks_access.MORE_HOLD, change.step, said, people=number)
    if closed := crossed.get(False):
        said = f"{who} that no longer lets them in to {named(closed)}, at once."
        yield found(risks_access.FEWER_HOLD, change.step, said, lesser=True, people=number)
    if (doubtful := crossed.get(None)) and change.rescored:
        scores = count(view.number(change.rescored), "score changes", "scores change")
        yield found(
            risks_access.CANT_TELL,
            change.step,
            f"{scores}; whether {named(doubtful)} then {'lets' if len(doubtful) == 1 else 'let'} them in can't be told "
            "from numbers.",
            people=change.rescored,
        )


def _mailed(view: View, step: Step, changes: list[ListChange]) -> Iterator[Finding]:
    granted = sum((change.added or 0) + (change.rescored or 0) for change in changes)
    revoked = sum(change.removed or 0 for change in changes)
    after, source = step.after, step.after or step.before
    mails = after is not None and after.inputs.get("sendNotification") is True
    reason = source.inputs.get("revocationReason") if source is not None else None
    told = [
        *(
            [f"{people(view.number(granted))} {_are(granted)} mailed about a grant or a score"]
            if mails and granted
            else []
        ),
        *([f"{people(view.number(revoked))} {_are(revoked)} mailed that they lose it"] if reason and revoked else []),
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
        who = people(view.number(number))
        yield found(
            risks_types.OVERWRITES,
            step,
            f"{who} {'gets' if number == 1 else 'get'} the list's score, in place of one that the test may have given.",
            people=number,
        )


def _notes(view: View, changes: list[ListChange]) -> Iterator[str]:
    for change in changes:
        if not view.users.get(change.type.key or ""):
            unseen = "" if view.plan.shows_unchanged else " that the plan shows"
            yield f'No HIT type{unseen} uses "{change.type.name}".'


def _to(view: View, change: ListChange) -> str:
    if change.before is None or change.after is None or view.small_numbers:
        return ""  # from both numbers a small difference could be told
    added, removed = view.number(change.added or 0), view.number(change.removed or 0)
    moved = f"+{added:,} \N{MINUS SIGN}{removed:,}"
    return f" from {view.number(change.before):,} to {view.number(change.after):,} ({moved})"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
