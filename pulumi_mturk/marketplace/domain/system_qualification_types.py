"""System qualification types: ids, names and what a requirement on them may compare (documented)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.switches import Switches


@dataclass(frozen=True)
class SystemQualificationType:
    """A qualification type that exists in every database and belongs to no requester."""

    id: str
    name: str
    description: str
    value: Literal["none", "integer", "percentage", "locale"]
    environment: Literal["both", "production", "sandbox"] = "both"
    retired: bool = False
    """Only in the oldest documents: not listed; a switch decides whether it is accepted."""


SYSTEM_TYPES: Final = (
    SystemQualificationType(
        "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH",
        "Masters",
        "Workers who have shown consistent success over a wide range of HITs.",
        "none",
        "production",
    ),
    SystemQualificationType(
        "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6",
        "Masters",
        "Stands for the Masters qualification in the sandbox.",
        "none",
        "sandbox",
    ),
    SystemQualificationType(
        "00000000000000000040",
        "Worker_NumberHITsApproved",
        "The number of HITs that a worker submitted and that were approved.",
        "integer",
    ),
    SystemQualificationType(
        "000000000000000000L0",
        "Worker_PercentAssignmentsApproved",
        "The percentage of a worker's submitted assignments that were approved.",
        "percentage",
    ),
    SystemQualificationType(
        "00000000000000000060",
        "Worker_Adult",
        "Whether a worker agreed to see content for adults.",
        "integer",
    ),
    SystemQualificationType(
        "00000000000000000071",
        "Worker_Locale",
        "Where a worker lives, by the mailing address.",
        "locale",
    ),
    SystemQualificationType(
        "00000000000000000000", "Worker_PercentAssignmentsSubmitted", "", "percentage", retired=True
    ),
    SystemQualificationType(
        "00000000000000000070", "Worker_PercentAssignmentsAbandoned", "", "percentage", retired=True
    ),
    SystemQualificationType(
        "000000000000000000E0", "Worker_PercentAssignmentsReturned", "", "percentage", retired=True
    ),
    SystemQualificationType(
        "000000000000000000S0", "Worker_PercentAssignmentsRejected", "", "percentage", retired=True
    ),
)
_BY_ID: Final = {find_system_type.id: find_system_type for find_system_type in SYSTEM_TYPES}


def find_system_type(qualification_type_id: str, switches: Switches) -> SystemQualificationType | None:
    """The system type with this id if it exists in the environment, else None.

    The sandbox's Masters id does not exist in production (observed), nor the reverse (guessed).
    """
    found = _BY_ID.get(qualification_type_id)
    return found if found is not None and _exists(found, switches) else None


def is_masters(qualification_type_id: str) -> bool:
    """Whether this is the id of Masters, in any environment."""
    found = _BY_ID.get(qualification_type_id)
    return found is not None and found.value == "none"


def listed_system_types(switches: Switches) -> list[SystemQualificationType]:
    """The system types that can be read and listed."""
    return [found for found in SYSTEM_TYPES if not found.retired and _exists(found, switches)]


def _exists(found: SystemQualificationType, switches: Switches) -> bool:
    if found.retired:
        return switches.retired_system_types == "accept"
    return "both" in (found.environment, switches.environment) or found.environment == switches.environment
