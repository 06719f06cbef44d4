"""UniqueRequestToken: a call that is repeated with the same token within 24 hours does nothing (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.errors import request_error
from pulumi_mturk.marketplace.storage import used_tokens

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.api.parameters import Request
    from pulumi_mturk.marketplace.domain.context import Context

LIFETIME: Final = 86_400
"""Seconds for which a token is remembered: 24 hours (documented)."""


def id_made_with(ctx: Context, operation: str, request: Request) -> str | None:
    """The id of what an earlier call of the operation created with the same token, or None."""
    return used_tokens.id_made_with(
        ctx.db, ctx.account, operation, request.get("UniqueRequestToken"), ctx.now - LIFETIME
    )


def refuse_used(ctx: Context, operation: str, request: Request) -> None:
    """The error of a second use holds the token (documented, the text observed). Its code is not known (guessed)."""
    if id_made_with(ctx, operation, request) is not None:
        message = f'The idempotency token "{request["UniqueRequestToken"]}" has already been processed.'
        raise request_error("DuplicateRequest", message)


def remember(ctx: Context, operation: str, request: Request, made_id: str) -> None:
    """Store the request's token, if it has one."""
    if "UniqueRequestToken" in request:
        used_tokens.remember(ctx.db, ctx.account, operation, request["UniqueRequestToken"], made_id, ctx.now)
