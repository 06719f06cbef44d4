"""All that a marketplace's database holds, whichever engine keeps it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.storage.migrations import current

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection


def contents(db: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each table, in an order of their own."""
    tables = [found[1] for statement in current() if (found := re.match(r"(?:--.*\n)?CREATE TABLE (\w+)", statement))]
    assert "hits" in tables
    rows = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608 - a table's name
    return {name: sorted(map(tuple, found), key=repr) for name, found in rows.items()}
