from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import Marketplace, WorkerRefusedError, transactions
from pulumi_mturk.marketplace.domain import assignments, hit_lifecycle, hits, worker_assignments
from pulumi_mturk.marketplace.domain.worker_hits import NONE_LEFT
from pulumi_mturk.marketplace.errors import WireError
from pulumi_mturk.marketplace.storage import assignments as stored_assignments
from tests.support.marketplace.api_calls import (
    HIT_TYPE,
    OTHER,
    PAST,
    QUESTION,
    THIRD,
    WORKER,
    InProcessClient,
    do,
    hand_in,
    refusal,
    take,
)
from tests.support.marketplace.kept_numbers import check_kept_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

DAY = 86_400
TOPIC = "arn:aws:sns:us-east-1:123456789012:example"
EVENTS: Any = [
    "AssignmentAccepted", "AssignmentAbandoned", "AssignmentReturned", "AssignmentSubmitted", "AssignmentRejected",
    "AssignmentApproved", "HITCreated", "HITExpired", "HITReviewable", "HITExtended", "HITDisposed",
]  # fmt: skip

EXTENDING: Any = {
    "PolicyName": "SimplePlurality/2011-09-01",
    "Parameters": [
        {"Key": name, "Values": [value]}
        for name, value in (
            ("QuestionIds", "q1"),
            ("QuestionAgreementThreshold", "50"),
            ("ExtendIfHITAgreementScoreIsLessThan", "100"),
            ("ExtendMaximumAssignments", "4"),
            ("ExtendMinimumTimeInSeconds", "7200"),
        )
    ],
}


@pytest.fixture
def hit_type_id(mturk: MTurkClient) -> str:
    """Its events are told; its work has ten minutes' time and is approved after a day."""
    identity = mturk.create_hit_type(**HIT_TYPE, AutoApprovalDelayInSeconds=DAY)["HITTypeId"]
    notification: Any = {"Destination": TOPIC, "Transport": "SNS", "Version": "2014-08-15", "EventTypes": EVENTS}
    mturk.update_notification_settings(HITTypeId=identity, Notification=notification, Active=True)
    return identity


def publish(mturk: MTurkClient, hit_type_id: str, **members: Any) -> str:
    made = mturk.create_hit_with_hit_type(
        **{"HITTypeId": hit_type_id, "LifetimeInSeconds": 3600, "Question": QUESTION, **members}
    )
    return made["HIT"]["HITId"]


def told(marketplace: Marketplace, since: float) -> list[tuple[str, int]]:
    """The events, with the seconds since a moment to the next ten."""
    return [(event.event_type, round((event.time - since) / 10) * 10) for event in marketplace.events()]


def status(mturk: MTurkClient, hit_id: str) -> str:
    return mturk.get_hit(HITId=hit_id)["HIT"]["HITStatus"]


def test_all_happens_at_its_time_and_in_order_however_far_the_clock_is_turned(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    marketplace.set_switches(hit_removal_days=120)
    start = marketplace.now()
    hit_id = publish(mturk, hit_type_id, MaxAssignments=3)
    assignment_id = do(marketplace, hit_id, WORKER)
    take(marketplace, hit_id, OTHER)
    marketplace.advance(200 * DAY)
    assert told(marketplace, start) == [
        ("HITCreated", 0),
        ("AssignmentAccepted", 0),
        ("AssignmentSubmitted", 0),
        ("AssignmentAccepted", 0),
        ("AssignmentAbandoned", 600),
        ("HITExpired", 3600),
        ("HITReviewable", 3600),
        ("AssignmentApproved", DAY),
        ("HITDisposed", 3600 + 120 * DAY),
    ]
    assert refusal(mturk.get_assignment, AssignmentId=assignment_id).message.endswith("does not exist.")


def test_the_events_of_a_hit_that_is_done_and_extended(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    start = marketplace.now()
    hit_id = publish(mturk, hit_type_id)
    first = do(marketplace, hit_id)
    mturk.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    second = do(marketplace, hit_id, OTHER)
    mturk.approve_assignment(AssignmentId=first)
    mturk.reject_assignment(AssignmentId=second, RequesterFeedback="No.")
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)  # all was handed in: nothing is lost by it
    mturk.delete_hit(HITId=hit_id)
    assert [kind for kind, _ in told(marketplace, start)] == [
        "HITCreated", "AssignmentAccepted", "AssignmentSubmitted", "HITReviewable", "HITExtended",
        "AssignmentAccepted", "AssignmentSubmitted", "HITReviewable", "AssignmentApproved", "AssignmentRejected",
        "HITDisposed",
    ]  # fmt: skip


def test_work_is_abandoned_at_its_deadline(mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str) -> None:
    hit_id = publish(mturk, hit_type_id)
    assignment_id = take(marketplace, hit_id)
    marketplace.advance(590)
    assert status(mturk, hit_id) == "Unassignable"
    marketplace.advance(10)
    assert status(mturk, hit_id) == "Assignable"
    with pytest.raises(WorkerRefusedError):
        hand_in(marketplace, assignment_id)
    assert do(marketplace, hit_id) != assignment_id


def test_a_hit_that_expires_while_somebody_works_is_reviewable_when_that_ends(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    hit_id = publish(mturk, hit_type_id, MaxAssignments=2, LifetimeInSeconds=60)
    take(marketplace, hit_id)
    handed_in = take(marketplace, hit_id, OTHER)
    start = marketplace.now()
    marketplace.advance(60)
    assert status(mturk, hit_id) == "Unassignable"
    hand_in(marketplace, handed_in, OTHER)
    assert status(mturk, hit_id) == "Unassignable"
    marketplace.advance(600)
    assert status(mturk, hit_id) == "Reviewable"
    assert [event for event in told(marketplace, start) if event[0].startswith("HIT")][1:] == [
        ("HITExpired", 60),
        ("HITReviewable", 600),
    ]


def test_work_that_nobody_reviewed_is_approved(mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str) -> None:
    hit_id = publish(mturk, hit_type_id, MaxAssignments=3)
    waiting, rejected = do(marketplace, hit_id), do(marketplace, hit_id, OTHER)
    mturk.reject_assignment(AssignmentId=rejected, RequesterFeedback="No.")
    marketplace.advance(DAY - 10)
    assert mturk.get_assignment(AssignmentId=waiting)["Assignment"]["AssignmentStatus"] == "Submitted"
    marketplace.advance(50 * DAY)
    read = mturk.get_assignment(AssignmentId=waiting)["Assignment"]
    assert (read["AssignmentStatus"], read["ApprovalTime"]) == ("Approved", read["AutoApprovalTime"])
    assert mturk.get_assignment(AssignmentId=rejected)["Assignment"]["AssignmentStatus"] == "Rejected"


def test_work_without_a_delay_is_approved_at_once(mturk: MTurkClient, marketplace: Marketplace) -> None:
    made = mturk.create_hit(**HIT_TYPE, AutoApprovalDelayInSeconds=0, LifetimeInSeconds=3600, Question=QUESTION)
    do(marketplace, made["HIT"]["HITId"])
    assert mturk.get_hit(HITId=made["HIT"]["HITId"])["HIT"]["NumberOfAssignmentsCompleted"] == 1


def test_hits_stay_unless_the_switch_says_when_they_go(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    hit_id = publish(mturk, hit_type_id)
    marketplace.advance(1000 * DAY)
    assert status(mturk, hit_id) == "Reviewable"
    marketplace.set_switches(hit_removal_days=120)
    assert mturk.list_hits()["NumResults"] == 0


def test_a_hit_that_came_back_is_kept_anew(mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str) -> None:
    marketplace.set_switches(hit_removal_days=120)
    hit_id = publish(mturk, hit_type_id)
    marketplace.advance(100 * DAY)
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST + int(marketplace.now()) + 3600)
    marketplace.advance(119 * DAY)
    assert status(mturk, hit_id) == "Reviewable"
    marketplace.advance(2 * DAY)
    assert refusal(mturk.get_hit, HITId=hit_id).turk_code == "AWS.MechanicalTurk.HITDoesNotExist"


def test_a_hit_whose_work_waits_is_not_removed(mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str) -> None:
    marketplace.set_switches(hit_removal_days=1)
    hit_type = mturk.create_hit_type(**HIT_TYPE, AutoApprovalDelayInSeconds=10 * DAY)["HITTypeId"]
    hit_id = publish(mturk, hit_type)
    do(marketplace, hit_id)
    marketplace.advance(9 * DAY)
    assert status(mturk, hit_id) == "Reviewable"
    marketplace.advance(2 * DAY)
    assert mturk.list_hits()["NumResults"] == 0


def test_policies_work_by_the_clock(mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str) -> None:
    """A HIT on which too few agree is extended, and again when it expires, as often as the policy says."""
    start = marketplace.now()
    hit_id = publish(mturk, hit_type_id, HITReviewPolicy=EXTENDING, MaxAssignments=2)
    do(marketplace, hit_id, WORKER, q1="a")
    do(marketplace, hit_id, OTHER, q1="b")
    marketplace.advance(12 * 3600)
    assert [event for event in told(marketplace, start) if event[0].startswith("HIT")] == [
        ("HITCreated", 0),
        ("HITReviewable", 0),
        ("HITExtended", 0),
        ("HITExpired", 7200),
        ("HITReviewable", 7200),
        ("HITExtended", 7200),
        ("HITExpired", 14_400),
        ("HITReviewable", 14_400),
    ]
    assert mturk.get_hit(HITId=hit_id)["HIT"]["MaxAssignments"] == 4


def test_a_hit_that_nobody_did_is_taken_down_whatever_its_policy_says(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    hit_id = publish(mturk, hit_type_id, HITReviewPolicy=EXTENDING)
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    mturk.delete_hit(HITId=hit_id)
    assert mturk.list_hits()["NumResults"] == 0


def test_what_became_due_while_a_call_waited_for_another_happens_before_it(
    mturk: MTurkClient, marketplace: Marketplace, kept_in: str | Path
) -> None:
    identity = mturk.create_hit_type(**HIT_TYPE, AutoApprovalDelayInSeconds=1)["HITTypeId"]
    hit_id = publish(mturk, identity)
    with Marketplace.open(kept_in) as other, ThreadPoolExecutor() as pool:
        assignment_id = do(marketplace, hit_id, WORKER)
        with other.writing():
            rejecting = pool.submit(
                refusal, mturk.reject_assignment, AssignmentId=assignment_id, RequesterFeedback="Too late."
            )
            time.sleep(1.2)
        assert rejecting.result().turk_code == "AWS.MechanicalTurk.InvalidAssignmentState"
    assert mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"] == "Approved"


def test_what_is_late_happens_in_no_time_before_what_made_it_late(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    marketplace.set_switches(hit_removal_days=1)
    hit_id = publish(mturk, hit_type_id)
    marketplace.advance(3000)
    do(marketplace, hit_id, WORKER)
    marketplace.advance(40 * DAY)
    times = [event.time for event in marketplace.events()]
    assert times == sorted(times)
    assert [event.event_type for event in marketplace.events()][-2:] == ["AssignmentApproved", "HITDisposed"]


def test_many_things_are_due_at_once(mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str) -> None:
    hits = [publish(mturk, hit_type_id, MaxAssignments=3) for _ in range(20)]
    for hit_id in hits:
        do(marketplace, hit_id, WORKER)
        take(marketplace, hit_id, OTHER)
        do(marketplace, hit_id, THIRD)
    marketplace.advance(40 * DAY)
    listed = mturk.list_hits(MaxResults=100)["HITs"]
    while sum(hit["NumberOfAssignmentsCompleted"] for hit in listed) < 2 * len(hits):
        time.sleep(0.05)  # another thread of the server is at it: this call does not wait for long
        listed = mturk.list_hits(MaxResults=100)["HITs"]
    assert mturk.list_reviewable_hits(MaxResults=100)["NumResults"] == len(hits)
    assert {hit["HITStatus"] for hit in listed} == {"Reviewable"}
    assert {hit["NumberOfAssignmentsCompleted"] for hit in listed} == {2}
    times = [event.time for event in marketplace.events()]
    assert times == sorted(times)


def test_a_backlog_is_done_in_pieces_and_keeps_nobody_else_waiting(
    direct: InProcessClient, hit_type_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    marketplace = direct.marketplace
    members = {"HITTypeId": hit_type_id, "LifetimeInSeconds": 3600, "Question": QUESTION, "MaxAssignments": 50}
    hit_id = direct.call("CreateHITWithHITType", **members)[1]["HIT"]["HITId"]
    for number in range(50):
        do(marketplace, hit_id, f"A{number}EXAMPLE")
    monkeypatch.setattr(transactions, "_PIECE", 1)
    monkeypatch.setattr(transactions, "_PAUSE", 1)
    marketplace.advance(2 * DAY)
    first = threading.Thread(target=lambda: direct.call("GetHIT", HITId=hit_id))
    first.start()
    time.sleep(0.2)
    assert direct.call("CreateWorkerBlock", WorkerId="A99EXAMPLE", Reason="r")[0] == 200
    assert first.is_alive()
    monkeypatch.setattr(transactions, "_PAUSE", 0)
    first.join()
    hit = direct.call("GetHIT", HITId=hit_id)[1]["HIT"]
    assert (hit["NumberOfAssignmentsCompleted"], hit["NumberOfAssignmentsPending"]) == (50, 0)
    approved = [event for event in marketplace.events() if event.event_type == "AssignmentApproved"]
    assert [event.time for event in approved] == sorted(event.time for event in approved)
    assert len(approved) == 50


def test_what_two_processes_have_read_one_of_them_changes(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    """On an engine whose writers do not wait for each other both have read the row before either changes it."""
    hit_id = publish(mturk, hit_type_id, MaxAssignments=3)
    marketplace.register_worker(WORKER)
    submitted, accepted = do(marketplace, hit_id, WORKER), take(marketplace, hit_id, OTHER)
    with marketplace.writing() as ctx:
        read, under_way = (assignments.find_assignment(ctx, identity) for identity in (submitted, accepted))
        hit = hits.find_hit(ctx, hit_id)
        assert assignments.approve_unless_changed(ctx, read, None)
        assert not assignments.approve_unless_changed(ctx, read, None)
        for judge in (assignments.approve, assignments.reject):
            with pytest.raises(WireError, match="status of: Submitted"):
                judge(ctx, read, None)
        assert stored_assignments.set_status(ctx.db, under_way, "Abandoned")
        assert not stored_assignments.set_status(ctx.db, under_way, "Submitted", submit_time=ctx.now)
        for _ in range(2):
            hit_lifecycle.expire(ctx, hit_id)
            hit_lifecycle.dispose(ctx, hit)
        check_kept_numbers(ctx.db)
    ended = [event.event_type for event in marketplace.events()][4:]
    assert ended == ["AssignmentApproved", "HITExpired", "HITDisposed"]
    with marketplace.reading() as ctx:
        assert worker_assignments.get_assignment(ctx, WORKER, submitted).status == "Approved"
        assert worker_assignments.get_assignment(ctx, OTHER, accepted).status == "Abandoned"


def test_of_two_processes_that_have_seen_one_free_place_one_gets_it(
    mturk: MTurkClient, marketplace: Marketplace, hit_type_id: str
) -> None:
    hit_id = publish(mturk, hit_type_id, MaxAssignments=2)

    def accept(worker_id: str, identity: str) -> bool:
        with marketplace.writing() as ctx:
            columns = {"hit_id": hit_id, "worker_id": worker_id, "accept_time": 0, "deadline": ctx.now + 60}
            accepted = stored_assignments.accept(ctx.db, id=identity, **columns)
            check_kept_numbers(ctx.db)
            return accepted

    assert accept(WORKER, "A1")
    assert not accept(WORKER, "A2")
    assert accept(OTHER, "A3")
    assert not accept(THIRD, "A4")
    hit = mturk.get_hit(HITId=hit_id)["HIT"]
    assert (hit["NumberOfAssignmentsPending"], hit["NumberOfAssignmentsAvailable"]) == (2, 0)


def test_two_servers_on_one_database_do_each_event_once(
    direct: InProcessClient, hit_type_id: str, kept_in: str | Path
) -> None:
    marketplace = direct.marketplace
    members = {"HITTypeId": hit_type_id, "LifetimeInSeconds": 3600, "Question": QUESTION}
    hit_id = direct.call("CreateHITWithHITType", **members, MaxAssignments=60)[1]["HIT"]["HITId"]
    for number in range(30):
        do(marketplace, hit_id, f"A{number}EXAMPLE")
        take(marketplace, hit_id, f"AB{number}EXAMPLE")
    marketplace.advance(40 * DAY)
    with Marketplace.open(kept_in) as other, ThreadPoolExecutor() as pool:
        places = [marketplace, other] * 2
        assert [status for status, _ in pool.map(lambda place: InProcessClient(place).call("ListHITs"), places)] == [
            200
        ] * 4
    hit = direct.call("GetHIT", HITId=hit_id)[1]["HIT"]
    assert (hit["NumberOfAssignmentsCompleted"], hit["NumberOfAssignmentsPending"]) == (30, 0)
    ended = Counter(event.event_type for event in marketplace.events())
    assert (ended["AssignmentApproved"], ended["AssignmentAbandoned"], ended["HITExpired"]) == (30, 30, 1)
    with marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)


def test_workers_on_two_servers_get_as_many_places_as_there_are(
    direct: InProcessClient, hit_type_id: str, kept_in: str | Path
) -> None:
    members = {"HITTypeId": hit_type_id, "LifetimeInSeconds": 3600, "Question": QUESTION}
    hit_id = direct.call("CreateHITWithHITType", **members, MaxAssignments=3)[1]["HIT"]["HITId"]
    workers = [f"A{number}EXAMPLE" for number in range(8)]
    direct.marketplace.register_worker(*workers)

    def accept(place: Marketplace, worker_id: str) -> str:
        try:
            with place.writing() as ctx:
                worker_assignments.accept(ctx, worker_id, hit_id)
        except WorkerRefusedError as refused:
            return str(refused)
        return "accepted"

    with Marketplace.open(kept_in) as other, ThreadPoolExecutor() as pool:
        answers = Counter(pool.map(accept, [direct.marketplace, other] * 4, workers))
    assert answers == {"accepted": 3, NONE_LEFT: 5}
    with direct.marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)
