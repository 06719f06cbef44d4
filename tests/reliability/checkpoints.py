"""R8: a state file that was torn."""

import random
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_mturk.marketplace import Marketplace
from tests.reliability.figure import Figure, Measured
from tests.support.pulumi_cli import Stack
from tests.support.recorded_programs import FOUR


def _torn(runs: int, seed: int) -> Measured:
    """Cut or overwrite the stored state at a random place, and let the CLI read it."""
    draw = random.Random(seed)  # noqa: S311
    told: Counter[str] = Counter()
    with TemporaryDirectory() as folder, TemporaryDirectory() as home:
        stack = Stack(Path(folder) / "study", Path(home), {}).program(FOUR)
        with Marketplace.open(stack.database) as marketplace:
            stack.up().ok()
            stack.up().ok()  # the state before the last write is beside it now
            (file,) = (stack.folder / "state").glob(".pulumi/stacks/*/test.json")
            whole = file.read_bytes()
            before = stack.run("stack", "export").ok().text
            marketplace.clear_calls()
            for _ in range(runs):
                at = draw.randrange(len(whole))
                torn = draw.choice((whole[:at], whole[:at] + b"\x00" * (len(whole) - at)))
                file.write_bytes(torn)
                output = stack.run("stack", "export")
                told["detected" if output.code else "as it was" if output.text == before else "SILENT"] += 1
            shutil.copy(file.with_name("test.json.bak"), file)
            recovered = stack.preview("--expect-no-changes").code == 0
            untouched = not marketplace.calls()
    result = ", ".join(f"{count:,} {what}" for what, count in sorted(told.items()))
    if not recovered:
        result += "; the copy beside it did NOT bring the stack back"
    return Measured(runs, result, reached=not told["SILENT"] and recovered and untouched)


FIGURES = [
    Figure(
        "R8",
        "A torn state file is noticed, and the copy that Pulumi keeps beside it brings the stack back",
        "the stored state cut, or overwritten with zeros, at a random place, then read by the CLI",
        "1,000 detected, or read as it was",
        _torn,
        short=3,
        long=1_000,
    ),
]
