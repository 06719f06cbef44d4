"""Requirements, and the worker's own values, as text for pages and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.iso3166 import locale_name

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.requirements import Requirement
    from pulumi_mturk.marketplace.domain.system_qualification_types import SystemQualificationType
    from pulumi_mturk.marketplace.domain.worker_attributes import WorkerAttributes

_COMPARISONS: Final = {
    "EqualTo": "of {}",
    "In": "of {}",
    "NotEqualTo": "other than {}",
    "NotIn": "other than {}",
    "LessThan": "below {}",
    "LessThanOrEqualTo": "of at most {}",
    "GreaterThan": "above {}",
    "GreaterThanOrEqualTo": "of at least {}",
}
_STATISTICS: Final = {
    "Worker_NumberHITsApproved": ("a number of approved HITs", ""),
    "Worker_PercentAssignmentsApproved": ("an approval rate", " %"),
    "Worker_PercentAssignmentsSubmitted": ("a rate of submitted work", " %"),
    "Worker_PercentAssignmentsAbandoned": ("a rate of abandoned work", " %"),
    "Worker_PercentAssignmentsReturned": ("a rate of returned work", " %"),
    "Worker_PercentAssignmentsRejected": ("a rate of rejected work", " %"),
}


def describe_requirement(requirement: Requirement, of_system: SystemQualificationType | None, name: str | None) -> str:
    """The requirement: `a score of at least 80 in 'Receipts'`. `name` is that of a type of this account."""
    comparator = requirement["Comparator"]
    if of_system is None:
        called = (
            f"'{name}'" if name is not None else f"{requirement['QualificationTypeId']}, which nobody here can give"
        )
        if comparator in ("Exists", "DoesNotExist"):
            return f"{'the' if comparator == 'Exists' else 'not the'} qualification {called}"
        return f"a score {_comparison(requirement)} in {called}"
    if of_system.value == "locale":
        places = _joined(
            [locale_name(place["Country"], place.get("Subdivision")) for place in requirement["LocaleValues"]]
        )
        return f"an address {'in' if comparator in ('EqualTo', 'In') else 'outside'} {places}"
    if of_system.value == "none":
        return f"{'the' if comparator == 'Exists' else 'not the'} Masters qualification"
    if of_system.name == "Worker_Adult":
        wanted = comparator == "EqualTo" and requirement["IntegerValues"] == [1]
        return "consent to see content for adults" + ("" if wanted else f" (1 or 0) {_comparison(requirement)}")
    subject, unit = _STATISTICS[of_system.name]
    if comparator in ("Exists", "DoesNotExist"):
        return f"{'not ' if comparator == 'DoesNotExist' else ''}{subject}"
    return f"{subject} {_comparison(requirement)}{unit}"


def describe_worker(
    requirement: Requirement, of_system: SystemQualificationType | None, attributes: WorkerAttributes, value: int | None
) -> str:
    """The worker's value for it: `70`. `value` is the number that the requirement compares, if it is a number."""
    if of_system is None:
        if value is None:
            return "not this qualification"
        return "this qualification" if requirement["Comparator"] == "DoesNotExist" else str(value)
    if of_system.value == "locale":
        if attributes.country is None:
            return "no address that is known here"
        return f"an address in {locale_name(attributes.country, attributes.subdivision)}"
    if of_system.value == "none":
        return "this qualification" if attributes.masters else "not this qualification"
    if of_system.name == "Worker_Adult":
        return "consented" if attributes.adult else "not consented"
    return f"{value}{_STATISTICS[of_system.name][1]}"


def _comparison(requirement: Requirement) -> str:
    """`of at least 80`; empty if no value is compared."""
    values = [str(value) for value in requirement.get("IntegerValues", [])]
    return _COMPARISONS[requirement["Comparator"]].format(_joined(values)) if values else ""


def _joined(words: list[str]) -> str:
    """`1, 2 or 3`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
