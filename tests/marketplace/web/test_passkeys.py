"""Passkeys over HTTP, by an authenticator in software: joining with one, and those of an account."""

from __future__ import annotations

import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.marketplace.domain import erasure, sessions
from pulumi_mturk.marketplace.web.app import create_app
from tests.support.marketplace.authenticator import (
    LATE,
    NOTHING,
    OTHERS_KEY,
    WRONG,
    Passkey,
    actions,
    cbor,
    cose,
    decoded,
    encoded,
    joined_by_passkey,
    options_for,
    registration,
    rows,
    sign_in,
)
from tests.support.marketplace.contents import contents
from tests.support.marketplace.fenced import PASSPHRASE, fence, invite, joined, joining, worker_of
from tests.support.marketplace.fenced import sign_in as sign_in_by_passphrase
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from tests.support.marketplace.web_client import Page


@pytest.fixture(autouse=True)
def fenced(marketplace: Marketplace) -> None:
    fence(marketplace)


def made_for(visitor: WebClient, name: str = "", **wrong: Any) -> tuple[dict[str, str], Passkey]:
    """What the account's page sends to add a passkey."""
    visitor.open("/account")
    options = options_for(visitor, "/account/passkeys")
    made = Passkey(decoded(options["user"]["id"]))
    answer = registration(made, options, visitor.origin, **wrong)
    return {"passkey": json.dumps(answer), "passkey_name": name}, made


def add(visitor: WebClient, name: str = "", **wrong: Any) -> tuple[Page, Passkey]:
    """Add a passkey on the account's page."""
    form, made = made_for(visitor, name, **wrong)
    return visitor.open("/account/passkeys", form), made


def test_who_is_invited_joins_and_signs_in_with_a_passkey_alone(marketplace: Marketplace, server: Server) -> None:
    visitor, passkey = joined_by_passkey(marketplace, server)
    (stored,) = rows(marketplace, "passkeys")
    worker_id = worker_of(marketplace, "reader")
    assert (stored["worker_id"], stored["name"], stored["last_used"]) == (worker_id, "Passkey", None)
    assert rows(marketplace, "passphrases") == []
    account = visitor.open("/account")
    assert "only way in" in account.text
    visitor.press(account, "Sign out")
    page = sign_in(visitor, passkey)
    assert (page.path, page.status) == ("/dashboard", 200)
    assert rows(marketplace, "passkeys")[0]["last_used"] > 0
    # what the device keeps tells nobody the worker's id
    assert worker_id.encode() not in passkey.handle
    noted = ["passkey added", "joined", "signed out", "signed in with a passkey"]
    assert [each for each in actions(marketplace) if each in noted] == noted
    elsewhere = WebClient(server, host="localhost")
    assert elsewhere.press(elsewhere.open("/sign-in"), "Sign in", name="reader", passphrase="").status == 422
    assert sign_in(elsewhere, passkey).path == "/dashboard"


def test_nothing_is_added_where_the_session_ends_meanwhile(marketplace: Marketplace, server: Server) -> None:
    visitor, _ = joined_by_passkey(marketplace, server)
    worker_id = worker_of(marketplace, "reader")
    before = rows(marketplace, "passkeys")
    form, _ = made_for(visitor)
    with ThreadPoolExecutor(1) as pool:
        with marketplace.writing() as ctx:
            adding = pool.submit(visitor.open, "/account/passkeys", form)
            time.sleep(1)  # until it waits for this transaction; where it comes later, it is refused at its beginning
            sessions.end_all(ctx, worker_id)
        assert adding.result().path == "/sign-in"
    assert rows(marketplace, "passkeys") == before


UNUSABLE: dict[str, dict[str, Any]] = {
    **{what: WRONG[what] for what in ("another site", "another port", "another relying party")},
    **{what: WRONG[what] for what in ("a frame of another site", "nobody was there", "whoever was there")},
    "signed and not made": {"type": "webauthn.get"},
    "an algorithm that was not asked for": {"public_key": cbor(cose(OTHERS_KEY, alg=-35))},
    "no algorithm there is": {"public_key": cbor(cose(OTHERS_KEY, alg=-65535))},
    "another curve": {"public_key": cbor(cose(OTHERS_KEY, crv=2))},
    "a point beside the curve": {"public_key": cbor(cose(OTHERS_KEY, x=bytes(32)))},
    "a key of 24,000 bits": {"public_key": cbor({1: 3, 3: -257, -1: b"\xff" * 3_000, -2: b"\x01\x00\x01"})},
    "something behind it": {"public_key": cbor(cose(OTHERS_KEY)) + b"\x00"},
    "deep nesting": {"public_key": b"\x81" * 5_000},
}


@pytest.mark.parametrize("wrong", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_is_no_passkey_of_this_site_is_not_stored(
    marketplace: Marketplace, server: Server, wrong: dict[str, Any]
) -> None:
    visitor = WebClient(server, host="localhost")
    link = invite(marketplace)
    visitor.open(link)
    options = options_for(visitor, f"{link}/passkey", **joining(marketplace))
    answer = registration(Passkey(bytes(32)), options, **{"origin": visitor.origin, **wrong})
    page = visitor.open(link, {**joining(marketplace), "passkey": json.dumps(answer)})
    assert (page.status, "This passkey can't be used here" in page.text) == (422, True)
    assert rows(marketplace, "passkeys") == rows(marketplace, "workers") == []
    # the link is not used up
    assert visitor.press(page, "Join", **joining(marketplace), passphrase=PASSPHRASE).path == "/projects"


def test_a_registration_is_good_once_and_for_its_link(marketplace: Marketplace, server: Server) -> None:
    visitor = WebClient(server, host="localhost")
    link, other = (invite(marketplace, uses=3) for _ in range(2))
    visitor.open(link)
    options = options_for(visitor, f"{link}/passkey", **joining(marketplace))
    form = {**joining(marketplace), "passkey": json.dumps(registration(Passkey(bytes(32)), options, visitor.origin))}
    assert LATE in visitor.open(other, form).text
    stranger = WebClient(server, host="localhost")
    stranger.open(link)
    assert LATE in stranger.open(link, form).text
    assert visitor.open(link, form).path == "/projects"
    visitor.press(visitor.open("/account"), "Sign out")
    visitor.open(link)
    assert LATE in visitor.open(link, {**form, "name": "second"}).text
    assert len(rows(marketplace, "workers")) == 1


def test_the_form_is_looked_at_before_a_passkey_is_made(marketplace: Marketplace, server: Server) -> None:
    joined(marketplace, server, "taken")
    visitor = WebClient(server, host="localhost")
    link = invite(marketplace)
    visitor.open(link)
    wrong: list[dict[str, Any]] = [{"name": "TAKEN"}, {"name": ""}, {"of_age": []}, {"consent": []}, {"country": "UK"}]
    for changed in wrong:
        assert visitor.open(f"{link}/passkey/options", {**joining(marketplace), **changed}).status == 409
    assert visitor.open("/join/nothing/passkey/options", joining(marketplace)).status == 409
    assert visitor.open("/account/passkeys/options", {}).path == "/sign-in"


def test_passkeys_are_added_named_and_removed_but_for_the_last_way_in(marketplace: Marketplace, server: Server) -> None:
    visitor, first = joined_by_passkey(marketplace, server)
    (stored,) = rows(marketplace, "passkeys")
    assert "Remove" not in visitor.open("/account").buttons
    page = visitor.open("/account/passkeys/remove", {"credential_id": stored["credential_id"]})
    assert (page.status, "your only way in" in page.text) == (409, True)
    page, second = add(visitor, " Office ")
    assert (page.path, page.status) == ("/account", 200)
    assert second.handle == first.handle
    names = page.root.xpath("//section[@aria-labelledby='passkeys']//td[1]/text()")
    assert names == ["Passkey", "Office"]
    known_by = encoded(second.credential_id)
    page = visitor.open("/account/passkeys/name", {"credential_id": known_by, "passkey_name": "Home"})
    assert "Home" in page.text
    assert visitor.open("/account/passkeys/name", {"credential_id": known_by, "passkey_name": "x" * 65}).status == 409
    # another worker's are not there
    other, _ = joined_by_passkey(marketplace, server, "other")
    for what in ("name", "remove"):
        add(other)
        other.open(f"/account/passkeys/{what}", {"credential_id": known_by, "passkey_name": "stolen"})
    assert {row["name"] for row in rows(marketplace, "passkeys") if row["credential_id"] == known_by} == {"Home"}

    page = visitor.open("/account/passkeys/remove", {"credential_id": encoded(first.credential_id)})
    assert (page.path, "your only way in" in page.text) == ("/account", True)
    elsewhere = WebClient(server, host="localhost")
    assert NOTHING in sign_in(elsewhere, first).text
    assert sign_in(elsewhere, second).path == "/dashboard"
    assert actions(marketplace).count("passkey removed") == 1


def test_one_passkey_is_stored_once_and_a_worker_has_20(marketplace: Marketplace, server: Server) -> None:
    visitor, passkey = joined_by_passkey(marketplace, server)
    other, _ = joined_by_passkey(marketplace, server, "other")
    for client in (visitor, other):
        client.open("/account")
        options = options_for(client, "/account/passkeys")
        excluded = [each["id"] for each in options["excludeCredentials"]]
        assert (encoded(passkey.credential_id) in excluded) == (client is visitor)
        answer = registration(passkey, options, client.origin)
        page = client.open("/account/passkeys", {"passkey": json.dumps(answer)})
        assert (page.status, "in use here already" in page.text) == (409, True)
    assert [add(visitor)[0].status for _ in range(19)] == [200] * 19
    assert "You have 20 passkeys" in add(visitor)[0].text


def test_a_passkey_is_added_by_who_has_just_signed_in(marketplace: Marketplace, server: Server) -> None:
    visitor = WebClient(server, host="localhost")
    joined(marketplace, server)
    sign_in_by_passphrase(visitor)
    visitor.open("/account")
    late = options_for(visitor, "/account/passkeys")
    marketplace.advance(15 * 60)
    page = visitor.open("/account")
    assert ("sign in once more" in page.text, "Add a passkey" in page.text) == (True, False)
    for path in ("/account/passkeys/options", "/account/passkeys"):
        answer = registration(Passkey(bytes(32)), late, visitor.origin)
        assert "sign in once more" in visitor.open(path, {"passkey": json.dumps(answer)}).text
    assert rows(marketplace, "passkeys") == []
    sign_in_by_passphrase(visitor)
    _, passkey = add(visitor)
    assert sign_in(WebClient(server, host="localhost"), passkey).path == "/dashboard"


def test_a_lost_passkey_is_set_anew_by_a_link(marketplace: Marketplace, server: Server) -> None:
    visitor, lost = joined_by_passkey(marketplace, server)
    worker_id = worker_of(marketplace, "reader")
    stranger = WebClient(server, host="localhost")
    link = invite(marketplace, worker_id)
    page = stranger.open(link)
    assert page.heading == "Set your passphrase or passkey"
    told = json.dumps(options_for(stranger, f"{link}/passkey", **joining(marketplace)))
    assert worker_id not in told  # who has the link need not learn it
    assert worker_id.encode() not in decoded(json.loads(told)["challenge"])
    renewed, found = joined_by_passkey(marketplace, server, worker_id=worker_id)
    assert found.handle == lost.handle  # so that a device puts it in the place of the other
    assert visitor.open("/projects").path == "/sign-in"
    assert NOTHING in sign_in(visitor, lost).text
    assert sign_in(renewed, found).path == "/dashboard"
    # and a passphrase takes the place of passkeys
    page = stranger.press(
        stranger.open(invite(marketplace, worker_id)),
        "Set the passphrase",
        **{**joining(marketplace), "passphrase": PASSPHRASE},
    )
    assert page.path == "/projects"
    assert rows(marketplace, "passkeys") == []


def test_an_export_lists_passkeys_and_an_erasure_takes_them(marketplace: Marketplace, server: Server) -> None:
    _, passkey = joined_by_passkey(marketplace, server)
    worker_id = worker_of(marketplace, "reader")
    with marketplace.writing() as ctx:
        (told,) = erasure.export(ctx, worker_id)["passkeys"]
        assert (set(told), told["name"]) == ({"name", "created", "last_used"}, "Passkey")
        erasure.erase(ctx, worker_id)
    assert rows(marketplace, "passkeys") == []
    assert NOTHING in sign_in(WebClient(server, host="localhost"), passkey).text


def test_no_id_of_a_passkey_or_a_worker_is_logged(
    marketplace: Marketplace,
    server: Server,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor, passkey = joined_by_passkey(marketplace, server)
    _, second = add(visitor)
    sign_in(visitor, passkey)
    sign_in(visitor, second, key=OTHERS_KEY)
    secrets = [worker_of(marketplace, "reader")]
    for each in (passkey, second):
        secrets += [each.credential_id.hex(), encoded(each.credential_id), each.handle.hex(), encoded(each.handle)]
    captured = capfd.readouterr()
    for text in (caplog.text, captured.out, captured.err):
        assert [secret for secret in secrets if secret in text] == []
    with marketplace.reading() as ctx:
        assert [secret for secret in secrets[1:] if secret in repr(contents(ctx.db)["audit"])] == []


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("https://panel.example.org", True),
        ("http://localhost:8080", True),
        ("http://panel.example.org", False),
        ("https://192.0.2.1", False),
        ("https://[2001:db8::1]", False),
        ("http://127.0.0.1:8080", False),
    ],
)
def test_passkeys_are_offered_where_browsers_have_them(
    marketplace: Marketplace, server: Server, address: str, offered: bool
) -> None:
    client = create_app(marketplace).test_client()
    for path in ("/sign-in", invite(marketplace)):
        assert ("data-passkey" in client.get(path, base_url=address).get_data(as_text=True)) == offered
    visit = client.get("/sign-in", base_url=address)
    token = visit.get_data(as_text=True).partition('name="csrf_token" value="')[2][:64]
    answer = client.post("/sign-in/passkey/options", base_url=address, data={"csrf_token": token})
    assert answer.status_code == (200 if offered else 404)
    if offered:
        assert address.partition("://")[2].startswith(answer.get_json()["publicKey"]["rpId"])


def test_the_site_is_the_one_that_the_server_answers_for(marketplace: Marketplace, tmp_path: Any) -> None:
    with Server(marketplace, allowed_hosts=["panel.example.org"], behind_proxy=True) as server:
        visitor = WebClient(server, host="localhost")
        public = {"X-Forwarded-Host": "panel.example.org", "X-Forwarded-Proto": "https"}
        page = visitor.open("/sign-in", headers=public)
        assert page.root.xpath("//@data-passkey") == ["get"]
        assert visitor.open("/sign-in", headers={"X-Forwarded-Host": "evil.example.org"}).status == 421
        assert visitor.open("/sign-in", headers={"Host": "evil.example.org"}).status == 421
    with Server(marketplace, allowed_hosts=["panel.example.org"]) as server:
        # no proxy is in front: what a client says of one counts for nothing
        page = WebClient(server).open("/sign-in", headers=public)
        assert page.root.xpath("//@data-passkey") == []
