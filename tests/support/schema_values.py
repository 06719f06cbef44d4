"""Whether values are what the package schema says of them: the types of Pulumi, judged as JSON schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types of its own

from pulumi_mturk.provider.schema import package_schema
from pulumi_mturk.provider.schema_types import token

SCHEMA = package_schema({})
_SAYS = ("type", "enum", "$ref", "items", "oneOf", "additionalProperties")


def strays(resource: str, side: str, values: Mapping[str, Any]) -> list[str]:
    """Where inputs or outputs of a resource are not what the schema says, with the reasons.

    Inputs that `check` has added are described as outputs, for no program writes them.
    """
    spec = SCHEMA["resources"][token(resource)]
    described = spec["properties"] | (spec["inputProperties"] if side == "inputProperties" else {})
    required = spec["requiredInputs" if side == "inputProperties" else "required"]
    validator = Draft202012Validator({"$defs": _definitions(), **_object(described, required)})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(dict(values))]


def _definitions() -> dict[str, Any]:
    return {name.rpartition(":")[2]: dict(_type(spec)) for name, spec in SCHEMA["types"].items()}


def _type(spec: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "properties" in spec:
        yield from _object(spec["properties"], spec["required"]).items()
        return
    for key in _SAYS:
        if key not in spec:
            continue
        said = spec[key]
        if key == "$ref":
            yield key, f"#/$defs/{said.rpartition(':')[2]}"
        elif key == "enum":
            yield key, [member["value"] for member in said]
        elif key == "oneOf":
            yield key, [dict(_type(choice)) for choice in said]
        elif key in ("items", "additionalProperties"):
            yield key, dict(_type(said))
        else:
            yield key, said


def _object(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: dict(_type(spec)) for name, spec in properties.items()},
        "required": required,
        "additionalProperties": False,
    }
