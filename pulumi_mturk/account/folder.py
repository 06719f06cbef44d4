"""The files that `pulumi-mturk adopt` writes, into a folder in which none of them is yet."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pulumi_mturk.account.program import PRIVATE, QUESTIONS, Program
from pulumi_mturk.account.reading import Account
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.projects import runtime_of
from pulumi_mturk.provider.handles import FILE, Handles
from pulumi_mturk.resources import REGISTRY

PROGRAM, IMPORTS, PROJECT = "__main__.py", "import.json", "Pulumi.yaml"
_PROJECTS = (PROJECT, "Pulumi.yml", "Pulumi.json")
_FOR_ALL, _FOR_ME = 0o666, 0o600


def refuse_used(folder: Path) -> None:
    """Raise MturkError if something in the folder would be written over, or Pulumi would not run the program there.

    A stack whose program declares nothing of what it has imported deletes all of it.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise MturkError(f"{folder} is no folder; give another one")
    for name in (PROGRAM, IMPORTS, PRIVATE, QUESTIONS):
        if os.path.lexists(folder / name):
            raise MturkError(f"{folder / name} is there already; give another folder, or move it away")
    if (file := _project_file(folder)) is not None and not _runs_program(file):
        raise MturkError(f"{file} is a project whose program is not {PROGRAM} beside it; give another folder")


def has_project(folder: Path) -> bool:
    """Whether the folder is a project of Pulumi's."""
    return _project_file(folder) is not None


def _project_file(folder: Path) -> Path | None:
    return next(filter(Path.is_file, (folder / name for name in _PROJECTS)), None)


def _runs_program(project: Path) -> bool:
    """Whether a project is in Python, and its program in the folder of its file."""
    try:
        found = yaml.safe_load(project.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return False
    if not isinstance(found, dict):
        return False
    main = found.get("main")
    return runtime_of(found) == "python" and (main is None or Path(str(main)) in (Path(), Path(PROGRAM)))


def write(folder: Path, account: Account, program: Program, settings: Mapping[str, str]) -> None:
    """Write it all. Raises OSError, and MturkError for handles of an earlier run that can't be read.

    The project file, with the settings of `mturk:`, is written only where there is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handles = Handles(folder / FILE).keep(
        found.thing.import_id for found in account.resources if REGISTRY[found.thing.token].import_names_worker
    )
    private = folder / PRIVATE
    private.mkdir(mode=0o700)
    # Worker ids are personal data, and git keeps them for ever.
    _write(private / ".gitignore", "*\n", _FOR_ALL)
    for name, text in program.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        _write(folder / name, text, _FOR_ME if name in program.private_files else _FOR_ALL)
    _write(folder / PROGRAM, program.text, _FOR_ALL)
    _write(folder / IMPORTS, json.dumps(_imports(account, handles), indent=2) + "\n", _FOR_ALL)
    if not has_project(folder):
        _write(folder / PROJECT, _project(folder, settings), _FOR_ALL)


def _imports(account: Account, handles: Mapping[str, str]) -> dict[str, Any]:
    """The import file. No worker's id is in it: a handle stands for it."""
    return {
        "resources": [
            {
                "type": f"mturk:index:{found.thing.token}",
                "name": found.thing.name,
                "id": handles.get(found.thing.import_id, found.thing.import_id),
            }
            for found in account.resources
        ]
    }


def _project(folder: Path, settings: Mapping[str, str]) -> str:
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name).strip("-")[:100] or "account"
    lines = [f"name: {json.dumps(name)}", "runtime: python", "config:"]
    lines += [f"  mturk:{key}:\n    value: {json.dumps(value)}" for key, value in settings.items()]
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str, mode: int) -> None:
    """A new file; what is for its owner alone never was for anybody else."""
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8", newline=""
    ) as file:
        file.write(text)
