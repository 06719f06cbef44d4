"""What a batch of HITs costs, in the words of Amazon's bill, and whether smaller HITs would cost less."""

from dataclasses import dataclass
from decimal import Decimal

from pulumi_mturk.common.amounts import MOST, amount
from pulumi_mturk.fees.schedule import MANY, MastersRequired, Schedule
from pulumi_mturk.fees.wages import hourly

# The two categories under which MTurk appears on an AWS bill (MTurk requester FAQ).
REWARDS = "Mechanical Turk Worker Rewards"
FEES = "Mechanical Turk Fees"


@dataclass(frozen=True, kw_only=True)
class Batches:
    """The same assignments in HITs of few assignments each, which Amazon charged less for."""

    size: int
    """The most assignments of a HIT without the surcharge."""
    hits: int
    fees: Decimal
    saved: Decimal
    """How much less the fees are; never below zero."""
    remarks: tuple[str, ...]
    """What a split asks for, or why it saves nothing."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What approving all assignments of a batch costs."""

    hits: int
    assignments: int
    """Of each HIT."""
    reward: Decimal
    """Of each assignment."""
    rewards: Decimal
    """Of all: "Mechanical Turk Worker Rewards"."""
    fee_per_assignment: Decimal | None
    fees: Decimal | None
    """Of all, rounded for each assignment: "Mechanical Turk Fees". None where no fees are reckoned."""
    fees_on_total: Decimal | None
    """Of all, rounded once on the total, where that differs: which of the two Amazon did is not documented."""
    schedule: str
    """Whose fees: "Amazon's fee (2015)"; empty where none are reckoned."""
    minutes: Decimal | None = None
    hourly: Decimal | None = None
    """The reward in an hour, at the minutes that the requester states."""
    batches: Batches | None = None
    """The same in HITs without the surcharge for many assignments, where this has it."""
    remarks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """All assignments."""
        return self.hits * self.assignments

    @property
    def total(self) -> Decimal:
        """Rewards and fees."""
        return self.rewards + (self.fees or Decimal(0))

    @property
    def total_on_total(self) -> Decimal | None:
        """Rewards and the fees that are rounded on the total, where these differ."""
        return None if self.fees_on_total is None else self.rewards + self.fees_on_total

    def lines(self) -> tuple[tuple[str, Decimal], ...]:
        """The categories of the bill, with their amounts."""
        fees = () if self.fees is None else ((FEES, self.fees),)
        return ((REWARDS, self.rewards), *fees)


def estimate(
    reward: Decimal,
    *,
    hits: int,
    assignments: int,
    schedule: Schedule | None,
    masters: MastersRequired = "no",
    premium: Decimal = Decimal(0),
    minutes: Decimal | None = None,
    environment: str = "production",
) -> Estimate:
    """The cost of `hits` HITs of `assignments` each, if all are approved.

    `premium` is the sum of the fees of premium qualifications for an assignment. Amounts are those of production, and
    a remark says so for another environment. Raises ValueError for numbers below one, a batch of more than a billion
    assignments, and amounts that are negative or beyond a billion dollars.
    """
    count = hits * assignments
    if hits < 1 or assignments < 1 or count > MOST:
        raise ValueError(f"a batch has one HIT or more, of one assignment or more, and at most {MOST:,} assignments")
    if amount(reward) is None or amount(premium) is None:
        raise ValueError(f"an amount of US dollars is from zero to below {MOST:,}")
    rewards = reward * count
    wage = None if minutes is None else hourly(reward, minutes)
    remarks = (
        () if environment == "production" else (f"In {environment} nothing is charged; in production it would be.",)
    )
    if schedule is None:
        return Estimate(
            hits=hits,
            assignments=assignments,
            reward=reward,
            rewards=rewards,
            fee_per_assignment=None,
            fees=None,
            fees_on_total=None,
            schedule="",
            minutes=minutes,
            hourly=wage,
            remarks=remarks,
        )
    each = schedule.fee_per_assignment(reward, assignments, masters=masters, premium=premium)
    on_total = schedule.fee_on_total(reward, count, assignments, masters=masters, premium=premium)
    return Estimate(
        hits=hits,
        assignments=assignments,
        reward=reward,
        rewards=rewards,
        fee_per_assignment=each,
        fees=each * count,
        fees_on_total=None if on_total == each * count else on_total,
        schedule=schedule.label,
        minutes=minutes,
        hourly=wage,
        batches=_batches(schedule, reward, hits, assignments, masters, premium, each),
        remarks=(*remarks, *_remarks(schedule, assignments, masters, premium)),
    )


def _batches(
    schedule: Schedule,
    reward: Decimal,
    hits: int,
    assignments: int,
    masters: MastersRequired,
    premium: Decimal,
    each: Decimal,
) -> Batches | None:
    size = schedule.many_from - 1
    if assignments <= size or size < 1 or not schedule.many or premium:
        return None
    less = schedule.fee_per_assignment(reward, size, masters=masters)
    count = hits * assignments
    saved = (each - less) * count
    if saved:
        remarks: tuple[str, ...] = (
            "Who did one HIT finds the next one too: while people work, grant a qualification to whoever has "
            "submitted, and exclude its holders, or the same people come back.",
        )
    else:
        remarks = (f"A split saves nothing: at this reward the fee is ${less} for each assignment either way.",)
    return Batches(size=size, hits=hits * -(-assignments // size), fees=less * count, saved=saved, remarks=remarks)


def _remarks(schedule: Schedule, assignments: int, masters: MastersRequired, premium: Decimal) -> list[str]:
    remarks = []
    if schedule.many and assignments >= schedule.many_from:
        remarks.append(f"The surcharge for HITs of {schedule.many_from} assignments or more is on all of them.")
    if masters == "unknown" and schedule.masters:
        remarks.append("Whether Masters is required can't be told from the rules; its surcharge is not in the fees.")
    if premium and assignments < MANY:
        remarks.append(f"Premium qualifications are for HITs of {MANY} assignments or more.")
    elif premium:
        remarks.append(f"With premium qualifications HITs can't be split: they need {MANY} assignments or more.")
    return remarks
