"""Requirements, and what a worker has to show for them, in words for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.places import place_in_words

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.people.admission import Facts
    from pulumi_mturk.marketplace.requester.requirements import Requirement
    from pulumi_mturk.marketplace.system_types import SystemType

_COMPARED: Final = {
    "EqualTo": "of {}",
    "In": "of {}",
    "NotEqualTo": "other than {}",
    "NotIn": "other than {}",
    "LessThan": "below {}",
    "LessThanOrEqualTo": "of at most {}",
    "GreaterThan": "above {}",
    "GreaterThanOrEqualTo": "of at least {}",
}
_OF_STANDING: Final = {
    "Worker_NumberHITsApproved": ("a number of approved HITs", ""),
    "Worker_PercentAssignmentsApproved": ("an approval rate", " %"),
    "Worker_PercentAssignmentsSubmitted": ("a rate of submitted work", " %"),
    "Worker_PercentAssignmentsAbandoned": ("a rate of abandoned work", " %"),
    "Worker_PercentAssignmentsReturned": ("a rate of returned work", " %"),
    "Worker_PercentAssignmentsRejected": ("a rate of rejected work", " %"),
}


def asked(requirement: Requirement, of_system: SystemType | None, name: str | None) -> str:
    """What a requirement asks for: `a score of at least 80 in 'Receipts'`. `name` is of a type of this place."""
    comparator = requirement["Comparator"]
    if of_system is None:
        called = (
            f"'{name}'" if name is not None else f"{requirement['QualificationTypeId']}, which nobody here can give"
        )
        if comparator in ("Exists", "DoesNotExist"):
            return f"{'the' if comparator == 'Exists' else 'not the'} qualification {called}"
        return f"a score {_compared(requirement)} in {called}"
    if of_system.value == "locale":
        places = _in_a_row(
            [place_in_words(place["Country"], place.get("Subdivision")) for place in requirement["LocaleValues"]]
        )
        return f"an address {'in' if comparator in ('EqualTo', 'In') else 'outside'} {places}"
    if of_system.value == "none":
        return f"{'the' if comparator == 'Exists' else 'not the'} Masters qualification"
    if of_system.name == "Worker_Adult":
        wanted = comparator == "EqualTo" and requirement["IntegerValues"] == [1]
        return "consent to see content for adults" + ("" if wanted else f" (1 or 0) {_compared(requirement)}")
    subject, unit = _OF_STANDING[of_system.name]
    if comparator in ("Exists", "DoesNotExist"):
        return f"{'not ' if comparator == 'DoesNotExist' else ''}{subject}"
    return f"{subject} {_compared(requirement)}{unit}"


def had(requirement: Requirement, of_system: SystemType | None, facts: Facts, value: int | None) -> str:
    """What a worker has to show for it: `70`. `value` is what the requirement compares with, where that is a number."""
    if of_system is None:
        if value is None:
            return "not this qualification"
        return "this qualification" if requirement["Comparator"] == "DoesNotExist" else str(value)
    if of_system.value == "locale":
        if facts.country is None:
            return "no address that is known here"
        return f"an address in {place_in_words(facts.country, facts.subdivision)}"
    if of_system.value == "none":
        return "this qualification" if facts.masters else "not this qualification"
    if of_system.name == "Worker_Adult":
        return "consented" if facts.adult else "not consented"
    return f"{value}{_OF_STANDING[of_system.name][1]}"


def _compared(requirement: Requirement) -> str:
    """`of at least 80`; nothing where no value is compared."""
    values = [str(value) for value in requirement.get("IntegerValues", [])]
    return _COMPARED[requirement["Comparator"]].format(_in_a_row(values)) if values else ""


def _in_a_row(words: list[str]) -> str:
    """`1, 2 or 3`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
