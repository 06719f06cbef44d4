"""Calls whose reply was lost: found again or made again, but never twice."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.api.errors import AlreadyExistsError, UnavailableError
from pulumi_mturk.api.lost_creates import Look
from pulumi_mturk.marketplace import Fault
from tests.support.core import Place, ticking
from tests.support.inputs import ANSWER_KEY, TEST, WORKER
from tests.support.inputs import CALL_OF_HIT_TYPE as HIT_TYPE
from tests.support.inputs import CALL_OF_TYPE as TYPE

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def type_id(place: Place) -> str:
    found = place.client.create_qualification_type(**TYPE).qualification_type_id
    place.calls()
    return found


@pytest.mark.parametrize("kind", ["drop_after", "service_fault_after"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_lost_reply_leaves_one_type(place: Place, kind: Any, times: int) -> None:
    place.marketplace.inject(Fault(kind, "CreateQualificationType", times=times))
    made = ticking(place).create_qualification_type(**TYPE)
    assert place.calls() == [
        "ListQualificationTypes",
        "CreateQualificationType",
        "ListQualificationTypes",
        "GetQualificationType",
    ]
    assert [found.id for found in place.marketplace.summary().qualification_types] == [made.qualification_type_id]


def test_a_call_that_never_arrived_is_made_again(place: Place) -> None:
    place.marketplace.inject(Fault("drop_before", "CreateQualificationType", times=2))
    made = place.client.create_qualification_type(**TYPE)
    assert len(place.marketplace.summary().qualification_types) == 1
    assert place.client.get_qualification_type(made.qualification_type_id) == made


@pytest.mark.parametrize("lag", [10, 50, 70])
def test_a_lost_type_that_is_not_listed_yet_is_waited_for(place: Place, lag: int) -> None:
    place.marketplace.set_switches(listing_lag_seconds=lag)
    place.marketplace.inject(Fault("drop_after", "CreateQualificationType"))
    made = ticking(place).create_qualification_type(**TYPE)
    assert [found.id for found in place.marketplace.summary().qualification_types] == [made.qualification_type_id]


def test_a_name_that_a_deleted_type_holds_is_not_waited_for_too_long(place: Place, type_id: str) -> None:
    place.marketplace.set_switches(name_held_seconds=172_800)
    place.client.delete_qualification_type(type_id)
    place.marketplace.inject(Fault("drop_before", "CreateQualificationType"))
    start = place.marketplace.now()
    with pytest.raises(AlreadyExistsError):
        ticking(place).create_qualification_type(**TYPE)
    assert place.marketplace.now() - start < 120


OTHERS: dict[str, dict[str, Any]] = {
    "alike": {},
    "description": {"description": "Something else."},
    "keywords": {"keywords": "else"},
    "status": {"qualification_type_status": "Inactive"},
    "retries": {"retry_delay_in_seconds": 60},
    "granted": {"auto_granted": True},
    "test": {"test": TEST, "test_duration_in_seconds": 600},
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_was_there_before_is_nobodys_to_take_and_nothing_is_sent(place: Place, name: str) -> None:
    place.client.create_qualification_type(**TYPE | OTHERS[name])
    place.calls()
    place.marketplace.inject(Fault("drop_before", "CreateQualificationType"))
    with pytest.raises(AlreadyExistsError):
        ticking(place).create_qualification_type(**TYPE)
    assert place.calls() == ["ListQualificationTypes"]


@pytest.mark.parametrize("lag", [0, 30])
@pytest.mark.parametrize("name", OTHERS)
def test_a_type_that_somebody_makes_in_the_second_of_the_look_is_not_taken(place: Place, name: str, lag: int) -> None:
    place.marketplace.set_switches(listing_lag_seconds=lag)
    client = ticking(place)
    seen = client.look_for_qualification_type(TYPE["name"])
    assert seen.found is None
    made = ticking(place).create_qualification_type(seen, unique_name=True, **TYPE | OTHERS[name])
    seen = Look(None, datetime.fromisoformat(made.creation_time))
    place.marketplace.inject(Fault("drop_before", "CreateQualificationType"))
    with pytest.raises(AlreadyExistsError) as caught:
        client.create_qualification_type(seen, **TYPE)
    assert caught.value.may_have_happened
    assert len(place.marketplace.summary().qualification_types) == 1


@pytest.mark.parametrize("name", sorted(OTHERS.keys() - {"alike"}))
def test_a_later_type_of_other_values_is_not_taken(place: Place, name: str) -> None:
    client = ticking(place)
    seen = client.look_for_qualification_type(TYPE["name"])
    ticking(place).create_qualification_type(seen, **TYPE | OTHERS[name])
    place.marketplace.inject(Fault("service_fault", "CreateQualificationType"))
    with pytest.raises(AlreadyExistsError):
        client.create_qualification_type(seen, unique_name=True, **TYPE)


def test_a_test_in_another_layout_is_the_same(place: Place) -> None:
    tested = TYPE | {"test": TEST, "answer_key": ANSWER_KEY, "test_duration_in_seconds": 600}
    place.marketplace.inject(Fault("drop_after", "CreateQualificationType"))
    made = ticking(place).create_qualification_type(**tested)
    assert [found.id for found in place.marketplace.summary().qualification_types] == [made.qualification_type_id]


def test_a_service_that_tells_no_time_gives_nothing_away(place: Place) -> None:
    place.marketplace.inject(Fault("drop_after", "CreateQualificationType"))
    with pytest.raises(AlreadyExistsError):
        ticking(place).create_qualification_type(Look(None, None), unique_name=True, **TYPE)


def test_a_refused_look_after_a_lost_reply_proves_nothing(place: Place) -> None:
    client = ticking(place)
    seen = client.look_for_qualification_type(TYPE["name"])
    place.marketplace.inject(Fault("drop_after", "CreateQualificationType"))
    place.marketplace.inject(Fault("access_denied", "ListQualificationTypes"))
    with pytest.raises(UnavailableError) as caught:
        client.create_qualification_type(seen, **TYPE)
    assert caught.value.may_have_happened


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


DAMAGED = ("html", "garbage", "empty", "cut_length", "cut_chunks", "redirect")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", [kind for kind in DAMAGED if kind != "redirect"])
def test_an_answer_that_can_not_be_read_is_a_lost_one(place: Place, type_id: str, kind: str, when: str) -> None:
    operations = ["CreateHITType", "GetQualificationScore"]
    fault: Any = f"{kind}_{when}"
    if kind != "empty":  # of an operation without members nobody can tell it from an answer
        operations += ["CreateWorkerBlock", "AssociateQualificationWithWorker"]
    place.marketplace.inject(*(Fault(fault, operation) for operation in operations))
    place.client.create_worker_block(WORKER, "One reason.")
    hit_type_id = place.client.create_hit_type(**HIT_TYPE)
    place.client.grant(type_id, WORKER, 5, send_notification=True)
    held = place.client.get_grant(type_id, WORKER)
    assert held is not None
    assert held.integer_value == 5
    assert place.marketplace.faults() == []
    assert place.client.list_worker_blocks() == {WORKER: "One reason."}
    assert [found.id for found in place.marketplace.summary().hit_types] == [hit_type_id]
    assert sorted(one.kind for one in place.marketplace.notifications()) == ["Block", "Grant"]


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_place_that_never_answers_as_the_service_is_no_place_where_nothing_is(
    place: Place, type_id: str, kind: str
) -> None:
    place.client.grant(type_id, WORKER, 5, send_notification=False)
    place.client.create_worker_block(WORKER, "One reason.")
    fault: Any = f"{kind}_before"
    place.marketplace.inject(Fault(fault, times=None))
    reading: list[Callable[[], object]] = [
        lambda: place.client.get_qualification_type(type_id),
        lambda: place.client.get_grant(type_id, WORKER),
        lambda: place.client.holders(type_id),
        lambda: place.client.list_worker_blocks(),
        lambda: place.client.usage_of_qualification_type(type_id),
    ]
    for read in reading:
        with pytest.raises(UnavailableError):
            read()
