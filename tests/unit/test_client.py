"""The client against a real marketplace: what each operation says, what comes back, and what is refused."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse, HTTPHeaders

from pulumi_mturk.api.calls import PAGE_SIZE
from pulumi_mturk.api.client import Client, Usage
from pulumi_mturk.api.errors import (
    AccessDeniedError,
    AlreadyExistsError,
    ApiError,
    InvalidParameterError,
    NotFoundError,
    ThrottledError,
    UnavailableError,
    UnknownWorkerError,
    UnreachableError,
)
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider.configuration import Configuration
from tests.support.core import Clock, Place
from tests.support.inputs import ANSWER_KEY, CALL_OF_HIT_TYPE, NO_TYPE, OTHER_WORKER, TEST, WORKER
from tests.support.inputs import CALL_OF_TYPE as TYPE

HIT_TYPE = CALL_OF_HIT_TYPE | {
    "auto_approval_delay_in_seconds": 3600,
    "keywords": "transcribe",
    "qualification_requirements": [],
}


@pytest.fixture
def type_id(place: Place) -> str:
    found = place.client.create_qualification_type(**TYPE).qualification_type_id
    place.calls()
    return found


# What is said and what comes back


def test_a_type_is_created_with_all_that_is_given(place: Place) -> None:
    made = place.client.create_qualification_type(
        **TYPE,
        retry_delay_in_seconds=60,
        test=TEST,
        answer_key=ANSWER_KEY,
        test_duration_in_seconds=600,
        auto_granted=False,
        auto_granted_value=None,
    )
    assert place.sent("CreateQualificationType") == {
        "Name": "Transcription",
        "Description": "Can transcribe.",
        "Keywords": "transcribe, receipts",
        "QualificationTypeStatus": "Active",
        "RetryDelayInSeconds": 60,
        "Test": TEST,
        "AnswerKey": ANSWER_KEY,
        "TestDurationInSeconds": 600,
        "AutoGranted": False,
    }
    assert (made.name, made.description, made.status, made.keywords) == (
        "Transcription",
        "Can transcribe.",
        "Active",
        "transcribe, receipts",
    )
    assert (made.test, made.answer_key, made.test_duration_in_seconds, made.retry_delay_in_seconds) == (
        TEST,
        ANSWER_KEY,
        600,
        60,
    )
    assert (made.auto_granted, made.auto_granted_value, made.is_requestable) == (False, None, True)
    assert place.client.get_qualification_type(made.qualification_type_id) == made


def test_times_are_told_in_utc(place: Place, type_id: str) -> None:
    found = place.client.get_qualification_type(type_id)
    assert found is not None
    told = datetime.fromisoformat(found.creation_time)
    assert found.creation_time.endswith("+00:00")
    assert abs(told.timestamp() - place.marketplace.now()) < 5


def test_an_update_leaves_out_what_is_none(place: Place, type_id: str) -> None:
    changed = place.client.update_qualification_type(type_id, description="Other words.", test=None)
    assert place.sent("UpdateQualificationType") == {
        "QualificationTypeId": type_id,
        "Description": "Other words.",
    }
    assert changed.description == "Other words."


def test_a_type_that_is_deleted_is_gone(place: Place, type_id: str) -> None:
    place.client.delete_qualification_type(type_id)
    assert place.client.get_qualification_type(type_id) is None
    assert place.calls() == ["DeleteQualificationType", "GetQualificationType"]


@pytest.mark.parametrize("shown", ["shown", "does_not_exist", "invalid_state"])
def test_a_type_that_is_going_is_gone(place: Place, type_id: str, shown: str) -> None:
    place.marketplace.set_switches(name_held_seconds=3600, get_disposing_type=shown)
    place.client.delete_qualification_type(type_id)
    place.client.delete_qualification_type(type_id)
    assert place.client.get_qualification_type(type_id) is None
    assert place.client.find_qualification_type("Transcription") is None


def test_deleting_what_never_was_is_a_success(place: Place) -> None:
    place.client.delete_qualification_type(NO_TYPE)
    assert place.calls() == ["DeleteQualificationType"]


def test_a_type_is_found_by_its_exact_name_alone(place: Place, type_id: str) -> None:
    for name in ("Transcription 2", "transcription", "A Transcription"):
        place.client.create_qualification_type(**TYPE | {"name": name})
    found = place.client.find_qualification_type("Transcription")
    assert found is not None
    assert found.qualification_type_id == type_id
    assert place.client.find_qualification_type("Transcript") is None
    assert place.client.find_qualification_type("Masters") is None


@pytest.mark.parametrize("tokens", ["every_page", "when_more"])
def test_a_type_is_found_on_a_later_page(place: Place, tokens: str) -> None:
    place.marketplace.set_switches(page_tokens=tokens)
    for number in range(PAGE_SIZE + 1):
        place.client.create_qualification_type(**TYPE | {"name": f"Transcription {number}"})
    found = place.client.find_qualification_type(f"Transcription {PAGE_SIZE}")
    assert found is not None
    assert found.name == f"Transcription {PAGE_SIZE}"


def test_a_grant_is_made_changed_read_and_taken_back(place: Place, type_id: str) -> None:
    place.client.grant(type_id, WORKER, 5, send_notification=False)
    place.client.grant(type_id, WORKER, 7, send_notification=False)
    held = place.client.get_grant(type_id, WORKER)
    assert held is not None
    assert held.integer_value == 7
    place.client.revoke(type_id, WORKER, None)
    assert place.client.get_grant(type_id, WORKER) is None
    place.client.revoke(type_id, WORKER, None)
    assert place.marketplace.notifications() == []


def test_a_grant_says_that_nobody_is_to_be_mailed(place: Place, type_id: str) -> None:
    place.client.grant(type_id, WORKER, 5, send_notification=False)
    assert place.sent("AssociateQualificationWithWorker") == {
        "QualificationTypeId": type_id,
        "WorkerId": WORKER,
        "IntegerValue": 5,
        "SendNotification": False,
    }


def test_who_is_told_is_told(place: Place, type_id: str) -> None:
    place.client.grant(type_id, WORKER, 5, send_notification=True)
    place.client.revoke(type_id, WORKER, "The study is over.")
    assert [(one.kind, one.text) for one in place.marketplace.notifications()] == [
        ("Grant", None),
        ("Revocation", "The study is over."),
    ]


def test_never_granted_and_an_unknown_type_are_no_grant(place: Place, type_id: str) -> None:
    assert place.client.get_grant(type_id, WORKER) is None
    assert place.client.get_grant(NO_TYPE, WORKER) is None
    place.client.revoke(type_id, WORKER, None)
    place.client.revoke(NO_TYPE, WORKER, None)


def refusing(code: str, message: str) -> Callable[[Any], None]:
    """A service that answers each request with this refusal."""
    body = json.dumps({"__type": code, "Message": message}).encode()

    def answer(request: Any, **_: Any) -> AWSResponse:
        raw = BytesIO(body)
        raw.stream = lambda *_, **__: iter([body])  # type: ignore[attr-defined]
        return AWSResponse(request.url, 400, HTTPHeaders(), raw)

    return lambda boto: boto.meta.events.register("before-send.mturk", answer)


def test_a_stranger_holds_nothing_that_could_be_taken_back() -> None:
    refusal = refusing("ParameterValidationError", f'The value "{WORKER}" is not valid for the parameter WorkerId.')
    Client(Configuration(), refusal).revoke(NO_TYPE, WORKER, None)
    with pytest.raises(InvalidParameterError):
        Client(Configuration(), refusing("ParameterValidationError", "Something else.")).revoke(NO_TYPE, WORKER, None)


@pytest.mark.parametrize("tokens", ["every_page", "when_more"])
def test_holders_are_read_over_all_pages(place: Place, type_id: str, tokens: str) -> None:
    place.marketplace.set_switches(page_tokens=tokens)
    scores = {f"A{number}EXAMPLE": number for number in range(2 * PAGE_SIZE + 5)}
    for worker, score in scores.items():
        place.client.grant(type_id, worker, score, send_notification=False)
    place.client.revoke(type_id, "A7EXAMPLE", None)
    del scores["A7EXAMPLE"]
    counts: list[int] = []
    assert place.client.holders(type_id, counts.append) == scores
    assert counts[:3] == [PAGE_SIZE, 2 * PAGE_SIZE, len(scores)]
    assert place.sent("ListWorkersWithQualificationType")["Status"] == "Granted"
    assert place.client.holders(type_id) == scores


def test_nobody_holds_a_new_type(place: Place, type_id: str) -> None:
    assert place.client.holders(type_id) == {}


def test_a_type_that_is_gone_has_no_list_of_holders(place: Place, type_id: str) -> None:
    assert place.client.holders(NO_TYPE) is None
    place.client.grant(type_id, WORKER, 1, send_notification=False)
    place.client.delete_qualification_type(type_id)
    assert place.client.holders(type_id) is None


def test_a_hit_type_of_the_same_values_is_the_same(place: Place, type_id: str) -> None:
    rule = {"qualificationTypeId": type_id, "comparator": "In", "integerValues": [1, 2], "actionsGuarded": "Accept"}
    one = place.client.create_hit_type(**HIT_TYPE | {"qualification_requirements": [rule]})
    assert place.sent("CreateHITType") == {
        "Title": "Transcribe a receipt",
        "Description": "Type what the receipt says.",
        "Reward": "0.15",
        "AssignmentDurationInSeconds": 600,
        "AutoApprovalDelayInSeconds": 3600,
        "Keywords": "transcribe",
        "QualificationRequirements": [
            {
                "QualificationTypeId": type_id,
                "Comparator": "In",
                "IntegerValues": [1, 2],
                "ActionsGuarded": "Accept",
            }
        ],
    }
    assert place.client.create_hit_type(**HIT_TYPE | {"qualification_requirements": [rule]}) == one
    assert place.client.create_hit_type(**HIT_TYPE) != one


def test_blocks_are_listed_over_all_pages(place: Place) -> None:
    workers = {f"A{number}EXAMPLE": f"Reason {number}." for number in range(PAGE_SIZE + 5)}
    for worker, reason in workers.items():
        place.client.create_worker_block(worker, reason)
    place.client.delete_worker_block("A0EXAMPLE")
    place.client.delete_worker_block("A0EXAMPLE")
    assert place.client.list_worker_blocks() == {
        worker: reason for worker, reason in workers.items() if worker != "A0EXAMPLE"
    }


def test_a_new_reason_takes_the_old_ones_place(place: Place) -> None:
    place.client.create_worker_block(WORKER, "One reason.")
    place.client.create_worker_block(WORKER, "Another.")
    assert place.client.list_worker_blocks() == {WORKER: "Another."}
    assert len(place.marketplace.notifications()) == 1


# What hangs on a type


def test_nothing_hangs_on_a_new_type(place: Place, type_id: str) -> None:
    usage = place.client.usage_of_qualification_type(type_id)
    assert usage == Usage(0, 0, 0, 0, at_least=False)
    assert not usage


def test_holders_requests_and_hits_are_counted(place: Place, type_id: str) -> None:
    place.client.grant(type_id, WORKER, 1, send_notification=False)
    place.client.grant(type_id, OTHER_WORKER, 1, send_notification=False)
    place.client.revoke(type_id, OTHER_WORKER, None)
    place.marketplace.request_qualification("A3EXAMPLEWORKER", type_id)
    for comparator in ("Exists", "DoesNotExist"):
        place.publish({"QualificationTypeId": type_id, "Comparator": comparator})
    assert place.client.usage_of_qualification_type(type_id) == Usage(1, 1, 2, 1, at_least=False)


def test_a_type_that_is_gone_has_nothing(place: Place) -> None:
    assert place.client.usage_of_qualification_type(NO_TYPE) == Usage(0, 0, 0, 0, at_least=False)


def test_counting_stops_at_a_limit_and_says_so(place: Place, type_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "COUNTED_PAGES", 1)
    for number in range(PAGE_SIZE + 1):
        place.client.grant(type_id, f"A{number}EXAMPLE", 1, send_notification=False)
    assert place.client.usage_of_qualification_type(type_id) == Usage(PAGE_SIZE, 0, 0, 0, at_least=True)


# Refusals


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("access_denied"), AccessDeniedError),
        (Fault("throttle", times=None), ThrottledError),
        (Fault("service_fault", times=None), UnavailableError),
        (Fault("drop_before", times=None), UnavailableError),
    ],
)
def test_a_failure_has_the_operations_name_and_its_class(place: Place, fault: Fault, expected: type[ApiError]) -> None:
    place.marketplace.inject(fault)
    with pytest.raises(expected) as caught:
        place.client.create_hit_type(**HIT_TYPE)
    assert caught.value.operation == "CreateHITType"
    assert str(caught.value).startswith("CreateHITType: ")


def test_a_name_that_is_taken_is_so_at_once(place: Place, type_id: str) -> None:
    with pytest.raises(AlreadyExistsError):
        place.client.create_qualification_type(**TYPE)
    assert place.calls() == ["ListQualificationTypes"]


def test_a_name_that_is_taken_and_not_listed_is_refused_by_the_service(place: Place, type_id: str) -> None:
    place.marketplace.set_switches(listing_lag_seconds=60)
    with pytest.raises(AlreadyExistsError) as caught:
        place.client.create_qualification_type(**TYPE)
    assert not caught.value.may_have_happened
    assert place.calls() == ["ListQualificationTypes", "CreateQualificationType"]


def test_a_stranger_is_refused_without_the_id(place: Place, type_id: str) -> None:
    place.marketplace.set_switches(unknown_workers="refuse")
    for worker in (WORKER, "AB"):
        with pytest.raises(UnknownWorkerError, match="the worker is not known here") as caught:
            place.client.grant(type_id, worker, 1, send_notification=False)
        assert worker not in str(caught.value)
        assert caught.value.__suppress_context__


def test_a_message_has_no_time_in_it(place: Place) -> None:
    with pytest.raises(NotFoundError) as caught:
        place.client.update_qualification_type(NO_TYPE, description="x")
    assert str(caught.value) == (
        f"UpdateQualificationType: QualificationType [{NO_TYPE}] does not exist. [QualificationTypeDoesNotExist]"
    )


def test_a_value_that_boto3_refuses_is_an_error_of_ours(place: Place) -> None:
    with pytest.raises(ApiError, match="CreateHITType: Parameter validation failed"):
        place.client.create_hit_type(title=5)


def test_a_listing_has_the_apis_name_in_a_message(place: Place, type_id: str) -> None:
    place.marketplace.inject(Fault("access_denied", "ListHITsForQualificationType"))
    with pytest.raises(AccessDeniedError, match=r"^ListHITsForQualificationType: "):
        place.client.usage_of_qualification_type(type_id)


def test_nobody_listens(tmp_path: Path) -> None:
    clock = Clock()
    settings = Configuration(endpoint_url="http://127.0.0.1:1")
    client = Client(settings, retry=Retry(clock=clock, sleep=clock.sleep))
    with pytest.raises(UnreachableError, match="within 30 s"):
        client.list_worker_blocks()


def test_a_profile_that_is_not_there_is_a_matter_of_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    with pytest.raises(ConfigurationError, match=re.escape("mturk:profile: ")):
        Client(Configuration(environment="sandbox", profile="nobody")).list_worker_blocks()


def test_missing_credentials_are_a_question_of_access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(AccessDeniedError, match="Give credentials as for any AWS tool"):
        Client(Configuration(environment="sandbox")).list_worker_blocks()
