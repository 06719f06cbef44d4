"""The door for answers: what of an answer is believed, over real boto3 from real bytes, and what it tells besides."""

import ast
import datetime
import gzip
import inspect
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pulumi_mturk.api import client as client_module
from pulumi_mturk.api.calls import _pascal
from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import ApiError, NotFoundError, ThrottledError, UnavailableError
from pulumi_mturk.api.response_checks import PROMISED, retry_after, served_at
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.instance import ProviderInstance
from pulumi_mturk.provider.lifecycle import Context
from pulumi_mturk.resources import REGISTRY
from tests.support.canned_server import HTML, JSON, CannedServer, answer, chunked, packed, refused, said
from tests.support.core import Clock, Place
from tests.support.inputs import CALL_OF_HIT_TYPE, CALL_OF_TYPE, WORKER

TYPE_ID = "3EXAMPLEQUALIFICATIONTYPE00001"
LISTED = json.dumps({"WorkerBlocks": [{"WorkerId": WORKER, "Reason": "x"}], "NumResults": 1}).encode()
TYPE = {
    "QualificationType": {
        "QualificationTypeId": TYPE_ID,
        "Name": "Example",
        "Description": "An example.",
        "QualificationTypeStatus": "Active",
        "CreationTime": 1.5e9,
    }
}

# What is no answer of the service, whatever was called.
FOREIGN = {
    "html": answer(200, {**JSON, "Content-Type": "text/html"}, HTML),
    "html_without_request_id": answer(200, {"Content-Type": "text/html"}, HTML),
    "garbage": answer(200, JSON, b"\x00\xff\xfe garbage"),
    "cut_by_its_length": answer(200, JSON, LISTED[:-5], length=len(LISTED)),
    "whole_json_but_cut": answer(200, JSON, b"{}", length=1000),
    "cut_at_the_connections_end": b"HTTP/1.1 200 OK\r\n"
    + b"".join(f"{name}: {value}\r\n".encode() for name, value in JSON.items())
    + b"Connection: close\r\n\r\n"
    + LISTED[:-5],
    "nothing_at_the_connections_end": b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: 1\r\nConnection: close\r\n\r\n",
    "no_last_chunk": chunked(b"{}", terminated=False),
    "no_last_chunk_of_a_listing": chunked(LISTED, terminated=False),
    "list": answer(200, JSON, b"[]"),
    "text": answer(200, JSON, b'"ok"'),
    "null": answer(200, JSON, b"null"),
    "other_members": answer(200, JSON, b'{"status": "sign in"}'),
    "no_request_id": answer(200, {"Content-Type": JSON["Content-Type"]}, LISTED),
    "empty_without_request_id": answer(200, {}, b""),
    "packed_and_cut": answer(200, {**JSON, "Content-Encoding": "gzip"}, gzip.compress(LISTED)[:-9]),
    "packed_otherwise": answer(200, {**JSON, "Content-Encoding": "br"}, b"\x0b\x02\x80{}\x03"),
    "said_to_be_packed": answer(200, {**JSON, "Content-Encoding": "gzip"}, LISTED),
    "redirect": answer(302, {"Location": "https://sign-in.example/?worker=A1EXAMPLE"}, b""),
    "redirect_for_good": answer(308, {"Location": "https://panel.example/"}, b"{}"),
    "not_modified": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "accepted": answer(202, JSON, b"{}"),
    "no_content": answer(204, JSON, b""),
    "html_not_found": answer(404, {"Content-Type": "text/html"}, HTML),
    "html_forbidden": answer(403, {"Content-Type": "text/html"}, HTML),
    "json_not_found": answer(404, JSON, b'{"message": "does not exist"}'),
    "list_not_found": answer(404, JSON, b"[1]"),
    "type_not_a_text": answer(400, JSON, b'{"__type": ["RequestError"], "Message": "does not exist"}'),
    "empty_not_found": answer(404, JSON, b""),
    "html_unavailable": answer(503, {"Content-Type": "text/html"}, HTML),
    "network_sign_in": answer(511, {"Content-Type": "text/html"}, HTML),
}


class Canned:
    """A provider whose service is a canned server, and the server."""

    def __init__(self, server: CannedServer, deadline: float) -> None:
        self.server = server
        self.clock = Clock()
        self.configuration = Configuration(endpoint_url=server.url)
        self.client = Client(self.configuration, retry=Retry(deadline, clock=self.clock, sleep=self.clock.sleep))
        self.provider = ProviderInstance(self.configuration, lambda: self.client)
        self.pin = {"environment": "local", "endpointHost": self.configuration.host}

    @property
    def context(self) -> Context:
        return Context(self.provider, "urn:pulumi:test::test::mturk::example", "example")


@contextmanager
def canned(deadline: float = 600, /, **answers: Any) -> Iterator[Canned]:
    with CannedServer({name.replace("ALL", "*"): given for name, given in answers.items()}) as server:
        yield Canned(server, deadline)


# Each operation of the client

MUTATING: dict[str, Callable[[Client], object]] = {
    "CreateQualificationType": lambda client: client.create_qualification_type(**CALL_OF_TYPE),
    "UpdateQualificationType": lambda client: client.update_qualification_type(TYPE_ID, description="Words."),
    "DeleteQualificationType": lambda client: client.delete_qualification_type(TYPE_ID),
    "AssociateQualificationWithWorker": lambda client: client.grant(TYPE_ID, WORKER, 1, send_notification=False),
    "DisassociateQualificationFromWorker": lambda client: client.revoke(TYPE_ID, WORKER, None),
    "CreateHITType": lambda client: client.create_hit_type(**CALL_OF_HIT_TYPE),
    "CreateWorkerBlock": lambda client: client.create_worker_block(WORKER, "Words."),
    "DeleteWorkerBlock": lambda client: client.delete_worker_block(WORKER),
}
READING: dict[str, Callable[[Client], object]] = {
    "GetQualificationType": lambda client: client.get_qualification_type(TYPE_ID),
    "GetQualificationScore": lambda client: client.get_grant(TYPE_ID, WORKER),
    "ListQualificationTypes": lambda client: client.find_qualification_type("Example"),
    "ListWorkersWithQualificationType": lambda client: client.holders(TYPE_ID),
    "ListHITsForQualificationType": lambda client: client.hits_excluding_by(TYPE_ID),
    "ListWorkerBlocks": lambda client: client.list_worker_blocks(),
}


EVERYWHERE = ("html", "cut_by_its_length", "no_last_chunk", "other_members", "redirect", "html_not_found", "accepted")


@pytest.mark.parametrize(
    ("operation", "what"),
    [(operation, what) for operation in ("DeleteWorkerBlock", "ListWorkerBlocks") for what in FOREIGN]
    + [(operation, what) for operation in [*MUTATING, *READING] for what in EVERYWHERE],
)
def test_no_operation_takes_a_foreign_answer_for_a_success_or_a_refusal(operation: str, what: str) -> None:
    # With look-ups that say that nothing took effect.
    lists = {
        name: said({member: []})
        for name, member in (("ListQualificationTypes", "QualificationTypes"), ("ListWorkerBlocks", "WorkerBlocks"))
    }
    with canned(1, **lists | {operation: FOREIGN[what]}) as place, pytest.raises(UnavailableError) as caught:
        (MUTATING | READING)[operation](place.client)
    assert caught.value.operation == operation
    assert str(caught.value).startswith(f"{operation}: ")
    assert ("it may have taken effect" in str(caught.value)) == (operation in MUTATING)
    assert "A1EXAMPLE" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("text/html", ", text/html"),
        ("Text/HTML; charset=utf-8", ", text/html"),
        ("", ""),
        ("text/" + "x" * 60, ""),
        ("text/\x07", ""),
        ("text/h\u00e9", ""),
    ],
)
def test_the_kind_of_a_foreign_answer_is_told_where_it_can_be_shown(kind: str, told: str) -> None:
    given = answer(200, {"Content-Type": "SLOT"}, HTML).replace(b"SLOT", kind.encode("latin-1"))
    with canned(ListWorkerBlocks=given) as place, pytest.raises(UnavailableError) as caught:
        place.client.list_worker_blocks()
    assert f"the answer (HTTP 200{told}) is not the service's" in str(caught.value)


@pytest.mark.parametrize("operation", [name for name in MUTATING if name not in PROMISED])
@pytest.mark.parametrize(
    "given",
    [
        said({}),
        answer(200, JSON, b""),
        answer(200, JSON, b" {} "),
        chunked(b"{}"),
        answer(200, {**JSON, "Content-Encoding": "gzip"}, packed({})),
        answer(200, {"x-amzn-RequestId": "1"}, b""),
    ],
)
def test_what_answers_nothing_answers_an_empty_object_or_nothing(operation: str, given: bytes) -> None:
    with canned(**{operation: given}) as place:
        MUTATING[operation](place.client)
    assert place.server.called == [operation]


@pytest.mark.parametrize("members", [{"WorkerBlocks": []}, {"QualificationTypeId": TYPE_ID}])
def test_what_answers_nothing_has_no_members(members: dict[str, Any]) -> None:
    with canned(DeleteWorkerBlock=said(members)) as place, pytest.raises(UnavailableError, match="has members"):
        place.client.delete_worker_block(WORKER)


@pytest.mark.parametrize(
    "given",
    [
        answer(200, JSON, LISTED),
        chunked(LISTED),
        answer(200, {**JSON, "Content-Encoding": "gzip"}, gzip.compress(LISTED)),
        chunked(gzip.compress(LISTED), headers={**JSON, "Content-Encoding": "GZIP"}),
        answer(200, {**JSON, "Content-Type": "Application/JSON; charset=utf-8"}, LISTED),
        b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nx-amzn-requestid: 1\r\n\r\n" + LISTED,
    ],
)
def test_a_whole_listing_is_read_however_it_was_sent(given: bytes) -> None:
    with canned(ListWorkerBlocks=given) as place:
        assert place.client.list_worker_blocks() == {WORKER: "x"}
    assert len(place.server.called) == 1


WRONG_MEMBERS: list[tuple[str, Any]] = [
    ("ListWorkerBlocks", {}),
    ("ListWorkerBlocks", {"NumResults": 0}),
    ("ListWorkerBlocks", {"WorkerBlocks": None}),
    ("ListWorkerBlocks", {"WorkerBlocks": {}}),
    ("ListWorkerBlocks", {"WorkerBlocks": [{"Reason": "x"}]}),
    ("ListWorkerBlocks", {"WorkerBlocks": [None]}),
    ("ListWorkerBlocks", {"WorkerBlocks": ["A1EXAMPLE"]}),
    ("ListWorkerBlocks", {"WorkerBlocks": [], "NextToken": 5}),
    ("ListWorkersWithQualificationType", {"Qualifications": [{"WorkerId": ""}]}),
    ("ListWorkersWithQualificationType", {"Qualifications": [{"WorkerId": WORKER, "IntegerValue": "1"}]}),
    ("ListWorkersWithQualificationType", {"Qualifications": [{"WorkerId": WORKER, "IntegerValue": True}]}),
    ("ListQualificationTypes", {"QualificationTypes": [{"Name": "Example"}]}),
    ("GetQualificationType", {}),
    ("GetQualificationType", {"QualificationType": {}}),
    ("GetQualificationType", {"QualificationType": {"QualificationTypeId": TYPE_ID}}),
    ("GetQualificationType", {"QualificationType": TYPE["QualificationType"] | {"CreationTime": "soon"}}),
    ("GetQualificationType", {"QualificationType": TYPE["QualificationType"] | {"CreationTime": 1e300}}),
    ("GetQualificationType", {"QualificationType": TYPE["QualificationType"] | {"AutoGranted": "no"}}),
    ("GetQualificationScore", {"Qualification": {"WorkerId": WORKER}}),
    ("CreateHITType", {}),
    ("CreateHITType", {"HITTypeId": ""}),
    ("CreateHITType", {"HITTypeId": 7}),
]


@pytest.mark.parametrize(("operation", "members"), WRONG_MEMBERS)
def test_an_answer_has_the_members_of_its_operation(operation: str, members: Any) -> None:
    with (
        canned(1, **{operation: said(members)}) as place,
        pytest.raises(UnavailableError, match="not the service's"),
    ):
        (MUTATING | READING)[operation](place.client)


def test_a_member_that_the_model_does_not_know_does_no_harm() -> None:
    with canned(GetQualificationType=said(TYPE | {"New": [1]})) as place:
        found = place.client.get_qualification_type(TYPE_ID)
    assert found is not None
    assert found.description == "An example."


def test_each_operation_of_the_client_has_its_members_in_the_table_or_none() -> None:
    calls = [
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(client_module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if node.func.attr in ("_call", "_items", "_pages") and isinstance(node.args[0], ast.Constant)
    ]
    called = {_pascal(str(name)) for name in calls} | set(MUTATING) | set(READING)
    boto = Client(Configuration())._connection.open()
    for name in sorted(called | {"ListQualificationRequests"}):
        shape = boto.meta.service_model.operation_model(name).output_shape
        members = shape.members if shape is not None else {}
        assert bool(members) == (name in PROMISED), name
        for path in PROMISED.get(name, ()):
            assert path.partition(".")[0].removesuffix("[]") in members


# Nothing is forgotten, and nothing that does not exist is recorded

CREATES: dict[str, dict[str, Any]] = {
    "QualificationType": {"description": "A type.", "name": "Example"},
    "HITType": {
        "title": "A task",
        "description": "A task.",
        "reward": "0.50",
        "assignmentDurationInSeconds": 600,
        "qualificationRequirements": [],
    },
    "QualificationGrant": {"qualificationTypeId": TYPE_ID, "workerId": WORKER},
    "WorkerBlock": {"workerId": WORKER, "reason": "Words."},
}
EXISTING = {"integerValue": 1, "qualificationTypeStatus": "Active", "forceDestroy": True}


@pytest.mark.parametrize("what", EVERYWHERE)
@pytest.mark.parametrize("kind", CREATES)
def test_no_resource_is_made_by_a_foreign_answer(kind: str, what: str) -> None:
    with canned(1, ALL=FOREIGN[what]) as place, pytest.raises(UnavailableError):
        lifecycle.create(REGISTRY[kind], place.context, CREATES[kind] | place.pin)


@pytest.mark.parametrize("what", EVERYWHERE)
@pytest.mark.parametrize("kind", ["QualificationType", "QualificationGrant", "WorkerBlock"])
def test_no_resource_is_forgotten_or_removed_by_a_foreign_answer(kind: str, what: str) -> None:
    with canned(1, ALL=FOREIGN[what]) as place:
        state = CREATES[kind] | EXISTING | place.pin
        with pytest.raises(UnavailableError):
            lifecycle.read(REGISTRY[kind], place.context, TYPE_ID, state, state)
        with pytest.raises(UnavailableError):
            lifecycle.delete(REGISTRY[kind], place.context, TYPE_ID, state, state)


@pytest.mark.parametrize("what", EVERYWHERE)
def test_no_roster_is_emptied_by_a_foreign_answer(what: str) -> None:
    with canned(1, ALL=FOREIGN[what]) as place:
        state = {"qualificationTypeId": TYPE_ID, "workers": WORKER} | place.pin
        with pytest.raises(UnavailableError):
            lifecycle.read(REGISTRY["QualificationRoster"], place.context, "example", state, state)


def test_a_listing_is_not_over_because_a_later_page_can_not_be_read() -> None:
    pages = iter([said({"WorkerBlocks": [{"WorkerId": WORKER}], "NextToken": "2"})])
    with (
        canned(ListWorkerBlocks=lambda connection: connection.sendall(next(pages, FOREIGN["other_members"]))) as place,
        pytest.raises(UnavailableError),
    ):
        place.client.list_worker_blocks()


def test_a_listing_that_goes_round_in_a_circle_is_no_listing() -> None:
    page = said({"WorkerBlocks": [{"WorkerId": WORKER}], "NextToken": "2"})
    with canned(ListWorkerBlocks=page) as place, pytest.raises(ApiError, match="in a circle"):
        place.client.list_worker_blocks()


@pytest.mark.parametrize("second", [[{"WorkerId": WORKER, "Reason": "Words."}], []])
def test_one_listing_without_any_block_is_asked_for_again(second: list[dict[str, str]]) -> None:
    answers = iter([said({"WorkerBlocks": []}), said({"WorkerBlocks": second})])
    with canned(ListWorkerBlocks=lambda connection: connection.sendall(next(answers))) as place:
        state = CREATES["WorkerBlock"] | place.pin
        found = lifecycle.read(REGISTRY["WorkerBlock"], place.context, "example", state, state)
        assert len(place.server.called) == 2
    assert (found is None) == (not second)


@pytest.mark.parametrize("second", [[{"WorkerId": WORKER, "IntegerValue": 1}], []])
def test_one_listing_without_any_of_a_rosters_workers_is_asked_for_again(second: list[dict[str, Any]]) -> None:
    answers = iter([said({"Qualifications": []}), said({"Qualifications": second})])
    with canned(ListWorkersWithQualificationType=lambda connection: connection.sendall(next(answers))) as place:
        state = {"qualificationTypeId": TYPE_ID, "workers": WORKER} | place.pin
        found = lifecycle.read(REGISTRY["QualificationRoster"], place.context, "example", state, state)
        assert len(place.server.called) == 2
    assert found is not None
    assert found.outputs["workers"] == (WORKER if second else "")


def test_what_the_service_says_does_not_exist_is_gone() -> None:
    gone = refused("RequestError", f"QualificationType [{TYPE_ID}] does not exist. (1631094715163)")
    with canned(ALL=gone) as place:
        assert place.client.get_qualification_type(TYPE_ID) is None
        assert place.client.holders(TYPE_ID) is None
        with pytest.raises(NotFoundError):
            place.client.update_qualification_type(TYPE_ID, description="x")


def test_an_answer_that_can_not_be_read_is_asked_for_again() -> None:
    answers = iter([FOREIGN["html"], FOREIGN["cut_by_its_length"], said(TYPE)])
    with canned(GetQualificationType=lambda connection: connection.sendall(next(answers))) as place:
        assert place.client.get_qualification_type(TYPE_ID) is not None
    assert len(place.server.called) == 3


def test_a_create_whose_answer_can_not_be_read_is_looked_up() -> None:
    with canned(CreateWorkerBlock=FOREIGN["html"], ListWorkerBlocks=answer(200, JSON, LISTED)) as place:
        place.client.create_worker_block(WORKER, "x")
    assert place.server.called == ["CreateWorkerBlock", "ListWorkerBlocks"]


# For how long


@pytest.mark.parametrize(
    ("what", "seconds"),
    [
        ("html", 30),
        ("html_not_found", 30),
        ("network_sign_in", 30),
        ("html_unavailable", 600),
        ("no_last_chunk", 600),
        ("cut_by_its_length", 600),
        ("redirect", 0),
    ],
)
def test_what_mostly_does_not_pass_is_not_waited_for_long(what: str, seconds: int) -> None:
    with canned(ALL=FOREIGN[what]) as place, pytest.raises(UnavailableError) as caught:
        place.client.get_qualification_type(TYPE_ID)
    if seconds:
        assert f"within {seconds} s" in str(caught.value)
        assert ("operationTimeoutSeconds" in str(caught.value)) == (seconds == 600)
    else:
        assert len(place.server.called) == 1
        assert "redirect to sign-in.example" in str(caught.value)


def test_a_server_that_asks_to_wait_is_not_asked_before() -> None:
    answers = iter([refused("ThrottlingException", headers={"Retry-After": "40"}), said(TYPE)])
    with canned(GetQualificationType=lambda connection: connection.sendall(next(answers))) as place:
        assert place.client.get_qualification_type(TYPE_ID) is not None
    assert place.clock.pauses == [40.0]


def test_a_server_that_asks_to_wait_for_longer_than_the_deadline_is_not_waited_for() -> None:
    with canned(ALL=refused("ThrottlingException", headers={"Retry-After": "3600"})) as place:
        with pytest.raises(ThrottledError, match=re.escape("the server asks to wait 3600 s")):
            place.client.get_qualification_type(TYPE_ID)
        assert place.clock.pauses == []


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"x-amz-retry-after": "1500"}, 1.5),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "Thu, 26 Nov 2026 03:05:05 GMT", "date": "Thu, 26 Nov 2026 03:04:05 GMT"}, 60.0),
        ({"retry-after": "Thu, 26 Nov 2026 03:03:05 GMT", "date": "Thu, 26 Nov 2026 03:04:05 GMT"}, 0.0),
    ],
)
def test_how_long_a_server_asks_to_wait(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after(headers) == expected


# The time


def test_an_answer_tells_the_servers_own_time(place: Place) -> None:
    place.marketplace.advance(86_400)
    answer = place.client._call("list_worker_blocks", {})
    told = served_at(answer)
    assert told is not None
    assert abs(told.timestamp() - place.marketplace.now()) < 2


@pytest.mark.parametrize("headers", [{}, {"date": ""}, {"date": "yesterday"}])
def test_without_a_time_it_tells_none(headers: dict[str, str]) -> None:
    assert served_at({"ResponseMetadata": {"HTTPHeaders": headers}}) is None


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_the_time_is_in_utc(zone: str) -> None:
    told = served_at({"ResponseMetadata": {"HTTPHeaders": {"date": f"Thu, 26 Nov 2026 03:04:05 {zone}"}}})
    assert told == datetime.datetime(2026, 11, 26, 3, 4, 5, tzinfo=datetime.UTC)
