"""A marketplace in which there is a dozen of everything that can be listed, and something in every state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.domain import worker_assignments
from tests.support.marketplace.api_calls import ANSWER_KEY, HIT_TYPE, LOCALE, QUESTION, TEST, InProcessClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_mturk.marketplace import Marketplace

DOZEN = 12
NEWCOMER = "A99EXAMPLE"
WORKERS = [f"A{number:02}EXAMPLE" for number in range(DOZEN)]
LIFE: dict[str, Any] = {"LifetimeInSeconds": 86_400, "Question": QUESTION}
SCORED = {
    "PolicyName": "ScoreMyKnownAnswers/2011-09-01",
    "Parameters": [
        {"Key": "AnswerKey", "MapEntries": [{"Key": "q1", "Values": ["a"]}]},
        {"Key": "RejectIfKnownAnswerScoreIsLessThan", "Values": ["1"]},
    ],
}
PLURALITY = {
    "PolicyName": "SimplePlurality/2011-09-01",
    "Parameters": [{"Key": "QuestionIds", "Values": ["q1"]}, {"Key": "QuestionAgreementThreshold", "Values": ["50"]}],
}


class Population:
    """What was made, by the names of the members that point at it."""

    def __init__(self, marketplace: Marketplace) -> None:
        self.direct = InProcessClient(marketplace)
        self.marketplace = marketplace
        self.types = [self.direct.new_type(f"Type {number}") for number in range(DOZEN)]
        self.hit_types: list[str] = []
        self.hits: list[str] = []
        self.assignments: list[str] = []
        self.requests: list[str] = []

    @property
    def ruled(self) -> dict[str, Any]:
        """What makes a HIT require the first qualification type."""
        return {"QualificationRequirements": [{"QualificationTypeId": self.types[0], "Comparator": "Exists"}]}

    @property
    def known(self) -> dict[str, list[Any]]:
        """Values for members of requests: what is there, and what often decides."""
        return {
            "QualificationTypeId": [*self.types, LOCALE],
            "WorkerId": WORKERS,
            "WorkerIds": [WORKERS],
            "HITTypeId": self.hit_types,
            "HITId": self.hits,
            "AssignmentId": self.assignments,
            "QualificationRequestId": self.requests,
            "Question": [QUESTION, TEST],
            "Test": [TEST],
            "AnswerKey": [ANSWER_KEY],
            "Reward": ["0.05"],
            "BonusAmount": ["0.01"],
            "LifetimeInSeconds": [3600],
            "AssignmentDurationInSeconds": [600],
            "TestDurationInSeconds": [600],
            "AutoApprovalDelayInSeconds": [0, 3600],
            "NumberOfAdditionalAssignments": [1],
            "MaxAssignments": [1, 9],
            "AssignmentReviewPolicy": [SCORED],
            "HITReviewPolicy": [PLURALITY],
            "Destination": ["arn:aws:sns:us-east-1:123456789012:topic", "https://example.org/queue"],
            "Version": ["2006-05-05"],
            "Title": ["A title"],
            "Name": ["A name"],
            "Description": ["A description"],
        }

    def call(self, operation: str, **members: Any) -> dict[str, Any]:
        status, answer = self.direct.call(operation, **members)
        assert status == 200, answer
        return answer

    def publish(self, **members: Any) -> str:
        made = self.call("CreateHIT", **{**HIT_TYPE, **LIFE, **members})["HIT"]
        self.hits.append(made["HITId"])
        self.hit_types.append(made["HITTypeId"])
        return str(made["HITId"])

    def work(self, hit_id: str, worker_id: str, answer: str = "a") -> str:
        with self.marketplace.writing() as ctx:
            assignment_id = worker_assignments.accept(ctx, worker_id, hit_id)
            worker_assignments.submit(ctx, worker_id, assignment_id, [("q1", answer)])
        self.assignments.append(assignment_id)
        return assignment_id

    def reward(self, assignment_id: str, worker_id: str) -> None:
        self.call("SendBonus", WorkerId=worker_id, AssignmentId=assignment_id, BonusAmount="0.05", Reason="Thanks.")


def populate(marketplace: Marketplace) -> Population:
    made = Population(marketplace)
    marketplace.register_worker(*WORKERS, NEWCOMER)
    first = made.types[0]
    for worker in WORKERS:
        made.call("AssociateQualificationWithWorker", QualificationTypeId=first, WorkerId=worker, IntegerValue=5)
        request = marketplace.request_qualification(worker, first)
        assert request is not None
        made.requests.append(request)
        made.call("CreateWorkerBlock", WorkerId=worker.replace("EXAMPLE", "BLOCKED"), Reason="")
    for _ in range(DOZEN):
        made.publish(**made.ruled)
    busy = made.publish(
        MaxAssignments=2 * DOZEN, AssignmentReviewPolicy=SCORED, HITReviewPolicy=PLURALITY, Question=TEST
    )
    for worker in WORKERS:
        made.reward(made.work(busy, worker), worker)
    for _ in range(DOZEN):
        made.work(made.publish(), WORKERS[0])
    made.call("ApproveAssignment", AssignmentId=made.assignments[-1])
    made.call("RejectAssignment", AssignmentId=made.assignments[-2], RequesterFeedback="No.")
    return made


@dataclass(frozen=True)
class Listing:
    """How everything is listed of which there is a dozen, and how one more comes to it."""

    member: str
    """Where the answer has the items."""
    request: Callable[[Population], dict[str, Any]]
    add: Callable[[Population], object]


def _nothing(_: Population) -> dict[str, Any]:
    return {}


def _of_type(made: Population) -> dict[str, Any]:
    return {"QualificationTypeId": made.types[0]}


def _of_busy_hit(made: Population) -> dict[str, Any]:
    return {"HITId": made.hits[DOZEN]}


LISTINGS = {
    "ListQualificationTypes": Listing(
        "QualificationTypes",
        lambda _: {"MustBeRequestable": False, "MustBeOwnedByCaller": True},
        lambda made: made.direct.new_type("One more"),
    ),
    "ListWorkersWithQualificationType": Listing(
        "Qualifications",
        _of_type,
        lambda made: made.call("AssociateQualificationWithWorker", **_of_type(made), WorkerId=NEWCOMER),
    ),
    "ListQualificationRequests": Listing(
        "QualificationRequests", _of_type, lambda made: made.marketplace.request_qualification(NEWCOMER, made.types[0])
    ),
    "ListHITs": Listing("HITs", _nothing, lambda made: made.publish()),
    "ListHITsForQualificationType": Listing("HITs", _of_type, lambda made: made.publish(**made.ruled)),
    "ListReviewableHITs": Listing("HITs", _nothing, lambda made: made.work(made.publish(), NEWCOMER)),
    "ListAssignmentsForHIT": Listing("Assignments", _of_busy_hit, lambda made: made.work(made.hits[DOZEN], NEWCOMER)),
    "ListBonusPayments": Listing(
        "BonusPayments", _of_busy_hit, lambda made: made.reward(made.assignments[0], WORKERS[0])
    ),
    "ListWorkerBlocks": Listing(
        "WorkerBlocks", _nothing, lambda made: made.call("CreateWorkerBlock", WorkerId=NEWCOMER, Reason="r")
    ),
}
