"""Several requesters in one marketplace: qualification types, HIT types, layouts, requests and notifications.

A table has each operation of the API that touches them. It is called by one account with the ids of another: nothing of
the other's is read and nothing changes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pytest
from botocore.model import ListShape, Shape, StructureShape

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import layouts
from tests.support.marketplace.api_calls import (
    ADULT,
    ANSWER_KEY,
    HIT_TYPE,
    QUESTION,
    TEST,
    InProcessClient,
    do,
    take,
)
from tests.support.marketplace.api_shapes import OPERATIONS, operation
from tests.support.marketplace.dump import dump
from tests.support.marketplace.engine import copied, kept_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pulumi_mturk.marketplace import Response

OWNER, OTHER = 1, 2
MARK: Final = "SECRET"
"""Stands in whatever no other account may read."""
WORKER: Final = f"A1EXAMPLE{MARK}"
SECRET_TEST: Final = TEST.replace("2 + 2?", MARK)
SECRET_KEY: Final = ANSWER_KEY.replace("<SelectionIdentifier>a<", f"<SelectionIdentifier>{MARK}<")
QUALIFICATION: Final = {"Name": "Transcription", "Description": "Words.", "QualificationTypeStatus": "Active"}
NAMES: Final = {OWNER: "Translation", OTHER: "Transcription"}
"""A name that the account has not used for a type; the other one has."""
NOTIFICATION: Final = {
    "Destination": f"https://example.com/{MARK}",
    "Transport": "SQS",
    "Version": "2006-05-05",
    "EventTypes": ["HITCreated"],
}
LIFE: Final[dict[str, Any]] = {"LifetimeInSeconds": 3600}


@dataclass(frozen=True)
class Place:
    """Ids of what the owner has, and of a HIT and a HIT type that the caller has, whoever that is."""

    qualification_type: str
    request: str
    hit_type: str
    layout: str
    hits: dict[int, str]
    hit_types: dict[int, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """The owner's."""
        return self.qualification_type, self.request, self.hit_type, self.layout


Members = dict[str, Any]
Outcome = Literal["unknown", "denied", "allowed"]


@dataclass(frozen=True)
class Case:
    """A call with an owner's ids: for others it is as with an unknown id, or with a system type's, or it is done."""

    operation: str
    outcome: Outcome
    members: Callable[[Place, int], Members]

    def __str__(self) -> str:
        return f"{self.operation}-{self.outcome}"


def of_type(**more: Any) -> Callable[[Place, int], Members]:
    return lambda place, _: {"QualificationTypeId": place.qualification_type, **more}


def requiring(place: Place) -> Members:
    rule = {"QualificationTypeId": place.qualification_type, "Comparator": "Exists"}
    return {**HIT_TYPE, "Reward": "0.25", "QualificationRequirements": [rule]}


CASES: Final = [
    Case("UpdateQualificationType", "denied", of_type(Description="Other words.")),
    Case("DeleteQualificationType", "denied", of_type()),
    Case("AssociateQualificationWithWorker", "denied", of_type(WorkerId="A2EXAMPLE", IntegerValue=3)),
    Case("DisassociateQualificationFromWorker", "denied", of_type(WorkerId=WORKER, Reason="No.")),
    Case("GetQualificationScore", "denied", of_type(WorkerId=WORKER)),
    Case("ListWorkersWithQualificationType", "denied", of_type()),
    Case("ListQualificationRequests", "denied", of_type()),
    Case("ListQualificationRequests", "allowed", lambda _place, _: {}),
    Case("AcceptQualificationRequest", "unknown", lambda place, _: {"QualificationRequestId": place.request}),
    Case("RejectQualificationRequest", "unknown", lambda place, _: {"QualificationRequestId": place.request}),
    Case("GetQualificationType", "allowed", of_type()),
    Case("ListQualificationTypes", "allowed", lambda _place, _: {"MustBeRequestable": False}),
    Case(
        "ListQualificationTypes",
        "allowed",
        lambda _place, _: {"MustBeRequestable": True, "MustBeOwnedByCaller": True, "Query": "TRANSCR"},
    ),
    Case("CreateQualificationType", "allowed", lambda _place, who: {**QUALIFICATION, "Name": NAMES[who]}),
    Case("CreateHITType", "allowed", lambda place, _: requiring(place)),
    Case("CreateHIT", "allowed", lambda place, _: {**requiring(place), **LIFE, "Question": QUESTION}),
    Case("CreateHIT", "unknown", lambda place, _: {**HIT_TYPE, **LIFE, "HITLayoutId": place.layout}),
    Case(
        "CreateHITWithHITType",
        "unknown",
        lambda place, _: {"HITTypeId": place.hit_type, **LIFE, "Question": QUESTION},
    ),
    Case(
        "CreateHITWithHITType",
        "unknown",
        lambda place, who: {"HITTypeId": place.hit_types[who], **LIFE, "HITLayoutId": place.layout},
    ),
    Case("UpdateHITTypeOfHIT", "unknown", lambda place, who: {"HITId": place.hits[who], "HITTypeId": place.hit_type}),
    Case("ListHITsForQualificationType", "allowed", of_type()),
    Case("ListReviewableHITs", "unknown", lambda place, _: {"HITTypeId": place.hit_type}),
    Case("UpdateNotificationSettings", "unknown", lambda place, _: {"HITTypeId": place.hit_type, "Active": False}),
    Case(
        "UpdateNotificationSettings",
        "unknown",
        lambda place, _: {
            "HITTypeId": place.hit_type,
            "Notification": {**NOTIFICATION, "Destination": "https://x.com"},
        },
    ),
    Case(
        "SendTestEventNotification",
        "allowed",
        lambda _place, _: {"Notification": NOTIFICATION, "TestEventType": "Ping"},
    ),
    Case(
        "NotifyWorkers", "allowed", lambda _place, _: {"Subject": "s", "MessageText": "t", "WorkerIds": ["A2EXAMPLE"]}
    ),
]
IDS: Final = {"QualificationTypeId", "QualificationRequestId", "HITTypeId", "HITLayoutId"}
"""What points at something that this module is about."""
OTHER_IDS: Final = {"HITId", "AssignmentId", "WorkerId", "WorkerIds", "QuestionIdentifier"}
UNKNOWN: Final = "LOCALUNKNOWN"
NAMED: Final = re.compile("Qualification|Notif|HITType")


@pytest.fixture(scope="module")
def owned(engine: None) -> Iterator[tuple[str | Path, Place]]:
    """A database with one account's things, each with its mark, and another's HIT."""
    with kept_place() as kept:
        with Marketplace.open(kept) as marketplace:
            place = furnish(marketplace)
        yield kept, place


def furnish(marketplace: Marketplace) -> Place:
    hits, hit_types = {}, {}

    def call(name: str, account: int = OWNER, /, **members: Any) -> dict[str, Any]:
        status, answer = InProcessClient(marketplace, account).call(name, **members)
        assert status == 200, answer
        return answer

    tested = {"Test": SECRET_TEST, "TestDurationInSeconds": 600, "AnswerKey": SECRET_KEY, "RetryDelayInSeconds": 60}
    identity = call("CreateQualificationType", **QUALIFICATION, **tested)["QualificationType"]["QualificationTypeId"]
    place_rule = {"QualificationTypeId": identity, "Comparator": "DoesNotExist"}
    request = marketplace.request_qualification(f"A2EXAMPLE{MARK}", identity)
    assert request is not None
    for account in (OWNER, OTHER):
        words = {"RequesterAnnotation": MARK, "MaxAssignments": 2, **LIFE}
        made = call("CreateHIT", account, **HIT_TYPE, **words, Question=QUESTION)["HIT"]
        hits[account], hit_types[account] = made["HITId"], made["HITTypeId"]
    ruled = {**HIT_TYPE, "Title": MARK, "QualificationRequirements": [place_rule]}
    hit_type = call("CreateHITType", **ruled)["HITTypeId"]
    call("UpdateNotificationSettings", HITTypeId=hit_type, Notification=NOTIFICATION)
    made = call("CreateHITWithHITType", HITTypeId=hit_type, Question=QUESTION, RequesterAnnotation=MARK, **LIFE)
    done = do(marketplace, made["HIT"]["HITId"], WORKER)
    call("ApproveAssignment", AssignmentId=done)
    call("AssociateQualificationWithWorker", QualificationTypeId=identity, WorkerId=WORKER, IntegerValue=5)
    with marketplace.writing(account=OWNER) as ctx:
        layout = layouts.add_layout(ctx, f"<p>{MARK}</p>")
    return Place(identity, request, hit_type, layout, hits, hit_types)


@pytest.fixture
def of_others(owned: tuple[str | Path, Place]) -> Iterator[tuple[Marketplace, Place]]:
    kept, place = owned
    with copied(kept) as copy, Marketplace.open(copy, create=False) as marketplace:
        yield marketplace, place


def members_in(shape: Shape | None) -> Iterator[str]:
    """The names of all members of a request, at any depth."""
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            yield name
            yield from members_in(member)
    elif isinstance(shape, ListShape):
        yield from members_in(shape.member)


def test_the_table_has_every_operation() -> None:
    found = {name for name in OPERATIONS if NAMED.search(name) or IDS & set(members_in(operation(name).input_shape))}
    assert {case.operation for case in CASES} == found


def test_the_table_knows_all_that_points_at_something() -> None:
    pointing = {
        member
        for name in OPERATIONS
        for member in members_in(operation(name).input_shape)
        if re.search("Ids?$|Identifier$", member)
    }
    assert pointing <= IDS | OTHER_IDS


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_of_another_account_is_read_or_changed(of_others: tuple[Marketplace, Place], case: Case) -> None:
    marketplace, place = of_others
    other = InProcessClient(marketplace, OTHER)
    members = case.members(place, OTHER)
    before = dump(marketplace)
    response = other.send(case.operation, json.dumps(members).encode())
    after = dump(marketplace)
    assert MARK not in response.body.decode()
    if case.outcome == "allowed":
        assert response.status == 200, response.body
        assert all(rows <= after[name] for name, rows in before.items())
    else:
        assert before == after
        assert comparable(place, response) == comparable(place, other.send(case.operation, unknown(place, case)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_same_call_by_the_owner_is_done(of_others: tuple[Marketplace, Place], case: Case) -> None:
    marketplace, place = of_others
    response = InProcessClient(marketplace, OWNER).send(case.operation, json.dumps(case.members(place, OWNER)).encode())
    assert response.status == 200, response.body
    if case.operation.startswith(("Get", "List")):
        assert MARK in response.body.decode()


def unknown(place: Place, case: Case) -> bytes:
    """The call with an id that nothing has in the place of the owner's, or with that of a system type."""
    text = json.dumps(case.members(place, OTHER))
    for identity in place.ids:
        text = text.replace(identity, ADULT if case.outcome == "denied" else UNKNOWN)
    return text.encode()


def comparable(place: Place, response: Response) -> tuple[int, str]:
    """An answer without times and ids."""
    text = re.sub(r" \([0-9]{13}\)", "", response.body.decode())
    for identity in (*place.ids, UNKNOWN):
        text = text.replace(identity, "ID")
    return response.status, text


def test_others_read_a_type_but_for_its_test_and_key(of_others: tuple[Marketplace, Place]) -> None:
    marketplace, place = of_others
    members = {"QualificationTypeId": place.qualification_type}
    own, others = (
        InProcessClient(marketplace, account).call("GetQualificationType", **members)[1]["QualificationType"]
        for account in (OWNER, OTHER)
    )
    assert own.keys() - others.keys() == {"Test", "AnswerKey"}
    assert others.items() <= own.items()


def test_only_own_types_are_listed_where_that_is_asked_for(marketplace: Marketplace) -> None:
    clients = [InProcessClient(marketplace, account) for account in (OWNER, OTHER)]
    made = [[client.new_type(f"Type {number}") for client in clients] for number in range(3)]
    for index, client in enumerate(clients):
        assert pages(client, MustBeRequestable=True, MustBeOwnedByCaller=True) == [each[index] for each in made]
        assert pages(client, MustBeRequestable=True) == [identity for each in made for identity in each]


def test_a_token_of_another_account_leads_to_own_types(marketplace: Marketplace) -> None:
    first, second = (InProcessClient(marketplace, account) for account in (OWNER, OTHER))
    made = [(first.new_type(f"Type {number}"), second.new_type(f"Type {number}")) for number in range(3)]
    asked = {"MustBeRequestable": True, "MustBeOwnedByCaller": True}
    token = first.call("ListQualificationTypes", **asked, MaxResults=2)[1]["NextToken"]
    assert pages(second, **asked, NextToken=token) == [identity for _, identity in made[1:]]


def pages(client: InProcessClient, **members: Any) -> list[str]:
    found = []
    while True:
        answer = client.call("ListQualificationTypes", MaxResults=2, **members)[1]
        found += [item["QualificationTypeId"] for item in answer["QualificationTypes"]]
        if "NextToken" not in answer:
            return found
        members["NextToken"] = answer["NextToken"]


def test_each_account_has_its_names_and_hit_types(marketplace: Marketplace) -> None:
    first, second = (InProcessClient(marketplace, account) for account in (OWNER, OTHER))
    for client in (first, second):
        client.new_type("One name")
        status, answer = client.call("CreateQualificationType", **{**QUALIFICATION, "Name": "One name"})
        assert (status, answer["TurkErrorCode"]) == (400, "AWS.MechanicalTurk.QualificationTypeAlreadyExists")
    ids = [client.call("CreateHITType", **HIT_TYPE)[1]["HITTypeId"] for client in (first, second, first, second)]
    assert ids[:2] == ids[2:]
    assert len(set(ids)) == 2


def test_a_type_that_another_account_requires_is_disposing_while_its_hits_live(
    of_others: tuple[Marketplace, Place],
) -> None:
    marketplace, place = of_others
    owner, other = (InProcessClient(marketplace, account) for account in (OWNER, OTHER))
    members = {"QualificationTypeId": place.qualification_type}
    hit = other.call("CreateHIT", **requiring(place), **LIFE, Question=QUESTION)[1]["HIT"]
    for reviewable in owner.call("ListReviewableHITs")[1]["HITs"]:
        assert owner.call("DeleteHIT", HITId=reviewable["HITId"])[0] == 200
    assert owner.call("DeleteQualificationType", **members)[0] == 200
    assert other.call("GetQualificationType", **members)[1]["QualificationType"]["QualificationTypeStatus"] == (
        "Disposing"
    )
    status, answer = other.call("CreateHITWithHITType", HITTypeId=hit["HITTypeId"], **LIFE, Question=QUESTION)
    assert (status, answer["TurkErrorCode"]) == (400, "AWS.MechanicalTurk.HITTypeDoesNotExist")
    assert other.call("UpdateExpirationForHIT", HITId=hit["HITId"], ExpireAt=0)[0] == 200
    assert other.call("DeleteHIT", HITId=hit["HITId"])[0] == 200
    assert other.call("GetQualificationType", **members)[0] == 400


def test_a_request_waits_for_the_owner_of_the_type(marketplace: Marketplace) -> None:
    first, second = (InProcessClient(marketplace, account) for account in (OWNER, OTHER))
    ids = [client.new_type() for client in (first, second)]
    requests = [marketplace.request_qualification("A1EXAMPLE", identity) for identity in ids]
    for client, identity, request in zip((first, second), ids, requests, strict=True):
        (found,) = client.call("ListQualificationRequests")[1]["QualificationRequests"]
        assert (found["QualificationTypeId"], found["QualificationRequestId"]) == (identity, request)
        assert client.call("AcceptQualificationRequest", QualificationRequestId=request)[0] == 200
        assert client.call("ListQualificationRequests")[1]["QualificationRequests"] == []


def test_workers_are_notified_by_those_for_whom_they_have_worked(of_others: tuple[Marketplace, Place]) -> None:
    marketplace, _ = of_others
    message = {"Subject": "s", "MessageText": "t", "WorkerIds": [WORKER]}
    for account in (OTHER, OWNER):
        failures = InProcessClient(marketplace, account).call("NotifyWorkers", **message)[1]
        assert len(failures["NotifyWorkersFailureStatuses"]) == (account == OTHER)


def test_notifications_and_events_know_their_account(marketplace: Marketplace) -> None:
    for account in (OWNER, OTHER):
        client = InProcessClient(marketplace, account)
        identity = client.new_type()
        client.call("AssociateQualificationWithWorker", QualificationTypeId=identity, WorkerId=f"A{account}EXAMPLE")
        client.call("SendTestEventNotification", Notification=NOTIFICATION, TestEventType="Ping")
        settings = {"HITTypeId": client.call("CreateHITType", **HIT_TYPE)[1]["HITTypeId"], "Notification": NOTIFICATION}
        assert client.call("UpdateNotificationSettings", **settings)[0] == 200
        assert client.call("CreateHIT", **HIT_TYPE, **LIFE, Question=QUESTION)[0] == 200
    with marketplace.reading() as ctx:
        sent = ctx.db.execute("SELECT account, worker_id FROM notifications ORDER BY sequence").fetchall()
        events = ctx.db.execute("SELECT account, event_type, message FROM events ORDER BY sequence").fetchall()
    assert [tuple(row) for row in sent] == [(OWNER, "A1EXAMPLE"), (OTHER, "A2EXAMPLE")]
    assert [tuple(row)[:2] for row in events] == [
        (account, kind) for account in (OWNER, OTHER) for kind in ("Ping", "HITCreated")
    ]
    customers = [json.loads(row["message"])["CustomerId"] for row in events]
    assert customers[0] == customers[1] != customers[2] == customers[3]
    assert all(re.fullmatch("A[A-Z0-9]+", customer) for customer in customers)
    assert len(marketplace.notifications()) == 2
    assert len(marketplace.events()) == 4


def test_what_workers_and_time_bring_about_are_events_of_the_hits_account(marketplace: Marketplace) -> None:
    client = InProcessClient(marketplace, OTHER)
    identity = client.new_type()
    kinds = operation("SendTestEventNotification").input_shape.members["TestEventType"].enum  # type: ignore[union-attr]
    asked = {**NOTIFICATION, "EventTypes": [kind for kind in kinds if kind != "Ping"]}
    hit_type = client.call("CreateHITType", **HIT_TYPE)[1]["HITTypeId"]
    assert client.call("UpdateNotificationSettings", HITTypeId=hit_type, Notification=asked)[0] == 200
    hits = [client.call("CreateHIT", **HIT_TYPE, **LIFE, Question=QUESTION)[1]["HIT"]["HITId"] for _ in range(2)]
    do(marketplace, hits[0], "A1EXAMPLE")
    take(marketplace, hits[1], "A1EXAMPLE")
    assert marketplace.request_qualification("A1EXAMPLE", identity) is not None
    marketplace.advance(3601)
    with marketplace.reading() as ctx:
        events = ctx.db.execute("SELECT account, event_type FROM events").fetchall()
    assert {row["account"] for row in events} == {OTHER}
    assert {row["event_type"] for row in events} >= {"AssignmentSubmitted", "AssignmentAbandoned", "HITExpired"}
