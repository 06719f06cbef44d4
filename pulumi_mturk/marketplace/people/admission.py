"""Whether a worker meets the requirements of a HIT, read from the documents independently of any client.

All requirements have to be met (documented). Whoever was never granted a qualification, has a request pending or
rejected, or lost it does not hold it (documented, for a revoked one guessed). Then DoesNotExist alone is met, and
NotEqualTo and NotIn are not (documented for NotEqualTo, guessed for NotIn).
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pulumi_mturk.marketplace.people import profiles
from pulumi_mturk.marketplace.people.words import asked, had
from pulumi_mturk.marketplace.system_types import system_type
from pulumi_mturk.marketplace.type_store import find_own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pulumi_mturk.marketplace.context import Context
    from pulumi_mturk.marketplace.people.profiles import Profile, Standing
    from pulumi_mturk.marketplace.requester.requirements import Requirement
    from pulumi_mturk.marketplace.switches import Switches
    from pulumi_mturk.marketplace.system_types import SystemType

Action = Literal["Discover", "Preview", "Accept"]
Guards = Literal["Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"]

_GUARDED: Final[dict[Guards, frozenset[Action]]] = {
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
_STANDING: Final = {
    "Worker_NumberHITsApproved": "hits_approved",
    "Worker_PercentAssignmentsApproved": "percent_approved",
    "Worker_PercentAssignmentsSubmitted": "percent_submitted",
    "Worker_PercentAssignmentsAbandoned": "percent_abandoned",
    "Worker_PercentAssignmentsReturned": "percent_returned",
    "Worker_PercentAssignmentsRejected": "percent_rejected",
}


@dataclass(frozen=True)
class Facts:
    """All that requirements can ask of one worker."""

    scores: Mapping[str, int]
    """What the worker holds now: the ids of qualification types, and the scores."""
    country: str | None
    subdivision: str | None
    masters: bool
    adult: bool
    standing: Standing


@dataclass(frozen=True)
class Verdict:
    """Whether one worker meets one requirement, in words for a page."""

    requirement: Requirement
    admitted: bool
    guards: Guards
    needed: str
    """`a score of at least 80 in 'Receipts'`"""
    has: str
    """`70`"""
    can_request: bool
    """Whether the worker could ask for the qualification, or take its test: it is an active type of this place."""

    @property
    def qualification_type_id(self) -> str:
        """What the requirement is about."""
        return str(self.requirement["QualificationTypeId"])

    def sentence(self) -> str:
        """The whole of it: "You need: a score of at least 80 in 'Receipts'. You have: 70."."""
        return f"You need: {self.needed}. You have: {self.has}."


def facts_of(ctx: Context, worker_id: str) -> Facts:
    """The facts of a registered worker. Raises WorkerRefusedError for anybody else."""
    return facts_of_profile(ctx, profiles.find(ctx, worker_id))


def facts_of_profile(ctx: Context, profile: Profile) -> Facts:
    """What is on record of the worker at this moment."""
    scores = ctx.db.execute(
        "SELECT qualification_type_id, value FROM grants WHERE worker_id = ? AND status = 'Granted'",
        (profile.worker_id,),
    )
    return Facts(
        dict(scores.fetchall()),
        profile.country,
        profile.subdivision,
        profile.masters,
        profile.adult,
        profiles.standing_of(ctx, profile),
    )


def admits(requirement: Requirement, facts: Facts, switches: Switches) -> bool:
    """Whether the worker meets the requirement."""
    of_system = system_type(requirement["QualificationTypeId"], switches)
    if of_system is not None and of_system.value == "locale":
        return _compares_places(requirement, facts)
    if of_system is not None and of_system.value == "none":
        # Masters has no value, and DoesNotExist is its complement (unknown, assumed)
        return {"Exists": facts.masters, "DoesNotExist": not facts.masters}.get(requirement["Comparator"], False)
    return _compares(requirement, _value_of(requirement["QualificationTypeId"], of_system, facts))


def _value_of(qualification_type_id: str, of_system: SystemType | None, facts: Facts) -> int | None:
    """The number that a requirement compares with; None: not held, or there is no number.

    Every worker has the system's percentages and counts (documented), so Exists on one is met by all (unknown,
    assumed). Worker_Adult is 1 for who consented and 0 for who did not (documented for EqualTo 1, else unknown).
    """
    if of_system is None:
        return facts.scores.get(qualification_type_id)
    if of_system.name == "Worker_Adult":
        return int(facts.adult)
    if of_system.name not in _STANDING:
        return None
    return int(getattr(facts.standing, _STANDING[of_system.name]))


def verdicts(ctx: Context, facts: Facts, requirements: Iterable[Requirement]) -> list[Verdict]:
    """What comes out for each requirement."""
    return [_verdict(ctx, facts, requirement) for requirement in requirements]


def refusals(ctx: Context, worker_id: str, requirements: Iterable[Requirement], action: Action) -> list[Verdict]:
    """The requirements that keep the worker from doing this; none: the worker may."""
    return refusing(verdicts(ctx, facts_of(ctx, worker_id), requirements), action)


def refusing(found: Iterable[Verdict], action: Action) -> list[Verdict]:
    """Those of the verdicts that are a no to the action."""
    return [verdict for verdict in found if not verdict.admitted and action in _GUARDED[verdict.guards]]


def guards_of(requirement: Requirement) -> Guards:
    """What the requirement guards: Accept unless it says more (documented).

    RequiredToPreview is the older way to say PreviewAndAccept (guessed). Of both, the stricter holds (guessed).
    """
    guards: Guards = requirement.get("ActionsGuarded", "Accept")
    if guards == "Accept" and requirement.get("RequiredToPreview"):
        return "PreviewAndAccept"
    return guards


def _compares(requirement: Requirement, value: int | None) -> bool:
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


def _compares_places(requirement: Requirement, facts: Facts) -> bool:
    """A country matches itself and all its states, a state itself alone (documented).

    Who lives in a state that is not known, or nobody knows where, matches no state, or nothing (unknown, assumed). The
    territories of the United States are countries or states as the address is registered (which one MTurk uses is
    unknown).
    """
    matches = any(
        place["Country"] == facts.country and place.get("Subdivision") in (None, facts.subdivision)
        for place in requirement["LocaleValues"]
    )
    return matches == (requirement["Comparator"] in ("EqualTo", "In"))


def _verdict(ctx: Context, facts: Facts, requirement: Requirement) -> Verdict:
    identity = requirement["QualificationTypeId"]
    of_system = system_type(identity, ctx.switches)
    found = find_own(ctx, identity) if of_system is None else None
    return Verdict(
        requirement,
        admits(requirement, facts, ctx.switches),
        guards_of(requirement),
        asked(requirement, of_system, None if found is None else found[0]["name"]),
        had(requirement, of_system, facts, _value_of(identity, of_system, facts)),
        can_request=found is not None and found[1] == "Active",
    )
