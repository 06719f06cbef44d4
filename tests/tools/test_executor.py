"""What a user sees of a program that fails: run by the real CLI, on a stack of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

GET = Path(__file__).parents[2] / "tools" / "pulumi" / "get.py"

pytestmark = pytest.mark.cli

REFUSED_RESOURCE = """
import pulumi
from pulumi.dynamic import CheckFailure, CheckResult, Resource, ResourceProvider


class Provider(ResourceProvider):
    def check(self, olds, news):
        return CheckResult(news, [CheckFailure("", "this is refused")] if news["refuse"] else [])


class Thing(Resource):
    def __init__(self, name, **properties):
        super().__init__(Provider(), name, properties)


Thing("good", refuse=False)
refused = Thing("refused", refuse=True)
Thing("dependent", refuse=False, needs=refused.id)
"""


@pytest.fixture
def preview(tmp_path: Path) -> Callable[[str], str]:
    """Previews a program that fails, and gives what the CLI prints."""
    found = subprocess.run([sys.executable, str(GET), "find"], capture_output=True, text=True, check=True)
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), found.stdout.strip(), os.environ["PATH"]]),
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_BACKEND_URL": f"file://{tmp_path}",
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: failing\nruntime: python\n")

    def pulumi(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pulumi", *command, "--non-interactive", "--color", "never"],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
        )

    def run(program: str) -> str:
        (project / "__main__.py").write_text(program)
        created = pulumi("stack", "init", "test")
        assert created.returncode == 0, created.stdout
        result = pulumi("preview", "--stack", "test")
        assert result.returncode != 0, result.stdout
        return result.stdout

    return run


@pytest.mark.slow
def test_an_error_names_the_users_line_and_no_frame_of_the_machinery(preview: Callable[[str], str]) -> None:
    shown = preview("import pulumi\n\n\ndef study():\n    return {}['reward']\n\n\nstudy()\n")

    assert '__main__.py", line 5, in study' in shown
    assert '__main__.py", line 8, in <module>' in shown
    assert "KeyError: 'reward'" in shown
    assert not [line for line in ("runpy", "asyncio", "run_in_stack") if line in shown]


@pytest.mark.slow
def test_a_syntax_error_names_its_line(preview: Callable[[str], str]) -> None:
    shown = preview("import pulumi\nreward = (\n")

    assert '__main__.py", line 2' in shown
    assert "SyntaxError" in shown
    assert "runpy" not in shown


def test_a_refused_resource_stops_the_program_without_a_traceback(preview: Callable[[str], str]) -> None:
    shown = preview(REFUSED_RESOURCE)

    assert "this is refused" in shown
    assert "KeyboardInterrupt" not in shown
    assert "Traceback" not in shown
