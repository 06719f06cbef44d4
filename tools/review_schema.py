"""The JSON schema of a review's document, from the classes of its report and what stands below their members."""

import ast
import inspect
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal, Union, get_args, get_origin

from pulumi_mturk.common.names import to_camel
from pulumi_mturk.review import document, report
from pulumi_mturk.review.sentences import FewPeople

_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    type(None): {"type": "null"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
}
_PEOPLE = {"anyOf": [{"type": "integer"}, {"const": FewPeople.TEXT}, {"type": "null"}]}
_EXCEPTED = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"resource": {"type": "string"}, "reason": {"type": "string"}},
        "required": ["resource", "reason"],
    },
}
_WITNESSES = {
    "type": "array",
    "items": {"type": "string"},
    "description": "Made-up workers who prove it: those of `enters`, then those of `leaves`.",
}


def schema() -> dict[str, Any]:
    """The whole schema."""
    definitions: dict[str, Any] = {}
    top = _object(report.Report, definitions)
    top["properties"] = {"version": _version(), **top["properties"]}
    top["required"] = ["version", *top["required"]]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://github.com/pulumi-mturk/pulumi-mturk/blob/main/docs/review.schema.json",
        "title": "A review of a plan, by `pulumi-mturk review --format json`",
    }
    return {**head, **top, "$defs": dict(sorted(definitions.items()))}


def _version() -> dict[str, Any]:
    major = document.VERSION.partition(".")[0]
    return {
        "type": "string",
        "pattern": rf"^{major}\.[0-9]+$",
        "description": "MAJOR.MINOR. A new minor version only adds members: pass over those you don't know. Refuse "
        "another major one.",
    }


def _object(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints, said = typing.get_type_hints(cls), dict(_said(cls))
    properties = {}
    for member in fields(cls):
        described = {"description": said[member.name]} if member.name in said else {}
        properties[to_camel(member.name)] = {**_of(hints[member.name], definitions), **described}
    if cls is report.People:
        properties = {name: {**_PEOPLE, **_description(spec)} for name, spec in properties.items()}
    if cls is report.Invariant:
        properties["excepted"] = {**_EXCEPTED, **_description(properties["excepted"])}
    if cls is report.EligibilityChange:
        properties["witnesses"] = _WITNESSES
    return {
        "type": "object",
        "description": " ".join((inspect.getdoc(cls) or "").split()),
        "properties": properties,
        "required": list(properties),
    }


def _description(spec: dict[str, Any]) -> dict[str, Any]:
    return {"description": spec["description"]} if "description" in spec else {}


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # so that one within itself ends
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin = get_origin(hint)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(one, definitions) for one in get_args(hint)]}
    if origin is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0], definitions)}
    return dict(_SIMPLE[hint])


def _said(cls: Any) -> Iterator[tuple[str, str]]:
    """What stands below each member of a class."""
    (node,) = ast.parse(inspect.getsource(cls)).body
    body = node.body if isinstance(node, ast.ClassDef) else []
    for member, below in pairwise(body):
        if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name) and isinstance(below, ast.Expr):
            text = ast.literal_eval(below.value)
            yield member.target.id, " ".join(str(text).split())
