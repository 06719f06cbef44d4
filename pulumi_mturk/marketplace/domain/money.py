"""The requester's money: balance, amounts on hold for HITs, fees, rewards and bonuses.

Amounts are whole cents, here and in the database.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.system_qualification_types import find_system_type, is_masters
from pulumi_mturk.marketplace.errors import WireError, request_error
from pulumi_mturk.marketplace.storage import payments
from pulumi_mturk.marketplace.storage.hits import HIGHER_FEE_FROM, holds, terms
from pulumi_mturk.marketplace.storage.totals import total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.requirements import Requirement
    from pulumi_mturk.marketplace.storage.sql import Row

_CENT: Final = Decimal("0.01")


def available_and_on_hold(ctx: Context) -> tuple[int, int]:
    """The available balance, and the amount on hold for live HITs."""
    on_hold = _on_hold(ctx, ctx.account)
    # more can be on hold than is left if the switch `account_balance` was lowered
    return max(0, _deposited(ctx) - _paid(ctx, ctx.account) - on_hold), on_hold


def check_funds(ctx: Context, hit_type: Row, assignments: int, *, of: int | None = None) -> None:
    """New assignments of a HIT, with their fees, must not cost more than what is available (documented).

    `of` is the HIT's total number of assignments, if it has more: the fee depends on it. With fixed funds it is the
    balance that no HIT may exceed (guessed).
    """
    reward = cents(hit_type["reward"])
    each = reward + reward_fee(ctx, hit_type, assignments if of is None else of)
    _require(ctx, hit_type["account"], each * assignments)


def current_hold(ctx: Context) -> int:
    """The amount on hold now, for `check_hold` after a change."""
    return _on_hold(ctx, ctx.account) if ctx.switches.funds == "prepaid" else 0


def check_hold(ctx: Context, before: int) -> None:
    """The amount that a change added to the hold has to be available (guessed)."""
    on_hold = current_hold(ctx)
    if on_hold > before and _deposited(ctx) - _paid(ctx, ctx.account) < on_hold:
        raise _insufficient()


def pay_reward(ctx: Context, assignment: Row) -> None:
    """The reward and the fee are charged when work is approved; work that is rejected costs nothing (documented).

    Overriding a rejection charges it then, and fails if the balance is too low by now (documented). For all assignments
    that were not rejected the money is on hold. `assignment` is its row before it was approved.
    """
    hit = terms(ctx.db, assignment["hit_id"])
    reward = cents(hit["reward"])
    fee = reward_fee(ctx, hit, hit["max_assignments"])
    if assignment["status"] == "Rejected":
        _require(ctx, hit["account"], reward + fee)
    payments.insert(ctx.db, "Reward", hit["account"], assignment, reward, fee, None, ctx.now)


def pay_bonus(ctx: Context, assignment: Row, amount: int, reason: str) -> int:
    """Pay a bonus and its fee, for which the available balance must suffice (documented).

    Returns the payment's number.
    """
    fee, account = bonus_fee(amount), assignment["account"]
    _require(ctx, account, amount + fee)
    return payments.insert(ctx.db, "Bonus", account, assignment, amount, fee, reason, ctx.now)


def reward_fee(ctx: Context, hit_type: Row, assignments: int) -> int:
    """The fee for one of `assignments` assignments of a HIT: 20 % of the reward, at least a cent (documented).

    HITs with ten assignments or more cost 20 % more, and those that require Masters 5 % more (documented). Half a cent
    is rounded up (documented). That the parts are summed before they are rounded, for one assignment, is not known
    (guessed). Premium qualifications cost nothing here, as the fees are unpublished (guessed).
    """
    return _fee(ctx, hit_type["reward"], hit_type["masters"], higher=assignments >= HIGHER_FEE_FROM)


def bonus_fee(amount: int) -> int:
    """The fee for a bonus: 20 % of it, at least a cent, whatever the HIT was (documented)."""
    return _share(amount, Decimal("0.20"))


def cents(amount: str) -> int:
    """A CurrencyAmount, which has two decimals at most."""
    return int(Decimal(amount) * 100)


def dollars(amount: int) -> str:
    """Cents as a CurrencyAmount with two decimals."""
    return str(Decimal(amount) * _CENT)


def _share(amount: int, rate: Decimal) -> int:
    return max(1, int((amount * rate).quantize(Decimal(1), ROUND_HALF_UP)))


def _require(ctx: Context, account: int, amount: int) -> None:
    """Raise InsufficientFunds unless the amount is available."""
    available = _deposited(ctx)
    if ctx.switches.funds == "prepaid":
        available -= _paid(ctx, account) + _on_hold(ctx, account)
    if amount > available:
        raise _insufficient()


def _insufficient() -> WireError:
    """Code and text observed."""
    return request_error(
        "InsufficientFunds",
        "This Requester has insufficient funds in their account to complete this transaction. Please visit "
        "https://requester.mturk.com/prepayments/new to purchase Prepaid HITs.",
    )


def _deposited(ctx: Context) -> int:
    return cents(ctx.switches.account_balance)


def _paid(ctx: Context, account: int) -> int:
    return total(ctx.db, account, "paid")


def _on_hold(ctx: Context, account: int) -> int:
    """Reward and fee of each assignment that can still be approved: available, accepted or submitted."""
    return sum(
        row["assignments"]
        * (cents(row["reward"]) + _fee(ctx, row["reward"], row["masters"], higher=bool(row["higher_fee"])))
        for row in holds(ctx.db, account)
    )


def _fee(ctx: Context, reward: str, masters: str, *, higher: bool) -> int:
    rate = Decimal("0.20")
    if higher:
        rate += Decimal("0.20")
    # an id that the environment does not have is that of no Masters qualification
    if masters and any(find_system_type(identity, ctx.switches) is not None for identity in masters.split(",")):
        rate += Decimal("0.05")
    return _share(cents(reward), rate)


def masters_required(requirements: Iterable[Requirement]) -> str:
    """The ids of Masters qualifications that have to be held, as a HIT type keeps them for its fee."""
    return ",".join(
        sorted(
            {
                requirement["QualificationTypeId"]
                for requirement in requirements
                if requirement["Comparator"] == "Exists" and is_masters(requirement["QualificationTypeId"])
            }
        )
    )
