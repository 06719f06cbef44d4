"""Requests as an enemy, or a broken client, writes them; and whether what came back is HTTP."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS
from pulumi_mturk.marketplace.web.app import create_app
from pulumi_mturk.marketplace.web.forgery import FIELD, token_of
from tests.support.marketplace.api_calls import ANSWER_KEY, QUESTION, SCHEMAS, TEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from pulumi_mturk.marketplace import Marketplace

FORM = f"{SCHEMAS}/2017-11-06/QuestionForm.xsd"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMBS = (
    f'<!DOCTYPE q [<!ENTITY l0 "ha">{LAUGHS}]><QuestionForm xmlns="{FORM}">&l11;</QuestionForm>',
    f'<!DOCTYPE q [<!ENTITY l0 "ha">{LAUGHS}]><QuestionForm xmlns="{FORM}" id="&l11;"/>',
    f'<!DOCTYPE q SYSTEM "file:///etc/passwd"><QuestionForm xmlns="{FORM}"/>',
    f'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><QuestionForm xmlns="{FORM}">&x;</QuestionForm>',
    f'<!DOCTYPE q [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><QuestionForm xmlns="{FORM}"/>',
    f'<QuestionForm xmlns="{FORM}">' + "<a>" * 20_000,
    f'<QuestionForm xmlns="{FORM}" ' + " ".join(f'a{n}="1"' for n in range(8000)) + "/>",
    '<?xml version="1.0" encoding="UTF-16"?><QuestionForm/>',
    f'<QuestionForm xmlns="{FORM}">\x00</QuestionForm>',
)
# What is put into the middle of a good request.
FRAGMENTS = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\\ud800",
        b"\\u0000",
        b"\r\n",
        b"\n\n",
        b"\r",
        b":",
        b" ",
        b'"',
        b"}",
        b"]",
    ),
    *(b"-1", b"1e999", b"-0.0", b"NaN", b"9" * 5000, b"null", b"true", b"[" * 5000, b'{"a":' * 2000, b"[]", b"{}"),
    *(
        b"%00",
        b"%2e%2e/",
        b"../../",
        b"//",
        b"?" * 50,
        b"&" * 50,
        b"A" * 70_000,
        b"<script>",
        b"{{7*7}}",
        b"' OR 1=1 --",
    ),
    *(
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\n",
        b"Expect: 100-continue\r\n",
        b"HTTP/0.9",
        b"HTTP/9.9",
    ),
    *(json.dumps(bomb).encode()[1:-1] for bomb in BOMBS),
)


def message(method: str, path: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def call(operation: str, **members: Any) -> bytes:
    target = f"X-Amz-Target: MTurkRequesterServiceV20170117.{operation}"
    return message("POST", "/", json.dumps(members).encode(), target, "Content-Type: application/x-amz-json-1.1")


_FORM = "Content-Type: application/x-www-form-urlencoded"
_HIT = {"Title": "t", "Description": "d", "Reward": "0.10", "AssignmentDurationInSeconds": 60, "LifetimeInSeconds": 60}
_TYPE = {"Name": "n", "Description": "d", "QualificationTypeStatus": "Active", "TestDurationInSeconds": 60}
CALLS = (
    call("GetAccountBalance"),
    call("ListQualificationTypes", MustBeRequestable=False, Query="é", MaxResults=5, NextToken="TGlzdA=="),
    call("CreateQualificationType", **_TYPE, Test=TEST, AnswerKey=ANSWER_KEY),
    call("CreateHIT", **_HIT, Question=QUESTION, UniqueRequestToken="t"),
    call("CreateWorkerBlock", WorkerId="A1EXAMPLEWORKER", Reason="r"),
    call("UpdateExpirationForHIT", HITId="X", ExpireAt=0.5),
    call("NotifyWorkers", Subject="s", MessageText="m", WorkerIds=["A1EXAMPLEWORKER"]),
    call("SendBonus", WorkerId="A1EXAMPLEWORKER", BonusAmount="1.00", AssignmentId="X", Reason="r"),
    *(call("CreateQualificationType", **_TYPE, Test=bomb, AnswerKey=bomb) for bomb in BOMBS),
    *(call("CreateHIT", **_HIT, Question=bomb) for bomb in BOMBS),
)


def visits(marketplace: Marketplace, known: Mapping[str, Sequence[str]]) -> tuple[bytes, ...]:
    """A request for each address of the worker's site, by a worker and for things that are there."""
    worker = known["WorkerId"][0]
    ids = {
        "worker_id": worker,
        "group_id": known["HITTypeId"][-1],
        "hit_id": known["HITId"][-1],
        "assignment_id": known["AssignmentId"][-1],
        "type_id": known["QualificationTypeId"][0],
    }
    fields = {
        **ids,
        FIELD: token_of("browser"),
        "assignmentId": ids["assignment_id"],
        "hitId": ids["hit_id"],
        "q1": "a",
        "next": "/tasks",
    }
    members = {
        **ids,
        "answers": {"q1": "a"},
        "country": "US",
        "subdivision": "CA",
        "history": {"accepted": 1},
        "seconds": 5,
    }
    found = []
    for rule in create_app(marketplace).url_map.iter_rules():
        values = {name: ids.get(name, "status") for name in rule.arguments}
        _, path = rule.build(values) or ("", "/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            json_form = "Content-Type: application/json", json.dumps(members)
            kind, body = json_form if "-api/" in path else (_FORM, urlencode(fields))
            path = path if method != "GET" else f"{path}?{urlencode(fields)}"
            found.append(message(method, path, body.encode(), kind, f"Cookie: worker={worker}; visit=browser"))
    return tuple(found)


CONNECTED = b"HTTP/1.1 200 Connection established\r\n\r\n"
OPENINGS = (
    *(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() for host in HOSTS),
    message("CONNECT", "mturk-requester.us-east-1.amazonaws.com:443")
    + b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
    + b"\x00" * 500,
    message("CONNECT", "127.0.0.1:22"),
    message("GET", "http://169.254.169.254/latest/meta-data/"),
    message("POST", "https://mturk-requester.us-east-1.amazonaws.com/", b"{}"),
)


def damaged(request: bytes, dice: Random) -> bytes:
    """A request with a few things wrong in it."""
    for _ in range(dice.randint(1, 4)):
        first, second = sorted(dice.randint(0, len(request)) for _ in range(2))
        # mostly close together
        second = min(second, first + dice.choice((0, 1, 5, 10_000)))
        put = dice.choice((b"", dice.choice(FRAGMENTS), dice.randbytes(dice.randint(1, 8)), request[first:second] * 2))
        request = request[:first] + put + request[second:]
    return request


def exchange(url: str, request: bytes) -> bytes:
    """All that a server says to these bytes until it closes the connection."""
    address = urlsplit(url)
    answer = b""
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=20) as connection:
        # it need not listen to the end, and what it said last is lost where it did not
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, OSError):
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65_536):
                answer += part
    return answer


class _Stream(io.BytesIO):
    """What http.client reads from: several answers, one behind the other."""

    def makefile(self, _mode: str) -> _Stream:
        return self

    def close(self) -> None:
        """It is read on."""


def assert_http(data: bytes) -> None:
    """The bytes are HTTP answers, one or several or none, each whole; none is a fault, those of the API are JSON."""
    # what follows the opening of a tunnel is TLS, or nothing
    data = data.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"").partition(CONNECTED)[0]
    stream = _Stream(data)
    while stream.tell() < len(data):
        answer = http.client.HTTPResponse(stream)  # type: ignore[arg-type]
        answer.begin()
        body = answer.read()
        assert len(body) == int(answer.headers["Content-Length"])
        assert answer.status != 500, body
        if answer.headers["Content-Type"] == "application/x-amz-json-1.1" and body:
            document = json.loads(body)
            assert answer.status == 200 or (answer.status == 400 and document["__type"])
