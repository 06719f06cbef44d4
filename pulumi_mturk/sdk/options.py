"""Pulumi's resource options that dynamic resources can't take: refused in words instead of failing or being ignored."""

from collections.abc import Iterator, Mapping

import pulumi

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.rules import form

# A dynamic resource has no provider but the one of the program's environment. Pulumi calls its package so.
_OURS = ("mturk", "pulumi-python")


def refuse_unusable(opts: pulumi.ResourceOptions | None, instead_of_import: str) -> None:
    """Raise `InvalidInputError` for `import_`, and for a provider that is meant for MTurk, also an inherited one."""
    if opts is None:
        return
    if getattr(opts, "import_", None) is not None:
        said = f"Pulumi can't import dynamic resources; leave it out, and {instead_of_import}"
        raise InvalidInputError(form.IMPORT_OPTION.at("opts.import_", said))
    if opts.provider is not None:
        _refuse_provider("opts.provider")
    if any(package in _OURS for package in _packages(opts.providers)):
        _refuse_provider("opts.providers")
    # What a component was given is handed down to its children, and to theirs.
    if any(package in _OURS for package in _packages(getattr(opts.parent, "_providers", None))):
        _refuse_provider("the provider of opts.parent")


def _packages(providers: object) -> Iterator[str]:
    if isinstance(providers, Mapping):
        yield from providers
        providers = providers.values()
    elif isinstance(providers, pulumi.ProviderResource):
        providers = [providers]
    for provider in providers or ():  # type: ignore[attr-defined]  # the SDK allows a list or a mapping
        yield provider.package


def _refuse_provider(path: str) -> None:
    said = (
        "MTurk's resources take no explicit provider: all of a stack are in the account and environment of its "
        "configuration; leave it out, and use a stack for each account, with mturk:profile or mturk:environment of its "
        "own"
    )
    raise InvalidInputError(form.EXPLICIT_PROVIDER.at(path, said))
