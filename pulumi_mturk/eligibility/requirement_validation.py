"""What one requirement must look like, whatever stands beside it.

Each rule looks only at what it needs, so that an unknown value hides no mistake but its own. Errors rest on what is
documented or was observed; what rests on less is a warning.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.integers import INT32
from pulumi_mturk.common.unknown import has_value
from pulumi_mturk.eligibility import iso3166, system_types
from pulumi_mturk.eligibility.parsing import kind_of

Members = Mapping[str, Any]

_COMPARATORS: tuple[str, ...] = get_args(system_types.Comparator)
_GUARDED: tuple[str, ...] = get_args(system_types.ActionsGuarded)
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


def check_form(members: Members) -> Diagnostics:
    """What is wrong or doubtful with a requirement as it stands alone, in any environment."""
    yield from _type_id(members)
    yield from _one_of("comparator", members, _COMPARATORS)
    yield from _one_of("actionsGuarded", members, _GUARDED)
    yield from _integers(members)
    yield from _locales(members)
    yield from _marker(members)
    yield from _kind_of_value(members)
    yield from _number_of_values(members)
    yield from _system_type(members)


def check_locale(locale: Any) -> Diagnostics:
    """What is wrong with one locale, given as its camelCase members."""
    if not isinstance(locale, Mapping):
        yield Diagnostic("", f"is {kind_of(locale)}, not a locale; write Locale('US') or Locale('US', 'CA')")
        return
    country, subdivision = locale.get("country"), locale.get("subdivision")
    if country is None:
        yield Diagnostic("country", "is missing; write the two letters of ISO 3166-1, such as 'US'")
    if has_value(country) and (problem := _place(country, iso3166.country_problem)):
        yield Diagnostic("country", problem)
    if not has_value(subdivision):
        return
    if has_value(country) and country != "US":
        yield Diagnostic("subdivision", "only the US has subdivisions in Mechanical Turk; leave it out")
    elif problem := _place(subdivision, iso3166.subdivision_problem):
        yield Diagnostic("subdivision", problem)


def _place(code: Any, problem: Callable[[str], str | None]) -> str | None:
    return problem(code) if isinstance(code, str) else f"is {kind_of(code)}; write a two-letter code"


def _type_id(members: Members) -> Diagnostics:
    path, value = "qualificationTypeId", members.get("qualificationTypeId")
    if value is None:
        yield Diagnostic(path, "is missing; write a qualification type, its id, or the name of a system type")
    if not has_value(value):
        return
    if not isinstance(value, str):
        yield Diagnostic(path, f"is {kind_of(value)}; write a qualification type or its id, a text")
        return
    if not value or len(value.encode()) > system_types.MAX_ID_BYTES:
        yield Diagnostic(path, f"is {len(value.encode())} bytes long; an id has 1 to {system_types.MAX_ID_BYTES}")
    kind = system_types.REMOVED_MASTERS.get(value)
    if kind:
        yield Diagnostic(path, f"is {kind}, which Amazon removed in 2015; use masters()")
    name = system_types.system_name(value)
    meant = next((known for known in system_types.NAMES if _same_name(known, value)), None)
    if name is None and meant:
        yield Diagnostic(path, f"{value!r} is no system type; write {meant!r}")
    if name in system_types.RETIRED:
        yield Diagnostic(
            path,
            f"{name} is gone from today's documentation, and may be refused; use {system_types.APPROVAL_RATE} or "
            f"{system_types.HITS_APPROVED}",
            "warning",
        )


def _same_name(known: str, written: str) -> bool:
    return _squash(written).removeprefix("worker") == _squash(known).removeprefix("worker")


def _one_of(path: str, members: Members, allowed: tuple[str, ...]) -> Diagnostics:
    value = members.get(path)
    if value is None and path == "comparator":
        yield Diagnostic(path, f"is missing; write one of {', '.join(allowed)}")
    if not has_value(value) or value in allowed:
        return
    meant = _MEANT.get(_squash(value)) if isinstance(value, str) else None
    if meant in allowed:
        yield Diagnostic(path, f"{value!r} is not a value of this member; write {meant!r}")
    else:
        yield Diagnostic(path, f"{value!r} is not a value of this member; write one of {', '.join(allowed)}")


def _integers(members: Members) -> Diagnostics:
    values = members.get("integerValues")
    if not has_value(values):
        return
    if not isinstance(values, list):
        hint = f"[{values}]" if _is_whole(values) else "[95]"
        yield Diagnostic("integerValues", f"is {kind_of(values)}, not a list; write a list such as {hint}")
        return
    name = system_types.system_name(members.get("qualificationTypeId"))
    for index, value in enumerate(values):
        path = f"integerValues[{index}]"
        if not has_value(value):
            if value is None:
                yield Diagnostic(path, "is nothing; write a whole number")
        elif not _is_whole(value):
            yield Diagnostic(path, f"is {kind_of(value)}; write a whole number, without quotes or decimals")
        elif value not in INT32:
            yield Diagnostic(path, "is beyond 32 bits; a score is between -2147483648 and 2147483647")
        elif name in system_types.PERCENTAGES and not 0 <= value <= 100:
            what = "an approval rate" if name == system_types.APPROVAL_RATE else name
            yield Diagnostic(path, f"is {value}; {what} is a percentage, 0 to 100")
        elif name is not None and value < 0:
            yield Diagnostic(path, f"is {value}; {name} is never below 0; write 0 or more")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _locales(members: Members) -> Diagnostics:
    values = members.get("localeValues")
    if not has_value(values):
        return
    if not isinstance(values, list):
        yield Diagnostic("localeValues", f"is {kind_of(values)}, not a list; write a list such as [Locale('US')]")
        return
    for index, value in enumerate(values):
        path = f"localeValues[{index}]"
        if value is None or has_value(value):
            yield from (diagnostic.under(path) for diagnostic in check_locale(value))
    yield from _in_both(values)


def _in_both(values: list[Any]) -> Diagnostics:
    """Places that ISO 3166 lists twice: which of the two codes Mechanical Turk stores is not known."""
    places_named = [_codes(value) for value in values]
    if any(code is None for pair in places_named for code in pair):
        return
    for index, (country, subdivision) in enumerate(places_named):
        if country in iso3166.IN_BOTH and not {("US", country), ("US", "")} & set(places_named):
            other, code = f"Locale('US', '{country}')", country
        elif country == "US" and subdivision in iso3166.IN_BOTH and (subdivision, "") not in places_named:
            other, code = f"Locale('{subdivision}')", subdivision
        else:
            continue
        message = f"{code} is a country code and a subdivision of the US, and which of them Mechanical Turk uses is "
        yield Diagnostic(f"localeValues[{index}]", f"{message}not known; write In or NotIn with {other} too", "warning")


def _codes(locale: Any) -> tuple[str | None, str | None]:
    """Country and subdivision, "" for no subdivision, None for what is unknown or can't be read."""
    if not isinstance(locale, Mapping):
        return None, None
    country, subdivision = locale.get("country"), locale.get("subdivision", "")
    return country if isinstance(country, str) else None, subdivision if isinstance(subdivision, str) else None


def _marker(members: Members) -> Diagnostics:
    value = members.get("productionOnly")
    if has_value(value) and not isinstance(value, bool):
        yield Diagnostic("productionOnly", f"is {kind_of(value)}; write true or false")


def _kind_of_value(members: Members) -> Diagnostics:
    """Whole numbers or locales: the type decides, and the comparator too."""
    identifier, comparator = members.get("qualificationTypeId"), members.get("comparator")
    integers, locales = has_value(members.get("integerValues")), has_value(members.get("localeValues"))
    name = system_types.system_name(identifier)
    if not isinstance(identifier, str):
        if integers and locales:
            yield Diagnostic("", "has integerValues and localeValues; a qualification has values of one kind only")
        elif locales and comparator in system_types.ORDERED:
            yield Diagnostic("localeValues", f"{comparator} compares whole numbers; write In or NotIn")
    elif name == system_types.LOCALE:
        if integers:
            yield Diagnostic("integerValues", "a location is not a number; write localeValues=[Locale('US')]")
        if comparator in _COMPARATORS and comparator not in system_types.FOR_LOCALES:
            yield Diagnostic(
                "comparator", f"{comparator} does not go with a location; write EqualTo, NotEqualTo, In or NotIn"
            )
    elif locales:
        yield Diagnostic("localeValues", f"only {system_types.LOCALE} is compared with locales; leave it out")


def _number_of_values(members: Members) -> Diagnostics:
    comparator, name = members.get("comparator"), system_types.system_name(members.get("qualificationTypeId"))
    given = {path: members[path] for path in _LIMITS if members.get(path) is not None}
    for path, values in given.items():
        if not has_value(values):
            continue
        if comparator in system_types.PRESENCE:
            yield Diagnostic(path, f"{comparator} compares with no value; leave it out")
        elif comparator in system_types.SINGLE and isinstance(values, list) and len(values) != 1:
            sets = "In" if comparator != "NotEqualTo" else "NotIn"
            instead = f"; write {sets} for several" if comparator not in system_types.ORDERED else ""
            yield Diagnostic(path, f"{comparator} takes exactly one value, {len(values)} are given{instead}")
        elif isinstance(values, list) and len(values) > _LIMITS[path]:
            yield Diagnostic(path, f"{len(values)} values are given, at most {_LIMITS[path]} are allowed{_few(path)}")
    needs_value = comparator in (*system_types.SINGLE, *system_types.SETS)
    if needs_value and not given and name != system_types.MASTERS:
        path = "localeValues" if name == system_types.LOCALE else "integerValues"
        count = "exactly one value" if comparator in system_types.SINGLE else "at least one value"
        yield Diagnostic(path, f"is missing; {comparator} takes {count}")


def _few(path: str) -> str:
    if path == "localeValues":
        return "; EqualTo US beside NotIn with the states to leave out may say the same"
    return ""


def _system_type(members: Members) -> Diagnostics:
    name, comparator = system_types.system_name(members.get("qualificationTypeId")), members.get("comparator")
    if name == system_types.MASTERS:
        yield from _masters(members)
    elif name == system_types.ADULT:
        yield from _adult(members)
    elif name in (system_types.APPROVAL_RATE, system_types.HITS_APPROVED) and comparator in (
        *system_types.SETS,
        *system_types.PRESENCE,
    ):
        yield Diagnostic(
            "comparator",
            f"what {comparator} means for {name} is not documented; write a comparison such as GreaterThanOrEqualTo",
            "warning",
        )


def _masters(members: Members) -> Diagnostics:
    comparator = members.get("comparator")
    if comparator in (*system_types.SINGLE, *system_types.SETS):
        yield Diagnostic("comparator", "Masters has no value to compare with; write Exists, without values")
    elif comparator not in system_types.PRESENCE and has_value(members.get("integerValues")):
        yield Diagnostic("integerValues", "Masters has no value to compare with; leave it out")
    elif comparator == "DoesNotExist":
        yield Diagnostic(
            "comparator", "whether Masters can be excluded is not documented; try it in the sandbox first", "warning"
        )


def _adult(members: Members) -> Diagnostics:
    comparator, values = members.get("comparator"), members.get("integerValues")
    known_other_value = isinstance(values, list) and any(has_value(value) and value != 1 for value in values)
    if (has_value(comparator) and comparator != "EqualTo") or known_other_value:
        yield Diagnostic(
            "comparator",
            f"only EqualTo 1 is documented for {system_types.ADULT} (who agreed to adult content); write adult()",
            "warning",
        )
    if members.get("actionsGuarded", "Accept") == "Accept":
        yield Diagnostic(
            "actionsGuarded",
            "anybody can preview the adult content; write 'PreviewAndAccept', or adult()",
            "warning",
        )
