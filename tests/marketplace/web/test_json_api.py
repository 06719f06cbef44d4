"""The worker's JSON API: what it does, and that it is what its description says."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from pulumi_mturk.marketplace.web.app import create_app
from tests.support.marketplace.api_calls import HIT_TYPE
from tests.support.marketplace.questions import (
    at_least,
    free_text,
    publish,
    question,
    question_form,
    selection,
    type_with_test,
)

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace, Server

FORM = question_form(question(free_text(), "sum"), question(selection(), "animal"))


class Api:
    """Calls of the API; each answer is held against the description that the server gives of itself."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.description = self._send("GET", "/worker-api/openapi.json", None)[1]
        self.called: set[str] = set()

    def __call__(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        found, answer = self._send(method, f"/worker-api/v1{path}", body)
        operation = self._operation(method, f"/worker-api/v1{path.partition('?')[0]}")
        self.called.add(operation["operationId"])
        described = operation["responses"].get(str(found), operation["responses"]["default"])
        self._check(described["content"]["application/json"]["schema"], answer)
        assert found == status, answer
        return answer

    def raw(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        request = urllib.request.Request(f"{self._server.url}{path}", body, headers, method=method)  # noqa: S310
        try:
            answer = urllib.request.urlopen(request, timeout=60)  # noqa: S310
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, json.loads(answer.read())

    def _send(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        data = json.dumps({} if body is None else body).encode() if method in ("POST", "PUT") else b""
        headers = {"Content-Type": "application/json"} if data else {}
        return self.raw(method, path, data, headers)

    def _operation(self, method: str, path: str) -> dict[str, Any]:
        for pattern, operations in self.description["paths"].items():
            if re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), path) and method.lower() in operations:
                return dict(operations[method.lower()])
        pytest.fail(f"{method} {path} is not described")

    def _check(self, schema: dict[str, Any], answer: Any) -> None:
        OAS31Validator({**schema, "components": self.description["components"]}).validate(answer)


@pytest.fixture
def api(server: Server) -> Api:
    return Api(server)


def test_every_route_is_described_and_everything_described_is_a_route(api: Api, marketplace: Marketplace) -> None:
    validate(api.description)
    rules = create_app(marketplace).url_map.iter_rules()
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower(), rule.endpoint.removeprefix("json_api."))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("json_api.")
    }
    assert routes == {
        (path, method, operation["operationId"])
        for path, operations in api.description["paths"].items()
        for method, operation in operations.items()
    }


def test_a_study_from_registration_to_the_end(api: Api, mturk: MTurkClient) -> None:
    """Every operation is called once at least, so each answer's form is checked."""
    mturk.update_notification_settings(
        HITTypeId=mturk.create_hit_type(**HIT_TYPE)["HITTypeId"],
        Notification={
            "Destination": "arn:aws:sns:us-east-1:000000000000:topic",
            "Transport": "SNS",
            "Version": "2014-08-15",
            "EventTypes": ["AssignmentAccepted", "AssignmentSubmitted"],
        },
    )
    type_id = type_with_test(mturk)
    guarded = publish(mturk, FORM, at_least(type_id, 1), Title="Guarded")
    open_to_all = publish(mturk, FORM, MaxAssignments=2)

    worker = api("POST", "/workers", {"country": "US", "subdivision": "CA", "history": {"accepted": 4}}, status=201)
    me = f"/workers/{worker['worker_id']}"
    assert worker["standing"]["history"]["accepted"] == 4
    assert api("GET", me) == worker
    changed = api("PUT", me, {"country": "IN", "masters": True})
    assert (changed["country"], changed["subdivision"], changed["history"]["accepted"]) == ("IN", None, 0)
    assert api("GET", "/workers") == [changed]

    groups = api("GET", f"{me}/groups")
    assert {group["title"]: group["reward"] for group in groups} == {
        "Guarded": "0.10",
        "Transcribe a receipt": "0.10",
    }
    assert len(api("GET", f"{me}/groups?search=GUARD")) == 1
    (verdict,) = api("GET", f"{me}/groups/{guarded['HITTypeId']}/verdicts")
    assert (verdict["admitted"], verdict["can_request"]) == (False, True)
    offer = api("GET", f"{me}/hits/{guarded['HITId']}")
    assert "You do not meet" in offer["obstacle"]
    refused = api("POST", f"{me}/hits/{guarded['HITId']}/accept", status=409)
    assert "a score of at least 1" in refused["error"]

    (offered,) = api("GET", f"{me}/qualification-types?search=receipts")
    assert (offered["has_test"], offered["scored"], offered["score"]) == (True, True, None)
    sitting = api("POST", f"{me}/qualification-types/{type_id}/test")
    assert "<QuestionForm" in sitting["test"]
    outcome = api("POST", f"{me}/qualification-types/{type_id}/request", {"answers": {"q1": "a"}})
    assert outcome == {"score": 1, "request_id": None}
    assert [held["score"] for held in api("GET", f"{me}/qualifications")] == [1]

    first = api("POST", f"{me}/hits/{guarded['HITId']}/accept", status=201)
    answers = {"sum": "4", "animal": ["cat"]}
    done = api("POST", f"{me}/assignments/{first['assignment_id']}/submit", {"answers": answers})
    assert done["status"] == "Submitted"
    (assignment,) = mturk.list_assignments_for_hit(HITId=guarded["HITId"])["Assignments"]
    assert "<SelectionIdentifier>cat</SelectionIdentifier>" in assignment["Answer"]
    second = api("POST", f"{me}/groups/{open_to_all['HITGroupId']}/accept", status=201)
    assert api("POST", f"{me}/assignments/{second['assignment_id']}/return")["status"] == "Returned"
    assert [each["status"] for each in api("GET", f"{me}/assignments")] == ["Returned", "Submitted"]

    before = api("GET", "/clock")["now"]
    assert api("POST", "/clock/advance", {"seconds": 3600})["now"] >= before + 3600
    assert before <= api("POST", "/clock/reset")["now"] < before + 3600
    mturk.associate_qualification_with_worker(
        QualificationTypeId=type_id, WorkerId=worker["worker_id"], IntegerValue=2, SendNotification=True
    )
    assert [each["kind"] for each in api("GET", "/notifications")] == ["Grant"]
    assert [each["event_type"] for each in api("GET", "/events")] == ["AssignmentAccepted"]
    described = {
        operation["operationId"]
        for operations in api.description["paths"].values()
        for operation in operations.values()
    }
    # the others are there where workers sign in: test_sign_in.py calls them
    assert described - api.called == {"openapi", "sign_in", "who", "sign_out"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("GET", "/workers/A1EXAMPLENOBODY", None, 409, "No worker is registered"),
        ("PUT", "/workers/nobody", {}, 409, "worker's id"),
        ("PUT", "/workers/A1EXAMPLEWORKER", {"country": "UK"}, 409, "country"),
        ("PUT", "/workers/A1EXAMPLEWORKER", {"countri": "US"}, 400, "'countri'"),
        ("POST", "/workers", {"countri": None}, 400, "'countri'"),
        ("PUT", "/workers/A1EXAMPLEWORKER", {"history": {"done": 1}}, 400, "'done'"),
        ("PUT", "/workers/A1EXAMPLEWORKER", {"history": {"accepted": 10**30}}, 409, "history: each number"),
        ("POST", "/workers/A1EXAMPLEWORKER/assignments/X/submit", {"answer": {}}, 400, "'answer'"),
        ("POST", "/workers/A1EXAMPLEWORKER/qualification-types/X/request", {"q1": "a"}, 400, "'q1'"),
        ("POST", "/clock/advance", {"second": 1}, 400, "'second'"),
        ("GET", "/workers/A1EXAMPLEWORKER/groups/NONE/verdicts", None, 409, "No worker is registered"),
        ("POST", "/clock/advance", {"seconds": 1.5}, 400, "seconds must be a whole number"),
        ("PUT", "/workers/A1EXAMPLEWORKER", {"masters": 1}, 400, "masters must be true or false"),
        ("PUT", "/workers/A1EXAMPLEWORKER", {"history": {"approved": "1"}}, 400, "approved must be a whole number"),
        ("PUT", "/workers/A1EXAMPLEWORKER", [], 400, "JSON object"),
        ("POST", "/workers/A1EXAMPLEWORKER/assignments/X/submit", {"answers": {"q": 1}}, 400, "answers"),
        ("POST", "/clock/advance", {"seconds": -1}, 400, "does not go back"),
    ],
)
def test_a_refusal_says_why(api: Api, method: str, path: str, body: Any, status: int, words: str) -> None:
    assert words in api(method, path, body, status=status)["error"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"{", {"Content-Type": "application/json"}, 400),
        (b"\xff", {"Content-Type": "application/json"}, 400),
        (b"[" * 100_000, {"Content-Type": "application/json"}, 400),
        (b"{}", {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}, 403),
        (b"{}", {"Content-Type": "application/json", "Origin": "http://example.com"}, 403),
    ],
)
def test_what_another_sites_page_could_send_or_nobody_can_read_is_refused(
    api: Api, body: bytes, headers: dict[str, str], status: int
) -> None:
    found, answer = api.raw("POST", "/worker-api/v1/clock/advance", body, headers)
    assert found == status
    assert answer["error"]


def test_an_unknown_address_or_method_is_told_in_json(api: Api) -> None:
    assert api.raw("GET", "/worker-api/v1/nothing", b"", {})[0] == 404
    assert api.raw("DELETE", "/worker-api/v1/workers", b"", {})[0] == 405
