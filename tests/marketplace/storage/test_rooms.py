"""Where SQL stands: in the marketplace's storage alone."""

from __future__ import annotations

import re
from pathlib import Path

import pulumi_mturk

PACKAGE = Path(pulumi_mturk.__file__).parent
_RUN = re.compile(r"\.(execute|executemany|executescript)\(")


def test_sql_stands_in_storage_alone() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if _RUN.search(path.read_text(encoding="utf-8"))
    }
    storage = {path for path in found if path.startswith("marketplace/storage/")}
    assert storage
    assert found - storage == set()
