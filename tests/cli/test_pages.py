"""What pages say to type to the Pulumi CLI is typed, and prints what they show.

The pages: README.md, first-study.md, teardown.md, crowd.md, accept-findings.md, configuration.md, privacy.md,
workers.md, ci.md and automation-api.md.
"""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_mturk import cli
from tests.support.pages import blocks, commands, held_by, settings, shown
from tests.support.pulumi_cli import ROOT, Output, Stack, run

FIRST_STUDY = [*held_by(__file__, "first-study.md"), *held_by(__file__, "teardown.md")]


def in_shell(stack: Stack, line: str) -> Output:
    """A line as a person types it, with nobody to answer its questions, and not into the state of who runs the test."""
    program, *arguments = shlex.split(line.replace("--local", f"file://{stack.folder / 'backend'}"), comments=True)
    if program == "pulumi" and arguments[0] in {"up", "destroy"} and "--yes" not in arguments:
        arguments += ["--yes", "--skip-preview"]
    if arguments[:2] == ["stack", "rm"]:
        arguments.append("--yes")
    plain = ["--color", "never", "--non-interactive"] if program == "pulumi" else []
    return run([program, *arguments, *plain], stack.folder, stack.env)


def test_the_first_study_from_an_empty_folder_until_it_is_taken_away(stack: Stack) -> None:
    """Every line is typed; the stack of the fixture lends its folder and its environment."""
    for left in stack.folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    del stack.env["PULUMI_BACKEND_URL"], stack.env["PULUMI_STACK"]
    (stack.folder / "backend").mkdir()
    (program,) = (block for block in blocks("first-study.md") if block.kind == "example")
    (stack.folder / "__main__.py").write_text(program.text)
    printed = ""
    for block in FIRST_STUDY:
        if block.language == "yaml":
            (stack.folder / "Pulumi.yaml").write_text(block.text)
        elif block.kind == "output":
            assert shown(block.text).search(printed), printed
        else:
            printed = "".join(in_shell(stack, line).ok().text for line in commands(block))


def test_the_readme_types_and_shows_the_same() -> None:
    known = {line for block in FIRST_STUDY for line in block.text.splitlines()}
    for block in held_by(__file__, ROOT / "README.md"):
        assert set(block.text.splitlines()) <= known


@pytest.mark.slow
def test_who_gets_in_is_what_the_crowd_prints(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    command, output = held_by(__file__, "crowd.md")
    kept_out = shutil.ignore_patterns("Pulumi*", "__pycache__", ".mturk")
    shutil.copytree(ROOT / "examples" / "transcription_study", stack.folder, ignore=kept_out, dirs_exist_ok=True)
    stack.up().ok()

    (line,) = commands(command)
    assert cli.main([*line.split()[1:], "--database", str(stack.database)]) == 0

    # ids, and the ends of generated names, are others in each database
    printed = re.sub(r"LOCAL\w+", "LOCAL…", re.sub(r"\b[0-9a-f]{7}'", "…'", capsys.readouterr().out))
    assert printed == output.text


@pytest.mark.slow
def test_what_is_set_in_the_configuration_is_understood(stack: Stack) -> None:
    for page in ("accept-findings.md", "configuration.md", "privacy.md", "workers.md", "ci.md"):
        if page == "ci.md":
            del stack.env["PULUMI_STACK"]  # each of its stacks is the selected one once it is made
        for line in (line for block in held_by(__file__, page) for line in commands(block)):
            in_shell(stack, line).ok()
    files = {file.name: file.read_text() for file in stack.folder.glob("Pulumi.*.yaml")}
    assert files.keys() == {"Pulumi.test.yaml", "Pulumi.sandbox.yaml", "Pulumi.production.yaml"}
    for name in ("sandbox", "production"):
        assert settings(files[f"Pulumi.{name}.yaml"]).environment == name
    found = settings(files["Pulumi.test.yaml"])
    (block,) = (block for block in blocks("accept-findings.md") if block.kind == "configuration")
    assert found.accept == settings(block.text).accept
    assert list(found.former_endpoints) == ["old.example.org"]
    assert found.endpoint_url == "http://127.0.0.1:8080"
    assert "A1EXAMPLEWORKER" not in (stack.folder / "Pulumi.test.yaml").read_text()


@pytest.mark.slow
def test_a_stack_by_the_automation_api(stack: Stack, tmp_path: Path) -> None:
    (block,) = held_by(__file__, "automation-api.md")
    program = stack.folder / "studies.py"
    program.write_text(block.text)
    done = subprocess.run(
        [sys.executable, program, "dev"], cwd=stack.folder, env=stack.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("LOCAL")
