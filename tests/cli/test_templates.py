"""A project from each template: made by Pulumi and by our command alike; its own tests take it up and down."""

import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml

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


@pytest.mark.slow
def test_the_workflow_reviews_a_change_against_the_base_branch(env: dict[str, str], tmp_path: Path) -> None:
    """The step of a pull request, run as it stands there, by the shell and the variables that a runner gives it."""
    project, summary = tmp_path / "memory", tmp_path / "summary.md"
    assert cli.main(["new", "study", str(project)]) == 0
    # Of somebody who has committed the salt of a passphrase that the job does not know.
    with (project / "Pulumi.dev.yaml").open("a") as settings:
        settings.write("encryptionsalt: v1:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    shutil.copytree(project, project / "base", ignore=shutil.ignore_patterns("test.key.yaml"))
    (program := project / "__main__.py").write_text(
        program.read_text().replace('reward="0.30"', 'reward="0.20"').replace("        past.requirement,\n", "")
    )
    workflow = yaml.safe_load((project / ".github" / "workflows" / "stack.yaml").read_text())
    (step,) = [step for step in workflow["jobs"]["test"]["steps"] if step.get("name") == "pulumi-mturk review"]
    (temporary := tmp_path / "runner").mkdir()
    given = {name: text.replace("${{ runner.temp }}", str(temporary)) for name, text in step["env"].items()}
    job = env | given | {"GITHUB_STEP_SUMMARY": str(summary)}

    done = run(["bash", "-e", "-c", step["run"]], project, job)

    assert done.code == 3, done.text
    report = summary.read_text(encoding="utf-8")
    assert "**MT501** danger" in report
    assert "MT530 caution" in report
    assert "1 of 4 resources changes" in report
