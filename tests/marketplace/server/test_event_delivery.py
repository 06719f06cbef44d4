from __future__ import annotations

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace.api.protocol import service_model
from pulumi_mturk.marketplace.domain.hit_events import emit
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, refusal
from tests.support.marketplace.assignments import assignment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

EVENT_TYPES = service_model().shape_for("EventType").enum  # type: ignore[attr-defined]
QUEUE: Any = {
    "Destination": "https://sqs.us-east-1.amazonaws.com/123456789012/queue",
    "Transport": "SQS",
    "Version": "2014-08-15",
    "EventTypes": ["AssignmentSubmitted", "HITReviewable"],
}
TOPIC: Any = {**QUEUE, "Destination": "arn:aws:sns:us-east-1:123456789012:topic", "Transport": "SNS"}
MAIL: Any = {**QUEUE, "Destination": "requester@example.com", "Transport": "Email"}


@pytest.fixture
def hit(mturk: MTurkClient) -> dict[str, Any]:
    created: Any = mturk.create_hit(**HIT_TYPE, Question=QUESTION, LifetimeInSeconds=3600)["HIT"]
    return dict(created)


def _happen(marketplace: Marketplace, hit: dict[str, Any], *event_types: str, assignment: str | None = None) -> None:
    with marketplace.writing() as ctx:
        for event_type in event_types:
            emit(ctx, event_type, hit["HITId"], assignment)


def _event_types(marketplace: Marketplace) -> list[str]:
    return [event.event_type for event in marketplace.events()]


def test_events_of_a_hit_are_told_as_its_type_asks(
    mturk: MTurkClient, marketplace: Marketplace, hit: dict[str, Any]
) -> None:
    _happen(marketplace, hit, "HITReviewable")
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=QUEUE)
    _happen(marketplace, hit, "AssignmentAccepted", "AssignmentSubmitted", assignment="ASSIGNMENT1")
    _happen(marketplace, hit, "HITReviewable")
    submitted, reviewable = marketplace.events()
    assert (submitted.event_type, submitted.assignment_id) == ("AssignmentSubmitted", "ASSIGNMENT1")
    assert (reviewable.event_type, reviewable.assignment_id) == ("HITReviewable", None)
    assert (reviewable.hit_type_id, reviewable.hit_id) == (hit["HITTypeId"], hit["HITId"])
    assert (reviewable.transport, reviewable.destination) == ("SQS", QUEUE["Destination"])
    assert (reviewable.posted, reviewable.failure) == (None, None)


def test_the_life_of_a_hit_in_events(mturk: MTurkClient, marketplace: Marketplace, hit: dict[str, Any]) -> None:
    everything = [name for name in EVENT_TYPES if name != "Ping"]
    of_all: Any = {**QUEUE, "EventTypes": everything}
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=of_all)
    lived = mturk.create_hit(**HIT_TYPE, Question=QUESTION, LifetimeInSeconds=3600)["HIT"]["HITId"]
    assignment_of(marketplace, lived, status="Returned")
    assignment_of(marketplace, lived, "A2EXAMPLEWORKER", "Abandoned")
    mturk.create_additional_assignments_for_hit(HITId=lived, NumberOfAdditionalAssignments=1)
    assignment_of(marketplace, lived, "A3EXAMPLEWORKER", "Rejected")
    approved = assignment_of(marketplace, lived, "A4EXAMPLEWORKER")
    mturk.approve_assignment(AssignmentId=approved)
    mturk.delete_hit(HITId=lived)
    marketplace.advance(3600)
    told = marketplace.events()
    assert [event.event_type for event in told if event.hit_id == lived] == [
        "HITCreated",
        *("AssignmentAccepted", "AssignmentReturned"),
        *("AssignmentAccepted", "AssignmentAbandoned"),
        "HITExtended",
        *("AssignmentAccepted", "AssignmentSubmitted", "AssignmentRejected"),
        *("AssignmentAccepted", "AssignmentSubmitted", "HITReviewable", "AssignmentApproved"),
        "HITDisposed",
    ]
    assert [event.event_type for event in told if event.hit_id == hit["HITId"]] == ["HITExpired", "HITReviewable"]
    assert {event.event_type for event in told} == set(everything)


def test_the_document_of_an_event(mturk: MTurkClient, marketplace: Marketplace, hit: dict[str, Any]) -> None:
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=QUEUE, Active=True)
    _happen(marketplace, hit, "AssignmentSubmitted", "AssignmentSubmitted", assignment="ASSIGNMENT1")
    first, second = (event.message for event in marketplace.events())
    assert first["EventDocVersion"] == "2014-08-15"
    assert re.fullmatch(r"A[A-Z0-9]+", first["CustomerId"])
    assert re.fullmatch(r"[0-9]{12}", first["SourceAccount"])
    assert re.fullmatch(r"[0-9a-f]{40}", first["EventDocId"])
    assert first["EventDocId"] != second["EventDocId"]
    (event,) = first["Events"]
    assert re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", event.pop("EventTimestamp"))
    assert event == {
        "EventType": "AssignmentSubmitted",
        "HITId": hit["HITId"],
        "HITTypeId": hit["HITTypeId"],
        "AssignmentId": "ASSIGNMENT1",
    }


def test_settings_are_replaced_turned_off_and_on(
    mturk: MTurkClient, marketplace: Marketplace, hit: dict[str, Any]
) -> None:
    hit_type_id = hit["HITTypeId"]
    mturk.update_notification_settings(HITTypeId=hit_type_id, Notification=QUEUE)
    other: Any = {**TOPIC, "EventTypes": ["HITExpired"]}
    mturk.update_notification_settings(HITTypeId=hit_type_id, Notification=other)
    _happen(marketplace, hit, "HITReviewable", "HITExpired")
    mturk.update_notification_settings(HITTypeId=hit_type_id, Active=False)
    _happen(marketplace, hit, "HITExpired")
    assert _event_types(marketplace) == ["HITExpired"]
    mturk.update_notification_settings(HITTypeId=hit_type_id, Active=True)
    _happen(marketplace, hit, "HITExpired")
    assert [event.transport for event in marketplace.events()] == ["SNS", "SNS"]


def test_a_specification_may_be_put_there_turned_off(
    mturk: MTurkClient, marketplace: Marketplace, hit: dict[str, Any]
) -> None:
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=QUEUE, Active=False)
    _happen(marketplace, hit, "HITReviewable")
    assert marketplace.events() == []


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"Version": "2017-01-17"}, "Version"),
        ({"EventTypes": []}, "EventType"),
        ({"EventTypes": ["HITReviewable", "Ping"]}, "EventType"),
    ],
)
def test_what_is_no_specification(
    mturk: MTurkClient, hit: dict[str, Any], changes: dict[str, Any], parameter: str
) -> None:
    error = refusal(mturk.update_notification_settings, HITTypeId=hit["HITTypeId"], Notification={**QUEUE, **changes})
    assert error.kind == "ParameterValidationError"
    assert f"is not valid for the parameter {parameter}." in error.message


def test_active_alone_needs_a_specification(mturk: MTurkClient, hit: dict[str, Any]) -> None:
    for parameters in ({}, {"Active": True}):
        error = refusal(mturk.update_notification_settings, HITTypeId=hit["HITTypeId"], **parameters)
        assert "is not valid for the parameter Notification." in error.message
    error = refusal(mturk.update_notification_settings, HITTypeId="NOSUCH", Active=True)
    assert error.turk_code == "AWS.MechanicalTurk.HITTypeDoesNotExist"


@pytest.mark.parametrize(
    ("transport", "destination"),
    [
        ("Email", "example.com"),
        ("SQS", "arn:aws:sqs:us-east-1:123456789012:queue"),
        ("SNS", "https://sqs.us-east-1.amazonaws.com/123456789012/queue"),
        ("SNS", "arn:aws:sqs:us-east-1:123456789012:queue"),
    ],
)
def test_a_destination_has_the_form_of_its_transport(
    mturk: MTurkClient, hit: dict[str, Any], transport: str, destination: str
) -> None:
    wrong: Any = {**QUEUE, "Transport": transport, "Destination": destination}
    error = refusal(mturk.update_notification_settings, HITTypeId=hit["HITTypeId"], Notification=wrong)
    assert error.turk_code == "AWS.MechanicalTurk.InvalidTransportEndpoint"
    error = refusal(mturk.send_test_event_notification, Notification=wrong, TestEventType="Ping")
    assert error.turk_code == "AWS.MechanicalTurk.InvalidTransportEndpoint"


def test_versions_and_mail_are_switches(mturk: MTurkClient, marketplace: Marketplace, hit: dict[str, Any]) -> None:
    old: Any = {**MAIL, "Version": "2006-05-05"}
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=old)
    marketplace.set_switches(notification_version="2014-08-15")
    error = refusal(mturk.update_notification_settings, HITTypeId=hit["HITTypeId"], Notification=old)
    assert "is not valid for the parameter Version." in error.message
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=MAIL)
    marketplace.set_switches(email_notifications="refuse")
    error = refusal(mturk.update_notification_settings, HITTypeId=hit["HITTypeId"], Notification=MAIL)
    assert "is not valid for the parameter Transport." in error.message


@pytest.mark.parametrize("event_type", ["Ping", "AssignmentReturned"])
def test_a_test_event_is_sent_whatever_the_specification_names(
    mturk: MTurkClient, marketplace: Marketplace, event_type: Any
) -> None:
    specification: Any = {**TOPIC, "EventTypes": ["Ping", "HITExpired"]}
    mturk.send_test_event_notification(Notification=specification, TestEventType=event_type)
    (event,) = marketplace.events()
    assert (event.event_type, event.destination) == (event_type, TOPIC["Destination"])
    assert event.message["Events"][0]["HITId"] == "12345678901234567890"


class _Receiver(HTTPServer):
    """Keeps what is posted to it, and answers as told."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.kinds: list[str | None] = []
        self.statuses: list[int] = []
        super().__init__(("127.0.0.1", 0), _ReceiverHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/events"


class _ReceiverHandler(BaseHTTPRequestHandler):
    server: _Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(json.loads(body))
        self.server.kinds.append(self.headers["x-amz-sns-message-type"])
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[_Receiver]:
    with _Receiver() as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield listening
        listening.shutdown()
        thread.join()


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.usefixtures("server")
def test_events_are_posted_in_order_as_a_queue_would_hand_them_on(
    mturk: MTurkClient, marketplace: Marketplace, hit: dict[str, Any], receiver: _Receiver
) -> None:
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=QUEUE)
    _happen(marketplace, hit, "HITReviewable")  # before there is an address
    marketplace.set_switches(notification_url=receiver.url)
    _happen(marketplace, hit, "AssignmentSubmitted", "HITReviewable")
    _wait_for(lambda: marketplace.events()[-1].posted is not None)
    early, *later = marketplace.events()
    assert receiver.bodies == [event.message for event in later]
    assert receiver.kinds == [None, None]
    assert early.posted is None


def test_a_topic_is_posted_in_its_envelope(mturk: MTurkClient, marketplace: Marketplace, receiver: _Receiver) -> None:
    marketplace.set_switches(notification_url=receiver.url)
    mturk.send_test_event_notification(Notification=TOPIC, TestEventType="Ping")
    _wait_for(lambda: marketplace.events()[0].posted is not None)
    (body,) = receiver.bodies
    assert (body["Type"], body["TopicArn"]) == ("Notification", TOPIC["Destination"])
    assert json.loads(body["Message"]) == marketplace.events()[0].message
    assert receiver.kinds == ["Notification"]


def test_what_was_not_taken_is_posted_again(mturk: MTurkClient, marketplace: Marketplace, receiver: _Receiver) -> None:
    receiver.statuses = [500, 404]
    marketplace.set_switches(notification_url=receiver.url)
    mturk.send_test_event_notification(Notification=QUEUE, TestEventType="Ping")
    _wait_for(lambda: marketplace.events()[0].failure == "The answer was HTTP 500.")
    marketplace.advance(30)
    _wait_for(lambda: marketplace.events()[0].failure == "The answer was HTTP 404.")
    marketplace.advance(30)
    _wait_for(lambda: marketplace.events()[0].posted is not None)
    assert marketplace.events()[0].failure is None
    assert len({body["EventDocId"] for body in receiver.bodies}) == 1


def test_nobody_there_fails_no_call_and_is_given_up_after_five_attempts(
    mturk: MTurkClient, marketplace: Marketplace, receiver: _Receiver
) -> None:
    receiver.statuses = [503] * 5
    marketplace.set_switches(notification_url=receiver.url)
    mturk.send_test_event_notification(Notification=QUEUE, TestEventType="Ping")
    for attempt in range(1, 6):
        _wait_for(lambda attempt=attempt: len(receiver.bodies) == attempt)  # type: ignore[misc]
        marketplace.advance(1000)
    time.sleep(0.5)
    assert len(receiver.bodies) == 5
    assert marketplace.events()[0].failure == "The answer was HTTP 503."


def test_an_address_where_nobody_listens_is_a_failure_with_its_reason(
    mturk: MTurkClient, marketplace: Marketplace, receiver: _Receiver
) -> None:
    marketplace.set_switches(notification_url="http://127.0.0.1:9/events")
    mturk.send_test_event_notification(Notification=QUEUE, TestEventType="Ping")
    _wait_for(lambda: marketplace.events()[0].failure is not None)
    assert "refused" in str(marketplace.events()[0].failure)
    assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"
    marketplace.set_switches(notification_url=receiver.url)
    marketplace.advance(30)
    _wait_for(lambda: marketplace.events()[0].posted is not None)
