"""What a plan can't know and the endpoint can: how many hold a type, and which HITs are open."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_mturk.fees import MANY
from pulumi_mturk.provider.model import Args
from pulumi_mturk.review.plan import Plan, Side

if TYPE_CHECKING:
    from pulumi_mturk.provider.instance import ProviderInstance


@dataclass(frozen=True, kw_only=True)
class OpenHITs:
    """HITs of one HIT type that workers may still accept or submit."""

    hits: int = 0
    places: int = 0
    """Assignments that nobody has taken yet."""
    of_many: int = 0
    """How many of them have ten or more assignments."""


@dataclass(frozen=True, kw_only=True)
class Live:
    """Numbers that the endpoint has told."""

    asked_at: str
    """In UTC, to the minute."""
    holders: Mapping[str, int] = field(default_factory=dict)
    """By the id of a qualification type."""
    open_hits: Mapping[str, OpenHITs] = field(default_factory=dict)
    """By the id of a HIT type. One that is not in it has none."""
    elsewhere: frozenset[str] = frozenset()
    """Ids of types and HIT types of another place, where nobody asked."""


@dataclass(frozen=True)
class AskedAbout:
    """A type, or a HIT type that the plan changes, by its id, and where the plan says that it was made."""

    kind: str
    id: str
    pin: Args | None


def asked_about(plan: Plan) -> list[AskedAbout]:
    """What of a plan an endpoint can tell more about."""
    found = []
    for step in plan.steps:
        is_asked = step.kind == "QualificationType" or (step.kind == "HITType" and step.changes)
        if is_asked and step.custom and step.before is not None and step.before.id is not None:
            found.append(AskedAbout(step.kind, step.before.id, _pin(step.before)))
    return found


def _pin(side: Side) -> Args | None:
    pin = {name: side.inputs.get(name) for name in ("environment", "endpointHost")}
    return Args.load(pin) if all(isinstance(one, str) for one in pin.values()) else None


def ask(provider: "ProviderInstance", about: Iterable[AskedAbout], now: datetime.datetime) -> Live:
    """Ask the endpoint for both, of what was made there.

    Raises MturkError, also where all was made elsewhere: then it is the wrong one.
    """
    about = list(about)
    elsewhere = [one for one in about if one.pin is not None and not provider.is_made_here(one.pin)]
    if elsewhere and len(elsewhere) == len(about) and elsewhere[0].pin is not None:
        provider.verify_pin(elsewhere[0].pin)
    here = [one for one in about if one not in elsewhere]
    wanted = {one.id for one in here if one.kind == "HITType"}
    types = {one.id for one in here if one.kind == "QualificationType"}
    counted: dict[str, OpenHITs] = {}
    for hit in provider.client.list_hits() if wanted else ():
        if hit.hit_type_id in wanted and (hit.status == "Assignable" or hit.pending):
            so_far = counted.get(hit.hit_type_id, OpenHITs())
            counted[hit.hit_type_id] = OpenHITs(
                hits=so_far.hits + 1,
                places=so_far.places + (hit.available if hit.status == "Assignable" else 0),
                of_many=so_far.of_many + (hit.assignments >= MANY),
            )
    return Live(
        asked_at=f"{now.astimezone(datetime.UTC):%Y-%m-%d %H:%M} UTC",
        holders={each: number for each in sorted(types) if (number := _holders(provider, each)) is not None},
        open_hits=counted,
        elsewhere=frozenset(one.id for one in elsewhere),
    )


def _holders(provider: "ProviderInstance", type_id: str) -> int | None:
    """How many hold a type; None where the endpoint does not tell, as of a type that is not ours."""
    from pulumi_mturk.api.errors import ApiError

    try:
        number, more = provider.client.count_holders(type_id)
    except ApiError:
        return None
    return None if more else number
