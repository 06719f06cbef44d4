"""What a HIT type's work costs, reckoned in the program from what it declares: no call, and nothing in the state."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, overload

import pulumi

from pulumi_mturk import fees
from pulumi_mturk.common.amounts import MOST, amount
from pulumi_mturk.fees import Estimate, MastersRequired
from pulumi_mturk.sdk.arguments import dollars
from pulumi_mturk.sdk.fee_inputs import known_later, looked_at, schedule_of
from pulumi_mturk.sdk.hit_type import HITType


def _number(name: str, value: Any) -> Decimal:
    if (number := amount(value)) is None:
        raise ValueError(f'{name} is no number from 0 to below {MOST:,}; write one such as "2.50"')
    return number


@overload
def estimate_cost(
    hit_type: HITType,
    *,
    hits: int,
    assignments: int,
    minutes: Decimal | int | str | None = None,
    premium: Decimal | str = "0",
) -> pulumi.Output[Estimate]: ...


@overload
def estimate_cost(
    hit_type: Mapping[str, Any],
    *,
    hits: int,
    assignments: int,
    minutes: Decimal | int | str | None = None,
    premium: Decimal | str = "0",
) -> Estimate: ...


def estimate_cost(
    hit_type: HITType | Mapping[str, Any],
    *,
    hits: int,
    assignments: int,
    minutes: Decimal | int | str | None = None,
    premium: Decimal | str = "0",
) -> pulumi.Output[Estimate] | Estimate:
    """What `hits` HITs of `assignments` each cost if all are approved, in the words of Amazon's bill.

    :param hit_type: A HIT type, for an Output; or its arguments as plain values, of which `reward` and
        `qualification_requirements` are read.
    :param minutes: How long one assignment takes, as you state it: for the hourly wage.
    :param premium: The sum of the fees of premium qualifications for an assignment, in US dollars.

    Fees are those of `mturk:feeSchedule`, or of the HIT type's own provider. Raises ValueError for numbers below one,
    for what is no number, and for numbers beyond a billion.
    """

    def of(reward: str, masters: MastersRequired, charged: fees.Schedule | None, environment: str | None) -> Estimate:
        return fees.estimate(
            _number("reward", reward),
            hits=hits,
            assignments=assignments,
            schedule=charged,
            masters=masters,
            premium=_number("premium", premium),
            minutes=None if minutes is None else _number("minutes", minutes),
            environment=environment or "local",
        )

    if isinstance(hit_type, Mapping):
        rules = looked_at(hit_type.get("qualification_requirements", ()))
        masters = fees.masters_required(rules)
        stack = pulumi.Config("mturk")
        charged = fees.schedule(stack.get("feeSchedule"))
        return of(dollars(hit_type["reward"], "reward"), masters, charged, stack.get("environment"))
    settings = schedule_of(hit_type.route), known_later(hit_type.route, "environment")
    return pulumi.Output.all(hit_type.reward, hit_type.masters_required, *settings).apply(lambda known: of(*known))
