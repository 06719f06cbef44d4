"""A marketplace that is slow, or has had enough: the switches `latency_milliseconds` and `requests_per_second`."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from pulumi_mturk.marketplace import Fault, Marketplace, Server
from pulumi_mturk.marketplace.errors import WireError
from pulumi_mturk.marketplace.testing.rate_limit import take_token
from tests.support.marketplace.api_calls import InProcessClient, client_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

BLOCK = {"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        yield connection


def admitted(db: sqlite3.Connection, times: Iterable[float], per_second: int) -> int:
    """How many of the calls that come at these times get through."""
    count = 0
    for now in times:
        try:
            take_token(db, now, per_second)
        except WireError:
            continue
        count += 1
    return count


@pytest.mark.parametrize(("per_second", "burst"), [(1, 1), (9, 1), (25, 2), (100, 10)])
def test_a_tenth_of_a_second_s_worth_may_come_at_once_and_no_more_after_a_long_rest(
    db: sqlite3.Connection, per_second: int, burst: int
) -> None:
    assert admitted(db, [1000.0] * 50, per_second) == burst
    assert admitted(db, [5000.0] * 50, per_second) == burst


def test_who_keeps_trying_gets_the_whole_ceiling(db: sqlite3.Connection) -> None:
    every_millisecond = (1000.0 + number / 1000 for number in range(10_001))
    assert admitted(db, every_millisecond, 100) in {1009, 1010}


def test_a_clock_that_was_set_back_holds_nobody_up(db: sqlite3.Connection) -> None:
    assert admitted(db, [5000.0] * 50, 100) == 10
    assert admitted(db, [1000.0] * 50, 100) == 10


def test_a_call_beyond_the_ceiling_is_throttled_and_nothing_happens(marketplace: Marketplace) -> None:
    marketplace.set_switches(requests_per_second=1, record_calls="on")
    marketplace.inject(Fault("service_fault", "CreateWorkerBlock"))
    direct = InProcessClient(marketplace)
    assert direct.call("ListWorkerBlocks")[0] == 200
    answer = {"__type": "ThrottlingException", "message": "Rate exceeded"}
    assert direct.call("CreateWorkerBlock", **BLOCK) == (400, answer)
    assert marketplace.summary().blocks == 0
    assert len(marketplace.faults()) == 1
    assert [call.status for call in marketplace.calls()] == [200, 400]


def test_the_ceiling_is_one_for_all_that_have_the_file_open(kept_in: str | Path, marketplace: Marketplace) -> None:
    marketplace.set_switches(requests_per_second=1)
    with Marketplace.open(kept_in) as other:
        assert InProcessClient(marketplace).call("ListWorkerBlocks")[0] == 200
        assert InProcessClient(other).call("ListWorkerBlocks")[0] == 400
        marketplace.advance(1)
        assert InProcessClient(other).call("ListWorkerBlocks")[0] == 200
        marketplace.set_switches(requests_per_second=0)
        assert [InProcessClient(other).call("ListWorkerBlocks")[0] for _ in range(50)] == [200] * 50


def test_two_servers_let_no_more_through_than_the_ceiling(kept_in: str | Path, marketplace: Marketplace) -> None:
    type_id = InProcessClient(marketplace).new_type()
    marketplace.set_switches(requests_per_second=100, record_calls="on")

    def grant(client: MTurkClient, worker: int) -> None:
        """Until it gets through, as a client does."""
        while True:
            try:
                client.associate_qualification_with_worker(
                    QualificationTypeId=type_id, WorkerId=f"A1EXAMPLE{worker}", SendNotification=False
                )
            except ClientError as error:
                if error.response["Error"]["Code"] != "ThrottlingException":
                    raise
                time.sleep(0.005)
            else:
                return

    with Marketplace.open(kept_in) as other, Server(marketplace) as first, Server(other) as second:
        clients = [client_of(first), client_of(second)]
        start = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(grant, clients * 20, range(40)))
        took = time.monotonic() - start
        for client in clients:
            client.close()
    assert took >= (40 - 10) / 100
    (found,) = marketplace.summary().qualification_types
    assert found.holders == 40
    assert [call.status for call in marketplace.calls()].count(200) == 40


def test_each_answer_takes_its_time_a_refusal_too(marketplace: Marketplace) -> None:
    marketplace.set_switches(latency_milliseconds=50, requests_per_second=1)
    direct = InProcessClient(marketplace)
    for operation, status in (("ListWorkerBlocks", 200), ("ListWorkerBlocks", 400), ("ListThings", 400)):
        start = time.monotonic()
        assert direct.call(operation)[0] == status
        assert time.monotonic() - start >= 0.05


def test_calls_wait_side_by_side_and_hold_up_nobody_else(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(latency_milliseconds=1000)
    with ThreadPoolExecutor(8) as pool:
        start = time.monotonic()
        calls = [pool.submit(mturk.create_worker_block, WorkerId=f"A1EXAMPLE{n}", Reason="r") for n in range(8)]
        while marketplace.summary().blocks < 8:
            time.sleep(0.01)
        happened = time.monotonic() - start
        for call in calls:
            call.result()
        answered = time.monotonic() - start
    assert happened < 1 <= answered < 8 / 2
