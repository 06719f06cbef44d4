"""A worker who has agreed to an earlier text is asked again, before anything new begins."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace.domain import erasure, statements
from tests.support.marketplace.fenced import PASSPHRASE, PAYMENT, fence, invite, joined, requester
from tests.support.marketplace.questions import free_text, html_question, publish, question, question_form
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace, Server

CHANGED = "Your answers are published."
HEADING = "What you agree to has changed"


@pytest.fixture(autouse=True)
def fenced(marketplace: Marketplace) -> None:
    fence(marketplace)


@pytest.fixture
def client(marketplace: Marketplace, server: Server) -> MTurkClient:
    return requester(marketplace, server)


def change(marketplace: Marketplace, text: str = CHANGED, kind: statements.Kind = "Consent") -> None:
    with marketplace.writing() as ctx:
        statements.replace(ctx, kind, text)


def versions(marketplace: Marketplace) -> list[tuple[int, int]]:
    with marketplace.reading() as ctx:
        rows = ctx.db.execute("SELECT consent_version, payment_version FROM consents ORDER BY sequence").fetchall()
    return [(row[0], row[1]) for row in rows]


def ask(server: Server, path: str, token: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}/worker-api/v1{path}", data, headers)  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_another_text_is_asked_for_at_the_next_page_and_leads_back(marketplace: Marketplace, server: Server) -> None:
    visitor, worker_id = joined(marketplace, server)
    assert visitor.open("/dashboard").path == "/dashboard"
    marketplace.advance(3600)
    change(marketplace)
    page = visitor.open("/dashboard?state=all")
    assert (page.path, page.heading, page.status) == ("/consent", HEADING, 200)
    headings = [" ".join(each.text_content().split()) for each in page.root.xpath("//h2")]
    assert headings == ["Who pays", "What you agree to (changed)"]
    assert CHANGED in page.text
    assert PAYMENT in page.text
    assert [each.get("id") for each in page.root.xpath("//input[@required]")] == ["of_age", "consent"]
    account = visitor.open("/account")
    assert CHANGED not in account.text
    page = visitor.press(visitor.follow(account, "Read what has changed since"), "Sign out")
    assert page.path == "/sign-in"
    sign_in_page = visitor.press(page, "Sign in", name="reader", passphrase=PASSPHRASE)
    assert sign_in_page.path == "/consent"

    page = visitor.press(visitor.open("/dashboard?state=all"), "Agree and go on", of_age="1", consent="1")
    assert page.url == f"{server.url}/dashboard?state=all"
    assert versions(marketplace) == [(1, 1), (2, 1)]
    assert CHANGED in visitor.open("/account").text
    assert visitor.open("/consent").path == "/projects"
    with marketplace.writing() as ctx:
        found = erasure.export(ctx, worker_id)
        (noted,) = ctx.db.execute("SELECT actor FROM audit WHERE action = 'agreed'").fetchall()
    first, second = found["agreements"]
    assert (second["consent"]["version"], second["consent"]["text"]) == (2, CHANGED)
    assert first["consent"]["text"] != CHANGED
    assert (first["payment"]["text"], second["payment"]["text"]) == (PAYMENT, PAYMENT)
    assert second["time"] - first["time"] >= 3600
    assert worker_id not in noted[0]


def test_who_pays_is_agreed_to_as_well(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined(marketplace, server)
    change(marketplace, "Practice: no money is paid.", "Payment")
    page = visitor.open("/projects")
    headings = [" ".join(each.text_content().split()) for each in page.root.xpath("//h2")]
    assert (page.path, headings) == ("/consent", ["Who pays (changed)", "What you agree to"])
    assert visitor.press(page, "Agree and go on", of_age="1", consent="1").path == "/projects"
    assert versions(marketplace) == [(1, 1), (1, 2)]
    change(marketplace, "Practice: no money is paid.", "Payment")  # the same text is no other version
    assert visitor.open("/projects").path == "/projects"


def test_a_link_to_the_same_worker_asks_for_it_by_itself(marketplace: Marketplace, server: Server) -> None:
    visitor, worker_id = joined(marketplace, server)
    change(marketplace)
    page = visitor.open(invite(marketplace, worker_id))
    page = visitor.press(page, "Set the passphrase", passphrase=PASSPHRASE, of_age="1", consent="1")
    assert page.path == "/projects"
    assert versions(marketplace) == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("left_out", "words"), [("of_age", "Workers here are 18 or older."), ("consent", "Without your consent")]
)
def test_both_boxes_are_asked_for(marketplace: Marketplace, server: Server, left_out: str, words: str) -> None:
    visitor, _ = joined(marketplace, server)
    change(marketplace)
    page = visitor.press(visitor.open("/projects"), "Agree and go on", **{"of_age": "1", "consent": "1", left_out: []})
    assert (page.status, words in page.text) == (422, True)
    assert page.root.get_element_by_id(left_out).get("aria-describedby") == f"{left_out}-problem"
    assert versions(marketplace) == [(1, 1)]
    assert visitor.open("/projects").path == "/consent"


def test_a_text_that_nobody_has_read_is_not_agreed_to(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined(marketplace, server)
    change(marketplace)
    page = visitor.open("/projects")
    change(marketplace, "Yet another text.")
    page = visitor.press(page, "Agree and go on", of_age="1", consent="1")
    assert (page.status, "changed while you read them" in page.text) == (422, True)
    assert "Yet another text." in page.text
    assert versions(marketplace) == [(1, 1)]
    assert visitor.press(page, "Agree and go on", of_age="1", consent="1").path == "/projects"
    assert versions(marketplace) == [(1, 1), (3, 1)]


def test_the_page_leads_to_no_other_site(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined(marketplace, server)
    change(marketplace)
    page = visitor.open("/consent?next=//evil.example/")
    assert page.root.xpath("//input[@name='next']/@value") == ["/projects"]
    form = {"of_age": "1", "consent": "1", "next": "https://evil.example/"}
    assert visitor.open("/consent", form).status == 422
    (terms,) = page.root.xpath("//input[@name='terms']/@value")
    assert visitor.open("/consent", {**form, "terms": terms}).path == "/projects"


@pytest.mark.parametrize("others", [0, 1])
def test_who_joins_agrees_to_what_the_page_has_shown(marketplace: Marketplace, server: Server, others: int) -> None:
    for _ in range(others):
        joined(marketplace, server, "earlier")
    visitor = WebClient(server)
    given = {"name": "reader", "passphrase": PASSPHRASE, "of_age": "1", "consent": "1"}
    page = visitor.open(invite(marketplace))
    change(marketplace, "Yet another text.")
    page = visitor.press(page, "Join", **given)
    assert (page.status, "changed while you read them" in page.text) == (422, True)
    assert "Yet another text." in page.text
    assert visitor.press(page, "Join", **given).path == "/projects"


def test_another_who_joins_first_changes_no_text(marketplace: Marketplace, server: Server) -> None:
    visitor = WebClient(server)
    page = visitor.open(invite(marketplace))
    joined(marketplace, server, "earlier")  # the package's own text is stored when the first one agrees to it
    page = visitor.press(page, "Join", name="reader", passphrase=PASSPHRASE, of_age="1", consent="1")
    assert page.path == "/projects"


def test_what_was_accepted_before_can_be_handed_in_or_given_back(
    marketplace: Marketplace, server: Server, client: MTurkClient
) -> None:
    form = question_form(question(free_text(), "total"))
    hits = [publish(client, form, Title=f"Receipts {number}", MaxAssignments=2) for number in range(4)]
    framed = publish(client, html_question("<p>Read.</p>"), Title="In a frame")
    visitor, worker_id = joined(marketplace, server)
    accepted = [f"/projects/{hit['HITTypeId']}/tasks/{hit['HITId']}" for hit in (*hits, framed)]
    pages = [visitor.press(visitor.open(path), "Accept this HIT") for path in accepted[1:]]
    frame = visitor.open(pages[-1].frame.get("src"))
    change(marketplace)
    assert visitor.open(accepted[0], {}).status == 405
    assert visitor.open(f"{accepted[0]}/accept", {}).path == "/consent"

    assert visitor.press(pages[0], "Submit", **{"question-1": "7"}).heading == "Your answers were submitted"
    returned = visitor.press(pages[1], "Return this HIT")
    assert returned.path == "/tasks"  # what else was accepted is found from there
    assert [visitor.open(path).heading for path in returned.root.xpath("//main//a/@href") if "assignment_id" in path]
    base = frame.path.partition("/dynamic/hit")[0]
    assignment_id = pages[-1].url.rpartition("=")[2]
    answer = visitor.open(f"{base}/mturk/externalSubmit", {"assignmentId": assignment_id, "total": "1"})
    assert answer.status == 200
    statuses = {}
    with marketplace.reading() as ctx:
        for row in ctx.db.execute("SELECT hit_id, status FROM assignments WHERE worker_id = ?", (worker_id,)):
            statuses[row["hit_id"]] = row["status"]
    expected = ["Submitted", "Returned", "Accepted", "Submitted"]
    assert [statuses.get(hit["HITId"]) for hit in (*hits, framed)] == [None, *expected]


def test_a_program_of_the_workers_is_told_and_the_operators_key_acts_for_a_worker(
    marketplace: Marketplace, server: Server, client: MTurkClient
) -> None:
    hit = publish(client, question_form(question(free_text(), "total")))
    _, worker_id = joined(marketplace, server)
    credentials = {"name": "reader", "passphrase": PASSPHRASE}
    token = ask(server, "/session", "", credentials)[1]["token"]
    path = f"/workers/{worker_id}/hits/{hit['HITId']}"
    assert ask(server, path, token)[0] == 200
    change(marketplace)
    told = {"error": "The host has changed what workers agree to. Read it, and agree, on /consent."}
    assert ask(server, path, token) == (403, told)
    assert ask(server, f"{path}/accept", token, {}) == (403, told)
    assert ask(server, "/session", token)[0] == 200
    key = marketplace.accounts.new_operator_key()
    status, made = ask(server, f"{path}/accept", key, {})
    assert (status, made["status"]) == (201, "Accepted")
    submitted = ask(
        server, f"/workers/{worker_id}/assignments/{made['assignment_id']}/submit", token, {"answers": {"total": "7"}}
    )
    assert (submitted[0], submitted[1]["status"]) == (200, "Submitted")


def test_where_nobody_signs_in_there_is_no_such_page(marketplace: Marketplace, server: Server) -> None:
    with marketplace.writing() as ctx:
        ctx.db.execute("DELETE FROM accounts WHERE sequence > 1")
    visitor = WebClient(server)
    assert visitor.open("/consent").status == 404
