"""Workers' requests for qualifications. None is ever deleted.

Those for a deleted type are rejected: at once for whoever reads them, and in the rows by a due event, some at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from pulumi_mturk.marketplace.storage import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

Status = Literal["Pending", "Granted", "Rejected"]
_DELETED: Final = sql.is_there("qualification_types", "id = qualification_type_id AND held_until IS NOT NULL")
_PENDING: Final = f"status = 'Pending' AND NOT {_DELETED}"
"""The condition for those that wait for their requester."""


def find(db: Connection, request_id: str) -> Row | None:
    """The request with this id, and whether it `is_pending`."""
    return db.execute(  # type: ignore[no-any-return]
        f"""SELECT *, CASE WHEN {_PENDING} THEN 1 ELSE 0 END AS is_pending FROM qualification_requests AS requests
        WHERE requests.id = ?""",  # noqa: S608 - no input in the SQL, here and below
        (request_id,),
    ).fetchone()


def insert(db: Connection, **columns: Any) -> None:
    """Store a new request, by the names of its columns."""
    sql.insert(db, "qualification_requests", columns)


def pending(db: Connection, account: int, after: int) -> Iterator[Row]:
    """Those that wait for an account, in their order, after the one of this number."""
    return db.execute(
        f"""SELECT * FROM qualification_requests AS requests WHERE {_PENDING} AND account = ? AND sequence > ?
        ORDER BY sequence""",  # noqa: S608
        (account, after),
    )


def pending_of_type(db: Connection, qualification_type_id: str, after: int) -> Iterator[Row]:
    """Those for a type that wait for the requester, in their order, after the one of this number."""
    return db.execute(
        f"""SELECT * FROM qualification_requests WHERE {_PENDING} AND qualification_type_id = ? AND sequence > ?
        ORDER BY sequence""",  # noqa: S608
        (qualification_type_id, after),
    )


def types_pending(db: Connection, worker_id: str, after: str) -> Iterator[str]:
    """The ids of the types that a worker has requested and that wait for their requesters, in order, after this one."""
    rows = db.execute(
        f"""SELECT DISTINCT qualification_type_id FROM qualification_requests
        WHERE {_PENDING} AND worker_id = ? AND qualification_type_id > ? ORDER BY qualification_type_id""",  # noqa: S608
        (worker_id, after),
    )
    return (row["qualification_type_id"] for row in rows)


def is_pending(db: Connection, qualification_type_id: str, worker_id: str) -> bool:
    """Whether a worker's request for a type waits for the requester."""
    found = db.execute(
        f"SELECT 1 FROM qualification_requests WHERE {_PENDING} AND qualification_type_id = ? AND worker_id = ?",  # noqa: S608
        (qualification_type_id, worker_id),
    )
    return found.fetchone() is not None


def latest_time(db: Connection, qualification_type_id: str, worker_id: str) -> float | None:
    """When a worker has last requested a type; None if never."""
    row = db.execute(
        """SELECT max(submit_time) AS latest FROM qualification_requests
        WHERE qualification_type_id = ? AND worker_id = ?""",
        (qualification_type_id, worker_id),
    ).fetchone()
    return None if row["latest"] is None else float(row["latest"])


def of_type(db: Connection, qualification_type_id: str) -> Iterator[Row]:
    """All requests for a type, in their order."""
    return db.execute(
        "SELECT worker_id, status FROM qualification_requests WHERE qualification_type_id = ? ORDER BY sequence",
        (qualification_type_id,),
    )


def close(db: Connection, request_id: str, status: Status) -> None:
    """Set the status of a request."""
    db.execute("UPDATE qualification_requests SET status = ? WHERE id = ?", (status, request_id))


def reject_some(db: Connection, qualification_type_id: str, most: int) -> int:
    """Reject the oldest `most` at most of those of a deleted type; returns how many."""
    return int(
        db.execute(
            """UPDATE qualification_requests SET status = 'Rejected' WHERE sequence IN (
                SELECT sequence FROM qualification_requests WHERE status = 'Pending' AND qualification_type_id = ?
                ORDER BY sequence LIMIT ?)""",
            (qualification_type_id, most),
        ).rowcount
    )


def number_pending(db: Connection) -> int:
    """How many are pending, of all accounts."""
    return int(db.execute(f"SELECT count(*) FROM qualification_requests WHERE {_PENDING}").fetchone()[0])  # noqa: S608
