"""Files of earlier versions: they are read as those versions read them, and the numbers kept in them are right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace.storage.schema import VERSIONS
from tests.support.marketplace import recorded
from tests.support.marketplace.kept_numbers import check_kept_numbers

if TYPE_CHECKING:
    from pathlib import Path

SINCE = {"requester": 5}
"""Members of answers that earlier versions did not have."""
RECORDED = sorted(recorded.FOLDER.glob("version-*.sql"))


@pytest.mark.parametrize("version", RECORDED, ids=lambda path: path.stem)
def test_what_an_earlier_version_wrote_is_read_as_it_read_it(tmp_path: Path, version: Path) -> None:
    path = tmp_path / "recorded.db"
    recorded.restored(version, path)
    expected: dict[str, Any] = json.loads(version.with_suffix(".json").read_text(encoding="utf-8"))
    since = {member for member, began in SINCE.items() if began > int(version.stem.partition("-")[2])}
    read = _without(since, recorded.readings(path))
    assert read.keys() == expected.keys()
    for asked, answer in expected.items():
        assert read[asked] == answer, asked
    with recorded.opened(path, recorded.BEGIN + recorded.DAY + 1) as marketplace, marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)


def _without(members: set[str], read: Any) -> Any:
    if isinstance(read, dict):
        return {name: _without(members, value) for name, value in read.items() if name not in members}
    return [_without(members, each) for each in read] if isinstance(read, list) else read


def test_the_versions_before_this_one_are_recorded() -> None:
    assert {path.stem for path in RECORDED} >= {f"version-{number}" for number in range(3, len(VERSIONS))}
