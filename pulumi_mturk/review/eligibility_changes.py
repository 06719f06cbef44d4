"""Who may work on a HIT type of a plan, before and after: by its rules, and by the lists of the types that it uses."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from pulumi_mturk.review.lists import Constraint, Flow, constraint_of
from pulumi_mturk.review.plan import Step
from pulumi_mturk.review.qualification_types import TypeReference
from pulumi_mturk.review.report import People
from pulumi_mturk.review.rule_changes import PlainRules, RuleChange, judge_rules
from pulumi_mturk.review.view import View

Rules = list[tuple[Mapping[str, Any], TypeReference | None]]


def identified(rules: Rules, instead: Mapping[str, Any] | None = None, *, side_by_side: bool = False) -> PlainRules:
    """Rules as `eligibility` takes them, with each type's identity in the place of its id.

    `instead` has the identity to take for a type, by its key. In rules that are compared `side_by_side` with others the
    old and the new one of a type that is replaced have names of their own.
    """
    found = []
    for rule, reference in rules:
        plain = {name: value for name, value in rule.items() if name != "qualificationTypeUrn"}
        if reference is not None:
            identity = (instead or {}).get(reference.key or "", reference.identity)
            name = reference.words if side_by_side else reference.name
            plain |= {"qualificationTypeId": identity, "qualificationTypeName": name}
        found.append(plain)
    return found


def exclusions(rules: Rules | None) -> dict[str, tuple[TypeReference, Constraint]]:
    """The types whose holders rules keep out, by their keys."""
    found = {}
    for rule, reference in rules or ():
        constraint = constraint_of(rule)
        if reference is not None and reference.key is not None and constraint.excludes:
            found[reference.key] = (reference, constraint)
    return found


def rule_change(view: View, step: Step, *, unchanged: bool = False) -> RuleChange | None:
    """What becomes of a HIT type's rules; None without two sides to compare.

    None, too, for one that stays as it is, unless `unchanged` asks for it: most of a plan's are not told of.
    """
    before, after = view.rules(step, "before"), view.rules(step, "after")
    if after is None or (before is None and step.before is not None):
        return None
    old, new = identified(before or []), identified(after)
    if not unchanged and not step.changes and old == new:
        return None
    before, after = _told_apart(before or [], after)
    references = [reference for _, reference in (*before, *after) if reference is not None]
    types = {one.identity: one.name for one in references if isinstance(one.identity, str)}
    old, new = (identified(rules, side_by_side=True) for rules in (before, after))
    return judge_rules(old, new, _aligned(before, after), types, view.environment_of(step))


def _told_apart(*sides: Rules) -> tuple[Rules, ...]:
    """Rules in which several types of one name, such as a type and an exclusion, have more of a name."""
    keys: dict[str, set[Any]] = {}
    for _, reference in chain(*sides):
        if reference is not None:
            keys.setdefault(reference.name, set()).add(reference.key)
    return tuple(
        [
            (rule, replace(one, name=f"{one.name} ({_beside(one)})") if one and len(keys[one.name]) > 1 else one)
            for rule, one in rules
        ]
        for rules in sides
    )


def _beside(reference: TypeReference) -> str:
    """What tells a type from another one of its name: the component that it is part of, or its id."""
    parent = (reference.urn or "::::").split("::")[2].rpartition("$")[0]
    if reference.urn is None:
        return str(reference.identity)
    return f"of {parent.rpartition('$')[2].rpartition(':')[2]}" if parent else "a type by itself"


def _aligned(before: Rules, after: Rules) -> tuple[PlainRules, PlainRules]:
    """Both lists with exclusions that are dropped put back, and types that are replaced taken for the same."""
    later = {reference.key: reference.identity for _, reference in after if reference is not None and reference.key}
    kept_out = exclusions(after)
    dropped = [
        (rule, reference)
        for rule, reference in before
        if reference is not None
        and reference.key is not None
        and constraint_of(rule).excludes
        and reference.key not in kept_out
    ]
    return identified(before, later), identified([*after, *dropped], later)


def flow_of(view: View, step: Step) -> Flow:
    """Who comes in and goes out by lists: by the rules so far, which published HITs keep.

    What another rule does, with the list as it will be, is told of the rules. Nobody comes to a new HIT type.
    """
    rules = view.rules(step, "before")
    by_type: dict[str, list[Constraint]] = {}
    for rule, reference in rules or ():
        if reference is not None and reference.key in view.lists_by_type:
            by_type.setdefault(reference.key, []).append(constraint_of(rule))
    return sum((view.flow(key, tuple(constraints)) for key, constraints in by_type.items()), Flow())


def people(view: View, total: Flow) -> People:
    """A flow as a report has it."""
    numbers = (None if one is None else view.number(one) for one in (total.enter, total.leave, total.unknown))
    enter, leave, unknown = numbers
    return People(enter=enter, leave=leave, unknown=unknown)
