"""What a plan can't know and the endpoint can: how many hold a type, and which HITs are open."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_mturk.fees import MANY
from pulumi_mturk.provider.model import Args
from pulumi_mturk.review.plan import Plan

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


def asked_about(plan: Plan) -> tuple[list[str], list[str], list[Args]]:
    """The ids of a plan's types and of the HIT types that it changes, and where it says that these were made."""
    ours = [step for step in plan.steps if step.kind and step.custom and step.before is not None]
    types = [step for step in ours if step.kind == "QualificationType"]
    hit_types = [step for step in ours if step.kind == "HITType" and step.changes]
    ids = [[step.before.id for step in some if step.before and step.before.id] for some in (types, hit_types)]
    members = ("environment", "endpointHost")
    pins = {tuple(step.before.inputs.get(name) for name in members) for step in ours if step.before}
    recorded = [dict(zip(members, pin, strict=True)) for pin in pins if all(isinstance(one, str) for one in pin)]
    return ids[0], ids[1], [Args.load(one) for one in sorted(recorded, key=str)]


def ask(
    provider: "ProviderInstance", type_ids: Iterable[str], hit_type_ids: Iterable[str], now: datetime.datetime
) -> Live:
    """Ask the endpoint for both. Raises MturkError."""
    wanted = set(hit_type_ids)
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
        holders={each: number for each in sorted(set(type_ids)) if (number := _holders(provider, each)) is not None},
        open_hits=counted,
    )


def _holders(provider: "ProviderInstance", type_id: str) -> int | None:
    """How many hold a type; None where the endpoint does not tell, as of a type that is not ours."""
    from pulumi_mturk.api.errors import ApiError

    try:
        number, more = provider.client.count_holders(type_id)
    except ApiError:
        return None
    return None if more else number
