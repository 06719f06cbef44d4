"""Components for programs in other languages: the class of a Python program, run in the plugin against the engine."""

import asyncio
import threading
from collections.abc import Set as AbstractSet
from typing import Any

from pulumi import Output, ResourceOptions
from pulumi.provider import ConstructResult, Provider
from pulumi.provider.server import ProviderServicer

from pulumi_mturk.common.errors import InvalidInputError, MturkError
from pulumi_mturk.common.names import to_snake
from pulumi_mturk.provider.configuration import NAMESPACE
from pulumi_mturk.provider.schema import inputs_of
from pulumi_mturk.resources.worker_exclusion import WorkerExclusionComponent
from pulumi_mturk.rules import form
from pulumi_mturk.sdk.route import in_plugin
from pulumi_mturk.sdk.worker_exclusion import WorkerExclusion

# The SDK's settings, such as the monitor's address, are the process's: one component after the other.
_one_at_a_time = threading.Lock()


class _Components(Provider):
    def __init__(self, environment: str) -> None:
        super().__init__("")
        self._environment = environment

    def construct(
        self, name: str, resource_type: str, inputs: Any, options: ResourceOptions | None = None
    ) -> ConstructResult:
        """Make the component; its resources are registered with the engine."""
        if resource_type != f"{NAMESPACE}:index:WorkerExclusion":
            raise MturkError(
                f"{resource_type}: there is no such component; the package {NAMESPACE} has WorkerExclusion"
            )
        _refuse_other_names(inputs.keys())
        with in_plugin({"environment": self._environment}):
            made = WorkerExclusion(name, **{to_snake(key): value for key, value in inputs.items()}, opts=options)
        state = {
            "requirement": made.requirement.to_dict(),
            "qualificationTypeId": made.qualification_type_id,
            "count": made.count,
        }
        return ConstructResult(made.urn, {key: Output.from_input(value) for key, value in state.items()})


def _refuse_other_names(given: AbstractSet[str]) -> None:
    """Refuse a property that there is not, and the lack of one that there must be: not every language looks."""
    known = {str(field.alias): field.is_required() for field in inputs_of(WorkerExclusionComponent.args).values()}
    said = f"there is no such property; there are {', '.join(sorted(known))}"
    problems = [form.UNKNOWN_PROPERTY.at(name, said) for name in sorted(given - known.keys())]
    required = {name for name, is_required in known.items() if is_required}
    problems += [form.MISSING.at(name, "is required") for name in sorted(required - given)]
    if problems:
        raise InvalidInputError(*problems)


def construct(request: Any, engine_address: str, environment: str) -> Any:
    """Answer the engine's `Construct`, for a provider of this environment."""
    servicer = ProviderServicer(_Components(environment), [], engine_address)
    with _one_at_a_time:
        return asyncio.run(servicer._construct(request, None))  # noqa: SLF001
