"""`tools/release.py`: whether a tag may be released."""

import datetime
import re
import tomllib
from pathlib import Path

import pytest

from tools.release import NotReadyError, notes

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2027, 1, 31)
CHANGELOG = """# Changelog

## [0.3.0] - Unreleased

### Added

- Next.

## [0.2.0] - 2027-01-31

### Added

- A resource.

## [0.1.0] - 2026-12-01

- The first.
"""


def test_the_notes_are_the_text_of_the_version() -> None:
    assert notes("v0.2.0", "0.2.0", CHANGELOG, TODAY) == "### Added\n\n- A resource."
    assert notes("v0.1.0", "0.1.0", CHANGELOG, datetime.date(2026, 12, 2)) == "- The first."


@pytest.mark.parametrize(
    ("tag", "version", "today", "said"),
    [
        ("v0.2.1", "0.2.0", TODAY, "pyproject.toml has the version 0.2.0"),
        ("0.2.0", "0.2.0", TODAY, "pyproject.toml has the version 0.2.0"),
        ("v0.4.0", "0.4.0", TODAY, r"no heading \[0.4.0\]"),
        ("v0.3.0", "0.3.0", TODAY, "has no date"),
        ("v0.2.0", "0.2.0", datetime.date(2027, 3, 1), "is not one of the last 7 days"),
        ("v0.2.0", "0.2.0", datetime.date(2027, 1, 30), "is not one of the last 7 days"),
    ],
)
def test_what_is_not_ready_is_not_released(tag: str, version: str, today: datetime.date, said: str) -> None:
    with pytest.raises(NotReadyError, match=said):
        notes(tag, version, CHANGELOG, today)


def test_the_changelog_begins_with_the_version_that_comes_next() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    first = re.findall(r"^## \[(\S+)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[0]
    assert first[1] == "Unreleased" or first[0] == version
