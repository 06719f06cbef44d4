"""Rejections as the host sees them, and reverses them at the requester's cost."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.cli import common, main
from pulumi_mturk.marketplace.domain import payouts, rejections, worker_statistics, workers
from pulumi_mturk.marketplace.errors import MarketplaceError
from tests.support.marketplace.api_calls import HIT_TYPE, OTHER, QUESTION, THIRD, WORKER, InProcessClient, do
from tests.support.marketplace.contents import contents
from tests.support.marketplace.kept_numbers import check_kept_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace import Marketplace

DAY = 86_400
REASON = "The answer is right."
TOLD = f"The host of this marketplace has reversed the rejection: {REASON}"
NO = "Not what I asked for."


class Command:
    """The command on a database."""

    def __init__(self, database: str | Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._database, self._capsys = str(database), capsys

    def run(self, *options: str) -> tuple[int, str, str]:
        status = main(["marketplace", "rejections", "--database", self._database, *options])
        return status, *self._capsys.readouterr()

    def listed(self, *options: str) -> list[dict[str, Any]]:
        status, out, error = self.run("--json", *options)
        assert (status, error) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    def ids(self, *options: str) -> list[str]:
        return [each["assignment_id"] for each in self.listed(*options)]


@pytest.fixture
def command(kept_in: str | Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(kept_in, capsys)


@pytest.fixture
def first(marketplace: Marketplace) -> InProcessClient:
    marketplace.set_switches(funds="prepaid", account_balance="10.00")
    return InProcessClient(marketplace)


def publish(client: InProcessClient) -> str:
    status, made = client.call("CreateHIT", **HIT_TYPE, Question=QUESTION, LifetimeInSeconds=99 * DAY, MaxAssignments=3)
    assert status == 200
    return str(made["HIT"]["HITId"])


def rejected(client: InProcessClient, hit_id: str, worker_id: str = WORKER) -> str:
    assignment_id = do(client.marketplace, hit_id, worker_id)
    assert client.call("RejectAssignment", AssignmentId=assignment_id, RequesterFeedback=NO)[0] == 200
    return assignment_id


def reverse(marketplace: Marketplace, assignment_id: str, reason: str = REASON) -> Decimal:
    with marketplace.writing() as ctx:
        return rejections.reverse(ctx, assignment_id, reason)


def dump(marketplace: Marketplace) -> str:
    with marketplace.reading() as ctx:
        return repr(contents(ctx.db))


def test_they_are_listed_by_account_and_time(
    marketplace: Marketplace, first: InProcessClient, command: Command
) -> None:
    marketplace.accounts.add("Lab")
    second = InProcessClient(marketplace, account=2)
    begun = marketplace.now()
    hit_id, others_hit_id = publish(first), publish(second)
    early = rejected(first, hit_id)
    approved = do(marketplace, hit_id, OTHER)
    assert first.call("ApproveAssignment", AssignmentId=approved)[0] == 200
    marketplace.advance(2 * DAY)
    late, others = rejected(first, hit_id, THIRD), rejected(second, others_hit_id)

    assert command.ids() == [early, late, others]
    assert command.ids("--account", "Lab") == [others]
    noon = common.utc(begun + DAY)
    assert command.ids("--until", noon) == [early]
    assert command.ids("--since", noon) == [late, others]
    found = command.listed()[0]
    name = marketplace.requester_name
    assert {key: found[key] for key in ("account", "hit_id", "title", "worker_id", "reward", "feedback")} == {
        "account": name,
        "hit_id": hit_id,
        "title": HIT_TYPE["Title"],
        "worker_id": WORKER,
        "reward": "0.10",
        "feedback": NO,
    }
    assert common.moment(found["reversible_until"]) - common.moment(found["rejected"]) == pytest.approx(30 * DAY, abs=5)
    status, out, error = command.run()
    assert (status, error) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["REJECTED", "REVERSIBLE", "UNTIL", "REWARD", "ASSIGNMENT", "WORKER", "ACCOUNT"]
    assert [line.split()[3] for line in lines[1:4]] == [early, late, others]
    assert lines[4:] == [f"{name}: 2 of 3 decisions are rejections.", "Lab: 1 of 1 decisions are rejections."]
    assert command.run("--account", "Lab")[1].splitlines()[-1] == "Lab: 1 of 1 decisions are rejections."


def test_a_reversal_is_an_approval_at_the_requesters_cost(
    marketplace: Marketplace, first: InProcessClient, command: Command
) -> None:
    hit_id = publish(first)
    destination = "https://sqs.us-east-1.amazonaws.com/123456789012/queue"
    notification = {"Destination": destination, "Transport": "SQS", "Version": "2014-08-15"}
    _, hit = first.call("GetHIT", HITId=hit_id)
    sent = {**notification, "EventTypes": ["AssignmentApproved"]}
    type_id = hit["HIT"]["HITTypeId"]
    assert first.call("UpdateNotificationSettings", HITTypeId=type_id, Notification=sent, Active=True)[0] == 200
    by_host, by_requester = rejected(first, hit_id), rejected(first, hit_id, OTHER)
    balance = Decimal(first.call("GetAccountBalance")[1]["AvailableBalance"])

    said = "Approved: the worker is owed $0.10. It can't be rejected again.\n"
    assert command.run("--reverse", by_host, "--reason", REASON) == (0, said, "")
    after_host = Decimal(first.call("GetAccountBalance")[1]["AvailableBalance"])
    assert first.call("ApproveAssignment", AssignmentId=by_requester, OverrideRejection=True)[0] == 200
    after_both = Decimal(first.call("GetAccountBalance")[1]["AvailableBalance"])
    assert balance - after_host == after_host - after_both == Decimal("0.12")

    read = first.call("GetAssignment", AssignmentId=by_host)[1]["Assignment"]
    assert (read["AssignmentStatus"], read["RequesterFeedback"]) == ("Approved", TOLD)
    assert [event.assignment_id for event in marketplace.events()] == [by_host, by_requester]
    (message,) = marketplace.notifications()
    assert (message.kind, message.worker_id, message.text) == ("Message", WORKER, TOLD)
    with marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)
        assert {each.worker_id: each.amount for each in payouts.owed(ctx)} == {
            WORKER: Decimal("0.10"),
            OTHER: Decimal("0.10"),
        }
        for worker_id in (WORKER, OTHER):
            assert worker_statistics.statistics_of(ctx, workers.find(ctx, worker_id)).percent_approved == 100
        (noted,) = ctx.db.execute("SELECT actor, subject FROM audit WHERE action = 'rejection reversed'").fetchall()
    assert tuple(noted) == ("operator", f"account:1 assignment:{by_host}")
    assert command.ids() == []


def test_what_can_not_be_reversed_changes_nothing(
    marketplace: Marketplace, first: InProcessClient, command: Command
) -> None:
    hit_id = publish(first)
    submitted, assignment_id = do(marketplace, hit_id, OTHER), rejected(first, hit_id)
    before = dump(marketplace)

    def refused(message: str, target: str = assignment_id, reason: str = REASON) -> None:
        kept = dump(marketplace)
        with pytest.raises(MarketplaceError, match=message):
            reverse(marketplace, target, reason)
        assert dump(marketplace) == kept

    for reason in ("", " ", "a\nb", "x" * 901):
        refused("A reason has 1 to 900 characters", reason=reason)
    refused("There is no assignment 'NOSUCH'", "NOSUCH")
    refused("not rejected: it is submitted", submitted)
    marketplace.set_switches(account_balance="0.11")
    refused("The balance of the account does not cover")
    marketplace.set_switches(account_balance="10.00")
    assert dump(marketplace) == before
    status, out, error = command.run("--reverse", "NOSUCH", "--reason", REASON)
    assert (status, out, error) == (2, "", "error: There is no assignment 'NOSUCH'.\n")
    reverse(marketplace, assignment_id, "x" * 900)
    assert len(first.call("GetAssignment", AssignmentId=assignment_id)[1]["Assignment"]["RequesterFeedback"]) <= 1024
    refused("not rejected: it is approved")


def test_after_thirty_days_or_with_a_deleted_hit_it_is_too_late(
    marketplace: Marketplace, first: InProcessClient, command: Command
) -> None:
    early, late, gone = (rejected(first, publish(first)) for _ in range(3))
    (of_gone,) = [each["hit_id"] for each in command.listed() if each["assignment_id"] == gone]
    assert first.call("UpdateExpirationForHIT", HITId=of_gone, ExpireAt=0)[0] == 200
    assert first.call("DeleteHIT", HITId=of_gone)[0] == 200
    with pytest.raises(MarketplaceError, match="It can't be reversed any more"):
        reverse(marketplace, gone)
    assert [each["reversible_until"] is None for each in command.listed()] == [False, False, True]
    assert "its HIT is deleted" in command.run()[1]
    marketplace.advance(30 * DAY - 60)
    assert reverse(marketplace, early) == Decimal("0.10")
    marketplace.advance(61)
    with pytest.raises(MarketplaceError, match="It can't be reversed any more"):
        reverse(marketplace, late)
    assert command.ids() == [late, gone]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--reverse", "LOCALEXAMPLE"], "error: --reverse and --reason go together.\n"),
        (["--reason", REASON], "error: --reverse and --reason go together.\n"),
        (["--reverse", "LOCALEXAMPLE", "--reason", REASON, "--json"], "it goes with --reason alone.\n"),
        (["--account", "Nobody"], "error: There is no account 'Nobody'.\n"),
    ],
)
def test_what_does_not_go_together_is_said(
    marketplace: Marketplace, command: Command, options: list[str], message: str
) -> None:
    status, out, error = command.run(*options)
    assert (status, out) == (2, "")
    assert error.endswith(message)
