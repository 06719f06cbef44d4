"""Whether a tag may be released, and its notes: `tools/release.py v0.2.0`, `tools/release.py v0.2.0 --notes`.

The release workflow runs it. Standard library alone: nothing is installed yet.
"""

import argparse
import datetime
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
_HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>.+))?$", re.MULTILINE)
_DAYS = 7


class NotReadyError(Exception):
    """Why there can be no release of this tag."""


def notes(tag: str, version: str, changelog: str, today: datetime.date) -> str:
    """The changelog's text of a tag's version. Raises NotReadyError where tag, version and changelog are not one."""
    if tag != f"v{version}":
        raise NotReadyError(f"the tag is {tag}, and pyproject.toml has the version {version}")
    headings = list(_HEADING.finditer(changelog))
    at = next((number for number, found in enumerate(headings) if found["version"] == version), None)
    if at is None:
        raise NotReadyError(f"CHANGELOG.md has no heading [{version}]")
    try:
        day = datetime.date.fromisoformat(headings[at]["date"] or "")
    except ValueError:
        raise NotReadyError(f"the heading [{version}] of CHANGELOG.md has no date, such as 2027-01-31") from None
    if not 0 <= (today - day).days <= _DAYS:
        raise NotReadyError(f"the date of [{version}] in CHANGELOG.md, {day}, is not one of the last {_DAYS} days")
    end = headings[at + 1].start() if at + 1 < len(headings) else len(changelog)
    return changelog[headings[at].end() : end].strip()


def main() -> None:
    """Check the tag; print the notes where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tag")
    parser.add_argument("--notes", action="store_true")
    arguments = parser.parse_args()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    try:
        text = notes(arguments.tag, version, changelog, datetime.datetime.now(datetime.UTC).date())
    except NotReadyError as error:
        sys.exit(f"no release: {error}")
    if arguments.notes:
        print(text)


if __name__ == "__main__":
    main()
