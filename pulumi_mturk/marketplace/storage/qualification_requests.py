"""Workers' requests for qualifications. None is ever deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pulumi_mturk.marketplace.storage import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

Status = Literal["Pending", "Granted", "Rejected"]


def find(db: Connection, request_id: str) -> Row | None:
    """The request with this id."""
    return db.execute(  # type: ignore[no-any-return]
        "SELECT * FROM qualification_requests WHERE id = ?", (request_id,)
    ).fetchone()


def insert(db: Connection, **columns: Any) -> None:
    """Store a new request, by the names of its columns."""
    sql.insert(db, "qualification_requests", columns)


def pending(db: Connection, account: int, after: int) -> Iterator[Row]:
    """Those that wait for an account, in their order, after the one of this number."""
    return db.execute(
        """SELECT * FROM qualification_requests WHERE status = 'Pending' AND account = ? AND sequence > ?
        ORDER BY sequence""",
        (account, after),
    )


def pending_of_type(db: Connection, qualification_type_id: str, after: int) -> Iterator[Row]:
    """Those for a type that wait for the requester, in their order, after the one of this number."""
    return db.execute(
        """SELECT * FROM qualification_requests WHERE status = 'Pending' AND qualification_type_id = ? AND sequence > ?
        ORDER BY sequence""",
        (qualification_type_id, after),
    )


def types_pending(db: Connection, worker_id: str) -> list[str]:
    """The ids of the types that a worker has requested and that wait for their requesters."""
    rows = db.execute(
        "SELECT DISTINCT qualification_type_id FROM qualification_requests WHERE status = 'Pending' AND worker_id = ?",
        (worker_id,),
    )
    return [row["qualification_type_id"] for row in rows]


def is_pending(db: Connection, qualification_type_id: str, worker_id: str) -> bool:
    """Whether a worker's request for a type waits for the requester."""
    found = db.execute(
        """SELECT 1 FROM qualification_requests
        WHERE status = 'Pending' AND qualification_type_id = ? AND worker_id = ?""",
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


def reject_pending(db: Connection, qualification_type_id: str) -> None:
    """Reject those of a type that wait for the requester."""
    db.execute(
        """UPDATE qualification_requests SET status = 'Rejected'
        WHERE qualification_type_id = ? AND status = 'Pending'""",
        (qualification_type_id,),
    )


def number_pending(db: Connection) -> int:
    """How many are pending, of all accounts."""
    return int(db.execute("SELECT count(*) FROM qualification_requests WHERE status = 'Pending'").fetchone()[0])
