"""The workflows of this repository and of its templates: pins, permissions and triggers, and what two linters find."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
OWN = sorted((ROOT / ".github" / "workflows").glob("*"))
OF_TEMPLATES = sorted((ROOT / "templates").glob("*/.github/workflows/*"))
WORKFLOWS = OWN + OF_TEMPLATES
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yaml"))
NAMES = [str(file.relative_to(ROOT)) for file in WORKFLOWS]
# The commit of a release, and which one it is.
PINNED = re.compile(r"(?P<action>[\w.-]+/[\w./-]+)@(?P<commit>[0-9a-f]{40}) # (?P<version>v\d+\.\d+\.\d+)")
RELEASE = ROOT / ".github" / "workflows" / "release.yaml"


def read(file: Path) -> dict[str, Any]:
    """A workflow. YAML 1.1 takes its key `on` for the truth."""
    found: dict[Any, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {"on" if key is True else str(key): value for key, value in found.items()}


def uses(file: Path) -> list[str]:
    return re.findall(r"^\s*(?:- )?uses:\s*(.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)


def jobs() -> list[Any]:
    return [
        pytest.param(job, id=f"{file.relative_to(ROOT)}:{name}")
        for file in WORKFLOWS
        for name, job in read(file)["jobs"].items()
    ]


def test_there_are_workflows_to_look_at() -> None:
    assert RELEASE in OWN
    assert len(OF_TEMPLATES) == 2


@pytest.mark.parametrize("file", WORKFLOWS, ids=NAMES)
def test_every_action_is_pinned_to_the_commit_of_a_version(file: Path) -> None:
    assert [found for found in uses(file) if not PINNED.fullmatch(found)] == []


def test_an_action_has_one_pin_everywhere() -> None:
    pins = {found for file in WORKFLOWS for found in uses(file)}
    assert len(pins) == len({found.partition("@")[0] for found in pins})
    # A placeholder of forty equal digits would be a pin by its form alone.
    assert all(len(set(found.partition("@")[2][:40])) > 4 for found in pins)


@pytest.mark.parametrize("job", jobs())
def test_a_job_has_an_end_and_keeps_no_credentials_of_git(job: dict[str, Any]) -> None:
    assert job["timeout-minutes"] <= 60
    for step in job["steps"]:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("file", WORKFLOWS, ids=NAMES)
def test_a_workflow_may_read_at_most_where_a_job_says_nothing(file: Path) -> None:
    assert read(file)["permissions"] in ({}, {"contents": "read"})


@pytest.mark.parametrize("file", WORKFLOWS, ids=NAMES)
def test_no_workflow_gives_the_code_of_a_stranger_our_secrets(file: Path) -> None:
    workflow = read(file)
    assert workflow["on"].keys() <= {"pull_request", "push"}
    for job in workflow["jobs"].values():
        if "pull_request" in workflow["on"] and "secrets." in yaml.safe_dump(job):
            assert "github.event_name == 'push'" in job["if"]


@pytest.mark.parametrize("file", OF_TEMPLATES, ids=lambda file: file.parents[2].name)
def test_a_change_of_a_study_is_reviewed_and_gets_no_more_than_the_tests_do(file: Path) -> None:
    steps = read(file)["jobs"]["test"]["steps"]
    (review,) = [step for step in steps if "pulumi-mturk review" in step.get("run", "")]
    assert review["if"] == "github.event_name == 'pull_request'"
    assert "secrets." not in str(review)
    (base,) = [step for step in steps if step.get("with", {}).get("path") == "base"]
    assert base["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"


def test_a_release_begins_with_a_tag_alone() -> None:
    assert read(RELEASE)["on"] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}


def test_a_release_is_checked_built_once_tried_and_then_published() -> None:
    jobs = read(RELEASE)["jobs"]
    order = {name: job.get("needs") for name, job in jobs.items()}
    assert order == {"check": None, "build": "check", "wheel": "build", "publish": "wheel", "announce": "publish"}
    assert ".ci/run" in [step.get("run") for step in jobs["check"]["steps"]]
    assert [name for name, job in jobs.items() if "python -m build" in str(job)] == ["build"]
    assert {"ubuntu-latest", "macos-latest", "windows-latest"} == set(jobs["wheel"]["strategy"]["matrix"]["system"])


def test_each_job_of_a_release_may_do_what_it_is_for() -> None:
    assert {name: job["permissions"] for name, job in read(RELEASE)["jobs"].items()} == {
        "check": {"contents": "read"},
        "build": {"contents": "read", "id-token": "write", "attestations": "write"},
        "wheel": {},
        "publish": {"id-token": "write"},
        "announce": {"contents": "write"},
    }


def test_a_release_is_published_by_a_reviewed_environment_and_without_a_token() -> None:
    publish = read(RELEASE)["jobs"]["publish"]
    assert publish["environment"]["name"] == "pypi"
    assert "secrets." not in RELEASE.read_text(encoding="utf-8")
    assert [step["uses"].partition("@")[0] for step in publish["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.name)
def test_every_form_asks_for_what_doctor_says(file: Path) -> None:
    form = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= form.keys()
    (asked,) = [field for field in form["body"] if field.get("id") == "doctor"]
    assert "`pulumi-mturk doctor`" in asked["attributes"]["label"]


def lint(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_unsafe_is_found_in_them() -> None:
    lint(Path(sys.prefix) / "bin" / "zizmor", "--offline", "--no-progress", ".github", *OF_TEMPLATES)
