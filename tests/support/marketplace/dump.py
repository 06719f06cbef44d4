"""All that a marketplace's database holds, for comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.marketplace.contents import contents

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

Dump = dict[str, set[tuple[Any, ...]]]
"""The rows of each table."""


def dump(marketplace: Marketplace) -> Dump:
    with marketplace.reading() as ctx:
        return {name: set(rows) for name, rows in contents(ctx.db).items()}
