"""Rules as tests of eligibility write them where no helper of the package does."""

from typing import Any

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.eligibility import Locale, QualificationRequirement

OWN, OTHER = "3EXAMPLEONE", "3EXAMPLEOTHER"
RATE, HITS = "Worker_PercentAssignmentsApproved", "Worker_NumberHITsApproved"
COUPLED = "at least r HITs approved"


def rule(name: Any, comparator: Any, *values: int, **more: Any) -> QualificationRequirement:
    return QualificationRequirement(name, comparator, list(values) or None, **more)


def named(identifier: Any, name: str, comparator: Any = "DoesNotExist", **more: Any) -> QualificationRequirement:
    return QualificationRequirement(identifier, comparator, qualification_type_name=name, **more)


def at_least_unknown(name: Any) -> dict[str, Any]:
    return {"qualificationTypeId": name, "comparator": "GreaterThanOrEqualTo", "integerValues": [UNKNOWN]}


def not_in(*place: str) -> QualificationRequirement:
    return QualificationRequirement("Worker_Locale", "NotEqualTo", locale_values=[Locale(*place)])
