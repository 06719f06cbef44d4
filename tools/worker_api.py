"""The OpenAPI description of the worker's JSON API: its routes, with their docstrings and models."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.web import json_models, paging
from pulumi_mturk.marketplace.web.app import create_app
from pulumi_mturk.marketplace.web.json_models import Described

_SCHEMAS = "#/components/schemas/"
_DESCRIPTION = (
    "The worker's side of the MTurk-compatible marketplace, for tests and tools. Where accounts are configured, a "
    "worker signs in: by `Authorization: Bearer TOKEN` with a session's token, or by the cookie of the pages with the "
    "header X-CSRF-Token; what is not one worker's own takes the operator's key. Else, who reaches it may act for "
    "every worker."
)
_IDS = {
    "worker_id": "The worker's id.",
    "group_id": "The id of a HIT type, or of its group.",
    "hit_id": "The HIT's id.",
    "assignment_id": "The assignment's id.",
    "type_id": "The qualification type's id.",
}
_LINK = 'The address of the next page, with rel="next"; not there on the last one.'


def description() -> dict[str, Any]:
    """All of it."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for path, method, function in _routes():
        paths.setdefault(path, {})[method] = _operation(path, method, function, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Marketplace for workers", "version": "1", "description": _DESCRIPTION},
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _routes() -> Iterator[tuple[str, str, Any]]:
    with Marketplace.in_memory("described") as marketplace:
        app = create_app(marketplace)
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("json_api."):
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    yield re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower(), app.view_functions[rule.endpoint]


def _operation(path: str, method: str, function: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    told: Described = function.described
    answered: dict[str, Any] = {"description": "Done."}
    if told.has_pages:
        answered["headers"] = {"Link": {"description": _LINK, "schema": {"type": "string"}}}
    answered["content"] = _content(_schema(told.answer, schemas))
    refused = {
        "description": "Not possible, with the reason in words.",
        "content": _content(_schema(json_models.Error, schemas)),
    }
    operation: dict[str, Any] = {"operationId": function.__name__, "summary": function.__doc__.splitlines()[0]}
    if parameters := [*_parameters(path, told)]:
        operation["parameters"] = parameters
    if told.body is not None:
        operation["requestBody"] = {"required": True, "content": _content(_schema(told.body, schemas))}
    elif method == "post":
        operation["requestBody"] = {
            "required": False,
            "description": "Nothing; but the header Content-Type has to be application/json.",
            "content": _content({"type": "object"}),
        }
    operation["responses"] = {str(told.status): answered, "default": refused}
    return operation


def _parameters(path: str, told: Described) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", path):
        yield {"name": name, "in": "path", "required": True, "description": _IDS[name], "schema": {"type": "string"}}
    if told.can_search:
        yield _query("search", "A part of the words in it.", {"type": "string"})
    if told.has_pages:
        limit = {"type": "integer", "minimum": 1, "maximum": paging.LARGEST, "default": paging.LARGEST}
        yield _query("limit", "How many, at most.", limit)
        yield _query(
            paging.AFTER, "Where the page begins: taken from the Link header of the page before.", {"type": "string"}
        )


def _query(name: str, meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": meaning, "schema": schema}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _schema(model: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of a model by reference; what it refers to is added to `schemas`."""
    made = TypeAdapter(model).json_schema(ref_template=_SCHEMAS + "{model}")
    schemas.update(_plain(made.pop("$defs", {})))
    if isinstance(model, type) and issubclass(model, json_models.Input | json_models.Output):
        schemas[model.__name__] = _plain(made)
        return {"$ref": f"{_SCHEMAS}{model.__name__}"}
    plain: dict[str, Any] = _plain(made)
    return plain


def _plain(schema: Any) -> Any:
    """A schema without what pydantic says beside: titles that are the names again, and that nothing is null."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: {key: _plain(value) for key, value in each.items()} if name == "properties" else _plain(each)
        for name, each in schema.items()
        if not (name == "title" and isinstance(each, str)) and not (name == "default" and each is None)
    }
