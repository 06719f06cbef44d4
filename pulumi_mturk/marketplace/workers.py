"""Workers, as far as a requester's API knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import invalid_parameter

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.context import Context


def check_worker(ctx: Context, worker_id: str) -> None:
    """The worker exists in this environment; a stranger's id is refused (observed) only where the switch says so."""
    if ctx.switches.unknown_workers == "accept":
        return
    if ctx.db.execute("SELECT 1 FROM workers WHERE worker_id = ?", (worker_id,)).fetchone() is None:
        raise invalid_parameter("WorkerId", worker_id)


def register_worker(ctx: Context, worker_id: str) -> None:
    """Make a worker known."""
    ctx.db.execute("INSERT OR IGNORE INTO workers (worker_id) VALUES (?)", (worker_id,))
