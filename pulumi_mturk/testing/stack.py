"""A stack in a test: a copy of a project goes up on the marketplace of the mock, by Pulumi's Automation API."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from pulumi import automation

from pulumi_mturk.testing.errors import MockUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from pulumi_mturk.testing.mock_marketplace import MockMarketplace

STACK: Final = "test"
_LEFT_OUT: Final = shutil.ignore_patterns(
    ".git", ".mturk", ".venv", "venv", "node_modules", "__pycache__", "Pulumi.*.y*"
)
"""What a copy does without: what was made, and the settings of the project's own stacks."""
_PROJECT_FILES: Final = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


class Stacks:
    """Makes stacks of a test; the fixture `mturk_stack` is one. They are gone with the test's folder."""

    def __init__(self, marketplace: MockMarketplace, folders: pytest.TempPathFactory) -> None:
        self._marketplace = marketplace
        self._folders = folders
        self._database: Path | None = None

    def __call__(self, project: str | Path, config: Mapping[str, Any] | None = None) -> automation.Stack:
        """A stack of a copy of a project's folder, not up yet: `up()`, `preview()` and `outputs()` are its methods.

        The program runs in the Python that runs the test. `config` is the stack's configuration: texts, what
        JSON has, or `automation.ConfigValue(value, secret=True)`. The keys `mturk:environment` and
        `mturk:localDatabase` are set.

        Raises:
            MockUsageError: there is no project in the folder, no Pulumi CLI, or the mock's clock stands still.

        """
        source = Path(project)
        name = next((name for name in _PROJECT_FILES if (source / name).is_file()), None)
        if name is None:
            raise MockUsageError(f"mturk_stack: there is no {_PROJECT_FILES[0]} in {source.absolute()}.")
        if shutil.which("pulumi") is None:
            raise MockUsageError("mturk_stack: the Pulumi CLI is not on PATH; https://www.pulumi.com/docs/install/")
        folder = self._folders.mktemp("mturk-stack")
        if self._database is None:
            self._marketplace.move_to(folder / "marketplace.db")
            self._database = folder / "marketplace.db"
        copied = shutil.copytree(source, folder / "project", ignore=_LEFT_OUT)
        _use_this_python(copied / name)
        stack = automation.create_stack(
            STACK, work_dir=str(copied), opts=automation.LocalWorkspaceOptions(env_vars=_environment(folder))
        )
        values = {
            "mturk:environment": "local",
            "mturk:localDatabase": str(self._database),
            **(config or {}),
        }
        stack.set_all_config({key: _config_value(value) for key, value in values.items()})
        return stack


def _environment(folder: Path) -> dict[str, str]:
    """The CLI's: state and passphrase of this stack alone, and the program's Python."""
    state = folder / "state"
    state.mkdir()
    return {
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "testing",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        # An explicit provider of the program leads elsewhere than the stack's configuration: ours refuse to go there.
        "PULUMI_MTURK_TEST": "true",
        # Pulumi takes the Python package for one with a plugin to download, and each command would try for seconds.
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
    }


def _use_this_python(project_file: Path) -> None:
    """Take out the program's virtual environment, which is not in the copy."""
    project = yaml.safe_load(project_file.read_text(encoding="utf-8"))
    if isinstance(project, dict) and isinstance(project.get("runtime"), dict):
        project["runtime"].pop("options", None)
        project_file.write_text(json.dumps(project), encoding="utf-8")  # which is YAML, too


def _config_value(value: Any) -> automation.ConfigValue:
    if isinstance(value, automation.ConfigValue):
        return value
    return automation.ConfigValue(value if isinstance(value, str) else json.dumps(value))
