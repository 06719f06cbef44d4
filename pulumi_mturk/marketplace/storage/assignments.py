"""Assignments, and the numbers that follow their states: of the HIT, and of the worker."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.storage import hits, sql, taken_hits
from pulumi_mturk.marketplace.storage.schema_seventh import TAKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

_PLACES: Final = {"Accepted": (1, 0, 0), "Submitted": (0, 1, 0), "Approved": (0, 0, 1), "Rejected": (0, 0, 1)}
"""What a status counts for among a HIT's pending, submitted and completed ones."""
_NONE: Final = (0, 0, 0)
_WITH_HITS: Final = """
    SELECT assignments.*, hit_type_id, group_id, title, description, reward, question, (
        SELECT coalesce(sum(amount_cents), 0) FROM payments WHERE assignment_id = assignments.id AND kind = 'Bonus'
    ) AS bonus_cents
    FROM assignments JOIN hits ON hits.id = hit_id JOIN hit_types ON hit_types.id = hit_type_id
"""


def find(db: Connection, assignment_id: str) -> Row | None:
    """An assignment of any status."""
    return db.execute("SELECT * FROM assignments WHERE id = ?", (assignment_id,)).fetchone()  # type: ignore[no-any-return]


def of_worker(db: Connection, worker_id: str, assignment_id: str) -> Row | None:
    """One of a worker's, with its HIT's properties and the sum of its bonuses, as below."""
    # by the id alone: PostgreSQL may go by the worker, since most have few, and a busy one has many
    row: Row | None = db.execute(f"{_WITH_HITS} WHERE assignments.id = ?", (assignment_id,)).fetchone()
    return None if row is None or row["worker_id"] != worker_id else row


def accepted(db: Connection, worker_id: str, after: tuple[float, int]) -> Iterator[Row]:
    """A worker's accepted ones, the next deadline first, after a deadline and the number of the one that has it."""
    return db.execute(
        f"""{_WITH_HITS} WHERE worker_id = ? AND status = 'Accepted' AND (deadline, assignments.sequence) > (?, ?)
        ORDER BY deadline, assignments.sequence""",
        (worker_id, *after),
    )


def past(db: Connection, worker_id: str, before: int) -> Iterator[Row]:
    """A worker's others, the latest first, before the one of this number."""
    return db.execute(
        f"""{_WITH_HITS} WHERE worker_id = ? AND assignments.sequence < ? AND status <> 'Accepted'
        ORDER BY assignments.sequence DESC""",
        (worker_id, before),
    )


def status_of_taken(db: Connection, hit_id: str, worker_id: str) -> str | None:
    """The status of a worker's assignment of a HIT, unless it was given back."""
    row = db.execute(
        f"SELECT status FROM assignments WHERE hit_id = ? AND worker_id = ? AND {TAKEN}",  # noqa: S608 - our own words
        (hit_id, worker_id),
    ).fetchone()
    return None if row is None else str(row["status"])


def accept(db: Connection, **columns: Any) -> bool:
    """Store a new assignment, with the status Accepted, by the names of its columns.

    False, and nothing is stored, if no place of the HIT is free, or the worker has taken the HIT: of two processes that
    have read of one free place, one gets it.
    """
    hit = hits.take_place(db, columns["hit_id"])
    if hit is None:
        return False
    values = {**columns, "status": "Accepted", "of_many": taken_hits.is_of_many(hit)}
    made = db.execute(f"{sql.insertion('assignments', values)} ON CONFLICT DO NOTHING", tuple(values.values()))
    if not made.rowcount:
        hits.count(db, hit["id"], -1, 0, 0)
        return False
    taken_hits.take(db, columns["worker_id"], hit, is_open=hits.is_open(hit))
    _count(db, columns["worker_id"], accepted=1)
    return True


def set_status(db: Connection, assignment: Row, status: str, **columns: Any) -> bool:
    """Give an assignment another status, and set columns of it by their names; `assignment` is its row before.

    False, and nothing is changed, if it does not have the row's status any more: of two processes that have read it,
    one changes it.
    """
    others = "".join(f", {name} = ?" for name in columns)
    changed = db.execute(
        f"UPDATE assignments SET status = ?{others} WHERE sequence = ? AND status = ?",  # noqa: S608 - our names
        (status, *columns.values(), assignment["sequence"], assignment["status"]),
    )
    if not changed.rowcount:
        return False
    before, now = _PLACES.get(assignment["status"], _NONE), _PLACES.get(status, _NONE)
    if before != now:
        hit = hits.count(db, assignment["hit_id"], *(new - old for old, new in zip(before, now, strict=True)))
        if now == _NONE:
            taken_hits.give_back(db, assignment["worker_id"], hit, was_open=hits.is_open(hit))
    _count(
        db,
        assignment["worker_id"],
        submitted=int(status == "Submitted"),
        abandoned=int(status == "Abandoned"),
        returned=int(status == "Returned"),
        approved=int(status == "Approved"),
        rejected=int(status == "Rejected") - int(assignment["status"] == "Rejected"),
    )
    return True


def submitted(db: Connection, hit_id: str, statuses: Iterable[str], after: int = 0) -> Iterator[Row]:
    """A HIT's assignments of some statuses in the order in which they were submitted, after the one of this number."""
    row = db.execute("SELECT submit_time FROM assignments WHERE sequence = ?", (after,)).fetchone()
    since = -1.0 if row is None or row["submit_time"] is None else row["submit_time"]
    return heapq.merge(
        *(
            db.execute(
                """SELECT * FROM assignments WHERE hit_id = ? AND status = ? AND (submit_time, sequence) > (?, ?)
                ORDER BY submit_time, sequence""",
                (hit_id, status, since, after),
            )
            for status in statuses
        ),
        key=lambda row: (row["submit_time"], row["sequence"]),
    )


def rejected(db: Connection, after: int) -> Iterator[Row]:
    """Those that are rejected, of all accounts, after the one of this number; with what their HIT says."""
    return db.execute(
        """SELECT assignments.*, title, reward, hits.deleted
        FROM assignments JOIN hits ON hits.id = hit_id JOIN hit_types ON hit_types.id = hit_type_id
        WHERE assignments.sequence > ? AND status = 'Rejected' ORDER BY assignments.sequence""",
        (after,),
    )


def count_decided(db: Connection, account: int, status: str) -> int:
    """How many of an account's are approved, or rejected."""
    statement = """SELECT count(*) FROM assignments
        WHERE account = ? AND status IN ('Approved', 'Rejected') AND status = ?"""
    return int(db.execute(statement, (account, status)).fetchone()[0])


def has_worked(db: Connection, account: int, worker_id: str) -> bool:
    """Whether work of a worker was approved or rejected by an account."""
    statement = """SELECT 1 FROM assignments
        WHERE account = ? AND worker_id = ? AND status IN ('Approved', 'Rejected') LIMIT 1"""
    return db.execute(statement, (account, worker_id)).fetchone() is not None


def counts_of_worker(db: Connection, worker_id: str) -> Row | None:
    """How many assignments a worker has had of each status, and what they were paid; None before the first one."""
    return db.execute("SELECT * FROM worker_counts WHERE worker_id = ?", (worker_id,)).fetchone()  # type: ignore[no-any-return]


def pay(db: Connection, worker_id: str, *, reward_cents: int = 0, bonus_cents: int = 0) -> None:
    """Add to what a worker was paid, for assignments that are there."""
    db.execute(
        """UPDATE worker_counts SET reward_cents = reward_cents + ?, bonus_cents = bonus_cents + ?
        WHERE worker_id = ?""",
        (reward_cents, bonus_cents, worker_id),
    )


def _count(
    db: Connection,
    worker_id: str,
    *,
    accepted: int = 0,
    submitted: int = 0,
    abandoned: int = 0,
    returned: int = 0,
    approved: int = 0,
    rejected: int = 0,
) -> None:
    db.execute(
        """INSERT INTO worker_counts (worker_id, accepted, submitted, abandoned, returned, approved, rejected)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (worker_id) DO UPDATE SET accepted = worker_counts.accepted + excluded.accepted,
            submitted = worker_counts.submitted + excluded.submitted,
            abandoned = worker_counts.abandoned + excluded.abandoned,
            returned = worker_counts.returned + excluded.returned,
            approved = worker_counts.approved + excluded.approved,
            rejected = worker_counts.rejected + excluded.rejected""",
        (worker_id, accepted, submitted, abandoned, returned, approved, rejected),
    )
