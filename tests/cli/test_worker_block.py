"""WorkerBlock: read through one listing, a new reason sent in place, and never a block that is lifted for a moment."""

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.pulumi_cli import NO_CHANGES, Stack, assert_absent, behind_our_back, counted, parameters

FIRST, SECOND, THIRD = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER"
WORKERS = (FIRST, SECOND, THIRD)
REASON, OTHER = "Copied one answer everywhere.", "Asked for payment by e-mail."


def block(name: str, worker_id: str, reason: str = REASON) -> str:
    return f"mturk.WorkerBlock({name!r}, worker_id={worker_id!r}, reason={reason!r})\n"


def blocks(marketplace: Marketplace) -> dict[str, str]:
    listed = behind_our_back(marketplace, "ListWorkerBlocks", MaxResults=100)["WorkerBlocks"]
    return {item["WorkerId"]: item["Reason"] for item in listed}


@pytest.mark.both_shells
def test_a_lifecycle_makes_one_call_a_step_one_listing_for_all_and_leaves_nothing(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(page_tokens="when_more")
    program = block("first", FIRST) + block("second", SECOND) + block("third", THIRD)
    up = stack.program(program).up().ok()
    assert counted(marketplace) == {"ListWorkerBlocks": 1, "CreateWorkerBlock": 3}
    assert blocks(marketplace) == dict.fromkeys(WORKERS, REASON)

    refreshed = stack.refresh(NO_CHANGES).ok()
    assert counted(marketplace) == {"ListWorkerBlocks": 1}
    stack.up(NO_CHANGES).ok()
    assert counted(marketplace) == {}
    state = stack.state()

    destroyed = stack.destroy().ok()
    assert counted(marketplace) == {"ListWorkerBlocks": 1, "DeleteWorkerBlock": 3}
    assert marketplace.summary().blocks == 0
    assert stack.resources() == {}
    assert_absent([*WORKERS, REASON], state, *(output.text for output in (up, refreshed, destroyed)))


@pytest.mark.slow
def test_a_new_reason_is_sent_in_place_and_another_worker_replaces(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(block("reason", FIRST) + block("worker", SECOND)).up().ok()
    before = stack.resources()
    counted(marketplace)

    updated = stack.program(block("reason", FIRST, OTHER) + block("worker", THIRD)).up("--diff").ok()
    assert parameters(marketplace, "DeleteWorkerBlock") == [{"WorkerId": SECOND}]
    changes = {"CreateWorkerBlock": 2, "DeleteWorkerBlock": 1}
    assert counted(marketplace) == {"ListWorkerBlocks": 2} | changes, "a page, and the empty one after it"
    assert blocks(marketplace) == {FIRST: OTHER, THIRD: REASON}
    after = stack.resources()
    assert after["reason"]["id"] == before["reason"]["id"]
    assert after["worker"]["id"] != before["worker"]["id"]
    assert_absent([*WORKERS, REASON, OTHER], updated.text, stack.state())


@pytest.mark.slow
def test_a_reason_that_was_not_taken_over_is_no_drift(stack: Stack, marketplace: Marketplace) -> None:
    marketplace.set_switches(reblock_updates_reason="no")
    stack.program(block("first", FIRST)).up().ok()

    stack.program(block("first", FIRST, OTHER)).up().ok()
    assert blocks(marketplace) == {FIRST: REASON}
    refreshed = stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    assert_absent([FIRST, REASON, OTHER], refreshed.text, stack.state())


def test_what_others_changed_is_shown_by_a_refresh_and_mended_by_up(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(block("changed", FIRST) + block("lifted", SECOND)).up().ok()
    behind_our_back(marketplace, "CreateWorkerBlock", WorkerId=FIRST, Reason=OTHER)
    behind_our_back(marketplace, "DeleteWorkerBlock", WorkerId=SECOND)
    counted(marketplace)

    refreshed = stack.refresh("--diff").ok()
    state = stack.resources(secrets=True)
    assert state.keys() == {"changed"}
    assert OTHER in str(state["changed"]["outputs"]["reason"])

    counted(marketplace)
    stack.up().ok()
    assert counted(marketplace) == {"ListWorkerBlocks": 2, "CreateWorkerBlock": 2}
    assert blocks(marketplace) == {FIRST: REASON, SECOND: REASON}
    assert_absent([*WORKERS, REASON, OTHER], refreshed.text, stack.state())

    # Lifted meanwhile: a destroy finds it done.
    for worker_id in (FIRST, SECOND):
        behind_our_back(marketplace, "DeleteWorkerBlock", WorkerId=worker_id)
    stack.destroy().ok()
    assert stack.resources() == {}


@pytest.mark.slow
def test_get_reads_an_existing_block_and_never_changes_it(stack: Stack, marketplace: Marketplace) -> None:
    behind_our_back(marketplace, "CreateWorkerBlock", WorkerId=FIRST, Reason=REASON)
    program = """
        found = mturk.WorkerBlock.get("found", worker_id={!r})
        pulumi.export("worker", found.worker_id)
        pulumi.export("reason", found.reason)
    """

    up = stack.program(program.format(FIRST)).up().ok()
    assert stack.outputs(secrets=True) == {"worker": FIRST, "reason": REASON}
    assert_absent([FIRST, REASON], up.text, stack.state())
    stack.destroy().ok()
    assert blocks(marketplace) == {FIRST: REASON}

    missing = stack.program(program.format(SECOND)).preview().refused()
    assert "there is no such WorkerBlock in environment" in missing.text
    assert_absent([SECOND], missing.text)
