"""Requirements read from dicts, whichever spelling the keys have: snake_case, camelCase or boto3's PascalCase.

Nothing is refused here. What is wrong with keys is kept beside the requirement, a value of a wrong type becomes
`Malformed`, and `requirement_validation` reports both.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.integers import whole
from pulumi_mturk.common.iterables import in_order, is_listing
from pulumi_mturk.common.names import to_pascal, to_snake
from pulumi_mturk.common.text import quoted, shortened
from pulumi_mturk.common.unknown import UNKNOWN, Malformed, Unknown, of_type
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.requirement import AS_COUNTRIES, Requirement, Requirements
from pulumi_mturk.rules import requirements as rules

_DEEPEST = 50
_LOCALE_MEMBERS = ("country", "subdivision")
_REQUIREMENT_MEMBERS = (
    "qualificationTypeId",
    "comparator",
    "integerValues",
    "localeValues",
    "actionsGuarded",
    "productionOnly",
    "qualificationTypeName",
    "qualificationTypeUrn",
)


def parse_requirements(values: Any) -> Requirements | Unknown:
    """A list of requirements, nested lists flattened; none at all is an empty list."""
    if values is None:
        return ()
    if not is_listing(values):
        return values if isinstance(values, Unknown) else Malformed(values)
    return tuple(map(parse_requirement, flatten(values)))


def parse_requirement(value: Any) -> Requirement | Unknown:
    """A requirement from a dict. What is not known yet stays as it is; what is no requirement is `Malformed`."""
    if isinstance(value, Mapping):
        return parse_members(value)
    return value if isinstance(value, Requirement | Unknown) else Malformed(value)


def parse_members(value: Mapping[Any, Any]) -> Requirement:
    """A requirement from its members."""
    members, problems = _members(
        {key: item for key, item in value.items() if key != AS_COUNTRIES}, _REQUIREMENT_MEMBERS
    )
    identifier, name, urn = _identified(members.get("qualificationTypeId"))
    locales = _listed(members.get("localeValues"))
    if isinstance(locales, tuple):
        parsed = [_locale(item) for item in locales]
        locales = tuple(locale for locale, _ in parsed)
        for index, (_, wrong_keys) in enumerate(parsed):
            problems += [problem.under(f"localeValues[{index}]") for problem in wrong_keys]
    integers = _listed(members.get("integerValues"))
    return Requirement(
        qualification_type_id=of_type(identifier, str),
        comparator=of_type(members.get("comparator"), str),
        integer_values=tuple(map(_integer, integers)) if isinstance(integers, tuple) else integers,
        locale_values=locales,
        actions_guarded=of_type(members.get("actionsGuarded", "Accept"), str),
        production_only=of_type(members.get("productionOnly", False), bool),
        qualification_type_name=of_type(name or members.get("qualificationTypeName"), str),
        qualification_type_urn=of_type(members.get("qualificationTypeUrn") if urn is None else urn, str),
        as_countries=value.get(AS_COUNTRIES) is True,
        problems=tuple(problems),
    )


def flatten(values: Any, depth: int = 0) -> list[Any]:
    """The elements of nested lists, in order. What is not known yet is kept as one element.

    Whatever can be iterated over is a list, and is read once; a set is sorted. A list at a depth that only one within
    itself would have is kept as an element, which is then no requirement.
    """
    if not is_listing(values) or depth > _DEEPEST:
        return [values]
    return [item for value in in_order(values) for item in flatten(value, depth + 1)]


def _identified(value: Any) -> tuple[Any, str | None, Any]:
    """The id itself, and the name of the resource that is given in its place, and the URN of the type that it is of.

    A value that is not known is never probed: Pulumi's outputs answer to every attribute.
    """
    if value is None or isinstance(value, str | Unknown):
        return value, None, None
    identifier = getattr(value, "qualification_type_id", value)
    return identifier, getattr(value, "pulumi_resource_name", None), getattr(value, "qualification_type_urn", None)


def _listed(values: Any) -> Any:
    """The values of a member that is a list; an empty one is the same as none."""
    return tuple(in_order(values)) or None if is_listing(values) else of_type(values)


def _integer(value: Any) -> int | Unknown:
    if isinstance(value, Unknown):
        return value
    # State has 3.0 for 3.
    return Malformed(value) if (number := whole(value)) is None else number


def _locale(value: Any) -> tuple[Locale | Unknown, list[Diagnostic]]:
    """A locale, and what is wrong with its keys."""
    if isinstance(value, Mapping):
        members, problems = _members(value, _LOCALE_MEMBERS)
        return Locale.unchecked(members.get("country"), members.get("subdivision")), problems
    return value if isinstance(value, Locale | Unknown) else Malformed(value), []


def _in_every_case(members: Iterable[str]) -> dict[str, str]:
    return {form: name for name in members for form in (name, to_snake(name), to_pascal(to_snake(name)))}


_KEYS: dict[tuple[str, ...], dict[str, str]] = {
    members: _in_every_case(members) for members in (_LOCALE_MEMBERS, _REQUIREMENT_MEMBERS)
}
_LONGEST_KEY = 100
_SINGULAR = ("integervalue", "localevalue")  # the older API's members, squashed


def _members(value: Mapping[Any, Any], names: tuple[str, ...]) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The members that are set, by their names in camelCase, and what is wrong with the keys."""
    keys = _KEYS[names]
    members: dict[str, Any] = {}
    problems: list[Diagnostic] = []
    # Right keys first: what a wrong one means depends on them.
    for key, item in sorted(value.items(), key=lambda pair: pair[0] not in keys):
        name = keys.get(key)
        if name is None:
            shown = key if isinstance(key, str) else quoted(key)
            problems.append(_wrong_key(shown, item, keys, members))
        elif name in members:
            problems.append(rules.MEMBER_TWICE.at(name, "is given twice, in two spellings; leave one out"))
        elif item is not None:
            members[name] = item
    return members, problems


def _wrong_key(key: str, value: Any, keys: Mapping[str, str], members: dict[str, Any]) -> Diagnostic:
    """What is wrong with a key. The member that it means counts as unknown, so that it is not called missing too."""
    squashed = key[:_LONGEST_KEY].replace("_", "").strip().lower()
    key = shortened(key)
    meant = next((name for name in keys.values() if squashed in (name.lower(), name.lower().removesuffix("s"))), None)
    if squashed == "requiredtopreview" and "actionsGuarded" in keys:
        return _required_to_preview(key, value, members)
    if meant is None:
        names = dict.fromkeys(_styled(name, key) for name in keys.values())
        return rules.UNKNOWN_MEMBER.at(key, f"is no member here; there are {', '.join(names)}")
    members.setdefault(meant, UNKNOWN)
    listed = ", with a list" if squashed in _SINGULAR else ""
    return rules.UNKNOWN_MEMBER.at(key, f"is no member here; write {_styled(meant, key)}{listed}")


def _required_to_preview(key: str, value: Any, members: dict[str, Any]) -> Diagnostic:
    """What the deprecated member says, beside the one that took its place or without it."""
    instead = _styled("actionsGuarded", key)
    guarded = members.setdefault("actionsGuarded", UNKNOWN)
    if guarded is UNKNOWN:
        if value is False:
            return rules.REQUIRED_TO_PREVIEW.at(key, "is deprecated; leave it out, the default guards acceptance alone")
        return rules.REQUIRED_TO_PREVIEW.at(key, f"is deprecated; write {instead}, 'PreviewAndAccept', instead")
    if isinstance(value, bool) and isinstance(guarded, str) and value is (guarded == "Accept"):
        said = f"is deprecated, and can't stand beside {instead}, which it contradicts; leave it out"
        return rules.REQUIRED_TO_PREVIEW.at(key, said)
    return rules.PREVIEW_SAID_TWICE.at(key, f"is deprecated, and {instead} beside it decides; leave it out")


def _styled(name: str, like: str) -> str:
    """A member's name in the spelling in which the person wrote another."""
    if like[:1].isupper():
        return to_pascal(to_snake(name))
    return to_snake(name) if "_" in like else name
