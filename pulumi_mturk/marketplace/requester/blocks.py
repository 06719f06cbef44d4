"""Blocks: workers who may not take any HIT of this requester."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.context import Context, Request, notify
from pulumi_mturk.marketplace.errors import request_error
from pulumi_mturk.marketplace.requester.paging import page
from pulumi_mturk.marketplace.workers import check_worker

if TYPE_CHECKING:
    from collections.abc import Generator

MAX_BLOCKS: Final = 100_000


def create_worker_block(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateWorkerBlock: success also for a worker blocked before (documented in the old API).

    Whether the reason is replaced then is a switch (guessed). Up to 100,000 workers can be blocked (documented). They
    are told that they are, not why (documented). A second call tells them nothing (guessed). An empty reason is taken
    (guessed).
    """
    worker_id = request["WorkerId"]
    check_worker(ctx, worker_id)
    if ctx.db.execute("SELECT 1 FROM blocks WHERE worker_id = ?", (worker_id,)).fetchone():
        if ctx.switches.reblock_updates_reason == "yes":
            ctx.db.execute("UPDATE blocks SET reason = ? WHERE worker_id = ?", (request["Reason"], worker_id))
        return {}
    if ctx.db.execute("SELECT count(*) FROM blocks").fetchone()[0] >= MAX_BLOCKS:
        message = f"You can block up to {MAX_BLOCKS} Workers."  # the limit is documented, code and text are guessed
        raise request_error("InvalidParameterValue", message)
    ctx.db.execute("INSERT INTO blocks (worker_id, reason) VALUES (?, ?)", (worker_id, request["Reason"]))
    notify(ctx, "Block", worker_id)
    return {}


def delete_worker_block(ctx: Context, request: Request) -> dict[str, Any]:
    """DeleteWorkerBlock: success also for a worker who is not blocked (documented)."""
    check_worker(ctx, request["WorkerId"])
    ctx.db.execute("DELETE FROM blocks WHERE worker_id = ?", (request["WorkerId"],))
    return {}


def list_worker_blocks(ctx: Context, request: Request) -> dict[str, Any]:
    """ListWorkerBlocks: all of them, in pages; there is no other way to read one (documented)."""

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for row in ctx.db.execute("SELECT * FROM blocks WHERE sequence > ? ORDER BY sequence", (after,)):
            yield row["sequence"], {"WorkerId": row["worker_id"], "Reason": row["reason"]}

    return page(ctx, request, "ListWorkerBlocks", "WorkerBlocks", rows)
