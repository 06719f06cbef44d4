"""A list of requirements in words, for whoever reviews a plan. The words are public: they hold no secret."""

from dataclasses import replace
from typing import Any

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.normalization import resolve
from pulumi_mturk.eligibility.requirement import Requirement, Requirements, first_unknown, is_sent

_COMPARED = {
    "LessThan": "below {}",
    "LessThanOrEqualTo": "at most {}",
    "GreaterThan": "above {}",
    "GreaterThanOrEqualTo": "at least {}",
    "EqualTo": "exactly {}",
    "NotEqualTo": "other than {}",
    "In": "one of {}",
    "NotIn": "none of {}",
}
_GUARDED = {"Accept": "", "PreviewAndAccept": "also to preview", "DiscoverPreviewAndAccept": "hidden from {}"}


def describe(requirements: Requirements, *, environment: Environment) -> list[str | Unknown]:
    """One line of English for each requirement of a checked list, in the program's order.

    A type is called by its resource's name, where the program gave the resource, or else by its id. A line that rests
    on a value that is not known yet is not known itself: words that changed between a plan and its run would break
    saved plans.
    """
    return [_line(element, environment) for element in resolve(requirements, environment=environment)]


def _line(element: Requirement | Unknown, environment: Environment) -> str | Unknown:
    if isinstance(element, Unknown):
        return element
    name = element.qualification_type_name
    told = replace(element, qualification_type_id=f"'{name}'") if isinstance(name, str) else element
    if (unknown := told.unknown) is not None:
        return unknown
    excluded = told.comparator == "DoesNotExist"
    guarded = _GUARDED[str(told.actions_guarded)].format("holders" if excluded else "others")
    remark = "; ".join(filter(None, ("excluded" if excluded else "", guarded)))
    text = f"{_rule(told)} ({remark})" if remark else _rule(told)
    return text if is_sent(told, environment) else f"in production only, not sent here: {text}"


def rule_in_words(requirement: Requirement) -> str:
    """What a requirement asks for, whatever it guards: "approval rate at least 95 %"."""
    name, comparator = requirement.qualification_type_name, requirement.comparator
    label = f"'{name}'" if isinstance(name, str) else requirement.qualification_type_id
    told = replace(
        requirement,
        qualification_type_id=label if isinstance(label, str) else "a qualification type that is not known yet",
        integer_values=_told(requirement.integer_values),
        locale_values=_told(requirement.locale_values),
    )
    if comparator in _COMPARED or comparator in system_types.PRESENCE:
        return _rule(told)
    asked = system_types.system_name(told.qualification_type_id) or told.qualification_type_id
    return f"{asked} by a comparator that is not known"


def quoted_rule(requirement: Requirement) -> str:
    """The same in a sentence: in quotation marks that it does not hold itself."""
    text = rule_in_words(requirement)
    return f'"{text}"' if "'" in text else f"'{text}'"


def _told(values: Any) -> Any:
    later = "a value that is not known yet"
    if not isinstance(values, tuple):
        return (later,) if isinstance(values, Unknown) else values
    return tuple(later if first_unknown(value) is not None else value for value in values)


def _rule(requirement: Requirement) -> str:
    identifier, comparator = requirement.qualification_type_id, str(requirement.comparator)
    name = system_types.system_name(identifier)
    label = name or identifier
    if comparator == "Exists":
        return f"holds {label}"
    if comparator == "DoesNotExist":
        return f"does not hold {label}"
    given: Any = requirement.locale_values or requirement.integer_values or ()
    values = " or ".join(map(_value, given))
    if name == system_types.LOCALE:
        return f"{'not ' if comparator.startswith('Not') else ''}located in {values}"
    compared = _COMPARED[comparator].format(values)
    match name:
        case system_types.APPROVAL_RATE:
            return f"approval rate {compared} %"
        case system_types.HITS_APPROVED:
            return f"{compared} HITs approved"
        case system_types.ADULT if (comparator, values) == ("EqualTo", "1"):
            return "agreed to adult content"
    return f"score of {label} {compared}"


def _value(value: Any) -> str:
    return "-".join(value.to_dict().values()) if isinstance(value, Locale) else str(value)
