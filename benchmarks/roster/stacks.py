"""The program that is measured, with a list out of a file."""

from pathlib import Path

from tests.support.cli_rosters import TYPE, many
from tests.support.pulumi_cli import Stack

FILE = "workers.csv"
PROGRAM = (
    TYPE
    + f"""
mturk.QualificationRoster("team", qualification_type_id=tier, workers=mturk.workers_from_csv({FILE!r}))
"""
)
UP = ("up", "--yes", "--skip-preview")


def new_stack(folder: Path, workers: int, **config: str) -> Stack:
    """A stack of a type and a roster, not yet made. All stacks that lie side by side share one PULUMI_HOME."""
    stack = Stack(folder, folder.parent / "home", config).program(PROGRAM)
    write_list(stack, workers)
    return stack


def write_list(stack: Stack, workers: int, first: int = 0) -> None:
    """Write the file, as the Requester site's results begin: one column, a line for each worker."""
    (stack.folder / FILE).write_text("\n".join(["WorkerId", *many(workers, first), ""]))
