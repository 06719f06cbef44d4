"""The requester's money: the balance, what HITs hold back of it, fees, rewards and bonuses.

Amounts are whole cents in the database and in here.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.errors import WireError, request_error
from pulumi_mturk.marketplace.requester import hit_types
from pulumi_mturk.marketplace.system_types import system_type

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.context import Context, Request
    from pulumi_mturk.marketplace.requester.requirements import Requirement

_CENT: Final = Decimal("0.01")
_MANY: Final = 10


def get_account_balance(ctx: Context, request: Request) -> dict[str, Any]:
    """GetAccountBalance: what the switch `account_balance` says, whatever was spent (documented of the sandbox).

    With the switch `funds` on `prepaid` it is what was deposited, less what was paid and what is on hold for live HITs
    (documented as the balance of prepaid HITs). OnHoldBalance is given then, and not otherwise (guessed).
    """
    if ctx.switches.funds == "fixed":
        return {"AvailableBalance": ctx.switches.account_balance}
    on_hold = _on_hold(ctx)
    # more can be on hold than there is, where the deposit was made smaller
    available = max(0, _deposited(ctx) - _paid(ctx) - on_hold)
    return {"AvailableBalance": dollars(available), "OnHoldBalance": dollars(on_hold)}


def check_funds(ctx: Context, hit_type: sqlite3.Row, assignments: int, *, of: int | None = None) -> None:
    """New assignments of a HIT, with their fees, must not cost more than what is available (documented).

    `of` is how many the HIT has then, where that is more: the fee depends on it. With fixed funds it is the balance
    that no HIT may exceed (guessed).
    """
    reward = cents(hit_type["reward"])
    each = reward + reward_fee(ctx, hit_type, assignments if of is None else of)
    _require(ctx, each * assignments)


def held_back(ctx: Context) -> int:
    """What is on hold now, to be given to `check_hold` after a change."""
    return _on_hold(ctx) if ctx.switches.funds == "prepaid" else 0


def check_hold(ctx: Context, before: int) -> None:
    """What a change put on hold beside what was there before has to be available (guessed)."""
    on_hold = held_back(ctx)
    if on_hold > before and _deposited(ctx) - _paid(ctx) < on_hold:
        raise _insufficient()


def pay_reward(ctx: Context, assignment: sqlite3.Row) -> None:
    """The reward and the fee are charged when work is approved; work that is rejected costs nothing (documented).

    A rejection that is overridden is charged then, and fails where the money is not there any more (documented). The
    row tells by its status whether the work was rejected before: for all other work the money is on hold.
    """
    hit = ctx.db.execute(
        """SELECT max_assignments, reward, requirements FROM hits JOIN hit_types ON hit_types.id = hit_type_id
        WHERE hits.id = ?""",
        (assignment["hit_id"],),
    ).fetchone()
    reward = cents(hit["reward"])
    fee = reward_fee(ctx, hit, hit["max_assignments"])
    if assignment["status"] == "Rejected":
        _require(ctx, reward + fee)
    _pay(ctx, "Reward", assignment, reward, fee, None)


def pay_bonus(ctx: Context, assignment: sqlite3.Row, amount: int, reason: str) -> None:
    """A bonus and its fee, which has to be there besides what is on hold (documented)."""
    fee = bonus_fee(amount)
    _require(ctx, amount + fee)
    _pay(ctx, "Bonus", assignment, amount, fee, reason)


def reward_fee(ctx: Context, hit_type: sqlite3.Row, assignments: int) -> int:
    """The fee for one assignment of a HIT with so many: 20 % of the reward, at least a cent (documented).

    HITs with ten assignments or more cost 20 % more, and those that require Masters 5 % more (documented). Half a cent
    is rounded up (documented). That the parts are summed before they are rounded, for one assignment, is not known
    (guessed). Premium qualifications cost nothing here, as nobody published the fees (guessed).
    """
    rate = Decimal("0.20")
    if assignments >= _MANY:
        rate += Decimal("0.20")
    if any(_is_masters(ctx, requirement) for requirement in hit_types.requirements_of(hit_type)):
        rate += Decimal("0.05")
    return _share(cents(hit_type["reward"]), rate)


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


def _require(ctx: Context, amount: int) -> None:
    """So much is available."""
    available = _deposited(ctx)
    if ctx.switches.funds == "prepaid":
        available -= _paid(ctx) + _on_hold(ctx)
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


def _paid(ctx: Context) -> int:
    return int(ctx.db.execute("SELECT coalesce(sum(amount_cents + fee_cents), 0) FROM payments").fetchone()[0])


def _on_hold(ctx: Context) -> int:
    """Reward and fee of each assignment that can still be approved: to be taken, under way, or to be reviewed.

    HITs of one type cost the same for each assignment, but for the fee of those with many.
    """
    rows = ctx.db.execute(
        f"""SELECT hit_types.*, count, assignments FROM hit_types JOIN (
            SELECT hit_type_id, CASE WHEN max_assignments >= {_MANY} THEN {_MANY} ELSE 1 END AS assignments,
                sum(CASE WHEN expiration > ?
                    THEN max_assignments - (SELECT count(*) FROM assignments
                        WHERE hit_id = hits.id AND status IN ('Approved', 'Rejected'))
                    ELSE (SELECT count(*) FROM assignments
                        WHERE hit_id = hits.id AND status IN ('Accepted', 'Submitted')) END) AS count
            FROM hits WHERE NOT deleted GROUP BY hit_type_id, assignments
        ) ON hit_type_id = hit_types.id""",  # noqa: S608 - a number of ours
        (ctx.now,),
    )
    return sum(row["count"] * (cents(row["reward"]) + reward_fee(ctx, row, row["assignments"])) for row in rows)


def _pay(ctx: Context, kind: str, assignment: sqlite3.Row, amount: int, fee: int, reason: str | None) -> None:
    ctx.db.execute(
        """INSERT INTO payments (kind, assignment_id, worker_id, amount_cents, fee_cents, reason, time)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (kind, assignment["id"], assignment["worker_id"], amount, fee, reason, ctx.now),
    )


def _is_masters(ctx: Context, requirement: Requirement) -> bool:
    found = system_type(requirement["QualificationTypeId"], ctx.switches)
    return found is not None and found.value == "none" and requirement["Comparator"] == "Exists"
