"""Each example is a stack that goes up, stays as it is, takes edits, and leaves nothing behind."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pulumi_mturk.marketplace import Marketplace, Notification, Summary
from pulumi_mturk.marketplace.domain import worker_assignments, workers
from tests.cli.conftest import first_is_enough
from tests.support.cli_rosters import holders
from tests.support.plugin import with_plugin
from tests.support.pulumi_cli import ROOT, Output, Stack, assert_absent, messages, run

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

EXAMPLES = ROOT / "examples"
NOTHING = Summary([], [], [], blocks=0, pending_requests=0)

Example = Callable[[str], Stack]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """A stack of a copy of an example, not up yet."""
    home = tmp_path_factory.mktemp("pulumi-home")

    def make(name: str) -> Stack:
        folder = tmp_path_factory.mktemp(name) / name
        kept_out = shutil.ignore_patterns("__pycache__", ".mturk", "Pulumi.*.yaml")
        shutil.copytree(EXAMPLES / name, folder, ignore=kept_out)
        stack = Stack(folder, home, {})
        return with_plugin(stack) if name in YAML else stack

    return make


@dataclass(frozen=True)
class Edit:
    """A change that a researcher makes, and what it does to which resource."""

    before: str
    after: str
    resource: str
    operation: str
    file: str = "__main__.py"

    def apply(self, folder: Path) -> None:
        file = folder / self.file
        text = file.read_text()
        assert text.count(self.before) == 1
        file.write_text(text.replace(self.before, self.after))


EDITS = {
    "minimal": [
        Edit('reward="0.40"', 'reward="0.55"', "summaries", "replace"),
        Edit("Reads instructions to the end.", "Reads to the end.", "careful-reader", "update"),
        Edit("A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "past-participants", "update"),
    ],
    "transcription_study": [
        Edit('reward="1.80"', 'reward="2.10"', "transcription", "replace"),
        Edit("one of our earlier studies", "our study", "earlier-participation", "update"),
        Edit("A2EXAMPLEWORKER", "A4EXAMPLEWORKER", "earlier-participant-2", "replace"),
        Edit("made text", "written text", "machine-made-work", "update"),
        Edit("Which of these do you write", "What do you write", "transcription-conventions", "update", "test.yaml"),
    ],
    "publish_hits": [
        Edit('reward="0.20"', 'reward="0.25"', "sentence-ratings", "replace"),
        Edit("Took part in the first", "Has done the first", "sentence-ratings-done", "update"),
    ],
    "two_waves": [
        Edit('reward="3.00"', 'reward="3.50"', "second-wave", "replace"),
        Edit("among the HITs", "soon", "first-wave-participation", "update"),
        Edit('"Submitted"', '"Approved"', "first-wave-participants", "update", "results/first_wave.csv"),
        Edit("A3EXAMPLEPILOT", "A4EXAMPLEPILOT", "pilots", "update", "results/pilot.csv"),
    ],
    "exclude_past_participants": [
        Edit('reward="1.50"', 'reward="1.60"', "remember-places", "replace"),
        Edit("SINCE = date(2024, 11, 19)", "SINCE = date(2024, 1, 1)", "past-participants", "update"),
    ],
    "pull_request_review": [
        Edit('reward="1.60"', 'reward="1.20"', "rate-sentences", "replace"),
        Edit("A3EXAMPLERATER", "A4EXAMPLERATER", "earlier-participation", "update", "earlier.csv"),
    ],
    "team_roster": [
        Edit("A2EXAMPLETYPIST,78", "A2EXAMPLETYPIST,88", "team", "update", "team.csv"),
        Edit('"2.40"', '"2.60"', "regular", "replace"),
        Edit("Your score in our", "Your score in the", "transcription", "update"),
    ],
}

# In YAML, by the plugin.
YAML = {
    "minimal_yaml": [
        Edit('reward: "0.40"', 'reward: "0.55"', "summaries", "replace", "Pulumi.yaml"),
        Edit("Reads instructions to the end.", "Reads to the end.", "careful-reader", "update", "Pulumi.yaml"),
        Edit("A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "past-participants", "update", "Pulumi.yaml"),
    ],
    "exclude_past_participants_yaml": [
        Edit('reward: "1.50"', 'reward: "1.60"', "remember-places", "replace", "Pulumi.yaml"),
        Edit("A5EXAMPLEGUEST", "A6EXAMPLEGUEST", "past-participants", "update", "past_participants.txt"),
    ],
}


def test_every_example_is_run() -> None:
    assert {file.parent.name for file in EXAMPLES.glob("*/Pulumi.yaml")} == EDITS.keys() | YAML.keys()


@pytest.mark.parametrize("name", first_is_enough([*EDITS, *YAML]))
def test_an_example_goes_up_stays_takes_edits_and_leaves_nothing_but_hit_types(example: Example, name: str) -> None:
    stack = example(name)

    assert "warning" not in stack.up().ok().text
    stack.refresh("--expect-no-changes").ok()

    edits = (EDITS | YAML)[name]
    for edit in edits:
        edit.apply(stack.folder)
    assert sorted(stack.steps()) == sorted((edit.operation, edit.resource) for edit in edits)
    stack.up().ok()
    stack.unchanged()

    stack.destroy().ok()
    with Marketplace.open(stack.database, create=False) as marketplace:
        assert replace(marketplace.summary(), hit_types=[]) == NOTHING


def test_an_example_that_no_other_test_brings_up_has_a_plan_without_a_warning(example: Example) -> None:
    for name in ("two_waves", "team_roster", "pull_request_review"):
        assert "warning" not in example(name).preview().ok().text


@pytest.mark.slow
def test_the_study_can_take_key_and_workers_from_the_encrypted_configuration(example: Example) -> None:
    stack = example("transcription_study")
    key = (stack.folder / "test.key.yaml").read_text()
    (stack.folder / "test.key.yaml").unlink()
    stack.run("config", "set", "--secret", "answerKey", stdin=key).ok()
    stack.run("config", "set", "--secret", "--path", "earlierParticipants[0]", "A7EXAMPLEWORKER").ok()
    stack.run("config", "set", "--secret", "blockedWorker", "A8EXAMPLEWORKER").ok()

    text = stack.up().ok().text

    assert_absent(["A7EXAMPLEWORKER", "A8EXAMPLEWORKER", "AnswerOption"], text, stack.state())
    with Marketplace.open(stack.database, create=False) as marketplace:
        summary = marketplace.summary()
    assert sorted(item.holders for item in summary.qualification_types) == [0, 1]
    assert summary.blocks == 1


def finders(stack: Stack, hit_type: str, group: str) -> set[int]:
    """Which of the workers A1EXAMPLE…, A2EXAMPLE… and so on of a group find the HITs of a type, by its own rules."""
    every_rule = stack.resources()[hit_type]["outputs"]["qualificationRequirements"]
    rules = [rule for rule in every_rule if rule["qualificationTypeId"].startswith("LOCAL")]
    assert {rule["actionsGuarded"] for rule in rules} == {"DiscoverPreviewAndAccept"}
    with Marketplace.open(stack.database, create=False) as marketplace:
        held = [holders(marketplace, rule["qualificationTypeId"]) for rule in rules]
    return {
        number
        for number in range(1, 10)
        if all(_meets(rule, scores.get(f"A{number}EXAMPLE{group}")) for rule, scores in zip(rules, held, strict=True))
    }


def _meets(rule: dict[str, Any], value: int | None) -> bool:
    (bound,) = rule.get("integerValues", [0])
    met: dict[str, bool] = {
        "Exists": value is not None,
        "DoesNotExist": value is None,
        "GreaterThanOrEqualTo": value is not None and value >= bound,
        "LessThan": value is not None and value < bound,
    }
    return met[rule["comparator"]]


@pytest.mark.slow
def test_the_second_wave_is_for_who_took_part_in_the_first_and_no_pilot(example: Example) -> None:
    stack = example("two_waves")
    file = stack.folder / "results" / "first_wave.csv"
    results = file.read_text()
    file.write_text(results.splitlines()[0] + "\n")
    stack.up().ok()
    # Before there are results everybody finds the first wave but the pilots, and nobody the second.
    assert finders(stack, "first-wave", "PILOT") == set(range(4, 10))
    assert finders(stack, "second-wave", "READER") == set()
    second = stack.outputs()["second_hit_type_id"]

    file.write_text(results)
    preview = stack.preview().ok()
    assert messages(preview)["first-wave-participants"] == ["workers: +4 −0 ~0, 4 in all"]  # noqa: RUF001
    up = stack.up().ok()

    assert finders(stack, "second-wave", "READER") == {1, 2, 4}
    assert finders(stack, "second-wave", "PILOT") == set()
    assert stack.outputs() | {"participants": 4, "pilots": 3, "second_hit_type_id": second} == stack.outputs()
    assert_absent(["EXAMPLEREADER", "EXAMPLEPILOT"], preview.text, up.text, stack.state())


@pytest.mark.parametrize("name", first_is_enough(["exclude_past_participants", "exclude_past_participants_yaml"]))
def test_earlier_participants_do_not_find_the_new_study(example: Example, name: str) -> None:
    stack = example(name)

    stack.up().ok()

    # Two took part too long ago to be on the list; the others count, whatever became of their work.
    assert finders(stack, "remember-places", "GUEST") == {1, 2, 6, 7, 8, 9}
    assert stack.outputs()["excluded_workers"] == 3


@pytest.mark.slow
def test_a_study_whose_results_are_missing_is_told_before_anything_happens(example: Example, tmp_path: Path) -> None:
    stack = example("exclude_past_participants")
    stack.run("config", "set", "earlierStudies", str(tmp_path)).ok()

    text = stack.up().refused().text

    assert "2024_faces.csv: there is no such file" in text
    assert stack.resources() == {}


@pytest.mark.slow
def test_scores_decide_which_recordings_a_transcriber_finds(example: Example) -> None:
    stack = example("team_roster")
    stack.up().ok()
    assert finders(stack, "regular", "TYPIST") == {2, 4}
    assert finders(stack, "senior", "TYPIST") == {1, 3}

    file = stack.folder / "team.csv"
    file.write_text(file.read_text().replace("A2EXAMPLETYPIST,78", "A2EXAMPLETYPIST,88"))
    up = stack.up().ok()

    assert messages(up)["team"] == ["workers: +0 −0 ~1, 5 in all"]  # noqa: RUF001
    assert finders(stack, "regular", "TYPIST") == {4}
    assert finders(stack, "senior", "TYPIST") == {1, 2, 3}
    with Marketplace.open(stack.database, create=False) as marketplace:
        assert marketplace.notifications() == []


@dataclass(frozen=True)
class Publisher:
    """The stack of publish_hits, its marketplace over HTTP, and the script beside it."""

    stack: Stack
    address: str

    def run(self, *arguments: str) -> Output:
        env = {**self.stack.env, "AWS_ENDPOINT_URL_MTURK": self.address}
        return run([sys.executable, "publish.py", *arguments], self.stack.folder, env)

    def requester(self) -> "MTurkClient":
        config = Config(signature_version=UNSIGNED)
        return boto3.client("mturk", region_name="us-east-1", endpoint_url=self.address, config=config)

    def excluded(self) -> set[str]:
        """Who holds the exclusion."""
        found = self.requester().list_workers_with_qualification_type(
            QualificationTypeId=self.stack.outputs()["exclusion_qualification_type_id"], Status="Granted"
        )
        return {item["WorkerId"] for item in found["Qualifications"]}

    def notifications(self) -> list[Notification]:
        with Marketplace.open(self.stack.database, create=False) as marketplace:
            return marketplace.notifications()


@pytest.fixture(scope="module")
def publisher(example: Example) -> Iterator[Publisher]:
    """The stack is up, its database is served as its README says, and the HITs are published."""
    stack = example("publish_hits")
    stack.up().ok()
    command = [
        sys.executable,
        "-m",
        "pulumi_mturk.cli",
        "marketplace",
        "--database",
        str(stack.database),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, env=stack.env, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        made = Publisher(stack, server.stdout.readline().split()[-1])
        made.run("publish", "sentences.txt").ok()
        yield made
        server.terminate()


def sentences() -> list[str]:
    return (EXAMPLES / "publish_hits" / "sentences.txt").read_text().splitlines()


@pytest.mark.slow
def test_the_script_publishes_a_hit_of_the_stacks_type_for_each_sentence(publisher: Publisher) -> None:
    hits = publisher.requester().list_hits()["HITs"]

    assert {hit["HITTypeId"] for hit in hits} == {publisher.stack.outputs()["hit_type_id"]}
    assert [sentence for hit in hits for sentence in sentences() if sentence in hit["Question"]] == sentences()


@pytest.mark.slow
def test_to_publish_again_publishes_nothing_twice(publisher: Publisher) -> None:
    text = publisher.run("publish", "sentences.txt").ok().text

    assert text.splitlines() == [f"is there   {sentence}" for sentence in sentences()]
    assert len(publisher.requester().list_hits()["HITs"]) == len(sentences())


@pytest.mark.slow
def test_status_lists_each_hit(publisher: Publisher) -> None:
    lines = publisher.run("status").ok().text.splitlines()

    assert [line.split()[0] for line in lines] == [hit["HITId"] for hit in publisher.requester().list_hits()["HITs"]]
    assert all("Assignable  0 of 3 done  $0.20" in line for line in lines)


@pytest.mark.slow
def test_exclude_grants_the_stacks_exclusion_and_mails_nobody(publisher: Publisher) -> None:
    text = publisher.run("exclude", "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A1EXAMPLEWORKER").ok().text

    assert text == "excluded 2 of 2 workers\n"
    assert {"A1EXAMPLEWORKER", "A2EXAMPLEWORKER"} <= publisher.excluded()
    assert publisher.notifications() == []


@pytest.mark.slow
def test_exclude_takes_the_workers_of_a_file_of_results(publisher: Publisher, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    results.write_text("AssignmentId,WorkerId,Answer\n3EXAMPLE1,A3EXAMPLEWORKER,4\n3EXAMPLE2,A4EXAMPLEWORKER,2\n")

    publisher.run("exclude", "--from-csv", str(results)).ok()

    assert {"A3EXAMPLEWORKER", "A4EXAMPLEWORKER"} <= publisher.excluded()


@pytest.mark.slow
def test_exclude_goes_on_after_a_worker_who_is_refused(publisher: Publisher) -> None:
    output = publisher.run("exclude", "A5EXAMPLEWORKER", "not-a-worker", "A6EXAMPLEWORKER").refused()

    assert output.text.splitlines()[0] == "excluded 2 of 3 workers"
    assert "number 2" in output.text
    assert_absent(["A5EXAMPLEWORKER", "not-a-worker"], output.text)
    assert {"A5EXAMPLEWORKER", "A6EXAMPLEWORKER"} <= publisher.excluded()


@pytest.mark.slow
def test_collect_excludes_who_has_handed_in_work(publisher: Publisher) -> None:
    hits = publisher.requester().list_hits()["HITs"]
    with Marketplace.open(publisher.stack.database, create=False) as marketplace, marketplace.writing() as ctx:
        for number, hit in enumerate(hits[:2]):
            worker = f"A{number}EXAMPLERATER"
            workers.register(ctx, workers.WorkerProfile(worker))
            worker_assignments.submit(
                ctx, worker, worker_assignments.accept(ctx, worker, hit["HITId"]), [("naturalness", "3")]
            )

    assert publisher.run("collect").ok().text == "excluded 2 of 2 workers\n"
    assert {"A0EXAMPLERATER", "A1EXAMPLERATER"} <= publisher.excluded()


@pytest.mark.slow
def test_the_script_says_what_a_stack_that_is_not_up_lacks(example: Example) -> None:
    text = Publisher(example("publish_hits"), "http://127.0.0.1:9").run("status").refused().text

    assert "run `pulumi up` first" in text


@pytest.mark.slow
def test_the_script_never_takes_a_local_stack_to_amazon(publisher: Publisher) -> None:
    text = Publisher(publisher.stack, address="").run("status").refused().text

    assert "set AWS_ENDPOINT_URL_MTURK" in text
