"""Reviews of previews that the CLI makes now: as recorded, and through the scripts of examples/pull_request_review."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.review.judge import review
from pulumi_mturk.review.plan_forms import read_plan
from pulumi_mturk.review.report import Report
from tests.support.comment_api import CommentApi, comment_api
from tests.support.golden_reports import TODAY, report
from tests.support.previewed import PREVIEWS
from tests.support.pulumi_cli import ROOT, Output, Stack, behind_our_back, run
from tests.support.record_previews import record

EXAMPLE = ROOT / "examples" / "pull_request_review"
HEAD, MERGE = "1" * 40, "2" * 40


def told(found: Report) -> Report:
    """What does not differ from one stack to the next."""
    return replace(found, digest="")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["update", "failed"])
def test_a_preview_is_reviewed_today_as_when_it_was_recorded(name: str) -> None:
    ((_, recorded),) = record({name: PREVIEWS[name]})
    today = review(read_plan(json.dumps(recorded["output"]), recorded["exitCode"]), today=TODAY)
    assert told(today) == told(report(name))


@pytest.fixture
def api() -> Iterator[CommentApi]:
    with comment_api() as opened:
        yield opened


class Repository:
    """The example as a repository with a stack that is up, and what its workflows do in it."""

    def __init__(self, folder: Path, home: Path, api: CommentApi) -> None:
        kept_out = shutil.ignore_patterns("__pycache__", ".mturk", "Pulumi.*.yaml")
        shutil.copytree(EXAMPLE, folder, ignore=kept_out)
        self.stack = Stack(folder, home, {})
        self.stack.env |= {**api.environment, "REVIEWED_STACK": "sense-ratings/test"}
        self.api = api
        base = (EXAMPLE / "Pulumi.prod.yaml").read_text()
        (folder / "base.yaml").write_text(base)
        with (folder / "Pulumi.test.yaml").open("a") as settings:  # which end with those of the configuration
            settings.write(base[base.index("  mturk:require:") :])

    def script(self, name: str, *arguments: str) -> Output:
        return run([f"scripts/{name}", *arguments], self.stack.folder, self.stack.env)

    def pull_request(self, *arguments: str) -> Output:
        return run(["python3", "scripts/pull_request.py", *arguments], self.stack.folder, self.stack.env)

    def edit(self, file: str, before: str, after: str) -> None:
        path = self.stack.folder / file
        assert path.read_text().count(before) == 1
        path.write_text(path.read_text().replace(before, after))

    def review(self) -> int:
        """What `review.yml` does in its two jobs."""
        self.script("preview.sh").ok()
        reviewed = self.script("review.sh", HEAD, "base.yaml", "--fail-on", "danger")
        self.pull_request("comment", "report.md", "7").ok()
        return reviewed.code

    def apply(self) -> Output:
        """What `apply.yml` does."""
        tree = self.api.trees[HEAD]
        found = self.pull_request("reviewed", MERGE, tree).ok().text.split()
        return self.script("apply.sh", *found, "base.yaml")


@pytest.fixture
def repository(tmp_path: Path, api: CommentApi) -> Repository:
    made = Repository(tmp_path / "repository", tmp_path / "home", api)
    made.stack.up().ok()
    api.trees[HEAD] = "3" * 40
    api.pulls[MERGE] = [{"number": 7, "merge_commit_sha": MERGE, "merged_at": "today", "head": {"sha": HEAD}}]
    return made


@pytest.mark.slow
def test_what_was_reviewed_is_applied_and_nothing_else(repository: Repository) -> None:
    repository.edit("__main__.py", '"1.60"', '"1.80"')
    repository.edit("earlier.csv", "A3EXAMPLERATER\n", "A3EXAMPLERATER\nA4EXAMPLERATER\n")
    assert repository.review() == 0
    (comment,) = repository.api.comments
    assert "$1.60 → $1.80" in comment["body"]
    assert "EXAMPLERATER" not in comment["body"]

    repository.edit("__main__.py", '"1.80"', '"1.90"')
    assert "Nothing is applied: the plan is not the one that was reviewed." in repository.apply().refused().text
    repository.edit("__main__.py", '"1.90"', '"1.80"')
    repository.apply().ok()
    outputs = {name: item["outputs"] for name, item in repository.stack.resources().items()}
    assert outputs["rate-sentences"]["reward"] == "1.80"
    assert outputs["earlier-participation"]["count"] == 4


@pytest.mark.slow
def test_a_danger_fails_the_review_and_drift_the_morning(repository: Repository) -> None:
    repository.edit("__main__.py", '"1.60"', '"1.20"')
    assert repository.review() == 3
    repository.edit("__main__.py", '"1.20"', '"1.60"')
    assert repository.review() == 0
    (comment,) = repository.api.comments
    assert "the plan changes nothing" in comment["body"]

    repository.script("drift.sh").ok()
    with Marketplace.open(repository.stack.database) as marketplace:
        (held,) = marketplace.summary().qualification_types
        behind_our_back(
            marketplace,
            "DisassociateQualificationFromWorker",
            QualificationTypeId=held.id,
            WorkerId="A1EXAMPLERATER",
        )
    drifted = repository.script("drift.sh").refused().text
    assert "The stack is not what its program says" in drifted
    assert "EXAMPLERATER" not in drifted


def test_the_command_runs_the_preview_itself(stack: Stack) -> None:
    stack.program(
        'mturk.HITType("task", title="Rate", description="Rate.", reward="0.40", assignment_duration_in_seconds=600)'
    )
    command = ["pulumi-mturk", "review", "--stack", "test", "--format", "json"]
    done = subprocess.run(command, cwd=stack.folder, env=stack.env, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    assert (found["complete"], found["exitCode"]) == (True, 0)
    assert [(change["name"], change["operation"]) for change in found["changes"]] == [("task", "create")]
