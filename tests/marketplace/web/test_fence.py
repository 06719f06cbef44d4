"""Every route of the application, as nobody, as another worker, and without the form's token: nothing is told or done.

The routes are those that the application has: a new one is in these tests at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from pulumi_mturk.marketplace.domain import sessions, sign_in, statements
from pulumi_mturk.marketplace.storage import worker_data
from pulumi_mturk.marketplace.web import fence as rules
from pulumi_mturk.marketplace.web.app import create_app
from tests.support.marketplace.api_calls import OTHER, WORKER
from tests.support.marketplace.contents import contents
from tests.support.marketplace.fenced import fence
from tests.support.marketplace.studies import ANSWER, MESSAGE, QUESTION, TITLE, Study, study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from mypy_boto3_mturk import MTurkClient
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from pulumi_mturk.marketplace import Marketplace

NAME = "quoll"
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
GOOD_FORM = "0" * 64


@pytest.fixture
def made(marketplace: Marketplace, mturk: MTurkClient) -> Study:
    found = study(marketplace, mturk, WORKER)
    with marketplace.writing() as ctx:
        ctx.db.execute("INSERT INTO workers (worker_id) VALUES (?)", (OTHER,))
        for worker_id, name in ((WORKER, NAME), (OTHER, "other")):
            sign_in.set_credentials(ctx, worker_id, name, "scrypt$2$1$1$00$00")
    fence(marketplace)
    with marketplace.writing() as ctx:
        for worker_id in (WORKER, OTHER):
            statements.agree(ctx, worker_id)
    return found


@pytest.fixture
def app(marketplace: Marketplace, made: Study) -> Flask:
    return create_app(marketplace, control=True)


def session_of(marketplace: Marketplace, worker_id: str) -> str:
    with marketplace.writing() as ctx:
        return sessions.begin(ctx, worker_id)


def requests(app: Flask, made: Study) -> Iterator[tuple[Rule, str, str]]:
    """Each route with each of its methods, filled in with what is the worker's."""
    known = {
        "worker_id": made.worker_id,
        "group_id": made.group_id,
        "hit_id": made.hit_id,
        "assignment_id": made.assignment_id,
        "type_id": made.type_id,
        "token": "no-such-token",
        "filename": "site.css",
        "name": "dashboard",
    }
    queries = {
        "hit_pages.one_task": ["", f"?assignment_id={made.assignment_id}", f"?assignment_id={made.submitted_id}"],
        "legacy_urls.preview": [f"?hitId={made.hit_id}", f"?groupId={made.group_id}"],
        "legacy_urls.qualification": [f"?qualificationId={made.type_id}"],
        "question_frames.html_question": [
            f"?hitId={made.framed_hit_id}",
            f"?hitId={made.framed_hit_id}&assignmentId={made.framed_assignment_id}",
        ],
        "question_frames.external_submit": [
            f"?assignmentId={made.framed_assignment_id}&total=1",
            f"?assignmentId={made.assignment_id}&total=1",
        ],
    }
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = {name: known[name] for name in rule.arguments}
            adapter = app.url_map.bind("localhost")
            path = adapter.build(rule.endpoint, values) if rule.endpoint != "legacy_urls.moved" else rule.rule
            # several rules may lead to one endpoint: each is filled in by itself
            path = rule.build(values)[1] if rule.build(values) else path  # type: ignore[index]
            for method in sorted(rule.methods or ()):
                for query in queries.get(rule.endpoint, [""]):
                    yield rule, method, path + query


def send(client: FlaskClient, rule: Rule, method: str, path: str, **headers: str) -> TestResponse:
    """Send what the route could take: JSON to the JSON API, fields to the others."""
    if rule.endpoint.startswith(("json_api.", "control.")):
        body: dict[str, Any] = {} if method not in ("POST", "PUT", "PATCH") else {"json": {}}
        if rule.endpoint.endswith(("submit", "request_qualification")) and body:
            body["json"] = {"answers": {"total": "1", "q1": "a"}}
    else:
        fields = {"total": "1", "q1": "a", "worker_id": WORKER, "name": NAME, "passphrase": "wrong passphrase"}
        body = {"data": fields} if method in CHANGING else {}
    return client.open(path, method=method, headers=headers, buffered=True, **body)


def told(answer: TestResponse, path: str) -> str:
    """What the answer tells, beside what was asked."""
    return unquote(f"{answer.headers}\n{answer.get_data(as_text=True)}").replace("&amp;", "&").replace(path, "")


def dump(marketplace: Marketplace) -> str:
    """All there is, but what the server notes by itself of its traffic, every quarter of a minute."""
    with marketplace.reading() as ctx:
        return repr({name: rows for name, rows in contents(ctx.db).items() if name != "request_counts"})


def of_worker(marketplace: Marketplace) -> Any:
    with marketplace.reading() as ctx:
        return worker_data.rows_of(ctx.db, WORKER)


@pytest.mark.parametrize("pretended", ["", f"worker={WORKER}", "session=forged", "session=forged; visit=forged"])
def test_nobody_is_told_or_does_anything(marketplace: Marketplace, app: Flask, made: Study, pretended: str) -> None:
    words = (WORKER, OTHER, NAME, TITLE, QUESTION, MESSAGE, ANSWER, made.assignment_id, made.submitted_id, made.type_id)
    before, count = dump(marketplace), 0
    leaks: list[Any] = []
    for rule, method, path in requests(app, made):
        answer = send(
            app.test_client(use_cookies=False), rule, method, path, **({"Cookie": pretended} if pretended else {})
        )
        count += 1
        found = [word for word in words if word in told(answer, path)]
        if found or (answer.status_code == 200 and rule.endpoint not in rules.FOR_EVERYBODY and method != "OPTIONS"):
            leaks.append((method, path, answer.status_code, found))
        if dump(marketplace) != before:
            if rule.endpoint != "json_api.sign_in":  # it counts the attempt
                leaks.append((method, path, answer.status_code, "changed"))
            before = dump(marketplace)
    assert count > 100
    assert leaks == []


def test_another_worker_is_told_and_does_nothing_of_this_one(marketplace: Marketplace, app: Flask, made: Study) -> None:
    token = session_of(marketplace, OTHER)
    words = (WORKER, NAME, MESSAGE, ANSWER, made.submitted_id, made.framed_assignment_id)
    before = of_worker(marketplace)
    leaks: list[Any] = []
    for rule, method, path in requests(app, made):
        if rule.endpoint in ("sign_in_pages.sign_out", "sign_in_pages.sign_out_everywhere", "json_api.sign_out"):
            continue
        client = app.test_client(use_cookies=False)
        headers = {"Cookie": f"session={token}"}
        account = client.get("/worker-api/v1/session", headers=headers)
        form_token = account.get_json()["csrf_token"]
        if method in CHANGING and not rule.endpoint.startswith(("json_api.", "control.")):
            fields = {"csrf_token": form_token, "total": "1", "q1": "a", "worker_id": WORKER}
            answer = client.open(path, method=method, headers=headers, buffered=True, data=fields)
        else:
            answer = send(client, rule, method, path, **headers, **{"X-CSRF-Token": form_token})
        if found := [word for word in words if word in told(answer, path)]:
            leaks.append((method, path, answer.status_code, found))
        if of_worker(marketplace) != before:
            leaks.append((method, path, answer.status_code, "changed"))
            before = of_worker(marketplace)
    assert leaks == []


@pytest.mark.parametrize(
    "headers", [{}, {"X-CSRF-Token": GOOD_FORM}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.com"}]
)
def test_without_the_forms_token_nothing_is_done(
    marketplace: Marketplace, app: Flask, made: Study, headers: dict[str, str]
) -> None:
    token = session_of(marketplace, WORKER)
    before, wrong = dump(marketplace), []
    for rule, method, path in requests(app, made):
        if method not in CHANGING:
            continue
        answer = send(app.test_client(use_cookies=False), rule, method, path, Cookie=f"session={token}", **headers)
        if answer.status_code not in (400, 401, 403, 404) or dump(marketplace) != before:
            wrong.append((method, path, answer.status_code))
            before = dump(marketplace)
    assert wrong == []


def test_who_has_yet_to_agree_begins_nothing(marketplace: Marketplace, app: Flask, made: Study) -> None:
    token = session_of(marketplace, WORKER)
    headers = {"Cookie": f"session={token}"}
    session = app.test_client(use_cookies=False).get("/worker-api/v1/session", headers=headers)
    form_token = session.get_json()["csrf_token"]
    with marketplace.writing() as ctx:
        statements.replace(ctx, "Consent", "Another text.")
    passing = rules.FOR_EVERYBODY | rules.BY_FRAME | rules.OF_OPERATOR | rules.OPEN_ALONE | rules.BEFORE_AGREEING
    before, wrong, asked = dump(marketplace), [], set()
    for rule, method, path in requests(app, made):
        if rule.endpoint in passing or method == "OPTIONS":
            continue
        client = app.test_client(use_cookies=False)
        if method in CHANGING and not rule.endpoint.startswith("json_api."):
            answer = client.open(path, method=method, headers=headers, data={"csrf_token": form_token, "q1": "a"})
        else:
            answer = send(client, rule, method, path, **headers, **{"X-CSRF-Token": form_token})
        asked.add(rule.endpoint)
        if rule.endpoint.startswith("json_api."):
            fine = answer.status_code == 403 and (method == "HEAD" or "/consent" in answer.get_json()["error"])
        else:
            fine = answer.status_code == 303 and answer.headers["Location"].startswith("/consent")
        if not fine or dump(marketplace) != before:
            wrong.append((method, path, answer.status_code))
    assert wrong == []
    assert {"hit_pages.accept", "json_api.accept", "qualification_pages.ask", "hit_pages.projects"} <= asked


def test_open_servers_ask_for_the_forms_token_too(marketplace: Marketplace, mturk: MTurkClient) -> None:
    made = study(marketplace, mturk, WORKER)
    app = create_app(marketplace)
    before, wrong = dump(marketplace), []
    for rule, method, path in requests(app, made):
        if method not in CHANGING or rule.endpoint.startswith("json_api.") or rule.endpoint in rules.BY_FRAME:
            continue
        answer = send(app.test_client(use_cookies=False), rule, method, path, Cookie=f"worker={WORKER}")
        if answer.status_code not in (403, 404) or dump(marketplace) != before:
            wrong.append((method, path, answer.status_code))
            before = dump(marketplace)
    assert wrong == []


def test_a_frames_token_is_good_for_its_assignment_alone(marketplace: Marketplace, app: Flask, made: Study) -> None:
    token = session_of(marketplace, WORKER)
    client = app.test_client(use_cookies=False)
    page = client.get(
        f"/projects/{made.group_id}/tasks/{made.framed_hit_id}?assignment_id={made.framed_assignment_id}",
        headers={"Cookie": f"session={token}"},
    ).get_data(as_text=True)
    frame = page.partition("<iframe")[2].partition('src="http://localhost')[2].partition('"')[0].replace("&amp;", "&")
    base = frame.partition("/dynamic/hit")[0]
    assert base.startswith("/frames/")
    shown = client.get(frame)
    assert QUESTION in shown.get_data(as_text=True)
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    before = dump(marketplace)
    other = f"{base}/mturk/externalSubmit?assignmentId={made.assignment_id}&total=1"
    assert client.post(other).status_code == 400
    assert client.post(f"{base[:-1]}/mturk/externalSubmit?assignmentId={made.framed_assignment_id}").status_code == 400
    assert client.get(f"{base}/dynamic/hit?hitId={made.hit_id}&assignmentId={made.assignment_id}").status_code == 404
    assert client.get(f"{base}/dynamic/hit?hitId={made.framed_hit_id}").status_code == 404
    assert dump(marketplace) == before
    answer = client.post(f"{base}/mturk/externalSubmit", data={"assignmentId": made.framed_assignment_id, "total": "1"})
    assert answer.status_code == 200
    assert client.get(frame).status_code == 404
