from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.api.block_operations import MAX_BLOCKS
from tests.support.marketplace.api_calls import refusal

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace
    from tests.support.marketplace.api_calls import InProcessClient

BLOCK: Any = {"WorkerId": "A1EXAMPLEWORKER", "Reason": "Copied answers."}


def test_a_block_is_listed_until_it_is_taken_away(mturk: MTurkClient) -> None:
    mturk.create_worker_block(**BLOCK)
    assert mturk.list_worker_blocks()["WorkerBlocks"] == [BLOCK]
    mturk.delete_worker_block(WorkerId=BLOCK["WorkerId"], Reason="A mistake.")
    assert mturk.list_worker_blocks()["NumResults"] == 0


def test_whether_blocking_again_replaces_the_reason_is_a_switch(mturk: MTurkClient, marketplace: Marketplace) -> None:
    mturk.create_worker_block(**BLOCK)
    mturk.create_worker_block(**{**BLOCK, "Reason": "Second."})
    marketplace.set_switches(reblock_updates_reason="no")
    mturk.create_worker_block(**{**BLOCK, "Reason": "Third."})
    assert mturk.list_worker_blocks()["WorkerBlocks"] == [{**BLOCK, "Reason": "Second."}]


def test_taking_away_a_block_that_is_not_there_is_a_success(mturk: MTurkClient) -> None:
    mturk.delete_worker_block(WorkerId=BLOCK["WorkerId"])


def test_a_worker_is_told_once_and_not_why(mturk: MTurkClient, marketplace: Marketplace) -> None:
    mturk.create_worker_block(**BLOCK)
    mturk.create_worker_block(**BLOCK)
    (told,) = marketplace.notifications()
    assert (told.kind, told.worker_id, told.text) == ("Block", BLOCK["WorkerId"], None)


def test_a_stranger_can_not_be_blocked_where_the_switch_says_so(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(unknown_workers="refuse")
    expected = f'The value "{BLOCK["WorkerId"]}" is not valid for the parameter WorkerId.'
    assert refusal(mturk.create_worker_block, **BLOCK).message == expected
    assert refusal(mturk.delete_worker_block, WorkerId=BLOCK["WorkerId"]).message == expected


def test_there_is_a_limit_to_blocks(direct: InProcessClient) -> None:
    with direct.marketplace.writing() as ctx:
        rows = ((f"A{number}EXAMPLE", "") for number in range(MAX_BLOCKS - 1))
        ctx.db.executemany("INSERT INTO blocks (account, worker_id, reason) VALUES (1, ?, ?)", rows)
        ctx.db.execute("UPDATE totals SET value = ? WHERE name = 'blocks'", (MAX_BLOCKS - 1,))
    assert direct.call("CreateWorkerBlock", WorkerId="AALPHA", Reason="")[0] == 200
    assert direct.call("CreateWorkerBlock", WorkerId="ABETA", Reason="")[0] == 400
    assert direct.call("CreateWorkerBlock", WorkerId="AALPHA", Reason="again")[0] == 200


def test_the_balance_is_that_of_the_sandbox_unless_set(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"
    marketplace.set_switches(account_balance="12.34")
    assert mturk.get_account_balance()["AvailableBalance"] == "12.34"
