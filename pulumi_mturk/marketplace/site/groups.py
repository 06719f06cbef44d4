"""Groups of HITs by the id in an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import request_error

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.context import Context


def find_group(ctx: Context, group_id: str) -> sqlite3.Row:
    """The HIT type of a group: tools print its own id or that of its group (observed). Raises WireError."""
    row = ctx.db.execute("SELECT * FROM hit_types WHERE ? IN (id, group_id)", (group_id,)).fetchone()
    if row is None:
        raise request_error("HITTypeDoesNotExist", "There is no group of HITs with this id.")
    return row  # type: ignore[no-any-return]
