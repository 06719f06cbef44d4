"""The audit log: when, who, what. A worker stands there as a keyed hash of the id, an answer or a name never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pulumi_mturk.marketplace.storage import audit, keyed_hashes

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context

OPERATOR: Final = "operator"
Action = Literal[
    "invitation made",
    "invitation revoked",
    "statement set",
    "joined",
    "signed in",
    "sign-in refused",
    "signed out",
    "signed out everywhere",
    "worker exported",
    "worker erased",
]


def by_operator(ctx: Context, action: Action, subject: str = "", *, worker_id: str | None = None) -> None:
    """Note what the operator did, to a thing or to a worker."""
    told = _worker(ctx, worker_id) if worker_id is not None else subject
    audit.insert(ctx.db, ctx.now, OPERATOR, action, told)


def by_worker(ctx: Context, action: Action, worker_id: str) -> None:
    """Note what a worker did."""
    audit.insert(ctx.db, ctx.now, _worker(ctx, worker_id), action, "")


def by_somebody(ctx: Context, action: Action, name_hash: str) -> None:
    """Note what was done by whoever knows a name, which is told by its keyed hash."""
    audit.insert(ctx.db, ctx.now, f"name:{name_hash}", action, "")


def _worker(ctx: Context, worker_id: str) -> str:
    return f"worker:{keyed_hashes.of_worker(ctx.db, worker_id)}"
