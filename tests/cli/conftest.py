"""The real Pulumi CLI, a stack for each test (or for a file's tests that look at one), and its marketplace."""

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from pulumi_mturk.common.versions import package_version
from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.plugin import installation
from tests.support.pulumi_cli import ROOT, Stack

NewStack = Callable[..., Stack]


def first_is_enough(parameters: Iterable[str | tuple[object, ...]]) -> list[object]:
    """Of these `make test` runs the first: what the others show besides, tests without the CLI show too."""
    sets = [(values,) if isinstance(values, str) else values for values in parameters]
    return [pytest.param(*values, marks=[pytest.mark.slow] if number else []) for number, values in enumerate(sets)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder runs the CLI."""
    folder = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(folder):
            item.add_marker(pytest.mark.cli)


@pytest.fixture(scope="session", autouse=True)
def _pulumi_on_path() -> Iterator[None]:
    """The CLI that the project has set up is the first on PATH."""
    get = ROOT / "tools" / "pulumi" / "get.py"
    found = subprocess.run([sys.executable, str(get), "find"], capture_output=True, text=True, check=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PATH", found.stdout.strip(), prepend=os.pathsep)
        yield


@pytest.fixture(scope="session", autouse=True)
def _interrupts_reach_the_cli() -> None:
    """A shell's background jobs ignore them, and so would the CLI, which ends its own helpers by them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def new_stack(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> NewStack:
    """Makes stacks: `new_stack(environment="sandbox")`. All of a session share one PULUMI_HOME."""
    home = tmp_path_factory.mktemp("pulumi-home")
    numbers = itertools.count()
    shell: dict[str, str] = {}
    if pytestconfig.getoption("--shell") == "plugin":
        installation.install(home / "plugins" / f"resource-mturk-v{package_version()}")
        shell = {"plugin": "true"}

    def make(**config: str) -> Stack:
        config = shell | config
        return Stack(tmp_path_factory.mktemp("stack") / f"study{next(numbers)}", home, config)

    return make


@pytest.fixture
def kept_in(request: pytest.FixtureRequest) -> Iterator[tuple[Marketplace, str] | None]:
    """A marketplace on PostgreSQL and its address, where that is tested; else None: the embedded marketplace is."""
    if request.config.getoption("--engine") == "sqlite":
        yield None
        return
    with Marketplace.open(request.getfixturevalue("on_server")) as opened, Server(opened) as server:
        yield opened, server.url


@pytest.fixture
def stack(new_stack: NewStack, kept_in: tuple[Marketplace, str] | None) -> Stack:
    """A stack in the embedded marketplace, or in a server's."""
    return new_stack() if kept_in is None else new_stack(environment="sandbox", endpointUrl=kept_in[1])


@pytest.fixture
def marketplace(stack: Stack, kept_in: tuple[Marketplace, str] | None) -> Iterator[Marketplace]:
    """The marketplace of `stack`, which keeps every call with its parameters."""
    if kept_in is not None:
        kept_in[0].set_switches(record_calls="parameters")
        yield kept_in[0]
        return
    with Marketplace.open(stack.database) as opened:
        opened.set_switches(record_calls="parameters")
        yield opened
