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

SINCE = {"requester"}
"""Members of answers that no recorded version had."""
RECORDED = sorted(recorded.FOLDER.glob("version-*.sql"))


@pytest.mark.parametrize("version", RECORDED, ids=lambda path: path.stem)
def test_what_an_earlier_version_wrote_is_read_as_it_read_it(tmp_path: Path, version: Path) -> None:
    path = tmp_path / "recorded.db"
    recorded.restored(version, path)
    expected: dict[str, Any] = json.loads(version.with_suffix(".json").read_text(encoding="utf-8"))
    with recorded.opened(path, recorded.BEGIN + recorded.DAY + 1) as marketplace:
        read = _told_then(recorded.readings(marketplace))
        assert read.keys() == expected.keys()
        for asked, answer in expected.items():
            assert read[asked] == answer, asked
        with marketplace.reading() as ctx:
            check_kept_numbers(ctx.db)


def _told_then(read: Any) -> Any:
    if isinstance(read, dict):
        return {name: _told_then(value) for name, value in read.items() if name not in SINCE}
    return [_told_then(each) for each in read] if isinstance(read, list) else read


def test_the_version_before_this_one_is_recorded() -> None:
    assert [path.stem for path in RECORDED] == [f"version-{number}" for number in range(3, len(VERSIONS))]
