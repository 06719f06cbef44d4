"""The calls and pages that are measured, each with a subject of its own at every repetition."""

import base64
import itertools
import json
from collections.abc import Iterator

from benchmarks.common import target
from benchmarks.growth.fenced_pages import fenced_pages
from benchmarks.growth.fill import ASKED_FOR, BIG_GROUP, BUSY, HELD, MANY_PLACES, PANEL, WORKER, worker
from benchmarks.growth.visitor import Step, Visitor
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

_QUESTION = (
    '<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/'
    'HTMLQuestion.xsd"><HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>'
)
NEW_TYPE = {
    "Title": "Name the shape",
    "Description": "Look at it, and name its shape.",
    "Reward": "0.05",
    "AssignmentDurationInSeconds": 600,
}
NEW_HIT = {"Question": _QUESTION, "LifetimeInSeconds": 86_400}
_NOTIFICATION = {
    "Destination": "https://sqs.us-east-1.amazonaws.com/123456789012/events",
    "Transport": "SQS",
    "Version": "2014-08-15",
    "EventTypes": ["HITExpired"],
}
_LATE = 9_000_000_000
_NEWCOMER = 2
"""An account without anything."""


def operations(marketplace: Marketplace, size: int) -> dict[str, Step]:
    """Calls of the requester's API. The lists are read where they begin and near their ends."""
    late = size - size // 10
    unreviewed = itertools.count(size // 2 // 10 * 10 + 2, 10)  # the numbers of HITs that are done and not reviewed
    open_ones = itertools.count(size // 2 // 10 * 10 + 4, 10)

    def call(operation: str, expected: int = 200, account: int = FIRST_ACCOUNT, /, **members: object) -> None:
        answer = marketplace.handle("POST", "/", target(operation), json.dumps(members).encode(), account=account)
        if answer.status != expected:
            raise SystemExit(f"{operation}: {answer.status} {answer.body[:300]!r}")

    def behind(listing: str, position: int) -> str:
        """The token of a page deep in a listing, which is not walked through to get it."""
        return base64.urlsafe_b64encode(f"{listing}:{position}".encode()).decode()

    def listed(listing: str, deep: int | None = None, /, **members: object) -> Step:
        more = {} if deep is None else {"NextToken": behind(listing, deep)}
        return lambda _: call(listing, MaxResults=10, **more, **members)

    def for_newcomer(listing: str, **members: object) -> Step:
        """A list of an account that has nothing, beside one that has all."""
        return lambda _: call(listing, 200, _NEWCOMER, MaxResults=10, **members)

    return {
        "GetHIT": lambda i: call("GetHIT", HITId=f"HIT{101 + 2 * i}"),
        "GetFileUploadURL": lambda i: call(
            "GetFileUploadURL", 400, AssignmentId=f"MANY{1 + 3 * i}", QuestionIdentifier="q"
        ),
        "GetAssignment": lambda i: call("GetAssignment", AssignmentId=f"MANY{1 + 3 * i}"),
        "GetAccountBalance, prepaid": lambda _: call("GetAccountBalance"),
        "GetQualificationScore": lambda i: call("GetQualificationScore", QualificationTypeId=HELD, WorkerId=worker(i)),
        "GetQualificationType": lambda _: call("GetQualificationType", QualificationTypeId=HELD),
        "UpdateQualificationType": lambda i: call(
            "UpdateQualificationType", QualificationTypeId=HELD, Description=f"Held by many, written {i} times."
        ),
        "CreateHITType": lambda i: call("CreateHITType", **NEW_TYPE | {"Title": f"Shape {i}"}),
        "CreateHIT, prepaid": lambda i: call(
            "CreateHIT", **NEW_TYPE, **NEW_HIT, UniqueRequestToken=f"new{i}", MaxAssignments=3
        ),
        "CreateHITWithHITType, prepaid": lambda _: call("CreateHITWithHITType", HITTypeId=BIG_GROUP, **NEW_HIT),
        "CreateAdditionalAssignmentsForHIT": lambda _: call(
            "CreateAdditionalAssignmentsForHIT", HITId=f"HIT{next(open_ones)}", NumberOfAdditionalAssignments=1
        ),
        "UpdateExpirationForHIT, now": lambda _: call(
            "UpdateExpirationForHIT", HITId=f"HIT{next(open_ones)}", ExpireAt=0
        ),
        "UpdateExpirationForHIT, later": lambda _: call(
            "UpdateExpirationForHIT", HITId=f"HIT{next(open_ones)}", ExpireAt=_LATE
        ),
        "ApproveAssignment": lambda _: call("ApproveAssignment", AssignmentId=f"DONE{next(unreviewed)}"),
        "RejectAssignment": lambda _: call(
            "RejectAssignment", AssignmentId=f"DONE{next(unreviewed)}", RequesterFeedback="Words."
        ),
        "DeleteHIT": lambda i: call("DeleteHIT", HITId=f"HIT{20 + 100 * i}"),
        "UpdateHITReviewStatus": lambda i: call("UpdateHITReviewStatus", HITId=f"HIT{40 + 100 * i}"),
        "SendBonus": lambda i: call(
            "SendBonus",
            AssignmentId=f"MANY{1 + 3 * i}",
            WorkerId=worker(1 + 3 * i),
            BonusAmount="0.10",
            Reason="Words.",
        ),
        "UpdateHITTypeOfHIT": lambda _: call("UpdateHITTypeOfHIT", HITId=f"HIT{next(open_ones)}", HITTypeId="TYPE1"),
        "UpdateNotificationSettings": lambda i: call(
            "UpdateNotificationSettings", HITTypeId=f"TYPE{i}", Notification=_NOTIFICATION
        ),
        "SendTestEventNotification": lambda _: call(
            "SendTestEventNotification", Notification=_NOTIFICATION, TestEventType="Ping"
        ),
        "ListHITs": listed("ListHITs"),
        "ListHITs, late": listed("ListHITs", late),
        "ListReviewableHITs": listed("ListReviewableHITs"),
        "ListReviewableHITs, late": listed("ListReviewableHITs", late),
        "ListReviewableHITs, Reviewing": listed("ListReviewableHITs", Status="Reviewing"),
        "ListReviewableHITs, one type": listed("ListReviewableHITs", HITTypeId=BIG_GROUP),
        "ListHITsForQualificationType": listed("ListHITsForQualificationType", QualificationTypeId=HELD),
        "ListHITsForQualificationType, late": listed("ListHITsForQualificationType", late, QualificationTypeId=HELD),
        "ListHITsForQualificationType, none": listed("ListHITsForQualificationType", QualificationTypeId="QUAL5"),
        "ListAssignmentsForHIT": listed("ListAssignmentsForHIT", HITId=MANY_PLACES),
        "ListAssignmentsForHIT, late": listed("ListAssignmentsForHIT", size // 10 * 2 + size // 4, HITId=MANY_PLACES),
        "ListAssignmentsForHIT, rejected": listed(
            "ListAssignmentsForHIT", HITId=MANY_PLACES, AssignmentStatuses=["Rejected"]
        ),
        "ListReviewPolicyResultsForHIT": listed("ListReviewPolicyResultsForHIT", HITId=MANY_PLACES),
        "ListReviewPolicyResultsForHIT, late": listed("ListReviewPolicyResultsForHIT", size // 4, HITId=MANY_PLACES),
        "ListBonusPayments of a HIT": listed("ListBonusPayments", HITId=MANY_PLACES),
        "ListQualificationTypes": listed("ListQualificationTypes", MustBeRequestable=True),
        "ListQualificationTypes, a query": listed("ListQualificationTypes", MustBeRequestable=True, Query="WORK 9"),
        "ListQualificationTypes, none": listed("ListQualificationTypes", MustBeRequestable=True, Query="no such words"),
        "ListQualificationTypes, own ones": listed(
            "ListQualificationTypes", MustBeRequestable=True, MustBeOwnedByCaller=True
        ),
        "ListQualificationTypes, a newcomer's own": for_newcomer(
            "ListQualificationTypes", MustBeRequestable=True, MustBeOwnedByCaller=True
        ),
        "ListQualificationTypes, a newcomer's query": for_newcomer(
            "ListQualificationTypes", MustBeRequestable=True, MustBeOwnedByCaller=True, Query="no such words"
        ),
        "ListQualificationRequests, a newcomer's": for_newcomer("ListQualificationRequests"),
        "CreateQualificationType": lambda i: call(
            "CreateQualificationType", Name=f"New {i}", Description="Words.", QualificationTypeStatus="Active"
        ),
        "ListWorkersWithQualificationType": listed("ListWorkersWithQualificationType", QualificationTypeId=HELD),
        "ListWorkersWithQualificationType, late": listed(
            "ListWorkersWithQualificationType", late, QualificationTypeId=HELD, Status="Granted"
        ),
        "ListWorkersWithQualificationType, Revoked": listed(
            "ListWorkersWithQualificationType", QualificationTypeId=HELD, Status="Revoked"
        ),
        "ListQualificationRequests": listed("ListQualificationRequests"),
        "ListQualificationRequests, a type": listed("ListQualificationRequests", QualificationTypeId="QUAL2"),
        "ListQualificationRequests, none": listed("ListQualificationRequests", QualificationTypeId="QUAL6"),
        "AcceptQualificationRequest": lambda i: call(
            "AcceptQualificationRequest", QualificationRequestId=f"REQ{1 + i}", IntegerValue=1
        ),
        "RejectQualificationRequest": lambda i: call(
            "RejectQualificationRequest", QualificationRequestId=f"REQ{21 + i}"
        ),
        "DeleteQualificationType": lambda i: call("DeleteQualificationType", QualificationTypeId=f"QUAL{20 + i}"),
        "AssociateQualificationWithWorker": lambda i: call(
            "AssociateQualificationWithWorker", QualificationTypeId=ASKED_FOR, WorkerId=f"ANEW{i}", IntegerValue=1
        ),
        "DisassociateQualificationFromWorker": lambda i: call(
            "DisassociateQualificationFromWorker", QualificationTypeId=HELD, WorkerId=worker(i), Reason="Words."
        ),
        "ListWorkerBlocks, late": listed("ListWorkerBlocks", size // 20 * 9 // 10),
        "CreateWorkerBlock": lambda i: call("CreateWorkerBlock", WorkerId=f"ANEW{i}", Reason="Words."),
        "DeleteWorkerBlock": lambda i: call("DeleteWorkerBlock", WorkerId=worker(5 + 20 * i)),
        "NotifyWorkers": lambda i: call(
            "NotifyWorkers", WorkerIds=[worker(1 + 3 * i)], Subject="Words", MessageText="Words."
        ),
    }


def pages(marketplace: Marketplace) -> dict[str, Step]:
    """The worker's pages, and the JSON API."""
    own, busy = (Visitor(marketplace, f"worker={worker_id}; visit=browser", "browser") for worker_id in (WORKER, BUSY))
    got, sent = own.got, own.sent
    worker_api, of_busy = (f"/worker-api/v1/workers/{worker_id}" for worker_id in (WORKER, BUSY))
    return {
        "GET /projects": got("/projects"),
        "GET /projects, a search": got("/projects", search="colour 1"),
        "GET /projects, a search for nothing": got("/projects", search="no such words"),
        "GET /projects/…/tasks": got(f"/projects/{BIG_GROUP}/tasks"),
        "POST /projects/…/tasks/accept_random": sent(f"/projects/{BIG_GROUP}/tasks/accept_random"),
        "POST …/accept_random by the group's id": sent("/projects/GROUP0/tasks/accept_random"),
        "GET /tasks": got("/tasks"),
        "GET /dashboard": got("/dashboard"),
        "GET /messages": got("/messages"),
        "GET /qualifications": got("/qualifications"),
        "GET /qualifications, a search": got("/qualifications", search="work 1"),
        "GET /qualifications/assigned": got("/qualifications/assigned"),
        "GET /qualifications/pending": got("/qualifications/pending"),
        "GET …/groups": got(f"{worker_api}/groups"),
        "GET …/assignments": got(f"{worker_api}/assignments"),
        "GET …/qualification-types": got(f"{worker_api}/qualification-types"),
        "GET …/qualifications": got(f"{worker_api}/qualifications"),
        "GET /projects, of many": busy.got("/projects"),
        "GET …/groups, of many": got(f"{of_busy}/groups", limit="20"),
        "GET /projects/…/tasks, of many": busy.got(f"/projects/{PANEL}/tasks"),
        "POST …/accept_random, of many": busy.sent(f"/projects/{PANEL}/tasks/accept_random"),
        "GET /tasks, of many": busy.got("/tasks"),
        "GET /qualifications/assigned, of many": busy.got("/qualifications/assigned"),
        "GET /qualifications/pending, of many": busy.got("/qualifications/pending"),
        "GET …/assignments, of many": got(f"{of_busy}/assignments", limit="20"),
        "GET …/qualifications, of many": got(f"{of_busy}/qualifications", limit="20"),
        "GET /projects/…/tasks/…": got("/projects/GROUP0/tasks/HIT104"),
        "POST /projects/…/tasks/…/accept": lambda i: sent(f"/projects/GROUP0/tasks/HIT{103 + 20 * i}/accept")(i),
        "POST /tasks/…/return": lambda i: busy.sent(f"/tasks/BUSY{1 + 20 * i}/return")(i),
        "POST /mturk/externalSubmit": lambda i: busy.sent(
            "/mturk/externalSubmit", 200, assignmentId=f"BUSY{301 + 20 * i}", q="red"
        )(i),
        "GET /qualifications/…": got("/qualifications/QUAL40"),
        "POST /qualifications/…/request": lambda i: sent(f"/qualifications/QUAL{40 + i}/request", 200)(i),
        "GET …": got(worker_api),
        "GET …/groups/…/verdicts": got(f"{worker_api}/groups/TYPE1/verdicts"),
        "GET …/hits/…": got(f"{worker_api}/hits/HIT104"),
        "POST …/groups/…/accept": own.sent_json(f"{worker_api}/groups/{BIG_GROUP}/accept", 201),
        "POST …/hits/…/accept": lambda i: own.sent_json(f"{worker_api}/hits/HIT{111 + 20 * i}/accept", 201)(i),
        "POST …/assignments/…/submit": lambda i: busy.sent_json(
            f"{of_busy}/assignments/BUSY{601 + 20 * i}/submit", answers={"q": "red"}
        )(i),
        "POST …/qualification-types/…/request": lambda i: own.sent_json(
            f"{worker_api}/qualification-types/QUAL{60 + i}/request"
        )(i),
        "POST /worker-api/v1/workers": own.sent_json("/worker-api/v1/workers", 201),
        "GET /worker-api/v1/workers": got("/worker-api/v1/workers"),
        "GET /worker-api/v1/notifications": got("/worker-api/v1/notifications"),
        "GET /worker-api/v1/events": got("/worker-api/v1/events"),
    }


def of_all(marketplace: Marketplace, size: int) -> Iterator[tuple[str, Step]]:
    """Everything, with its name; of the open marketplace first."""
    yield from operations(marketplace, size).items()
    yield from pages(marketplace).items()
    yield from fenced_pages(marketplace).items()
