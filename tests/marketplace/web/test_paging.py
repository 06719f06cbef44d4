"""Lists in pages: all of them together have everything once, whatever comes meanwhile."""

from __future__ import annotations

import base64
import json
import re
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace.domain import worker_assignments, workers
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, InProcessClient

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace, Server
    from tests.support.marketplace.web_client import Page, WebClient

MANY = 45
WORKER = "A1EXAMPLEWORKER"
OF_WORK = ("/tasks", "/qualifications/assigned", "/qualifications/pending")


@pytest.fixture
def populated(marketplace: Marketplace) -> InProcessClient:
    """Forty-five of everything that a worker can see in a list."""
    direct = InProcessClient(marketplace)
    with marketplace.writing() as ctx:
        workers.register(ctx, WorkerProfile(WORKER))
    for number in range(MANY):
        type_id = direct.new_type(f"Kind {number:02}")
        direct.call("AssociateQualificationWithWorker", QualificationTypeId=type_id, WorkerId=WORKER, IntegerValue=1)
        hit_id = publish(direct, number)
        with marketplace.writing() as ctx:
            workers.register(ctx, WorkerProfile(f"A{number:02}EXAMPLEWORKER"))
            worker_assignments.return_assignment(ctx, WORKER, worker_assignments.accept(ctx, WORKER, hit_id))
    return direct


@pytest.fixture
def busy(populated: InProcessClient) -> InProcessClient:
    """As many assignments under way, and as many requests that wait for their requesters."""
    marketplace = populated.marketplace
    for number in range(MANY):
        marketplace.request_qualification(WORKER, populated.new_type(f"Wish {number:02}"))
        hit_id = publish(populated, number, "Work")
        with marketplace.writing() as ctx:
            worker_assignments.accept(ctx, WORKER, hit_id)
    return populated


def publish(direct: InProcessClient, number: int, title: str = "Task") -> str:
    members = {**HIT_TYPE, "Title": f"{title} {number:02}", "LifetimeInSeconds": 3600, "Question": QUESTION}
    status, answer = direct.call("CreateHIT", **members)
    assert status == 200, answer
    return str(answer["HIT"]["HITId"])


@pytest.mark.parametrize(
    ("path", "words", "more"),
    [
        ("/projects", r"Task \d\d", "More HITs"),
        ("/projects?search=task", r"Task \d\d", "More HITs"),
        ("/qualifications", r"Kind \d\d", "More qualifications"),
        ("/qualifications?search=kind", r"Kind \d\d", "More qualifications"),
        ("/dashboard", r"Task \d\d", "Earlier assignments"),
        ("/messages", r"Kind \d\d", "Earlier messages"),
        ("/tasks", r"Work \d\d", "Further HITs"),
        ("/qualifications/assigned", r"Kind \d\d", "Earlier qualifications"),
        ("/qualifications/pending", r"Wish \d\d", "Further qualifications"),
    ],
)
def test_pages_for_workers(
    visitor: WebClient, request: pytest.FixtureRequest, path: str, words: str, more: str
) -> None:
    populated: InProcessClient = request.getfixturevalue("busy" if path in OF_WORK else "populated")
    visitor.open("/worker/choose", {"worker_id": WORKER})

    def told(page: Page) -> list[str]:
        return sorted(set(re.findall(words, page.text)))

    page = visitor.open(path)
    found = [told(page)]
    publish(populated, 99)  # the newest comes first, and moves nothing to another page
    while more in page.text:
        page = visitor.follow(page, more)
        found.append(told(page))
    assert [len(titles) for titles in found] == [20, 20, 5]
    assert len({title for titles in found for title in titles}) == MANY


@pytest.mark.parametrize(
    ("path", "member", "number"),
    [
        (f"workers/{WORKER}/groups", "title", MANY),
        (f"workers/{WORKER}/groups?search=TASK", "title", MANY),
        (f"workers/{WORKER}/qualification-types", "name", MANY),
        (f"workers/{WORKER}/qualifications", "name", MANY),
        (f"workers/{WORKER}/assignments", "assignment_id", MANY),
        ("workers", "worker_id", MANY + 1),
        ("notifications", "qualification_type_id", MANY),
    ],
)
def test_pages_of_the_json_api(server: Server, populated: InProcessClient, path: str, member: str, number: int) -> None:
    with_limit = f"/worker-api/v1/{path}{'&' if '?' in path else '?'}limit=20"
    address: str | None = with_limit
    pages: list[list[Any]] = []
    while address is not None:
        items, address = listed(server, address)
        pages.append([item[member] for item in items])
    assert [len(page) for page in pages] == [20, 20, number - 40]
    everything, following = listed(server, f"/worker-api/v1/{path}")
    assert following is None
    assert [item[member] for item in everything] == [item for page in pages for item in page]
    assert len({item for page in pages for item in page}) == number


def test_what_is_granted_again_keeps_its_place_among_what_a_worker_holds(
    server: Server, marketplace: Marketplace
) -> None:
    direct = InProcessClient(marketplace)
    first, second = direct.new_type("First"), direct.new_type("Second")

    def grant(type_id: str) -> None:
        given = {"QualificationTypeId": type_id, "WorkerId": WORKER, "IntegerValue": 1}
        assert direct.call("AssociateQualificationWithWorker", **given)[0] == 200

    for each in (first, second):
        grant(each)
    taken = {"QualificationTypeId": first, "WorkerId": WORKER}
    assert direct.call("DisassociateQualificationFromWorker", **taken)[0] == 200
    marketplace.advance(86_400)
    grant(first)
    held, _ = listed(server, f"/worker-api/v1/workers/{WORKER}/qualifications")
    assert [each["name"] for each in held] == ["Second", "First"], "in the order in which they were first granted"
    assert held[1]["grant_time"] > held[0]["grant_time"]


def test_assignments_under_way_have_pages_before_those_that_are_over(server: Server, busy: InProcessClient) -> None:
    address: str | None = f"/worker-api/v1/workers/{WORKER}/assignments?limit=20"
    pages: list[list[Any]] = []
    while address is not None:
        items, address = listed(server, address)
        pages.append(items)
    assert [len(page) for page in pages] == [20, 20, 20, 20, 10]
    found = [item for page in pages for item in page]
    assert [item["status"] for item in found] == ["Accepted"] * MANY + ["Returned"] * MANY
    deadlines = [item["deadline"] for item in found[:MANY]]
    assert deadlines == sorted(deadlines)
    assert len({item["assignment_id"] for item in found}) == 2 * MANY


def listed(server: Server, address: str) -> tuple[Any, str | None]:
    """A page, and the address that its header Link has."""
    with urllib.request.urlopen(f"{server.url}{address}", timeout=60) as answer:  # noqa: S310 - ours
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        return json.loads(answer.read()), link and link[1]


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense",
        "after=%FF",
        f"after={base64.urlsafe_b64encode(b'[1]').decode()}",
        f"after={base64.urlsafe_b64encode(b'{}').decode()}",
        "limit=0",
        "limit=101",
        "limit=two",
        "limit=",
    ],
)
def test_what_is_no_page_is_refused(server: Server, query: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        listed(server, f"/worker-api/v1/workers/{WORKER}/groups?{query}")
    with caught.value as error:
        assert error.status == 400
        assert query.partition("=")[0] in json.loads(error.read())["error"]
