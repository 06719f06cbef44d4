"""The resources, and the registry of them: adding one is a file here and a line below."""

import importlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from pulumi_mturk.provider.lifecycle import AnyResource

if TYPE_CHECKING:
    from pulumi_mturk.resources.worker_exclusion import WorkerExclusionComponent

T = TypeVar("T")


class _Registry(Mapping[str, T], Generic[T]):
    """By type tokens, each loaded when it is first looked up: a stack has few kinds of them."""

    def __init__(self, suffix: str, modules: Mapping[str, str]) -> None:
        """`modules` has the module of each token, and that has a class of the token's name with a suffix."""
        self._suffix = suffix
        self._modules = modules
        self._loaded: dict[str, T] = {}

    def __getitem__(self, token: str) -> T:
        if token not in self._loaded:
            module = importlib.import_module(f"{__name__}.{self._modules[token]}")
            self._loaded[token] = getattr(module, f"{token}{self._suffix}")()
        return self._loaded[token]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


REGISTRY: Mapping[str, AnyResource] = _Registry(
    "Resource",
    {
        "QualificationType": "qualification_type",
        "HITType": "hit_type",
        "QualificationGrant": "qualification_grant",
        "QualificationRoster": "qualification_roster",
        "WorkerBlock": "worker_block",
    },
)

# Put together from resources by their classes; the provider never sees them.
COMPONENTS: "Mapping[str, WorkerExclusionComponent]" = _Registry("Component", {"WorkerExclusion": "worker_exclusion"})
