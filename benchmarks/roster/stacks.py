"""The program that is measured, with a list out of a file, and how a figure stands against its bar."""

import math
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Bar:
    """A figure that has to be `least` at least, `most` at most, or both: exactly that."""

    what: str
    figure: float
    least: float = -math.inf
    most: float = math.inf

    @classmethod
    def exact(cls, what: str, figure: int, asked: int) -> "Bar":
        """A number that has to be this one."""
        return cls(what, figure, asked, asked)

    @property
    def kept(self) -> bool:
        """Whether it is."""
        return self.least <= self.figure <= self.most

    def __str__(self) -> str:
        if self.least == self.most:
            bar = f"{self.most:,g}"
        else:
            bar = f"at least {self.least:,g}" if self.most == math.inf else f"at most {self.most:,g}"
        figure = f"{self.figure:,.0f}" if self.least == self.most else f"{self.figure:,.3f}"
        return f"{self.what}: {figure} (bar: {bar}){'' if self.kept else '  MISSED'}"
