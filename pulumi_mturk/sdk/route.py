"""Through which provider a resource goes: an explicit one, the plugin's default one, or the dynamic providers.

With a `mturk.Provider`, or with `mturk:plugin` in the stack's configuration, a resource is the plugin's
(`mturk:index:HITType`); otherwise it is a dynamic one, which needs no plugin. Pulumi would silently ignore a provider
of the wrong package, and the resource would be made in the account of the stack's configuration, so whatever is given
is looked at before anything is registered.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi.resource import DependencyProviderResource

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.rules import form
from pulumi_mturk.sdk.provider import PACKAGE, Provider

# By this name Pulumi knows the package of all dynamic providers of Python programs.
_DYNAMIC = "pulumi-python"
# What pydantic takes for true in a text, as the provider reads the same key.
_TRUE = frozenset({"1", "on", "t", "true", "y", "yes"})
_in_plugin: ContextVar[Mapping[str, str] | None] = ContextVar("in_plugin", default=None)


@dataclass(frozen=True)
class Route:
    """The way of a resource to the service, and the settings that hold on it."""

    provider: pulumi.ProviderResource | None
    """The explicit provider, if one was given or handed down."""
    plugin: bool
    """Whether the plugin serves it; else a dynamic provider does."""

    def setting(self, key: str) -> Any:
        """A configuration key in camelCase, as a text or None; `Unknown` where the program does not know it yet."""
        if self.provider is None:
            return pulumi.Config(PACKAGE).get(key)
        if isinstance(self.provider, Provider):
            return self.provider.settings.get(key)
        return (_in_plugin.get() or {}).get(key, UNKNOWN)

    @property
    def name(self) -> str:
        """Which provider it is, for a message."""
        return "the stack's configuration" if self.provider is None else repr(name_of(self.provider))


def route_of(opts: pulumi.ResourceOptions | None) -> Route:
    """The route of a resource with these options. Raises `InvalidInputError` for a provider that would be ignored."""
    provider = None if opts is None else _explicit(opts)
    if provider is not None:
        _refuse_without_lab_rules(provider)
    return Route(provider, plugin=provider is not None or is_moved_to_plugin())


def is_moved_to_plugin() -> bool:
    """Whether `mturk:plugin` moves the whole stack to the plugin. A wrong value is told by the provider."""
    return _in_plugin.get() is not None or (pulumi.Config(PACKAGE).get("plugin") or "").lower() in _TRUE


def sees_whole_program() -> bool:
    """Whether all that the program declares is declared in this process; of a component in the plugin it is not."""
    return _in_plugin.get() is None


@contextmanager
def in_plugin(settings: Mapping[str, str]) -> Iterator[None]:
    """What is declared meanwhile goes through the plugin: a component that the plugin puts together is its own.

    `settings` are what is known of the provider that puts it together, by keys in camelCase.
    """
    before = _in_plugin.set(settings)
    try:
        yield
    finally:
        _in_plugin.reset(before)


def refuse_later_provider(found: pulumi.ProviderResource | None, route: Route) -> None:
    """Raise `InvalidInputError` if a transformation has given a resource another provider than its options."""
    if found is not route.provider:
        raise _refused(
            "opts",
            "a transformation gives the resource another provider of mturk than its options, or its parent, and too "
            "late: the resource is already another provider's; give it as provider= to the resource, or as "
            "providers= to a component",
        )


def _refuse_without_lab_rules(provider: pulumi.ProviderResource) -> None:
    """Raise `InvalidInputError` if the stack's rules of a lab do not reach a provider.

    Of one that comes from outside of the program, into a component of another process, nothing can be told.
    """
    ours_or_from_outside = isinstance(provider, Provider | DependencyProviderResource)
    if not ours_or_from_outside and pulumi.Config(PACKAGE).get("require"):
        said = (
            f"the provider {name_of(provider)!r} does not have the rules of the lab that mturk:require gives the "
            "stack; make it with mturk.Provider(…), which takes them"
        )
        raise InvalidInputError(form.PROVIDER_WITHOUT_LAB_RULES.at("opts.provider", said))


def _explicit(opts: pulumi.ResourceOptions) -> pulumi.ProviderResource | None:
    """What Pulumi resolves for our package: `provider`, then `providers`, then what the parent hands down."""
    alone = _of_option(opts.provider)
    several = _of_list(opts.providers)
    if alone is not None and several is not None and several is not alone:
        raise _refused("opts.providers", "has another provider of mturk than opts.provider; leave one of the two out")
    if (given := alone or several) is not None:
        return given
    parent = opts.parent if isinstance(opts.parent, pulumi.Resource) else None
    if parent is None:
        return None
    inherited = parent.get_provider(f"{PACKAGE}:index:Any")
    if inherited is None and parent.get_provider(f"{_DYNAMIC}:dynamic:Any") is not None:
        raise _refused("the provider of opts.parent", _NOT_A_DYNAMIC_ONE)
    return inherited


def _of_option(provider: Any) -> pulumi.ProviderResource | None:
    if provider is None:
        return None
    if not isinstance(provider, pulumi.ProviderResource):
        said = f"is {_kind(provider)}; give a mturk.Provider, such as mturk.Provider('lab', environment='sandbox')"
        raise _refused("opts.provider", said)
    if provider.package != PACKAGE:
        said = (
            f"is a provider of {provider.package}, which Pulumi would ignore here; give a mturk.Provider, or leave it "
            "out. Providers of other packages go to a component as providers=[…]"
        )
        raise _refused("opts.provider", said if provider.package != _DYNAMIC else _NOT_A_DYNAMIC_ONE)
    return provider


def _of_list(providers: Any) -> pulumi.ProviderResource | None:
    found: list[pulumi.ProviderResource] = []
    for key, provider in _pairs(providers):
        package = provider.package
        if key != package and PACKAGE in (key, package):
            said = (
                f"has a provider of {package} under the key {key!r}, which Pulumi would ignore; the key is its package"
            )
            raise _refused("opts.providers", said)
        if package == _DYNAMIC:
            raise _refused("opts.providers", _NOT_A_DYNAMIC_ONE)
        if package == PACKAGE:
            found.append(provider)
    if len(found) > 1:
        said = "has two providers of mturk, of which Pulumi would take the last; give the one that is meant"
        raise _refused("opts.providers", said)
    return found[0] if found else None


def _pairs(providers: Any) -> Iterator[tuple[str, pulumi.ProviderResource]]:
    """Packages and providers of a list or a mapping; what is neither is left to the SDK's own error."""
    if isinstance(providers, Mapping):
        yield from ((key, one) for key, one in providers.items() if isinstance(one, pulumi.ProviderResource))
    elif isinstance(providers, list | tuple):
        yield from ((one.package, one) for one in providers if isinstance(one, pulumi.ProviderResource))


_NOT_A_DYNAMIC_ONE = (
    "is a provider of pulumi-python, which knows no account and no environment; give a mturk.Provider, or leave it out"
)


def _kind(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else f"a {type(value).__name__}"


def _refused(path: str, message: str) -> InvalidInputError:
    return InvalidInputError(form.EXPLICIT_PROVIDER.at(path, message))


def name_of(resource: pulumi.Resource | None) -> str:
    """The name of a resource; in a component that the plugin puts together, what comes from outside has none."""
    return str(getattr(resource, "pulumi_resource_name", ""))


def known(value: Any) -> str | None:
    """A setting that the program knows, else None."""
    return None if isinstance(value, Unknown) else value
