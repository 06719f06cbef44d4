"""A list of requirements in words, for whoever reviews a plan. The words are public: they hold no secret."""

from collections.abc import Mapping
from typing import Any

from pulumi_mturk.eligibility import system
from pulumi_mturk.eligibility.canonical import resolve
from pulumi_mturk.eligibility.lists import is_sent
from pulumi_mturk.model import Later
from pulumi_mturk.settings import Environment

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
_GUARDED = {"Accept": "", "PreviewAndAccept": "also to preview", "DiscoverPreviewAndAccept": "hidden from others"}
_NO_NAMES: Mapping[str, str] = {}


def describe(requirements: Any, *, environment: Environment, names: Mapping[str, str] = _NO_NAMES) -> list[str]:
    """One line of English for each requirement of a checked list, in the program's order.

    The list may have any form that `resolve` takes; what is not known yet is said to be so. `names` says what to
    call qualification types, by id; a type that is not in it is called by its id.
    """
    return [_line(element, environment, names) for element in resolve(requirements, environment=environment)]


def _line(element: dict[str, Any] | Later, environment: Environment, names: Mapping[str, str]) -> str:
    if isinstance(element, Later):
        return "a requirement not known yet"
    remarks = []
    if element.get("comparator") == "DoesNotExist":
        remarks.append("excluded")
    guarded = element["actionsGuarded"]
    remarks.append("what it guards is not known yet" if isinstance(guarded, Later) else _GUARDED[guarded])
    text, remark = _rule(element, names), "; ".join(filter(None, remarks))
    text = f"{text} ({remark})" if remark else text
    if isinstance(element.get("productionOnly"), Later):
        return f"perhaps in production only: {text}"
    return text if is_sent(element, environment) else f"in production only, not sent here: {text}"


def _rule(element: dict[str, Any], names: Mapping[str, str]) -> str:
    identifier, comparator = element["qualificationTypeId"], element["comparator"]
    name = system.system_name(identifier)
    label = _label(identifier, name, names)
    if isinstance(comparator, Later):
        return f"{label}, by a comparison not known yet"
    if comparator == "Exists":
        return f"holds {label}"
    if comparator == "DoesNotExist":
        return f"does not hold {label}"
    values = _values(element)
    if name == system.LOCALE:
        return f"{'not ' if comparator.startswith('Not') else ''}located in {values}"
    compared = _COMPARED[comparator].format(values)
    match name:
        case system.APPROVAL_RATE:
            return f"approval rate {compared} %"
        case system.HITS_APPROVED:
            return f"{compared} HITs approved"
        case system.ADULT if (comparator, values) == ("EqualTo", "1"):
            return "agreed to adult content"
    return f"score of {label} {compared}"


def _label(identifier: Any, name: str | None, names: Mapping[str, str]) -> str:
    if isinstance(identifier, Later):
        return "a qualification type not known yet"
    if name:
        return name
    return f"'{names[identifier]}' ({identifier})" if identifier in names else str(identifier)


def _values(element: dict[str, Any]) -> str:
    noun, member = ("a place", "localeValues") if "localeValues" in element else ("a value", "integerValues")
    values = element[member]
    return (
        f"{noun} not known yet" if isinstance(values, Later) else " or ".join(_value(value, noun) for value in values)
    )


def _value(value: Any, noun: str) -> str:
    parts = list(value.values()) if isinstance(value, dict) else [value]
    return f"{noun} not known yet" if any(isinstance(part, Later) for part in parts) else "-".join(map(str, parts))
