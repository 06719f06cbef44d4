"""The client when the run is stopped: nothing more is begun, and no call whose reply was lost is forgotten."""

from typing import Any

import pytest

from pulumi_mturk.api.calls import PAGE_SIZE
from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import StoppedError, UnavailableError
from pulumi_mturk.api.limiter import MAX_CONCURRENCY
from pulumi_mturk.marketplace import Fault
from tests.support.core import Place
from tests.support.inputs import CALL_OF_TYPE as TYPE
from tests.support.inputs import WORKER


@pytest.fixture
def type_id(place: Place) -> str:
    found = place.client.create_qualification_type(**TYPE).qualification_type_id
    place.calls()
    return found


def test_nothing_is_sent_once_it_is_stopped(place: Place, type_id: str) -> None:
    client = place.client.until(lambda: True)
    with pytest.raises(StoppedError, match="stopped before the request was sent"):
        client.grant(type_id, WORKER, 1, send_notification=False)
    with pytest.raises(StoppedError):
        client.holders(type_id)
    assert place.calls() == []
    place.client.grant(type_id, WORKER, 1, send_notification=False)


def test_a_listing_ends_at_the_page_at_which_it_is_stopped(place: Place, type_id: str) -> None:
    for number in range(2 * PAGE_SIZE + 1):
        place.client.grant(type_id, f"A{number}EXAMPLE", 1, send_notification=False)
    place.calls()
    counts: list[int] = []
    with pytest.raises(StoppedError):
        place.client.until(lambda: len(counts) == 2).holders(type_id, counts.append)
    assert counts == [PAGE_SIZE, 2 * PAGE_SIZE]
    assert place.calls() == ["ListWorkersWithQualificationType"] * 2


def stopped_after_a_call(place: Place) -> Client:
    return place.client.until(lambda: bool(place.marketplace.calls()))


def test_a_throttled_call_is_not_repeated_once_it_is_stopped(place: Place, type_id: str) -> None:
    place.marketplace.inject(Fault("throttle"))
    with pytest.raises(StoppedError, match=r"^Associate.*: Rate exceeded .*\(stopped before another"):
        stopped_after_a_call(place).grant(type_id, WORKER, 1, send_notification=False)
    assert place.client.get_grant(type_id, WORKER) is None


def test_what_a_lost_call_made_is_found_though_it_is_stopped(place: Place) -> None:
    place.marketplace.inject(Fault("drop_after", "CreateQualificationType"))
    client = place.client.until(lambda: len(place.marketplace.calls()) > 1)
    made = client.create_qualification_type(unique_name=True, **TYPE)
    assert place.calls() == [
        "ListQualificationTypes",
        "CreateQualificationType",
        "ListQualificationTypes",
        "GetQualificationType",
    ]
    assert place.client.get_qualification_type(made.qualification_type_id) == made


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_lost_grant_is_looked_up_though_it_is_stopped(place: Place, type_id: str, fault: Any) -> None:
    place.marketplace.inject(Fault(fault, "AssociateQualificationWithWorker"))
    client = stopped_after_a_call(place)
    if fault == "drop_after":
        client.grant(type_id, WORKER, 1, send_notification=True)
    else:
        with pytest.raises(UnavailableError, match="stopped before another attempt"):
            client.grant(type_id, WORKER, 1, send_notification=True)
    assert place.calls() == ["AssociateQualificationWithWorker", "GetQualificationScore"]


def test_a_lost_block_is_looked_up_though_it_is_stopped(place: Place) -> None:
    place.marketplace.inject(Fault("drop_after", "CreateWorkerBlock"))
    stopped_after_a_call(place).create_worker_block(WORKER, "Why.")
    assert set(calls := place.calls()) == {"CreateWorkerBlock", "ListWorkerBlocks"}
    assert calls.count("CreateWorkerBlock") == 1


def test_a_copy_shares_connection_and_limit(place: Place) -> None:
    place.client.until(lambda: False).list_worker_blocks()
    place.marketplace.inject(Fault("throttle"))
    assert place.client.threads() == 1
    place.client.until(lambda: False).list_worker_blocks()
    assert place.client.threads() == MAX_CONCURRENCY
    assert place.client.until(lambda: True)._connection.open() is place.client._connection.open()
