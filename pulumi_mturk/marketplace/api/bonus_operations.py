"""Operations on bonuses: send and list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api import idempotency_tokens
from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.api.parameters import Request, check_not_empty
from pulumi_mturk.marketplace.domain import money
from pulumi_mturk.marketplace.domain.assignments import find_assignment, unknown_assignment
from pulumi_mturk.marketplace.domain.hits import find_hit
from pulumi_mturk.marketplace.domain.worker_notifications import notify
from pulumi_mturk.marketplace.domain.workers import check_known
from pulumi_mturk.marketplace.errors import invalid_parameter
from pulumi_mturk.marketplace.storage import payments

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

LONGEST_AMOUNT: Final = 15
_FINISHED: Final = ("Submitted", "Approved", "Rejected")


def send_bonus(ctx: Context, request: Request) -> dict[str, Any]:
    """SendBonus: pays a worker for an assignment that the worker completed, and charges the fee (documented).

    It fails if the balance does not cover both (documented). The assignment may be approved, rejected or not reviewed
    yet (guessed). One that is not submitted yet does not exist for this call (observed). Another worker's assignment
    gives the error that is observed for unknown ids (guessed). An amount of zero, or of more than 15 characters, is
    refused (guessed). The worker reads the reason (documented). It may not be empty (guessed). A second call with the
    same UniqueRequestToken within 24 hours pays nothing and is an error that holds the token (documented, the text
    observed).
    """
    idempotency_tokens.refuse_used(ctx, "SendBonus", request)
    worker_id = request["WorkerId"]
    check_known(ctx, worker_id)
    check_not_empty(request, "Reason")
    amount = _checked_amount(request["BonusAmount"])
    assignment = _finished(ctx, request["AssignmentId"])
    if assignment["worker_id"] != worker_id:
        raise invalid_parameter("WorkerId", worker_id)
    payment = money.pay_bonus(ctx, assignment, amount, request["Reason"])
    idempotency_tokens.remember(ctx, "SendBonus", request, assignment["id"])
    notify(ctx, "Bonus", worker_id, text=request["Reason"], payment=payment)
    return {}


def list_bonus_payments(ctx: Context, request: Request) -> dict[str, Any]:
    """ListBonusPayments: those of a HIT or of one assignment, of which one must be named (documented).

    With both, the assignment has to be one of the HIT's (guessed). The order is that of payment (guessed).
    """
    conditions = {}
    if "HITId" in request:
        conditions["hit_id"] = find_hit(ctx, request["HITId"])["id"]
    if "AssignmentId" in request:
        conditions["assignment_id"] = _finished(ctx, request["AssignmentId"])["id"]
    if not conditions:
        raise invalid_parameter("HITId", "null", "Either HITId or AssignmentId must be used")

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for row in payments.bonuses(ctx.db, conditions, after):
            yield row["sequence"], _wire_form(row)

    return page(ctx, request, "ListBonusPayments", "BonusPayments", rows)


def _checked_amount(text: str) -> int:
    if len(text) > LONGEST_AMOUNT:
        raise invalid_parameter("BonusAmount", text, f"BonusAmount must not be longer than {LONGEST_AMOUNT} characters")
    if not (amount := money.cents(text)):
        raise invalid_parameter("BonusAmount", text, "BonusAmount must be more than 0")
    return amount


def _finished(ctx: Context, assignment_id: str) -> Row:
    """An assignment that was submitted, also if approved or rejected since; others do not exist here (observed)."""
    row = find_assignment(ctx, assignment_id)
    if row["status"] not in _FINISHED:
        raise unknown_assignment(assignment_id)
    return row


def _wire_form(row: Row) -> dict[str, Any]:
    return {
        "WorkerId": row["worker_id"],
        "BonusAmount": money.dollars(row["amount_cents"]),
        "AssignmentId": row["assignment_id"],
        "Reason": row["reason"],
        "GrantTime": row["time"],
    }
