"""`pulumi-mturk cost`: what a batch costs before anybody works on it."""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pulumi_mturk.cli.common import Status, examples, new_table, option, print_table, whole_number
from pulumi_mturk.common.amounts import MOST, amount, cents
from pulumi_mturk.common.text import count

if TYPE_CHECKING:
    from pulumi_mturk.fees import Estimate, Schedule

EPILOG: Final = examples(
    (
        "100 HITs of one assignment each, and what they pay an hour",
        "pulumi-mturk cost --reward 0.12 --hits 100 --minutes 1",
    ),
    (
        "a survey of 90 people, as one HIT: would batches of nine cost less?",
        "pulumi-mturk cost --reward 1.60 --assignments 90",
    ),
    ("a panel that charges fees of its own", "pulumi-mturk cost --reward 1.60 --hits 50 --fees panel-fees.yaml"),
)


def _dollars(text: str) -> Decimal:
    """An amount in US dollars: whole cents."""
    if (found := cents(text)) is None:
        raise typer.BadParameter(f"{text!r} is no amount in US dollars; write one such as 0.15")
    return found


def _minutes(text: str) -> Decimal:
    """A working time above zero."""
    minutes = amount(text)
    if not minutes:
        raise typer.BadParameter(f"{text!r} is no number of minutes; write one such as 8 or 2.5")
    return minutes


def cost(
    reward: Annotated[
        Decimal, option("--reward", metavar="DOLLARS", help="What an approved assignment pays.", parser=_dollars)
    ],
    hits: Annotated[int, option("--hits", metavar="N", help="How many HITs.", parser=whole_number)] = 1,
    assignments: Annotated[
        int,
        option(
            "--assignments",
            metavar="N",
            help="How many workers do each HIT: its MaxAssignments. Amazon charged more from ten on.",
            parser=whole_number,
        ),
    ] = 1,
    masters: Annotated[bool, typer.Option("--masters", help="The HITs require Masters.")] = False,
    premium: Annotated[
        Decimal | None,
        option(
            "--premium",
            metavar="DOLLARS",
            help="The sum of the fees of premium qualifications for an assignment (from 0.05 each).",
            parser=_dollars,
        ),
    ] = None,
    minutes: Annotated[
        Decimal | None,
        option(
            "--minutes",
            metavar="N",
            help="How long an assignment takes, as you have measured it: shows the hourly wage.",
            parser=_minutes,
        ),
    ] = None,
    fees: Annotated[
        str, option("--fees", metavar="SCHEDULE", help="Whose fees: amazon-2015, none or a file, as mturk:feeSchedule.")
    ] = "amazon-2015",
    environment: Annotated[
        str | None,
        option(
            "--environment", metavar="NAME", help="local, sandbox or production: in the former two nothing is charged."
        ),
    ] = None,
) -> int:
    """Show what a batch of HITs costs if all its assignments are approved.

    The two lines of the bill are what workers get and what the place charges for it: Amazon took 20 % of the reward,
    20 % more where a HIT has ten assignments or more, 5 % more for Masters, and a cent at least. What is rejected or
    never done costs nothing; a bonus costs 20 % of itself besides.

    Fees are rounded half up to the cent, which is documented. Whether for each assignment, as the table has it, or on
    the total is not: where it matters both are shown.

    The hourly wage is for the minutes that you state. The federal minimum of the US stands beside it as a yardstick,
    for an ethics board, and says nothing of what law applies.
    """
    if hits < 1 or assignments < 1 or hits * assignments > MOST:
        raise typer.BadParameter(
            f"a batch has one HIT or more, of one assignment or more, and at most {MOST:,} assignments in all"
        )
    if environment not in (None, "local", "sandbox", "production"):
        raise typer.BadParameter(
            f"{environment!r} is none of local, sandbox and production", param_hint="'--environment'"
        )
    from pulumi_mturk.fees import estimate, schedule

    charged = schedule(fees)
    found = estimate(
        reward,
        hits=hits,
        assignments=assignments,
        schedule=charged,
        masters="yes" if masters else "no",
        premium=premium or Decimal(0),
        minutes=minutes,
        environment=environment or "production",
    )
    _print_bill(found)
    _print_remarks(found, charged)
    return Status.DONE


def _print_bill(found: "Estimate") -> None:
    table = new_table("", numbers=("each", "all"))
    each = {found.lines()[0][0]: found.reward}
    if found.fee_per_assignment is not None:
        each[found.lines()[1][0]] = found.fee_per_assignment
    for category, dollars in found.lines():
        table.add_row(category, _money(each[category]), _money(dollars))
    table.add_row("Total", _money(sum(each.values(), Decimal(0))), _money(found.total))
    print(f"{count(found.hits, 'HIT')} of {count(found.assignments, 'assignment')}: {found.count:,} in all")
    print()
    print_table(table)


def _print_remarks(found: "Estimate", charged: "Schedule | None") -> None:
    print()
    if charged is None:
        print("No fees are reckoned.")
    else:
        print(f"Fees: {charged.label}{_in_force(charged)}. Source: {charged.source}.")
    if found.fees_on_total is not None and found.total_on_total is not None:
        print(
            f"If fees are rounded on the total, not for each assignment: {_money(found.fees_on_total)}, "
            f"{_money(found.total_on_total)} with the rewards. Which of the two is so is not documented."
        )
    if (batches := found.batches) is not None and found.fees is not None:
        less = f"{_money(batches.saved)} less" if batches.saved else "the same"
        split = f"As HITs of {batches.size} assignments or fewer, {batches.hits:,} of them"
        print(f"{split}: {_money(batches.fees)} in fees, {less}.")
        for remark in batches.remarks:
            print(remark)
    for remark in found.remarks:
        print(remark)
    if found.hourly is not None and found.minutes is not None:
        from pulumi_mturk.fees import FEDERAL_MINIMUM

        yardstick = FEDERAL_MINIMUM
        doubt = yardstick.remark(datetime.datetime.now(datetime.UTC).date())
        print(
            f"{_money(found.hourly)} an hour at {found.minutes.normalize():f} min. {yardstick.name}: "
            f"{_money(yardstick.amount)} since {yardstick.since} ({yardstick.source}; checked {yardstick.checked}"
            f"{f', {doubt}' if doubt else ''})."
        )


def _in_force(charged: "Schedule") -> str:
    if charged.since is None:
        return ""
    return f", {charged.since} to {charged.until}" if charged.until else f", since {charged.since}"


def _money(amount: Decimal) -> str:
    return f"${amount:,.2f}"
