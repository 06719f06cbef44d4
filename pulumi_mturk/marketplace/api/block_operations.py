"""Operations on blocks: workers who can not accept any HIT of this requester."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.domain.worker_notifications import notify
from pulumi_mturk.marketplace.domain.workers import check_known
from pulumi_mturk.marketplace.errors import request_error
from pulumi_mturk.marketplace.storage import blocks
from pulumi_mturk.marketplace.storage.totals import total

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.api.parameters import Request
    from pulumi_mturk.marketplace.domain.context import Context

MAX_BLOCKS: Final = 100_000


def create_worker_block(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateWorkerBlock: success also for a blocked worker (documented in the old API).

    Whether the reason is replaced then is a switch (guessed). Up to 100,000 workers can be blocked (documented). They
    are notified, but not of the reason (documented). A second call sends no notification (guessed). An empty reason is
    accepted (guessed).
    """
    worker_id = request["WorkerId"]
    check_known(ctx, worker_id)
    if blocks.is_blocked(ctx.db, ctx.account, worker_id):
        if ctx.switches.reblock_updates_reason == "yes":
            blocks.set_reason(ctx.db, ctx.account, worker_id, request["Reason"])
        return {}
    if total(ctx.db, ctx.account, "blocks") >= MAX_BLOCKS:
        message = f"You can block up to {MAX_BLOCKS} Workers."  # the limit is documented, code and text are guessed
        raise request_error("InvalidParameterValue", message)
    blocks.insert(ctx.db, ctx.account, worker_id, request["Reason"])
    notify(ctx, "Block", worker_id)
    return {}


def delete_worker_block(ctx: Context, request: Request) -> dict[str, Any]:
    """DeleteWorkerBlock: success also for a worker who is not blocked (documented)."""
    check_known(ctx, request["WorkerId"])
    blocks.delete(ctx.db, ctx.account, request["WorkerId"])
    return {}


def list_worker_blocks(ctx: Context, request: Request) -> dict[str, Any]:
    """ListWorkerBlocks: all of them, in pages; there is no other way to read one (documented)."""

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for row in blocks.after(ctx.db, ctx.account, after):
            yield row["sequence"], {"WorkerId": row["worker_id"], "Reason": row["reason"]}

    return page(ctx, request, "ListWorkerBlocks", "WorkerBlocks", rows)
