"""Whether a worker meets the requirements of a HIT, read from the documents independently of any client.

All requirements have to be met (documented). A worker does not hold a qualification that was never granted, was
revoked, or whose request is pending or rejected (documented, for a revoked one guessed). Then only DoesNotExist is met;
NotEqualTo and NotIn are not (documented for NotEqualTo, guessed for NotIn).
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pulumi_mturk.marketplace.domain.eligibility_text import describe_requirement, describe_worker
from pulumi_mturk.marketplace.domain.qualification_types import find_type
from pulumi_mturk.marketplace.domain.system_qualification_types import SystemQualificationType, find_system_type
from pulumi_mturk.marketplace.domain.worker_attributes import WorkerAttributes, attributes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.requirements import Requirement
    from pulumi_mturk.marketplace.switches import Switches

Action = Literal["Discover", "Preview", "Accept"]
ActionsGuarded = Literal["Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"]

_ACTIONS: Final[dict[ActionsGuarded, frozenset[Action]]] = {
    "Accept": frozenset({"Accept"}),
    "PreviewAndAccept": frozenset({"Preview", "Accept"}),
    "DiscoverPreviewAndAccept": frozenset({"Discover", "Preview", "Accept"}),
}
_ORDER: Final[dict[str, Callable[[int, int], bool]]] = {
    "LessThan": operator.lt,
    "LessThanOrEqualTo": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanOrEqualTo": operator.ge,
}
_STATISTICS: Final = {
    "Worker_NumberHITsApproved": "hits_approved",
    "Worker_PercentAssignmentsApproved": "percent_approved",
    "Worker_PercentAssignmentsSubmitted": "percent_submitted",
    "Worker_PercentAssignmentsAbandoned": "percent_abandoned",
    "Worker_PercentAssignmentsReturned": "percent_returned",
    "Worker_PercentAssignmentsRejected": "percent_rejected",
}


@dataclass(frozen=True)
class Verdict:
    """The result of checking one requirement for one worker, with texts for a page."""

    requirement: Requirement
    admitted: bool
    guards: ActionsGuarded
    needed: str
    """`a score of at least 80 in 'Receipts'`"""
    has: str
    """`70`"""
    can_request: bool
    """Whether the worker could request the qualification: it is an active type of a requester."""

    @property
    def qualification_type_id(self) -> str:
        """The type that the requirement names."""
        return str(self.requirement["QualificationTypeId"])

    def sentence(self) -> str:
        """A sentence for pages and errors: "You need: a score of at least 80 in 'Receipts'. You have: 70."."""
        return f"You need: {self.needed}. You have: {self.has}."


def is_met(requirement: Requirement, attributes: WorkerAttributes, switches: Switches) -> bool:
    """Whether the worker meets the requirement."""
    of_system = find_system_type(requirement["QualificationTypeId"], switches)
    if of_system is not None and of_system.value == "locale":
        return _compare_locale(requirement, attributes)
    if of_system is not None and of_system.value == "none":
        # Masters has no value, and DoesNotExist is its complement (unknown, assumed)
        return {"Exists": attributes.masters, "DoesNotExist": not attributes.masters}.get(
            requirement["Comparator"], False
        )
    return _compare_number(requirement, _value_of(requirement["QualificationTypeId"], of_system, attributes))


def _value_of(
    qualification_type_id: str, of_system: SystemQualificationType | None, attributes: WorkerAttributes
) -> int | None:
    """The worker's number that a requirement compares; None: not held, or the type has no number.

    Every worker has the system's percentages and counts (documented), so Exists on one is always met (unknown,
    assumed). Worker_Adult is 1 for workers who consented, else 0 (documented for EqualTo 1, else unknown).
    """
    if of_system is None:
        return attributes.score_of(qualification_type_id)
    if of_system.name == "Worker_Adult":
        return int(attributes.adult)
    if of_system.name not in _STATISTICS:
        return None
    return int(getattr(attributes.statistics, _STATISTICS[of_system.name]))


def verdicts(ctx: Context, attributes: WorkerAttributes, requirements: Iterable[Requirement]) -> list[Verdict]:
    """The verdict on each requirement."""
    return [_verdict(ctx, attributes, requirement) for requirement in requirements]


def unmet_requirements(
    ctx: Context, worker_id: str, requirements: Iterable[Requirement], action: Action
) -> list[Verdict]:
    """The requirements that keep a registered worker from an action; empty if the worker may."""
    return unmet(verdicts(ctx, attributes_of(ctx, worker_id), requirements), action)


def unmet(found: Iterable[Verdict], action: Action) -> list[Verdict]:
    """The unmet ones among verdicts that guard the action."""
    return [verdict for verdict in found if not verdict.admitted and action in _ACTIONS[verdict.guards]]


def actions_guarded(requirement: Requirement) -> ActionsGuarded:
    """The actions that a requirement guards: Accept by default (documented).

    RequiredToPreview is the older form of PreviewAndAccept (guessed). Of both, the stricter holds (guessed).
    """
    guards: ActionsGuarded = requirement.get("ActionsGuarded", "Accept")
    if guards == "Accept" and requirement.get("RequiredToPreview"):
        return "PreviewAndAccept"
    return guards


def _compare_number(requirement: Requirement, value: int | None) -> bool:
    comparator, values = requirement["Comparator"], requirement.get("IntegerValues", [])
    if comparator == "DoesNotExist":
        return value is None
    if value is None:
        return False
    if comparator in _ORDER:
        return _ORDER[comparator](value, values[0])
    if comparator in ("NotEqualTo", "NotIn"):
        return value not in values
    return comparator == "Exists" or value in values


def _compare_locale(requirement: Requirement, attributes: WorkerAttributes) -> bool:
    """A country matches itself and all its states, a state itself alone (documented).

    Without a known state a worker matches no state, without a known country nothing (unknown, assumed). The territories
    of the United States count as countries or states as the address is registered (which one MTurk uses is unknown).
    """
    matches = any(
        place["Country"] == attributes.country and place.get("Subdivision") in (None, attributes.subdivision)
        for place in requirement["LocaleValues"]
    )
    return matches == (requirement["Comparator"] in ("EqualTo", "In"))


def _verdict(ctx: Context, attributes: WorkerAttributes, requirement: Requirement) -> Verdict:
    identity = requirement["QualificationTypeId"]
    of_system = find_system_type(identity, ctx.switches)
    found = find_type(ctx, identity) if of_system is None else None
    return Verdict(
        requirement,
        is_met(requirement, attributes, ctx.switches),
        actions_guarded(requirement),
        describe_requirement(requirement, of_system, None if found is None else found[0]["name"]),
        describe_worker(requirement, of_system, attributes, _value_of(identity, of_system, attributes)),
        can_request=found is not None and found[1] == "Active",
    )
