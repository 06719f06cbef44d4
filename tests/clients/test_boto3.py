"""The whole requester API as a script of boto3's sees it: values, types, empty bodies, errors, paginators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from pulumi_mturk.marketplace.api.protocol import service_model
from pulumi_mturk.marketplace.domain import worker_assignments
from tests.support.marketplace.api_calls import ANSWER_KEY, HIT_TYPE, QUESTION, TEST, refusal
from tests.support.marketplace.populated import DOZEN, LISTINGS, populate

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

ANN, BEN, CEM = "A1EXAMPLEANN", "A1EXAMPLEBEN", "A1EXAMPLECEM"
TOPIC: Any = {
    "Destination": "arn:aws:sns:us-east-1:123456789012:example",
    "Transport": "SNS",
    "Version": "2006-05-05",
    "EventTypes": ["AssignmentSubmitted"],
}


class Requester:
    """A script that calls every operation once or more, in the order of a study."""

    def __init__(self, mturk: MTurkClient, marketplace: Marketplace) -> None:
        self.mturk = mturk
        self.marketplace = marketplace
        self.called: set[str] = set()
        mturk.meta.events.register("before-call.mturk", lambda model, **_: self.called.add(model.name))

    def void(self, call: Callable[..., Any], **parameters: Any) -> None:
        """An operation that answers nothing: 200, no errors and an empty object (observed)."""
        answer = call(**parameters)
        assert set(answer) == {"ResponseMetadata"}
        metadata = answer["ResponseMetadata"]
        assert metadata["HTTPStatusCode"] == 200
        assert metadata["HTTPHeaders"]["content-length"] == "2"

    def qualify(self) -> str:
        made = self.mturk.create_qualification_type(
            Name="Receipts",
            Description="Reads receipts.",
            Keywords="receipts, reading",
            QualificationTypeStatus="Active",
            Test=TEST,
            AnswerKey=ANSWER_KEY,
            TestDurationInSeconds=600,
            RetryDelayInSeconds=60,
        )["QualificationType"]
        type_id = made["QualificationTypeId"]
        assert isinstance(made["CreationTime"], datetime)
        assert datetime.now(UTC) - made["CreationTime"] < timedelta(minutes=1)
        assert self.mturk.get_qualification_type(QualificationTypeId=type_id)["QualificationType"] == made
        listed = self.mturk.list_qualification_types(MustBeRequestable=True, Query="RECEIPT", MustBeOwnedByCaller=True)
        assert listed["QualificationTypes"] == [made]
        assert listed["NumResults"] == 1
        changed = self.mturk.update_qualification_type(QualificationTypeId=type_id, Description="Reads them well.")
        assert changed["QualificationType"]["Description"] == "Reads them well."
        self.requests(type_id)
        return type_id

    def requests(self, type_id: str) -> None:
        open_id = self.mturk.create_qualification_type(
            Name="On request", Description="Ask for it.", QualificationTypeStatus="Active"
        )["QualificationType"]["QualificationTypeId"]
        for worker in (ANN, BEN):
            self.marketplace.request_qualification(worker, open_id)
        ann, ben = self.mturk.list_qualification_requests(QualificationTypeId=open_id)["QualificationRequests"]
        assert (ann["WorkerId"], ben["WorkerId"]) == (ANN, BEN)
        assert isinstance(ann["SubmitTime"], datetime)
        self.void(
            self.mturk.accept_qualification_request,
            QualificationRequestId=ann["QualificationRequestId"],
            IntegerValue=80,
        )
        self.void(
            self.mturk.reject_qualification_request, QualificationRequestId=ben["QualificationRequestId"], Reason="No."
        )
        score = self.mturk.get_qualification_score(QualificationTypeId=open_id, WorkerId=ANN)["Qualification"]
        assert (score["IntegerValue"], score["Status"]) == (80, "Granted")
        assert isinstance(score["GrantTime"], datetime)
        for worker in (ANN, BEN, CEM):
            self.void(
                self.mturk.associate_qualification_with_worker,
                QualificationTypeId=type_id,
                WorkerId=worker,
                IntegerValue=90,
                SendNotification=False,
            )
        self.void(
            self.mturk.disassociate_qualification_from_worker, QualificationTypeId=type_id, WorkerId=CEM, Reason="Over."
        )
        holders = self.mturk.list_workers_with_qualification_type(QualificationTypeId=type_id, Status="Granted")
        assert [item["WorkerId"] for item in holders["Qualifications"]] == [ANN, BEN]
        self.void(self.mturk.delete_qualification_type, QualificationTypeId=open_id)

    def publish(self, type_id: str) -> str:
        rules: Any = [{"QualificationTypeId": type_id, "Comparator": "GreaterThanOrEqualTo", "IntegerValues": [80]}]
        hit_type = self.mturk.create_hit_type(**HIT_TYPE, QualificationRequirements=rules)["HITTypeId"]
        self.void(self.mturk.update_notification_settings, HITTypeId=hit_type, Notification=TOPIC, Active=True)
        self.void(self.mturk.send_test_event_notification, Notification=TOPIC, TestEventType="Ping")
        hit = self.mturk.create_hit_with_hit_type(
            HITTypeId=hit_type,
            LifetimeInSeconds=3600,
            MaxAssignments=2,
            Question=QUESTION,
            RequesterAnnotation="batch 1",
            UniqueRequestToken="batch-1",
        )["HIT"]
        assert (hit["HITTypeId"], hit["HITStatus"], hit["Reward"]) == (hit_type, "Assignable", "0.10")
        assert hit["Expiration"] - hit["CreationTime"] == timedelta(hours=1)
        assert self.mturk.get_hit(HITId=hit["HITId"])["HIT"] == hit
        assert self.mturk.list_hits()["HITs"] == [hit]
        ruled = self.mturk.list_hits_for_qualification_type(QualificationTypeId=type_id)
        assert [item["HITId"] for item in ruled["HITs"]] == [hit["HITId"]]
        return hit["HITId"]

    def work(self, hit_id: str, *workers: str) -> None:
        self.marketplace.register_worker(*workers)
        for worker in workers:
            with self.marketplace.writing() as ctx:
                assignment_id = worker_assignments.accept(ctx, worker, hit_id)
                worker_assignments.submit(ctx, worker, assignment_id, [("total", "12.50")])

    def review(self, hit_id: str) -> None:
        assert [item["HITId"] for item in self.mturk.list_reviewable_hits()["HITs"]] == [hit_id]
        self.void(self.mturk.update_hit_review_status, HITId=hit_id)
        assert self.mturk.get_hit(HITId=hit_id)["HIT"]["HITStatus"] == "Reviewing"
        self.void(self.mturk.update_hit_review_status, HITId=hit_id, Revert=True)
        found = self.mturk.list_assignments_for_hit(HITId=hit_id, AssignmentStatuses=["Submitted"])
        ann, ben = found["Assignments"]
        assert {ann["WorkerId"], ben["WorkerId"]} == {ANN, BEN}
        for moment in (ann["AcceptTime"], ann["SubmitTime"], ann["AutoApprovalTime"]):
            assert isinstance(moment, datetime)
        assert "<FreeText>12.50</FreeText>" in ann["Answer"]
        self.void(self.mturk.approve_assignment, AssignmentId=ann["AssignmentId"], RequesterFeedback="Thank you.")
        self.void(self.mturk.reject_assignment, AssignmentId=ben["AssignmentId"], RequesterFeedback="Not read.")
        self.void(self.mturk.approve_assignment, AssignmentId=ben["AssignmentId"], OverrideRejection=True)
        answer = self.mturk.get_assignment(AssignmentId=ben["AssignmentId"])
        assert (answer["Assignment"]["AssignmentStatus"], answer["HIT"]["HITId"]) == ("Approved", hit_id)
        self.void(
            self.mturk.send_bonus,
            WorkerId=ann["WorkerId"],
            AssignmentId=ann["AssignmentId"],
            BonusAmount="0.50",
            Reason="Very careful.",
        )
        paid = self.mturk.list_bonus_payments(HITId=hit_id)["BonusPayments"]
        assert [(item["WorkerId"], item["BonusAmount"]) for item in paid] == [(ann["WorkerId"], "0.50")]
        assert isinstance(paid[0]["GrantTime"], datetime)
        no_file = refusal(self.mturk.get_file_upload_url, AssignmentId=ann["AssignmentId"], QuestionIdentifier="total")
        assert no_file.kind == "ParameterValidationError"  # question forms have asked for no files since 2017
        results = self.mturk.list_review_policy_results_for_hit(HITId=hit_id, PolicyLevels=["Assignment", "HIT"])
        assert results["HITId"] == hit_id

    def workers(self) -> None:
        told = self.mturk.notify_workers(Subject="More work", MessageText="There is more.", WorkerIds=[ANN])
        assert told["NotifyWorkersFailureStatuses"] == []
        self.void(self.mturk.create_worker_block, WorkerId=CEM, Reason="Spam.")
        assert self.mturk.list_worker_blocks()["WorkerBlocks"] == [{"WorkerId": CEM, "Reason": "Spam."}]
        self.void(self.mturk.delete_worker_block, WorkerId=CEM)

    def close(self, hit_id: str, type_id: str) -> None:
        self.void(self.mturk.create_additional_assignments_for_hit, HITId=hit_id, NumberOfAdditionalAssignments=1)
        self.void(self.mturk.update_expiration_for_hit, HITId=hit_id, ExpireAt=datetime(2015, 1, 1, tzinfo=UTC))
        self.void(self.mturk.delete_hit, HITId=hit_id)
        assert hit_id not in [item["HITId"] for item in self.mturk.list_hits()["HITs"]]
        single = self.mturk.create_hit(**HIT_TYPE, LifetimeInSeconds=60, Question=QUESTION)["HIT"]
        assert single["MaxAssignments"] == 1
        other = self.mturk.create_hit_type(**{**HIT_TYPE, "Title": "Another title"})["HITTypeId"]
        self.void(self.mturk.update_hit_type_of_hit, HITId=single["HITId"], HITTypeId=other)
        assert self.mturk.get_hit(HITId=single["HITId"])["HIT"]["Title"] == "Another title"
        self.void(self.mturk.delete_qualification_type, QualificationTypeId=type_id)


def test_a_study_from_its_qualification_to_its_end_calls_every_operation(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    requester = Requester(mturk, marketplace)
    marketplace.set_switches(funds="prepaid")
    before = mturk.get_account_balance()["AvailableBalance"]
    assert before == "10000.00"
    type_id = requester.qualify()
    hit_id = requester.publish(type_id)
    requester.work(hit_id, ANN, BEN)
    requester.review(hit_id)
    requester.workers()
    requester.close(hit_id, type_id)
    assert float(mturk.get_account_balance()["AvailableBalance"]) < float(before)
    assert requester.called == set(service_model().operation_names)


@pytest.mark.parametrize("operation", sorted(LISTINGS))
def test_each_paginator_gives_everything_once(mturk: MTurkClient, marketplace: Marketplace, operation: str) -> None:
    population = populate(marketplace)
    listing = LISTINGS[operation]
    method = mturk.meta.method_to_api_mapping
    (name,) = (python_name for python_name, wire_name in method.items() if wire_name == operation)
    paginator: Any = mturk.get_paginator(name)  # type: ignore[call-overload]  # its types know literal names alone
    pages = list(paginator.paginate(**listing.request(population), PaginationConfig={"PageSize": 5}))
    items = [str(item) for page in pages for item in page[listing.member]]
    whole = getattr(mturk, name)(**listing.request(population), MaxResults=100)[listing.member]
    assert [len(page[listing.member]) for page in pages[:2]] == [5, 5]
    assert items == [str(item) for item in whole]
    assert len(set(items)) >= DOZEN
    assert all(page["NumResults"] == len(page[listing.member]) for page in pages)


def test_every_paginator_is_tested(mturk: MTurkClient) -> None:
    names = {name for name in mturk.meta.method_to_api_mapping if mturk.can_paginate(name)}
    assert {mturk.meta.method_to_api_mapping[name] for name in names} == set(LISTINGS)


def test_an_error_is_what_scripts_take_apart(mturk: MTurkClient) -> None:
    with pytest.raises(mturk.exceptions.RequestError) as caught:
        mturk.get_hit(HITId="3NOSUCHHIT")
    response: Any = caught.value.response
    assert response["Error"]["Code"] == "RequestError"
    assert "does not exist" in response["Error"]["Message"]
    assert response["Message"] == response["Error"]["Message"]
    assert response["TurkErrorCode"] == "AWS.MechanicalTurk.HITDoesNotExist"
    metadata = response["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 400
    assert metadata["RetryAttempts"] == 0
    assert metadata["HTTPHeaders"]["x-amzn-requestid"] == metadata["RequestId"]
    assert metadata["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"
    assert metadata["HTTPHeaders"]["connection"] == "close"
    assert metadata["HTTPHeaders"]["date"].endswith(" GMT")


def test_an_error_that_the_model_does_not_have_is_a_plain_one(mturk: MTurkClient) -> None:
    with pytest.raises(ClientError) as caught:
        mturk.create_worker_block(WorkerId="nonsense", Reason="r")
    assert type(caught.value) is ClientError
    assert "does not exist" not in str(caught.value)  # which a known tool takes for "never held it"
