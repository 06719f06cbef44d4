"""Reading a requirement in any of the forms in which it may be written, into plain camelCase members.

Nothing is refused here but keys: what the values may be is the business of `rules`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.alias_generators import to_pascal, to_snake

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.unknown import UNKNOWN, Unknown, has_value
from pulumi_mturk.provider.model import Model


class Structure(Model):
    """A structure of the API that a program can also write as a plain dict."""


LOCALE_MEMBERS = ("country", "subdivision")
REQUIREMENT_MEMBERS = (
    "qualificationTypeId",
    "comparator",
    "integerValues",
    "localeValues",
    "actionsGuarded",
    "productionOnly",
    "qualificationTypeName",
)


def _in_every_case(members: Iterable[str]) -> dict[str, str]:
    return {form: name for name in members for form in (name, to_snake(name), to_pascal(to_snake(name)))}


_KEYS: dict[tuple[str, ...], dict[str, str]] = {
    members: _in_every_case(members) for members in (LOCALE_MEMBERS, REQUIREMENT_MEMBERS)
}
_SINGULAR = ("integervalue", "localevalue")  # the older API's members, squashed


def _styled(name: str, like: str) -> str:
    """A member's name in the case in which the person wrote another."""
    if like[:1].isupper():
        return to_pascal(to_snake(name))
    return to_snake(name) if "_" in like else name


def _wrong_key(key: str, value: Any, keys: Mapping[str, str], members: dict[str, Any]) -> str:
    """What is wrong with a key. The member that it means counts as unknown, so that it is not called missing too."""
    squashed = key.replace("_", "").strip().lower()
    meant = next((name for name in keys.values() if squashed in (name.lower(), name.lower().removesuffix("s"))), None)
    if squashed == "requiredtopreview" and "actionsGuarded" in keys:
        return _required_to_preview(_styled("actionsGuarded", key), value, members)
    if meant is None:
        names = dict.fromkeys(_styled(name, key) for name in keys.values())
        return f"is no member here; there are {', '.join(names)}"
    members.setdefault(meant, UNKNOWN)
    listed = ", with a list" if squashed in _SINGULAR else ""
    return f"is no member here; write {_styled(meant, key)}{listed}"


def _required_to_preview(instead: str, value: Any, members: dict[str, Any]) -> str:
    if "actionsGuarded" in members:
        return f"is deprecated and can't stand beside {instead}; leave it out"
    members["actionsGuarded"] = UNKNOWN
    if value is False:
        return "is deprecated; leave it out, the default guards acceptance alone"
    return f"is deprecated; write {instead}, 'PreviewAndAccept', instead"


def _members(value: Mapping[Any, Any], names: tuple[str, ...]) -> tuple[dict[str, Any], list[Diagnostic]]:
    keys = _KEYS[names]
    members: dict[str, Any] = {}
    diagnostics: list[Diagnostic] = []
    # Right keys first: what a wrong one means depends on them.
    for key, item in sorted(value.items(), key=lambda pair: pair[0] not in keys):
        name = keys.get(key)
        if name is None:
            diagnostics.append(Diagnostic(str(key), _wrong_key(str(key), item, keys, members)))
        elif name in members:
            diagnostics.append(Diagnostic(name, "is given twice, in two spellings; leave one out"))
        elif item is not None:
            members[name] = item
    return members, diagnostics


def whole(value: Any) -> Any:
    """A number as state gives it (3.0) as the whole number that it is; anything else untouched."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _listed(members: dict[str, Any], name: str) -> list[Any] | None:
    """The values of a member that is a list; an empty one is the same as none."""
    values = members.get(name)
    if not isinstance(values, list | tuple):
        return None
    if not values:
        del members[name]
        return None
    return list(values)


def read_locale(value: Any) -> tuple[Any, list[Diagnostic]]:
    """A locale's camelCase members and what is wrong with its keys; what is no locale at all comes back as it is."""
    if isinstance(value, Structure):
        return value.to_dict(), []
    if isinstance(value, Mapping):
        return _members(value, LOCALE_MEMBERS)
    return value, []


def read_requirement(value: Any) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """A requirement's camelCase members and what is wrong with its keys; None for what is no requirement at all."""
    if isinstance(value, Structure):
        value = value.to_dict()
    if not isinstance(value, Mapping):
        instead = "its .requirement" if _has_one(value) else "a QualificationRequirement or a dict"
        return None, [Diagnostic("", f"is {kind_of(value)}, not a requirement; write {instead}")]
    members, diagnostics = _members(value, REQUIREMENT_MEMBERS)
    if "qualificationTypeId" in members:
        members |= _named(members["qualificationTypeId"])
    if (integers := _listed(members, "integerValues")) is not None:
        members["integerValues"] = [whole(item) for item in integers]
    if (locales := _listed(members, "localeValues")) is not None:
        members["localeValues"] = []
        for index, item in enumerate(locales):
            locale, problems = read_locale(item)
            members["localeValues"].append(locale)
            diagnostics += [problem.under(f"localeValues[{index}]") for problem in problems]
    return members, diagnostics


def _has_one(value: Any) -> bool:
    return has_value(value) and "requirement" in getattr(value, "__dict__", {})


def _named(value: Any) -> dict[str, Any]:
    """The id itself, and the name of the resource that is given in its place.

    A value that is not known is never probed: Pulumi's outputs answer to every attribute.
    """
    if isinstance(value, str | Unknown):
        return {"qualificationTypeId": value}
    members = {"qualificationTypeId": getattr(value, "qualification_type_id", value)}
    name = getattr(value, "pulumi_resource_name", None)
    return members | {"qualificationTypeName": name} if name else members


def kind_of(value: Any) -> str:
    """What a value is, in a word for a message."""
    if has_value(value):
        return {str: "a text", bool: "a truth value", int: "a number", float: "a number", list: "a list"}.get(
            type(value), f"a {type(value).__name__}"
        )
    return "nothing"


def flatten(values: Any) -> list[Any]:
    """The elements of lists nested to any depth, in order. What is not known yet is kept as it is, as one element."""
    if not isinstance(values, list | tuple):
        return [values]
    return [item for value in values for item in flatten(value)]
