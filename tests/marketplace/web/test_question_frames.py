"""Requesters' own pages in the worker's: their frames, and the address where their forms go."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.marketplace.questions import answer_to, external_question, html_question, publish
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Server


def test_the_frame_of_a_page_elsewhere_has_the_four_parameters(visitor: WebClient, mturk: MTurkClient) -> None:
    hit = publish(mturk, external_question("https://example.com/study?condition=2#top", 700))
    worker_id = visitor.register()
    page = visitor.open(f"/projects/{hit['HITTypeId']}/tasks")
    address = urlsplit(page.frame.get("src"))
    assert (address.netloc, address.path, address.fragment) == ("example.com", "/study", "top")
    assert parse_qs(address.query) == {
        "condition": ["2"],
        "assignmentId": ["ASSIGNMENT_ID_NOT_AVAILABLE"],
        "hitId": [hit["HITId"]],
    }
    page = visitor.press(page, "Accept this HIT")
    found = parse_qs(urlsplit(page.frame.get("src")).query)
    assert found["assignmentId"] == [parse_qs(urlsplit(page.url).query)["assignment_id"][0]]
    assert found["workerId"] == [worker_id]
    assert found["turkSubmitTo"] == [visitor.server.url]
    assert page.frame.get("height") == "700"
    assert "allow-same-origin" in page.frame.get("sandbox")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://[", "//[x", "/projects", ""])
def test_what_is_no_page_of_the_web_gets_no_frame(visitor: WebClient, mturk: MTurkClient, address: str) -> None:
    hit = publish(mturk, external_question(address))
    visitor.register()
    page = visitor.open(f"/projects/{hit['HITTypeId']}/tasks")
    assert page.status == 409
    assert "no address of a page for this HIT" in page.text
    assert not page.root.xpath("//iframe")


def test_a_requesters_html_never_shares_the_sites_origin(visitor: WebClient, mturk: MTurkClient) -> None:
    hit = publish(mturk, html_question())
    address = visitor.server.url.removeprefix("http://")
    own = [
        publish(mturk, external_question(f"http://{user}{address}/dynamic/hit"), Title=f"Own {user}")
        for user in ("", "somebody@")
    ]
    visitor.register()
    page = visitor.open(f"/projects/{hit['HITTypeId']}/tasks")
    assert "allow-same-origin" not in page.frame.get("sandbox")
    alone = visitor.open(page.frame.get("src"))
    policy = alone.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-same-origin" not in policy
    assert f"{visitor.server.url}/mturk/externalSubmit" in alone.root.xpath("//form/@action")
    assert alone.root.xpath("//script/@src") == [f"{visitor.server.url}/mturk/externalHIT_v1.js"]
    for each in own:
        page = visitor.open(f"/projects/{each['HITTypeId']}/tasks")
        assert "allow-same-origin" not in page.frame.get("sandbox")


@pytest.mark.parametrize("by", ["post", "get", "doubled slash"])
def test_an_external_form_is_submitted_by_the_assignments_id_alone(server: Server, mturk: MTurkClient, by: str) -> None:
    hit = publish(mturk, html_question())
    worker = WebClient(server)
    worker.register()
    page = worker.press(worker.open("/projects"), "Accept the next one")
    assignment_id = parse_qs(urlsplit(page.url).query)["assignment_id"][0]
    fields = {"assignmentId": assignment_id, "total": "12.50", "seen": ["shop", "date"]}
    stranger = WebClient(server)  # with no cookie, and from a page elsewhere
    elsewhere = {"Origin": "null", "Sec-Fetch-Site": "cross-site"}
    if by == "get":
        page = stranger.open(f"/mturk/externalSubmit?assignmentId={assignment_id}&total=12.50&seen=shop&seen=date")
    else:
        slashes = "//" if by == "doubled slash" else "/"
        page = stranger.open(f"{server.url}{slashes}mturk/externalSubmit", fields, elsewhere)
    assert (page.status, page.heading) == (200, "Your answers were submitted")
    assert page.root.xpath("//a/@target") == ["_top", "_top"]
    answer = answer_to(mturk, hit["HITId"])
    assert "<FreeText>shop|date</FreeText>" in answer
    assert "assignmentId" not in answer
    again = stranger.open("/mturk/externalSubmit", fields)
    assert (again.status, again.heading) == (400, "Your answers were not submitted")
    assert "handed in this assignment already" in again.text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"total": "1"}, "no field assignmentId"),
        ({"assignmentId": "ASSIGNMENT_ID_NOT_AVAILABLE"}, "accept the HIT before"),
        ({"assignmentId": "NONE"}, "no assignment with this id"),
    ],
)
def test_an_external_form_that_can_not_be_submitted(visitor: WebClient, fields: dict[str, str], reason: str) -> None:
    page = visitor.open("/mturk/externalSubmit", fields)
    assert page.status == 400
    assert reason in page.text
