"""Where a worker stands in the database: read whole for an export, taken out for an erasure.

Every table with a column `worker_id` is in one of the two lists; a test holds them against the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.storage import blocks

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row

DELETED: Final = (
    "workers",
    "sign_in_names",
    "passphrases",
    "passkeys",
    "sessions",
    "consents",
    "invitations",
    "grants",
    "qualification_requests",
    "sittings",
    "notifications",
    "blocks",
)
"""What an erasure takes away."""
KEPT: Final = ("assignments", "taken_hits", "payments", "worker_counts")
"""What is the requester's, too, and stays under another id."""
_LEFT_OUT: Final = frozenset(
    {"hash", "token_hash", "credential_id", "public_key", "sign_count", "worker_id", "of_many"}
)
"""Columns that are no business of an export."""


def rows_of(db: Connection, worker_id: str) -> dict[str, list[dict[str, Any]]]:
    """All rows about a worker, by their tables."""
    found = {}
    for table in (*DELETED, *KEPT):
        rows = db.execute(f"SELECT * FROM {table} WHERE worker_id = ?", (worker_id,))  # noqa: S608 - ours
        found[table] = [{name: row[name] for name in row.keys() if name not in _LEFT_OUT} for row in rows]  # noqa: SIM118
    return found


def is_known(db: Connection, worker_id: str) -> bool:
    """Whether anything is stored about a worker."""
    return any(
        db.execute(f"SELECT 1 FROM {table} WHERE worker_id = ? LIMIT 1", (worker_id,)).fetchone()  # noqa: S608 - ours
        for table in (*DELETED, *KEPT)
    )


def all_ids(db: Connection) -> set[str]:
    """The ids of all workers that anything is stored about."""
    return {
        row[0]
        for table in (*DELETED, *KEPT)
        for row in db.execute(f"SELECT DISTINCT worker_id FROM {table} WHERE worker_id IS NOT NULL")  # noqa: S608 - ours
    }


def accepted(db: Connection, worker_id: str) -> list[Row]:
    """The assignments that the worker has accepted, and not handed in."""
    return db.execute("SELECT * FROM assignments WHERE worker_id = ? AND status = 'Accepted'", (worker_id,)).fetchall()


def waiting(db: Connection, worker_id: str) -> int:
    """How many assignments of the worker wait for the requester's decision, and so for the pay."""
    row = db.execute(
        "SELECT count(*) FROM assignments WHERE worker_id = ? AND status = 'Submitted'", (worker_id,)
    ).fetchone()
    return int(row[0])


def erase_from_calls(db: Connection, worker_id: str, after: int, most: int) -> int | None:
    """Forget the parameters of calls that name a worker, among the `most` after this number; the number of the last."""
    found = "SELECT sequence FROM calls WHERE sequence > ? ORDER BY sequence LIMIT ?"
    last: int | None = db.execute(f"SELECT max(sequence) FROM ({found}) AS found", (after, most)).fetchone()[0]  # noqa: S608
    if last is not None:
        db.execute(
            """UPDATE calls SET parameters = NULL
            WHERE sequence > ? AND sequence <= ? AND parameters LIKE '%' || ? || '%'""",
            (after, last, worker_id),
        )
    return last


def erase(db: Connection, worker_id: str, tombstone: str, emptied: str | None) -> None:
    """Take a worker out of all but calls: rows are deleted, or stand under `tombstone`, also within texts.

    `emptied` is what takes the place of each answer; None: they stay.
    """
    for account in blocks.accounts_that_block(db, worker_id):
        blocks.delete(db, account, worker_id)
    for table in DELETED:
        db.execute(f"DELETE FROM {table} WHERE worker_id = ?", (worker_id,))  # noqa: S608 - ours
    if emptied is not None:
        db.execute(
            """UPDATE assignments SET answer = ?, requester_feedback = NULL
            WHERE worker_id = ? AND answer IS NOT NULL""",
            (emptied, worker_id),
        )
    # a page may send its worker's id among the answers, and a requester write it
    db.execute(
        """UPDATE assignments SET worker_id = :new, answer = replace(answer, :old, :new),
            requester_feedback = replace(requester_feedback, :old, :new) WHERE worker_id = :old""",
        {"old": worker_id, "new": tombstone},
    )
    db.execute(
        "UPDATE payments SET worker_id = :new, reason = replace(reason, :old, :new) WHERE worker_id = :old",
        {"old": worker_id, "new": tombstone},
    )
    for table in ("taken_hits", "worker_counts"):
        db.execute(f"UPDATE {table} SET worker_id = ? WHERE worker_id = ?", (tombstone, worker_id))  # noqa: S608 - ours
