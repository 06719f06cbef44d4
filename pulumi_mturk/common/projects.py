"""Where a Pulumi project is, and what Pulumi and the provider keep."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# The embedded marketplace's file, below the project's folder, where a configuration names no other.
LOCAL_DATABASE = ".mturk/local.db"

_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


def project_file() -> Path | None:
    """The project file in the working directory, or in the first folder above it that has one; None without one."""
    here = Path.cwd()
    files = (folder / name for folder in (here, *here.parents) for name in _PROJECT_FILES)
    return next(filter(Path.is_file, files), None)


def project_folder() -> Path:
    """The folder of the project file, or the working directory where there is none.

    A provider process is started in the folder of the program, which is another one where the project file has `main`
    (always a folder below its own), and is not told of the project's [measured].
    """
    file = project_file()
    return Path.cwd() if file is None else file.parent


def runtime_of(project: Mapping[str, Any]) -> Any:
    """What runs a project's programs, such as "python" or "yaml", from its project file."""
    runtime = project.get("runtime")
    return runtime.get("name") if isinstance(runtime, Mapping) else runtime


def pulumi_home() -> Path:
    """Where the CLI keeps its plugins, and which stack is selected in which project."""
    return Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
