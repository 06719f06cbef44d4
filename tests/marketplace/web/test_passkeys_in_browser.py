"""Passkeys in Chromium, by an authenticator that its DevTools protocol puts in the place of a device's own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.browser import SCREENS
from tests.support.marketplace.browser import faults_of, go
from tests.support.marketplace.fenced import PASSPHRASE, fence, invite, requester, worker_of
from tests.support.marketplace.questions import free_text, publish, question, question_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page

    from pulumi_mturk.marketplace import Marketplace, Server
    from tests.support.browser import Scheme


@pytest.fixture(autouse=True)
def fenced(marketplace: Marketplace) -> None:
    fence(marketplace)


class Device:
    """What holds the passkeys of a browser, and asks for a finger; a test says which one it gets."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id = {"authenticatorId": added["authenticatorId"]}

    def recognises(self, *, its_user: bool) -> None:
        self._session.send("WebAuthn.setUserVerified", {**self._id, "isUserVerified": its_user})

    @property
    def credentials(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._session.send("WebAuthn.getCredentials", self._id)["credentials"]
        return found


@contextmanager
def visit(browser: Browser, server: Server, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A new visitor, at a name that browsers have passkeys for; and what went wrong behind the page."""
    faults: list[str] = []
    address = server.url.replace("127.0.0.1", "localhost")
    with browser.new_context(base_url=address, **options) as context:
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page, faults


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def join(page: Page, link: str, name: str = "reader") -> None:
    page.goto(link)
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("I am 18 or older").check()
    page.get_by_label("I have read the above, and agree").check()
    page.get_by_role("button", name="Join with a passkey").click()
    heading(page, "HITs")


def sign_out(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    heading(page, "Sign in")


def test_from_the_invitation_to_work_and_back_without_a_word_typed(
    browser: Browser, marketplace: Marketplace, server: Server
) -> None:
    lab = requester(marketplace, server)
    hit = publish(lab, question_form(question(free_text(), "total")), Title="A form")
    with visit(browser, server) as (page, faults):
        device = Device(page)
        join(page, invite(marketplace))
        worker_id = worker_of(marketplace, "reader")
        (kept,) = device.credentials
        assert (kept["rpId"], kept["isResidentCredential"], kept["userName"]) == ("localhost", True, "reader")
        page.get_by_role("link", name="A form", exact=True).click()
        page.get_by_role("button", name="Accept this HIT").click()
        page.get_by_label("Your answer to Question 1").fill("12.50")
        page.get_by_role("button", name="Submit").click()
        heading(page, "Your answers were submitted")
        sign_out(page)
        # back to where one wanted to go
        page.goto("/dashboard")
        page.get_by_role("button", name="Sign in with a passkey").click()
        heading(page, "Dashboard")
        expect(page.get_by_text(f"Worker {worker_id}")).to_be_visible()
        expect(page.get_by_role("row", name="A form")).to_be_visible()
        assert device.credentials[0]["signCount"] > kept["signCount"]
        (assignment,) = lab.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
        assert assignment["WorkerId"] == worker_id
    assert faults == []
    lab.close()


def test_a_removed_passkey_and_a_stranger_are_refused(
    browser: Browser, marketplace: Marketplace, server: Server
) -> None:
    with visit(browser, server) as (page, faults):
        device = Device(page)
        page.goto(invite(marketplace))
        page.get_by_label("Sign-in name").fill("reader")
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_label("I am 18 or older").check()
        page.get_by_label("I have read the above, and agree").check()
        page.get_by_role("button", name="Join", exact=True).click()
        heading(page, "HITs")
        page.get_by_role("link", name="Account").click()
        page.get_by_label("Name of a new passkey").fill("Phone")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("row", name="Phone")).to_contain_text("never")
        # the device has one already
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("this device has one for you already")
        page.get_by_label("New name of Phone").fill("Tablet")
        page.get_by_role("button", name="Rename Phone").click()
        expect(page.get_by_role("row", name="Tablet")).to_be_visible()

        sign_out(page)
        device.recognises(its_user=False)
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
        device.recognises(its_user=True)
        page.get_by_role("button", name="Sign in with a passkey").click()
        heading(page, "HITs")
        page.goto("/account")
        page.get_by_role("button", name="Remove Tablet").click()
        expect(page.get_by_role("row", name="Tablet")).to_have_count(0)
        sign_out(page)
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert").first).to_contain_text("This passkey opens nothing here")
        page.goto("/dashboard")
        heading(page, "Sign in")
    # Chromium says of each answer that is no success that it was none
    assert [fault for fault in faults if "422" not in fault] == []


def test_what_is_wrong_with_the_form_is_told_before_a_passkey_is_made(
    browser: Browser, marketplace: Marketplace, server: Server
) -> None:
    with visit(browser, server) as (page, _):
        device = Device(page)
        join(page, invite(marketplace), "taken")
        sign_out(page)
        page.goto(invite(marketplace))
        button = page.get_by_role("button", name="Join with a passkey")
        button.click()  # the browser itself asks for the name
        expect(page.get_by_label("Sign-in name")).to_be_focused()
        page.get_by_label("Sign-in name").fill("Taken")
        page.get_by_label("I am 18 or older").check()
        page.get_by_label("I have read the above, and agree").check()
        button.click()
        page.get_by_role("link", name="Somebody else has this sign-in name").click()
        assert len(device.credentials) == 1
        page.get_by_label("Sign-in name").fill("reader")
        device.recognises(its_user=False)
        button.click()
        expect(page.get_by_role("alert").last).to_contain_text("No passkey was made")
        # what was begun with a passkey can be ended with a passphrase
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="Join", exact=True).click()
        heading(page, "HITs")


def test_without_a_script_or_at_an_address_that_is_no_name_there_is_the_passphrase(
    browser: Browser, marketplace: Marketplace, server: Server
) -> None:
    with visit(browser, server, java_script_enabled=False) as (page, _):
        for path in ("/sign-in", invite(marketplace)):
            page.goto(path)
            expect(page.get_by_role("button")).to_have_count(1)
            expect(page.get_by_text("passkey").filter(visible=True)).to_have_count(1 if path == "/sign-in" else 0)
    with browser.new_context(base_url=server.url) as context:
        page = context.new_page()
        page.goto("/sign-in")
        expect(page.get_by_role("button")).to_have_count(1)


def test_passkeys_by_the_keyboard_alone(browser: Browser, marketplace: Marketplace, server: Server) -> None:
    with visit(browser, server) as (page, faults):
        Device(page)
        page.goto(invite(marketplace))
        go(page, page.get_by_label("Sign-in name"), "r")
        page.keyboard.type("eader")
        go(page, page.get_by_label("I am 18 or older"), "Space")
        go(page, page.get_by_label("I have read the above, and agree"), "Space")
        go(page, page.get_by_role("button", name="Join with a passkey"))
        heading(page, "HITs")
        go(page, page.get_by_role("link", name="Account"))
        heading(page, "Your account")
        go(page, page.get_by_label("New name of Passkey"), "ControlOrMeta+a")
        page.keyboard.type("Office")
        go(page, page.get_by_role("button", name="Rename Passkey"))
        expect(page.get_by_role("row", name="Office")).to_be_visible()
        go(page, page.get_by_role("button", name="Sign out", exact=True))
        heading(page, "Sign in")
        go(page, page.get_by_role("button", name="Sign in with a passkey"))
        heading(page, "HITs")
    assert faults == []


@SCREENS
def test_every_page_with_passkeys_can_be_read_and_hit(
    browser: Browser, marketplace: Marketplace, server: Server, width: int, schemes: tuple[Scheme, ...]
) -> None:
    faults = {}
    with visit(browser, server, viewport={"width": width, "height": 800}) as (page, _):
        device = Device(page)
        link = invite(marketplace)
        page.goto(link)
        expect(page.get_by_role("button", name="Join with a passkey")).to_be_visible()
        faults["an invitation"] = faults_of(page, schemes)
        join(page, link)
        page.get_by_role("link", name="Account").click()
        expect(page.get_by_text("your only way in")).to_be_visible()
        faults["an account with its only way in"] = faults_of(page, schemes)
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("alert")).to_be_visible()
        faults["an account with an error"] = faults_of(page, schemes)
        marketplace.advance(16 * 60)
        page.reload()
        expect(page.get_by_role("link", name="sign in once more")).to_be_visible()
        faults["an account some time after"] = faults_of(page, schemes)
        sign_out(page)
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
        faults["sign-in"] = faults_of(page, schemes)
        device.recognises(its_user=False)
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert")).to_be_visible()
        faults["sign-in with an error"] = faults_of(page, schemes)
    lines = [f"{what}: {fault}" for what, found in faults.items() for fault in found]
    assert not lines, "\n".join(lines)
