"""Programs in YAML: those of the documentation, and stacks that were made by one in Python."""

import json
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_mturk.marketplace import Marketplace
from tests.cli.conftest import NewStack, first_is_enough
from tests.cli.test_examples import EXAMPLES, NOTHING
from tests.support.csv_files import ANN, BEN, result, results
from tests.support.inputs import ANSWER_KEY, TEST
from tests.support.pages import blocks, commands, held_by, pages
from tests.support.plugin import with_plugin
from tests.support.pulumi_cli import Stack, assert_absent, run
from tests.support.schema_values import strays

pytestmark = pytest.mark.one_shell
PAGE = "yaml.md"
PILOT, BLOCKED, PAST = "A1EXAMPLEPILOT", "A2EXAMPLEBLOCKED", "A3EXAMPLEPAST"


def written(stack: Stack, program: dict[str, Any]) -> Stack:
    """The stack with this program."""
    (stack.folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "study", "runtime": "yaml"} | program))
    return with_plugin(stack)


def of_the_pages() -> dict[str, Any]:
    """All blocks in YAML of the documentation as one program."""
    program: dict[str, dict[str, Any]] = {"config": {}, "resources": {}, "outputs": {}}
    for block in (block for page in pages() for block in blocks(page) if block.kind == "yaml"):
        for section, members in yaml.safe_load(block.text).items():
            assert not members.keys() & program[section].keys(), f"{block}: another page has such a name"
            program[section] |= members
    return program


def ours(stack: Stack) -> list[dict[str, Any]]:
    """The resources and components of the state, with secrets in the clear."""
    exported = json.loads(stack.run("stack", "export", "--show-secrets").ok().text)
    found = [item for item in exported["deployment"]["resources"] if item["type"].startswith("mturk:index:")]
    for item in found:
        for side in ("inputs", "outputs"):
            item[side] = {name: in_the_clear(value) for name, value in item.get(side, {}).items()}
    return found


def in_the_clear(value: Any) -> Any:
    return json.loads(value["plaintext"]) if isinstance(value, dict) and "plaintext" in value else value


def strays_of(item: dict[str, Any]) -> list[str]:
    """Where a resource of a state is not what the schema says."""
    name = item["type"].rpartition(":")[2]
    # Neither what is only looked up nor a component has inputs.
    inputs = [] if item.get("external") or not item["custom"] else strays(name, "inputProperties", item["inputs"])
    return inputs + strays(name, "properties", item["outputs"])


def test_the_programs_of_the_pages_come_up_stay_as_they_are_and_leave_nothing(new_stack: NewStack) -> None:
    stack = written(new_stack(), of_the_pages())
    study = EXAMPLES / "transcription_study"
    command = [sys.executable, "-m", "pulumi_mturk.cli", "test", "convert", str(study / "test.yaml"), "test.xml"]
    run([*command, "--key", str(study / "test.key.yaml")], stack.folder, stack.env).ok()
    (stack.folder / "past.txt").write_text(f"{PAST}\n{PILOT}\n")
    for key, worker in (("pilots[0]", PILOT), ("pilot", PILOT), ("blockedWorker", BLOCKED)):
        stack.run("config", "set", "--secret", "--path", key, worker).ok()

    up = stack.up().ok()
    assert "warning" not in up.text
    assert stack.outputs()["panelists"] == 0
    stack.refresh("--expect-no-changes").ok()
    preview = stack.preview("--diff", "--expect-no-changes").ok()
    assert_absent([PILOT, BLOCKED, PAST], up.text, preview.text, stack.state())
    recorded = ours(stack)
    assert len(recorded) == len(of_the_pages()["resources"]) + 2 * 2 - 1  # two exclusions have parts; one is a provider
    assert [stray for item in recorded for stray in strays_of(item)] == []
    (listed,) = (item for item in recorded if item["urn"].endswith("::pilots-of-spring"))
    assert listed["outputs"]["workers"] == [PILOT]

    stack.destroy().ok()
    for database in (stack.database, stack.folder / ".mturk" / "panel.db"):
        with Marketplace.open(database, create=False) as marketplace:
            assert replace(marketplace.summary(), hit_types=[]) == NOTHING


@pytest.mark.slow
def test_a_stack_of_a_python_program_goes_on_in_yaml(new_stack: NewStack) -> None:
    stack = new_stack()
    shutil.copy(EXAMPLES / "minimal" / "__main__.py", stack.folder)
    stack.up().ok()

    written(stack, yaml.safe_load((EXAMPLES / "minimal_yaml" / "Pulumi.yaml").read_text()) | {"name": "study"})

    stack.unchanged()
    stack.up("--expect-no-changes").ok()
    assert {item["type"].partition(":")[0] for item in stack.resources().values()} == {"mturk"}
    stack.refresh("--expect-no-changes").ok()
    stack.destroy().ok()
    with Marketplace.open(stack.database, create=False) as marketplace:
        assert replace(marketplace.summary(), hit_types=[]) == NOTHING


TASK = {"title": "Transcribe", "description": "Words.", "reward": "0.10", "assignmentDurationInSeconds": 60}
EXCLUDED = {"qualificationTypeId": "${past}", "comparator": "DoesNotExist"}


@pytest.mark.parametrize(
    ("kind", "properties", "code"),
    first_is_enough(
        [
            ("HITType", TASK | {"qualificationRequirements": [EXCLUDED]}, "MT106"),
            ("WorkerExclusion", {"workers": [PAST, "nobody"]}, "MT410"),
        ]
    ),
)
def test_what_yaml_gives_in_place_of_an_id_or_a_worker_is_refused_in_the_preview(
    new_stack: NewStack, kind: str, properties: dict[str, Any], code: str
) -> None:
    past = {"type": "mturk:WorkerExclusion", "properties": {"workers": [PAST]}}
    wrong = {"type": f"mturk:{kind}", "properties": properties}
    text = written(new_stack(), {"resources": {"past": past, "wrong": wrong}}).preview().refused().text
    assert f" [{code}]" in text
    assert_absent([PAST], text)


def test_a_rule_of_the_lab_keeps_people_on_an_exclusion(new_stack: NewStack) -> None:
    """The plugin sees the list and the HIT type in any order: neither tells of the other."""

    def resources(*workers: str) -> dict[str, Any]:
        rule = {"qualificationTypeId": "${past.id}", "comparator": "DoesNotExist"}
        return {
            "past": {"type": "mturk:QualificationType", "properties": {"description": "Took part."}},
            "who": {
                "type": "mturk:QualificationRoster",
                "properties": {"qualificationTypeId": "${past.id}", "workers": list(workers)},
            },
            "task": {"type": "mturk:HITType", "properties": TASK | {"qualificationRequirements": [rule]}},
        }

    stack = new_stack(require=json.dumps([{"id": "no-shrink", "exclusionsNeverShrink": True}]))
    written(stack, {"resources": resources(PILOT, PAST)}).up().ok()
    written(stack, {"resources": resources(PAST)})
    assert "[MT590]" in stack.up().refused().text
    stack.configure(
        require=json.dumps([{"id": "no-shrink", "exclusionsNeverShrink": True, "except": {"who": "protocol 2026-14"}}])
    )
    stack.up().ok()


@pytest.mark.slow
def test_a_list_of_a_type_with_a_test_says_what_is_lost_with_it(new_stack: NewStack) -> None:
    def resources(name: str, *workers: str) -> dict[str, Any]:
        tested = {"description": "Read.", "name": name, "test": TEST, "answerKey": ANSWER_KEY}
        limits = {"testDurationInSeconds": 60, "retryDelayInSeconds": 60}
        listed = {"qualificationTypeId": "${tier.id}", "workers": list(workers), "exclusive": True}
        return {
            "tier": {"type": "mturk:QualificationType", "properties": tested | limits},
            "team": {"type": "mturk:QualificationRoster", "properties": listed},
        }

    stack = written(new_stack(), {"resources": resources("One", PILOT, PAST)})
    assert "[MT414]" in stack.up().ok().text
    assert "[MT418]" in written(stack, {"resources": resources("One", PILOT)}).preview().ok().text
    said = written(stack, {"resources": resources("Two", PILOT)}).preview().ok().text
    assert "Nobody but those to whom this program may grant it holds the new one" in said


@pytest.mark.slow
def test_a_provider_has_the_rules_of_the_lab_that_stand_in_its_properties(new_stack: NewStack) -> None:
    provider = {"localDatabase": "lab.db", "require": [{"id": "quiet", "noBlocks": True}]}
    block = {"workerId": BLOCKED, "reason": "Asked to be left alone."}
    resources = {
        "lab": {"type": "pulumi:providers:mturk", "properties": provider},
        "block": {"type": "mturk:WorkerBlock", "properties": block, "options": {"provider": "${lab}"}},
    }
    assert "[MT590]" in written(new_stack(), {"resources": resources}).preview().refused().text


def test_the_commands_of_the_page_write_the_list_of_a_files_workers(tmp_path: Path) -> None:
    results(tmp_path / "results.csv", result(ANN), result(BEN))
    (line,) = (line for block in held_by(__file__, PAGE) for line in commands(block) if line.startswith("python"))
    command, _, file = line.rpartition(" > ")
    program, *arguments = shlex.split(command)
    assert program == "python"
    printed = run([sys.executable, *arguments], tmp_path, {"PYTHONPATH": str(EXAMPLES.parent)}).ok().text
    assert (file, printed.split()) == ("past.txt", [ANN, BEN])
