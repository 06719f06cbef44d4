"""Scripts and workflows of examples/pull_request_review, without a stack: comments on many pages, and who may what."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_mturk.review.formats import markdown
from tests.support.comment_api import CommentApi, comment_api
from tests.support.pulumi_cli import ROOT, Output, run
from tests.support.reports import HARMFUL, HARMLESS, INCOMPLETE

EXAMPLE = ROOT / "examples" / "pull_request_review"
WORKFLOWS = {file.stem: yaml.safe_load(file.read_text()) for file in (EXAMPLE / ".github" / "workflows").iterdir()}
BOT = "github-actions[bot]"
HEAD, MERGE, TREE = "1" * 40, "2" * 40, "3" * 40


@pytest.fixture
def api() -> Iterator[CommentApi]:
    with comment_api() as opened:
        yield opened


def script(api: CommentApi, *arguments: str, **environment: str) -> Output:
    command = [sys.executable, "-W", "error", str(EXAMPLE / "scripts" / "pull_request.py"), *arguments]
    env = {**api.environment, "REVIEWED_STACK": "sense-ratings/prod", "PATH": "", **environment}
    return run(command, EXAMPLE, env)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.md"
    file.write_text(markdown.write(HARMFUL), encoding="utf-8")
    return file


def test_a_report_is_posted_once_and_then_kept_up_to_date(api: CommentApi, report: Path) -> None:
    api.say("Please have a look.")
    assert "posted https://example.org/" in script(api, "comment", str(report), "7").ok().text
    report.write_text(markdown.write(HARMLESS), encoding="utf-8")
    assert "updated https://example.org/" in script(api, "comment", str(report), "7").ok().text
    assert [item["body"] for item in api.comments] == ["Please have a look.", markdown.write(HARMLESS)]


def test_the_comment_is_found_on_any_page(api: CommentApi, report: Path) -> None:
    for _ in range(230):
        api.say("Me too.")
    ours = api.say(markdown.write(HARMLESS), BOT)
    api.say("And me.")
    script(api, "comment", str(report), "7").ok()
    assert ours["body"] == markdown.write(HARMFUL)
    assert len(api.comments) == 232
    assert [call.split()[0] for call in api.calls] == ["GET", "GET", "GET", "PATCH"]


@pytest.mark.parametrize(
    ("body", "login"),
    [
        (markdown.write(HARMLESS), "somebody"),
        (markdown.write(HARMLESS).replace("prod", "test"), BOT),
        ("See\n" + markdown.write(HARMLESS), BOT),
    ],
    ids=["of somebody else", "of another stack", "quoted"],
)
def test_no_other_comment_is_touched(api: CommentApi, report: Path, body: str, login: str) -> None:
    other = api.say(body, login)
    script(api, "comment", str(report), "7").ok()
    assert other["body"] == body
    assert len(api.comments) == 2


def test_a_preview_that_said_nothing_takes_the_place_of_what_was_said_before(api: CommentApi, report: Path) -> None:
    ours = api.say(markdown.write(HARMLESS), BOT)
    nothing = replace(INCOMPLETE, project="", stack="")
    report.write_text(markdown.write(nothing), encoding="utf-8")
    script(api, "comment", str(report), "7").ok()
    assert api.comments == [ours]
    assert ours["body"].partition("\n")[2] == markdown.write(nothing).partition("\n")[2]
    script(api, "comment", str(report), "7").ok()
    assert api.comments == [ours]
    report.write_text(markdown.write(replace(HARMLESS, project="", stack="")), encoding="utf-8")
    assert "This is no review" in script(api, "comment", str(report), "7").refused().text


@pytest.mark.parametrize(
    "text", ["Look here", markdown.write(replace(HARMFUL, stack="test")), "<!-- pulumi-mturk:review:1 stack=x -->"]
)
def test_nothing_but_a_review_of_the_stack_is_posted(api: CommentApi, report: Path, text: str) -> None:
    report.write_text(text, encoding="utf-8")
    assert "This is no review of sense-ratings/prod." in script(api, "comment", str(report), "7").refused().text
    assert api.calls == []


def test_what_goes_wrong_is_said_without_a_traceback_or_the_token(api: CommentApi, report: Path) -> None:
    api.fails_with = 503
    text = script(api, "comment", str(report), "7").refused().text
    assert re.search(r"GET http://127.0.0.1:\d+/repos/lab/studies/issues/7/comments: 503", text)
    assert api.environment["GITHUB_TOKEN"] not in text
    nobody = script(api, "comment", str(report), "7", GITHUB_API_URL="http://127.0.0.1:9").refused()
    assert "Connection refused" in nobody.text


def merged(api: CommentApi, **changed: Any) -> None:
    api.pulls[MERGE] = [
        {"number": 7, "merge_commit_sha": MERGE, "merged_at": "2026-11-26T10:00:00Z", "head": {"sha": HEAD}} | changed
    ]
    api.trees[HEAD] = TREE


def test_what_was_reviewed_is_told_for_a_merge_of_just_that(api: CommentApi) -> None:
    merged(api)
    api.say(markdown.write(HARMFUL), BOT)
    assert script(api, "reviewed", MERGE, TREE).ok().text == f"{HEAD} {HARMFUL.digest}\n"


def test_nothing_is_applied_that_was_not_reviewed(api: CommentApi) -> None:
    def refusal(tree: str = TREE) -> str:
        text = script(api, "reviewed", MERGE, tree).refused().text
        assert text.startswith("Nothing is applied: ")
        return text

    assert "is the merge of 0 pull requests" in refusal()
    merged(api, merged_at=None)
    assert "is the merge of 0 pull requests" in refusal()
    merged(api)
    assert "pull request 7 has no review" in refusal()
    api.say(markdown.write(HARMFUL), "somebody")
    assert "pull request 7 has no review" in refusal()
    ours = api.say(markdown.write(INCOMPLETE), BOT)
    assert "the preview was not complete" in refusal()
    ours["body"] = markdown.write(HARMFUL)
    assert "the base branch has moved on" in refusal("4" * 40)


def test_a_digest_is_that_of_a_whole_plan(api: CommentApi, report: Path) -> None:
    assert script(api, "digest", str(report)).ok().text == f"{HARMFUL.digest}\n"
    report.write_text(markdown.write(INCOMPLETE), encoding="utf-8")
    assert "the preview was not complete" in script(api, "digest", str(report)).refused().text


def steps(job: dict[str, Any]) -> str:
    return str(yaml.safe_dump(job))


def test_every_action_is_pinned_by_its_commit() -> None:
    for workflow in WORKFLOWS.values():
        for job in workflow["jobs"].values():
            used = [step["uses"] for step in job["steps"] if "uses" in step]
            assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)


def test_each_job_has_what_it_needs_and_no_more() -> None:
    permissions = {
        (name, job): value["permissions"]
        for name, workflow in WORKFLOWS.items()
        for job, value in workflow["jobs"].items()
    }
    assert all(workflow["permissions"] == {} for workflow in WORKFLOWS.values())
    assert permissions == {
        ("review", "preview"): {"contents": "read"},
        ("review", "review"): {"contents": "read", "pull-requests": "write"},
        ("review", "reviewed"): {},
        ("apply", "apply"): {"contents": "read", "pull-requests": "read"},
        ("drift", "drift"): {"contents": "read"},
    }


def test_who_runs_the_heads_code_writes_nothing_and_who_writes_has_no_secrets() -> None:
    review = WORKFLOWS["review"]
    assert review[True] == {"pull_request": None}  # YAML 1.1 reads the key `on` as true
    preview, comment = review["jobs"]["preview"], review["jobs"]["review"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in preview["if"]
    assert preview["environment"] == "preview"
    assert "token" not in steps(preview).replace("actions/", "")
    assert "secrets." not in steps(comment)
    assert "environment" not in comment
    (checkout,) = [step for step in comment["steps"] if "checkout" in step.get("uses", "")]
    assert checkout["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"


def test_a_review_that_was_skipped_is_none(tmp_path: Path) -> None:
    gate = WORKFLOWS["review"]["jobs"]["reviewed"]
    assert (gate["needs"], gate["if"]) == ("review", "always()")
    (step,) = gate["steps"]
    assert step["env"] == {"RESULT": "${{ needs.review.result }}"}
    for result in ("success", "failure", "skipped", "cancelled"):
        ended = run(["bash", "-e", "-c", step["run"]], tmp_path, {"PATH": "/usr/bin:/bin", "RESULT": result})
        assert (ended.code == 0) == (result == "success")


def test_no_input_of_a_pull_request_is_put_into_a_script() -> None:
    for workflow in WORKFLOWS.values():
        for job in workflow["jobs"].values():
            assert not [step["run"] for step in job["steps"] if "${{" in step.get("run", "")]
            kept = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
            assert all(step["with"]["persist-credentials"] is False for step in kept)


@pytest.mark.parametrize("file", sorted((EXAMPLE / "scripts").glob("*.sh")), ids=lambda file: file.name)
def test_a_script_stops_at_the_first_error(file: Path) -> None:
    assert "\nset -euo pipefail\n" in file.read_text()
    assert file.stat().st_mode & 0o111
    run(["bash", "-n", str(file)], EXAMPLE, {"PATH": "/usr/bin:/bin"}).ok()


def test_the_cli_is_installed_by_its_checksum_or_not_at_all(tmp_path: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "PULUMI_VERSION": "3.259.0", "RUNNER_TEMP": str(tmp_path)}
    text = run([str(EXAMPLE / "scripts" / "install_pulumi.sh")], EXAMPLE, env).refused().text
    assert "Set the repository's variable PULUMI_SHA256" in text
    assert "pulumi-3.259.0-checksums.txt" in text
