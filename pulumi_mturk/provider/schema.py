"""The Pulumi package schema: what there is to declare and to configure, for other tools to read.

It is made from the pydantic models alone, but for the examples, which are those of the documentation.
`tools/generate.py` writes it to schema.json.
"""

from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import TypeAlias

from pydantic.fields import FieldInfo

from pulumi_mturk.common.names import to_camel
from pulumi_mturk.common.versions import DISTRIBUTION, package_version
from pulumi_mturk.provider.configuration import NAMESPACE, OF_THE_STACK, Configuration
from pulumi_mturk.provider.lifecycle import AnyResource
from pulumi_mturk.provider.model import Args, Mark, Model
from pulumi_mturk.provider.schema_types import Spec, Types, token
from pulumi_mturk.resources import COMPONENTS, REGISTRY
from pulumi_mturk.resources.worker_exclusion import WorkerExclusionComponent

Declared: TypeAlias = AnyResource | WorkerExclusionComponent

# Where Pulumi's generators would take another version than the package's own, or make one up.
_OWN_VERSION = {"respectSchemaVersion": True}


def package_schema(examples: Mapping[str, str]) -> Spec:
    """The whole schema, as JSON has it. `examples` are programs in markdown, by the resources that they are for."""
    about = metadata.metadata(DISTRIBUTION)
    links = dict(link.split(", ", 1) for link in about.get_all("Project-URL", []))
    types = Types()
    variables = types.properties(Configuration)
    of_a_place = {name: spec for name, spec in variables.items() if name not in set(map(to_camel, OF_THE_STACK))}
    resources = {name: _resource(resource, types) for name, resource in REGISTRY.items()}
    for name, resource in REGISTRY.items():
        resources[name] |= _of_the_engine(resource, resources[name])
    resources |= {item.token: _resource(item, types) | {"isComponent": True} for item in COMPONENTS.values()}
    for name, spec in resources.items():
        spec["description"] += _example_usage(examples.get(name, ""))
    return {
        "name": NAMESPACE,
        "displayName": "Amazon Mechanical Turk",
        "version": package_version(),
        "description": about["Summary"],
        "keywords": about["Keywords"].split(","),
        "homepage": links["Homepage"],
        "repository": links["Source"],
        "license": about["License-Expression"],
        "config": {"variables": variables},
        "types": dict(sorted(types.found.items())),
        "provider": {
            "description": "Where resources live, and with which limits: the keys of the configuration, for a program "
            "with several places.",
            "properties": {name: _without_default(spec) for name, spec in of_a_place.items()},
            "inputProperties": of_a_place,
        },
        "resources": {token(name): spec for name, spec in resources.items()},
        "language": {
            "python": {"packageName": "pulumi_mturk", **_OWN_VERSION},
            **dict.fromkeys(("nodejs", "go", "csharp"), _OWN_VERSION),
        },
    }


def inputs_of(args: type[Args]) -> dict[str, FieldInfo]:
    """The fields that a program may set: `check` adds the others by itself."""
    ours = args.marked(Mark.PIN) | args.marked(Mark.DERIVED) | args.marked(Mark.TRIGGER)
    return {name: field for name, field in args.model_fields.items() if name not in ours}


def outputs_of(state: type[Model]) -> dict[str, FieldInfo]:
    """The fields that a program reads. How a change is to be made is kept in the state, but is nothing to read."""
    unread = frozenset().union(*map(state.marked, (Mark.DIRECTIVE, Mark.UNSENT, Mark.TRIGGER)))
    return {name: field for name, field in state.model_fields.items() if name not in unread}


def _resource(resource: Declared, types: Types) -> Spec:
    inputs = inputs_of(resource.args)
    given, outputs = (_properties(model, types) for model in (resource.args, resource.state))
    # Of what nobody reads a state of an earlier version may have nothing.
    always = (name for name, field in outputs_of(resource.state).items() if _always_there(field))
    return {
        "description": resource.summary,
        "properties": {name: _without_default(spec) for name, spec in outputs.items()},
        "required": _sorted(always),
        "inputProperties": {
            to_camel(name): given[to_camel(name)] | _on_change(field, given[to_camel(name)])
            for name, field in inputs.items()
        },
        "requiredInputs": _sorted(name for name, field in inputs.items() if field.is_required()),
    }


def _of_the_engine(resource: AnyResource, spec: Spec) -> Spec:
    """What tools need for a resource that exists: how it is looked up, and its type in a stack without the plugin."""
    aliases = {"aliases": [{"type": f"pulumi-python:dynamic/{NAMESPACE}:{resource.token}"}]}
    if not resource.looked_up_by:
        return aliases
    names = set(map(to_camel, resource.looked_up_by))
    described = {
        "description": "What is told of an existing one, beside its id, to look it up.",
        "properties": {name: told for name, told in spec["properties"].items() if name in names},
        "required": _sorted(names & set(spec["requiredInputs"])),
    }
    return aliases | {"stateInputs": {"type": "object", **described}}


def _properties(model: type[Model], types: Types) -> dict[str, Spec]:
    specs = types.properties(model)
    for name in model.marked(Mark.SECRET):
        specs[to_camel(name)]["secret"] = True
    return specs


def _always_there(field: FieldInfo) -> bool:
    return field.is_required() or field.default is not None


def _without_default(spec: Spec) -> Spec:
    return {key: value for key, value in spec.items() if key != "default"}


def _on_change(field: FieldInfo, spec: Spec) -> Spec:
    """What the provider does by itself; by `replaceOnChanges` the engine would, where the layout alone differs, too."""
    if Mark.REPLACES in field.metadata:
        return {"willReplaceOnChanges": True}
    if Mark.REPLACES_WHEN_REMOVED in field.metadata:
        return {"description": f"{spec['description']} Taking it away replaces the resource."}
    return {}


def _example_usage(programs: str) -> str:
    """The section by which Pulumi's tools find the examples of a description."""
    if not programs:
        return ""
    return (
        f"\n\n{{{{% examples %}}}}\n## Example Usage\n{{{{% example %}}}}\n\n{programs}\n{{{{% /example %}}}}\n"
        "{{% /examples %}}"
    )


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(map(to_camel, names))
