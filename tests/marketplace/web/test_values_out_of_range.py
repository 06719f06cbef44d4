"""Numbers and texts that no database has are refused, from wherever they come: positions of pages, and JSON bodies."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from pulumi_mturk.marketplace import Marketplace

WORKER = "A1EXAMPLEWORKER"
HALF = "\ud800"
WRONG = (2**63, -(2**63) - 1, 2**70, HALF, float("inf"), float("nan"))
RIGHT = ("", 0, 0.0)
PAGED = {
    "/dashboard",
    "/messages",
    "/projects",
    "/qualifications",
    "/qualifications/assigned",
    "/qualifications/pending",
    "/tasks",
    "/worker-api/v1/events",
    "/worker-api/v1/notifications",
    "/worker-api/v1/workers",
    *(
        f"/worker-api/v1/workers/{WORKER}/{listing}"
        for listing in ("assignments", "groups", "qualification-types", "qualifications")
    ),
}


@pytest.fixture
def client(marketplace: Marketplace) -> FlaskClient:
    marketplace.register_worker(WORKER)
    found = create_app(marketplace, control=True).test_client()
    found.set_cookie("worker", WORKER)
    return found


def token(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def positions(wrong: Any) -> Iterator[str]:
    """A wrong value in positions of each form."""
    yield token(wrong)
    for right in RIGHT:
        yield token(right, wrong)
        yield token(wrong, right)
    yield token(False, wrong, 0)
    yield token(True, 0.0, wrong)


def paged(client: FlaskClient) -> set[str]:
    """The routes that look at a position."""
    rules = client.application.url_map.iter_rules()
    paths = {rule.rule.replace("<worker_id>", WORKER) for rule in rules if "GET" in (rule.methods or ())}
    return {path for path in paths if "<" not in path and is_no_page(client, path, "nonsense")}


def is_no_page(client: FlaskClient, path: str, after: str) -> bool:
    with client.get(path, query_string={"after": after}) as answer:
        return answer.status_code == 400 and "no page of this list" in answer.get_data(as_text=True)


def test_a_position_has_values_that_a_database_has(client: FlaskClient) -> None:
    assert paged(client) == PAGED
    for path in PAGED:
        for wrong in WRONG:
            for after in positions(wrong):
                assert is_no_page(client, path, after), (path, wrong)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/worker-api/v1/workers", {"worker_id": HALF}),
        ("POST", "/worker-api/v1/workers", {HALF: "x"}),
        ("PUT", f"/worker-api/v1/workers/{WORKER}", {"country": HALF}),
        ("POST", f"/worker-api/v1/workers/{WORKER}/assignments/NONE/submit", {"answers": {"q": HALF}}),
        ("POST", f"/worker-api/v1/workers/{WORKER}/qualification-types/NONE/request", {"answers": {HALF: ["x"]}}),
        ("POST", "/control/v1/faults", {"faults": [{"kind": "throttle", "operation": HALF}]}),
        ("PATCH", "/control/v1/switches", {"notification_url": f"https://example.com/{HALF}"}),
        ("PATCH", "/control/v1/switches", {"hit_removal_days": 10**400}),
    ],
)
def test_a_body_has_texts_and_numbers_that_a_database_has(
    client: FlaskClient, method: str, path: str, body: dict[str, Any]
) -> None:
    answer = client.open(path, method=method, data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"]
    assert client.get("/projects").status_code == 200


@pytest.mark.parametrize("body", [{"name": HALF, "passphrase": "a" * 20}, {"name": "a", "passphrase": HALF * 20}])
def test_who_signs_in_has_a_name_and_a_passphrase_of_characters(
    marketplace: Marketplace, client: FlaskClient, body: dict[str, str]
) -> None:
    marketplace.accounts.add("lab")
    assert client.post("/worker-api/v1/session", json=body).status_code == 400
