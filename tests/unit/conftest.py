"""Places for the tests of the core: one marketplace each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.core import Place, opened
from tests.support.inputs import CALL_OF_TYPE
from tests.support.memory_stack import Stack


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The rules of production, for the same marketplace: requests are signed, then answered here."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    with opened(tmp_path, environment="production") as found:
        yield found


@pytest.fixture
def stack(place: Place) -> Stack:
    """A program's resources, at a place whose listings end with their last page."""
    place.marketplace.set_switches(page_tokens="when_more")
    return Stack(place)


@pytest.fixture
def tier(place: Place) -> str:
    """The id of a qualification type that is there, for grants and rosters."""
    found = place.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    place.calls()
    return found
