"""Qualifications that workers hold, or held."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

_AT_ONCE: Final = 50
"""Grants that are read at once."""


def find(db: Connection, qualification_type_id: str, worker_id: str) -> Row | None:
    """The grant of a type to a worker, revoked or not."""
    # BETWEEN one and the same: else PostgreSQL goes through all grants of the worker, since most workers have few
    row: Row | None = db.execute(
        "SELECT * FROM grants WHERE qualification_type_id = :type AND worker_id BETWEEN :worker AND :worker",
        {"type": qualification_type_id, "worker": worker_id},
    ).fetchone()
    return row


def scores_of(db: Connection, worker_id: str) -> Callable[[str], int | None]:
    """What gives the score of a type that a worker holds, or None; where these are few it has read all of them."""
    rows = db.execute(
        f"""SELECT qualification_type_id, value FROM grants WHERE worker_id = ? AND status = 'Granted'
        LIMIT {_AT_ONCE + 1}""",  # noqa: S608 - our own number
        (worker_id,),
    ).fetchall()
    if len(rows) <= _AT_ONCE:
        return {row["qualification_type_id"]: int(row["value"]) for row in rows}.get

    def found(qualification_type_id: str) -> int | None:
        row = find(db, qualification_type_id, worker_id)
        return int(row["value"]) if row is not None and row["status"] == "Granted" else None

    return found


def held_by(db: Connection, worker_id: str, before: int) -> Iterator[Row]:
    """What a worker holds, with the types: in the order of the first grants, the latest first, before this number."""
    # Some at a time, and these at once: for rows one by one PostgreSQL would go through the grants of all workers, and
    # without the inner SELECT through all types that the worker holds.
    statement = f"""SELECT own.sequence, types.id, account, name, description, value, grant_time
        FROM (SELECT * FROM grants WHERE worker_id = ? AND status = 'Granted' AND sequence < ?
            ORDER BY sequence DESC LIMIT {_AT_ONCE}) AS own
        JOIN qualification_types AS types ON types.id = qualification_type_id"""  # noqa: S608 - our own number
    while rows := db.execute(statement, (worker_id, before)).fetchall():
        rows.sort(key=lambda row: row["sequence"], reverse=True)
        yield from rows
        before = rows[-1]["sequence"]


def holders(db: Connection, qualification_type_id: str) -> list[Row]:
    """The workers who hold a type, with their values."""
    return db.execute(
        """SELECT worker_id, value FROM grants WHERE qualification_type_id = ? AND status = 'Granted'
        ORDER BY sequence""",
        (qualification_type_id,),
    ).fetchall()


def grant(db: Connection, qualification_type_id: str, worker_id: str, value: int, time: float) -> None:
    """Store a grant, or change the value of one; the time is set where there was none, or a revoked one."""
    db.execute(
        """INSERT INTO grants (qualification_type_id, worker_id, value, status, grant_time)
        VALUES (?, ?, ?, 'Granted', ?)
        ON CONFLICT (qualification_type_id, worker_id) DO UPDATE SET value = excluded.value, status = 'Granted',
            grant_time = CASE WHEN grants.status = 'Revoked' THEN excluded.grant_time ELSE grants.grant_time END""",
        (qualification_type_id, worker_id, value, time),
    )


def revoke(db: Connection, sequence: int) -> None:
    """Revoke the grant of this number."""
    db.execute("UPDATE grants SET status = 'Revoked' WHERE sequence = ?", (sequence,))


def of_type(db: Connection, qualification_type_id: str, statuses: Iterable[str], after: int) -> Iterator[Row]:
    """The grants of a type that have one of these statuses, in their order, after the one of this number."""
    return heapq.merge(
        *(
            db.execute(
                """SELECT * FROM grants WHERE qualification_type_id = ? AND status = ? AND sequence > ?
                ORDER BY sequence""",
                (qualification_type_id, status, after),
            )
            for status in statuses
        ),
        key=lambda row: row["sequence"],
    )


def number_of_holders(db: Connection, qualification_type_id: str) -> int:
    """How many workers hold a type."""
    statement = "SELECT count(*) FROM grants WHERE qualification_type_id = ? AND status = 'Granted'"
    return int(db.execute(statement, (qualification_type_id,)).fetchone()[0])
