"""Plans without the CLI: a program run on Pulumi's own mocks, and what a preview of the next one would say.

The core checks and compares the inputs as in a real preview; the document around it is written here in the CLI's form
[measured with 3.259]. Recorded documents of the CLI are in tests/review/recorded.
"""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import pulumi
from google.protobuf import json_format
from pulumi.runtime import mocks, rpc
from pulumi.runtime.proto import resource_pb2

from pulumi_mturk.common.errors import FoundError
from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.provider import engine, lifecycle
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from pulumi_mturk.provider.instance import ProviderInstance
from pulumi_mturk.provider.lifecycle import REPORT_VARIABLE, Context
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.review.plan import SECRET_TEXT, UNKNOWN_TEXT, kind_of_token
from tests.support.marketplace.new_database import new_database
from tests.support.memory_stack import from_engine
from tests.support.rule_examples import DOOR, SPECIAL, _client, names_of_a_program

PROJECT, STACK = "sense-ratings", "prod"
_ROOT = f"urn:pulumi:{STACK}::{PROJECT}::pulumi:pulumi:Stack::{PROJECT}-{STACK}"
_KEYS = {"AWS_ACCESS_KEY_ID": "example", "AWS_SECRET_ACCESS_KEY": "example", REPORT_VARIABLE: "report"}


@dataclass
class Made:
    """A resource that exists."""

    urn: str
    token: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    dependencies: dict[str, list[str]]


@dataclass
class Stack(mocks.Mocks):
    """The engine: what it does with a program's resources in a run, and what it says of them in a preview."""

    preview: bool = False
    made: dict[str, Made] = field(default_factory=dict)
    configuration: Mapping[str, str] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)

    def begin(self, configuration: Mapping[str, str], *, preview: bool) -> None:
        """A run of the program, or a preview, with this configuration."""
        self.configuration, self.preview, self.declared, self.steps = configuration, preview, [], []
        keys = {"localDatabase": ".mturk/local.db"} | dict(configuration)
        settings = Configuration.from_config({f"mturk:{key}": value for key, value in keys.items()})
        embedded = Embedded(settings.local_database if settings.embedded else ".mturk/local.db")
        self.provider = ProviderInstance(
            settings, lambda: _client(settings), embedded.database_id if settings.embedded else None
        )

    def call(self, args: mocks.MockCallArgs) -> Any:
        raise NotImplementedError

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        raise NotImplementedError  # the monitor below answers

    def context(self, urn: str) -> Context:
        ignored: list[str] = []
        return Context(self.provider, urn, urn.rpartition("::")[2], warn=ignored.append, info=ignored.append)

    def register(
        self, urn: str, token: str, inputs: dict[str, Any], dependencies: dict[str, list[str]]
    ) -> tuple[str, dict[str, Any]]:
        """What the engine answers to a program that declares a resource."""
        self.declared.append(urn)
        resource, old = REGISTRY[token], self.made.get(urn)
        inputs = from_engine_known({key: value for key, value in inputs.items() if value is not None})
        if self.errors:
            return "", inputs
        try:
            checked = lifecycle.check(resource, self.context(urn), old.inputs if old else {}, inputs)
            if checked.failures:
                raise ValueError("; ".join(checked.failures))
            if not self.preview:
                id_, outputs = lifecycle.create(resource, self.context(urn), checked.inputs)
                made = Made(urn, token, id_, from_engine(checked.inputs), from_engine(outputs), dependencies)
                self.made[urn] = made
                return made.id, made.outputs
            difference = lifecycle.diff(resource, old.outputs, checked.inputs) if old else None
            if old and difference and difference.replaces:
                checked = lifecycle.check(resource, self.context(urn), {}, inputs)
        except (FoundError, ValueError) as error:
            self.errors.append(str(error))
            return "", inputs
        if old is None:
            return self._step("create", urn, None, checked.inputs, dependencies, resource), checked.inputs
        if difference and difference.replaces:
            reasons = [resource.args.model_fields[name].alias for name in difference.replaces]
            self._step("replace", urn, old, checked.inputs, dependencies, resource, reasons)
            return "", checked.inputs
        changed = bool(difference and difference.changed)
        self._step("update" if changed else "same", urn, old, checked.inputs, dependencies, resource)
        return old.id, checked.inputs if changed else old.outputs

    def _step(
        self,
        op: str,
        urn: str,
        old: Made | None,
        inputs: dict[str, Any] | None,
        dependencies: dict[str, list[str]],
        resource: Any,
        reasons: list[Any] | None = None,
    ) -> str:
        step: dict[str, Any] = {"op": op, "urn": urn, "detailedDiff": None}
        if old is not None:
            step["oldState"] = _state(old.urn, old.inputs, old.dependencies, resource) | {"id": old.id}
        if inputs is not None:
            step["newState"] = _state(urn, inputs, dependencies, resource)
        if reasons:
            step["replaceReasons"] = reasons
        if old is not None and inputs is not None and op != "same":
            names = sorted(old.inputs.keys() | inputs.keys())
            step["diffReasons"] = [name for name in names if old.inputs.get(name) != inputs.get(name)]
        self.steps.append(step)
        return ""

    def document(self) -> dict[str, Any]:
        """What `pulumi preview --json --show-sames` would write."""
        if not self.errors:  # a preview that failed says nothing of what is gone
            for urn, old in self.made.items():
                if urn not in self.declared:
                    self._step("delete", urn, old, None, {}, REGISTRY[old.token])
        summary: dict[str, int] = {"same": 1}
        for step in self.steps:
            summary[step["op"]] = summary.get(step["op"], 0) + 1
        document: dict[str, Any] = {
            "config": {f"mturk:{key}": value for key, value in self.configuration.items()},
            "steps": [{"op": "same", "urn": _ROOT, "oldState": _component(_ROOT), "newState": _component(_ROOT)}],
            "duration": 1056985726,
            "changeSummary": summary,
        }
        document["steps"] += self.steps
        if self.errors:
            document["diagnostics"] = [{"message": f"error: {said}\n", "severity": "error"} for said in self.errors]
        result: dict[str, Any] = json.loads(json.dumps(document))
        return result


class _Monitor(mocks.MockMonitor):
    mocks: Stack

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        # Unlike the engine, the mocks have the stack's type in the chain of parents.
        return super().make_urn("" if parent == _ROOT else parent, type_, name)

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - the protocol's name
        mocks._ensure_event_loop()  # type: ignore[attr-defined,no-untyped-call]
        urn = self.make_urn(request.parent, request.type, request.name)
        token = kind_of_token(request.type)
        if token not in REGISTRY:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        fields = json_format.MessageToDict(request.object)
        inputs = {key: _plain(value) for key, value in fields.items() if key != engine.PROVIDER_KEY}
        dependencies = {name: sorted(one.urns) for name, one in request.propertyDependencies.items()}
        id_, state = self.mocks.register(urn, token, inputs, dependencies)
        self.resources[urn] = mocks.MockMonitor.ResourceRegistration(urn, id_, state)
        written = mocks._sync_await(rpc.serialize_properties(_written(state), {}))  # type: ignore[attr-defined]
        return resource_pb2.RegisterResourceResponse(urn=urn, id=id_, object=written)


def from_engine_known(value: Any) -> Any:
    """A value as the engine gives it: numbers are floats, and what is not known yet stays so."""
    if isinstance(value, dict):
        return {key: from_engine_known(item) for key, item in value.items()}
    if isinstance(value, list):
        return [from_engine_known(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _plain(value: Any) -> Any:
    """A value of the protocol without marks of secrets, with Unknown for what is not known."""
    if isinstance(value, dict):
        if SPECIAL in value:
            return _plain(value.get("value"))
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return UNKNOWN if value == UNKNOWN_TEXT else value


def _written(value: Any) -> Any:
    """A value as plans and the protocol write it."""
    if isinstance(value, dict):
        return {key: _written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    if isinstance(value, Unknown):
        return UNKNOWN_TEXT
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _state(urn: str, inputs: Mapping[str, Any], dependencies: dict[str, list[str]], resource: Any) -> dict[str, Any]:
    secret = {resource.args.model_fields[name].alias for name in resource.args.marked(Mark.SECRET)}
    shown = {name: SECRET_TEXT if name in secret else value for name, value in _written(dict(inputs)).items()}
    return {
        "urn": urn,
        "custom": True,
        "type": urn.split("::")[2].rpartition("$")[2],
        "inputs": {engine.PROVIDER_KEY: "gASV", **shown},
        "dependencies": sorted({urn for urns in dependencies.values() for urn in urns}),
        "propertyDependencies": dependencies,
    }


def _component(urn: str) -> dict[str, Any]:
    return {"urn": urn, "custom": False, "type": urn.split("::")[2]}


@contextmanager
def in_folder(folder: Path) -> Iterator[Marketplace]:
    """A marketplace of its own, with what joins programs to it."""
    before = os.getcwd()  # noqa: PTH109 - it is given back
    os.chdir(folder)
    try:
        (folder / ".mturk").mkdir()
        database = new_database(folder / ".mturk" / "local.db")
        with Marketplace.open(database) as marketplace, mock.patch.dict(os.environ, _KEYS):
            marketplace.set_switches(requirement_on_unknown_type="accept")
            DOOR.marketplace = Embedded(str(folder / ".mturk" / "local.db"))
            yield marketplace
    finally:
        os.chdir(before)


def run(stack: Stack, program: str, configuration: Mapping[str, str], *, preview: bool) -> None:
    """A program run, or previewed."""
    stack.begin(configuration, preview=preview)
    logger = logging.getLogger("tests.plans")
    logger.handlers, logger.propagate = [logging.NullHandler()], False
    mocks.set_mocks(stack, project=PROJECT, stack=STACK, preview=preview, logger=logger, monitor=_Monitor(stack))
    pulumi.runtime.set_all_config({f"mturk:{key}": value for key, value in configuration.items()})

    @mocks.test  # type: ignore[untyped-decorator]
    def execute() -> None:
        exec(compile(program, "<example>", "exec"), names_of_a_program())  # noqa: S102 - our own examples

    execute()


def plan_of(
    program: str,
    before: str | None = None,
    configuration: Mapping[str, str] | None = None,
    earlier: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The document of a preview of a program, after another one has been run. Within `in_folder`."""
    return previewed(program, before, configuration, earlier).document()


def previewed(
    program: str,
    before: str | None = None,
    configuration: Mapping[str, str] | None = None,
    earlier: Mapping[str, str] | None = None,
) -> Stack:
    """The stack after such a preview."""
    stack = Stack()
    now = configuration or {}
    if before is not None:
        run(stack, before, now if earlier is None else earlier, preview=False)
        assert not stack.errors, stack.errors
    run(stack, program, now, preview=True)
    return stack
