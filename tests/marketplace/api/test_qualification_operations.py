from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import APPROVED, refusal

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

WORKER = "A1EXAMPLEWORKER"
NOT_GRANTED = "This operation can be called with a status of: Granted"
NO_QUALIFICATION = "You requested a Qualification that does not exist."


@pytest.fixture
def key(qualification_type_id: str) -> dict[str, str]:
    return {"QualificationTypeId": qualification_type_id, "WorkerId": WORKER}


def score(mturk: MTurkClient, key: dict[str, str]) -> dict[str, Any]:
    return dict(mturk.get_qualification_score(**key)["Qualification"])


def test_a_grant_is_read_back(mturk: MTurkClient, marketplace: Marketplace, key: Any) -> None:
    mturk.associate_qualification_with_worker(**key, IntegerValue=80)
    read = score(mturk, key)
    assert abs(read.pop("GrantTime").timestamp() - marketplace.now()) < 5
    assert read == {**key, "IntegerValue": 80, "Status": "Granted"}


@pytest.mark.parametrize("value", [-5, 0, 101, 1_813_985_279, -(2**31)])
def test_any_integer_can_be_granted(mturk: MTurkClient, key: Any, value: int) -> None:
    mturk.associate_qualification_with_worker(**key, IntegerValue=value)
    assert score(mturk, key)["IntegerValue"] == value


def test_a_grant_without_a_value_is_one_or_refused(mturk: MTurkClient, marketplace: Marketplace, key: Any) -> None:
    mturk.associate_qualification_with_worker(**key)
    assert score(mturk, key)["IntegerValue"] == 1
    marketplace.set_switches(grant_without_value="refuse")
    error = refusal(mturk.associate_qualification_with_worker, **key)
    assert "is not valid for the parameter IntegerValue." in error.message


def test_granting_again_changes_the_value_and_not_the_time(
    mturk: MTurkClient, marketplace: Marketplace, key: Any
) -> None:
    mturk.associate_qualification_with_worker(**key, IntegerValue=1)
    before = score(mturk, key)
    marketplace.advance(60)
    mturk.associate_qualification_with_worker(**key, IntegerValue=2)
    assert score(mturk, key) == {**before, "IntegerValue": 2}


def test_granting_after_a_revocation_starts_anew(mturk: MTurkClient, marketplace: Marketplace, key: Any) -> None:
    mturk.associate_qualification_with_worker(**key)
    before = score(mturk, key)["GrantTime"]
    mturk.disassociate_qualification_from_worker(**key)
    marketplace.advance(60)
    mturk.associate_qualification_with_worker(**key)
    assert (score(mturk, key)["GrantTime"] - before).total_seconds() >= 60


def test_three_absences_have_three_errors(mturk: MTurkClient, key: Any) -> None:
    unknown = refusal(mturk.get_qualification_score, **{**key, "QualificationTypeId": "NOSUCH"})
    never = refusal(mturk.get_qualification_score, **key)
    mturk.associate_qualification_with_worker(**key)
    mturk.disassociate_qualification_from_worker(**key)
    revoked = refusal(mturk.get_qualification_score, **key)
    assert unknown.message == "QualificationType [NOSUCH] does not exist."
    assert (never.message, never.turk_code) == (NO_QUALIFICATION, "AWS.MechanicalTurk.QualificationDoesNotExist")
    assert (revoked.message, revoked.turk_code) == (NOT_GRANTED, "AWS.MechanicalTurk.InvalidQualificationState")


def test_revoking_twice_is_an_error_or_a_success(mturk: MTurkClient, marketplace: Marketplace, key: Any) -> None:
    mturk.associate_qualification_with_worker(**key)
    mturk.disassociate_qualification_from_worker(**key)
    assert refusal(mturk.disassociate_qualification_from_worker, **key).message == NOT_GRANTED
    marketplace.set_switches(double_revoke="success")
    mturk.disassociate_qualification_from_worker(**key)


def test_revoking_what_was_never_granted_is_an_error(mturk: MTurkClient, key: Any) -> None:
    assert refusal(mturk.disassociate_qualification_from_worker, **key).message == NO_QUALIFICATION


@pytest.mark.parametrize("operation", ["associate_qualification_with_worker", "get_qualification_score"])
def test_only_the_owner_acts_on_a_type(mturk: MTurkClient, operation: str) -> None:
    error = refusal(getattr(mturk, operation), QualificationTypeId=APPROVED, WorkerId=WORKER)
    assert error.turk_code == "AWS.MechanicalTurk.PermissionDenied"


def test_a_stranger_is_refused_where_the_switch_says_so(mturk: MTurkClient, marketplace: Marketplace, key: Any) -> None:
    marketplace.set_switches(unknown_workers="refuse")
    error = refusal(mturk.associate_qualification_with_worker, **key)
    assert error.kind == "ParameterValidationError"
    assert error.message == f'The value "{WORKER}" is not valid for the parameter WorkerId.'
    marketplace.register_worker(WORKER)
    mturk.associate_qualification_with_worker(**key)


def test_workers_are_listed_by_status(mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str) -> None:
    for worker in ("A1EXAMPLE", "A2EXAMPLE", "A3EXAMPLE"):
        mturk.associate_qualification_with_worker(QualificationTypeId=qualification_type_id, WorkerId=worker)
    mturk.disassociate_qualification_from_worker(QualificationTypeId=qualification_type_id, WorkerId="A2EXAMPLE")

    def listed(**status: Any) -> list[str]:
        answer = mturk.list_workers_with_qualification_type(QualificationTypeId=qualification_type_id, **status)
        assert answer["NumResults"] == len(answer["Qualifications"])
        return [item["WorkerId"] for item in answer["Qualifications"]]

    assert listed(Status="Granted") == ["A1EXAMPLE", "A3EXAMPLE"]
    assert listed(Status="Revoked") == ["A2EXAMPLE"]
    assert listed() == ["A1EXAMPLE", "A3EXAMPLE"]
    marketplace.set_switches(list_workers_without_status="all")
    assert listed() == ["A1EXAMPLE", "A2EXAMPLE", "A3EXAMPLE"]


def test_a_script_that_revokes_all_who_are_listed_runs_every_day(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str, key: Any
) -> None:
    def revoke_all() -> None:
        listed = mturk.list_workers_with_qualification_type(QualificationTypeId=qualification_type_id)
        for item in listed["Qualifications"]:
            mturk.disassociate_qualification_from_worker(
                QualificationTypeId=qualification_type_id, WorkerId=item["WorkerId"]
            )

    mturk.associate_qualification_with_worker(**key)
    revoke_all()
    revoke_all()
    marketplace.set_switches(list_workers_without_status="all")
    assert refusal(revoke_all).message == NOT_GRANTED


def test_nobody_is_told_of_a_silent_grant_and_revocation(
    mturk: MTurkClient, marketplace: Marketplace, key: Any
) -> None:
    mturk.associate_qualification_with_worker(**key, SendNotification=False)
    mturk.disassociate_qualification_from_worker(**key)
    assert marketplace.notifications() == []


def test_workers_are_told_by_default_and_with_a_reason(mturk: MTurkClient, marketplace: Marketplace, key: Any) -> None:
    mturk.associate_qualification_with_worker(**key)
    mturk.disassociate_qualification_from_worker(**key, Reason="The study is over.")
    told = [(item.kind, item.worker_id, item.qualification_type_id, item.text) for item in marketplace.notifications()]
    type_id = key["QualificationTypeId"]
    assert told == [
        ("Grant", WORKER, type_id, None),
        ("Revocation", WORKER, type_id, "The study is over."),
    ]
