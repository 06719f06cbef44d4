from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, Refusal, refusal
from tests.support.marketplace.assignments import WORKER, assignment_of

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace


@pytest.fixture
def hit_id(mturk: MTurkClient) -> str:
    return mturk.create_hit(**HIT_TYPE, Question=QUESTION, LifetimeInSeconds=3600, MaxAssignments=9)["HIT"]["HITId"]


@pytest.fixture
def bonus(marketplace: Marketplace, hit_id: str) -> dict[str, Any]:
    """A bonus that can be sent."""
    assignment_id = assignment_of(marketplace, hit_id)
    return {"WorkerId": WORKER, "AssignmentId": assignment_id, "BonusAmount": "0.5", "Reason": "Very careful."}


def test_a_bonus_is_listed_by_its_assignment_and_its_hit(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str, bonus: dict[str, Any]
) -> None:
    assert mturk.send_bonus(**bonus)["ResponseMetadata"]["HTTPStatusCode"] == 200
    other = assignment_of(marketplace, hit_id, "A2EXAMPLEWORKER", "Rejected")
    mturk.send_bonus(**{**bonus, "WorkerId": "A2EXAMPLEWORKER", "AssignmentId": other, "BonusAmount": "5"})
    (paid,) = mturk.list_bonus_payments(AssignmentId=bonus["AssignmentId"])["BonusPayments"]
    assert abs(paid.pop("GrantTime").timestamp() - marketplace.now()) < 5
    assert paid == {**bonus, "BonusAmount": "0.50"}
    of_hit = mturk.list_bonus_payments(HITId=hit_id)["BonusPayments"]
    assert [payment["BonusAmount"] for payment in of_hit] == ["0.50", "5.00"]
    both = mturk.list_bonus_payments(HITId=hit_id, AssignmentId=other)
    assert (both["NumResults"], both["BonusPayments"][0]["AssignmentId"]) == (1, other)
    hit = mturk.create_hit(**HIT_TYPE, Question=QUESTION, LifetimeInSeconds=3600)["HIT"]
    assert mturk.list_bonus_payments(HITId=hit["HITId"])["NumResults"] == 0
    assert mturk.list_bonus_payments(HITId=hit["HITId"], AssignmentId=other)["NumResults"] == 0


def test_bonuses_are_listed_in_pages(mturk: MTurkClient, hit_id: str, bonus: dict[str, Any]) -> None:
    for cents in range(1, 6):
        mturk.send_bonus(**{**bonus, "BonusAmount": f"0.0{cents}"})
    pages = mturk.get_paginator("list_bonus_payments").paginate(HITId=hit_id, PaginationConfig={"PageSize": 2})
    assert [[paid["BonusAmount"] for paid in page["BonusPayments"]] for page in pages] == [
        ["0.01", "0.02"],
        ["0.03", "0.04"],
        ["0.05"],
        [],
    ]


def test_the_worker_is_told_of_a_bonus(mturk: MTurkClient, marketplace: Marketplace, bonus: dict[str, Any]) -> None:
    mturk.send_bonus(**bonus)
    (told,) = marketplace.notifications()
    assert (told.kind, told.worker_id, told.text) == ("Bonus", WORKER, "Very careful.")


def test_a_token_pays_once_in_24_hours(mturk: MTurkClient, marketplace: Marketplace, bonus: dict[str, Any]) -> None:
    bonus["UniqueRequestToken"] = "week 1, first"
    mturk.send_bonus(**bonus)
    error = refusal(mturk.send_bonus, **bonus)
    assert (error.kind, error.message) == (
        "RequestError",
        'The idempotency token "week 1, first" has already been processed.',
    )
    assert mturk.list_bonus_payments(AssignmentId=bonus["AssignmentId"])["NumResults"] == 1
    marketplace.advance(86_400)
    mturk.send_bonus(**bonus)
    assert mturk.list_bonus_payments(AssignmentId=bonus["AssignmentId"])["NumResults"] == 2


def test_a_refused_bonus_does_not_use_up_its_token(mturk: MTurkClient, bonus: dict[str, Any]) -> None:
    bonus["UniqueRequestToken"] = "again"
    refusal(mturk.send_bonus, **{**bonus, "BonusAmount": "0.00"})
    mturk.send_bonus(**bonus)


def test_a_bonus_and_its_fee_need_funds_besides_those_on_hold(
    mturk: MTurkClient, marketplace: Marketplace, bonus: dict[str, Any]
) -> None:
    marketplace.set_switches(funds="prepaid", account_balance="1.67")  # of which the HIT holds back 1.08
    error = refusal(mturk.send_bonus, **bonus)
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"
    marketplace.set_switches(account_balance="1.68")
    mturk.send_bonus(**bonus)
    balance = mturk.get_account_balance()
    assert (balance["AvailableBalance"], balance["OnHoldBalance"]) == ("0.00", "1.08")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"AssignmentId": "NOSUCH"}, "Assignment NOSUCH does not exist."),
        ({"WorkerId": "A2EXAMPLE"}, 'The value "A2EXAMPLE" is not valid for the parameter WorkerId.'),
        (
            {"BonusAmount": "0.00"},
            'The value "0.00" is not valid for the parameter BonusAmount. BonusAmount must be more than 0.',
        ),
        (
            {"Reason": ""},
            'The value "" is not valid for the parameter Reason. Your request parameter Reason has a minimum length of '
            "1.",
        ),
    ],
)
def test_what_is_no_bonus(mturk: MTurkClient, bonus: dict[str, Any], changes: dict[str, str], message: str) -> None:
    assert refusal(mturk.send_bonus, **{**bonus, **changes}).message == message


def test_an_amount_may_not_be_endless(mturk: MTurkClient, bonus: dict[str, Any]) -> None:
    assert refusal(mturk.send_bonus, **{**bonus, "BonusAmount": "9" * 16}).kind == "ParameterValidationError"


def test_work_that_is_not_handed_in_gets_no_bonus(
    mturk: MTurkClient, marketplace: Marketplace, hit_id: str, bonus: dict[str, Any]
) -> None:
    under_way = assignment_of(marketplace, hit_id, "A2EXAMPLE", "Accepted")
    error = refusal(mturk.send_bonus, **{**bonus, "WorkerId": "A2EXAMPLE", "AssignmentId": under_way})
    expected = f"Assignment {under_way} does not exist."
    assert error == Refusal("RequestError", expected, "AWS.MechanicalTurk.AssignmentDoesNotExist")


def test_a_listing_of_bonuses_needs_to_know_whose(mturk: MTurkClient) -> None:
    assert refusal(mturk.list_bonus_payments).kind == "ParameterValidationError"
    assert refusal(mturk.list_bonus_payments, HITId="NOSUCH").turk_code == "AWS.MechanicalTurk.HITDoesNotExist"
    error = refusal(mturk.list_bonus_payments, AssignmentId="NOSUCH")
    assert error.turk_code == "AWS.MechanicalTurk.AssignmentDoesNotExist"
