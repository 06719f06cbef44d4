"""The format as JSON schema, by which editors complete and check a file while it is written.

Texts may be numbers and truth values there: an editor reads `1.10` as a number, and this format as the text it is.
"""

from typing import Any, Final

from pulumi_mturk.questionnaires import file_format
from pulumi_mturk.questionnaires.kinds import (
    AnyOf,
    Either,
    Entries,
    Flag,
    Items,
    Kind,
    Members,
    Number,
    OneOf,
    Text,
)

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_of_tests() -> dict[str, Any]:
    """The schema of a test's file."""
    return {"$schema": _DRAFT, "title": "A qualification test of pulumi-mturk", **_schema(file_format.TEST)}


def schema_of_keys() -> dict[str, Any]:
    """The schema of an answer key's file."""
    return {"$schema": _DRAFT, "title": "An answer key of pulumi-mturk", **_schema(file_format.ANSWERS)}


def _schema(kind: Kind) -> dict[str, Any]:
    match kind:
        case Items(item):
            return {"type": "array", "minItems": 1, "items": _schema(item)}
        case Entries(value):
            return {"type": "object", "minProperties": 1, "additionalProperties": _schema(value)}
        case Members():
            return _members(kind)
        case Either(scalar, items, members):
            return {"anyOf": [_schema(one) for one in (scalar, items, members) if one is not None]}
        case AnyOf(marked, rest):
            # Told apart by a member, as the reader does it, so that an editor has one list of what is missing.
            found = _schema(rest)
            for name, one in marked.items():
                found = {"if": {"type": "object", "required": [name]}, "then": _schema(one), "else": found}
            return found
        case _:
            return _scalar(kind)


def _scalar(kind: Text | Number | Flag | OneOf) -> dict[str, Any]:
    match kind:
        case Text():
            return _text(kind)
        case Number(fraction=True):
            # YAML 1.1, which some editors go by, reads a number with an exponent and no sign or point as a text
            return {"type": ["number", "string"], "pattern": r"^[-+]?[0-9]*\.?[0-9]*[eE][-+]?[0-9]+$"}
        case Number(least, most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case OneOf(words):
            return {"enum": [int(word) if word.isdecimal() else word for word in words]}
        case Flag():
            return {"type": "boolean"}


def _text(kind: Text) -> dict[str, Any]:
    if kind.pattern:
        return {"type": "string", "pattern": f"^(?:{kind.pattern})$"}
    filled = {"pattern": r"\S"} if kind.filled else {}
    return {"type": ["string", "number", "boolean"], **filled}


def _members(kind: Members) -> dict[str, Any]:
    properties = {
        name: {"description": member.description, **_schema(member.kind)} for name, member in kind.members.items()
    }
    found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if required := [name for name, member in kind.members.items() if member.required]:
        found["required"] = required
    if kind.either:
        found["allOf"] = [{"oneOf": [{"required": [name]} for name in group]} for group in kind.either]
    if kind.only_with:
        found["dependentRequired"] = {name: [other] for name, other in kind.only_with.items()}
    return found
