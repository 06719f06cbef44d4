"""Assignments, and the numbers that follow their states: of the HIT, and of the worker."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.storage import hits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

_PLACES: Final = {"Accepted": (1, 0, 0), "Submitted": (0, 1, 0), "Approved": (0, 0, 1), "Rejected": (0, 0, 1)}
"""What a status counts for among a HIT's pending, submitted and completed ones."""
_NONE: Final = (0, 0, 0)


def accept(db: Connection, **columns: Any) -> None:
    """Store a new assignment, with the status Accepted, by the names of its columns."""
    names = ", ".join(columns)
    db.execute(
        f"INSERT INTO assignments ({names}, status) VALUES ({', '.join('?' * len(columns))}, 'Accepted')",  # noqa: S608
        tuple(columns.values()),
    )
    hits.count(db, columns["hit_id"], *_PLACES["Accepted"])
    _count(db, columns["worker_id"], accepted=1)


def set_status(db: Connection, assignment: Row, status: str, **columns: Any) -> None:
    """Give an assignment another status, and set columns of it by their names; `assignment` is its row before."""
    others = "".join(f", {name} = ?" for name in columns)
    db.execute(
        f"UPDATE assignments SET status = ?{others} WHERE sequence = ?",  # noqa: S608 - our names
        (status, *columns.values(), assignment["sequence"]),
    )
    before, now = _PLACES.get(assignment["status"], _NONE), _PLACES.get(status, _NONE)
    if before != now:
        hits.count(db, assignment["hit_id"], *(new - old for old, new in zip(before, now, strict=True)))
    _count(
        db,
        assignment["worker_id"],
        submitted=int(status == "Submitted"),
        abandoned=int(status == "Abandoned"),
        returned=int(status == "Returned"),
        approved=int(status == "Approved"),
        rejected=int(status == "Rejected") - int(assignment["status"] == "Rejected"),
    )


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


def has_worked(db: Connection, account: int, worker_id: str) -> bool:
    """Whether work of a worker for an account was approved or rejected."""
    found = db.execute(
        """SELECT 1 FROM assignments JOIN hits ON hits.id = assignments.hit_id
        WHERE worker_id = ? AND status IN ('Approved', 'Rejected') AND account = ? LIMIT 1""",
        (worker_id, account),
    )
    return found.fetchone() is not None


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
