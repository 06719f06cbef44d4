"""What one requirement must look like, whatever stands beside it.

Each rule looks only at what it needs, so that an unknown value hides no mistake but its own. Errors rest on what is
documented or was observed; what rests on less is a warning.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from pulumi_mturk.eligibility import places, system
from pulumi_mturk.eligibility.forms import kind_of
from pulumi_mturk.model import Finding, Findings, is_known

Members = Mapping[str, Any]

_COMPARATORS: tuple[str, ...] = get_args(system.Comparator)
_GUARDED: tuple[str, ...] = get_args(system.ActionsGuarded)
_LIMITS = {"integerValues": system.MAX_INTEGERS, "localeValues": system.MAX_LOCALES}


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


def check_form(members: Members) -> Findings:
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


def check_locale(locale: Any) -> Findings:
    """What is wrong with one locale, given as its camelCase members."""
    if not isinstance(locale, Mapping):
        yield Finding("", f"is {kind_of(locale)}, not a locale; write Locale('US') or Locale('US', 'CA')")
        return
    country, subdivision = locale.get("country"), locale.get("subdivision")
    if country is None:
        yield Finding("country", "is missing; write the two letters of ISO 3166-1, such as 'US'")
    if is_known(country) and (problem := _place(country, places.country_problem)):
        yield Finding("country", problem)
    if not is_known(subdivision):
        return
    if is_known(country) and country != "US":
        yield Finding("subdivision", "only the US has subdivisions in Mechanical Turk; leave it out")
    elif problem := _place(subdivision, places.subdivision_problem):
        yield Finding("subdivision", problem)


def _place(code: Any, problem: Callable[[str], str | None]) -> str | None:
    return problem(code) if isinstance(code, str) else f"is {kind_of(code)}; write a two-letter code"


def _type_id(members: Members) -> Findings:
    path, value = "qualificationTypeId", members.get("qualificationTypeId")
    if value is None:
        yield Finding(path, "is missing; write a qualification type, its id, or the name of a system type")
    if not is_known(value):
        return
    if not isinstance(value, str):
        yield Finding(path, f"is {kind_of(value)}; write a qualification type or its id, a text")
        return
    if not value or len(value.encode()) > system.MAX_ID_BYTES:
        yield Finding(path, f"is {len(value.encode())} bytes long; an id has 1 to {system.MAX_ID_BYTES}")
    kind = system.REMOVED_MASTERS.get(value)
    if kind:
        yield Finding(path, f"is {kind}, which Amazon removed in 2015; use masters()")
    name = system.system_name(value)
    meant = next((known for known in system.NAMES if _same_name(known, value)), None)
    if name is None and meant:
        yield Finding(path, f"{value!r} is no system type; write {meant!r}")
    if name in system.RETIRED:
        yield Finding(
            path,
            f"{name} is gone from today's documentation, and may be refused; use {system.APPROVAL_RATE} or "
            f"{system.HITS_APPROVED}",
            "warning",
        )


def _same_name(known: str, written: str) -> bool:
    return _squash(written).removeprefix("worker") == _squash(known).removeprefix("worker")


def _one_of(path: str, members: Members, allowed: tuple[str, ...]) -> Findings:
    value = members.get(path)
    if value is None and path == "comparator":
        yield Finding(path, f"is missing; write one of {', '.join(allowed)}")
    if not is_known(value) or value in allowed:
        return
    meant = _MEANT.get(_squash(value)) if isinstance(value, str) else None
    if meant in allowed:
        yield Finding(path, f"{value!r} is not a value of this member; write {meant!r}")
    else:
        yield Finding(path, f"{value!r} is not a value of this member; write one of {', '.join(allowed)}")


def _integers(members: Members) -> Findings:
    values = members.get("integerValues")
    if not is_known(values):
        return
    if not isinstance(values, list):
        hint = f"[{values}]" if _is_whole(values) else "[95]"
        yield Finding("integerValues", f"is {kind_of(values)}, not a list; write a list such as {hint}")
        return
    name = system.system_name(members.get("qualificationTypeId"))
    for index, value in enumerate(values):
        path = f"integerValues[{index}]"
        if not is_known(value):
            if value is None:
                yield Finding(path, "is nothing; write a whole number")
        elif not _is_whole(value):
            yield Finding(path, f"is {kind_of(value)}; write a whole number, without quotes or decimals")
        elif value not in system.INT32:
            yield Finding(path, "is beyond 32 bits; a score is between -2147483648 and 2147483647")
        elif name in system.PERCENTAGES and not 0 <= value <= 100:
            what = "an approval rate" if name == system.APPROVAL_RATE else name
            yield Finding(path, f"is {value}; {what} is a percentage, 0 to 100")
        elif name is not None and value < 0:
            yield Finding(path, f"is {value}; {name} is never below 0; write 0 or more")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _locales(members: Members) -> Findings:
    values = members.get("localeValues")
    if not is_known(values):
        return
    if not isinstance(values, list):
        yield Finding("localeValues", f"is {kind_of(values)}, not a list; write a list such as [Locale('US')]")
        return
    for index, value in enumerate(values):
        path = f"localeValues[{index}]"
        if value is None or is_known(value):
            yield from (finding.under(path) for finding in check_locale(value))
    yield from _in_both(values)


def _in_both(values: list[Any]) -> Findings:
    """Places that ISO 3166 lists twice: which of the two codes Mechanical Turk stores is not known."""
    places_named = [_codes(value) for value in values]
    if any(code is None for pair in places_named for code in pair):
        return
    for index, (country, subdivision) in enumerate(places_named):
        if country in places.IN_BOTH and not {("US", country), ("US", "")} & set(places_named):
            other, code = f"Locale('US', '{country}')", country
        elif country == "US" and subdivision in places.IN_BOTH and (subdivision, "") not in places_named:
            other, code = f"Locale('{subdivision}')", subdivision
        else:
            continue
        message = f"{code} is a country code and a subdivision of the US, and which of them Mechanical Turk uses is "
        yield Finding(f"localeValues[{index}]", f"{message}not known; write In or NotIn with {other} too", "warning")


def _codes(locale: Any) -> tuple[str | None, str | None]:
    """Country and subdivision, "" for no subdivision, None for what is unknown or can't be read."""
    if not isinstance(locale, Mapping):
        return None, None
    country, subdivision = locale.get("country"), locale.get("subdivision", "")
    return country if isinstance(country, str) else None, subdivision if isinstance(subdivision, str) else None


def _marker(members: Members) -> Findings:
    value = members.get("productionOnly")
    if is_known(value) and not isinstance(value, bool):
        yield Finding("productionOnly", f"is {kind_of(value)}; write true or false")


def _kind_of_value(members: Members) -> Findings:
    """Whole numbers or locales: the type decides, and the comparator too."""
    identifier, comparator = members.get("qualificationTypeId"), members.get("comparator")
    integers, locales = is_known(members.get("integerValues")), is_known(members.get("localeValues"))
    name = system.system_name(identifier)
    if not isinstance(identifier, str):
        if integers and locales:
            yield Finding("", "has integerValues and localeValues; a qualification has values of one kind only")
        elif locales and comparator in system.ORDERED:
            yield Finding("localeValues", f"{comparator} compares whole numbers; write In or NotIn")
    elif name == system.LOCALE:
        if integers:
            yield Finding("integerValues", "a location is not a number; write localeValues=[Locale('US')]")
        if comparator in _COMPARATORS and comparator not in system.FOR_LOCALES:
            yield Finding(
                "comparator", f"{comparator} does not go with a location; write EqualTo, NotEqualTo, In or NotIn"
            )
    elif locales:
        yield Finding("localeValues", f"only {system.LOCALE} is compared with locales; leave it out")


def _number_of_values(members: Members) -> Findings:
    comparator, name = members.get("comparator"), system.system_name(members.get("qualificationTypeId"))
    given = {path: members[path] for path in _LIMITS if members.get(path) is not None}
    for path, values in given.items():
        if not is_known(values):
            continue
        if comparator in system.PRESENCE:
            yield Finding(path, f"{comparator} compares with no value; leave it out")
        elif comparator in system.SINGLE and isinstance(values, list) and len(values) != 1:
            sets = "In" if comparator != "NotEqualTo" else "NotIn"
            instead = f"; write {sets} for several" if comparator not in system.ORDERED else ""
            yield Finding(path, f"{comparator} takes exactly one value, {len(values)} are given{instead}")
        elif isinstance(values, list) and len(values) > _LIMITS[path]:
            yield Finding(path, f"{len(values)} values are given, at most {_LIMITS[path]} are allowed{_few(path)}")
    needs_value = comparator in (*system.SINGLE, *system.SETS)
    if needs_value and not given and name != system.MASTERS:
        path = "localeValues" if name == system.LOCALE else "integerValues"
        count = "exactly one value" if comparator in system.SINGLE else "at least one value"
        yield Finding(path, f"is missing; {comparator} takes {count}")


def _few(path: str) -> str:
    if path == "localeValues":
        return "; EqualTo US beside NotIn with the states to leave out may say the same"
    return ""


def _system_type(members: Members) -> Findings:
    name, comparator = system.system_name(members.get("qualificationTypeId")), members.get("comparator")
    if name == system.MASTERS:
        yield from _masters(members)
    elif name == system.ADULT:
        yield from _adult(members)
    elif name in (system.APPROVAL_RATE, system.HITS_APPROVED) and comparator in (*system.SETS, *system.PRESENCE):
        yield Finding(
            "comparator",
            f"what {comparator} means for {name} is not documented; write a comparison such as GreaterThanOrEqualTo",
            "warning",
        )


def _masters(members: Members) -> Findings:
    comparator = members.get("comparator")
    if comparator in (*system.SINGLE, *system.SETS):
        yield Finding("comparator", "Masters has no value to compare with; write Exists, without values")
    elif comparator not in system.PRESENCE and is_known(members.get("integerValues")):
        yield Finding("integerValues", "Masters has no value to compare with; leave it out")
    elif comparator == "DoesNotExist":
        yield Finding(
            "comparator", "whether Masters can be excluded is not documented; try it in the sandbox first", "warning"
        )


def _adult(members: Members) -> Findings:
    comparator, values = members.get("comparator"), members.get("integerValues")
    known_other_value = isinstance(values, list) and any(is_known(value) and value != 1 for value in values)
    if (is_known(comparator) and comparator != "EqualTo") or known_other_value:
        yield Finding(
            "comparator",
            f"only EqualTo 1 is documented for {system.ADULT} (who agreed to adult content); write adult()",
            "warning",
        )
    if members.get("actionsGuarded", "Accept") == "Accept":
        yield Finding(
            "actionsGuarded",
            "anybody can preview the adult content; write 'PreviewAndAccept', or adult()",
            "warning",
        )
