"""What work costs: fees by a dated schedule, estimates of a batch, and an hourly wage.

All amounts are US dollars as `Decimal`, never a float. Nothing here makes a call, and no part needs Pulumi or pydantic.
"""

from pulumi_mturk.fees.configured import schedule
from pulumi_mturk.fees.estimates import (
    FEES,
    REWARDS,
    Batches,
    Estimate,
    estimate,
)
from pulumi_mturk.fees.masters import masters_required
from pulumi_mturk.fees.schedule import AMAZON_2015, CENT, MANY, PREMIUM_FROM, MastersRequired, Schedule
from pulumi_mturk.fees.wages import FEDERAL_MINIMUM, MinimumWage, hourly

__all__ = [
    "AMAZON_2015",
    "CENT",
    "FEDERAL_MINIMUM",
    "FEES",
    "MANY",
    "PREMIUM_FROM",
    "REWARDS",
    "Batches",
    "Estimate",
    "MastersRequired",
    "MinimumWage",
    "Schedule",
    "estimate",
    "hourly",
    "masters_required",
    "schedule",
]
