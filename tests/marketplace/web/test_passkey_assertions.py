"""Signing in with a passkey, by an authenticator in software that says what it should not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.marketplace.settings import Sources
from tests.support.marketplace.authenticator import (
    LATE,
    NOTHING,
    OTHERS_KEY,
    WRONG,
    Passkey,
    actions,
    assertion,
    cbor,
    decoded,
    encoded,
    joined_by_passkey,
    options_for,
    rows,
    send,
    sign_in,
)
from tests.support.marketplace.fenced import fence, invite, joining, worker_of
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = 1_790_000_000.0


@pytest.fixture(autouse=True)
def fenced(marketplace: Marketplace) -> None:
    fence(marketplace)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_is_signed_otherwise_opens_nothing(
    marketplace: Marketplace, server: Server, wrong: dict[str, Any]
) -> None:
    _, passkey = joined_by_passkey(marketplace, server)
    stranger = WebClient(server, host="localhost")
    page = sign_in(stranger, passkey, **wrong)
    assert (page.status, NOTHING in page.text) == (422, True)
    assert page.root.xpath("//*[@role='alert']//a/@href") == ["#passkey"]
    assert stranger.open("/dashboard").path == "/sign-in"
    assert actions(marketplace)[-1] == "sign-in refused"
    (refused,) = [row for row in rows(marketplace, "audit") if row["action"] == "sign-in refused"]
    assert refused["actor"].startswith("passkeys:")
    assert sign_in(stranger, passkey).path == "/dashboard"


def test_a_workers_passkey_opens_that_workers_account_alone(marketplace: Marketplace, server: Server) -> None:
    _, own = joined_by_passkey(marketplace, server)
    _, others = joined_by_passkey(marketplace, server, "other")
    stranger = WebClient(server, host="localhost")
    for mixed in (
        Passkey(own.handle, others.credential_id, own.key),
        Passkey(others.handle, others.credential_id, own.key),
        Passkey(others.handle, own.credential_id, own.key),
        Passkey(own.handle, others.credential_id, others.key),
        Passkey(own.handle, key=own.key),
    ):
        assert NOTHING in sign_in(stranger, mixed).text
    assert sign_in(stranger, own).path == "/dashboard"
    assert worker_of(marketplace, "reader") in stranger.open("/account").text


def test_a_challenge_is_good_once_for_one_browser_and_one_purpose(marketplace: Marketplace, server: Server) -> None:
    visitor, passkey = joined_by_passkey(marketplace, server)
    stranger, other = WebClient(server, host="localhost"), WebClient(server, host="localhost")
    stranger.open("/sign-in")
    other.open("/sign-in")
    answer = assertion(passkey, options_for(stranger, "/sign-in/passkey"), stranger.origin)
    assert LATE in send(other, answer).text
    assert send(stranger, answer).path == "/dashboard"
    for browser in (stranger, other, visitor):
        browser.open("/sign-in")
        assert LATE in send(browser, answer).text
    stranger.press(stranger.open("/account"), "Sign out")
    stranger.open("/sign-in")  # as it was when the challenge was made
    assert LATE in send(stranger, answer).text

    visitor.open("/account")
    other.open("/sign-in")
    link = invite(marketplace)
    foreign = options_for(visitor, "/account/passkeys"), options_for(other, f"{link}/passkey", **joining(marketplace))
    for options in (*foreign, {"challenge": encoded(bytes(32))}, {"challenge": ""}, {"challenge": encoded(b"...")}):
        answer = assertion(passkey, {"rpId": "localhost", **options}, other.origin)
        assert LATE in send(other, answer).text
    assert sign_in(other, passkey).path == "/dashboard"


def test_a_challenge_expires(marketplace: Marketplace, server: Server) -> None:
    _, passkey = joined_by_passkey(marketplace, server)
    stranger = WebClient(server, host="localhost")
    stranger.open("/sign-in")
    first, second = (options_for(stranger, "/sign-in/passkey") for _ in range(2))
    marketplace.advance(290)
    assert send(stranger, assertion(passkey, first, stranger.origin)).path == "/dashboard"
    stranger.press(stranger.open("/account"), "Sign out")
    stranger.open("/sign-in")
    second = options_for(stranger, "/sign-in/passkey")
    marketplace.advance(301)
    assert LATE in send(stranger, assertion(passkey, second, stranger.origin)).text
    # nor does it come to life again where the clock is set back to before it was made
    third = options_for(stranger, "/sign-in/passkey")
    marketplace.reset_clock()
    assert LATE in send(stranger, assertion(passkey, third, stranger.origin)).text


def test_a_counter_goes_on_or_there_is_none(marketplace: Marketplace, server: Server) -> None:
    _, passkey = joined_by_passkey(marketplace, server)
    stranger = WebClient(server, host="localhost")
    for counter, opens in ((0, True), (0, True), (5, True), (5, False), (4, False), (0, False), (6, True)):
        passkey.counter = counter
        page = sign_in(stranger, passkey)
        assert (page.path == "/dashboard") == opens
        assert (NOTHING in page.text) != opens
    assert actions(marketplace).count("passkey counter went back") == 3
    assert sum(row["times"] for row in rows(marketplace, "audit") if row["action"] == "sign-in refused") == 3


@pytest.fixture
def still() -> Iterator[tuple[Marketplace, Server]]:
    """A marketplace whose time stands still."""
    with Marketplace.in_memory("panel", Sources(lambda: NOW)) as marketplace:
        fence(marketplace)
        with Server(marketplace) as server:
            yield marketplace, server


def test_attempts_with_a_passkey_wait_and_with_what_is_none_leave_nothing(still: tuple[Marketplace, Server]) -> None:
    marketplace, server = still
    _, passkey = joined_by_passkey(marketplace, server)
    stranger = WebClient(server, host="localhost")
    before = rows(marketplace, "used_tokens")
    assert [sign_in(stranger, Passkey(bytes(32))).status for _ in range(7)] == [422] * 7
    assert rows(marketplace, "sign_in_attempts") == []
    assert [sign_in(stranger, passkey, key=OTHERS_KEY).status for _ in range(6)] == [422] * 5 + [429]
    assert rows(marketplace, "used_tokens") == before
    refused = sign_in(stranger, passkey)
    assert (refused.status, "with this passkey. Try again in 10 seconds." in refused.text) == (429, True)
    marketplace.advance(10)
    assert sign_in(stranger, passkey).path == "/dashboard"
    assert rows(marketplace, "sign_in_attempts") == []


PARTS = ("clientDataJSON", "authenticatorData", "signature", "userHandle", "id")


@settings(max_examples=settings().max_examples * 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(PARTS), at=st.floats(0, 0.999), mask=st.integers(1, 255))
def test_no_byte_of_what_is_sent_can_be_another(
    marketplace: Marketplace, server: Server, part: str, at: float, mask: int
) -> None:
    with marketplace.writing() as ctx:  # each example begins anew
        for table in ("passkeys", "sign_in_names", "sign_in_attempts"):
            ctx.db.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
    _, passkey = joined_by_passkey(marketplace, server)
    stranger = WebClient(server, host="localhost")
    stranger.open("/sign-in")
    answer = assertion(passkey, options_for(stranger, "/sign-in/passkey"), stranger.origin)
    place = answer if part == "id" else answer["response"]
    data = bytearray(decoded(place[part]))
    data[int(at * len(data))] ^= mask
    place[part] = encoded(bytes(data))
    if part == "id":
        answer["rawId"] = answer["id"]
    page = send(stranger, answer)
    assert page.status == 422
    assert stranger.open("/dashboard").path == "/sign-in"


NESTED = encoded(b"\x81" * 9_000)
HUGE = encoded(cbor({"fmt": "none", "attStmt": {}, "authData": b"\x00" * 60_000}))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["response", "rawId", *PARTS]), inner),
)


@settings(max_examples=settings().max_examples * 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(),
        JSON.map(json.dumps),
        st.sampled_from(["[" * 16_000, '{"id":' * 2_000, "9" * 10_000, "null", " " * 100_000, HUGE]),
        st.binary(max_size=400).map(
            lambda data: json.dumps(
                {
                    "rawId": "AAAA",
                    "response": {
                        "clientDataJSON": encoded(b'{"type":"webauthn.create","challenge":"AA","origin":""}'),
                        "attestationObject": encoded(data),
                        "authenticatorData": encoded(data),
                        "signature": NESTED,
                    },
                }
            )
        ),
    )
)
def test_nonsense_is_refused_in_words(marketplace: Marketplace, server: Server, text: str) -> None:
    stranger = WebClient(server, host="localhost")
    stranger.open("/sign-in")
    assert stranger.open("/sign-in/passkey", {"passkey": text}).status in (422, 429)
    page = stranger.open(invite(marketplace), {**joining(marketplace), "passkey": text})
    assert page.status == 422
    assert rows(marketplace, "workers") == []
