"""Faults in the answer's body: what comes over a socket, and that boto3 gets the same of an embedded marketplace."""

from __future__ import annotations

import http.client
import json
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from pulumi_mturk.marketplace import Fault, Marketplace, Server
from pulumi_mturk.provider.embedded import Embedded
from tests.support.marketplace.api_calls import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = {"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}
BAD = ("html", "garbage", "empty", "empty_object", "cut_length", "cut_chunks", "redirect")
TARGET = "MTurkRequesterServiceV20170117."


def answer_to(server: Server, operation: str, **members: Any) -> tuple[http.client.HTTPResponse, bytes]:
    """An answer, and all that was sent as its body."""
    with closing(http.client.HTTPConnection(str(urlsplit(server.url).netloc), timeout=10)) as connection:
        connection.request("POST", "/", json.dumps(members), {"X-Amz-Target": TARGET + operation})
        response = connection.getresponse()
        try:
            body = response.read()
        except http.client.IncompleteRead as error:
            body = error.partial
        return response, body


@pytest.fixture(params=["http", "embedded"])
def client(request: pytest.FixtureRequest, kept_in: str | Path, marketplace: Marketplace) -> Iterator[Any]:
    """boto3 by either way, trying each call once."""
    if request.param == "http":
        with Server(marketplace) as server, closing(client_of(server)) as made:
            yield made
    else:
        if not isinstance(kept_in, Path):
            pytest.skip("What is embedded is a file.")
        keys = {"aws_access_key_id": "example", "aws_secret_access_key": "example", "region_name": "us-east-1"}
        config = Config(retries={"total_max_attempts": 1})
        with Embedded(str(kept_in)) as embedded, closing(boto3.client("mturk", **keys, config=config)) as made:  # type: ignore[call-overload]
            embedded.attach(made)
            yield made


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_answer_comes_in_the_place_of_the_call_or_after_it(
    client: Any, marketplace: Marketplace, bad: str, moment: str
) -> None:
    marketplace.set_switches(record_calls="on")
    marketplace.inject(Fault(f"{bad}_{moment}", "CreateWorkerBlock"))  # type: ignore[arg-type]
    try:
        outcome = client.create_worker_block(**BLOCK)["ResponseMetadata"]["HTTPStatusCode"]
    except ClientError as error:
        outcome = error.response["ResponseMetadata"]["HTTPStatusCode"]
    except (BotoCoreError, UnicodeDecodeError) as error:
        outcome = type(error).__name__
    # boto3 takes a page for success, and what is no UTF-8 surprises it; urllib3 sees cuts, where there is a urllib3
    assert outcome in {
        "redirect": (302,),
        "garbage": ("UnicodeDecodeError",),
        "cut_length": (200, "ResponseStreamingError"),
        "cut_chunks": ("ConnectionClosedError", "ResponseStreamingError"),
    }.get(bad, (200,))
    executed = moment == "after"
    assert marketplace.summary().blocks == executed
    (call,) = marketplace.calls()
    assert (call.fault, call.executed) == (f"{bad}_{moment}", executed)
    client.create_worker_block(**BLOCK)
    assert marketplace.summary().blocks == 1


def test_the_bytes_are_what_the_fault_says(server: Server, marketplace: Marketplace) -> None:
    def bad(kind: Any) -> tuple[http.client.HTTPResponse, bytes]:
        marketplace.inject(Fault(kind))
        return answer_to(server, "GetAccountBalance")

    good, whole = answer_to(server, "GetAccountBalance")
    assert json.loads(whole) == {"AvailableBalance": "10000.00"}
    page, body = bad("html_after")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "x-amzn-RequestId" not in page.headers
    assert body.startswith(b"<!DOCTYPE html>")
    elsewhere, body = bad("redirect_after")
    assert (elsewhere.status, elsewhere.headers["Location"]) == (302, "http://portal.example/sign-in")
    for kind, expected in (("empty_after", b""), ("empty_object_after", b"{}")):
        answer, body = bad(kind)
        assert (body, answer.headers["Content-Type"]) == (expected, good.headers["Content-Type"])
        assert "x-amzn-RequestId" in answer.headers
    garbage, body = bad("garbage_after")
    assert garbage.status == 200
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    cut, body = bad("cut_length_after")
    assert (cut.headers["Content-Length"], body) == (str(len(whole)), whole[: len(whole) // 2])
    chunks, body = bad("cut_chunks_after")
    assert "Content-Length" not in chunks.headers
    assert (chunks.headers["Transfer-Encoding"], body) == ("chunked", whole)


def test_a_refused_call_keeps_its_refusal(client: Any, marketplace: Marketplace) -> None:
    marketplace.inject(Fault("html_after", "GetHIT"))
    with pytest.raises(ClientError, match="RequestError"):
        client.get_hit(HITId="NONE")


def test_a_body_trickles(client: Any, marketplace: Marketplace) -> None:
    marketplace.inject(Fault("trickle", seconds=0.01))
    start = time.monotonic()
    assert client.get_account_balance()["AvailableBalance"] == "10000.00"
    assert time.monotonic() - start >= 0.01 * len('{"AvailableBalance":"10000.00"}')


def test_an_answer_waits_after_the_call_was_executed(client: Any, marketplace: Marketplace) -> None:
    marketplace.inject(Fault("delay_after", seconds=0.3))
    start = time.monotonic()
    client.create_worker_block(**BLOCK)
    assert time.monotonic() - start >= 0.3
    assert marketplace.summary().blocks == 1


@pytest.mark.parametrize("kind", ["throttle", "service_fault", "service_fault_after"])
def test_a_refusal_can_say_when_to_try_again(client: Any, marketplace: Marketplace, kind: Any) -> None:
    marketplace.inject(Fault(kind, retry_after=7), Fault(kind))
    for expected in ("7", None):
        with pytest.raises(ClientError) as refused:
            client.get_account_balance()
        assert refused.value.response["ResponseMetadata"]["HTTPHeaders"].get("retry-after") == expected


def test_the_date_of_an_answer_is_the_marketplaces(client: Any, marketplace: Marketplace) -> None:
    marketplace.advance(400 * 86_400)
    answer = client.create_qualification_type(Name="n", Description="d", QualificationTypeStatus="Active")
    date = time.strptime(answer["ResponseMetadata"]["HTTPHeaders"]["date"], "%a, %d %b %Y %H:%M:%S GMT")
    assert date[:6] == answer["QualificationType"]["CreationTime"].utctimetuple()[:6]
