"""`pulumi-mturk calls`: the journal of a marketplace's API calls."""

import datetime
import json
import sys
from typing import Annotated, Any, Final

import typer

from pulumi_mturk.cli.common import ExistingDatabase, Status, examples, print_table

EPILOG: Final = examples(
    ("begin a journal", "pulumi-mturk faults --database .mturk/local.db --switch record_calls=on"),
    ("what a test asserts on", "pulumi-mturk calls --database .mturk/local.db --json"),
)
_OFF: Final = "no call is recorded: pulumi-mturk faults --database FILE --switch record_calls=on"


def calls(
    database: ExistingDatabase,
    json_output: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Empty the journal after it was printed.")] = False,
) -> int:
    """Show the API calls that a marketplace recorded: operation, time, outcome. The switch `record_calls` turns it on.

    Neither parameters nor answers are shown: they hold worker ids and the keys to tests.
    """
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False) as marketplace:
        if marketplace.switches.record_calls == "off":
            print(_OFF, file=sys.stderr)
        found = [call.public() for call in marketplace.calls()]
        if clear:
            marketplace.clear_calls()
    if json_output:
        print(json.dumps(found, indent=2))
    elif found:
        _print(found)
    return Status.DONE


def _print(found: list[dict[str, object]]) -> None:
    from rich.table import Table

    table = Table(*found[0], box=None, pad_edge=False)
    for call in found:
        table.add_row(*(_time(value) if name == "time" else _cell(value) for name, value in call.items()))
    print_table(table)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _time(value: Any) -> str:
    return datetime.datetime.fromtimestamp(value, datetime.UTC).isoformat(" ", "milliseconds")
