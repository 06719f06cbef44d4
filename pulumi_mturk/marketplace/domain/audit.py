"""The audit log: when, who, what. A worker stands there as a keyed hash of the id, an answer or a name never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from pulumi_mturk.marketplace.storage import audit, keyed_hashes, meta

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Connection, Row

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
    "agreed",
    "signed in",
    "signed in with a passkey",
    "sign-in refused",
    "signed out",
    "signed out everywhere",
    "passkey added",
    "passkey removed",
    "passkey counter went back",
    "worker exported",
    "worker erased",
    "account added",
    "account renamed",
    "account closed",
    "access key made",
    "access key revoked",
    "operator key made",
    "rejection reversed",
    "marked as paid",
    "restored",
]
ACTIONS: Final[tuple[str, ...]] = get_args(Action)
_ACCOUNT: Final = "account:"


@dataclass(frozen=True)
class Entry:
    """An entry of the log."""

    time: float
    """Epoch seconds by the marketplace's clock."""
    actor: str
    """`operator`, `worker:` with the keyed hash of the id, `names:` with a group of sign-in names, `passkeys:` with
    one of passkeys, or `name:` with the keyed hash of a name, as older versions wrote it."""
    action: str
    times: int
    """How often; above 1 for refused sign-ins of a day alone."""
    account: int | None
    """The requester's account that it is about."""
    subject: str
    """What else, with spaces between: `worker:` as in `actor`, `key:` and `assignment:` with an id, `payout:` with its
    number, a number."""


def entries_after(ctx: Context, after: int = 0) -> Generator[tuple[int, Entry]]:
    """The log in its order, each entry with its position: after that of `after`."""
    for row in audit.after(ctx.db, after):
        yield row["sequence"], entry(row)


def entry(row: Row) -> Entry:
    """An entry of the log, from its row."""
    account, subject = None, row["subject"]
    if subject.startswith(_ACCOUNT):
        number, _, subject = subject.removeprefix(_ACCOUNT).partition(" ")
        account = int(number)
    return Entry(row["time"], row["actor"], row["action"], row["times"], account, subject)


def rows_of_worker(ctx: Context, worker_id: str) -> list[dict[str, Any]]:
    """The rows of what a worker did, and of what was done to one, by the names of their columns."""
    return [dict(row) for row in audit.naming(ctx.db, worker(ctx, worker_id))]


def by_operator(
    ctx: Context, action: Action, subject: str = "", *, worker_id: str | None = None, account: int | None = None
) -> None:
    """Note what the operator did, to a thing, a worker, or what a requester's account has."""
    told = (subject, worker(ctx, worker_id) if worker_id is not None else "")
    audit.insert(ctx.db, ctx.now, OPERATOR, action, _subject(account, *told))


def of_account(db: Connection, action: Action, account: int | None, now: float, subject: str = "") -> None:
    """Note what the operator did to a requester's account, or to what is nobody's; `now` is the machine's time."""
    audit.insert(db, now + float(meta.get(db, "clock_offset") or 0), OPERATOR, action, _subject(account, subject))


def by_worker(ctx: Context, action: Action, worker_id: str) -> None:
    """Note what a worker did."""
    audit.insert(ctx.db, ctx.now, worker(ctx, worker_id), action, "")


def refused(ctx: Context, hashed: str, kind: Literal["names", "passkeys"] = "names") -> None:
    """Note a refused sign-in with a name or a passkey, told by its keyed hash, in the day's row for its bucket.

    Also one that nobody has: to note those alone that exist would tell by the time it takes which do. In rows of
    their own they would be as many as strangers like.
    """
    actor = f"{kind}:{int(hashed, 16) % _BUCKETS}"
    if not audit.count_refusal(ctx.db, ctx.now - ctx.now % _DAY, actor):
        audit.insert(ctx.db, ctx.now, actor, _REFUSED, "")


def worker(ctx: Context, worker_id: str) -> str:
    """What stands in the log for a worker."""
    return f"worker:{keyed_hashes.of_worker(ctx.db, worker_id)}"


def _subject(account: int | None, *more: str) -> str:
    return " ".join(filter(None, ("" if account is None else f"{_ACCOUNT}{account}", *more)))
