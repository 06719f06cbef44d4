"""Requesters, as workers read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.storage import accounts

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context


def name_of(ctx: Context, account: int) -> str:
    """The name of an account; of one that was given none, that of the database."""
    if account not in ctx.names:
        ctx.names[account] = accounts.name(ctx.db, account) or ctx.place
    return ctx.names[account]
