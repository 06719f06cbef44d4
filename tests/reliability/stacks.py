"""R1 and R3 with the real Pulumi CLI: random stacks, edited, changed behind their back, with faults, and destroyed."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.reliability.draws import each
from tests.reliability.figure import Figure, Measured, told
from tests.reliability.lifecycles import change_behind_our_back
from tests.support.pulumi_cli import NO_CHANGES, Output, Stack
from tests.support.random_programs import SOURCE, Program, actual, expected, programs, written

OPERATIONS = (
    "CreateQualificationType",
    "UpdateQualificationType",
    "DeleteQualificationType",
    "AssociateQualificationWithWorker",
    "DisassociateQualificationFromWorker",
    "CreateHITType",
    "CreateWorkerBlock",
    "DeleteWorkerBlock",
    "ListWorkerBlocks",
    "GetQualificationType",
)


@dataclass(frozen=True)
class Step:
    """What happens to a stack: a new version of its program, after changes by hand and with faults under way."""

    program: Program
    by_hand: int
    faults: tuple[Fault, ...]


_faults = st.builds(
    lambda kind, operation, times, seed: Fault(kind, operation, times, 0.7, seed),
    st.sampled_from(("throttle", "service_fault", "service_fault_after", "drop_before", "drop_after")),
    st.sampled_from(OPERATIONS),
    st.integers(1, 2),
    st.integers(0, 2**16),
)
_steps = st.builds(Step, programs(), st.integers(0, 2), st.lists(_faults, max_size=3).map(tuple))
cases = st.tuples(st.lists(_steps, min_size=1, max_size=3), st.integers(0, 2**32))


@contextmanager
def random_stack(home: Path) -> Iterator[tuple[Stack, Marketplace]]:
    """A stack whose program is written anew for each step, and its marketplace."""
    with TemporaryDirectory() as folder:
        stack = Stack(Path(folder) / "study", home, {}).program(SOURCE)
        stack.timeout = 600  # a machine may be busy with other figures
        stack.database.parent.mkdir()
        with Marketplace.open(stack.database) as marketplace:
            yield stack, marketplace


def ids(stack: Stack) -> dict[str, str]:
    return {name: resource["id"] for name, resource in stack.resources().items()}


def _failed(output: Output) -> bool:
    return output.code != 0


def _words(output: Output) -> str:
    """The first line of an output that tells of an error."""
    return next(iter(re.findall(r"error: .{0,90}", output.text)), output.text[-90:])


def converge(stack: Stack, marketplace: Marketplace, step: Step, draw: random.Random) -> Counter[str]:
    """One step, and what then is not as it has to be."""
    wrong: Counter[str] = Counter()
    for _ in range(step.by_hand):
        change_behind_our_back(marketplace, draw)
    (stack.folder / "program.json").write_text(written(step.program))
    before = actual(marketplace)
    marketplace.inject(*step.faults)
    output = stack.up("--refresh")
    marketplace.clear_faults()
    if _failed(output):
        wrong[f"up: {_words(output)}"] += 1
        return wrong
    wrong["plan"] += _failed(stack.preview(NO_CHANGES))
    wrong["refresh"] += _failed(stack.refresh(NO_CHANGES))
    wrong["marketplace"] += actual(marketplace) != expected(step.program, ids(stack), before)
    return wrong


def _random_stacks(runs: int, seed: int) -> Measured:
    wrong: Counter[str] = Counter()
    steps = 0

    def look(case: tuple[list[Step], int]) -> None:
        nonlocal steps
        draw = random.Random(case[1])  # noqa: S311
        with random_stack(Path(home)) as (stack, marketplace):
            for step in case[0]:
                steps += 1
                wrong.update(converge(stack, marketplace, step, draw))
            output = stack.destroy()
            wrong["destroy"] += _failed(output) or any(actual(marketplace).values())

    with TemporaryDirectory() as home:
        each(cases, runs, seed, look)
    bad = +wrong
    result = f"0 differences in {runs:,} stacks after {steps:,} ups; nothing left after destroy"
    return Measured(runs, told(bad) or result, reached=not bad)


FIGURES = [
    Figure(
        "R3-CLI",
        "The same with the real Pulumi CLI, and faults of the service under way",
        "random stacks: edits, changes by hand, throttling, faults, lost replies; after each `up --refresh` a plan and "
        "a refresh must be empty (so R1 as well), and the marketplace what the program says",
        "0 differences in 200 stacks; nothing left after destroy",
        _random_stacks,
        short=1,
        long=200,
    ),
]
