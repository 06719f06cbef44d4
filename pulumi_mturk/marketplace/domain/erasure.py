"""The erasure of a worker, and the copy of all that is known of one.

What is a worker's own goes: profile, sign-in name, passphrase, passkeys, sessions, consents, grants, requests, blocks,
messages. What is the requester's, too, stays under a random id that leads nowhere: assignments, with their answers only
if that is asked for, and payments. What lies outside of the database the operator has to look after (`outside`).
"""

from __future__ import annotations

import string
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.domain import audit, statements, worker_assignments
from pulumi_mturk.marketplace.domain.question_form_answers import to_xml
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import erasures, keyed_hashes, worker_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_mturk.marketplace.domain.context import Context

_OUTSIDE: Final = (
    "stacks of Pulumi: a roster, a grant or a block names its workers",
    "CSV files, and lists that rosters are read from",
    "what requesters have downloaded, and what their own pages have stored",
    "HITs, types and messages to others where a requester wrote the id into the text",
)
_BACKUPS: Final = (
    "backups of this database: `{}` erases again whoever the ledger of the database names that is replaced"
)
_CALLS: Final = 1_000
"""Calls of the journal that are looked at between two pauses."""
_PREFIX: Final = "AERASED"
_CHARACTERS: Final = string.ascii_uppercase + string.digits


@dataclass(frozen=True)
class Erasure:
    """An entry of the ledger."""

    worker_hash: str
    keep_answers: bool
    time: float


def export(ctx: Context, worker_id: str) -> dict[str, Any]:
    """What is stored about a worker, by the tables of the database; no hash of a passphrase or token, no key.

    Beside them `agreements` has the texts that the worker has agreed to, and `audit_log` what that says of the worker.
    The journal of calls is left out, which has requesters' calls and their parameters.

    Raises:
        WorkerRefusedError: nothing is.

    """
    _require_known(ctx, worker_id)
    audit.by_operator(ctx, "worker exported", worker_id=worker_id)
    agreements = [asdict(each) for each in statements.agreements(ctx, worker_id)]
    rows = worker_data.rows_of(ctx.db, worker_id)
    log = audit.rows_of_worker(ctx, worker_id)
    return {"worker_id": worker_id, "agreements": agreements, "audit_log": log, **rows}


def erase(ctx: Context, worker_id: str, *, keep_answers: bool = False, pause: Callable[[], None] = lambda: None) -> int:
    """Erase a worker; assignments under way are returned first. How many of the rest wait for a decision, and pay.

    `pause` is called while the journal of calls is gone through, which may be long; all else happens after that.

    Raises:
        WorkerRefusedError: nothing is stored about this worker.

    """
    _require_known(ctx, worker_id)
    _take_out_of_calls(ctx, worker_id, pause)
    waiting = worker_data.waiting(ctx.db, worker_id)
    audit.by_operator(ctx, "worker erased", worker_id=worker_id)
    erasures.insert(ctx.db, keyed_hashes.of_worker(ctx.db, worker_id), keep_answers=keep_answers, time=ctx.now)
    _take_out(ctx, worker_id, keep_answers=keep_answers)
    return waiting


def outside(*, on_server: bool) -> tuple[str, ...]:
    """What an erasure does not reach, in a database on a server or in a file."""
    return (*_OUTSIDE, _BACKUPS.format("finish-restore" if on_server else "restore"))


def ledger(ctx: Context) -> list[Erasure]:
    """Who was erased."""
    return [Erasure(row["worker_hash"], bool(row["keep_answers"]), row["time"]) for row in erasures.every(ctx.db)]


def apply(ctx: Context, more: Iterable[Erasure] = ()) -> int:
    """Erase again whoever the ledger names, in a database that was restored; how many were there.

    `more` are entries of a newer ledger of the same database, which become part of this one.
    """
    for entry in more:
        erasures.insert(ctx.db, entry.worker_hash, keep_answers=entry.keep_answers, time=entry.time)
    named = {entry.worker_hash: entry for entry in ledger(ctx)}
    key = keyed_hashes.secret(ctx.db)
    found = 0
    for worker_id in worker_data.all_ids(ctx.db):
        again = named.get(keyed_hashes.keyed(key, "worker", worker_id))
        if again is not None:
            _take_out_of_calls(ctx, worker_id)
            _take_out(ctx, worker_id, keep_answers=again.keep_answers)
            found += 1
    return found


def _take_out(ctx: Context, worker_id: str, *, keep_answers: bool) -> None:
    for assignment in worker_data.accepted(ctx.db, worker_id):
        if ctx.now < assignment["deadline"]:  # else its end is due, and comes with the next due events
            worker_assignments.return_assignment(ctx, worker_id, assignment["id"])
    tombstone = _PREFIX + "".join(ctx.ids.choices(_CHARACTERS, k=12))
    worker_data.erase(ctx.db, worker_id, tombstone, None if keep_answers else to_xml([]))


def _take_out_of_calls(ctx: Context, worker_id: str, pause: Callable[[], None] = lambda: None) -> None:
    after = 0
    while (last := worker_data.erase_from_calls(ctx.db, worker_id, after, _CALLS)) is not None:
        after = last
        pause()


def _require_known(ctx: Context, worker_id: str) -> None:
    if not worker_data.is_known(ctx.db, worker_id):
        raise WorkerRefusedError("Nothing is stored here about a worker with this id.")
