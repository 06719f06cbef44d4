"""Which qualification type a rule or a list of a plan means, before and after the change.

A type is its id. One that the plan creates or replaces has none yet and is its URN, and generation: nobody holds it.
One that the plan deletes is another one afterwards, for the same reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pulumi_mturk.eligibility.system_types import system_name
from pulumi_mturk.review.plan import Hidden, Plan, Side, Step

When: TypeAlias = Literal["before", "after"]
BOTH: tuple[When, When] = ("before", "after")

_TYPE, _LISTS = "QualificationType", ("QualificationRoster", "QualificationGrant")


@dataclass(frozen=True)
class TypeReference:
    """A qualification type, as a rule or a list names it."""

    identity: str | Hidden
    """Its id, or its URN and generation; `Hidden` where it can't be told."""
    urn: str | None
    """Of the resource of the stack; None for one that the stack does not have."""
    name: str
    generation: Literal["", "old", "new", "deleted"] = ""
    """Of a type that the plan replaces or deletes: which of those that have its name."""

    @property
    def words(self) -> str:
        """What it is called where those before and after the change stand side by side."""
        match self.generation:
            case "":
                return self.name
            case "deleted":
                return f"{self.name} (deleted)"
        return f"the {self.generation} {self.name}"

    @property
    def key(self) -> str | None:
        """What is the same before and after the change: its URN, or the id of a foreign one."""
        return self.urn or (self.identity if isinstance(self.identity, str) else None)


class QualificationTypes:
    """The qualification types of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.steps: dict[str, Step] = {step.urn: step for step in plan.steps if step.kind == _TYPE}
        self._by_id: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        for urn, step in self.steps.items():
            for side in (step.before, step.after):
                if side is not None and side.id:
                    self._by_id[side.id] = urn
            if step.adopted is not None:
                self._by_id[step.adopted] = urn
            self._by_name.setdefault(step.name, []).append(urn)
        if not plan.shows_unchanged:
            self._learn_from_states(plan)
        # A rule can name a list in place of its type.
        for step in plan.steps:
            if step.kind in _LISTS and step.name not in self._by_name and (side := step.after or step.before):
                found = self._of_input(side)
                if found is not None:
                    self._by_name[step.name] = [found]

    def _learn_from_states(self, plan: Plan) -> None:
        """Ids of types that a plan leaves out: as the rules in the states say, which were judged when they were new."""
        for step in plan.steps:
            rules = step.before.inputs.get("qualificationRequirements") if step.before is not None else None
            for rule in rules if isinstance(rules, list) else ():
                given, urn = (
                    (rule.get(name) for name in ("qualificationTypeId", "qualificationTypeUrn"))
                    if isinstance(rule, dict)
                    else (None, None)
                )
                if isinstance(given, str) and isinstance(urn, str) and urn not in self.steps:
                    self._by_id.setdefault(given, urn)

    def of_list(self, step: Step, when: When) -> TypeReference | None:
        """The type that a roster or a grant is of; None on a side that there is not."""
        side = step.before if when == "before" else step.after
        if side is None:
            return None
        urn = self._of_input(side)
        given = side.inputs.get("qualificationTypeId")
        return self._reference(given, urn, self._name(urn, given, None), when)

    def of_rules(self, step: Step, when: When) -> list[tuple[Mapping[str, Any], TypeReference | None]] | None:
        """The rules of a HIT type, each with the type it is about; None for one of Mechanical Turk's own.

        The whole is None on a side that there is not, or whose rules are not known.
        """
        side = step.before if when == "before" else step.after
        rules = None if side is None else side.inputs.get("qualificationRequirements", [])
        if side is None or not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            return None
        return [(rule, self._of_rule(rule, side, when)) for rule in rules]

    def _of_rule(self, rule: Mapping[str, Any], side: Side, when: When) -> TypeReference | None:
        given = rule.get("qualificationTypeId")
        if isinstance(given, str) and system_name(given) is not None:
            return None
        said = rule.get("qualificationTypeName")
        name = said if isinstance(said, str) else None
        urn = self._by_id.get(given) if isinstance(given, str) else None
        if urn is None and not isinstance(given, str):
            urn = self._of_unknown(rule, name, side)
        return self._reference(given, urn, self._name(urn, given, name), when)

    def _of_unknown(self, rule: Mapping[str, Any], name: str | None, side: Side) -> str | None:
        """The resource whose id is not known yet: the rule says its URN, or its name, which may be that of several."""
        urn = rule.get("qualificationTypeUrn")
        if isinstance(urn, str):
            return urn if self._may_be_unknown(urn) else None
        if name is None:
            return None
        candidates = [one for one in self._by_name.get(name, []) if self._may_be_unknown(one)]
        if len(candidates) > 1:
            used = set(side.dependencies)
            candidates = [one for one in candidates if one in used] or candidates
        return candidates[0] if len(candidates) == 1 else None

    def _may_be_unknown(self, urn: str) -> bool:
        """Whether a type's id is one that a plan does not know yet. Rules are a program's: they may name another."""
        step = self.steps.get(urn)
        return step is not None and step.new_id

    def _reference(self, given: Any, urn: str | None, name: str, when: When) -> TypeReference:
        step = self.steps.get(urn) if urn is not None else None
        if step is None:
            return TypeReference(given if isinstance(given, str) else Hidden("unknown"), urn, name)
        old = step.before.id if step.before is not None else None
        if when == "before":
            identity = given if isinstance(given, str) else old or Hidden("unknown")
            return TypeReference(
                identity, urn, name, "old" if step.operation == "replace" and step.adopted != old else ""
            )
        if step.operation == "delete" or (step.new_id and isinstance(given, str) and given == old):
            return TypeReference(f"{urn}#deleted", urn, name, "deleted")
        if step.adopted is not None:
            return TypeReference(step.adopted, urn, name, "new" if old not in (None, step.adopted) else "")
        if step.new_id:
            return TypeReference(f"{urn}#new", urn, name, "" if step.before is None else "new")
        return TypeReference(given if isinstance(given, str) else old or Hidden("unknown"), urn, name)

    def _name(self, urn: str | None, given: Any, said: str | None) -> str:
        """What people know it by: its resource's name, or what the rule calls it, or its id."""
        if urn is not None and urn in self.steps:
            return self.steps[urn].name
        return said or (given if isinstance(given, str) else "a type whose id is not known yet")

    def _of_input(self, side: Side) -> str | None:
        given = side.inputs.get("qualificationTypeId")
        if isinstance(given, str) and given in self._by_id:
            return self._by_id[given]
        sources: Iterable[str] = side.property_dependencies.get("qualificationTypeId", ())
        found = [urn for urn in sources if urn in self.steps]
        return found[0] if len(found) == 1 else None
