from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace.domain import money
from pulumi_mturk.marketplace.errors import WireError
from tests.support.marketplace.api_calls import HIT_TYPE, MASTERS, PAST, QUESTION, refusal
from tests.support.marketplace.assignments import WORKER, assignment_of, review

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace


def _new_hit(mturk: MTurkClient, **changes: Any) -> str:
    hit = {**HIT_TYPE, "Question": QUESTION, "LifetimeInSeconds": 3600, **changes}
    return mturk.create_hit(**hit)["HIT"]["HITId"]


def _balance(mturk: MTurkClient) -> tuple[str, str | None]:
    answer = mturk.get_account_balance()
    return answer["AvailableBalance"], answer.get("OnHoldBalance")


@pytest.fixture
def prepaid(marketplace: Marketplace) -> Marketplace:
    marketplace.set_switches(funds="prepaid", account_balance="2.00")
    return marketplace


def test_fixed_funds_never_change(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = _new_hit(mturk)
    assignment_of(marketplace, hit_id, status="Approved")
    assert _balance(mturk) == ("10000.00", None)


def test_a_live_hit_holds_back_the_reward_and_the_fee_of_each_assignment(
    mturk: MTurkClient, prepaid: Marketplace
) -> None:
    _new_hit(mturk, MaxAssignments=3)
    assert _balance(mturk) == ("1.64", "0.36")
    _new_hit(mturk, MaxAssignments=10, Reward="0.05", Title="Many")  # 40 %: 0.07 each
    assert _balance(mturk) == ("0.94", "1.06")


def test_a_hit_needs_what_is_available_and_no_more(mturk: MTurkClient, prepaid: Marketplace) -> None:
    _new_hit(mturk, MaxAssignments=9)
    error = refusal(_new_hit, mturk=mturk, MaxAssignments=8)
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"
    assert error.message.startswith("This Requester has insufficient funds in their account")
    assert _balance(mturk) == ("0.92", "1.08")
    _new_hit(mturk, MaxAssignments=7)
    assert _balance(mturk) == ("0.08", "1.92")


def test_what_is_approved_is_charged_and_what_is_rejected_is_not(mturk: MTurkClient, prepaid: Marketplace) -> None:
    hit_id = _new_hit(mturk, MaxAssignments=3)
    approved = assignment_of(prepaid, hit_id)
    review(prepaid, approved, "Approved")
    assert _balance(mturk) == ("1.64", "0.24")
    rejected = assignment_of(prepaid, hit_id, "A2EXAMPLEWORKER")
    review(prepaid, rejected, "Rejected")
    assert _balance(mturk) == ("1.76", "0.12")
    review(prepaid, rejected, "Approved")  # the rejection is overridden
    assert _balance(mturk) == ("1.64", "0.12")


def test_overriding_a_rejection_needs_money_that_is_not_on_hold(mturk: MTurkClient, prepaid: Marketplace) -> None:
    hit_id = _new_hit(mturk, MaxAssignments=9)
    rejected, waiting = assignment_of(prepaid, hit_id), assignment_of(prepaid, hit_id, "A2EXAMPLEWORKER")
    review(prepaid, rejected, "Rejected")
    prepaid.set_switches(account_balance="0.96")  # all of which the other eight hold back
    with pytest.raises(WireError, match="insufficient funds"):
        review(prepaid, rejected, "Approved")
    review(prepaid, waiting, "Approved")
    assert _balance(mturk) == ("0.00", "0.84")


def test_an_expired_hit_holds_back_what_workers_still_have(mturk: MTurkClient, prepaid: Marketplace) -> None:
    hit_id = _new_hit(mturk, MaxAssignments=5)
    assignment_of(prepaid, hit_id, status="Accepted")
    assignment_of(prepaid, hit_id, "A2EXAMPLEWORKER", "Submitted")
    assignment_of(prepaid, hit_id, "A3EXAMPLEWORKER", "Returned")
    assert _balance(mturk) == ("1.40", "0.60")
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    assert _balance(mturk) == ("1.76", "0.24")


def test_a_deleted_hit_holds_back_nothing(mturk: MTurkClient, prepaid: Marketplace) -> None:
    hit_id = _new_hit(mturk)
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    mturk.delete_hit(HITId=hit_id)
    assert _balance(mturk) == ("2.00", "0.00")


def test_the_balance_is_never_below_nothing(mturk: MTurkClient, prepaid: Marketplace) -> None:
    _new_hit(mturk, MaxAssignments=9)
    prepaid.set_switches(account_balance="1.00")
    assert _balance(mturk) == ("0.00", "1.08")


@pytest.mark.parametrize(
    ("reward", "assignments", "masters", "fee"),
    [
        ("0.01", 1, False, 1),
        ("0", 1, False, 1),
        ("0.52", 9, False, 10),
        ("0.54", 1, False, 11),
        ("0.42", 1, True, 11),
        ("1.00", 10, False, 40),
        ("1.00", 10, True, 45),
    ],
)
def test_the_fee_of_a_reward(
    mturk: MTurkClient, marketplace: Marketplace, reward: str, assignments: int, masters: bool, fee: int
) -> None:
    rules: Any = [{"QualificationTypeId": MASTERS, "Comparator": "Exists"}] if masters else []
    hit_id = _new_hit(mturk, Reward=reward, MaxAssignments=assignments, QualificationRequirements=rules)
    assignment_of(marketplace, hit_id, status="Approved")
    with marketplace.reading() as ctx:
        paid = ctx.db.execute("SELECT kind, worker_id, amount_cents, fee_cents FROM payments").fetchall()
    assert [tuple(row) for row in paid] == [("Reward", WORKER, round(float(reward) * 100), fee)]


def test_added_assignments_cost_the_fee_of_the_whole_hit(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_type_id = mturk.create_hit_type(**{**HIT_TYPE, "Reward": "1.00"})["HITTypeId"]
    with marketplace.reading() as ctx:
        row = ctx.db.execute("SELECT * FROM hit_types WHERE id = ?", (hit_type_id,)).fetchone()
    marketplace.set_switches(account_balance="2.79")
    with marketplace.reading() as ctx:
        money.check_funds(ctx, row, 2, of=9)
        with pytest.raises(WireError, match="insufficient funds"):
            money.check_funds(ctx, row, 2, of=12)


def test_a_hit_is_not_moved_to_a_type_that_can_not_be_paid(mturk: MTurkClient, prepaid: Marketplace) -> None:
    hit_id = _new_hit(mturk)
    before = _balance(mturk)
    dear = mturk.create_hit_type(**{**HIT_TYPE, "Reward": "900.00"})["HITTypeId"]
    error = refusal(mturk.update_hit_type_of_hit, HITId=hit_id, HITTypeId=dear)
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"
    assert _balance(mturk) == before
    cheap = mturk.create_hit_type(**{**HIT_TYPE, "Reward": "0.01"})["HITTypeId"]
    mturk.update_hit_type_of_hit(HITId=hit_id, HITTypeId=cheap)


def test_a_hit_comes_back_only_with_the_money_for_it(mturk: MTurkClient, prepaid: Marketplace) -> None:
    prepaid.set_switches(account_balance="0.12")
    first = _new_hit(mturk, MaxAssignments=1)
    mturk.update_expiration_for_hit(HITId=first, ExpireAt=PAST)
    _new_hit(mturk, MaxAssignments=1)
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    error = refusal(mturk.update_expiration_for_hit, HITId=first, ExpireAt=later)
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"
    assert mturk.get_hit(HITId=first)["HIT"]["HITStatus"] == "Reviewable"
