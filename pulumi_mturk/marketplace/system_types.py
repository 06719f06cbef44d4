"""The qualification types of the system: ids, names and what a requirement on them may compare (documented)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.switches import Switches


@dataclass(frozen=True)
class SystemType:
    """A qualification type that every database has and nobody owns."""

    id: str
    name: str
    description: str
    value: Literal["none", "integer", "percentage", "locale"]
    environment: Literal["both", "production", "sandbox"] = "both"
    retired: bool = False
    """In the oldest documents only: no longer listed; whether it is accepted is a switch."""


_CREATION_TIME: Final = 1_130_803_200.0
"""Midnight of 2005-11-01, when the service opened (guessed)."""

SYSTEM_TYPES: Final = (
    SystemType(
        "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH",
        "Masters",
        "Workers who have shown consistent success over a wide range of HITs.",
        "none",
        "production",
    ),
    SystemType(
        "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6",
        "Masters",
        "Stands for the Masters qualification in the sandbox.",
        "none",
        "sandbox",
    ),
    SystemType(
        "00000000000000000040",
        "Worker_NumberHITsApproved",
        "The number of HITs that a worker submitted and that were approved.",
        "integer",
    ),
    SystemType(
        "000000000000000000L0",
        "Worker_PercentAssignmentsApproved",
        "The percentage of a worker's submitted assignments that were approved.",
        "percentage",
    ),
    SystemType(
        "00000000000000000060",
        "Worker_Adult",
        "Whether a worker agreed to see content for adults.",
        "integer",
    ),
    SystemType(
        "00000000000000000071",
        "Worker_Locale",
        "Where a worker lives, by the mailing address.",
        "locale",
    ),
    SystemType("00000000000000000000", "Worker_PercentAssignmentsSubmitted", "", "percentage", retired=True),
    SystemType("00000000000000000070", "Worker_PercentAssignmentsAbandoned", "", "percentage", retired=True),
    SystemType("000000000000000000E0", "Worker_PercentAssignmentsReturned", "", "percentage", retired=True),
    SystemType("000000000000000000S0", "Worker_PercentAssignmentsRejected", "", "percentage", retired=True),
)
_BY_ID: Final = {system_type.id: system_type for system_type in SYSTEM_TYPES}


def system_type(qualification_type_id: str, switches: Switches) -> SystemType | None:
    """The system's type with this id where it exists in the environment, or None.

    The sandbox's Masters id does not exist in production (observed), nor the reverse (guessed).
    """
    found = _BY_ID.get(qualification_type_id)
    return found if found is not None and _exists(found, switches) else None


def listed(switches: Switches) -> list[SystemType]:
    """The system's types that can be looked up and listed."""
    return [found for found in SYSTEM_TYPES if not found.retired and _exists(found, switches)]


def as_qualification_type(found: SystemType) -> dict[str, Any]:
    """The wire form; a worker cannot request a type of the system (documented)."""
    return {
        "QualificationTypeId": found.id,
        "CreationTime": _CREATION_TIME,
        "Name": found.name,
        "Description": found.description,
        "QualificationTypeStatus": "Active",
        "IsRequestable": False,
        "AutoGranted": False,
    }


def _exists(found: SystemType, switches: Switches) -> bool:
    if found.retired:
        return switches.retired_system_types == "accept"
    return "both" in (found.environment, switches.environment) or found.environment == switches.environment
