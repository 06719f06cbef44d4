"""What `pulumi-mturk adopt` has written, imported and planned in memory."""

import json
import runpy
from pathlib import Path

from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.handles import FILE, Handles
from pulumi_mturk.provider.lifecycle import Difference
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place
from tests.support.memory_stack import from_engine
from tests.support.program import registered


def imports(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "import.json").read_text())["resources"]
    return found


def is_unchanged(place: Place, folder: Path) -> None:
    """Import it all, and plan the program: nothing is said, and nothing changes."""
    place.next_run()
    place.warnings.clear()
    place.provider.handles = Handles(folder / FILE)
    found = {}
    for one in imports(folder):
        token = one["type"].removeprefix("mturk:index:")
        found[token, one["name"]] = place.import_(token, one["id"], one["name"])
    assert place.warnings == []
    ids = {key: imported.id for key, imported in found.items()}

    def run() -> None:
        runpy.run_path(str(folder / "__main__.py"))

    program = registered(run, ids)
    assert program.keys() == found.keys()
    for (token, name), inputs in program.items():
        imported = found[token, name]
        news = from_engine({key: value for key, value in inputs.items() if value is not None})
        checked = place.check(token, news, from_engine(imported.inputs), name=name)
        assert checked.failures == []
        assert lifecycle.diff(REGISTRY[token], from_engine(imported.outputs), checked.inputs) == Difference()
