"""The stack of this folder as its files tell: which one is selected, and its configuration, without the Pulumi CLI."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import yaml

from pulumi_mturk.common.projects import project_file, pulumi_home

ChosenBy: TypeAlias = Literal["PULUMI_STACK", "pulumi stack select", "the only file"]
SECRET: Final = "secure"  # noqa: S105 - a key
"""The key under which an encrypted value stands in a stack's file."""


@dataclass(frozen=True)
class StackFiles:
    """What the files of the project in this folder say."""

    folder: Path
    project: Mapping[str, Any]
    stacks: int
    """How many stacks have a configuration file."""
    chosen_by: ChosenBy | None
    """What says which stack is meant; None where nothing does."""
    config: Mapping[str, Any] = field(default_factory=dict)
    """Keys with their namespace; encrypted values as they stand there, `{"secure": …}`."""
    from_environments: bool = False
    """Whether more comes from environments of Pulumi ESC, which no file holds."""


def read_stack_files() -> StackFiles | None:
    """The project in or above this folder; None without one. Raises OSError, ValueError and yaml.YAMLError."""
    file = project_file()
    if file is None:
        return None
    folder, project = file.parent, mapping_in(file)
    settings = folder / str(project.get("stackConfigDir") or "")
    files = {found.stem.removeprefix("Pulumi."): found for found in sorted(settings.glob("Pulumi.*.yaml"))}
    chosen_by, name = _chosen(file, project, list(files))
    stack = mapping_in(files[name]) if name in files else {}
    config = {key: _default_of(value) for key, value in _items(project).items()} | _items(stack)
    return StackFiles(folder, project, len(files), chosen_by, config, bool(stack.get("environment")))


def _chosen(file: Path, project: Mapping[str, Any], names: list[str]) -> tuple[ChosenBy | None, str]:
    if written := os.environ.get("PULUMI_STACK"):
        return "PULUMI_STACK", _short(written)
    # Where the CLI keeps what `pulumi stack select` has chosen [observed, 3.259].
    place = hashlib.sha1(str(file).encode(), usedforsecurity=False).hexdigest()
    kept = pulumi_home() / "workspaces" / f"{project.get('name')}-{place}-workspace.json"
    try:
        workspace = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        workspace = None
    if selected := _selected(workspace, project):
        return "pulumi stack select", selected
    return ("the only file", names[0]) if len(names) == 1 else (None, "")


def _selected(workspace: Any, project: Mapping[str, Any]) -> str | None:
    """The stack that a workspace file says is selected; None where it says none, or one for each of several backends.

    `{"stacks": {BACKEND: NAME}}` is the form of CLI 3.259, `{"stack": NAME}` that of older ones, which counts for a
    backend that has none of its own. The backend of the last `pulumi login` is not looked up: it stands beside the
    access tokens.
    """
    workspace = workspace if isinstance(workspace, dict) else {}
    stacks = workspace.get("stacks")
    by_backend = {str(url): _short(str(name)) for url, name in stacks.items()} if isinstance(stacks, dict) else {}
    legacy = _short(str(workspace.get("stack") or "")) or None
    own = project.get("backend")
    backend = os.environ.get("PULUMI_BACKEND_URL") or (own.get("url") if isinstance(own, dict) else None)
    if backend:
        return by_backend.get(str(backend), legacy)
    names = set(by_backend.values())
    return legacy if not names else names.pop() if len(names) == 1 else None


def _short(name: str) -> str:
    """The last part of `organization/project/stack`, which its file is named after."""
    return name.rpartition("/")[2]


def mapping_in(file: Path) -> dict[str, Any]:
    """What a project's or a stack's file holds; empty where that is no mapping. Raises as `read_stack_files` does."""
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
