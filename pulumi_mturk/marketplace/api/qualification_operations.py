"""Operations on qualifications that workers hold: grant, change, revoke, get, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.api.parameters import Request, flag
from pulumi_mturk.marketplace.domain.qualification_types import mark_used, require_live, require_own
from pulumi_mturk.marketplace.domain.qualifications import grant
from pulumi_mturk.marketplace.domain.worker_notifications import notify
from pulumi_mturk.marketplace.domain.workers import check_known
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error
from pulumi_mturk.marketplace.storage import grants

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row


def associate_qualification_with_worker(ctx: Context, request: Request) -> dict[str, Any]:
    """AssociateQualificationWithWorker: grants, or changes the value of a grant (documented).

    Any 32-bit value is fine (observed beyond 100). A pending request stays pending, and an e-mail is sent unless
    SendNotification is false (both documented). An Inactive type can be granted, too (guessed).
    """
    identity = require_live(ctx, request["QualificationTypeId"])["id"]
    check_known(ctx, request["WorkerId"])
    grant(ctx, identity, request["WorkerId"], value_of(ctx, request))
    if flag(request, "SendNotification", default=True):
        notify(ctx, "Grant", request["WorkerId"], qualification_type_id=identity)
    return {}


def disassociate_qualification_from_worker(ctx: Context, request: Request) -> dict[str, Any]:
    """DisassociateQualificationFromWorker: the worker is notified only if there is a Reason (documented).

    One that was never granted gives the error of GetQualificationScore (guessed). So does a revoked one, unless a
    switch is set (guessed). It still works on a type being deleted (guessed).
    """
    row, _ = require_own(ctx, request["QualificationTypeId"])
    found = _find(ctx, row["id"], request["WorkerId"])
    if found["status"] == "Revoked":
        if ctx.switches.double_revoke == "success":
            return {}
        raise _not_granted()
    grants.revoke(ctx.db, found["sequence"])
    mark_used(ctx, row["id"])
    if reason := request.get("Reason"):
        notify(ctx, "Revocation", request["WorkerId"], qualification_type_id=row["id"], text=reason)
    return {}


def get_qualification_score(ctx: Context, request: Request) -> dict[str, Any]:
    """GetQualificationScore: three different errors for unknown type, never granted and revoked (observed)."""
    row, _ = require_own(ctx, request["QualificationTypeId"])
    found = _find(ctx, row["id"], request["WorkerId"])
    if found["status"] == "Revoked":
        raise _not_granted()
    return {"Qualification": _wire_form(found)}


def list_workers_with_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """ListWorkersWithQualificationType: by Status (documented).

    Without it the granted ones come, as the old API's documents say (documented there; a switch).
    """
    row, _ = require_own(ctx, request["QualificationTypeId"])
    status = request.get("Status")
    if status is None and ctx.switches.list_workers_without_status == "granted":
        status = "Granted"
    statuses = ("Granted", "Revoked") if status is None else (status,)

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for item in grants.of_type(ctx.db, row["id"], statuses, after):
            yield item["sequence"], _wire_form(item)

    return page(ctx, request, "ListWorkersWithQualificationType", "Qualifications", rows)


def value_of(ctx: Context, request: Request) -> int:
    """IntegerValue, or 1 where it is omitted (guessed, a switch)."""
    if "IntegerValue" not in request and ctx.switches.grant_without_value == "refuse":
        raise invalid_parameter("IntegerValue", "null", "IntegerValue must not be null")
    return int(request.get("IntegerValue", 1))


def _find(ctx: Context, qualification_type_id: str, worker_id: str) -> Row:
    row = grants.find(ctx.db, qualification_type_id, worker_id)
    if row is None:  # code and text observed
        raise request_error("QualificationDoesNotExist", "You requested a Qualification that does not exist.")
    return row


def _not_granted() -> WireError:
    """Text observed, code guessed."""
    return request_error("InvalidQualificationState", "This operation can be called with a status of: Granted")


def _wire_form(row: Row) -> dict[str, Any]:
    return {
        "QualificationTypeId": row["qualification_type_id"],
        "WorkerId": row["worker_id"],
        "GrantTime": row["grant_time"],
        "IntegerValue": row["value"],
        "Status": row["status"],
    }
