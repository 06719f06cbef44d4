"""What a plan does to each qualification type: who holds it, whom it lets in or keeps out, its test and its words."""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_mturk.common.text import count, listed
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.review.details import details
from pulumi_mturk.review.eligibility_changes import exclusions
from pulumi_mturk.review.findings import Finding, found
from pulumi_mturk.review.lists import EVERY_SCORE, constraint_of, meets
from pulumi_mturk.review.plan import Side, Step
from pulumi_mturk.review.qualification_tests import ChangeOfTest, change_of_test
from pulumi_mturk.review.qualification_types import TypeReference
from pulumi_mturk.review.report import Change
from pulumi_mturk.review.sentences import duration, named
from pulumi_mturk.review.view import View
from pulumi_mturk.rules import qualification_types, risks_access, risks_hit_types, risks_types

_VOIDING = ("autoGranted", "autoGrantedValue", "qualificationTypeStatus")
_READ_BY_WORKERS = ("name", "description", "keywords")


def judge(view: View, step: Step) -> tuple[Change, list[Finding]] | None:
    """What becomes of a qualification type; None if nothing does."""
    if not step.changes:
        return None
    test = change_of_test(step)
    findings = [
        *_gone(view, step),
        *_void(view, step),
        *_test(view, step, test),
        *_words(step, test),
    ]
    change = Change(
        urn=step.urn,
        name=step.name,
        type=step.kind,
        operation=step.operation,
        new_id=step.new_id,
        details=(*details(step), *test.rows),
        notes=tuple(_notes(step)),
    )
    return change, findings


def _reference(step: Step) -> TypeReference:
    return TypeReference(
        step.before.id if step.before is not None and step.before.id else step.urn, step.urn, step.name
    )


def _used_by(view: View, step: Step) -> list[Step]:
    return view.users.get(step.urn, [])


def _gone(view: View, step: Step) -> Iterator[Finding]:
    """Types that are replaced or deleted."""
    users, number = _used_by(view, step), view.holders_of(_reference(step))
    holders = "who holds it now is not known"
    if number is not None:
        holders = f"{view.people(number, 'holds', 'hold')} it now"
    if step.operation == "replace" and users:
        listed = sum(change.added or 0 for change in view.lists_by_type.get(step.urn, ()))
        until = (
            f"nobody holds the new one until {count(view.number(listed), 'grant is', 'grants are')} made"
            if listed
            else "nobody holds the new one, and nothing in the plan grants it"
        )
        yield found(
            risks_access.TYPE_REPLACED,
            step,
            f"It is replaced: {until}. {named(one.name for one in users)} {'uses' if len(users) == 1 else 'use'} it.",
            people=number,
        )
    elif step.operation == "replace":
        yield found(
            risks_hit_types.TYPE_DELETED, step, f"It is replaced: its scores are lost; {holders}.", people=number
        )
    elif step.operation == "delete":
        named_users = f" Used by {named(one.name for one in users)}." if users else ""
        in_use = "while anybody holds it or asks for it, or HITs require it"
        refused = view.refusal(step, qualification_types.DELETION_REFUSED.code, in_use)
        said = f"It is deleted with its scores; {holders}.{named_users} {refused}".rstrip()
        yield found(risks_hit_types.TYPE_DELETED, step, said, people=number)


def _void(view: View, step: Step) -> Iterator[Finding]:
    """What makes a type keep out nobody, or everybody."""
    was, now = _inputs(step.before), _inputs(step.after)
    auto = now.get("autoGranted") is True and was.get("autoGranted") is not True
    scores = [_granted_to_all(inputs) for inputs in (was, now)]
    inactive = now.get("qualificationTypeStatus") == "Inactive" and was.get("qualificationTypeStatus") != "Inactive"
    deleted = step.operation == "delete"
    excluding, gating = [], []
    for user in _used_by(view, step):
        kept_out = exclusions(view.rules(user, "after")) if user.after is not None else {}
        if step.urn in kept_out:
            excluding.append(user.name)
        elif user.after is not None:
            was_open, is_open = (_lets_in(view, user, step.urn, each) for each in scores)
            gating += [user.name] if is_open and not was_open else []
    why = "granted to whoever asks for it" if auto else "deleted" if deleted else "Inactive" if inactive else ""
    if excluding and why:
        yield found(
            risks_access.EXCLUSION_VOID,
            step,
            f"{named(excluding)} {'keeps' if len(excluding) == 1 else 'keep'} people out by it, and it is {why}"
            + (": it keeps out nobody." if deleted or auto else ": no HIT can be made that keeps people out by it."),
        )
    if inactive and step.before is not None:
        yield found(
            risks_hit_types.TYPE_INACTIVE,
            step,
            "It becomes Inactive: nobody can ask for it any more, and no HIT can be made that requires it.",
        )
    if gating:
        yield found(
            risks_types.AUTO_GRANTED,
            step,
            f"Whoever asks for it gets it: it keeps nobody out of {named(gating)}.",
        )


def _granted_to_all(inputs: Mapping[str, Any]) -> tuple[int, int] | None:
    """The score that whoever asks for a type gets: lowest and highest; None where nobody gets it so."""
    if inputs.get("autoGranted") is not True:
        return None
    score = inputs.get("autoGrantedValue", 1)
    return (score, score) if isinstance(score, int) else EVERY_SCORE


def _lets_in(view: View, hit_type: Step, urn: str, scores: tuple[int, int] | None) -> bool:
    """Whether a HIT type asks for a type, and may be worked on with such a score."""
    rules = [
        constraint_of(rule) for rule, one in view.rules(hit_type, "after") or () if one is not None and one.urn == urn
    ]
    return bool(rules) and scores is not None and meets(rules, scores) is not False


def void_ones(view: View, hit_type: Step) -> Iterator[Finding]:
    """Types that keep out nobody already, and that a HIT type names newly."""
    before = {
        (rule.get("comparator"), one.urn) for rule, one in view.rules(hit_type, "before") or () if one is not None
    }
    for rule, reference in view.rules(hit_type, "after") or ():
        step = view.types.steps.get(reference.urn or "") if reference is not None else None
        if step is None or not hit_type.changes or (rule.get("comparator"), step.urn) in before:
            continue
        was, now = _inputs(step.before), _inputs(step.after)
        if any(was.get(name) != now.get(name) for name in _VOIDING):
            continue  # that is told of the type
        scores, inactive = _granted_to_all(now), now.get("qualificationTypeStatus") == "Inactive"
        if constraint_of(rule).excludes and (scores is not None or inactive):
            why = "granted to whoever asks for it" if scores is not None else "Inactive"
            yield found(risks_access.EXCLUSION_VOID, hit_type, f'Keeps people out by "{step.name}", and it is {why}.')
        elif _lets_in(view, hit_type, step.urn, scores):
            said = f'Whoever asks for "{step.name}" gets it: it keeps nobody out.'
            yield found(risks_types.AUTO_GRANTED, hit_type, said)


def _test(view: View, step: Step, test: ChangeOfTest) -> Iterator[Finding]:
    if step.before is None or step.after is None or step.operation == "replace":
        return
    if test.changed:
        number = view.holders_of(_reference(step))
        who = view.people(number, "keeps", "keep") if number else "People keep"
        yield found(risks_types.TEST_CHANGED, step, f"{test.words}. {who} the scores that they have.", people=number)
    bars = _bars(view, step)
    if test.range_before != test.range_after and test.range_before and test.range_after and bars:
        yield found(
            risks_types.POINTS_CHANGED,
            step,
            f"The test gives {_range(test.range_after)} points, not {_range(test.range_before)}; "
            + "; ".join(f'"{name}" asks for {_bar(bar)}' for name, bar in bars)
            + ".",
        )
    was, now = (_inputs(side).get("retryDelayInSeconds") for side in (step.before, step.after))
    if was != now and not isinstance(now, Unknown):
        before = f"not after {duration(was)}" if was is not None else "and could not before"
        said = f"People may try again after {duration(now)}, {before}."
        if now is None:
            said = f"People can't try again any more; they could after {duration(was)}."
        yield found(risks_types.RETRY_DELAY, step, said)


def _bars(view: View, step: Step) -> list[tuple[str, int]]:
    """The HIT types that ask for a score of at least so much."""
    return [(user.name, bar) for user in _used_by(view, step) if (bar := bar_of(view, user, step.urn)) is not None]


def bar_of(view: View, hit_type: Step, urn: str) -> int | None:
    """The least score of a type that a HIT type asks for after the change; None if it asks for none."""
    bars = []
    for rule, reference in view.rules(hit_type, "after") or ():
        if reference is None or reference.urn != urn:
            continue
        constraint = constraint_of(rule)
        if constraint.values:
            match constraint.comparator:
                case "GreaterThanOrEqualTo":
                    bars.append(constraint.values[0])
                case "GreaterThan":
                    bars.append(constraint.values[0] + 1)
                case "EqualTo" | "In":
                    bars.append(min(constraint.values))
    return max(bars, default=None)


def above_the_key(view: View, hit_type: Step) -> Iterator[Finding]:
    """HIT types that ask for more than a test can give, where they, or the test, change."""
    for urn in sorted({ref.urn for _, ref in view.rules(hit_type, "after") or () if ref is not None and ref.urn}):
        step, bar = view.types.steps.get(urn), bar_of(view, hit_type, urn)
        if step is None or bar is None or not (step.changes or hit_type.changes):
            continue
        scores, granted = change_of_test(step).range_after, _inputs(step.after).get("granted") is True
        if scores is not None and bar > scores[1] and not granted:
            yield found(
                risks_types.ABOVE_THE_KEY,
                hit_type,
                f'Asks for {_bar(bar)} in "{step.name}", whose test gives {scores[1]} at most: nobody can reach it by '
                "the test.",
            )


def _bar(bar: int) -> str:
    return f"≥ {bar:,}"


def _range(scores: tuple[int, int]) -> str:
    return f"{scores[0]:,} to {scores[1]:,}"


def _words(step: Step, test: ChangeOfTest) -> Iterator[Finding]:
    was, now = _inputs(step.before), _inputs(step.after)
    if step.before is None or step.after is None:
        return
    names = [name for name in _READ_BY_WORKERS if was.get(name) != now.get(name)]
    if now.get("nameGenerated") is True and was.get("nameGenerated") is True:
        names = [name for name in names if name != "name"]
    names += ["test"] if test.around else []
    if names and step.operation != "replace":
        yield found(risks_types.WORDS_CHANGED, step, f"Workers read another {listed(names)}.")


def _notes(step: Step) -> Iterator[str]:
    if step.adopted is not None:
        yield "It takes over a type that exists with its holders; what it changes of it is not in the plan."
    if step.operations == ("import",):
        yield "It is taken over as it is there."
    if step.drifted:
        yield "The refresh found it changed outside of the stack."


def _inputs(side: Side | None) -> Mapping[str, Any]:
    return side.inputs if side is not None else {}
