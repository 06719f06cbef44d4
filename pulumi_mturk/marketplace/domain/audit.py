"""The audit log: when, who, what. A worker stands there as a keyed hash of the id, an answer or a name never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pulumi_mturk.marketplace.storage import audit, keyed_hashes

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context

OPERATOR: Final = "operator"
_REFUSED: Final = "sign-in refused"
_BUCKETS: Final = 64
"""Of names, in which refused sign-ins are counted: those of one name stand out, those of all are few rows a day."""
_DAY: Final = 86_400
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


def refused(ctx: Context, name_hash: str) -> None:
    """Note a refused sign-in with a name, in the day's row for the names of its bucket, told by its keyed hash.

    Also a name that nobody has: to note those alone that exist would tell by the time it takes which do. In rows of
    their own they would be as many as strangers like.
    """
    actor = f"names:{int(name_hash, 16) % _BUCKETS}"
    if not audit.count_refusal(ctx.db, ctx.now - ctx.now % _DAY, actor):
        audit.insert(ctx.db, ctx.now, actor, _REFUSED, "")


def _worker(ctx: Context, worker_id: str) -> str:
    return f"worker:{keyed_hashes.of_worker(ctx.db, worker_id)}"
