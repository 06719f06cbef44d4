"""`pulumi-mturk review` of a plan of 2,000 resources against the preview that made it.

Run it with `make bench`. Half of the resources are HIT types that change, each compared with what it was; the rest are
qualification types and their rosters, of which each list grows. The preview is timed once, the review several times.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.common import Bar, finish
from tests.support.pulumi_cli import Stack

BAR = 0.1
_PATIENCE = 1_800.0  # seconds

PROGRAM = """
for index in range({count}):
    kind = mturk.QualificationType(f"type-{{index}}", description="A type.")
    mturk.QualificationRoster(
        f"team-{{index}}", qualification_type_id=kind, workers=[f"A1EXAMPLE{{one:04d}}" for one in range({workers})]
    )
    for part in ("a", "b"):
        mturk.HITType(
            f"task-{{index}}-{{part}}",
            title=f"Task {{index}} {{part}}",
            description="A task.",
            reward="0.50",
            assignment_duration_in_seconds=600,
            qualification_requirements=[e.approval(at_least={rate}, hits=500), e.country("US", "GB"), e.holds(kind)],
        )
"""


def previewed(stack: Stack, plan: Path) -> float:
    """Write the plan; the seconds that it took."""
    start = time.perf_counter()
    command = ["pulumi", "preview", "--json", "--show-sames", "--non-interactive"]
    with plan.open("wb") as file:
        subprocess.run(command, cwd=stack.folder, env=stack.env, stdout=file, check=True)
    return time.perf_counter() - start


def reviewed(plan: Path) -> float:
    """Seconds of one review, as JSON."""
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "pulumi_mturk.cli",
        "review",
        "--exit-code",
        "0",
        "--format",
        "json",
        "--file",
        str(plan),
    ]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--resources", type=int, default=2_000, help="how many (default 2000)")
    parser.add_argument("--turns", type=int, default=5, help="how many reviews (default 5)")
    given = parser.parse_args(arguments)
    count = given.resources // 4
    with tempfile.TemporaryDirectory() as name:
        stack = Stack(Path(name) / "stack", Path(name) / "home", {})
        plan = Path(name) / "plan.json"
        # The state is written once at the end of this run, not for each resource.
        stack.env |= {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
        stack.timeout = _PATIENCE
        print(f"making a stack of {4 * count} resources …", file=sys.stderr)
        stack.program(PROGRAM.format(count=count, workers=1, rate=97)).up().ok()
        stack.program(PROGRAM.format(count=count, workers=2, rate=95))
        preview = previewed(stack, plan)
        reviews = [reviewed(plan) for _ in range(given.turns)]
        size = plan.stat().st_size
    review = statistics.median(reviews)
    print(json.dumps({"preview_s": round(preview, 2), "review_s": round(review, 2), "plan_bytes": size}))
    return [Bar(f"time of a review of {4 * count} resources against its preview", review / preview, most=BAR)]


if __name__ == "__main__":
    sys.exit(finish(run()))
