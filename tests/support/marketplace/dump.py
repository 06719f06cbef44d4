"""All that a marketplace's database holds, for comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

Dump = dict[str, set[tuple[Any, ...]]]
"""The rows of each table."""


def dump(marketplace: Marketplace) -> Dump:
    with marketplace.reading() as ctx:
        tables = [row["name"] for row in ctx.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {tuple(row) for row in ctx.db.execute(f"SELECT * FROM {name}")} for name in tables}  # noqa: S608
