"""The README is short, and is a way into the documentation."""

from tests.support.pages import ROOT, written

README = written(ROOT / "README.md")


def test_it_can_be_read_in_a_sitting() -> None:
    assert len(README.splitlines()) <= 150
