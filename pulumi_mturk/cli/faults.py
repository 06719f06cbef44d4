"""`pulumi-mturk faults`: the faults, for tests, that the calls of a marketplace's database meet."""

import dataclasses
import inspect
import re
import shutil
import textwrap
from typing import Annotated, Any, Final, get_args

import typer
from rich.markup import escape
from typer.core import TyperCommand

from pulumi_mturk.cli.common import ExistingDatabase, FaultTexts, Status, SwitchTexts, examples, faults_of, switches_of

_MARGIN: Final = 1  # that of a help page
_EXAMPLES: Final = examples(
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


class WithFaults(TyperCommand):
    """The command, with a fault's kinds and names at the end of its help: they are read when somebody asks for it."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from pulumi_mturk.marketplace.testing.faults import Fault, FaultKind, meanings

        width = shutil.get_terminal_size().columns - 2 * _MARGIN

        def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
            lines = textwrap.wrap(" ".join(text.split()), width, initial_indent=first, subsequent_indent=rest)
            return [escape(line) for line in lines]

        paragraphs = inspect.cleandoc(Fault.__doc__ or "").split("\n\n")[1:]
        kinds = ["[bold]Kinds[/]", *wrapped(", ".join(get_args(FaultKind)))]
        for paragraph in paragraphs:
            for item in re.split(r"\n(?=- )", paragraph):
                kinds += wrapped(item, rest="  " if item.startswith("- ") else "")
        names = ["[bold]Names[/] (None is written none)"]
        defaults = {field.name: field.default for field in dataclasses.fields(Fault)}
        for name, meaning in meanings().items():
            default = "none" if defaults[name] is None else defaults[name]
            names += [f"[cyan]{name}[/]", *wrapped(f"{meaning} Default {default}.", "    ", "    ")]
        self.epilog = "\n\n".join((_EXAMPLES, "\n".join(kinds), "\n".join(names)))
        super().format_help(ctx, formatter)


def faults(
    database: ExistingDatabase,
    fault: FaultTexts = None,
    clear: Annotated[bool, typer.Option("--clear", help="Remove those that still act.")] = False,
    switch: SwitchTexts = None,
) -> int:
    """Show the faults that calls of a marketplace meet, one a line, in the form of --fault; add some, or remove all.

    They are for tests of a program that calls MTurk: each acts in every process that has the database open.
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
