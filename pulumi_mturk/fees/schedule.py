"""Fee schedules: what an endpoint charges for an approved assignment, and for a bonus."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

KEY = "mturk:feeSchedule"
CENT = Decimal("0.01")
MANY = 10
"""From how many assignments of a HIT on Amazon's fee was higher."""
PREMIUM_FROM = Decimal("0.05")
"""The lowest fee of a premium qualification; those of each one are not published."""

MastersRequired: TypeAlias = Literal["yes", "no", "unknown"]
"""Whether a HIT type requires Masters. Of "unknown" the surcharge is not added: see `masters_required`."""


def half_up(amount: Decimal) -> Decimal:
    """An amount to the cent; half a cent is rounded up (MTurk requester FAQ: 0.105 is 0.11, 0.104 is 0.10)."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Whose fees are reckoned, and how. Shares are fractions of the reward: 0.20 is 20 %.

    Fees are charged for approved assignments only (also those approved automatically).
    """

    name: str
    label: str
    """As a report writes it: "Amazon's fee (2015)"."""
    source: str
    since: str | None = None
    """The first day or month in force, as the source has it."""
    until: str | None = None
    reward: Decimal
    """Of the reward."""
    many: Decimal = Decimal(0)
    """Of the reward besides, for all assignments of a HIT with `many_from` of them or more."""
    many_from: int = MANY
    masters: Decimal = Decimal(0)
    """Of the reward besides, where Masters is required."""
    bonus: Decimal
    """Of a bonus, whatever its HIT was."""
    minimum: Decimal = Decimal("0.00")
    """At least so much for an assignment, and for a bonus."""

    def share(self, max_assignments: int = 1, *, masters: MastersRequired = "no") -> Decimal:
        """The part of the reward that a fee is, for a HIT of so many assignments."""
        many = self.many if max_assignments >= self.many_from else Decimal(0)
        return self.reward + many + (self.masters if masters == "yes" else Decimal(0))

    def fee_per_assignment(
        self,
        reward: Decimal,
        max_assignments: int = 1,
        *,
        masters: MastersRequired = "no",
        premium: Decimal = Decimal(0),
    ) -> Decimal:
        """The fee for one approved assignment of a HIT with so many.

        `premium` is the sum of the fees of premium qualifications, in dollars. That the parts are summed for one
        assignment before they are rounded is not documented (guessed); `fee_on_total` is the other reading.
        """
        return max(self.minimum, half_up(reward * self.share(max_assignments, masters=masters) + premium))

    def cost_per_assignment(
        self,
        reward: Decimal,
        max_assignments: int = 1,
        *,
        masters: MastersRequired = "no",
        premium: Decimal = Decimal(0),
    ) -> Decimal:
        """The reward and its fee."""
        return reward + self.fee_per_assignment(reward, max_assignments, masters=masters, premium=premium)

    def fee_on_total(
        self,
        reward: Decimal,
        assignments: int,
        max_assignments: int = 1,
        *,
        masters: MastersRequired = "no",
        premium: Decimal = Decimal(0),
    ) -> Decimal:
        """The fee for `assignments` approved ones, rounded once, on their total (guessed).

        The minimum holds for each one, as documented.
        """
        each = reward * self.share(max_assignments, masters=masters) + premium
        return max(self.minimum * assignments, half_up(each * assignments))

    def bonus_fee(self, amount: Decimal) -> Decimal:
        """The fee for one bonus: without the surcharges of its HIT."""
        return max(self.minimum, half_up(amount * self.bonus))


AMAZON_2015 = Schedule(
    name="amazon-2015",
    label="Amazon's fee (2015)",
    source="mturk.com/pricing, and the rounding of the MTurk requester FAQ",
    since="2015-07",
    until="2026-09-30",
    reward=Decimal("0.20"),
    many=Decimal("0.20"),
    masters=Decimal("0.05"),
    bonus=Decimal("0.20"),
    minimum=CENT,
)
