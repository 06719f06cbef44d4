"""HIT types: find, whether they still exist, and their requirements."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import qualification_types
from pulumi_mturk.marketplace.domain.qualification_types import DAY
from pulumi_mturk.marketplace.errors import request_error
from pulumi_mturk.marketplace.storage import hit_types

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.requirements import Requirement
    from pulumi_mturk.marketplace.storage.sql import Row


def find(ctx: Context, hit_type_id: str) -> Row:
    """A HIT type that still exists; raises WireError (code and text guessed, by the pattern of other types)."""
    row = ctx.db.execute("SELECT * FROM hit_types WHERE id = ?", (hit_type_id,)).fetchone()
    if row is None or not is_alive(ctx, row):
        raise request_error("HITTypeDoesNotExist", f"HITType [{hit_type_id}] does not exist.")
    return row  # type: ignore[no-any-return]


def find_group(ctx: Context, group_id: str) -> Row:
    """The HIT type of a group: tools print its own id or that of its group (observed). Raises WireError."""
    row = hit_types.by_either_id(ctx.db, group_id)
    if row is None:
        raise request_error("HITTypeDoesNotExist", "There is no group of HITs with this id.")
    return row


def is_alive(ctx: Context, row: Row) -> bool:
    """Neither deleted with a type that it requires (documented) nor removed when idle (a switch)."""
    if row["deleted"]:
        return False
    idle = ctx.switches.idle_removal_days * DAY
    if not idle or ctx.now < row["last_used"] + idle:
        return True
    statement = "SELECT 1 FROM hits WHERE hit_type_id = ? AND NOT deleted LIMIT 1"
    return ctx.db.execute(statement, (row["id"],)).fetchone() is not None


def mark_used(ctx: Context, row: Row) -> None:
    """Restart the idle time of a HIT type, and of the qualification types that it requires."""
    if ctx.switches.idle_removal_days:
        ctx.db.execute("UPDATE hit_types SET last_used = ? WHERE id = ?", (ctx.now, row["id"]))
        for requirement in requirements_of(row):
            qualification_types.mark_used(ctx, requirement["QualificationTypeId"])


def requirements_of(row: Row) -> list[Requirement]:
    """The requirements of a HIT type, as a HIT gives them back."""
    return json.loads(row["requirements"])  # type: ignore[no-any-return]
