"""The provider classes that Pulumi pickles into state, and unpickles in its plugin process.

They are pickled by reference, so the state of each resource holds `pulumi_mturk.dynamic` and a class name, and no
code. **These names are a persisted format**: renaming one breaks the `destroy` of every stack that holds it.

The work is done by `provider.dynamic_adapter`, which is imported at the first call: a program, which imports this
module to name the class, does without it.
"""

import collections.abc
from types import ModuleType
from typing import Any, ClassVar

import pulumi
from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_mturk.common.loading import without_collections
from pulumi_mturk.common.unknown import Unknown

# What Pulumi calls a value that is not there yet: in the plugin, and in the program.
Unknown.register(pulumi.output.Unknown)
Unknown.register(pulumi.Output)
Unknown.register(collections.abc.Awaitable)  # type: ignore[type-abstract]


class Provider(ResourceProvider):
    """One resource's methods as Pulumi calls them. It has no attributes: all state is the process's."""

    # A class name is no secret; the default would make every stack need a secret for each resource.
    serialize_as_secret_always = False
    token: ClassVar[str]

    def configure(self, req: ConfigureRequest) -> None:
        """Take the stack's configuration. It is the first call, which loads the modules."""
        with without_collections():
            _adapter().configure(req)

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate and canonicalise the inputs."""
        result: CheckResult = _adapter().check(self.token, olds, news)
        return result

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Compare."""
        result: DiffResult = _adapter().diff(self.token, olds, news)
        return result

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make the resource."""
        result: CreateResult = _adapter().create(self.token, props)
        return result

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look at the resource, for a refresh or for `get`."""
        result: ReadResult = _adapter().read(self.token, id_, props)
        return result

    def update(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        """Change the resource in place."""
        result: UpdateResult = _adapter().update(self.token, _id, olds, news)
        return result

    def delete(self, _id: str, props: dict[str, Any]) -> None:
        """Remove the resource."""
        _adapter().delete(self.token, _id, props)


def _adapter() -> ModuleType:
    from pulumi_mturk.provider import dynamic_adapter

    return dynamic_adapter


class QualificationTypeProvider(Provider):
    """See `pulumi_mturk.resources.qualification_type`."""

    token = "QualificationType"  # noqa: S105 - a type token


class HITTypeProvider(Provider):
    """See `pulumi_mturk.resources.hit_type`."""

    token = "HITType"  # noqa: S105 - a type token


class QualificationGrantProvider(Provider):
    """See `pulumi_mturk.resources.qualification_grant`."""

    token = "QualificationGrant"  # noqa: S105 - a type token


class QualificationRosterProvider(Provider):
    """See `pulumi_mturk.resources.qualification_roster`."""

    token = "QualificationRoster"  # noqa: S105 - a type token


class WorkerBlockProvider(Provider):
    """See `pulumi_mturk.resources.worker_block`."""

    token = "WorkerBlock"  # noqa: S105 - a type token


PROVIDERS: dict[str, type[Provider]] = {
    provider.token: provider
    for provider in (
        QualificationTypeProvider,
        HITTypeProvider,
        QualificationGrantProvider,
        QualificationRosterProvider,
        WorkerBlockProvider,
    )
}
