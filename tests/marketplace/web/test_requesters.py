"""Workers read whose each HIT, qualification and message is, on every page and in the JSON API."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, InProcessClient, do, take
from tests.support.marketplace.fenced import fence, joined

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace, Server

LAB = "Lab of Examples"


@pytest.fixture
def clients(marketplace: Marketplace) -> list[InProcessClient]:
    """The requester of the file, who has its name, and one with a name of their own."""
    fence(marketplace, LAB)
    return [InProcessClient(marketplace, account) for account in (1, 2)]


def test_workers_read_whose_it_is(server: Server, marketplace: Marketplace, clients: list[InProcessClient]) -> None:
    visitor, worker_id = joined(marketplace, server)
    key = marketplace.accounts.new_operator_key()
    names = [marketplace.requester_name, LAB]
    hit_type = {**HIT_TYPE, "LifetimeInSeconds": 600, "MaxAssignments": 3, "Question": QUESTION}
    for client, name in zip(clients, names, strict=True):
        type_id = client.new_type(f"Type of {name}")
        client.call("AssociateQualificationWithWorker", QualificationTypeId=type_id, WorkerId=worker_id)
        hits = [client.call("CreateHIT", **hit_type)[1]["HIT"]["HITId"] for _ in range(3)]
        assignment_id = do(marketplace, hits[0], worker_id)
        client.call("SendBonus", AssignmentId=assignment_id, WorkerId=worker_id, BonusAmount="1", Reason="Thanks.")
        under_way = take(marketplace, hits[1], worker_id)
        for page in (
            f"/projects/any/tasks/{hits[2]}",
            f"/projects/any/tasks/{hits[1]}?assignment_id={under_way}",
            f"/qualifications/{type_id}",
        ):
            assert visitor.open(page).root.xpath("//dt[.='Requester']/following-sibling::dd/text()") == [name]
    for page in ("/projects", "/tasks", "/dashboard", "/messages", "/qualifications", "/qualifications/assigned"):
        text = visitor.open(page).text
        assert all(name in text for name in names), page

    session = "; ".join(f"{each.name}={each.value}" for each in visitor.jar)

    def told(path: str) -> list[Any]:
        headers = {"Authorization": f"Bearer {key}"} if path == "/notifications" else {"Cookie": session}
        asked = urllib.request.Request(f"{server.url}/worker-api/v1{path}", headers=headers)  # noqa: S310
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            read: list[Any] = json.loads(answer.read())
        return [each["requester"] for each in read]

    of_worker = f"/workers/{worker_id}"
    assert told(f"{of_worker}/groups") == names[::-1]
    assert sorted(told(f"{of_worker}/assignments")) == sorted(names * 2)
    assert sorted(told(f"{of_worker}/qualification-types")) == sorted(names)
    assert sorted(told(f"{of_worker}/qualifications")) == sorted(names)
    assert told("/notifications") == [names[0]] * 2 + [names[1]] * 2
    assert [each.requester for each in marketplace.notifications()] == told("/notifications")
