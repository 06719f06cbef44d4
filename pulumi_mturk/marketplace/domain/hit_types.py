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
    """A HIT type of the caller's that still exists.

    Raises WireError (code and text guessed, by the pattern of other types). One of another requester does not exist for
    the caller (guessed).
    """
    row = hit_types.find(ctx.db, hit_type_id)
    if row is None or not ctx.reaches(row["account"]) or not is_alive(ctx, row):
        raise request_error("HITTypeDoesNotExist", f"HITType [{hit_type_id}] does not exist.")
    return row


def find_group(ctx: Context, group_id: str) -> Row:
    """The HIT type of a group, of whichever requester; raises WireError.

    Tools print its own id or that of its group (observed).
    """
    row = hit_types.by_either_id(ctx.db, group_id)
    if row is None:
        raise request_error("HITTypeDoesNotExist", "There is no group of HITs with this id.")
    return row


def is_alive(ctx: Context, row: Row) -> bool:
    """Neither deleted with a type that it requires (documented) nor removed when idle (a switch)."""
    if hit_types.requires_deleted(ctx.db, row["id"]):
        return False
    idle = ctx.switches.idle_removal_days * DAY
    if not idle or ctx.now < row["last_used"] + idle:
        return True
    return hit_types.has_hits(ctx.db, row["id"])


def mark_used(ctx: Context, row: Row) -> None:
    """Restart the idle time of a HIT type, and of the qualification types that it requires."""
    if ctx.switches.idle_removal_days:
        hit_types.set_last_used(ctx.db, row["id"], ctx.now)
        for requirement in requirements_of(row):
            qualification_types.mark_used(ctx, requirement["QualificationTypeId"])


def requirements_of(row: Row) -> list[Requirement]:
    """The requirements of a HIT type, as a HIT gives them back."""
    return json.loads(row["requirements"])  # type: ignore[no-any-return]
