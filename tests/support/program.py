"""What a program registers, without a CLI: Pulumi's own runtime for tests hands over the inputs of each resource."""

from collections.abc import Callable, Mapping
from typing import Any

import pulumi

from pulumi_mturk.provider import engine


class _Registered(pulumi.runtime.Mocks):
    """The engine's side: every resource is made with the inputs that it was given."""

    def __init__(self, ids: Mapping[tuple[str, str], str]) -> None:
        self.found: dict[tuple[str, str], dict[str, Any]] = {}
        self._ids = ids

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        given = {key: _plain(value) for key, value in args.inputs.items() if key != engine.PROVIDER_KEY}
        key = args.typ.rpartition(":")[2], args.name
        self.found[key] = given
        return self._ids.get(key, "3" + "X" * 29), args.inputs

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        return {}, None


def _plain(value: Any) -> Any:
    """A value as the engine hands it on: not wrapped as a secret."""
    return value["value"] if isinstance(value, dict) and len(value) == 2 and "value" in value else value


def registered(
    program: Callable[[], object], ids: Mapping[tuple[str, str], str] | None = None
) -> dict[tuple[str, str], dict[str, Any]]:
    """The inputs of each resource that a program declares, by the last part of its type and its name.

    `ids` are those of resources, where it matters which they get.
    """
    recorder = _Registered(ids or {})
    pulumi.runtime.set_mocks(recorder)

    run: Callable[[], object] = pulumi.runtime.test(program)  # type: ignore[no-untyped-call]
    run()
    return recorder.found


def inputs_of(make: Callable[[], object]) -> dict[str, Any]:
    """The inputs of the only resource that is made."""
    (found,) = registered(make).values()
    return found
