"""How long the property tests look: `HYPOTHESIS_PROFILE=long` for a search, else what a change can wait for.

`--transport` says how the provider reaches its marketplace; other transports than the default select the tests that use
one.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no failure of ours. Failures print how to repeat them.
settings.register_profile(
    "short",
    max_examples=60,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    # Where it decides whether a change lands, the same examples each time: the search is for who works on the code.
    derandomize=bool(os.environ.get("CI")),
)
# Where the same tests have looked for longer already, on another Python or over another transport.
settings.register_profile("brief", settings.get_profile("short"), max_examples=10)
settings.register_profile(
    "long", settings.get_profile("short"), max_examples=2000, stateful_step_count=100, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--transport", choices=("embedded", "http", "proxy"), default="embedded", help="how a marketplace is reached"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if (transport := config.getoption("--transport")) != "embedded":
        from tests.support import core as places

        places.transport = transport
        of_places = [
            item for item in items if not {"place", "production"}.isdisjoint(getattr(item, "fixturenames", ()))
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in of_places])
        items[:] = of_places
