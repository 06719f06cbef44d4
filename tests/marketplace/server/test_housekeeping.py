"""What is old is deleted piece by piece; what is not stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace.domain import audit, retention
from pulumi_mturk.marketplace.server.housekeeping import delete_old
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, WORKER, InProcessClient

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

DAY = 86_400
SETTINGS = {
    "Destination": "https://sqs.us-east-1.amazonaws.com/123456789012/queue",
    "Transport": "SQS",
    "Version": "2014-08-15",
    "EventTypes": ["Ping"],
}


def make_one_of_each(marketplace: Marketplace, number: int) -> None:
    """A token, a message, an event, a call in the journal, and something in the audit log."""
    with marketplace.writing() as ctx:
        audit.by_operator(ctx, "statement set")
    direct = InProcessClient(marketplace)
    asked = {**HIT_TYPE, "Question": QUESTION, "LifetimeInSeconds": 3600, "UniqueRequestToken": f"t{number}"}
    assert direct.call("CreateHIT", **asked)[0] == 200
    granted = {"QualificationTypeId": direct.new_type(f"Type {number}"), "WorkerId": WORKER, "SendNotification": True}
    assert direct.call("AssociateQualificationWithWorker", **granted)[0] == 200
    assert direct.call("SendTestEventNotification", Notification=SETTINGS, TestEventType="Ping")[0] == 200


def kept(marketplace: Marketplace) -> dict[str, int]:
    with marketplace.snapshot() as ctx:
        return {kind: ctx.db.execute(f"SELECT count(*) FROM {kind}").fetchone()[0] for kind in retention.KINDS}  # noqa: S608


@pytest.fixture
def old_and_new(marketplace: Marketplace) -> Marketplace:
    marketplace.set_switches(record_calls="on")
    marketplace.register_worker(WORKER)
    make_one_of_each(marketplace, 1)
    marketplace.advance(2 * DAY)
    make_one_of_each(marketplace, 2)
    return marketplace


def test_each_kind_has_its_time(old_and_new: Marketplace) -> None:
    before = kept(old_and_new)
    assert min(before.values()) >= 2, before
    delete_old(old_and_new)
    assert kept(old_and_new) == before | {"used_tokens": 1}
    old_and_new.advance(29 * DAY)
    delete_old(old_and_new)
    halved = {kind: number // 2 for kind, number in before.items()}
    assert kept(old_and_new) == halved | {"used_tokens": 0, "audit": 2}
    old_and_new.advance(2 * DAY)
    delete_old(old_and_new)
    assert kept(old_and_new) == dict.fromkeys(before, 0) | {"audit": 2}
    old_and_new.advance(698 * DAY)
    delete_old(old_and_new)
    assert kept(old_and_new)["audit"] == 1


def test_it_goes_in_pieces(marketplace: Marketplace) -> None:
    with marketplace.writing() as ctx:
        ctx.db.executemany(
            "INSERT INTO calls (operation, status, time) VALUES ('GetHIT', 200, ?)",
            [(ctx.now - 31 * DAY,)] * 450,
        )
    with marketplace.upkeep() as ctx:
        assert retention.delete_piece(ctx, "calls") == 200
    assert delete_old(marketplace) == 250
