"""A project from each template: made by Pulumi and by our command alike; its own tests take it up and down."""

import os
import sys
from pathlib import Path

import pytest

from pulumi_mturk import cli
from tests.cli.conftest import first_is_enough
from tests.support.pulumi_cli import ROOT, run


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A user's, with this package and Pulumi's CLI."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PULUMI_", "PYTEST_"))}
    return kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "tests" / "support" / "empty_pip"), str(ROOT))),
    }


@pytest.mark.parametrize("template", first_is_enough(["study", "team"]))
def test_a_project_from_the_template_passes_its_own_tests(template: str, env: dict[str, str], tmp_path: Path) -> None:
    folder, same = tmp_path / "pulumi" / "memory", tmp_path / "ours" / "memory"
    folder.mkdir(parents=True)
    made = ["pulumi", "new", str(ROOT / "templates" / template), "--generate-only", "--yes", "--non-interactive"]
    run([*made, "--name", "memory"], folder, env).ok()
    assert cli.main(["new", template, str(same)]) == 0

    assert contents(folder) == contents(same)
    text = run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], same, env).ok().text
    assert "4 passed" in text


def contents(folder: Path) -> dict[str, str]:
    """The files of a project, without the note on its template that Pulumi leaves in the project's file."""
    return {
        str(file.relative_to(folder)): file.read_text(encoding="utf-8").partition("config:\n  pulumi:tags:")[0].strip()
        for file in folder.rglob("*")
        if file.is_file()
    }
