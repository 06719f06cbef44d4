"""The examples of rules, run: real programs on Pulumi's own mocks, their resources by the provider's core in memory."""

import datetime
import functools
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pulumi
from pulumi.runtime import mocks

import pulumi_mturk as mturk
from pulumi_mturk import eligibility
from pulumi_mturk.api.client import Client
from pulumi_mturk.api.limiter import RequestLimiter
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.common.diagnostics import Example
from pulumi_mturk.common.errors import FoundError, MturkError
from pulumi_mturk.common.output_text import is_output_text
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.provider import engine, importing, lifecycle
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from pulumi_mturk.provider.instance import ProviderInstance, remarks
from pulumi_mturk.provider.lifecycle import Context, PartialError
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.review.plan import kind_of_token
from tests.support.marketplace.new_database import new_database
from tests.support.memory_stack import from_engine

SPECIAL = "4dabf18193072939515e22adb298388d"  # the mark of special values in Pulumi's protocol


@dataclass
class _Door:
    """What joins clients, which are dear to make, to the marketplace of each example in turn."""

    marketplace: Embedded | None = None

    def attach(self, client: Any) -> None:
        client.meta.events.register("before-send.mturk", self._answer)

    def _answer(self, request: Any, **_: Any) -> Any:
        assert self.marketplace is not None
        return self.marketplace._answer(request)


DOOR = _Door()


@functools.cache
def _client(settings: Configuration) -> Client:
    retry = Retry(settings.operation_timeout_seconds, sleep=lambda _: None)
    return Client(settings, DOOR.attach, retry, RequestLimiter(per_second=None, sleep=lambda _: None))


@dataclass
class Made:
    """A resource that exists."""

    token: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


class StoppedError(Exception):
    """The run has found an error."""


@dataclass
class Stack(mocks.Mocks):
    """What the engine does with a program's resources, as they come, and then with those that are gone."""

    folder: Path
    said: list[str] = field(default_factory=list)
    resources: dict[str, Made] = field(default_factory=dict)
    configuration: Mapping[str, str] = field(default_factory=dict)
    stopped: bool = False
    values: Callable[[dict[str, Any]], dict[str, Any]] = dict
    texts: dict[str, str] = field(default_factory=dict)
    before_refresh: Callable[[], object] = bool

    def __post_init__(self) -> None:
        self.declared: set[str] = set()
        self.replaced: list[tuple[str, Made]] = []

    def begin(self, configuration: Mapping[str, str]) -> None:
        """A run of the program, with the rules of this configuration at the same marketplace."""
        self.configuration, self.stopped, self.declared = configuration, False, set()
        keys = {"localDatabase": ".mturk/local.db"} | dict(configuration)
        settings = Configuration.from_config({f"mturk:{key}": value for key, value in keys.items()})
        embedded = Embedded(settings.local_database if settings.embedded else ".mturk/local.db")
        self.provider = ProviderInstance(
            settings, lambda: _client(settings), embedded.database_id if settings.embedded else None
        )

    def context(self, name: str) -> Context:
        urn = f"urn:pulumi:test::test::mturk::{name}"
        return Context(self.provider, urn, name, warn=self.said.append, info=self.said.append)

    def call(self, args: mocks.MockCallArgs) -> Any:
        raise NotImplementedError

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        token = kind_of_token(args.typ)
        if token not in REGISTRY:
            return args.name, args.inputs
        inputs = {key: _plain(value) for key, value in args.inputs.items() if key != engine.PROVIDER_KEY}
        if args.resource_id:
            return self.look_up(token, args.name, args.resource_id, inputs)
        made = self.register(token, args.name, inputs)
        return (made.id, made.outputs) if made else (args.name, args.inputs)

    def look_up(self, token: str, name: str, id_: str, state: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        outputs = state
        with self.catching():
            found = lifecycle.read(REGISTRY[token], self.context(name), id_, state, {})
            outputs = found.outputs if found else {}
        return id_, outputs

    def register(self, token: str, name: str, inputs: dict[str, Any]) -> Made | None:
        if self.stopped:
            return None
        inputs = from_engine({key: value for key, value in inputs.items() if value is not None})
        if name in self.declared:  # the list of an exclusion has the name of its type
            name = f"{name}.{token}"
        self.declared.add(name)
        resource, old = REGISTRY[token], self.resources.get(name)
        with self.catching():
            checked = lifecycle.check(resource, self.context(name), old.inputs if old else {}, inputs)
            if checked.failures:
                self.said += checked.failures
                raise StoppedError
            values = self.values(from_engine(checked.inputs))
            difference = lifecycle.diff(resource, old.outputs, values) if old else None
            if old is None:
                self.resources[name] = self._created(token, name, values)
            elif difference and difference.replaces:
                # The engine checks once more for the new one, without the old inputs.
                checked = lifecycle.check(resource, self.context(name), {}, inputs)
                self.replaced.append((name, old))
                self.resources[name] = self._created(token, name, self.values(from_engine(checked.inputs)))
            elif difference and difference.changed:
                old.outputs = from_engine(lifecycle.update(resource, self.context(name), old.id, old.outputs, values))
                old.inputs = values
        return self.resources.get(name)

    def _created(self, token: str, name: str, values: dict[str, Any]) -> Made:
        id_, outputs = lifecycle.create(REGISTRY[token], self.context(name), values)
        return Made(token, id_, values, from_engine(outputs))

    def import_(self, token: str, name: str, import_id: str) -> None:
        """What `pulumi import` does."""
        with self.catching():
            found = importing.import_(REGISTRY[token], self.context(name), import_id)
            self.resources[name] = Made(token, found.id, found.inputs, found.outputs)

    def refresh(self) -> None:
        for name, made in self.resources.items():
            with self.catching():
                lifecycle.read(REGISTRY[made.token], self.context(name), made.id, made.outputs, made.inputs)

    def end(self) -> None:
        """Remove what was replaced, and what the program no longer declares."""
        gone = [name for name in reversed(self.resources) if name not in self.declared]
        for name, made in [*reversed(self.replaced), *((name, self.resources[name]) for name in gone)]:
            if self.stopped:
                return
            with self.catching():
                context = self.context(name)
                lifecycle.delete(REGISTRY[made.token], context, made.id, made.outputs, made.inputs)
        self.replaced.clear()
        self.resources = {name: made for name, made in self.resources.items() if name in self.declared}

    @contextmanager
    def catching(self) -> Iterator[None]:
        try:
            yield
        except StoppedError:
            self.stopped = True
        except PartialError as error:
            self.said += error.reasons
            self.stopped = True
        except FoundError as error:
            self.said += map(str, error.diagnostics)
            self.stopped = True
        except MturkError as error:
            self.said.append(str(error))
            self.stopped = True


def _plain(value: Any) -> Any:
    """A value without the mark of a secret."""
    return value["value"] if isinstance(value, dict) and SPECIAL in value else value


class _Said(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        # The SDK logs a warning of its own where an Output is made a string.
        if not is_output_text(record.getMessage()):
            self._said.append(record.getMessage())


Situation = Callable[[Stack, Marketplace], AbstractContextManager[None]]
# What a note of an example says, made so; notes of another kind are for the reader alone.
SITUATIONS: dict[str, Situation] = {}


def findings(example: Example, folder: Path) -> list[str]:
    """All that is said in the run of an example, errors and warnings and information alike."""
    before = os.getcwd()  # noqa: PTH109 - it is given back
    os.chdir(folder)
    try:
        (folder / ".mturk").mkdir()
        for name, text in example.files.items():
            (folder / name).write_text(text, encoding="utf-8")
        stack = Stack(folder)
        database = new_database(folder / ".mturk" / "local.db")
        with Marketplace.open(database) as marketplace, mock.patch.dict(os.environ, _KEYS):
            _run(example, folder, stack, marketplace)
        return stack.said
    finally:
        os.chdir(before)


_KEYS = {"AWS_ACCESS_KEY_ID": "example", "AWS_SECRET_ACCESS_KEY": "example"}


def _run(example: Example, folder: Path, stack: Stack, marketplace: Marketplace) -> None:
    marketplace.set_switches(requirement_on_unknown_type="accept")
    DOOR.marketplace = Embedded(str(folder / ".mturk" / "local.db"))
    situation = SITUATIONS.get(example.note)
    program = example.program
    if example.before is not None:
        earlier = example.configuration if example.earlier is None else example.earlier
        stack.begin(earlier)
        _program(example.before, stack)
        stack.end()
        stack.said.clear()
    try:
        stack.begin(example.configuration)
    except FoundError as error:
        stack.said += map(str, error.diagnostics)
        return
    stack.said += map(str, remarks(stack.provider.configuration))
    with situation(stack, marketplace) if situation else nullcontext():
        for old, new in stack.texts.items():
            program = program.replace(old, new)
        try:
            _program(program, stack)
        except FoundError as error:
            stack.said += map(str, error.diagnostics)
            return
        except pulumi.RunError as error:
            stack.said.append(str(error))
            return
        stack.end()
        if example.refresh:
            stack.before_refresh()
            stack.refresh()


def _program(text: str, stack: Stack) -> None:
    logger = logging.getLogger("tests.rule_examples")
    logger.handlers, logger.propagate = [_Said(stack.said)], False
    logger.setLevel(logging.INFO)
    mocks.set_mocks(stack, project="test", stack="test", preview=False, logger=logger)
    pulumi.runtime.set_all_config({f"mturk:{key}": value for key, value in stack.configuration.items()} | _WORKERS)
    names = names_of_a_program() | {"register": stack.register}

    @mocks.test  # type: ignore[untyped-decorator]
    def run() -> None:
        exec(compile(text, "<example>", "exec"), names)  # noqa: S102 - our own examples

    run()


def names_of_a_program() -> dict[str, Any]:
    """What an example takes as read."""
    return {
        "mturk": mturk,
        "pulumi": pulumi,
        "Decimal": Decimal,
        "datetime": datetime,
        "Path": Path,
        **{name: getattr(eligibility, name) for name in eligibility.__all__},
    }


_WORKERS: dict[str, str] = {"test:workers": "A1EXAMPLE A2EXAMPLE"}
