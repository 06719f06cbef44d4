from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace
    from tests.marketplace.helpers import Direct


@pytest.fixture
def blocks(direct: Direct) -> list[str]:
    workers = [f"A{number}EXAMPLE" for number in range(25)]
    for worker in workers:
        direct.call("CreateWorkerBlock", WorkerId=worker, Reason="")
    return workers


@pytest.mark.parametrize("style", ["every_page", "when_more"])
@pytest.mark.parametrize("size", [1, 5, 24, 25, 26, 100])
def test_boto3s_paginator_sees_everything_once(
    mturk: MTurkClient, marketplace: Marketplace, blocks: list[str], style: str, size: int
) -> None:
    marketplace.set_switches(page_tokens=style)
    pages = mturk.get_paginator("list_worker_blocks").paginate(PaginationConfig={"PageSize": size})
    assert [item["WorkerId"] for page in pages for item in page["WorkerBlocks"]] == blocks


def test_every_page_that_is_not_empty_has_a_token(mturk: MTurkClient, blocks: list[str]) -> None:
    first = mturk.list_worker_blocks(MaxResults=100)
    assert first["NumResults"] == len(blocks)
    last = mturk.list_worker_blocks(MaxResults=100, NextToken=first["NextToken"])
    assert (last["NumResults"], last["WorkerBlocks"], "NextToken" in last) == (0, [], False)


def test_a_token_only_where_more_follows_is_a_switch(
    mturk: MTurkClient, marketplace: Marketplace, blocks: list[str]
) -> None:
    marketplace.set_switches(page_tokens="when_more")
    assert "NextToken" in mturk.list_worker_blocks(MaxResults=len(blocks) - 1)
    assert "NextToken" not in mturk.list_worker_blocks(MaxResults=len(blocks))


def test_a_page_has_ten_items_unless_told_otherwise(
    mturk: MTurkClient, marketplace: Marketplace, blocks: list[str]
) -> None:
    assert mturk.list_worker_blocks()["NumResults"] == 10
    marketplace.set_switches(default_page_size=20)
    assert mturk.list_worker_blocks()["NumResults"] == 20


def test_pages_run_through_the_systems_types_into_ones_own(mturk: MTurkClient, qualification_type_id: str) -> None:
    pages = mturk.get_paginator("list_qualification_types").paginate(
        MustBeRequestable=False, PaginationConfig={"PageSize": 4}
    )
    found = [item["QualificationTypeId"] for page in pages for item in page["QualificationTypes"]]
    assert len(found) == len(set(found)) == 7
    assert found[-1] == qualification_type_id


def test_a_token_of_another_listing_is_refused(direct: Direct, blocks: list[str]) -> None:
    _, page = direct.call("ListWorkerBlocks", MaxResults=len(blocks))
    status, answer = direct.call("ListHITs", NextToken=page["NextToken"])
    assert (status, answer["Parameter"]) == (400, "NextToken")


def test_what_is_deleted_between_two_pages_does_not_move_the_rest(mturk: MTurkClient, blocks: list[str]) -> None:
    first = mturk.list_worker_blocks(MaxResults=10)
    mturk.delete_worker_block(WorkerId=blocks[0])
    second = mturk.list_worker_blocks(MaxResults=10, NextToken=first["NextToken"])
    assert [item["WorkerId"] for item in second["WorkerBlocks"]] == blocks[10:20]
