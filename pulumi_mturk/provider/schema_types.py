"""From the JSON schema of pydantic's models to the types of a Pulumi package schema."""

from typing import Any, TypeAlias

from pydantic import BaseModel

from pulumi_mturk.common.names import to_pascal, to_snake
from pulumi_mturk.provider.configuration import NAMESPACE

Spec: TypeAlias = dict[str, Any]


def token(name: str) -> str:
    """The full name of a resource or type: `mturk:index:HITType`."""
    return f"{NAMESPACE}:index:{name}"


class Types:
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
            choices = [choice | _described(spec) for choice in spec["anyOf"] if choice.get("type") != "null"]
            if len(choices) > 1:
                return {"oneOf": [self._type(name, choice, definitions) for choice in choices]}
            (spec,) = choices
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
