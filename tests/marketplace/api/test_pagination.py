from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore import xform_name

from pulumi_mturk.marketplace import Marketplace, Server
from tests.support.marketplace.api_calls import client_of
from tests.support.marketplace.api_shapes import OPERATIONS, plain
from tests.support.marketplace.engine import kept_place
from tests.support.marketplace.populated import DOZEN, LISTINGS, Listing, Population, populate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_mturk import MTurkClient

    from tests.support.marketplace.api_calls import InProcessClient


@pytest.fixture(scope="module")
def full(engine: None) -> Iterator[Population]:
    """A marketplace with a dozen of everything, which nobody changes."""
    with kept_place() as place, Marketplace.open(place) as opened:
        yield populate(opened)


@pytest.fixture(scope="module")
def client(full: Population) -> Iterator[MTurkClient]:
    with Server(full.marketplace) as listening:
        made = client_of(listening)
        yield made
        made.close()


@pytest.fixture
def blocks(direct: InProcessClient) -> list[str]:
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


def test_a_token_of_another_listing_is_refused(direct: InProcessClient, blocks: list[str]) -> None:
    _, page = direct.call("ListWorkerBlocks", MaxResults=len(blocks))
    status, answer = direct.call("ListHITs", NextToken=page["NextToken"])
    assert (status, answer["Parameter"]) == (400, "NextToken")


def test_what_is_deleted_between_two_pages_does_not_move_the_rest(mturk: MTurkClient, blocks: list[str]) -> None:
    first = mturk.list_worker_blocks(MaxResults=10)
    mturk.delete_worker_block(WorkerId=blocks[0])
    second = mturk.list_worker_blocks(MaxResults=10, NextToken=first["NextToken"])
    assert [item["WorkerId"] for item in second["WorkerBlocks"]] == blocks[10:20]


def by_hand(made: Population, operation: str, listing: Listing, size: int) -> Iterator[list[dict[str, Any]]]:
    """Page by page, as long as there are tokens."""
    token: dict[str, Any] = {}
    while True:
        page = made.call(operation, MaxResults=size, **listing.request(made), **token)
        assert page["NumResults"] == len(page[listing.member]) <= size
        yield page[listing.member]
        if "NextToken" not in page:
            return
        token = {"NextToken": page["NextToken"]}


def test_every_listing_is_tried() -> None:
    # the pages of review results are those of two reports: see below
    assert {*LISTINGS, "ListReviewPolicyResultsForHIT"} == {name for name in OPERATIONS if name.startswith("List")}


@pytest.mark.parametrize("style", ["every_page", "when_more"])
@pytest.mark.parametrize("operation", LISTINGS)
def test_pages_of_any_size_make_the_whole(full: Population, client: MTurkClient, operation: str, style: str) -> None:
    full.marketplace.set_switches(page_tokens=style)
    listing = LISTINGS[operation]
    whole = next(by_hand(full, operation, listing, 100))
    assert DOZEN <= len(whole) < 100
    for size in (*range(1, len(whole) + 2), 99):
        assert [item for page in by_hand(full, operation, listing, size) for item in page] == whole

    paginator: Any = client.get_paginator(xform_name(operation))  # type: ignore[call-overload]
    pages = paginator.paginate(**listing.request(full), PaginationConfig={"PageSize": 5})
    assert [plain(item) for page in pages for item in page[listing.member]] == whole


@pytest.mark.parametrize("style", ["every_page", "when_more"])
def test_pages_of_review_results_make_the_whole(full: Population, style: str) -> None:
    full.marketplace.set_switches(page_tokens=style)
    hit = {"HITId": full.hits[DOZEN]}
    whole = full.call("ListReviewPolicyResultsForHIT", **hit)["AssignmentReviewReport"]
    assert len(whole["ReviewResults"]) > len(whole["ReviewActions"]) >= DOZEN
    for size in (1, 2, 7, 99, 100):
        found: dict[str, list[Any]] = {"ReviewResults": [], "ReviewActions": []}
        token: dict[str, Any] | None = {}
        while token is not None:
            page = full.call("ListReviewPolicyResultsForHIT", MaxResults=size, **hit, **token)
            assert sum(len(page["AssignmentReviewReport"][kind]) for kind in found) <= size
            for kind, items in found.items():
                items += page["AssignmentReviewReport"][kind]
            token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        assert found == whole


@pytest.mark.parametrize("style", ["every_page", "when_more"])
@pytest.mark.parametrize("operation", LISTINGS)
def test_what_comes_between_two_pages_does_no_harm(marketplace: Marketplace, operation: str, style: str) -> None:
    made = populate(marketplace)
    marketplace.set_switches(page_tokens=style)
    listing = LISTINGS[operation]
    whole = next(by_hand(made, operation, listing, 100))
    found: list[dict[str, Any]] = []
    for number, page in enumerate(by_hand(made, operation, listing, 5)):
        found += page
        if number == 0:
            listing.add(made)
    # nothing twice, nothing left out, and what is new where it belongs: at the end
    assert found[:-1] == whole
