"""Record a state of this version, for the versions to come: `tools/run python -m tests.support.record_state`."""

import json
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.support.pulumi_cli import Stack
from tests.support.recorded_programs import FOUR, LISTS, RECORDED_HOST, place

PROGRAMS = {"": FOUR, "-lists": LISTS}
# What Pulumi adds of its own: where in the program a resource stands.
POSITIONS = ("sourcePosition", "stackTrace")


def main() -> None:
    """Make a stack of each program, and write its state to the folder `recorded`."""
    for suffix, program in PROGRAMS.items():
        with tempfile.TemporaryDirectory() as folder, place(Path(folder)) as there:
            stack = Stack(
                Path(folder) / "stack", Path(folder) / "home", {"environment": "sandbox", "endpointUrl": there.url}
            )
            stack.program(program).up().ok()
            stack.refresh().ok()
            exported = json.loads(stack.run("stack", "export").ok().text.replace(there.host, RECORDED_HOST))
        for resource in exported["deployment"]["resources"]:
            for key in POSITIONS:
                resource.pop(key, None)
        recorded(version("pulumi-mturk"), suffix).write_text(json.dumps(exported, indent=2) + "\n")


def recorded(of: str, suffix: str) -> Path:
    """The file with a version's state."""
    return Path(__file__).parents[1] / "cli" / "recorded" / f"{of}{suffix}.json"


if __name__ == "__main__":
    main()
