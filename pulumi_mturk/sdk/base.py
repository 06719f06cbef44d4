"""What the resource classes share: names, secrets, and the way to the provider that serves them."""

import functools
import inspect
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self, get_origin

import pulumi
from pulumi.dynamic import Resource

from pulumi_mturk import dynamic
from pulumi_mturk.common.errors import refuse
from pulumi_mturk.common.names import to_camel, to_snake
from pulumi_mturk.sdk.claims import Claim, of_this_run
from pulumi_mturk.sdk.findings import tell
from pulumi_mturk.sdk.options import aliases, refuse_dynamic_import
from pulumi_mturk.sdk.provider import PACKAGE
from pulumi_mturk.sdk.provider_places import of_other_places
from pulumi_mturk.sdk.route import Route, name_of, refuse_later_provider, route_of


class MturkResource(Resource):
    """The base of the resource classes. A program makes no subclass of them: see `__init_subclass__`."""

    environment: pulumi.Output[str]
    """Where the resource lives: `local`, `sandbox` or `production`."""

    _token: ClassVar[str]
    _outputs: ClassVar[tuple[str, ...]]
    _secrets: ClassVar[frozenset[str]]
    _instead_of_import: ClassVar[str]

    _retained: bool | None
    """`retain_on_delete` after transformations; what a parent hands down is known to the engine alone."""

    def __init_subclass__(
        cls, name: str = "", secrets: Iterable[str] = (), instead_of_import: str = "", **kwargs: Any
    ) -> None:
        """Refuse subclasses outside this package: they would silently get another type token, and so new objects."""
        if not cls.__module__.startswith("pulumi_mturk."):
            raise TypeError(
                f"{cls.__qualname__} is a subclass of a pulumi-mturk resource, and Pulumi would take it for another "
                "type of resource; write a function or a pulumi.ComponentResource that makes the resource instead"
            )
        super().__init_subclass__(module=PACKAGE, name=name, **kwargs)
        cls._token = name
        hints: dict[str, Any] = inspect.get_annotations(cls)
        declared = {output: hint for output, hint in hints.items() if get_origin(hint) is pulumi.Output}
        for output, hint in declared.items():
            setattr(cls, output, _getter(output, hint))
        # The SDK evaluates the annotations of a class anew for each resource, and those of its getters once.
        cls.__annotations__ = {}
        cls._outputs = ("environment", *declared)
        cls._secrets = frozenset(secrets)
        cls._instead_of_import = instead_of_import or f"look the existing one up with {name}.get(…)"

    def __init__(
        self,
        resource_name: str,
        props: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
        types: Mapping[str, Any] = MappingProxyType({}),
        claim: Claim | None = None,
    ) -> None:
        """Register the resource; every output is declared, and what is secret stays so in whatever comes back.

        `types` are the qualification types that it refers to, by the paths of its inputs; `claim` is what no other
        resource may have. What is wrong is told before it is registered: afterwards it would be made all the same.
        """
        values: dict[str, Any] = dict.fromkeys(self._outputs) | {
            key: pulumi.Output.secret(value) if key in self._secrets and value is not None else value
            for key, value in props.items()
        }
        self._route = route = route_of(opts)
        elsewhere = list(of_other_places(route, types))
        refuse(elsewhere)
        identity = (self._token, resource_name, name_of(None if opts is None else opts.parent))
        of_this_run().add_name(identity, route)
        if claim is not None:
            of_this_run().add(identity, route, claim)
        if not route.plugin:
            refuse_dynamic_import(opts, self._instead_of_import)
        of_plugin, dynamic_one = f"{PACKAGE}:index:{self._token}", f"pulumi-python:{self._resource_type_name}"
        ours = pulumi.ResourceOptions(
            # `get` has no secret inputs by which the engine would know the outputs.
            additional_secret_outputs=sorted(self._secrets),
            aliases=aliases(opts, resource_name, dynamic_one if route.plugin else of_plugin),
        )
        options = pulumi.ResourceOptions.merge(opts, ours)
        if route.plugin:
            pulumi.CustomResource.__init__(self, of_plugin, resource_name, values, options)
        else:
            super().__init__(dynamic.PROVIDERS[self._token](), resource_name, values, options)
        for doubt in elsewhere:
            tell(doubt, self, route)

    @property
    def route(self) -> Route:
        """Through which provider it goes."""
        return self._route

    @classmethod
    def _existing(
        cls,
        resource_name: str,
        id: pulumi.Input[str],
        props: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
        types: Mapping[str, Any] = MappingProxyType({}),
    ) -> Self:
        self = cls.__new__(cls)
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        MturkResource.__init__(self, resource_name, props, found, types)
        return self

    def _get_providers(self, t: str, pkg: str | None, opts: pulumi.ResourceOptions) -> Any:
        """The SDK resolves the provider by this, when transformations have run and nothing is registered."""
        resolved = super()._get_providers(t, pkg, opts)
        refuse_later_provider(resolved[1].get(PACKAGE), self._route)
        self._retained = opts.retain_on_delete
        return resolved

    def translate_input_property(self, prop: str) -> str:
        """snake_case in the program, camelCase in state."""
        return _camel(prop)

    def translate_output_property(self, prop: str) -> str:
        """The way back."""
        return _snake(prop)


def _getter(name: str, hint: Any) -> property:
    """An output as the SDKs that Pulumi generates have it."""

    def read(self: pulumi.Resource) -> Any:
        return pulumi.get(self, name)

    read.__annotations__ = {"return": hint}
    return property(pulumi.getter(name=_camel(name))(read))


# The SDK asks for the name of every member of every value.
@functools.cache
def _camel(name: str) -> str:
    return name if name.startswith("__") else to_camel(name)


@functools.cache
def _snake(name: str) -> str:
    return name if name.startswith("__") else to_snake(name)
