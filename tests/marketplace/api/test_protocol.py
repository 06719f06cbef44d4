from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace.api.operations import READS, WRITES
from pulumi_mturk.marketplace.api.protocol import service_model
from tests.support.marketplace.api_calls import ANSWER_KEY, MASTERS, QUESTION, TEST, refusal

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace
    from tests.support.marketplace.api_calls import InProcessClient

SOME_IDS = ["00000000000000000071", "000000000000000000L0", MASTERS]
DOCUMENTS = [TEST, ANSWER_KEY, QUESTION]
OPERATIONS = sorted(service_model().operation_names)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
one_marketplace = settings(
    max_examples=settings().max_examples * 5, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def of_type(shape: Any) -> st.SearchStrategy[Any]:
    """Values that have the right type, and are odd otherwise."""
    if shape.type_name == "structure":
        required = {name: of_type(shape.members[name]) for name in shape.required_members}
        rest = {name: of_type(member) for name, member in shape.members.items() if name not in required}
        return st.fixed_dictionaries(required, optional=rest)
    if shape.type_name == "list":
        return st.lists(of_type(shape.member), max_size=3)
    if shape.type_name == "string":
        usual = sorted(getattr(shape, "enum", None) or ["A1", "1", "0.1", *SOME_IDS, *DOCUMENTS])
        return st.sampled_from(usual) | st.sampled_from(["", "US", "\x00", "9" * 40, "A\n", "é\U0001f600"])
    return {
        "integer": st.sampled_from([1, 100, 0, -1, 2**31 - 1]),
        "long": st.sampled_from([30, 600, 0, -1, 2**63 - 1]),
        "boolean": st.booleans(),
        "timestamp": st.integers(-(2**36), 2**37) | st.floats(0, 2e9),
    }[shape.type_name]


def members_of(operation: str) -> st.SearchStrategy[dict[str, Any]]:
    """Requests that get past the types, and often to the rules."""
    return of_type(service_model().operation_model(operation).input_shape)


def assert_well_formed(response: Any) -> None:
    assert response.status in {200, 400}
    assert response.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert int(response.headers["Content-Length"]) == len(response.body)
    document = json.loads(response.body)
    if response.status == 400:
        assert document["__type"]
        assert document.get("Message") or document.get("message")


@one_marketplace
@given(method=st.text(max_size=6), path=st.text(max_size=6), target=st.text(max_size=60), body=st.binary())
def test_arbitrary_requests_get_a_well_formed_error(
    marketplace: Marketplace, method: str, path: str, target: str, body: bytes
) -> None:
    assert_well_formed(marketplace.handle(method, path, {"x-amz-target": target}, body))


@one_marketplace
@given(operation=st.sampled_from(OPERATIONS), body=st.binary() | json_values.map(lambda v: json.dumps(v).encode()))
def test_arbitrary_bodies_get_a_well_formed_answer(direct: InProcessClient, operation: str, body: bytes) -> None:
    assert_well_formed(direct.send(operation, body))


@one_marketplace
@given(data=st.data(), operation=st.sampled_from(OPERATIONS))
def test_hostile_members_get_a_well_formed_answer(direct: InProcessClient, data: st.DataObject, operation: str) -> None:
    body = json.dumps(data.draw(members_of(operation))).encode()
    assert_well_formed(direct.send(operation, body))


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"QualificationTypeId": NaN}',
        b'{"MaxResults": ' + b"9" * 5000 + b"}",
        b'{"MaxResults": true}',
        b'{"MaxResults": 10.0}',
        b'{"MaxResults": 99999999999}',
        b'{"NextToken": "\\ud800"}',
        b'{"NextToken": 5}',
    ],
)
def test_bytes_that_are_no_request_are_a_serialization_error(direct: InProcessClient, body: bytes) -> None:
    response = direct.send("ListHITs", body)
    assert (response.status, json.loads(response.body)["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize("target", ["", "ListHITs", "Other.ListHITs", "MTurkRequesterServiceV20170117.GetHITType"])
def test_a_target_that_names_no_operation_is_refused(marketplace: Marketplace, target: str) -> None:
    response = marketplace.handle("POST", "/", {"X-Amz-Target": target}, b"{}")
    assert (response.status, json.loads(response.body)["__type"]) == (400, "UnknownOperationException")


def test_a_get_is_refused(marketplace: Marketplace) -> None:
    headers = {"X-Amz-Target": "MTurkRequesterServiceV20170117.ListHITs"}
    assert marketplace.handle("GET", "/", headers, b"").status == 400


def test_header_names_are_read_in_any_case(marketplace: Marketplace) -> None:
    headers = {"x-AMZ-target": b"MTurkRequesterServiceV20170117.GetAccountBalance"}
    assert marketplace.handle("POST", "/", headers, b"").status == 200


def test_only_known_access_keys_may_call_where_the_switch_names_any(marketplace: Marketplace) -> None:
    def asked(authorization: str | None) -> tuple[int, Any]:
        headers = {"X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance"}
        if authorization is not None:
            headers["authorization"] = f"AWS4-HMAC-SHA256 {authorization}, SignedHeaders=host, Signature=0"
        response = marketplace.handle("POST", "/", headers, b"{}")
        return response.status, json.loads(response.body)

    scope = "20260101/us-east-1/mturk-requester/aws4_request"
    assert asked(None)[0] == 200
    assert asked(f"Credential=AKIAOTHER/{scope}")[0] == 200
    marketplace.set_switches(access_keys="AKIAEXAMPLE,AKIASECOND")
    assert asked(f"Credential=AKIAEXAMPLE/{scope}")[0] == 200
    assert asked(f"Credential=AKIASECOND/{scope}")[0] == 200
    refused = {
        "__type": "UnrecognizedClientException",
        "message": "The security token included in the request is invalid.",
    }
    for key in ("AKIAOTHER", "AKIAEXAMPL", "AKIAEXAMPLE,AKIASECOND", "akiaexample"):
        assert asked(f"Credential={key}/{scope}") == (400, refused)
    unsigned = {"__type": "MissingAuthenticationTokenException", "message": "Missing Authentication Token"}
    assert asked(None) == asked("Nothing=1") == (400, unsigned)


def test_a_refused_key_does_nothing_and_is_recorded(direct: InProcessClient) -> None:
    direct.marketplace.set_switches(access_keys="AKIAEXAMPLE", record_calls="on")
    direct.send("CreateWorkerBlock", b'{"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}')
    assert direct.marketplace.summary().blocks == 0
    assert [(call.operation, call.status) for call in direct.marketplace.calls()] == [("CreateWorkerBlock", 400)]


def test_boto3_names_the_refusal_of_a_key_as_on_aws(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(access_keys="AKIAEXAMPLE")
    assert refusal(mturk.get_account_balance).kind == "UnrecognizedClientException"
    marketplace.set_switches(access_keys="example")
    assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"


def test_all_missing_members_are_named_in_one_error(direct: InProcessClient) -> None:
    _, answer = direct.call("AssociateQualificationWithWorker")
    assert answer == {
        "__type": "ValidationException",
        "message": "2 validation errors detected: "
        "Value null at 'qualificationTypeId' failed to satisfy constraint: Member must not be null; "
        "Value null at 'workerId' failed to satisfy constraint: Member must not be null",
    }


def test_a_null_member_is_missing(direct: InProcessClient) -> None:
    _, answer = direct.call("GetHIT", HITId=None)
    assert answer["__type"] == "ValidationException"


def test_unknown_members_are_ignored(direct: InProcessClient) -> None:
    assert direct.call("ListHITs", Colour="blue")[0] == 200


def test_a_malformed_worker_id_breaks_the_pattern_and_is_no_missing_thing(
    mturk: MTurkClient, qualification_type_id: str
) -> None:
    error = refusal(mturk.get_qualification_score, QualificationTypeId=qualification_type_id, WorkerId="nonsense")
    assert error.kind == "ValidationException"
    assert error.message == (
        "1 validation error detected: Value 'nonsense' at 'workerId' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^A[A-Z0-9]+$"
    )


def test_a_newline_at_the_end_breaks_the_pattern(direct: InProcessClient) -> None:
    _, answer = direct.call("DeleteWorkerBlock", WorkerId="A1EXAMPLE\n")
    assert answer["__type"] == "ValidationException"


def test_the_place_of_a_wrong_enum_in_a_list_is_named(direct: InProcessClient) -> None:
    rule = {"QualificationTypeId": "X", "Comparator": "Equals"}
    _, answer = direct.call(
        "CreateHITType",
        Title="t",
        Description="d",
        Reward="1",
        AssignmentDurationInSeconds=60,
        QualificationRequirements=[rule],
    )
    assert "at 'qualificationRequirements.1.member.comparator'" in answer["message"]
    assert "Member must satisfy enum value set: [LessThan, " in answer["message"]


@pytest.mark.parametrize(("size", "bound"), [(0, "greater than or equal to 1"), (101, "less than or equal to 100")])
def test_page_sizes_are_bounded(direct: InProcessClient, size: int, bound: str) -> None:
    _, answer = direct.call("ListHITs", MaxResults=size)
    assert answer["message"].endswith(f"Member must have value {bound}")


def test_an_operation_without_output_members_answers_an_empty_object(direct: InProcessClient) -> None:
    response = direct.send("CreateWorkerBlock", b'{"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}')
    assert (response.status, response.body, response.headers["Content-Length"]) == (200, b"{}", "2")


def test_times_are_epoch_seconds(direct: InProcessClient) -> None:
    _, answer = direct.call("GetQualificationType", QualificationTypeId=direct.new_type())
    assert abs(answer["QualificationType"]["CreationTime"] - direct.marketplace.now()) < 5


def test_every_answer_has_its_own_request_id(direct: InProcessClient) -> None:
    ids = {direct.send("ListHITs", b"{}").headers["x-amzn-RequestId"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize(("environment", "ending"), [("production", r"\([0-9]{13}\)"), ("sandbox", r"\([0-9]{13} s\)")])
def test_messages_end_with_the_time_and_in_the_sandbox_with_an_s(
    direct: InProcessClient, environment: str, ending: str
) -> None:
    direct.marketplace.set_switches(environment=environment)
    _, answer = direct.call("GetHIT", HITId="NOSUCH")
    assert re.fullmatch(rf"Hit NOSUCH does not exist\. {ending}", answer["Message"])


def test_a_request_error_on_the_wire(direct: InProcessClient) -> None:
    status, answer = direct.call("GetQualificationType", QualificationTypeId="NOSUCH")
    assert status == 400
    assert set(answer) == {"__type", "Message", "TurkErrorCode"}
    assert answer["__type"] == "RequestError"
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.QualificationTypeDoesNotExist"


def test_a_parameter_validation_error_on_the_wire(direct: InProcessClient) -> None:
    status, answer = direct.call("ListHITs", NextToken="made up")
    assert status == 400
    assert set(answer) == {"__type", "Message", "Parameter", "TurkErrorCode"}
    assert answer["__type"] == "ParameterValidationError"
    assert answer["Message"].startswith('The value "made up" is not valid for the parameter NextToken. (')
    assert answer["Parameter"] == "NextToken"
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidParameterValue"


def test_every_operation_of_the_model_has_one_rule() -> None:
    assert {*READS, *WRITES} == set(OPERATIONS)
    assert not READS.keys() & WRITES.keys()
