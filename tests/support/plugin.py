"""The plugin of this checkout, for stacks of tests."""

from pathlib import Path

from pulumi_mturk.plugin import installation
from tests.support.pulumi_cli import Stack


def with_plugin(stack: Stack) -> Stack:
    """The same stack; its project file says where the plugin is."""
    launcher = installation.install(Path(stack.env["PULUMI_HOME"]) / "plugin-of-the-checkout")
    with (stack.folder / "Pulumi.yaml").open("a") as project:
        project.write(f"plugins:\n  providers:\n    - name: mturk\n      path: {launcher.parent}\n")
    return stack
