"""Tests of the study, without an account: `pytest` in this folder. docs/testing.md explains the fixtures."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import publish
import pytest

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.testing import MockMarketplace, Worker
    from pulumi_mturk.testing.stack import Stacks

STUDY = Path(__file__).parent
SENTENCES = ["The cat sat on the mat.", "Mat the on sat cat the."]


@pytest.fixture
def outputs(mturk_client: "MTurkClient") -> dict[str, Any]:
    """What the script reads of the stack, made by hand: such tests take milliseconds."""
    done = mturk_client.create_qualification_type(
        Name="Sentence ratings", Description="Took part.", QualificationTypeStatus="Active"
    )["QualificationType"]["QualificationTypeId"]
    hit_type = mturk_client.create_hit_type(
        Title="How natural is this sentence?",
        Description="Read one sentence.",
        Reward="0.20",
        AssignmentDurationInSeconds=300,
        QualificationRequirements=[{"QualificationTypeId": done, "Comparator": "DoesNotExist"}],
    )
    return {"hit_type_id": hit_type["HITTypeId"], "exclusion_qualification_type_id": done}


def test_each_sentence_is_published_once(mturk_client: "MTurkClient", outputs: dict[str, Any]) -> None:
    for _ in range(2):
        publish.publish(mturk_client, outputs, SENTENCES, 3)

    assert len(mturk_client.list_hits()["HITs"]) == len(SENTENCES)


def test_who_has_taken_part_is_kept_out_and_nobody_is_mailed(
    mturk_client: "MTurkClient",
    mturk_marketplace: "MockMarketplace",
    mturk_worker: "Worker",
    outputs: dict[str, Any],
) -> None:
    publish.publish(mturk_client, outputs, SENTENCES, 3)
    first, second = (hit["HITId"] for hit in mturk_client.list_hits()["HITs"])
    mturk_worker.accept(first).submit({"naturalness": "4"})
    assert mturk_worker.may_accept(second)

    publish.collect(mturk_client, outputs)

    assert not mturk_worker.may_accept(second)
    assert mturk_marketplace.mails == []
    assert mturk_marketplace.worker(country="IN").may_accept(second)


def test_a_run_that_amazon_stops_is_repeated_without_harm(
    mturk_client: "MTurkClient", mturk_marketplace: "MockMarketplace", outputs: dict[str, Any]
) -> None:
    # A refusal, which boto3 does not repeat by itself.
    mturk_marketplace.fail("CreateHITWithHITType", "AccessDeniedException")
    with pytest.raises(mturk_client.exceptions.ClientError):
        publish.publish(mturk_client, outputs, SENTENCES, 3)

    publish.publish(mturk_client, outputs, SENTENCES, 3)

    assert len(mturk_client.list_hits()["HITs"]) == len(SENTENCES)


def test_the_stack_lets_in_whom_it_should(
    mturk_stack: "Stacks", mturk_client: "MTurkClient", mturk_marketplace: "MockMarketplace", mturk_worker: "Worker"
) -> None:
    """With the real stack: it takes seconds, and needs the Pulumi CLI."""
    up = mturk_stack(STUDY).up()
    outputs = {name: output.value for name, output in up.outputs.items()}

    publish.publish(mturk_client, outputs, SENTENCES[:1], 3)

    (hit,) = mturk_client.list_hits()["HITs"]
    assert mturk_worker.may_accept(hit)
    publish.exclude(mturk_client, outputs, [mturk_worker.id])
    assert not mturk_worker.sees(hit)
    assert [call.operation for call in mturk_marketplace.calls].count("CreateHITType") == 1
