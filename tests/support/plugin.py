"""The plugin of this checkout, for stacks of tests."""

import shlex
import sys
from pathlib import Path

from tests.support.pulumi_cli import Stack

_LAUNCHER = "pulumi-resource-mturk"


def with_plugin(stack: Stack) -> Stack:
    """The same stack; its project file says where the plugin is."""
    folder = Path(stack.env["PULUMI_HOME"]) / "plugin-of-the-checkout"
    if not folder.exists():
        folder.mkdir()
        launcher = folder / _LAUNCHER
        launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pulumi_mturk.plugin "$@"\n')
        launcher.chmod(0o755)
    with (stack.folder / "Pulumi.yaml").open("a") as project:
        project.write(f"plugins:\n  providers:\n    - name: mturk\n      path: {folder}\n")
    return stack
