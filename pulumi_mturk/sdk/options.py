"""Pulumi's resource options that need care: imports, and aliases by which a stack moves between the two shells."""

import copy
from collections.abc import Iterator

import pulumi

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.rules import form

_BY_THE_PLUGIN = (
    "Pulumi can't import dynamic resources, but through the plugin it can: run `pulumi-mturk plugin install` once, and "
    "give the resource a provider=mturk.Provider(…), or set mturk:plugin to true for the whole stack"
)


def refuse_import(opts: pulumi.ResourceOptions | None, instead: str) -> None:
    """Raise `InvalidInputError` for `import_`, where Pulumi would fail by it or ignore it."""
    if opts is not None and opts.import_ is not None:
        raise InvalidInputError(form.IMPORT_OPTION.at("opts.import_", instead))


def refuse_dynamic_import(opts: pulumi.ResourceOptions | None, otherwise: str) -> None:
    """The same of a resource that goes through the dynamic providers; `otherwise` is what it could do without it."""
    refuse_import(opts, f"{_BY_THE_PLUGIN}; or leave it out, and {otherwise}")


def aliases(
    opts: pulumi.ResourceOptions | None, resource_name: str, type_token: str
) -> list[pulumi.Alias | pulumi.Input[str]]:
    """Aliases by which a resource is found that a stack has under another type token.

    It may have had another name or parent there, too, as the aliases say that the program gives.
    """
    return [_namesake(opts, resource_name, type_token), *_retyped(opts, type_token)]


def _namesake(
    opts: pulumi.ResourceOptions | None, resource_name: str, type_token: str
) -> pulumi.Alias | pulumi.Input[str]:
    """The resource of the same name and parent.

    At the top of a stack its URN is known at once. Of an `Alias` the SDK makes fourteen Outputs to find the same URN,
    which is a third of the time that a program takes for a resource.
    """
    if opts is not None and opts.parent is not None:
        return pulumi.Alias(type_=type_token)
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{type_token}::{resource_name}"


def _retyped(opts: pulumi.ResourceOptions | None, type_token: str) -> Iterator[pulumi.Alias]:
    for alias in (opts and opts.aliases) or ():
        # The SDK has an ellipsis where nothing was given.
        if isinstance(alias, pulumi.Alias) and not isinstance(alias.type_, str):
            twin = copy.copy(alias)
            twin.type_ = type_token
            yield twin
