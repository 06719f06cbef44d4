"""`pulumi-mturk clock`: the clock of a marketplace's database."""

import datetime
from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import ExistingDatabase, Status, examples, option, whole_number

EPILOG: Final = examples(
    (
        "a week later: what expires, is approved, or runs out by then",
        "pulumi-mturk clock --database panel.db --advance 604800",
    ),
    ("back to the machine's time", "pulumi-mturk clock --database panel.db --reset"),
)


def clock(
    database: ExistingDatabase,
    advance: Annotated[int, option("--advance", metavar="SECONDS", help="Advance the clock.", parser=whole_number)] = 0,
    reset: Annotated[
        bool, typer.Option("--reset", help="Set the clock to the machine's, before it is advanced.")
    ] = False,
) -> int:
    """Show the time of a marketplace, or advance its clock, so that tests need not wait.

    After a reset what has happened stays, with times that may lie ahead.
    """
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False) as marketplace:
        if reset:
            marketplace.reset_clock()
        if advance:
            marketplace.advance(advance)
        now = marketplace.now()
    print(datetime.datetime.fromtimestamp(now, datetime.UTC).isoformat(" ", "seconds"))
    return Status.DONE
