"""R17: many resources."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace import Marketplace
from tests.reliability.figure import Figure, Measured
from tests.reliability.lifecycles import ReferringStack
from tests.support.core import opened
from tests.support.memory import most_resident
from tests.support.memory_stack import Declared, block, grant
from tests.support.pulumi_cli import Stack as CLIStack
from tests.support.pulumi_cli import counted

if TYPE_CHECKING:
    from collections import Counter

PAGE = 100
MEGABYTES = 300


def _in_process(resources: int) -> dict[str, object]:
    """Plan, apply, refresh: calls of each, and the most memory that was held."""
    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        half = resources // 2
        program: dict[str, Declared] = {
            "reader": ("QualificationType", {"description": "For all."}),
            **{f"grant{number}": grant("${reader}", f"A{number}GRANTEXAMPLE") for number in range(half)},
            **{f"block{number}": block(f"A{number}BLOCKEXAMPLE") for number in range(resources - half - 1)},
        }
        stack = ReferringStack(place)
        place.calls()
        calls: dict[str, Counter[str]] = {}
        plans = []
        applied = stack.up(program)
        calls["up"] = place.counted()
        plans.append(len(stack.changes(program)))
        calls["plan"] = place.counted()
        drifted = len(stack.refresh())
        calls["refresh"] = place.counted()
    return {
        "applied": applied,
        "plans": plans,
        "drifted": drifted,
        "calls": {name: sum(found.values()) for name, found in calls.items()},
        "megabytes": most_resident() // 2**20,
    }


def _many(runs: int, _seed: int) -> Measured:
    command = [sys.executable, "-m", "tests.reliability.size", str(runs)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    calls = found["calls"]
    pages = 2 * (runs // PAGE + 2)
    reached = (
        found["applied"]
        and found["plans"] == [0]
        and not found["drifted"]
        and not calls["plan"]
        and calls["up"] <= runs + pages
        and calls["refresh"] <= runs + pages
        and found["megabytes"] <= MEGABYTES
    )
    result = (
        f"up {calls['up']:,} calls, plan {calls['plan']}, refresh {calls['refresh']:,}; "
        f"{found['megabytes']} MB, the marketplace's and the stack's own included"
    )
    return Measured(runs, result, reached=reached)


def _many_by_the_cli(runs: int, _seed: int) -> Measured:
    program = f"""
reader = mturk.QualificationType("reader", description="For all.")
for number in range({runs // 2}):
    mturk.QualificationGrant(f"grant{{number}}", qualification_type_id=reader.id, worker_id=f"A{{number}}GRANTEXAMPLE")
    mturk.WorkerBlock(f"block{{number}}", worker_id=f"A{{number}}BLOCKEXAMPLE", reason="Asked to be left alone.")
"""
    calls = {}
    with TemporaryDirectory() as folder, TemporaryDirectory() as home:
        stack = CLIStack(Path(folder) / "study", Path(home), {}).program(program)
        stack.timeout = 1800
        with Marketplace.open(stack.database) as marketplace:
            marketplace.set_switches(record_calls="on")
            codes = []
            for name, arguments in (
                ("preview", ["preview"]),
                ("up", ["up", "--yes", "--skip-preview"]),
                ("preview again", ["preview", "--expect-no-changes"]),
                ("refresh", ["refresh", "--yes", "--skip-preview", "--expect-no-changes"]),
                ("destroy", ["destroy", "--yes", "--skip-preview"]),
            ):
                codes.append(stack.run(*arguments).code)
                calls[name] = sum(counted(marketplace).values())
    pages = 2 * (runs // PAGE + 2)
    reached = not any(codes) and not calls["preview"] + calls["preview again"]
    reached = reached and max(calls["up"], calls["refresh"]) <= runs + pages
    return Measured(runs, ", ".join(f"{name} {count:,} calls" for name, count in calls.items()), reached=reached)


FIGURES = [
    Figure(
        "R17",
        "10,000 resources: a plan makes no call, and nothing makes more calls than resources and pages",
        "half grants, half blocks, through the lifecycle in process",
        f"0 calls in a plan; up and refresh at most resources + pages; {MEGABYTES} MB",
        _many,
        short=200,
        long=10_000,
    ),
    Figure(
        "R17-CLI",
        "The same with the real Pulumi CLI",
        "half grants, half blocks: preview, up, preview, refresh, destroy",
        "0 calls in a preview; up and refresh at most resources + pages, with 1,000 resources",
        _many_by_the_cli,
        short=0,
        long=1_000,
    ),
]

if __name__ == "__main__":
    print(json.dumps(_in_process(int(sys.argv[1]))))
