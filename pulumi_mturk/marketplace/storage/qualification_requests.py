"""Workers' requests for qualifications. None is ever deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

Status = Literal["Pending", "Granted", "Rejected"]


def find(db: Connection, request_id: str) -> Row | None:
    """The request with this id."""
    return db.execute(  # type: ignore[no-any-return]
        "SELECT * FROM qualification_requests WHERE id = ?", (request_id,)
    ).fetchone()


def pending(db: Connection, qualification_type_id: str | None, after: int) -> Iterator[Row]:
    """Those that wait for the requester, of a type or of all, in their order, after the one of this number."""
    of_type = "" if qualification_type_id is None else " AND qualification_type_id = :type"
    return db.execute(
        f"""SELECT * FROM qualification_requests WHERE status = 'Pending'{of_type} AND sequence > :after
        ORDER BY sequence""",  # noqa: S608 - no input in the SQL
        {"type": qualification_type_id, "after": after},
    )


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
