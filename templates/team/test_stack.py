"""The team in a marketplace of the test's own: who finds which task, and what becomes of their work.

No network and no keys are needed, and the Pulumi CLI by the stack's tests alone.
"""

import csv
from pathlib import Path
from typing import Any

import publish
import pytest
import yaml
from pulumi import automation

from pulumi_mturk.testing import MockMarketplace, Worker
from pulumi_mturk.testing.stack import Stacks

HERE = Path(__file__).parent
CONFIG = {"team:file": "team.example.csv"}
TASK = {
    "Title": "How natural is this sentence?",
    "Description": "Read one sentence.",
    "Reward": "0.30",
    "AssignmentDurationInSeconds": 600,
}


def right_answers() -> dict[str, list[str]]:
    """By the key, so that this file does not tell them."""
    key = yaml.safe_load((HERE / "test.key.yaml").read_text(encoding="utf-8"))
    return {question: max(entries, key=lambda entry: entry["points"])["when"] for question, entries in key.items()}


def wrong_answers() -> dict[str, list[str]]:
    """Of each question a choice that is not the right one."""
    test = yaml.safe_load((HERE / "test.yaml").read_text(encoding="utf-8"))
    right = right_answers()
    return {
        question["id"]: [next(choice for choice in question["choices"] if choice not in right[question["id"]])]
        for question in test["questions"]
    }


def test_who_finds_which_task(
    mturk_stack: Stacks, mturk_marketplace: MockMarketplace, mturk_client: Any, tmp_path: Path
) -> None:
    stack = mturk_stack(HERE, config=CONFIG)
    outputs = {name: output.value for name, output in stack.up().outputs.items()}
    hit_ids = {
        name: publish.publish(mturk_client, task, "There's three people at the door.", 3)
        for name, task in outputs["hit_type_ids"].items()
    }

    def found_by(worker: Worker) -> list[str]:
        return [name for name, hit_id in hit_ids.items() if worker.sees(hit_id) and worker.may_accept(hit_id)]

    # Those of the file find the task of their score, or none.
    team = [mturk_marketplace.worker(f"A{number}EXAMPLETYPIST", country="US") for number in (1, 2, 3, 4)]
    assert [found_by(worker) for worker in team] == [["senior"], ["regular"], ["senior"], []]
    # Whoever passes the test finds the trial task, and nobody of the team does.
    applicant = mturk_marketplace.worker(country="US")
    assert found_by(applicant) == []
    assert applicant.take_test(outputs["test_id"], right_answers()) == 100
    assert found_by(applicant) == ["trial"]
    hasty = mturk_marketplace.worker(country="US")
    assert hasty.take_test(outputs["test_id"], wrong_answers()) == 0
    assert found_by(hasty) == []
    team[1].take_test(outputs["test_id"], right_answers())
    assert found_by(team[1]) == ["regular"]

    applicant.accept(hit_ids["trial"]).submit({"naturalness": "4"})
    assert publish.collect(mturk_client, outputs["hit_type_ids"], tmp_path / "results.csv") == 1
    (row,) = csv.DictReader((tmp_path / "results.csv").open(encoding="utf-8"))
    assert (row["WorkerId"], row["question"], row["answer"]) == (applicant.id, "naturalness", "4")
    assert mturk_marketplace.mails == []

    stack.destroy()


def test_a_list_that_is_missing_stops_the_run(mturk_stack: Stacks) -> None:
    stack = mturk_stack(HERE, config={"team:file": "nowhere.csv"})
    with pytest.raises(automation.CommandError, match="there is no such file"):
        stack.preview()


def test_to_publish_again_publishes_nothing_twice(mturk_client: Any) -> None:
    task = mturk_client.create_hit_type(**TASK)["HITTypeId"]
    first = publish.publish(mturk_client, task, "He explained me the rules.", 3)
    assert publish.publish(mturk_client, task, "He explained me the rules.", 3) != first
    assert [hit["HITId"] for hit in publish.hits(mturk_client, {"any": task})] == [first]


def test_an_item_is_text_and_no_markup(mturk_client: Any) -> None:
    task = mturk_client.create_hit_type(**TASK)["HITTypeId"]
    hit_id = publish.publish(mturk_client, task, "Bill & Ben <said> $5", 1)
    assert "Bill &amp; Ben &lt;said&gt; $5" in mturk_client.get_hit(HITId=hit_id)["HIT"]["Question"]
