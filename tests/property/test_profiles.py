"""How many examples a property has is for the profile to say: `make test` looks at few, and `make test-all` at many."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("room", sorted(path.name for path in TESTS.iterdir() if (path / "__init__.py").exists()))
def test_no_property_has_a_number_of_its_own(room: str) -> None:
    own = re.compile(r"\bmax_examples=\d")
    assert [path.name for path in (TESTS / room).rglob("*.py") if own.search(path.read_text(encoding="utf-8"))] == []
