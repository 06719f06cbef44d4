"""Several requesters in one marketplace: what is one account's does not exist for another, where work is concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from pulumi_mturk.marketplace.domain import worker_assignments
from tests.support.marketplace.api_calls import HIT_TYPE, PAST, QUESTION, InProcessClient, do, take
from tests.support.marketplace.api_shapes import OPERATIONS
from tests.support.marketplace.contents import contents
from tests.support.marketplace.kept_numbers import check_kept_numbers
from tests.support.marketplace.populated import DOZEN, LIFE, WORKERS, Population, populate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace import Marketplace

FIRST: Final = 1
OTHER_ACCOUNT: Final = 2
NOBODYS: Final = "LOCALNOBODYSNOBODYSNOBODYS0000"
_ASSIGNMENT: Final[dict[str, Any]] = {"AssignmentId": None}
_HIT: Final[dict[str, Any]] = {"HITId": None}
REFUSED: Final[dict[str, list[dict[str, Any]]]] = {
    "GetHIT": [_HIT],
    "UpdateExpirationForHIT": [{**_HIT, "ExpireAt": PAST}, {**_HIT, "ExpireAt": 4_000_000_000}],
    "CreateAdditionalAssignmentsForHIT": [{**_HIT, "NumberOfAdditionalAssignments": 1}],
    "UpdateHITReviewStatus": [_HIT, {**_HIT, "Revert": True}],
    "DeleteHIT": [_HIT],
    "ListAssignmentsForHIT": [_HIT],
    "ListReviewPolicyResultsForHIT": [_HIT],
    "ListBonusPayments": [_HIT, _ASSIGNMENT],
    "GetAssignment": [_ASSIGNMENT],
    "GetFileUploadURL": [{**_ASSIGNMENT, "QuestionIdentifier": "q1"}],
    "ApproveAssignment": [_ASSIGNMENT, {**_ASSIGNMENT, "OverrideRejection": True}],
    "RejectAssignment": [{**_ASSIGNMENT, "RequesterFeedback": "No."}],
    "SendBonus": [{**_ASSIGNMENT, "WorkerId": WORKERS[0], "BonusAmount": "1", "Reason": "r"}],
    "UpdateHITTypeOfHIT": [{**_HIT, "HITTypeId": NOBODYS}],
}
"""What is refused as for an id that nobody has; the member that is None names the other's HIT, or assignment."""
ALONE: Final[dict[str, dict[str, Any]]] = {
    "ListHITs": {},
    "ListReviewableHITs": {},
    "ListWorkerBlocks": {},
    "GetAccountBalance": {},
    "NotifyWorkers": {"Subject": "s", "MessageText": "t", "WorkerIds": WORKERS},
    "DeleteWorkerBlock": {"WorkerId": WORKERS[0].replace("EXAMPLE", "BLOCKED")},
}
"""What is answered as in a marketplace without the other."""
MAKES: Final = {"CreateHIT", "CreateWorkerBlock"}
"""What makes something of one's own, with tests below."""
OF_TYPES: Final = {
    name for name in OPERATIONS if "Qualification" in name or name in ("CreateHITType", "CreateHITWithHITType")
} | {"UpdateNotificationSettings", "SendTestEventNotification"}
"""What is about types, which have tests of their own."""


def dump(marketplace: Marketplace) -> dict[str, list[tuple[Any, ...]]]:
    """All that the database holds."""
    with marketplace.reading() as ctx:
        return contents(ctx.db)


def test_every_operation_is_looked_at() -> None:
    assert sorted([*REFUSED, *ALONE, *MAKES, *OF_TYPES]) == OPERATIONS


@pytest.fixture
def world(marketplace: Marketplace) -> Iterator[Population]:
    """What the first account has, also a HIT that it deleted, and an assignment of each status."""
    marketplace.set_switches(funds="prepaid", account_balance="10000.00")
    made = populate(marketplace)
    gone = made.publish()
    made.call("UpdateExpirationForHIT", HITId=gone, ExpireAt=PAST)
    made.call("DeleteHIT", HITId=gone)
    open_hit = made.publish(MaxAssignments=9)
    made.assignments += [take(marketplace, open_hit, worker) for worker in WORKERS[:2]]
    with marketplace.writing() as ctx:
        worker_assignments.return_assignment(ctx, WORKERS[0], made.assignments[-2])
    yield made
    with marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)


@pytest.mark.parametrize("operation", REFUSED)
def test_what_is_anothers_is_refused_as_what_nobody_has(world: Population, operation: str) -> None:
    other = InProcessClient(world.marketplace, OTHER_ACCOUNT)
    before = dump(world.marketplace)
    for members in REFUSED[operation]:
        (member,) = (name for name, value in members.items() if value is None)
        status, unknown = other.call(operation, **{**members, member: NOBODYS})
        assert (status, "DoesNotExist" in unknown["TurkErrorCode"]) == (400, True)
        for identity in world.hits if member == "HITId" else world.assignments:
            response = other.call(operation, **{**members, member: identity})
            assert _without(response, identity) == _without((status, unknown), NOBODYS)
    assert dump(world.marketplace) == before


def _without(response: tuple[int, dict[str, Any]], identity: str) -> tuple[int, dict[str, Any]]:
    status, answer = response
    text = answer["Message"].replace(identity, "ID").rpartition(" (")[0]  # without the time
    return status, {**answer, "Message": text}


@pytest.mark.parametrize("operation", ALONE)
def test_what_has_no_id_is_answered_as_without_the_other(
    world: Population, operation: str, marketplace_of_nobody: Marketplace
) -> None:
    before = dump(world.marketplace)
    members = ALONE[operation]
    answers = [
        InProcessClient(place, OTHER_ACCOUNT).call(operation, **members)
        for place in (world.marketplace, marketplace_of_nobody)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert dump(world.marketplace) == before


@pytest.fixture
def marketplace_of_nobody(world: Population) -> Iterator[Marketplace]:
    """One with the same switches and workers, and nothing in it."""
    with type(world.marketplace).in_memory("nobody") as opened:
        opened.set_switches(funds="prepaid", account_balance="10000.00")
        opened.register_worker(*WORKERS)
        yield opened


def test_lists_of_what_is_anothers_are_empty(world: Population) -> None:
    other = InProcessClient(world.marketplace, OTHER_ACCOUNT)
    for hit_type_id in set(world.hit_types):
        for status in ("Reviewable", "Reviewing"):
            answer = other.call("ListReviewableHITs", HITTypeId=hit_type_id, Status=status)
            assert answer == (200, {"NumResults": 0, "HITs": []})
    answer = other.call("ListHITsForQualificationType", QualificationTypeId=world.types[0])
    assert answer == (200, {"NumResults": 0, "HITs": []})


def test_a_call_is_recorded_with_its_account(marketplace: Marketplace) -> None:
    marketplace.set_switches(record_calls="on")
    for account in (OTHER_ACCOUNT, FIRST):
        InProcessClient(marketplace, account).call("ListHITs")
        InProcessClient(marketplace, account).call("ListThings")
    assert [(call.operation, call.account) for call in marketplace.calls()] == [
        ("ListHITs", OTHER_ACCOUNT),
        ("", OTHER_ACCOUNT),
        ("ListHITs", FIRST),
        ("", FIRST),
    ]


def test_each_account_has_its_own_tokens_hit_types_and_money(world: Population) -> None:
    other = InProcessClient(world.marketplace, OTHER_ACCOUNT)
    published = {**HIT_TYPE, **LIFE, "UniqueRequestToken": "t"}
    made = [client.call("CreateHIT", **published) for client in (world.direct, other)]
    assert [status for status, _ in made] == [200, 200]
    hits = [answer["HIT"] for _, answer in made]
    assert hits[0]["HITTypeId"] != hits[1]["HITTypeId"]
    again = [client.call("CreateHIT", **published)[1]["Message"] for client in (world.direct, other)]
    assert [hit["HITId"] in message for hit, message in zip(hits, again, strict=True)] == [True, True]
    assert other.call("ListHITs")[1]["NumResults"] == 1
    assert other.call("GetAccountBalance")[1] == {"AvailableBalance": "9999.88", "OnHoldBalance": "0.12"}


def test_an_account_can_spend_what_it_has_whatever_another_spent(marketplace: Marketplace) -> None:
    marketplace.set_switches(funds="prepaid", account_balance="1.20")
    clients = [InProcessClient(marketplace, account) for account in (FIRST, OTHER_ACCOUNT)]
    whole = {**HIT_TYPE, **LIFE, "MaxAssignments": 9, "Reward": "0.10"}
    hits = [client.call("CreateHIT", **whole)[1]["HIT"]["HITId"] for client in clients]
    assignment_id = do(marketplace, hits[0], WORKERS[0])
    assert clients[0].call("ApproveAssignment", AssignmentId=assignment_id)[0] == 200
    balances = [client.call("GetAccountBalance")[1] for client in clients]
    assert balances == [
        {"AvailableBalance": "0.12", "OnHoldBalance": "0.96"},
        {"AvailableBalance": "0.12", "OnHoldBalance": "1.08"},
    ]


def test_whom_one_account_blocks_works_for_another(world: Population) -> None:
    other = InProcessClient(world.marketplace, OTHER_ACCOUNT)
    worker_id = WORKERS[2]
    world.call("CreateWorkerBlock", WorkerId=worker_id, Reason="Ours.")
    mine = world.publish()
    theirs = other.call("CreateHIT", **HIT_TYPE, **LIFE)[1]["HIT"]["HITId"]
    with pytest.raises(Exception, match="The requester of this HIT has blocked you"):
        take(world.marketplace, mine, worker_id)
    assert take(world.marketplace, theirs, worker_id)
    assert other.call("CreateWorkerBlock", WorkerId=worker_id, Reason="Theirs.")[0] == 200
    assert other.call("ListWorkerBlocks")[1]["WorkerBlocks"] == [{"WorkerId": worker_id, "Reason": "Theirs."}]
    assert world.call("ListWorkerBlocks", MaxResults=100)["NumResults"] == DOZEN + 1
    assert other.call("DeleteWorkerBlock", WorkerId=worker_id)[0] == 200
    assert world.call("ListWorkerBlocks", MaxResults=100)["NumResults"] == DOZEN + 1


def test_workers_of_one_account_are_strangers_to_another(world: Population) -> None:
    other = InProcessClient(world.marketplace, OTHER_ACCOUNT)
    note = {"Subject": "s", "MessageText": "t", "WorkerIds": [WORKERS[0], WORKERS[5]]}
    hit_id = other.call("CreateHIT", **{**HIT_TYPE, **LIFE, "Question": QUESTION})[1]["HIT"]["HITId"]
    assignment_id = do(world.marketplace, hit_id, WORKERS[5])

    def failed(client: InProcessClient) -> list[str]:
        answer = client.call("NotifyWorkers", **note)[1]
        return [each["WorkerId"] for each in answer["NotifyWorkersFailureStatuses"]]

    assert failed(other) == [WORKERS[0], WORKERS[5]]
    assert other.call("RejectAssignment", AssignmentId=assignment_id, RequesterFeedback="No.")[0] == 200
    assert failed(other) == [WORKERS[0]]
    assert failed(world.direct) == [WORKERS[5]]
