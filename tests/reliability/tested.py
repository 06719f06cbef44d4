"""R15, R18, R19 and R21: what tests of other files show, counted; and what the package is made of."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.figure import Figure, Measured
from tests.tools.test_package import ROOT, build
from tools.behaviours import page


def _passed(*arguments: str) -> Measured:
    """Run tests, and count."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    last = output.stdout.strip().rpartition("\n")[2]
    counted = {what: int(count) for count, what in re.findall(r"(\d+) (passed|failed|error|skipped)", last)}
    runs = counted.get("passed", 0)
    return Measured(runs, last.strip("= "), reached=output.returncode == 0 and runs > 0)


def _old_states(_runs: int, _seed: int) -> Measured:
    return _passed("tests/cli/test_state.py")


def _clients(_runs: int, _seed: int) -> Measured:
    return _passed("tests/clients", "tests/marketplace/api/test_every_operation.py")


def _behaviours(_runs: int, _seed: int) -> Measured:
    tested = _passed("tests/unit/test_behaviours.py")
    counts = {label: int(count) for label, count in re.findall(r"^\| (\w+) \| (\d+) \|$", page(), re.MULTILINE)}
    told = ", ".join(f"{count:,} {label}" for label, count in counts.items())
    return Measured(sum(counts.values()), f"{told}; {tested.result}", reached=tested.reached)


def wheel(into: Path) -> str:
    """The digest of a wheel that is built from this tree."""
    into.mkdir()
    build(ROOT, into, "--wheel")
    (wheel,) = into.glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def _supply_chain(_runs: int, _seed: int) -> Measured:
    with TemporaryDirectory() as folder:
        same = wheel(Path(folder) / "one") == wheel(Path(folder) / "two")
    wheels = "two wheels are the same byte for byte" if same else "two wheels DIFFER"
    if (audit := shutil.which("pip-audit")) is None:
        return Measured(1, f"{wheels}; not audited, for pip-audit is not installed", reached=False)
    command = [audit, "--no-deps", "--format", "json", "--requirement", str(ROOT / "constraints.txt")]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = json.loads(output)["dependencies"]
    skipped = sum("skip_reason" in one for one in found)
    vulnerable = sum(bool(one.get("vulns")) for one in found)
    result = f"{wheels}; pip-audit: {vulnerable} of {len(found)} locked packages vulnerable, {skipped} unknown to it"
    return Measured(len(found), result, reached=same and not vulnerable and not skipped)


FIGURES = [
    Figure(
        "R15",
        "Stacks of every version that was released load, preview as unchanged, refresh and destroy",
        "recorded states, by the real CLI",
        "all of them, 0 differences",
        _old_states,
        short=0,
        long=1,
    ),
    Figure(
        "R18",
        "Each behaviour of the marketplace says where it comes from",
        "the labels in docs/marketplace-behaviour.md; no recorded answers of Amazon's are at hand",
        "0 unmarked",
        _behaviours,
        short=0,
        long=1,
    ),
    Figure(
        "R19",
        "Clients of other makers agree with the marketplace on every operation",
        "boto3, the AWS CLI, and the JavaScript SDK",
        "0 differences",
        _clients,
        short=0,
        long=1,
    ),
    Figure(
        "R21",
        "The package is what its source says, of parts without known faults",
        "the wheel built twice; pip-audit over the locked versions",
        "the same bytes; 0 vulnerable",
        _supply_chain,
        short=0,
        long=1,
    ),
]
