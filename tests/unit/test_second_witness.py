"""On one answer nothing is forgotten: a listing that comes out empty of what is recorded is asked for once more."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from tests.support.core import Place
from tests.support.memory_stack import GRANT, LIST, REVOKE, Stack, block, roster

FIRST, SECOND, THIRD = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER"
BLOCKS, UNBLOCK = "ListWorkerBlocks", "DeleteWorkerBlock"
MEMBERS = {LIST: "Qualifications", BLOCKS: "WorkerBlocks"}


class Body:
    """What botocore reads an answer's body from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield self._content


class Liar:
    """Something on the way that answers a listing with an empty one: whole, well formed, and wrong."""

    def __init__(self, place: Place) -> None:
        self.lies: dict[str, int] = {}
        place.client._connection.open().meta.events.register_first("before-send.mturk", self._answer)

    def _answer(self, request: Any, **_: Any) -> Any:
        operation = request.headers["X-Amz-Target"].decode().rpartition(".")[2]
        if not self.lies.get(operation):
            return None
        self.lies[operation] -= 1
        body = json.dumps({"NumResults": 0, MEMBERS[operation]: []}).encode()
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "Content-Length": str(len(body)),
            "x-amzn-RequestId": "0b9a5a4e-0000-4000-8000-000000000000",
        }
        return AWSResponse(request.url, 200, HTTPHeaders.from_dict(headers), Body(body))


@pytest.fixture
def liar(place: Place) -> Liar:
    return Liar(place)


@pytest.fixture
def team(stack: Stack, tier: str) -> dict[str, Any]:
    program = {"team": roster(tier, [FIRST, SECOND], sendNotification=True)}
    assert stack.up(program)
    stack.place.counted()
    return program


def test_a_refresh_empties_no_roster(place: Place, stack: Stack, liar: Liar, team: dict[str, Any]) -> None:
    liar.lies = {LIST: 1}
    assert stack.refresh() == set()
    assert stack.held() == {FIRST: None, SECOND: None}


def test_what_two_answers_say_is_so(place: Place, stack: Stack, tier: str, team: dict[str, Any]) -> None:
    for worker in (FIRST, SECOND):
        place.client.revoke(tier, worker, None)
    place.counted()
    assert stack.refresh() == {"team"}
    assert place.counted() == {LIST: 2}
    assert stack.held() == {}


def test_some_who_are_left_are_witness_enough(place: Place, stack: Stack, tier: str, team: dict[str, Any]) -> None:
    place.client.revoke(tier, FIRST, None)
    place.counted()
    assert stack.refresh() == {"team"}
    assert place.counted() == {LIST: 1}


def test_an_update_mails_nobody_anew(place: Place, stack: Stack, tier: str, liar: Liar, team: dict[str, Any]) -> None:
    liar.lies = {LIST: 1}
    assert stack.up({"team": roster(tier, [FIRST, SECOND, THIRD], sendNotification=True)})
    assert place.counted()[GRANT] == 1
    assert [mail.worker_id for mail in place.marketplace.notifications()].count(FIRST) == 1


def test_a_destroy_leaves_nobody_behind(
    place: Place, stack: Stack, tier: str, liar: Liar, team: dict[str, Any]
) -> None:
    liar.lies = {LIST: 1}
    assert stack.destroy()
    assert place.counted()[REVOKE] == 2
    assert place.client.holders(tier) == {}


def test_a_refresh_forgets_no_block(place: Place, stack: Stack, liar: Liar) -> None:
    assert stack.up({"one": block(FIRST), "two": block(SECOND)})
    liar.lies = {BLOCKS: 1}
    assert stack.refresh() == set()
    assert stack.resources.keys() == {"one", "two"}


def test_a_block_that_two_listings_lack_is_gone_and_more_are_not_asked_for(place: Place, stack: Stack) -> None:
    assert stack.up({"one": block(FIRST), "two": block(SECOND), "three": block(THIRD)})
    for worker in (FIRST, SECOND):
        place.client.delete_worker_block(worker)
    place.counted()
    assert stack.refresh() == {"one", "two"}
    assert place.counted() == {BLOCKS: 2}
    assert stack.resources.keys() == {"three"}


def test_a_destroy_lifts_a_block_that_a_listing_lacks(place: Place, stack: Stack, liar: Liar) -> None:
    assert stack.up({"one": block(FIRST)})
    liar.lies = {BLOCKS: 1}
    assert stack.destroy()
    assert place.client.list_worker_blocks() == {}
