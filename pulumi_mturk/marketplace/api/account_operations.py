"""The requester's account: its balance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.domain.money import available_and_on_hold, dollars

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.api.parameters import Request
    from pulumi_mturk.marketplace.domain.context import Context


def get_account_balance(ctx: Context, request: Request) -> dict[str, Any]:
    """GetAccountBalance: the value of the switch `account_balance`, whatever was spent (documented for the sandbox).

    With the switch `funds` on `prepaid` it is what was deposited, less what was paid and what is on hold for live HITs
    (documented as the balance of prepaid HITs). OnHoldBalance is given then, and not otherwise (guessed).
    """
    if ctx.switches.funds == "fixed":
        return {"AvailableBalance": ctx.switches.account_balance}
    available, on_hold = available_and_on_hold(ctx)
    return {"AvailableBalance": dollars(available), "OnHoldBalance": dollars(on_hold)}
