"""The rules of one requirement, whatever stands beside it.

Each rule looks only at what it needs, so that an unknown value hides no mistake but its own. Errors rest on what is
documented or was observed; what rests on less is a warning.
"""

import re
from collections.abc import Iterator
from typing import Any, get_args

from pulumi_mturk.common.characters import control_problem
from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics, Rule
from pulumi_mturk.common.integers import INT32
from pulumi_mturk.common.output_text import MESSAGE, output_texts
from pulumi_mturk.common.text import kind_of, quoted
from pulumi_mturk.common.unknown import Malformed, Unknown, has_value, is_given
from pulumi_mturk.eligibility import iso3166, system_types
from pulumi_mturk.eligibility.locales import Locale, check_locale
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.rules import form
from pulumi_mturk.rules import requirement_values as value_rules
from pulumi_mturk.rules import requirements as rules
from pulumi_mturk.rules import system_qualification_types as system_rules

_COMPARATORS: tuple[str, ...] = get_args(system_types.Comparator)
_GUARDED: tuple[str, ...] = get_args(system_types.ActionsGuarded)
_LONGEST_WORD, _LONGEST_NAME = 100, 1000
_LIMITS = {"integerValues": system_types.MAX_INTEGERS, "localeValues": system_types.MAX_LOCALES}


def _squash(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).lower()


_MEANT = {_squash(name): name for name in (*_COMPARATORS, *_GUARDED)} | {
    **dict.fromkeys(("equal", "equals", "equalsto", "==", "="), "EqualTo"),
    **dict.fromkeys(("notequal", "notequals", "notequalsto", "!=", "<>"), "NotEqualTo"),
    **dict.fromkeys(("lessthanorequal", "lessthanorequals", "lessthanorequalsto", "<="), "LessThanOrEqualTo"),
    **dict.fromkeys(
        ("greaterthanorequal", "greaterthanorequals", "greaterthanorequalsto", ">="), "GreaterThanOrEqualTo"
    ),
    "<": "LessThan",
    ">": "GreaterThan",
    "exist": "Exists",
    "notexists": "DoesNotExist",
    "doesnotexists": "DoesNotExist",
    "preview": "PreviewAndAccept",
    "discover": "DiscoverPreviewAndAccept",
}


def check_requirement(requirement: Requirement) -> Diagnostics:
    """What is wrong or doubtful with a requirement as it stands alone, in any environment."""
    if paths := list(output_texts(requirement.to_dict())):
        yield from (form.OUTPUT_IN_TEXT.at(path, MESSAGE) for path in paths)
        return
    yield from requirement.problems
    yield from _type_id(requirement.qualification_type_id)
    yield from _type_name(requirement.qualification_type_name)
    if requirement.comparator is None:
        yield rules.NO_COMPARATOR.at("comparator", f"is missing; write one of {', '.join(_COMPARATORS)}")
    yield from _one_of(rules.UNKNOWN_COMPARATOR, "comparator", requirement.comparator, _COMPARATORS)
    yield from _one_of(rules.UNKNOWN_ACTIONS, "actionsGuarded", requirement.actions_guarded, _GUARDED)
    yield from _integers(requirement)
    yield from _locales(requirement)
    if isinstance(requirement.production_only, Malformed):
        yield rules.MARKER_NOT_A_TRUTH_VALUE.at(
            "productionOnly", f"is {kind_of(requirement.production_only.value)}; write true or false"
        )
    yield from _kind_of_value(requirement)
    yield from _number_of_values(requirement)
    yield from _system_type(requirement)


def not_a_requirement(value: object) -> Diagnostic:
    """What to say of a value that is no requirement: it may be a resource that has one."""
    has_one = has_value(value) and "requirement" in getattr(value, "__dict__", {})
    instead = "its .requirement" if has_one else "a QualificationRequirement or a dict"
    return rules.NOT_A_REQUIREMENT.at("", f"is {kind_of(value)}, not a requirement; write {instead}")


def _type_id(value: str | Unknown | None) -> Diagnostics:
    path = "qualificationTypeId"
    if value is None:
        yield rules.NO_TYPE.at(path, "is missing; write a qualification type, its id, or the name of a system type")
    if isinstance(value, Malformed):
        yield rules.TYPE_OF_ANOTHER_KIND.at(
            path, f"is {kind_of(value.value)}; write a qualification type or its id, a text"
        )
    if not isinstance(value, str):
        return
    size = len(value.encode("utf-8", "surrogatepass"))
    if not 1 <= size <= system_types.MAX_ID_BYTES:
        yield rules.TYPE_ID_LENGTH.at(path, f"is {size} bytes long; an id has 1 to {system_types.MAX_ID_BYTES}")
        return
    if value.startswith("urn:pulumi:"):
        said = "is the URN of a component, which has no id; write that of a type, in YAML ${past.qualificationTypeId}"
        yield rules.TYPE_OF_ANOTHER_KIND.at(path, said)
        return
    yield from _control(path, value)
    kind = system_types.REMOVED_MASTERS.get(value)
    if kind:
        yield system_rules.REMOVED_MASTERS.at(path, f"is {kind}, which Amazon removed in 2015; use masters()")
    name = system_types.system_name(value)
    meant = next((known for known in system_types.NAMES if _same_name(known, value)), None)
    if name is None and meant:
        yield system_rules.MISSPELT_SYSTEM_TYPE.at(path, f"{quoted(value)} is no system type; write {meant!r}")
    if name in system_types.RETIRED:
        yield system_rules.RETIRED_SYSTEM_TYPE.at(
            path,
            f"{name} is gone from today's documentation, and may be refused; use {system_types.APPROVAL_RATE} or "
            f"{system_types.HITS_APPROVED}",
        )


def _type_name(value: str | Unknown | None) -> Diagnostics:
    """What a plan calls the type: a word for people, never sent."""
    path = "qualificationTypeName"
    if not isinstance(value, str):
        return
    if len(value) > _LONGEST_NAME:
        yield form.LENGTH.at(path, f"must have at most {_LONGEST_NAME} characters")
    else:
        yield from _control(path, value)


def _control(path: str, value: str) -> Diagnostics:
    if problem := control_problem(value):
        yield form.CONTROL_CHARACTER.at(path, problem)


def _same_name(known: str, written: str) -> bool:
    return _squash(written).removeprefix("worker") == _squash(known).removeprefix("worker")


def _one_of(rule: Rule, path: str, value: Any, allowed: tuple[str, ...]) -> Diagnostics:
    if not is_given(value) or value in allowed:
        return
    written = value.value if isinstance(value, Malformed) else value
    meant = _MEANT.get(_squash(written)) if isinstance(written, str) and len(written) <= _LONGEST_WORD else None
    if meant in allowed:
        yield rule.at(path, f"{quoted(written)} is not a value of this member; write {meant!r}")
    else:
        yield rule.at(path, f"{quoted(written)} is not a value of this member; write one of {', '.join(allowed)}")


def _integers(requirement: Requirement) -> Diagnostics:
    values = requirement.integer_values
    if isinstance(values, Malformed):
        hint = f"[{values.value}]" if _is_score(values.value) else "[95]"
        yield value_rules.NUMBERS_NOT_A_LIST.at(
            "integerValues", f"is {kind_of(values.value)}, not a list; write a list such as {hint}"
        )
    if not isinstance(values, tuple):
        return
    name = system_types.system_name(requirement.qualification_type_id)
    for index, value in enumerate(values):
        yield from _integer(f"integerValues[{index}]", name, value)


def _integer(path: str, name: str | None, value: int | Unknown) -> Diagnostics:
    if isinstance(value, Malformed):
        more = "" if value.value is None else ", without quotes or decimals"
        yield value_rules.NOT_A_WHOLE_NUMBER.at(path, f"is {kind_of(value.value)}; write a whole number{more}")
    elif not isinstance(value, int):
        return
    elif value not in INT32:
        yield value_rules.BEYOND_32_BITS.at(path, "is beyond 32 bits; a score is between -2147483648 and 2147483647")
    elif name in system_types.PERCENTAGES and not 0 <= value <= 100:
        what = "an approval rate" if name == system_types.APPROVAL_RATE else name
        yield system_rules.NOT_A_PERCENTAGE.at(path, f"is {value}; {what} is a percentage, 0 to 100")
    elif name == system_types.APPROVAL_RATE and value == 1:
        yield system_rules.ONE_PERCENT.at(path, "is 1 %; if all is meant, write 100")
    elif name == system_types.ADULT and value not in (0, 1):
        yield system_rules.ADULT_VALUE.at(
            path, f"is {value}; it is 1 for who agreed to adult content, else 0; write adult()"
        )
    elif name is not None and value < 0:
        yield system_rules.NEVER_BELOW_ZERO.at(path, f"is {value}; {name} is never below 0; write 0 or more")


def _is_score(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in INT32


def _locales(requirement: Requirement) -> Diagnostics:
    values = requirement.locale_values
    if isinstance(values, Malformed):
        kind = kind_of(values.value)
        yield value_rules.LOCALES_NOT_A_LIST.at(
            "localeValues", f"is {kind}, not a list; write a list such as [Locale('US')]"
        )
    if not isinstance(values, tuple):
        return
    for index, value in enumerate(values):
        for diagnostic in _locale(value):
            yield diagnostic.under(f"localeValues[{index}]")
    yield from _in_both(values)


def _locale(value: Locale | Unknown) -> Diagnostics:
    if isinstance(value, Malformed):
        kind = kind_of(value.value)
        yield value_rules.NOT_A_LOCALE.at("", f"is {kind}, not a locale; write Locale('US') or Locale('US', 'CA')")
    elif isinstance(value, Locale):
        yield from check_locale(value)


def _in_both(values: tuple[Locale | Unknown, ...]) -> Diagnostics:
    """Places that ISO 3166 lists twice: which of the two codes Mechanical Turk stores is not known."""
    places_named = [value.codes if isinstance(value, Locale) else (None, None) for value in values]
    if any(code is None for pair in places_named for code in pair):
        return
    named = set(places_named)
    for index, (country, subdivision) in enumerate(places_named):
        if country in iso3166.IN_BOTH and not {("US", country), ("US", "")} & named:
            other, code = f"Locale('US', '{country}')", country
        elif country == "US" and subdivision in iso3166.IN_BOTH and (subdivision, "") not in named:
            other, code = f"Locale('{subdivision}')", subdivision
        else:
            continue
        message = f"{code} is a country code and a subdivision of the US, and which of them Mechanical Turk uses is "
        yield value_rules.PLACE_WITH_TWO_CODES.at(
            f"localeValues[{index}]", f"{message}not known; write In or NotIn with {other} too"
        )


def _kind_of_value(requirement: Requirement) -> Diagnostics:
    """Whole numbers or locales: the type decides, and the comparator too."""
    identifier, comparator = requirement.qualification_type_id, requirement.comparator
    integers, locales = is_given(requirement.integer_values), is_given(requirement.locale_values)
    name = system_types.system_name(identifier)
    if not isinstance(identifier, str):
        if integers and locales:
            yield value_rules.NUMBERS_AND_LOCALES.at(
                "", "has integerValues and localeValues; a qualification has values of one kind only"
            )
        elif locales and comparator in system_types.ORDERED:
            yield value_rules.LOCALES_FOR_OTHER_TYPE.at(
                "localeValues", f"{comparator} compares whole numbers; write In or NotIn"
            )
    elif name == system_types.LOCALE:
        if integers:
            yield value_rules.LOCATION_WITH_NUMBERS.at(
                "integerValues", "a location is not a number; write localeValues=[Locale('US')]"
            )
        if comparator in _COMPARATORS and comparator not in system_types.FOR_LOCALES:
            yield value_rules.COMPARATOR_FOR_LOCATIONS.at(
                "comparator", f"{comparator} does not go with a location; write EqualTo, NotEqualTo, In or NotIn"
            )
    elif locales:
        yield value_rules.LOCALES_FOR_OTHER_TYPE.at(
            "localeValues", f"only {system_types.LOCALE} is compared with locales; leave it out"
        )


def _number_of_values(requirement: Requirement) -> Diagnostics:
    comparator, name = requirement.comparator, system_types.system_name(requirement.qualification_type_id)
    given = [(path, values) for path, values in _values(requirement) if values is not None]
    for path, values in given:
        if not is_given(values):
            continue
        if comparator in system_types.PRESENCE:
            yield value_rules.VALUE_WITHOUT_USE.at(path, f"{comparator} compares with no value; leave it out")
        elif comparator in system_types.SINGLE and isinstance(values, tuple) and len(values) != 1:
            sets = "In" if comparator != "NotEqualTo" else "NotIn"
            instead = f"; write {sets} for several" if comparator not in system_types.ORDERED else ""
            yield value_rules.ONE_VALUE_ONLY.at(
                path, f"{comparator} takes exactly one value, {len(values)} are given{instead}"
            )
        elif isinstance(values, tuple) and len(values) > _LIMITS[path]:
            yield value_rules.TOO_MANY_VALUES.at(
                path, f"{len(values)} values are given, at most {_LIMITS[path]} are allowed{_few(path)}"
            )
    needs_value = comparator in (*system_types.SINGLE, *system_types.SETS)
    if needs_value and not given and name != system_types.MASTERS:
        path = "localeValues" if name == system_types.LOCALE else "integerValues"
        count = "exactly one value" if comparator in system_types.SINGLE else "at least one value"
        yield value_rules.NO_VALUE.at(path, f"is missing; {comparator} takes {count}")


def _values(requirement: Requirement) -> Iterator[tuple[str, Any]]:
    yield "integerValues", requirement.integer_values
    yield "localeValues", requirement.locale_values


def _few(path: str) -> str:
    if path == "localeValues":
        return "; EqualTo US beside NotIn with the states to leave out may say the same"
    return ""


def _system_type(requirement: Requirement) -> Diagnostics:
    name, comparator = system_types.system_name(requirement.qualification_type_id), requirement.comparator
    if name == system_types.MASTERS:
        yield from _masters(requirement)
    elif name == system_types.ADULT:
        yield from _adult(requirement)
    elif name in (system_types.APPROVAL_RATE, system_types.HITS_APPROVED) and comparator in (
        *system_types.SETS,
        *system_types.PRESENCE,
    ):
        yield system_rules.UNDOCUMENTED_COMPARISON.at(
            "comparator",
            f"what {comparator} means for {name} is not documented; write a comparison such as GreaterThanOrEqualTo",
        )


def _masters(requirement: Requirement) -> Diagnostics:
    comparator = requirement.comparator
    if comparator in (*system_types.SINGLE, *system_types.SETS):
        yield system_rules.MASTERS_WITH_VALUE.at(
            "comparator", "Masters has no value to compare with; write Exists, without values"
        )
    elif comparator not in system_types.PRESENCE and is_given(requirement.integer_values):
        yield system_rules.MASTERS_WITH_VALUE.at("integerValues", "Masters has no value to compare with; leave it out")
    elif comparator == "DoesNotExist":
        yield system_rules.MASTERS_EXCLUDED.at(
            "comparator",
            "whether Masters can be excluded is not documented; try it in the sandbox first",
        )


def _adult(requirement: Requirement) -> Diagnostics:
    comparator, values = requirement.comparator, requirement.integer_values
    # Another number than 0 or 1 is an error of its own.
    known_other_value = isinstance(values, tuple) and any(is_given(value) and value == 0 for value in values)
    if (is_given(comparator) and comparator != "EqualTo") or known_other_value:
        yield system_rules.ADULT_COMPARISON.at(
            "comparator",
            f"only EqualTo 1 is documented for {system_types.ADULT} (who agreed to adult content); write adult()",
        )
    if requirement.actions_guarded == "Accept":
        yield system_rules.ADULT_PREVIEW.at(
            "actionsGuarded",
            "anybody can preview the adult content; write 'PreviewAndAccept', or adult()",
        )
