"""An hourly wage for a stated working time, and the yardstick that ethics boards ask for."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from pulumi_mturk.common.amounts import MOST, amount
from pulumi_mturk.fees.schedule import CENT

_CHECKED_FOR_DAYS = 365


def hourly(reward: Decimal, minutes: Decimal) -> Decimal:
    """What a reward is in an hour of tasks that take so many minutes each, down to the cent.

    The working time is the requester's statement, never the time that an assignment is allotted. Bonuses are apart.
    Raises ValueError for a time that is not above zero, or beyond what can be meant.
    """
    if not amount(minutes):
        raise ValueError(f"a task takes more than 0 minutes, and less than {MOST:,}")
    return (reward * 60 / minutes).quantize(CENT, ROUND_DOWN)


@dataclass(frozen=True, kw_only=True)
class MinimumWage:
    """A minimum wage an hour, as a yardstick: whether a law applies to a task is for others to say."""

    name: str
    amount: Decimal
    since: datetime.date
    source: str
    checked: datetime.date
    """When the source was last looked at."""

    def remark(self, today: datetime.date) -> str:
        """That the amount may have changed, a year after it was looked up; else empty."""
        return "may be out of date" if (today - self.checked).days > _CHECKED_FOR_DAYS else ""


FEDERAL_MINIMUM = MinimumWage(
    name="US federal minimum",
    amount=Decimal("7.25"),
    since=datetime.date(2009, 7, 24),
    source="29 U.S.C. 206(a)(1)",
    checked=datetime.date(2026, 11, 25),
)
