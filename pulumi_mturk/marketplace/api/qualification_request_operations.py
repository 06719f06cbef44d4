"""Operations on workers' requests for qualifications: list, accept, reject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.api.qualification_operations import value_of
from pulumi_mturk.marketplace.domain.qualification_types import find_type, require_own
from pulumi_mturk.marketplace.domain.qualifications import grant
from pulumi_mturk.marketplace.errors import request_error
from pulumi_mturk.marketplace.storage import qualification_requests

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.api.parameters import Request
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row


def list_qualification_requests(ctx: Context, request: Request) -> dict[str, Any]:
    """ListQualificationRequests: the pending ones, of one type or of all of the caller's (documented)."""
    wanted = request.get("QualificationTypeId")
    if wanted is not None:
        require_own(ctx, wanted)

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        if wanted is None:
            found = qualification_requests.pending(ctx.db, ctx.account, after)
        else:
            found = qualification_requests.pending_of_type(ctx.db, wanted, after)
        for row in found:
            if find_type(ctx, row["qualification_type_id"]):
                yield row["sequence"], _wire_form(row)

    return page(ctx, request, "ListQualificationRequests", "QualificationRequests", rows)


def accept_qualification_request(ctx: Context, request: Request) -> dict[str, Any]:
    """AcceptQualificationRequest: grants, or changes the score of a worker who holds the qualification (documented)."""
    row = _pending(ctx, request["QualificationRequestId"])
    qualification_requests.close(ctx.db, row["id"], "Granted")
    grant(ctx, row["qualification_type_id"], row["worker_id"], value_of(ctx, request))
    return {}


def reject_qualification_request(ctx: Context, request: Request) -> dict[str, Any]:
    """RejectQualificationRequest: a qualification that the worker holds stays as it is (documented)."""
    qualification_requests.close(ctx.db, _pending(ctx, request["QualificationRequestId"])["id"], "Rejected")
    return {}


def _pending(ctx: Context, request_id: str) -> Row:
    """Codes known from Amazon's own clients, texts guessed by the pattern of others.

    A request for another requester's type does not exist for the caller (guessed).
    """
    row = qualification_requests.find(ctx.db, request_id)
    if row is None or not ctx.reaches(row["account"]):
        message = "You requested a QualificationRequest that does not exist."
        raise request_error("QualificationRequestDoesNotExist", message)
    if not row["is_pending"]:
        message = "This operation can be called with a status of: Submitted"
        raise request_error("InvalidQualificationRequestState", message)
    require_own(ctx, row["qualification_type_id"])
    return row


def _wire_form(row: Row) -> dict[str, Any]:
    return {
        "QualificationRequestId": row["id"],
        "QualificationTypeId": row["qualification_type_id"],
        "WorkerId": row["worker_id"],
        "Test": row["test"],
        "Answer": row["answer"],
        "SubmitTime": row["submit_time"],
    }
