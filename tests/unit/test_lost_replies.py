"""Calls whose reply was lost: found again or made again, but never twice."""

from typing import Any

import pytest

from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import AlreadyExistsError
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.marketplace import Fault, Marketplace
from tests.support.core import Clock, Place
from tests.support.inputs import CALL_OF_HIT_TYPE as HIT_TYPE
from tests.support.inputs import CALL_OF_TYPE as TYPE
from tests.support.inputs import WORKER


@pytest.fixture
def type_id(place: Place) -> str:
    found = place.client.create_qualification_type(**TYPE).qualification_type_id
    place.calls()
    return found


@pytest.mark.parametrize("kind", ["drop_after", "service_fault_after"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_lost_reply_leaves_one_type(place: Place, kind: Any, times: int) -> None:
    place.marketplace.inject(Fault(kind, "CreateQualificationType", times=times))
    made = place.client.create_qualification_type(**TYPE)
    assert place.calls() == ["CreateQualificationType", "ListQualificationTypes"]
    assert [found.id for found in place.marketplace.summary().qualification_types] == [made.qualification_type_id]


def test_a_call_that_never_arrived_is_made_again(place: Place) -> None:
    place.marketplace.inject(Fault("drop_before", "CreateQualificationType", times=2))
    made = place.client.create_qualification_type(**TYPE)
    assert len(place.marketplace.summary().qualification_types) == 1
    assert place.client.get_qualification_type(made.qualification_type_id) == made


class TickingClock(Clock):
    """A clock that the marketplace goes by, too."""

    def __init__(self, marketplace: Marketplace) -> None:
        super().__init__()
        self.marketplace = marketplace

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.marketplace.advance(seconds)


def _ticking(place: Place) -> Client:
    clock = TickingClock(place.marketplace)
    return Client(place.configuration, place.attach, Retry(clock=clock, sleep=clock.sleep))


@pytest.mark.parametrize("lag", [10, 50])
def test_a_lost_type_that_is_not_listed_yet_is_waited_for(place: Place, lag: int) -> None:
    place.marketplace.set_switches(listing_lag_seconds=lag)
    place.marketplace.inject(Fault("drop_after", "CreateQualificationType"))
    made = _ticking(place).create_qualification_type(**TYPE)
    assert [found.id for found in place.marketplace.summary().qualification_types] == [made.qualification_type_id]


def test_a_name_that_a_deleted_type_holds_is_not_waited_for_too_long(place: Place, type_id: str) -> None:
    place.marketplace.set_switches(name_held_seconds=172_800)
    place.client.delete_qualification_type(type_id)
    place.marketplace.inject(Fault("drop_before", "CreateQualificationType"))
    start = place.marketplace.now()
    with pytest.raises(AlreadyExistsError):
        _ticking(place).create_qualification_type(**TYPE)
    assert place.marketplace.now() - start < 120


@pytest.mark.parametrize("other", [{"description": "Something else."}, {"keywords": "else"}])
def test_a_type_of_somebody_else_is_not_taken_for_ours(place: Place, other: dict[str, str]) -> None:
    place.client.create_qualification_type(**TYPE | other)
    place.marketplace.inject(Fault("drop_before", "CreateQualificationType"))
    with pytest.raises(AlreadyExistsError):
        place.client.create_qualification_type(**TYPE)
    assert len(place.marketplace.summary().qualification_types) == 1


def test_a_lost_grant_that_mails_is_mailed_once(place: Place, type_id: str) -> None:
    place.marketplace.inject(Fault("drop_after", "AssociateQualificationWithWorker"))
    place.client.grant(type_id, WORKER, 5, send_notification=True)
    assert place.calls() == ["AssociateQualificationWithWorker", "GetQualificationScore"]
    assert len(place.marketplace.notifications()) == 1


def test_a_lost_grant_of_another_score_is_made_again(place: Place, type_id: str) -> None:
    place.client.grant(type_id, WORKER, 4, send_notification=False)
    place.marketplace.inject(Fault("drop_before", "AssociateQualificationWithWorker"))
    place.client.grant(type_id, WORKER, 5, send_notification=True)
    held = place.client.get_grant(type_id, WORKER)
    assert held is not None
    assert held.integer_value == 5


def test_a_lost_grant_that_mails_nobody_is_simply_repeated(place: Place, type_id: str) -> None:
    place.marketplace.inject(Fault("drop_after", "AssociateQualificationWithWorker"))
    place.client.grant(type_id, WORKER, 5, send_notification=False)
    assert place.calls() == ["AssociateQualificationWithWorker"] * 2


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_revocation_is_done_and_told_once(place: Place, type_id: str, kind: Any) -> None:
    place.client.grant(type_id, WORKER, 5, send_notification=False)
    place.marketplace.inject(Fault(kind, "DisassociateQualificationFromWorker"))
    place.client.revoke(type_id, WORKER, "The study is over.")
    assert place.client.get_grant(type_id, WORKER) is None
    assert len(place.marketplace.notifications()) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_delete_is_done(place: Place, type_id: str, kind: Any) -> None:
    place.marketplace.inject(Fault(kind, "DeleteQualificationType"))
    place.client.delete_qualification_type(type_id)
    assert place.client.get_qualification_type(type_id) is None


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_block_is_there_once(place: Place, kind: Any) -> None:
    place.marketplace.inject(Fault(kind, "CreateWorkerBlock"))
    place.client.create_worker_block(WORKER, "One reason.")
    assert place.client.list_worker_blocks() == {WORKER: "One reason."}
    assert len(place.marketplace.notifications()) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_hit_type_is_registered_once(place: Place, kind: Any) -> None:
    place.marketplace.inject(Fault(kind, "CreateHITType"))
    hit_type_id = place.client.create_hit_type(**HIT_TYPE)
    assert [found.id for found in place.marketplace.summary().hit_types] == [hit_type_id]
