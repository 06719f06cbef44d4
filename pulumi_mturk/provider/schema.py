"""The Pulumi package schema: what there is to declare and to configure, for other tools to read.

It is made from the pydantic models alone. `tools/generate.py` writes it to schema.json.
"""

from importlib import metadata
from typing import Any, TypeAlias

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pulumi_mturk.common.names import to_camel, to_pascal, to_snake
from pulumi_mturk.provider.configuration import NAMESPACE, Configuration
from pulumi_mturk.provider.lifecycle import AnyResource
from pulumi_mturk.provider.model import Args, Mark, Model
from pulumi_mturk.resources import COMPONENTS, REGISTRY
from pulumi_mturk.resources.worker_exclusion import WorkerExclusionComponent

Spec: TypeAlias = dict[str, Any]
Declared: TypeAlias = AnyResource | WorkerExclusionComponent

DISTRIBUTION = "pulumi-mturk"


def token(name: str) -> str:
    """The full name of a resource or type: `mturk:index:HITType`."""
    return f"{NAMESPACE}:index:{name}"


def package_schema() -> Spec:
    """The whole schema, as JSON has it."""
    about = metadata.metadata(DISTRIBUTION)
    types = _Types()
    variables = types.properties(Configuration)
    resources = {token(name): _resource(resource, types) for name, resource in REGISTRY.items()}
    resources |= {token(item.token): _resource(item, types) | {"isComponent": True} for item in COMPONENTS}
    return {
        "name": NAMESPACE,
        "displayName": "Amazon Mechanical Turk",
        "version": about["Version"],
        "description": about["Summary"],
        "keywords": about["Keywords"].split(","),
        "config": {"variables": variables},
        "types": dict(sorted(types.found.items())),
        "resources": resources,
        "language": {"python": {"packageName": "pulumi_mturk"}},
    }


def inputs_of(args: type[Args]) -> dict[str, FieldInfo]:
    """The fields that a program may set: `check` adds the others by itself."""
    ours = args.marked(Mark.PIN) | args.marked(Mark.DERIVED) | args.marked(Mark.TRIGGER)
    return {name: field for name, field in args.model_fields.items() if name not in ours}


def _resource(resource: Declared, types: "_Types") -> Spec:
    inputs = inputs_of(resource.args)
    given, outputs = (_properties(model, types) for model in (resource.args, resource.state))
    # How a change is to be made is kept in the state, but it is nothing that a program would read.
    unread = frozenset().union(*map(resource.state.marked, (Mark.DIRECTIVE, Mark.UNSENT, Mark.TRIGGER)))
    shown = {name: field for name, field in resource.state.model_fields.items() if name not in unread}
    always = [name for name, field in shown.items() if _always_there(field)]
    return {
        "description": resource.summary,
        "properties": {to_camel(name): _without_default(outputs[to_camel(name)]) for name in shown},
        "required": sorted(map(to_camel, always)),
        "inputProperties": {
            to_camel(name): given[to_camel(name)] | _on_change(field, given[to_camel(name)])
            for name, field in inputs.items()
        },
        "requiredInputs": sorted(to_camel(name) for name, field in inputs.items() if field.is_required()),
    }


def _properties(model: type[Model], types: "_Types") -> dict[str, Spec]:
    specs = types.properties(model)
    for name in model.marked(Mark.SECRET):
        specs[to_camel(name)]["secret"] = True
    return specs


def _always_there(field: FieldInfo) -> bool:
    return field.is_required() or field.default is not None


def _without_default(spec: Spec) -> Spec:
    return {key: value for key, value in spec.items() if key != "default"}


def _on_change(field: FieldInfo, spec: Spec) -> Spec:
    if Mark.REPLACES in field.metadata:
        return {"willReplaceOnChanges": True}
    if Mark.REPLACES_WHEN_REMOVED in field.metadata:
        return {"description": f"{spec['description']} Taking it away replaces the resource."}
    return {}


class _Types:
    """From JSON schema, which pydantic writes, to Pulumi's. The named types that turn up are collected."""

    def __init__(self) -> None:
        self.found: dict[str, Spec] = {}

    def properties(self, model: type[BaseModel]) -> dict[str, Spec]:
        """The properties of a model by their names in state and configuration."""
        schema = model.model_json_schema()
        return self._properties(schema, schema.get("$defs", {}))

    def _properties(self, schema: Spec, definitions: Spec) -> dict[str, Spec]:
        return {name: self._property(name, spec, definitions) for name, spec in schema["properties"].items()}

    def _property(self, name: str, spec: Spec, definitions: Spec) -> Spec:
        # Pulumi has no defaults for lists: one that is left out is empty.
        default = spec.get("default")
        given = {} if default is None or isinstance(default, list) else {"default": default}
        return self._type(name, spec, definitions) | _described(spec) | given

    def _type(self, name: str, spec: Spec, definitions: Spec) -> Spec:
        if "anyOf" in spec:
            # "Or null" means that it may be left out, which Pulumi says elsewhere.
            (spec,) = (choice | _described(spec) for choice in spec["anyOf"] if choice.get("type") != "null")
        if "$ref" in spec:
            spec = definitions[spec["$ref"].rpartition("/")[2]]
        if "enum" in spec:
            # As in the API, an enum has the name of the member that it is the type of.
            members = [{"value": value} for value in spec["enum"]]
            return self._named(to_pascal(to_snake(name)), {"type": "string", **_described(spec), "enum": members})
        if spec["type"] == "array":
            return {"type": "array", "items": self._type(name, spec["items"], definitions)}
        if "additionalProperties" in spec and "properties" not in spec:
            values = self._type(name, spec["additionalProperties"], definitions)
            return {"type": "object", "additionalProperties": values}
        if spec["type"] == "object":
            return self._named(spec["title"], self._object(spec, definitions))
        return {"type": spec["type"]}

    def _object(self, spec: Spec, definitions: Spec) -> Spec:
        return {
            "type": "object",
            # The rest of the docstring speaks of Python.
            "description": spec["description"].partition("\n\n")[0],
            "properties": self._properties(spec, definitions),
            "required": sorted(spec.get("required", [])),
        }

    def _named(self, name: str, spec: Spec) -> Spec:
        # An enum is described by the first field of the type; what others say of themselves stands with them.
        found = self.found.setdefault(token(name), spec)
        if found != spec | {"description": found["description"]}:
            raise ValueError(f"there are two different types with the name {name}; rename a field or a model")
        return {"$ref": f"#/types/{token(name)}"}


def _described(spec: Spec) -> Spec:
    return {"description": spec["description"]} if "description" in spec else {}
