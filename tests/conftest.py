"""How long the property tests look: `HYPOTHESIS_PROFILE=long` for a search, else what a change can wait for.

`--engine` says what keeps the marketplace's data, `--transport` how the provider reaches its marketplace, `--shell` by
which of its two shells Pulumi reaches it; others than the default select the tests that use one.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.support.marketplace.postgresql_server import PostgreSQLServer

# A slow machine is no failure of ours. Failures print how to repeat them.
settings.register_profile(
    "short",
    max_examples=10,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    # Where it decides whether a change lands, the same examples each time: the search is for who works on the code.
    derandomize=bool(os.environ.get("CI")),
)
# What `make test-all` looks for, with other examples each time.
settings.register_profile("thorough", settings.get_profile("short"), max_examples=200, derandomize=False)
settings.register_profile(
    "long", settings.get_profile("short"), max_examples=2000, stateful_step_count=100, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

# Most tests have a database of their own, and to wait for a disk to have it takes longer than the rest of the test.
# Where the memory of shared files is small, or no program may be started there, the tests do without.
_MEMORY = Path("/dev/shm")  # noqa: S108 - what pytest and tempfile make there, its owner alone can read
if (
    "TMPDIR" not in os.environ
    and os.access(_MEMORY, os.W_OK | os.X_OK)
    and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
    and shutil.disk_usage(_MEMORY).free > 4 * 2**30
):
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


@pytest.fixture(scope="session")
def _event_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One for all tests; its threads have loops, too, since Pulumi's mocks would make some that nobody closes."""
    loop = asyncio.new_event_loop()
    loops = [loop]

    def start() -> None:
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[-1])

    loop.set_default_executor(ThreadPoolExecutor(initializer=start))
    yield loop
    loop.run_until_complete(loop.shutdown_default_executor())
    for each in loops:
        each.close()


@pytest.fixture(autouse=True)
def _current_event_loop(_event_loop: asyncio.AbstractEventLoop) -> None:
    """An Output needs a loop: `asyncio.run` in another test takes it away, and an implicit one is closed by nobody."""
    asyncio.set_event_loop(_event_loop)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--transport", choices=("embedded", "http", "proxy"), default="embedded", help="how a marketplace is reached"
    )
    parser.addoption(
        "--engine", choices=("sqlite", "postgresql"), default="sqlite", help="what keeps the marketplace's data"
    )
    parser.addoption("--shell", choices=("dynamic", "plugin"), default="dynamic", help="what Pulumi's engine talks to")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--shell") == "plugin":
        of_shells = [
            item
            for item in items
            if "new_stack" in getattr(item, "fixturenames", ()) and item.get_closest_marker("one_shell") is None
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in of_shells])
        items[:] = of_shells
    if config.getoption("--engine") == "postgresql":
        # Tests of the file itself ask for its path.
        of_engines = [
            item
            for item in items
            if not {"engine", "kept_in"}.isdisjoint(names := getattr(item, "fixturenames", ()))
            and "database" not in names
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in of_engines])
        items[:] = of_engines
    if (transport := config.getoption("--transport")) != "embedded":
        from tests.support import core as places

        places.transport = transport
        of_places = [
            item for item in items if not {"place", "production"}.isdisjoint(getattr(item, "fixturenames", ()))
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in of_places])
        items[:] = of_places


@pytest.fixture(scope="session")
def postgresql() -> Iterator["PostgreSQLServer"]:
    """A server of the tests' own, where it is installed."""
    pytest.importorskip("psycopg")  # another Python's environment has what the package needs, and no extra
    from tests.support.marketplace.postgresql_server import started_or_skipped

    with started_or_skipped() as server:
        yield server


@pytest.fixture
def on_server(postgresql: "PostgreSQLServer") -> str:
    """The address of an empty marketplace's database: the same one for each test, as to make one takes longer."""
    return postgresql.emptied_database("local")  # as the files of the others are named
