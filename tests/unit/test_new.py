"""`pulumi-mturk new`: projects from the templates, which are the same as Pulumi's own command makes."""

import re
import subprocess
from pathlib import Path
from typing import get_args

import pytest
import yaml
from packaging.requirements import Requirement

from pulumi_mturk import __version__, cli
from pulumi_mturk.cli.new import Template, project_name, templates_folder

TEMPLATES = get_args(Template)
# What a stranger's eye would take for a real list, under any name.
LISTS = ("past.csv", "team.csv", "results.csv", "results/batch.csv", "workers.tsv", "team.xlsx", "test.key.yaml")


@pytest.fixture(params=TEMPLATES)
def template(request: pytest.FixtureRequest) -> Path:
    return templates_folder() / str(request.param)


@pytest.fixture
def made(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project of the template."""
    folder = tmp_path / "Memory & maps"
    assert cli.main(["new", template.name, str(folder)]) == 0
    assert "pulumi up" in capsys.readouterr().out
    return folder


def test_every_template_can_be_named() -> None:
    assert {folder.name for folder in templates_folder().iterdir()} == set(TEMPLATES)


def test_a_project_is_the_template_with_its_name(template: Path, made: Path) -> None:
    project = yaml.safe_load((made / "Pulumi.yaml").read_text())
    assert project["name"] == "Memory-maps"
    assert "template" not in project
    assert "$" not in project["description"]
    names = {file.relative_to(template) for file in template.rglob("*") if "__pycache__" not in file.parts}
    assert {file.relative_to(made) for file in made.rglob("*")} == names
    for name in names - {Path("Pulumi.yaml")}:
        if (template / name).is_file():
            assert (made / name).read_bytes() == (template / name).read_bytes()


def test_git_takes_no_list_of_workers_and_no_key(made: Path) -> None:
    subprocess.run(["git", "init", "--quiet", made], check=True)
    for name in LISTS:
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text("worker_id\nA1EXAMPLEWORKER\n")
    subprocess.run(["git", "add", "."], cwd=made, check=True)
    added = subprocess.run(["git", "ls-files"], cwd=made, capture_output=True, text=True, check=True).stdout.split()
    tables = {name for name in added if name.endswith((".csv", ".tsv", ".xlsx")) or ".key." in name}
    assert tables in ({"past.example.csv"}, {"team.example.csv"})
    assert {"__main__.py", "Pulumi.yaml", ".github/workflows/stack.yaml", ".gitignore"} <= set(added)


def test_a_folder_that_is_not_empty_is_left_alone(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(made.rglob("*"))
    assert cli.main(["new", "study", str(made)]) == 2
    assert "is not an empty folder" in capsys.readouterr().err
    assert cli.main(["new", "study", str(made / "README.md")]) == 2
    assert sorted(made.rglob("*")) == before


def test_an_empty_folder_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "team"]) == 0
    assert (tmp_path / "team.example.csv").is_file()


def test_a_template_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", "lab", str(tmp_path / "x")]) == 2
    assert "'lab' is not one of" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "name"),
    [("memory", "memory"), ("Memory & maps", "Memory-maps"), ("Gedächtnis", "Ged-chtnis"), ("…", "study")],
)
def test_a_projects_name_is_one_that_pulumi_takes(folder: str, name: str) -> None:
    assert project_name(Path("/work") / folder) == name
    assert re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", name)


def test_the_requirements_are_met_by_the_package_that_makes_the_project(made: Path) -> None:
    lines = [Requirement(line) for line in (made / "requirements.txt").read_text(encoding="utf-8").splitlines()]
    (own,) = [line for line in lines if line.name == "pulumi-mturk"]
    assert own.specifier.contains(__version__, prereleases=True)


def test_what_templates_share_is_the_same() -> None:
    for name in ("publish.py", "requirements.txt", ".github/workflows/stack.yaml", "question.xml", "items.txt"):
        assert len({(templates_folder() / template / name).read_bytes() for template in TEMPLATES}) == 1, name
