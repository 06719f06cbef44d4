"""`pulumi-mturk faults`: the faults, for tests, that the calls of a marketplace's database meet."""

from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import ExistingDatabase, FaultTexts, Status, SwitchTexts, examples, faults_of, switches_of

EPILOG: Final = examples(
    (
        "three of ten calls are throttled",
        "pulumi-mturk faults --database test.db --fault throttle,times=none,probability=0.3",
    ),
    (
        "the reply of the second CreateQualificationType is a web page, though it was executed",
        "pulumi-mturk faults --database test.db --fault html_after:CreateQualificationType,skip=1",
    ),
    (
        "throttled for 60 s in every 300",
        "pulumi-mturk faults --database test.db --fault throttle,times=none,burst_seconds=60,burst_every=300",
    ),
    (
        "new types are listed 70 s late; keep a journal of calls",
        "pulumi-mturk faults --database test.db --switch listing_lag_seconds=70 --switch record_calls=on",
    ),
)


def faults(
    database: ExistingDatabase,
    fault: FaultTexts = None,
    clear: Annotated[bool, typer.Option("--clear", help="Remove those that still act.")] = False,
    switch: SwitchTexts = None,
) -> int:
    """Show the faults that calls of a marketplace meet, one a line, in the form of --fault; add some, or remove all.

    They are for tests of a program that calls MTurk: each acts in every process that has the database open. The
    docstring of pulumi_mturk.marketplace.Fault explains kinds and names.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.testing.faults import spec_of

    new, switches = faults_of(fault), switches_of(switch)
    with Marketplace.open(database, create=False) as marketplace:
        marketplace.set_switches(**switches)
        if clear:
            marketplace.clear_faults()
        marketplace.inject(*new)
        for each in marketplace.faults():
            print(spec_of(each))
    return Status.DONE
