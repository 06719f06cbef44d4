from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import ALREADY_EXISTS, HIT_TYPE, PAST, QUESTION, refusal

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

NEW: dict[str, Any] = {"Name": "Transcription", "Description": "Words.", "QualificationTypeStatus": "Active"}
DISPOSING = "This operation can be called with a status of: Active,Inactive"


@pytest.fixture
def hit_type(qualification_type_id: str) -> dict[str, Any]:
    rule = {"QualificationTypeId": qualification_type_id, "Comparator": "Exists"}
    return {**HIT_TYPE, "QualificationRequirements": [rule]}


def test_a_type_that_nothing_keeps_is_gone_at_once(mturk: MTurkClient, qualification_type_id: str) -> None:
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    gone = f"QualificationType [{qualification_type_id}] does not exist."
    assert refusal(mturk.get_qualification_type, QualificationTypeId=qualification_type_id).message == gone
    assert refusal(mturk.delete_qualification_type, QualificationTypeId=qualification_type_id).message == gone
    assert mturk.list_qualification_types(MustBeRequestable=True)["NumResults"] == 0
    assert mturk.create_qualification_type(**NEW)["QualificationType"]


def test_the_name_is_held_for_a_while(mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str) -> None:
    marketplace.set_switches(name_held_seconds=172_800)
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    assert refusal(mturk.create_qualification_type, **NEW).message == ALREADY_EXISTS
    marketplace.advance(172_801)
    assert mturk.create_qualification_type(**NEW)["QualificationType"]


def test_a_hold_set_later_brings_nothing_back(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    marketplace.set_switches(name_held_seconds=1000)
    assert "does not exist" in refusal(mturk.get_qualification_type, QualificationTypeId=qualification_type_id).message


def test_a_type_is_disposing_until_the_last_hit_that_requires_it_is_deleted(
    mturk: MTurkClient, qualification_type_id: str, hit_type: dict[str, Any]
) -> None:
    hit = mturk.create_hit(**hit_type, LifetimeInSeconds=60, Question=QUESTION)["HIT"]
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    answer: Any = mturk.get_qualification_type(QualificationTypeId=qualification_type_id)
    assert answer["QualificationType"]["QualificationTypeStatus"] == "Disposing"
    assert refusal(mturk.create_qualification_type, **NEW).message == ALREADY_EXISTS
    found = mturk.list_hits_for_qualification_type(QualificationTypeId=qualification_type_id)["HITs"]
    assert [item["HITId"] for item in found] == [hit["HITId"]]

    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST)
    mturk.delete_hit(HITId=hit["HITId"])
    assert "does not exist" in refusal(mturk.get_qualification_type, QualificationTypeId=qualification_type_id).message
    assert mturk.create_qualification_type(**NEW)["QualificationType"]


@pytest.mark.parametrize("operation", ["delete_qualification_type", "update_qualification_type"])
def test_a_disposing_type_can_not_be_changed_or_deleted_again(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str, operation: str
) -> None:
    marketplace.set_switches(name_held_seconds=60)
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    error = refusal(getattr(mturk, operation), QualificationTypeId=qualification_type_id)
    assert (error.message, error.turk_code) == (DISPOSING, "AWS.MechanicalTurk.InvalidQualificationTypeState")


def test_what_is_said_of_a_disposing_type_is_a_switch(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    marketplace.set_switches(name_held_seconds=60)
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    listed: Any = mturk.list_qualification_types(MustBeRequestable=True)["QualificationTypes"]
    assert [item["QualificationTypeStatus"] for item in listed] == ["Disposing"]
    marketplace.set_switches(list_disposing_type="absent", get_disposing_type="invalid_state")
    assert mturk.list_qualification_types(MustBeRequestable=True)["NumResults"] == 0
    assert refusal(mturk.get_qualification_type, QualificationTypeId=qualification_type_id).message == DISPOSING
    marketplace.set_switches(get_disposing_type="does_not_exist")
    assert "does not exist" in refusal(mturk.get_qualification_type, QualificationTypeId=qualification_type_id).message


def test_deleting_a_type_kills_the_hit_types_that_require_it(
    mturk: MTurkClient, qualification_type_id: str, hit_type: dict[str, Any]
) -> None:
    identity = mturk.create_hit_type(**hit_type)["HITTypeId"]
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    error = refusal(mturk.create_hit_with_hit_type, HITTypeId=identity, LifetimeInSeconds=60, Question=QUESTION)
    assert error.turk_code == "AWS.MechanicalTurk.HITTypeDoesNotExist"
    assert "does not exist" in refusal(mturk.create_hit_type, **hit_type).message


def test_deleting_a_type_revokes_nothing(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    marketplace.set_switches(name_held_seconds=60)
    key: Any = {"QualificationTypeId": qualification_type_id, "WorkerId": "A1EXAMPLEWORKER"}
    mturk.associate_qualification_with_worker(**key)
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    assert mturk.get_qualification_score(**key)["Qualification"]["Status"] == "Granted"


def test_deleting_a_type_rejects_pending_requests(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    marketplace.request_qualification("A1EXAMPLEWORKER", qualification_type_id)
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    assert mturk.list_qualification_requests()["NumResults"] == 0


def test_a_deleted_type_can_not_be_granted(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    marketplace.set_switches(name_held_seconds=60)
    mturk.delete_qualification_type(QualificationTypeId=qualification_type_id)
    error = refusal(
        mturk.associate_qualification_with_worker, QualificationTypeId=qualification_type_id, WorkerId="A1EXAMPLE"
    )
    assert error.message == DISPOSING


def test_types_that_nobody_uses_vanish_after_the_days_of_the_switch(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str, hit_type: dict[str, Any]
) -> None:
    marketplace.set_switches(idle_removal_days=120)
    before = mturk.create_hit_type(**hit_type)["HITTypeId"]
    marketplace.advance(119 * 86_400)
    assert mturk.create_hit_type(**hit_type)["HITTypeId"] == before
    marketplace.advance(119 * 86_400)
    assert mturk.get_qualification_type(QualificationTypeId=qualification_type_id)
    marketplace.advance(2 * 86_400)
    assert "does not exist" in refusal(mturk.get_qualification_type, QualificationTypeId=qualification_type_id).message
    assert mturk.create_qualification_type(**NEW)["QualificationType"]


def test_a_request_for_a_type_that_vanished_is_gone_with_it(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    marketplace.set_switches(idle_removal_days=1)
    request_id = marketplace.request_qualification("A1EXAMPLEWORKER", qualification_type_id)
    marketplace.advance(3 * 86_400)
    assert mturk.list_qualification_requests()["NumResults"] == 0
    error = refusal(mturk.accept_qualification_request, QualificationRequestId=request_id)
    assert error.turk_code == "AWS.MechanicalTurk.QualificationTypeDoesNotExist"


def test_a_forgotten_hit_type_comes_back_with_another_id(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(idle_removal_days=120)
    before = mturk.create_hit_type(**HIT_TYPE)["HITTypeId"]
    marketplace.advance(121 * 86_400)
    assert mturk.create_hit_type(**HIT_TYPE)["HITTypeId"] != before
