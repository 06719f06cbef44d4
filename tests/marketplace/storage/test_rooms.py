"""Where SQL stands: in storage, in what is kept for tests, and so far in `domain` and the class that joins them."""

from __future__ import annotations

import re
from pathlib import Path

import pulumi_mturk

PACKAGE = Path(pulumi_mturk.__file__).parent
MAY = ("marketplace/storage/", "marketplace/domain/", "marketplace/testing/", "marketplace/service.py", "testing/")
_RUN = re.compile(r"\.(execute|executemany|executescript)\(")


def test_sql_stands_in_few_rooms() -> None:
    found = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if _RUN.search(path.read_text(encoding="utf-8"))
    ]
    assert any(path.startswith("marketplace/storage/") for path in found)
    assert [path for path in found if not path.startswith(MAY)] == []
