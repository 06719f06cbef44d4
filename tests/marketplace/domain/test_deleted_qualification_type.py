"""A deleted type with many pending requests: all count as rejected at once, and are in pieces that block nobody."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace.domain import due_events
from pulumi_mturk.marketplace.storage import qualification_requests
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, WORKER, InProcessClient

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

MANY = 1000
NEW = {"Description": "Words.", "QualificationTypeStatus": "Active"}


def create(direct: InProcessClient, name: str) -> str:
    _, answer = direct.call("CreateQualificationType", Name=name, **NEW)
    identity: str = answer["QualificationType"]["QualificationTypeId"]
    return identity


@pytest.fixture
def type_id(direct: InProcessClient) -> str:
    """A type that many workers have requested."""
    marketplace = direct.marketplace
    marketplace.set_switches(name_held_seconds=3600)
    identity = create(direct, "Wanted")
    marketplace.request_qualification(WORKER, identity)
    with marketplace.writing() as ctx:
        for number in range(MANY):
            qualification_requests.insert(
                ctx.db,
                id=f"REQUEST{number}",
                account=FIRST_ACCOUNT,
                qualification_type_id=identity,
                worker_id=f"A1EXAMPLE{number}",
                status="Pending",
                submit_time=ctx.now,
            )
    return identity


def unwritten(marketplace: Marketplace) -> int:
    """Rows that still say that a request is pending; due events are not processed."""
    with marketplace.snapshot() as ctx:
        row = ctx.db.execute("SELECT count(*) FROM qualification_requests WHERE status = 'Pending'").fetchone()
    return int(row[0])


def test_a_deletion_and_each_transaction_after_it_change_few_rows(direct: InProcessClient, type_id: str) -> None:
    marketplace = direct.marketplace
    assert direct.call("DeleteQualificationType", QualificationTypeId=type_id)[0] == 200
    left = [MANY + 1, unwritten(marketplace)]
    while left[-1] and len(left) < MANY:
        with marketplace.upkeep() as ctx:
            due_events.run(ctx)
        left.append(unwritten(marketplace))
    assert left[-1] == 0
    assert max(before - after for before, after in pairwise(left)) <= 100
    with marketplace.snapshot() as ctx:
        assert not due_events.is_due(ctx)


@pytest.mark.parametrize(("operation", "members"), [("GetAccountBalance", {}), ("CreateQualificationType", NEW)])
def test_no_call_waits_until_all_are_rejected(
    direct: InProcessClient, type_id: str, operation: str, members: dict[str, str]
) -> None:
    """Each does a piece before it, and one that writes another, as more may have become due meanwhile."""
    assert direct.call("DeleteQualificationType", QualificationTypeId=type_id)[0] == 200
    left = [unwritten(direct.marketplace)]
    while left[-1] and len(left) < MANY:
        named = {"Name": f"Type {len(left)}"} if members else {}
        assert direct.call(operation, **members, **named)[0] == 200
        left.append(unwritten(direct.marketplace))
    assert left[-1] == 0
    assert max(before - after for before, after in pairwise(left)) <= 200


def test_what_else_is_due_does_not_wait_for_them(direct: InProcessClient, type_id: str) -> None:
    marketplace = direct.marketplace
    members = {**HIT_TYPE, "LifetimeInSeconds": 60, "Question": QUESTION}
    hits = [direct.call("CreateHIT", **members, UniqueRequestToken=str(number))[1] for number in range(30)]
    assert direct.call("DeleteQualificationType", QualificationTypeId=type_id)[0] == 200
    marketplace.advance(61)
    assert direct.call("GetHIT", HITId=hits[-1]["HIT"]["HITId"])[1]["HIT"]["HITStatus"] == "Reviewable"
    with marketplace.snapshot() as ctx:
        assert due_events.numbers(ctx) == {
            "abandon": 0,
            "approve": 0,
            "expire": 0,
            "remove": 0,
            "reject": 1,
            "deliver": 0,
        }
    assert unwritten(marketplace) > 0


def test_none_is_pending_for_whoever_reads_before_the_last_is_rejected(direct: InProcessClient, type_id: str) -> None:
    marketplace = direct.marketplace
    other = create(direct, "Other")
    marketplace.request_qualification(WORKER, other)
    assert direct.call("DeleteQualificationType", QualificationTypeId=type_id)[0] == 200
    with marketplace.snapshot() as ctx:
        assert unwritten(marketplace) > MANY / 2
        last = qualification_requests.find(ctx.db, f"REQUEST{MANY - 1}")
        assert last is not None
        assert (last["status"], last["is_pending"]) == ("Pending", 0)
        listed = [row["qualification_type_id"] for row in qualification_requests.pending(ctx.db, FIRST_ACCOUNT, 0)]
        assert listed == [other]
        assert list(qualification_requests.pending_of_type(ctx.db, type_id, 0)) == []
        assert list(qualification_requests.types_pending(ctx.db, f"A1EXAMPLE{MANY - 1}", "")) == []
        assert not qualification_requests.is_pending(ctx.db, type_id, f"A1EXAMPLE{MANY - 1}")
        assert qualification_requests.number_pending(ctx.db) == 1
    for operation, members in (("Accept", {"IntegerValue": 1}), ("Reject", {})):
        name = f"{operation}QualificationRequest"
        status, error = direct.call(name, QualificationRequestId=f"REQUEST{MANY - 1}", **members)
        assert status == 400
        assert error["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidQualificationRequestState"
