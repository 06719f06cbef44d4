"""The requester's money: the balance, and whether a HIT can be paid from it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.errors import request_error

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.context import Context, Request
    from pulumi_mturk.marketplace.requester.requirements import Requirement

from pulumi_mturk.marketplace.system_types import system_type

_CENT: Final = Decimal("0.01")
_MANY: Final = 10
"""From so many assignments on the fee is higher (documented)."""


def get_account_balance(ctx: Context, request: Request) -> dict[str, Any]:
    """GetAccountBalance: 10000.00 whatever was spent, as in the sandbox (documented); a switch."""
    return {"AvailableBalance": ctx.switches.account_balance}


def check_funds(ctx: Context, reward: Decimal, assignments: int, requirements: list[Requirement]) -> None:
    """One HIT with its fees must not cost more than the balance (text and code observed)."""
    masters = any(_is_masters(ctx, requirement) for requirement in requirements)
    cost = (reward + _fee(reward, assignments, masters=masters)) * assignments
    if cost > Decimal(ctx.switches.account_balance):
        raise request_error(
            "InsufficientFunds",
            "This Requester has insufficient funds in their account to complete this transaction. Please visit "
            "https://requester.mturk.com/prepayments/new to purchase Prepaid HITs.",
        )


def _fee(reward: Decimal, assignments: int, *, masters: bool) -> Decimal:
    """For one assignment: 20 %, 20 % more from ten on, 5 % for Masters, at least a cent (documented).

    Rounding half up per assignment, with the parts summed first, is guessed; premium qualifications cost nothing here.
    """
    rate = Decimal("0.20")
    if assignments >= _MANY:
        rate += Decimal("0.20")
    if masters:
        rate += Decimal("0.05")
    return max(_CENT, (reward * rate).quantize(_CENT, ROUND_HALF_UP))


def _is_masters(ctx: Context, requirement: Requirement) -> bool:
    found = system_type(requirement["QualificationTypeId"], ctx.switches)
    return found is not None and found.value == "none" and requirement["Comparator"] == "Exists"
