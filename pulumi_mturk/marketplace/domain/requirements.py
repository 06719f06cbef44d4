"""QualificationRequirements: the rules for them in a HIT or HIT type.

Documented unless a line says otherwise. That all errors but "does not exist" are `ParameterValidationError`s with the
old API's singular parameter names is observed for LocaleValue and guessed for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.domain.iso3166 import is_country, is_us_state
from pulumi_mturk.marketplace.domain.qualification_types import find_type
from pulumi_mturk.marketplace.domain.system_qualification_types import SystemQualificationType, find_system_type
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error, unknown_qualification_type

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context

MAX_REQUIREMENTS: Final = 10
MAX_INTEGERS: Final = 15
MAX_LOCALES: Final = 30
LONGEST_ID: Final = 64
"""Characters of an id of a type (documented where operations take one; a requirement's has no limit of its own)."""
_NO_VALUE: Final = frozenset({"Exists", "DoesNotExist"})
_SETS: Final = frozenset({"In", "NotIn"})
_OF_LOCALES: Final = frozenset({"EqualTo", "NotEqualTo", "In", "NotIn"})
_PREVIEW: Final = frozenset({"PreviewAndAccept", "DiscoverPreviewAndAccept"})

Requirement = dict[str, Any]


def checked_requirements(ctx: Context, requirements: list[Requirement], *, for_hit: bool) -> list[Requirement]:
    """Check requirements, and return them as a HIT gives them back; raises WireError for a broken rule.

    Two requirements on the same type are allowed: AWS itself uses two locale requirements.
    """
    if len(requirements) > MAX_REQUIREMENTS:
        detail = f"At most {MAX_REQUIREMENTS} QualificationRequirements can be used"
        raise invalid_parameter("QualificationRequirement", len(requirements), detail)
    return [_checked(ctx, requirement, for_hit=for_hit) for requirement in requirements]


def check_required_types(ctx: Context, requirements: list[Requirement], *, for_hit: bool) -> None:
    """Every required type still exists and can be required."""
    for requirement in requirements:
        _check_type(ctx, requirement["QualificationTypeId"], for_hit=for_hit)


def _checked(ctx: Context, requirement: Requirement, *, for_hit: bool) -> Requirement:
    comparator = requirement["Comparator"]
    integers: list[int] = requirement.get("IntegerValues", [])
    locales: list[dict[str, str]] = requirement.get("LocaleValues", [])
    of_system = _check_type(ctx, requirement["QualificationTypeId"], for_hit=for_hit)
    kind = of_system.value if of_system is not None else "integer"
    if comparator in _NO_VALUE:
        if integers:
            raise _must_be_null("IntegerValue", integers[0], comparator)
        if locales:
            raise _must_be_null("LocaleValue", _in_words(locales[0]), comparator)
        if kind == "locale":
            raise _bad_comparator(comparator, "Worker_Locale")
    elif kind == "none":
        raise _bad_comparator(comparator, "Masters")  # it has no value; DoesNotExist is accepted (observed)
    elif kind == "locale":
        _check_locales(comparator, integers, locales)
    else:
        _check_integers(comparator, integers, locales)
        _check_range(kind, of_system, integers)
    return _wire_form(requirement, integers, locales)


def _check_type(ctx: Context, qualification_type_id: str, *, for_hit: bool) -> SystemQualificationType | None:
    """The system type, or None for one of a requester, whoever that is, or, if a switch allows it, an unknown one."""
    of_system = find_system_type(qualification_type_id, ctx.switches)
    if of_system is not None:
        return of_system
    found = find_type(ctx, qualification_type_id)
    if found is None:
        if ctx.switches.requirement_on_unknown_type == "accept" and len(qualification_type_id) <= LONGEST_ID:
            return None
        raise unknown_qualification_type(qualification_type_id)  # observed for a Masters id of the other environment
    _, state = found
    if state == "Disposing":
        # documented: a deleted type can not be required any more; the error is guessed
        raise unknown_qualification_type(qualification_type_id)
    policy = ctx.switches.requirement_on_inactive_type
    if state == "Inactive" and (policy == "refuse_always" or (policy == "refuse_hit" and for_hit)):
        raise request_error(  # code and text guessed
            "InvalidQualificationTypeState", "This operation can be called with a status of: Active"
        )
    return None


def _check_integers(comparator: str, integers: list[int], locales: list[dict[str, str]]) -> None:
    if locales:
        raise _must_be_null("LocaleValue", _in_words(locales[0]), comparator)  # observed, two full stops included
    if not integers:
        raise invalid_parameter("IntegerValue", "null", _needed("IntegerValue", comparator))
    if comparator in _SETS:
        if len(integers) > MAX_INTEGERS:
            detail = f"At most {MAX_INTEGERS} IntegerValues can be used with the {comparator} comparator"
            raise invalid_parameter("IntegerValue", len(integers), detail)
    elif len(integers) > 1:
        detail = f"Only one IntegerValue can be used with the {comparator} comparator"
        raise invalid_parameter("IntegerValue", integers[1], detail)


def _check_range(kind: str, of_system: SystemQualificationType | None, integers: list[int]) -> None:
    """The range of system types; a requester's own types hold any integer, also negative (observed)."""
    if of_system is None:
        return
    if of_system.name == "Worker_Adult" and not {0, 1}.issuperset(integers):  # its value is a boolean (documented)
        raise invalid_parameter("IntegerValue", max(integers), f"The value of {of_system.name} is 0 or 1")
    for value in integers:
        if value < 0 or (kind == "percentage" and value > 100):
            maximum = "between 0 and 100" if kind == "percentage" else "at least 0"
            raise invalid_parameter("IntegerValue", value, f"The value of {of_system.name} is {maximum}")


def _check_locales(comparator: str, integers: list[int], locales: list[dict[str, str]]) -> None:
    if comparator not in _OF_LOCALES:
        raise _bad_comparator(comparator, "Worker_Locale")
    if integers:
        raise _must_be_null("IntegerValue", integers[0], comparator)
    if not locales:
        raise invalid_parameter("LocaleValue", "null", _needed("LocaleValue", comparator))
    if comparator in _SETS:
        if len(locales) > MAX_LOCALES:
            detail = f"At most {MAX_LOCALES} LocaleValues can be used with the {comparator} comparator"
            raise invalid_parameter("LocaleValue", len(locales), detail)
    elif len(locales) > 1:
        detail = f"Only one LocaleValue can be used with the {comparator} comparator"
        raise invalid_parameter("LocaleValue", _in_words(locales[1]), detail)
    for locale in locales:
        _check_locale(locale)


def _check_locale(locale: dict[str, str]) -> None:
    """ISO 3166 countries; subdivisions of ISO 3166-2, for the United States only."""
    country, subdivision = locale["Country"], locale.get("Subdivision")
    if not is_country(country):
        raise invalid_parameter("LocaleValue", _in_words(locale), "Country must be an ISO 3166 country code")
    if subdivision is None:
        return
    if country != "US":
        detail = "Subdivision can be used with the country US only"
        raise invalid_parameter("LocaleValue", _in_words(locale), detail)
    if not is_us_state(subdivision):
        detail = "Subdivision must be an ISO 3166-2 subdivision code"
        raise invalid_parameter("LocaleValue", _in_words(locale), detail)


def _wire_form(requirement: Requirement, integers: list[int], locales: list[dict[str, str]]) -> Requirement:
    """As a HIT gives it back: both ActionsGuarded and RequiredToPreview are there (observed).

    Both may be sent (observed). RequiredToPreview alone means PreviewAndAccept (guessed).
    """
    preview = requirement.get("RequiredToPreview")
    actions = requirement.get("ActionsGuarded", "PreviewAndAccept" if preview else "Accept")
    form: Requirement = {
        "QualificationTypeId": requirement["QualificationTypeId"],
        "Comparator": requirement["Comparator"],
    }
    if integers:
        form["IntegerValues"] = integers
    if locales:
        form["LocaleValues"] = locales
    form["RequiredToPreview"] = actions in _PREVIEW if preview is None else preview
    form["ActionsGuarded"] = actions
    return form


def _in_words(locale: dict[str, str]) -> str:
    return ",".join(part for part in (locale["Country"], locale.get("Subdivision")) if part)


def _needed(parameter: str, comparator: str) -> str:
    return f"{parameter} must not be null when used with the {comparator} comparator"


def _must_be_null(parameter: str, value: object, comparator: str) -> WireError:
    """Text observed for LocaleValue: it ends with two full stops."""
    detail = f"{parameter} must be null when used with the {comparator} comparator."
    return invalid_parameter(parameter, value, detail)


def _bad_comparator(comparator: str, name: str) -> WireError:
    return invalid_parameter("Comparator", comparator, f"{comparator} can not be used with {name}")
