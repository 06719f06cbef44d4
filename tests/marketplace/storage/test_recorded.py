"""Files of earlier versions: they are read as those versions read them, and the numbers kept in them are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace.storage.schema import VERSIONS
from tests.support.marketplace import recorded

if TYPE_CHECKING:
    from pathlib import Path

RECORDED = sorted(recorded.FOLDER.glob("version-*.sql"))


@pytest.mark.parametrize("version", RECORDED, ids=lambda path: path.stem)
def test_what_an_earlier_version_wrote_is_read_as_it_read_it(tmp_path: Path, version: Path) -> None:
    path = tmp_path / "recorded.db"
    recorded.restored(version, path)
    recorded.check(int(version.stem.partition("-")[2]), path)


def test_the_versions_before_this_one_are_recorded() -> None:
    assert {path.stem for path in RECORDED} >= {f"version-{number}" for number in range(3, len(VERSIONS))}
