"""A plan as the judges look at it: its resources of ours, the types they mean, the numbers, and what a lab has said."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.fees import Schedule
from pulumi_mturk.review.lists import Constraint, Flow, ListChange, constraint_of, flow, holders, list_changes
from pulumi_mturk.review.live import Live, OpenHITs
from pulumi_mturk.review.plan import Plan, Step
from pulumi_mturk.review.qualification_types import BOTH, QualificationTypes, TypeReference, When
from pulumi_mturk.review.sentences import hidden_if_few, people

_ENVIRONMENTS: Mapping[str, Environment] = {"local": "local", "sandbox": "sandbox", "production": "production"}


@dataclass(frozen=True, eq=False)
class Asked:
    """What HIT types ask of one qualification type."""

    rules: list[tuple[str, list[Constraint]]] = field(default_factory=list)
    """By the name of each HIT type."""

    @cached_property
    def excluding(self) -> list[str]:
        """Those that keep its holders out."""
        return [name for name, rules in self.rules if any(rule.excludes for rule in rules)]

    @cached_property
    def gating(self) -> list[str]:
        """Those that ask for it."""
        return [name for name, rules in self.rules if not any(rule.excludes for rule in rules)]

    @cached_property
    def guarded(self) -> frozenset[str]:
        """What those that keep its holders out keep them from."""
        return frozenset(rule.guarded for _, rules in self.rules for rule in rules if rule.excludes)


@dataclass(frozen=True, eq=False)
class View:
    """What all judges share."""

    plan: Plan
    today: datetime.date
    live: Live | None = None
    schedule: Schedule | None = None
    minutes: Mapping[str, Decimal] = field(default_factory=dict)
    """The working time of HIT types, by their names, as the lab states it."""
    small_numbers: bool = False

    @cached_property
    def types(self) -> QualificationTypes:
        """Which type each rule and list means."""
        return QualificationTypes(self.plan)

    @cached_property
    def lists(self) -> list[ListChange]:
        """What the plan does to lists."""
        return list_changes(self.plan, self.types)

    @cached_property
    def lists_by_type(self) -> dict[str, list[ListChange]]:
        """The same by the keys of their types."""
        found: dict[str, list[ListChange]] = {}
        for change in self.lists:
            if change.type.key is not None:
                found.setdefault(change.type.key, []).append(change)
        return found

    @cached_property
    def _flows(self) -> dict[tuple[str, tuple[Constraint, ...]], Flow]:
        return {}

    def flow(self, key: str, constraints: tuple[Constraint, ...]) -> Flow:
        """What all lists of a type do to a HIT type with these rules on it. Many HIT types have the same."""
        if (key, constraints) not in self._flows:
            changes = self.lists_by_type.get(key, ())
            self._flows[key, constraints] = sum((flow(change, constraints) for change in changes), Flow())
        return self._flows[key, constraints]

    @cached_property
    def lists_by_urn(self) -> dict[str, list[ListChange]]:
        """The same by the rosters and grants that make them."""
        found: dict[str, list[ListChange]] = {}
        for change in self.lists:
            found.setdefault(change.step.urn, []).append(change)
        return found

    @cached_property
    def hit_types(self) -> list[Step]:
        """All that the plan shows, also those that stay as they are."""
        return [step for step in self.plan.steps if step.kind == "HITType"]

    def predecessor(self, step: Step) -> Step | None:
        """The HIT type that a new one is likely to be under another name: it leaves the stack in the same plan.

        It has the same title, or it is the only one that leaves where only one comes.
        """
        if step.operation != "create" or step.after is None:
            return None
        by_title, only = self._leaving
        title = step.after.inputs.get("title")
        return by_title.get(title, only) if isinstance(title, str) else only

    @cached_property
    def _leaving(self) -> tuple[dict[str, Step], Step | None]:
        """The HIT types that leave the stack, by their titles; and that which does where one leaves and one comes."""
        leaving = [one for one in self.hit_types if one.operation == "delete" and one.before is not None]
        new = sum(one.operation == "create" for one in self.hit_types)
        titles = [(one.before.inputs.get("title"), one) for one in leaving if one.before is not None]
        only = leaving[0] if len(leaving) == new == 1 else None
        return {title: one for title, one in titles if isinstance(title, str)}, only

    @cached_property
    def _rules(self) -> dict[tuple[str, str, When], list[tuple[Mapping[str, Any], TypeReference | None]] | None]:
        return {}

    def rules(self, step: Step, when: When) -> list[tuple[Mapping[str, Any], TypeReference | None]] | None:
        """The rules of a HIT type; None where there are none to be seen."""
        key = (step.urn, step.operation, when)  # a new one may be compared as if it replaced another
        if key not in self._rules:
            self._rules[key] = self.types.of_rules(step, when)
        return self._rules[key]

    @cached_property
    def users(self) -> dict[str, list[Step]]:
        """The HIT types that use each qualification type, by its key, before or after the change."""
        found: dict[str, dict[str, Step]] = {}
        for step in self.hit_types:
            for when in BOTH:
                for _, reference in self.rules(step, when) or ():
                    if reference is not None and reference.key is not None:
                        found.setdefault(reference.key, {})[step.urn] = step
        return {key: list(steps.values()) for key, steps in found.items()}

    @cached_property
    def asked_so_far(self) -> dict[str, Asked]:
        """What HIT types have asked of each qualification type so far, by its key.

        Published HITs keep these rules, whatever becomes of the HIT type.
        """
        found: dict[str, dict[str, tuple[str, list[Constraint]]]] = {}
        for step in self.hit_types:
            for rule, reference in self.rules(step, "before") or ():
                if reference is not None and reference.key is not None:
                    asked = found.setdefault(reference.key, {}).setdefault(step.urn, (step.name, []))
                    asked[1].append(constraint_of(rule))
        return {key: Asked(list(by_urn.values())) for key, by_urn in found.items()}

    @cached_property
    def excluded(self) -> frozenset[str]:
        """The keys of the types whose holders some HIT type keeps out, before or after the change."""
        return frozenset(
            reference.key
            for step in self.hit_types
            for when in BOTH
            for rule, reference in self.rules(step, when) or ()
            if reference is not None and reference.key is not None and constraint_of(rule).excludes
        )

    @cached_property
    def _listed(self) -> dict[str, int]:
        return holders(self.plan, self.types)

    def holders_of(self, reference: TypeReference) -> int | None:
        """How many hold a type now: as the endpoint says, else as many as the stack's lists name."""
        step = self.types.steps.get(reference.urn or "")
        type_id = step.before.id if step is not None and step.before is not None else reference.identity
        if self.live is not None and isinstance(type_id, str) and type_id in self.live.holders:
            return self.live.holders[type_id]
        return self._listed.get(reference.key or "")

    def open_hits(self, step: Step) -> OpenHITs | None:
        """The HITs that are open under a HIT type's old id; None if nobody asked."""
        if self.live is None or step.before is None or step.before.id is None:
            return None
        if step.before.id in self.live.elsewhere:
            return None
        return self.live.open_hits.get(step.before.id, OpenHITs())

    @cached_property
    def environment(self) -> Environment:
        """That of the stack: as its resources record it, the gravest of several, else as it is configured."""
        sides = [step.after or step.before for step in self.plan.steps if step.kind]
        found = {str(side.inputs.get("environment")) for side in sides if side is not None}
        for name in ("production", "sandbox", "local"):
            if name in found:
                return _ENVIRONMENTS[name]
        return _ENVIRONMENTS.get(self.plan.config.get("mturk:environment", "local"), "local")

    def environment_of(self, step: Step) -> Environment:
        """That of one resource, which may have a provider of its own; the stack's where it records none."""
        side = step.after or step.before
        recorded = side.inputs.get("environment") if side is not None else None
        return _ENVIRONMENTS.get(str(recorded), self.environment)

    def refusal(self, step: Step, code: str, holds_while: str) -> str:
        """What `pulumi up` makes of a removal of what is in use, as a sentence; empty where it refuses nothing.

        In production alone, and without force_destroy=True in the state, which is what counts where a resource goes.
        """
        sides = [side for side in (step.before, step.after) if side is not None]
        forced = any(side.inputs.get("forceDestroy") is True for side in sides)
        if self.environment_of(step) != "production" or forced:
            return ""
        return (
            f"`pulumi up` refuses the removal ({code}) {holds_while}, after it has made other changes: the stack is "
            "then half applied. Let the HITs expire before, or apply force_destroy=True first."
        )

    def open_under(self, hit_types: Collection[str]) -> int:
        """How many HITs are open under the old ids of HIT types of these names, of those that were asked about."""
        asked = [self.open_hits(step) for step in self.hit_types if step.name in hit_types]
        return sum(one.hits for one in asked if one is not None)

    def number(self, number: int) -> int:
        """A number of people as it may be told."""
        return hidden_if_few(number) if self.small_numbers else number

    def people(self, number: int, one: str = "", many: str = "") -> str:
        """So many people as they may be told, and what they do: not even the verb tells one from nine."""
        return people(self.number(number), one, many)
