"""What goes wrong on the way: lost replies, throttling, refusals, no answer. Nothing twice, nothing forgotten."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.marketplace.testing.faults import FaultKind
from tests.cli.conftest import NewStack
from tests.support.pulumi_cli import NO_CHANGES, Stack, counted, messages
from tests.support.recorded_programs import BLOCKED, HOLDER, NAMES, Place, place

CREATING = ("CreateQualificationType", "CreateHITType", "AssociateQualificationWithWorker", "CreateWorkerBlock")
UPDATING = ("UpdateQualificationType", "AssociateQualificationWithWorker", "CreateWorkerBlock")
DELETING = ("DeleteQualificationType", "DisassociateQualificationFromWorker", "DeleteWorkerBlock")


def program(stack: Stack, *, score: int = 1, words: str = "first") -> Stack:
    """All four resources; the holder is told of the grant, and of its end."""
    return stack.program(f"""
        reader = mturk.QualificationType("reader", description="Took part {words}.", keywords="speech")
        mturk.HITType("task", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60)
        mturk.QualificationGrant(
            "holder", qualification_type_id=reader, worker_id="{HOLDER}", integer_value={score},
            send_notification=True, revocation_reason="The study is over.")
        mturk.WorkerBlock("blocked", worker_id="{BLOCKED}", reason="{words}")
    """)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


def told(marketplace: Marketplace) -> Counter[str]:
    return Counter(notification.kind for notification in marketplace.notifications())


@pytest.mark.slow
def test_a_call_whose_reply_is_lost_is_done_once_and_nobody_is_told_twice(there: Place, new_stack: NewStack) -> None:
    marketplace = there.marketplace
    stack = program(new_stack(environment="sandbox", endpointUrl=there.url))
    marketplace.inject(*(Fault("drop_after", operation) for operation in CREATING))
    stack.up().ok()
    assert marketplace.faults() == []
    (adopted,) = marketplace.summary().qualification_types
    assert (adopted.id, adopted.name) == (
        stack.resources()["reader"]["id"],
        stack.resources()["reader"]["outputs"]["name"],
    )
    assert adopted.holders == marketplace.summary().blocks == len(marketplace.summary().hit_types) == 1
    assert stack.resources().keys() == NAMES
    assert told(marketplace) == {"Grant": 1, "Block": 1}
    calls = counted(marketplace)
    assert calls["CreateQualificationType"] == calls["AssociateQualificationWithWorker"] == 1
    assert calls["CreateHITType"] == 2, "a HIT type is found again by its content"

    program(stack, score=9, words="second")
    marketplace.inject(*(Fault("service_fault_after", operation) for operation in UPDATING))
    stack.up().ok()
    assert marketplace.faults() == []
    assert told(marketplace)["Grant"] == 2
    stack.refresh(NO_CHANGES).ok()

    marketplace.inject(*(Fault("drop_after", operation) for operation in DELETING))
    stack.destroy().ok()
    assert marketplace.faults() == []
    assert not stack.resources()
    left = marketplace.summary()
    assert (left.qualification_types, left.blocks) == ([], 0)
    assert told(marketplace)["Revocation"] == 1


@pytest.mark.slow
def test_throttling_server_errors_and_lost_requests_are_ridden_out(stack: Stack, marketplace: Marketplace) -> None:
    for operation in CREATING:
        marketplace.inject(
            Fault("throttle", operation, times=3), Fault("service_fault", operation), Fault("drop_before", operation)
        )
    program(stack).up().ok()
    assert marketplace.faults() == []
    assert stack.resources().keys() == NAMES
    assert told(marketplace) == {"Grant": 1, "Block": 1}
    held = marketplace.summary()
    assert len(held.qualification_types) == len(held.hit_types) == held.blocks == 1


@pytest.mark.slow
def test_access_denied_is_a_sentence_at_once_and_what_was_made_stays_in_the_state(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.inject(Fault("access_denied", "AssociateQualificationWithWorker", times=None))
    (sentence,) = messages(program(stack).up().refused())["holder"]
    assert sentence.replace("error: mturk: ", "error: ", 1).startswith("error: AssociateQualificationWithWorker: ")
    assert "AccessDenied" in sentence
    assert counted(marketplace)["AssociateQualificationWithWorker"] == 1
    assert "reader" in stack.resources()
    marketplace.clear_faults()
    stack.up().ok()
    assert stack.resources().keys() == NAMES
    assert counted(marketplace)["CreateQualificationType"] == 0


@pytest.mark.parametrize("kind", ["drop_before", pytest.param("delay", marks=pytest.mark.slow)])
def test_a_call_that_never_gets_through_ends_at_the_deadline_with_a_sentence(
    there: Place, new_stack: NewStack, kind: FaultKind
) -> None:
    stack = new_stack(environment="sandbox", endpointUrl=there.url, operationTimeoutSeconds="1")
    stack.program('mturk.WorkerBlock("blocked", worker_id="A1EXAMPLEWORKER", reason="for a test")')
    there.marketplace.inject(Fault(kind, "CreateWorkerBlock", times=None, seconds=30 if kind == "delay" else 0))
    start = time.monotonic()
    (sentence,) = messages(stack.up().refused())["blocked"]
    assert time.monotonic() - start < 25, "a second, and the start of the CLI on a slow machine"
    assert sentence.replace("error: mturk: ", "error: ", 1).startswith("error: CreateWorkerBlock: ")
    assert "within 1 s; see mturk:operationTimeoutSeconds)" in sentence
    assert not stack.resources()


@pytest.mark.slow
def test_an_endpoint_where_nobody_listens_is_named_in_a_sentence(new_stack: NewStack, tmp_path: Path) -> None:
    with place(tmp_path) as gone:
        url = gone.url
    stack = new_stack(environment="sandbox", endpointUrl=url, operationTimeoutSeconds="1")
    stack.program('mturk.QualificationType("reader", description="Took part.")')
    (sentence,) = messages(stack.up().refused())["reader"]
    assert f'ListQualificationTypes: Could not connect to the endpoint URL: "{url}/"' in sentence
    assert not stack.resources()
