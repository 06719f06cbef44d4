"""Workers' requests for qualifications: made on the worker's side, listed, accepted and rejected by the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.context import Context, Request, new_id
from pulumi_mturk.marketplace.errors import WorkerRefusedError, request_error
from pulumi_mturk.marketplace.requester.grants import grant, value_of
from pulumi_mturk.marketplace.requester.paging import page
from pulumi_mturk.marketplace.type_store import find_own, require_own

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator


def list_qualification_requests(ctx: Context, request: Request) -> dict[str, Any]:
    """ListQualificationRequests: the pending ones, of one type or of all (documented)."""
    wanted = request.get("QualificationTypeId")
    if wanted is not None:
        require_own(ctx, wanted)

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        found = ctx.db.execute(
            "SELECT * FROM qualification_requests WHERE status = 'Pending' AND sequence > ? ORDER BY sequence",
            (after,),
        )
        for row in found:
            if wanted in (None, row["qualification_type_id"]):
                yield row["sequence"], _wire_form(row)

    return page(ctx, request, "ListQualificationRequests", "QualificationRequests", rows)


def accept_qualification_request(ctx: Context, request: Request) -> dict[str, Any]:
    """AcceptQualificationRequest: grants, and may change the score of a worker who holds the type (documented)."""
    row = _pending(ctx, request["QualificationRequestId"])
    _close(ctx, row, "Granted")
    grant(ctx, row["qualification_type_id"], row["worker_id"], value_of(ctx, request))
    return {}


def reject_qualification_request(ctx: Context, request: Request) -> dict[str, Any]:
    """RejectQualificationRequest: a qualification that the worker holds stays as it is (documented)."""
    _close(ctx, _pending(ctx, request["QualificationRequestId"]), "Rejected")
    return {}


def request_qualification(ctx: Context, worker_id: str, qualification_type_id: str, answer: str | None) -> str | None:
    """What a worker does on the site: the request's id, or None where the type grants at once (AutoGranted).

    Every other request waits for the requester: tests are not scored here yet. Delays between tries are not kept.
    """
    found = find_own(ctx, qualification_type_id)
    if found is None or found[1] != "Active":  # documented: workers can not request an Inactive type
        raise WorkerRefusedError("The qualification type is not there, or not active: no worker can request it.")
    row, _ = found
    if row["auto_granted"]:
        value = row["auto_granted_value"]
        grant(ctx, row["id"], worker_id, 1 if value is None else value)
        return None
    request_id = new_id()
    ctx.db.execute(
        """INSERT INTO qualification_requests (id, qualification_type_id, worker_id, test, answer, status, submit_time)
        VALUES (?, ?, ?, ?, ?, 'Pending', ?)""",
        (request_id, row["id"], worker_id, row["test"], answer, ctx.now),
    )
    return request_id


def _pending(ctx: Context, request_id: str) -> sqlite3.Row:
    """Codes known from Amazon's own clients, texts guessed by the pattern of others."""
    row = ctx.db.execute("SELECT * FROM qualification_requests WHERE id = ?", (request_id,)).fetchone()
    if row is None:
        message = "You requested a QualificationRequest that does not exist."
        raise request_error("QualificationRequestDoesNotExist", message)
    if row["status"] != "Pending":
        message = "This operation can be called with a status of: Submitted"
        raise request_error("InvalidQualificationRequestState", message)
    return row  # type: ignore[no-any-return]


def _close(ctx: Context, row: sqlite3.Row, status: str) -> None:
    ctx.db.execute("UPDATE qualification_requests SET status = ? WHERE id = ?", (status, row["id"]))


def _wire_form(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "QualificationRequestId": row["id"],
        "QualificationTypeId": row["qualification_type_id"],
        "WorkerId": row["worker_id"],
        "Test": row["test"],
        "Answer": row["answer"],
        "SubmitTime": row["submit_time"],
    }
