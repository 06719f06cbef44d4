"""R1 and R3 in process: random programs through the provider's lifecycle, with the engine's part played in memory.

What the real CLI does with such programs is in `stacks`.
"""

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.rosters.encoding import encode
from tests.reliability.draws import each
from tests.reliability.figure import Figure, Measured, told
from tests.support.core import opened
from tests.support.memory_stack import Declared, Stack
from tests.support.pulumi_cli import behind_our_back
from tests.support.random_programs import Program, actual, expected, programs, resolved

NOTHING = "nothing"


class ReferringStack(Stack):
    """A stack whose programs refer to the ids of their own resources."""

    def _check(self, name: str, declared: Declared, *, anew: bool = False) -> dict[str, Any]:
        return super()._check(name, (declared[0], resolved(declared[1], self.ids())), anew=anew)

    def ids(self) -> dict[str, str]:
        return {name: made.id for name, made in self.resources.items()}


def declared(program: Program) -> dict[str, Declared]:
    """The program as the stack in memory takes it: a roster's workers in the text that the SDK makes of them."""
    return {
        name: (token, inputs | {"workers": encode(inputs["workers"])} if "workers" in inputs else inputs)
        for name, (token, inputs) in program.items()
    }


def change_behind_our_back(marketplace: Marketplace, draw: random.Random) -> str:
    """What a colleague does by hand: one change of what there is; what it was."""
    found = actual(marketplace)
    actions: list[tuple[str, str, dict[str, Any]]] = []
    for type_id, held in found["held"].items():
        where: dict[str, Any] = {"QualificationTypeId": type_id}
        actions += [
            ("another description", "UpdateQualificationType", where | {"Description": "By hand."}),
            ("a type deleted", "DeleteQualificationType", where),
        ]
        for worker, score in held.items():
            grant = where | {"WorkerId": worker}
            other = grant | {"IntegerValue": score + 1, "SendNotification": False}
            actions += [
                ("a grant revoked", "DisassociateQualificationFromWorker", grant),
                ("another score", "AssociateQualificationWithWorker", other),
            ]
    for worker in found["blocks"]:
        actions.append(("a block lifted", "DeleteWorkerBlock", {"WorkerId": worker}))
    if not actions:
        return NOTHING
    what, operation, members = draw.choice(actions)
    behind_our_back(marketplace, operation, **members)
    return what


def _nothing_to_do(runs: int, seed: int) -> Measured:
    """R1: after up nothing, after a refresh nothing."""
    failures: Counter[str] = Counter()
    resources = 0

    def look(program: Program) -> None:
        nonlocal resources
        stack = ReferringStack(place)
        wanted = declared(program)
        resources += len(wanted)
        if not stack.up(wanted):
            failures["refused"] += 1
        else:
            failures["plan"] += bool(stack.changes(wanted))
            failures["refresh"] += bool(stack.refresh())
            failures["plan after refresh"] += bool(stack.changes(wanted))
            failures["marketplace"] += actual(place.marketplace) != expected(program, stack.ids())
        if not stack.destroy() or any(actual(place.marketplace).values()):
            failures["destroy"] += 1

    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        place.marketplace.set_switches(record_calls="off")
        each(programs(), runs, seed, look)
    bad = +failures
    return Measured(
        runs, told(bad) or f"0 differences in {runs:,} lifecycles of {resources:,} resources", reached=not bad
    )


def _converges(runs: int, seed: int) -> Measured:
    """R3: edits, changes behind our back, refreshes; then the marketplace is as the program says."""
    failures: Counter[str] = Counter()
    drifts: Counter[str] = Counter()
    steps = 0

    def look(case: tuple[list[Program], int]) -> None:
        nonlocal steps
        versions, number = case
        draw = random.Random(number)  # noqa: S311
        stack = ReferringStack(place)
        for program in versions:
            wanted = declared(program)
            for _ in range(draw.randrange(3)):
                drifts[change_behind_our_back(place.marketplace, draw)] += 1
            stack.refresh()
            steps += 1
            before = actual(place.marketplace)
            if not stack.up(wanted):
                failures[f"refused: {stack.errors[0]}"] += 1
            else:
                failures["plan"] += bool(stack.changes(wanted))
                failures["refresh"] += bool(stack.refresh())
                failures["marketplace"] += actual(place.marketplace) != expected(program, stack.ids(), before)
        if not stack.destroy() or any(actual(place.marketplace).values()):
            failures["destroy"] += 1

    cases = st.tuples(st.lists(programs(), min_size=1, max_size=4), st.integers(0, 2**32))
    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        place.marketplace.set_switches(record_calls="off")
        each(cases, runs, seed, look)
    bad = +failures
    hands = sum(drifts.values()) - drifts[NOTHING]
    result = f"0 differences after {steps:,} ups and {hands:,} changes behind the stack's back; 0 left after destroy"
    return Measured(runs, told(bad) or result, reached=not bad)


FIGURES = [
    Figure(
        "R1",
        "After `up` a plan is empty, and after a refresh too",
        "random programs of all resources through the lifecycle in process: up, plan, refresh, plan, destroy",
        "0 plans with a change in 10,000 lifecycles",
        _nothing_to_do,
        short=30,
        long=10_000,
    ),
    Figure(
        "R3",
        "Whatever was changed, `refresh` and `up` make the marketplace as the program says",
        "random edits of random programs, with changes behind the stack's back, in process",
        "0 differences in 5,000 stacks; nothing left after destroy",
        _converges,
        short=20,
        long=5_000,
    ),
]
