"""The stack of this folder as its files tell: which one is selected, and its configuration, without the Pulumi CLI."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from pulumi_mturk.common.projects import PROJECT_FILES, project_folder

SECRET: Final = "secure"  # noqa: S105 - a key
"""The key under which an encrypted value stands in a stack's file."""


@dataclass(frozen=True)
class StackFiles:
    """What the files of the project in this folder say."""

    folder: Path
    project: Mapping[str, Any]
    stacks: int
    """How many stacks have a configuration file."""
    chosen_by: Literal["PULUMI_STACK", "pulumi stack select", "the only file"] | None
    """What says which stack is meant; None where nothing does."""
    config: Mapping[str, Any] = field(default_factory=dict)
    """Keys with their namespace; encrypted values as they stand there, `{"secure": …}`."""
    from_environments: bool = False
    """Whether more comes from environments of Pulumi ESC, which no file holds."""


def read_stack_files() -> StackFiles | None:
    """The project in or above this folder; None without one. Raises OSError, ValueError and yaml.YAMLError."""
    folder = project_folder()
    file = next((folder / name for name in PROJECT_FILES if (folder / name).is_file()), None)
    if file is None:
        return None
    project = _mapping(file)
    settings = folder / str(project.get("stackConfigDir") or "")
    files = {found.stem.removeprefix("Pulumi."): found for found in sorted(settings.glob("Pulumi.*.yaml"))}
    chosen_by, name = _chosen(file, str(project.get("name")), list(files))
    stack = _mapping(files[name]) if name in files else {}
    config = {key: _default_of(value) for key, value in _items(project).items()} | _items(stack)
    return StackFiles(folder, project, len(files), chosen_by, config, bool(stack.get("environment")))


def _chosen(
    file: Path, project: str, names: list[str]
) -> tuple[Literal["PULUMI_STACK", "pulumi stack select", "the only file"] | None, str]:
    if written := os.environ.get("PULUMI_STACK"):
        return "PULUMI_STACK", _short(written)
    # Where the CLI keeps what `pulumi stack select` has chosen [observed, 3.259].
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    place = hashlib.sha1(str(file).encode(), usedforsecurity=False).hexdigest()
    try:
        workspace = json.loads((home / "workspaces" / f"{project}-{place}-workspace.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        workspace = {}
    if selected := workspace.get("stack"):
        return "pulumi stack select", _short(str(selected))
    return ("the only file", names[0]) if len(names) == 1 else (None, "")


def _short(name: str) -> str:
    """The last part of `organization/project/stack`, which its file is named after."""
    return name.rpartition("/")[2]


def _mapping(file: Path) -> dict[str, Any]:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def _items(document: Mapping[str, Any]) -> dict[str, Any]:
    found = document.get("config")
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}


def _default_of(value: Any) -> Any:
    """The value of a key in the project's file, which is written as it is, or with its type."""
    if isinstance(value, dict) and SECRET not in value:
        return value.get("value", value.get("default"))
    return value
