"""Workers of a marketplace with accounts: invitations, sign-in, sessions, and that nothing else lets one in."""

from __future__ import annotations

import contextlib
import json
import logging
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.marketplace.domain import invitations, passphrases, statements
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.settings import Sources
from tests.support.marketplace.api_calls import WORKER
from tests.support.marketplace.contents import contents
from tests.support.marketplace.fenced import PASSPHRASE, PAYMENT, fence, invite, joined, sign_in, worker_of
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = 1_790_000_000.0
HOUR = 3_600
WRONG = "wrong passphrase"


@pytest.fixture(autouse=True)
def fenced(marketplace: Marketplace) -> None:
    fence(marketplace)


def cookie(visitor: WebClient, name: str = "session") -> Any:
    (found,) = [each for each in visitor.jar if each.name == name]
    return found


def rows(marketplace: Marketplace, table: str) -> list[dict[str, Any]]:
    with marketplace.reading() as ctx:
        return [dict(row) for row in ctx.db.execute(f"SELECT * FROM {table}")]  # noqa: S608 - ours


def test_who_is_invited_joins_and_signs_in_again(marketplace: Marketplace, server: Server) -> None:
    visitor = WebClient(server)
    link = invite(marketplace)
    page = visitor.open(link)
    assert PAYMENT in page.text
    assert "Requesters see your worker id and your answers" in page.text
    name, passphrase = page.root.get_element_by_id("name"), page.root.get_element_by_id("passphrase")
    assert (name.get("autocomplete"), passphrase.get("autocomplete")) == ("username", "new-password")
    page = visitor.press(
        page, "Join", name=" Reader ", passphrase=PASSPHRASE, country="us", subdivision="ca", of_age="1", consent="1"
    )
    assert (page.path, page.heading) == ("/projects", "HITs")
    assert PAYMENT in page.text  # it stands on every page
    worker_id = worker_of(marketplace, "Reader")
    assert worker_id not in link
    (worker,) = rows(marketplace, "workers")
    assert (worker["country"], worker["subdivision"], worker["masters"]) == ("US", "CA", 0)
    (consent,) = rows(marketplace, "consents")
    assert (consent["worker_id"], consent["consent_version"], consent["payment_version"]) == (worker_id, 1, 1)
    assert consent["time"] > 0

    account = visitor.open("/account")
    assert "Reader" in account.text
    assert worker_id in account.text
    assert visitor.press(account, "Sign out").path == "/sign-in"
    assert visitor.open("/projects").path == "/sign-in"
    # the name is compared without regard to case, and leads back to where one wanted to go
    page = visitor.press(visitor.open("/dashboard"), "Sign in", name="READER", passphrase=PASSPHRASE)
    assert (page.path, page.status) == ("/dashboard", 200)


def test_a_link_is_used_once_and_can_be_revoked_or_expire(marketplace: Marketplace, server: Server) -> None:
    joined(marketplace, server)
    with marketplace.reading() as ctx:
        (used,) = invitations.invitations_after(ctx)
        assert (used.status(ctx.now), used.uses_left) == ("used", 0)
    revoked, expired, again = invite(marketplace), invite(marketplace, days=1), invite(marketplace, uses=2)
    with marketplace.writing() as ctx:
        invitations.revoke(ctx, 2)
        with pytest.raises(MarketplaceError, match="no invitation 2 that"):
            invitations.revoke(ctx, 2)
    marketplace.advance(25 * HOUR)
    for path in (revoked, expired, "/join/nothing", again[:-1]):
        page = WebClient(server).open(path)
        assert (page.status, "This link is not valid" in page.text) == (409, True)
        form = {"name": "other", "passphrase": PASSPHRASE, "of_age": "1", "consent": "1"}
        visitor = WebClient(server)
        visitor.open("/sign-in")
        assert visitor.open(path, form).status == 409
    for number in range(3):
        visitor = WebClient(server)
        page = visitor.open(again)
        assert (page.status == 200) == (number < 2)
        if page.status == 200:
            visitor.press(page, "Join", name=f"reader {number}", passphrase=PASSPHRASE, of_age="1", consent="1")
    assert len(rows(marketplace, "workers")) == 3


def test_no_invitation_without_a_payment_statement(marketplace: Marketplace, tmp_path: Any) -> None:
    with marketplace.writing() as ctx:
        ctx.db.execute("DELETE FROM statements")
        with pytest.raises(MarketplaceError, match="Say first who pays"):
            invitations.add(ctx)
    assert rows(marketplace, "invitations") == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"passphrase": "eleven char"}, "at least 12 characters"),
        ({"name": "ab"}, "3 to 64 characters"),
        ({"name": "TAKEN"}, "Somebody else has this sign-in name"),
        ({"of_age": []}, "18 or older"),
        ({"consent": []}, "Without your consent"),
        ({"country": "UK"}, "the United Kingdom is GB"),
        ({"subdivision": "XX"}, "no state of the United States"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    marketplace: Marketplace, server: Server, changed: dict[str, Any], words: str
) -> None:
    joined(marketplace, server, "taken")
    visitor = WebClient(server)
    link = invite(marketplace)
    given = {"name": "reader", "passphrase": PASSPHRASE, "country": "US", "of_age": "1", "consent": "1", **changed}
    page = visitor.press(visitor.open(link), "Join", **given)
    assert page.status == 422
    (field,) = changed
    assert words in page.root.get_element_by_id(f"{field}-problem").text_content()
    assert page.root.get_element_by_id(field).get("aria-invalid") == "true"
    assert PASSPHRASE not in page.text
    assert len(rows(marketplace, "workers")) == 1
    assert visitor.press(page, "Join", **{**given, field: {"of_age": "1", "consent": "1"}.get(field, "")}).status in (
        200,
        422,
    )


def test_a_lost_passphrase_is_set_anew_by_a_link_which_ends_other_sessions(
    marketplace: Marketplace, server: Server
) -> None:
    visitor, worker_id = joined(marketplace, server)
    elsewhere = WebClient(server)
    sign_in(elsewhere)
    page = elsewhere.open(invite(marketplace, worker_id))
    assert page.heading == "Set your passphrase"
    assert page.root.get_element_by_id("name").get("value") == "reader"
    assert worker_id not in WebClient(server).open(page.path).text  # who has the link need not learn it
    with_id = {"name": worker_id, "passphrase": "another passphrase", "of_age": "1", "consent": "1"}
    assert "can't be your sign-in name" in elsewhere.press(page, "Set the passphrase", **with_id).text
    page = elsewhere.press(page, "Set the passphrase", **{**with_id, "name": "Reader2"})
    assert page.path == "/projects"
    assert visitor.open("/projects").path == "/sign-in"
    assert worker_of(marketplace, "Reader2") == worker_id
    refused = visitor.press(visitor.open("/sign-in"), "Sign in", name="reader", passphrase=PASSPHRASE)
    assert refused.status == 422
    sign_in(visitor, "reader2", "another passphrase")
    assert len(rows(marketplace, "consents")) == 2


def test_a_worker_id_opens_nothing(marketplace: Marketplace, server: Server) -> None:
    _, worker_id = joined(marketplace, server)
    stranger = WebClient(server)
    for headers in ({"Cookie": f"worker={worker_id}"}, {"Cookie": f"session={worker_id}"}):
        assert stranger.open("/dashboard", headers=headers).path == "/sign-in"
    page = stranger.press(stranger.open("/sign-in"), "Sign in", name=worker_id, passphrase=PASSPHRASE)
    assert page.status == 422
    for path in ("/worker/choose", "/worker/register", "/worker/leave"):
        assert stranger.open(path, {"worker_id": worker_id}).status == 404
    assert stranger.open("/worker").path == "/sign-in"  # the address that the server prints


def test_a_session_ends_after_12_hours_unused_and_after_30_days(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined(marketplace, server)
    marketplace.advance(12 * HOUR - 60)
    assert visitor.open("/projects").path == "/projects"
    marketplace.advance(12 * HOUR - 60)
    assert visitor.open("/projects").path == "/projects"
    marketplace.advance(12 * HOUR)
    assert visitor.open("/projects").path == "/sign-in"
    sign_in(visitor)
    for _ in range(30 * 3 - 1):
        marketplace.advance(8 * HOUR)
        assert visitor.open("/projects").path == "/projects"
    marketplace.advance(8 * HOUR)
    assert visitor.open("/projects").path == "/sign-in"


def test_sessions_are_listed_and_signed_out_everywhere(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined(marketplace, server)
    other = WebClient(server)
    sign_in(other)
    page = visitor.open("/account")
    assert page.text.count("Another browser or program") == 1
    assert page.text.count("This one") == 1
    before = cookie(visitor).value
    page = visitor.press(page, "Sign out everywhere")
    assert page.path == "/sign-in"
    assert other.open("/projects").path == "/sign-in"
    assert WebClient(server).open("/projects", headers={"Cookie": f"session={before}"}).path == "/sign-in"


def test_each_sign_in_has_a_new_token_and_ends_the_one_before(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined(marketplace, server)
    before = cookie(visitor).value
    sign_in(visitor)
    assert cookie(visitor).value != before
    assert len(rows(marketplace, "sessions")) == 1
    # a token that somebody put there is not taken over
    planted = WebClient(server)
    page = planted.open("/sign-in", headers={"Cookie": "session=planted"})
    assert page.status == 200
    sign_in(planted)
    assert cookie(planted).value != "planted"


def test_the_cookies_are_kept_from_scripts_and_behind_https_from_all_else(
    marketplace: Marketplace, server: Server
) -> None:
    visitor, _ = joined(marketplace, server)
    for name in ("session", "visit"):
        found = cookie(visitor, name)
        assert found.has_nonstandard_attr("HttpOnly")
        assert found.get_nonstandard_attr("SameSite") == "Lax"
        assert (found.path, found.secure) == ("/", False)

    from pulumi_mturk.marketplace.web.app import create_app

    client = create_app(marketplace).test_client()
    answer = client.get("/sign-in", base_url="https://panel.example.org")
    assert answer.headers["Set-Cookie"].startswith("__Host-visit=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert "Domain" not in answer.headers["Set-Cookie"]
    # the cookie without the prefix, which another host of the domain could have set, is not looked at
    token = cookie(visitor).value
    for name, status in (("session", 303), ("__Host-session", 200)):
        fresh = create_app(marketplace).test_client()
        fresh.set_cookie(name, token, domain="panel.example.org", secure=True)
        assert fresh.get("/account", base_url="https://panel.example.org").status_code == status


def test_nothing_secret_is_stored_or_logged_as_it_is(
    marketplace: Marketplace,
    server: Server,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    link = invite(marketplace)
    visitor = WebClient(server)
    visitor.press(visitor.open(link), "Join", name="reader", passphrase=PASSPHRASE, of_age="1", consent="1")
    visitor.press(visitor.open("/sign-in"), "Sign in", name="reader", passphrase=WRONG)
    visitor.open("/projects", headers={"Cookie": "session=forged-token"})
    secrets = [PASSPHRASE, WRONG, link.rpartition("/")[2], cookie(visitor).value, "forged-token"]
    with marketplace.reading() as ctx:
        dump = repr(contents(ctx.db))
    captured = capfd.readouterr()
    for text in (dump, caplog.text, captured.out, captured.err):
        assert [secret for secret in secrets if secret in text] == []


@pytest.fixture
def still() -> Iterator[tuple[Marketplace, Server]]:
    """A marketplace whose time stands still: how long a machine takes for a passphrase is no wait."""
    with Marketplace.in_memory("panel", Sources(lambda: NOW)) as marketplace:
        fence(marketplace)
        with Server(marketplace) as server:
            yield marketplace, server


def test_attempts_wait_longer_and_longer_whether_the_name_exists_or_not(still: tuple[Marketplace, Server]) -> None:
    marketplace, server = still
    joined(marketplace, server)
    told: dict[str, list[tuple[int, str]]] = {}
    for name in ("reader", "nobody"):
        visitor, told[name] = WebClient(server), []
        for _ in range(6):
            page = visitor.press(visitor.open("/sign-in"), "Sign in", name=name, passphrase=WRONG)
            told[name].append((page.status, page.root.xpath("string(//*[@role='alert'])").strip()))
    assert told["reader"] == told["nobody"]
    assert [status for status, _ in told["reader"]] == [422] * 5 + [429]
    visitor = WebClient(server)
    right = {"name": "reader", "passphrase": PASSPHRASE}
    assert visitor.press(visitor.open("/sign-in"), "Sign in", **right).status == 429
    marketplace.advance(10)
    assert visitor.press(visitor.open("/sign-in"), "Sign in", **right).path == "/projects"
    assert [row["failures"] for row in rows(marketplace, "sign_in_attempts")] == [5]  # nobody's
    marketplace.advance(25 * HOUR)
    sign_in(visitor)
    assert rows(marketplace, "sign_in_attempts") == []


def test_a_clock_that_is_reset_keeps_nobody_out_for_long(still: tuple[Marketplace, Server]) -> None:
    marketplace, server = still
    joined(marketplace, server)
    marketplace.advance(25 * HOUR)
    visitor = WebClient(server)
    for _ in range(5):
        visitor.press(visitor.open("/sign-in"), "Sign in", name="reader", passphrase=WRONG)
    marketplace.reset_clock()
    right = {"name": "reader", "passphrase": PASSPHRASE}
    page = visitor.press(visitor.open("/sign-in"), "Sign in", **right)
    assert (page.status, "Try again in 10 seconds." in page.text) == (429, True)


def test_a_crowd_that_signs_in_takes_no_thread_for_long(marketplace: Marketplace, server: Server) -> None:
    joined(marketplace, server)
    visitor = WebClient(server)
    page = visitor.open("/sign-in")
    with contextlib.ExitStack() as turns:
        for _ in range(4):
            turns.enter_context(passphrases.AT_A_TIME)
        refused = visitor.press(page, "Sign in", name="reader", passphrase=PASSPHRASE)
        assert (refused.status, "Too many people are signing in" in refused.text) == (429, True)
        link = invite(marketplace)
        form = {"name": "other", "passphrase": PASSPHRASE, "of_age": "1", "consent": "1"}
        assert visitor.press(visitor.open(link), "Join", **form).status == 429
    assert visitor.press(visitor.open(link), "Join", **form).path == "/projects"


def test_a_crowd_locks_nobody_out(marketplace: Marketplace, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    joined(marketplace, server)
    visitor = WebClient(server)
    monkeypatch.setattr(passphrases, "_PATIENCE", 0.01)
    with contextlib.ExitStack() as turns:
        for _ in range(4):
            turns.enter_context(passphrases.AT_A_TIME)
        for _ in range(6):
            page = visitor.press(visitor.open("/sign-in"), "Sign in", name="reader", passphrase=PASSPHRASE)
            assert "Too many people are signing in" in page.text
    assert rows(marketplace, "sign_in_attempts") == []
    sign_in(visitor)


def test_forms_are_sent_with_the_token_of_their_own_browser(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined(marketplace, server)
    other, _ = joined(marketplace, server, "other")
    stranger = WebClient(server)
    stranger.open("/sign-in")
    tokens = {visitor.token, other.token, stranger.token}
    assert len(tokens) == 3
    for token in ("", "0" * 64, other.token, stranger.token, "ü"):
        page = visitor.open("/sign-out-everywhere", {"csrf_token": token})
        assert page.status == 403
    assert visitor.open("/account").path == "/account"
    assert stranger.open("/sign-in", {"csrf_token": visitor.token, "name": "reader"}).status == 403
    assert visitor.open("/sign-out-everywhere", {}, {"Sec-Fetch-Site": "cross-site"}).status == 403
    assert visitor.open("/sign-out-everywhere", {}).path == "/sign-in"


class Script:
    """Calls of the JSON API with headers of one's own."""

    def __init__(self, server: Server, **headers: str) -> None:
        self._server = server
        self._headers = headers

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        data = None if method in ("GET", "DELETE") else json.dumps(body or {}).encode()
        headers = {**self._headers, **({"Content-Type": "application/json"} if data else {})}
        request = urllib.request.Request(  # noqa: S310
            f"{self._server.url}/worker-api/v1{path}", data, headers, method=method
        )
        try:
            answer = urllib.request.urlopen(request, timeout=60)  # noqa: S310
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, json.loads(answer.read())


def test_a_script_signs_in_and_a_browser_sends_its_token(marketplace: Marketplace, server: Server) -> None:
    visitor, worker_id = joined(marketplace, server)
    anybody = Script(server)
    assert anybody("POST", "/session", {"name": "reader", "passphrase": WRONG})[0] == 409
    status, made = anybody("POST", "/session", {"name": "Reader", "passphrase": PASSPHRASE})
    assert (status, made["worker_id"]) == (201, worker_id)
    script = Script(server, Authorization=f"Bearer {made['token']}")
    assert script("GET", f"/workers/{worker_id}")[1]["worker_id"] == worker_id
    assert script("POST", f"/workers/{worker_id}/groups/NONE/accept")[0] == 409
    assert script("GET", f"/workers/{WORKER}")[0] == 404
    assert script("GET", "/workers")[0] == 401
    assert script("DELETE", "/session") == (200, {})
    assert script("GET", "/session")[0] == 401

    held = cookie(visitor).value
    browser = Script(server, Cookie=f"session={held}")
    status, told = browser("GET", "/session")
    assert (status, told["worker_id"]) == (200, worker_id)
    assert browser("POST", f"/workers/{worker_id}/groups/NONE/accept")[0] == 403
    assert browser("DELETE", "/session")[0] == 403
    with_token = Script(server, Cookie=f"session={held}", **{"X-CSRF-Token": told["csrf_token"]})
    assert with_token("POST", f"/workers/{worker_id}/groups/NONE/accept")[0] == 409
    assert with_token("DELETE", "/session") == (200, {})
    assert visitor.open("/account").path == "/sign-in"


def test_the_operator_acts_for_a_worker_by_key_alone(marketplace: Marketplace, server: Server) -> None:
    _, worker_id = joined(marketplace, server)
    operator = Script(server, Authorization=f"Bearer {marketplace.accounts.new_operator_key()}")
    assert [each["worker_id"] for each in operator("GET", "/workers")[1]] == [worker_id]
    assert operator("GET", f"/workers/{worker_id}")[0] == 200
    assert operator("GET", "/session")[0] == 401


def test_consent_is_to_the_text_that_holds(marketplace: Marketplace, server: Server) -> None:
    visitor, worker_id = joined(marketplace, server)
    with marketplace.writing() as ctx:
        assert statements.replace(ctx, "Consent", "Another text.").version == 2
        assert statements.replace(ctx, "Consent", "Another text.").version == 2
        assert statements.replace(ctx, "Payment", "Practice: no money is paid.").version == 2
    assert "Practice: no money is paid." in visitor.open("/projects").text
    page = visitor.open(invite(marketplace, worker_id))
    assert "Another text." in page.text
    visitor.press(page, "Set the passphrase", name="reader", passphrase=PASSPHRASE, of_age="1", consent="1")
    assert [(row["consent_version"], row["payment_version"]) for row in rows(marketplace, "consents")] == [
        (1, 1),
        (2, 2),
    ]


def test_an_audit_log_has_no_worker_id_and_no_name(marketplace: Marketplace, server: Server) -> None:
    visitor, worker_id = joined(marketplace, server)
    visitor.press(visitor.open("/account"), "Sign out")
    visitor.press(visitor.open("/sign-in"), "Sign in", name="reader", passphrase=WRONG)
    log = rows(marketplace, "audit")
    assert [row["action"] for row in log] == [
        "account added",
        "statement set",
        "invitation made",
        "statement set",  # the consent that the package brings, as somebody agrees to it first
        "joined",
        "signed out",
        "sign-in refused",
    ]
    assert log[4]["actor"] == log[5]["actor"] != log[0]["actor"] == "operator"
    assert worker_id not in str(log)
    assert "reader" not in str(log)
