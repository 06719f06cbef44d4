"""What Mechanical Turk itself defines: comparators, guarded actions, and the qualification types of its own.

Sources: the API reference's page QualificationRequirement and the developer guide's "Selecting eligible workers"
(documented); the retired types are those of that page's older editions; the ids of the removed kinds of Masters are
those that older clients carried (observed).
"""

from typing import Literal

from pulumi_mturk.common.environment import Environment

Comparator = Literal[
    "LessThan",
    "LessThanOrEqualTo",
    "GreaterThan",
    "GreaterThanOrEqualTo",
    "EqualTo",
    "NotEqualTo",
    "Exists",
    "DoesNotExist",
    "In",
    "NotIn",
]
ActionsGuarded = Literal["Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"]

ORDERED = ("LessThan", "LessThanOrEqualTo", "GreaterThan", "GreaterThanOrEqualTo")
SINGLE = (*ORDERED, "EqualTo", "NotEqualTo")
PRESENCE = ("Exists", "DoesNotExist")
SETS = ("In", "NotIn")
FOR_LOCALES = ("EqualTo", "NotEqualTo", "In", "NotIn")

MAX_REQUIREMENTS = 10
MAX_INTEGERS = 15
MAX_LOCALES = 30
MAX_ID_BYTES = 255

LOCALE = "Worker_Locale"
APPROVAL_RATE = "Worker_PercentAssignmentsApproved"
HITS_APPROVED = "Worker_NumberHITsApproved"
ADULT = "Worker_Adult"
MASTERS = "Masters"

RETIRED = {
    "Worker_PercentAssignmentsSubmitted": "00000000000000000000",
    "Worker_PercentAssignmentsAbandoned": "00000000000000000070",
    "Worker_PercentAssignmentsReturned": "000000000000000000E0",
    "Worker_PercentAssignmentsRejected": "000000000000000000S0",
}
PERCENTAGES = (APPROVAL_RATE, *RETIRED)
_SAME_EVERYWHERE = {
    LOCALE: "00000000000000000071",
    APPROVAL_RATE: "000000000000000000L0",
    HITS_APPROVED: "00000000000000000040",
    ADULT: "00000000000000000060",
    **RETIRED,
}
MASTERS_IN_PRODUCTION = "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"
MASTERS_IN_SANDBOX = "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6"
REMOVED_MASTERS = {
    "2NDP2L92HECWY8NS8H3CK0CP5L9GHO": "Categorization Masters",
    "2F1KVCNHMVHV8E9PBUB2A4J79LU20F": "Categorization Masters",
    "21VZU98JHSTLZ5BPP4A9NOBJEK3DPG": "Photo Moderation Masters",
    "2TGBB6BFMFFOM08IBMAFGGESC1UWJX": "Photo Moderation Masters",
}

NAMES = (*_SAME_EVERYWHERE, MASTERS)
_NAME_OF = {
    **{identifier: name for name, identifier in _SAME_EVERYWHERE.items()},
    **{name: name for name in NAMES},
    MASTERS_IN_PRODUCTION: MASTERS,
    MASTERS_IN_SANDBOX: MASTERS,
}


def system_name(identifier: object) -> str | None:
    """The name of a system type, from its name or its id in any environment; None for every other type."""
    return _NAME_OF.get(identifier) if isinstance(identifier, str) else None


def system_id(name: str, environment: Environment) -> str:
    """The id of a system type in an environment; whatever is no system type's name comes back as it is."""
    if name == MASTERS:
        return MASTERS_IN_SANDBOX if environment == "sandbox" else MASTERS_IN_PRODUCTION
    return _SAME_EVERYWHERE.get(name, name)
