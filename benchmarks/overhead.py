"""A no-op `pulumi preview` of 100 of our resources against 100 resources of a bare dynamic provider.

Run it with `make bench`. The two previews take turns, so that a machine whose speed drifts treats both alike; the
ratio is taken pair by pair. The rival's resources are given the same values, and its provider does nothing at all but
what the SDK's base class does. What is over 1 is our imports, rules, outputs and comparisons.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pulumi_mturk.marketplace import Marketplace
from tests.cli.harness import Stack, counted

BAR = 1.15
STATE_BAR = 7_000

OURS = """
for index in range(25):
    kind = mturk.QualificationType(f"type-{index}", description="A type.", keywords="one, two")
    mturk.QualificationGrant(f"grant-{index}", qualification_type_id=kind, worker_id=f"A1EXAMPLE{index:04d}")
    mturk.HITType(
        f"task-{index}",
        title=f"Task {index}",
        description="A task.",
        reward="0.50",
        assignment_duration_in_seconds=600,
        qualification_requirements=[
            e.approval(at_least=95, hits=500),
            e.country("US", "GB", "IE", "AU", "NZ"),
            e.holds(kind),
        ],
    )
    mturk.WorkerBlock(f"block-{index}", worker_id=f"A2EXAMPLE{index:04d}", reason="A reason.")
"""

RIVAL = """
import pulumi
import bare

for index in range(25):
    kind = bare.Bare(f"type-{index}", {
        "name": f"type-{index}", "description": "A type.", "keywords": "one, two", "qualificationTypeStatus": "Active",
        "autoGranted": False,
    })
    bare.Bare(f"grant-{index}", {
        "qualificationTypeId": kind.id, "workerId": pulumi.Output.secret(f"A1EXAMPLE{index:04d}"), "integerValue": 1,
        "sendNotification": False,
    })
    bare.Bare(f"task-{index}", {
        "title": f"Task {index}", "description": "A task.", "reward": "0.50", "assignmentDurationInSeconds": 600,
        "autoApprovalDelayInSeconds": 2592000,
        "qualificationRequirements": [
            {"qualificationTypeId": "000000000000000000L0", "comparator": "GreaterThanOrEqualTo",
             "integerValues": [95], "actionsGuarded": "Accept"},
            {"qualificationTypeId": "00000000000000000040", "comparator": "GreaterThanOrEqualTo",
             "integerValues": [500], "actionsGuarded": "Accept"},
            {"qualificationTypeId": "00000000000000000071", "comparator": "In",
             "localeValues": [{"country": code} for code in ("US", "GB", "IE", "AU", "NZ")],
             "actionsGuarded": "Accept"},
            {"qualificationTypeId": kind.id, "comparator": "Exists", "actionsGuarded": "Accept"},
        ],
    })
    bare.Bare(f"block-{index}", {
        "workerId": pulumi.Output.secret(f"A2EXAMPLE{index:04d}"), "reason": pulumi.Output.secret("A reason."),
    })
"""

RIVAL_MODULE = '''
"""A dynamic provider that does nothing."""

from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider


class BareProvider(ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props):
        return CreateResult("id", props)

    def diff(self, id, olds, news):
        return DiffResult(changes=False)


class Bare(Resource, module="bare", name="Bare"):
    def __init__(self, name, props):
        super().__init__(BareProvider(), name, props)
'''

TEN_RULES = """
mturk.HITType(
    "ten",
    title="Ten rules",
    description="A task.",
    reward="0.50",
    assignment_duration_in_seconds=600,
    qualification_requirements=[
        e.approval(at_least=95, hits=500),
        e.country("US", "GB", "IE", "AU", "NZ"),
        e.masters(),
        e.adult(),
        [e.score(mturk.QualificationType(f"q{number}", description="A type."), at_least=70) for number in range(5)],
    ],
)
"""


@dataclass(frozen=True)
class Run:
    """One preview: seconds of the clock and of the processors, and the largest process."""

    wall: float
    cpu: float
    peak_mib: float


def preview(stack: Stack) -> Run:
    """Time one no-op preview, with all the processes that it starts."""
    start = time.perf_counter()
    command = ["pulumi", "preview", "--expect-no-changes", "--non-interactive"]
    with subprocess.Popen(
        command, cwd=stack.folder, env=stack.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit("the preview found changes, or failed: nothing is measured")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(ours: Stack, rival: Stack, pairs: int) -> dict[str, float]:
    """Preview both in turns, and print what each took."""
    measured: list[tuple[Run, Run]] = []
    preview(ours), preview(rival)  # warm the file caches
    for number in range(pairs):
        print(f"\r  pair {number + 1} of {pairs}", end="", file=sys.stderr, flush=True)
        measured.append((preview(ours), preview(rival)))
    print(file=sys.stderr)
    found: dict[str, float] = {}
    print(f"{'':22}{'ours':>10}{'bare':>10}{'ratio':>10}   (medians; the ratio is the median of the pairs')")
    for name, unit in (("wall", "s"), ("cpu", "s"), ("peak_mib", "MiB")):
        left, right = ([getattr(run[side], name) for run in measured] for side in (0, 1))
        ratio = statistics.median(one / other for one, other in zip(left, right, strict=True))
        print(f"{name + ', ' + unit:22}{statistics.median(left):10.2f}{statistics.median(right):10.2f}{ratio:10.2f}")
        found[name] = round(ratio, 3)
    return found


def state_sizes(stack: Stack) -> dict[str, int]:
    """Bytes of each resource in the state, without the SDK's own stack traces."""
    sizes = {}
    for name, item in stack.resources().items():
        item = {key: value for key, value in item.items() if key not in ("sourcePosition", "stackTrace")}
        sizes[name] = len(json.dumps(item, separators=(",", ":")))
    return sizes


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the exit status tells whether the bars were kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overhead", description=__doc__)
    parser.add_argument("--pairs", type=int, default=9, help="how many pairs of previews (default 9)")
    pairs = parser.parse_args(arguments).pairs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = Stack(folder / "ours", folder / "home", {}).program(OURS)
        rival = Stack(folder / "rival", folder / "home", {})
        (rival.folder / "__main__.py").write_text(RIVAL)
        (rival.folder / "bare.py").write_text(RIVAL_MODULE)
        print("making two stacks of 100 resources …", file=sys.stderr)
        ours.up().ok()
        rival.up().ok()
        with Marketplace.open(ours.database) as marketplace:
            marketplace.set_switches(record_calls="on")
            preview(ours)
            calls = sum(counted(marketplace).values())
            marketplace.set_switches(record_calls="off")
        ratios = compare(ours, rival, pairs)
        ten = Stack(folder / "ten", folder / "home", {}).program(TEN_RULES)
        ten.up().ok()
        size = state_sizes(ten)["ten"]
    print(f"\nAPI calls in a no-op preview: {calls} (bar 0)")
    print(f"State of a HIT type with ten rules: {size} bytes (bar {STATE_BAR})")
    print(f"Time of a preview against the bare provider's: {ratios['wall']:.2f} (bar {BAR})")
    print(json.dumps({"ratios": ratios, "calls": calls, "state_bytes": size, "pairs": pairs}))
    return 0 if ratios["wall"] <= BAR and calls == 0 and size < STATE_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
