"""Places for the tests of the core: one marketplace each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import Place, opened


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
