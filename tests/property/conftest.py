"""A place that a module's examples share: each takes away what it made."""

from collections.abc import Iterator

import pytest

from tests.support.core import Place, opened


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with opened(tmp_path_factory.mktemp("place")) as found:
        # Recording would make a database of the examples.
        found.marketplace.set_switches(record_calls="off")
        yield found


@pytest.fixture(scope="module")
def own_type(place: Place) -> str:
    """A qualification type that is there, for grants and requirements."""
    return place.made("QualificationType", {"description": "For the examples."}).id
