"""An invited worker in Chromium and a requester's boto3 with access keys, on a marketplace that is fenced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pulumi_mturk.marketplace.domain import statements
from tests.support.browser import SCREENS
from tests.support.marketplace.browser import faults_of, go
from tests.support.marketplace.fenced import PASSPHRASE, PAYMENT, fence, invite, joined, requester, worker_of
from tests.support.marketplace.questions import (
    at_least,
    external_question,
    free_text,
    html_question,
    publish,
    question,
    question_form,
    type_with_test,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_mturk import MTurkClient
    from playwright.sync_api import Browser, Page

    from pulumi_mturk.marketplace import Marketplace, Server
    from tests.support.browser import Scheme


@pytest.fixture(autouse=True)
def fenced(marketplace: Marketplace) -> None:
    fence(marketplace)


@pytest.fixture
def lab(marketplace: Marketplace, server: Server) -> Iterator[MTurkClient]:
    client = requester(marketplace, server)
    yield client
    client.close()


def join(page: Page, link: str, name: str = "reader") -> None:
    page.goto(link)
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_label("Country of your address").fill("US")
    page.get_by_label("I am 18 or older").check()
    page.get_by_label("I have read the above, and agree").check()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HITs")


def accept(page: Page, title: str) -> None:
    page.goto("/projects")
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("button", name="Accept this HIT").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_whole_study(
    browser: Browser, marketplace: Marketplace, server: Server, lab: MTurkClient, elsewhere: str
) -> None:
    test = type_with_test(lab)
    form = question_form(question(free_text(), "total"))
    hits = {
        "A form": publish(lab, form, at_least(test, 1), Title="A form"),
        "A frame": publish(lab, html_question(), Title="A frame"),
        "Elsewhere": publish(lab, external_question(elsewhere), Title="Elsewhere"),
    }
    faults: list[str] = []
    with browser.new_context(base_url=server.url) as context:
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        join(page, invite(marketplace))
        worker_id = worker_of(marketplace, "reader")
        page.get_by_role("link", name="ask for this qualification").click()
        page.get_by_role("button", name="Take the test").click()
        page.get_by_role("group", name="Question 1").get_by_label("4").check()
        page.get_by_role("button", name="Hand in the test").click()
        expect(page.get_by_role("main")).to_contain_text("with the score 1")

        accept(page, "A form")
        page.get_by_label("Your answer to Question 1").fill("12.50")
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your answers were submitted")

        accept(page, "A frame")
        task = page.frame_locator("iframe")
        task.get_by_label("Total").fill("12.50")
        task.locator("#submitButton").click()
        expect(task.get_by_role("heading", level=1)).to_have_text("Your answers were submitted")
        expect(page.get_by_text("the assignment is submitted")).to_be_visible()
        task.get_by_role("link", name="find others").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("HITs")

        accept(page, "Elsewhere")
        task = page.frame_locator("iframe")
        task.get_by_label("Colour").fill("blue")
        task.get_by_role("button", name="Send").click()
        expect(task.get_by_role("heading", level=1)).to_have_text("Your answers were submitted")

        paid = []
        for hit in hits.values():
            (assignment,) = lab.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
            assert (assignment["WorkerId"], assignment["AssignmentStatus"]) == (worker_id, "Submitted")
            lab.approve_assignment(AssignmentId=assignment["AssignmentId"])
            paid.append(assignment["AssignmentId"])
        lab.send_bonus(WorkerId=worker_id, BonusAmount="0.25", AssignmentId=paid[0], Reason="Thank you")
        page.get_by_role("link", name="Dashboard").click()
        expect(page.get_by_role("region", name="Earnings here")).to_contain_text("$0.30")
        expect(page.get_by_text(PAYMENT)).to_be_visible()
        page.get_by_role("link", name="Messages").click()
        expect(page.get_by_role("main")).to_contain_text("Thank you")
        page.get_by_role("link", name="Account").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.goto("/dashboard")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert faults == []


@SCREENS
def test_every_page_of_signing_in_can_be_read_and_hit(
    browser: Browser, marketplace: Marketplace, server: Server, width: int, schemes: tuple[Scheme, ...]
) -> None:
    joined(marketplace, server, "taken")
    faults = {}
    with browser.new_context(base_url=server.url, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto("/projects")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        faults["sign-in"] = faults_of(page, schemes)
        page.get_by_label("Sign-in name").fill("taken")
        page.get_by_label("Passphrase").fill("wrong passphrase")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="The sign-in name or the passphrase is not right.").click()
        expect(page.get_by_label("Sign-in name")).to_be_focused()
        faults["sign-in with an error"] = faults_of(page, schemes)
        link = invite(marketplace)
        page.goto(link)
        faults["an invitation"] = faults_of(page, schemes)
        page.locator("form").evaluate("form => { form.noValidate = true; }")
        page.get_by_label("Sign-in name").fill("Taken")
        page.get_by_role("button", name="Join").click()
        page.get_by_role("link", name="Somebody else has this sign-in name").click()
        expect(page.get_by_label("Sign-in name")).to_be_focused()
        faults["an invitation with an error"] = faults_of(page, schemes)
        page.goto("/join/nothing")
        faults["no invitation"] = faults_of(page, schemes)
        join(page, link)
        faults["HITs"] = faults_of(page, schemes)
        page.get_by_role("link", name="Account").click()
        faults["the account"] = faults_of(page, schemes)
        with marketplace.writing() as ctx:
            statements.replace(ctx, "Consent", "Another text.")
        page.goto("/projects")
        expect(page.get_by_role("heading", level=1)).to_have_text("What you agree to has changed")
        faults["a changed text"] = faults_of(page, schemes)
        page.locator("form").first.evaluate("form => { form.noValidate = true; }")
        page.get_by_role("button", name="Agree and go on").click()
        page.get_by_role("link", name="Workers here are 18 or older.").click()
        expect(page.get_by_label("I am 18 or older")).to_be_focused()
        faults["a changed text with an error"] = faults_of(page, schemes)
        page.goto("/nothing")
        faults["nothing"] = faults_of(page, schemes)
    lines = [f"{what}: {fault}" for what, found in faults.items() for fault in found]
    assert not lines, "\n".join(lines)


def test_joining_and_signing_in_by_the_keyboard_alone(
    browser: Browser, marketplace: Marketplace, server: Server
) -> None:
    with browser.new_context(base_url=server.url) as context:
        page = context.new_page()
        page.goto(invite(marketplace))
        go(page, page.get_by_label("Sign-in name"), "r")
        page.keyboard.type("eader")
        go(page, page.get_by_label("Passphrase"), PASSPHRASE[0])
        page.keyboard.type(PASSPHRASE[1:])
        go(page, page.get_by_label("I am 18 or older"), "Space")
        go(page, page.get_by_label("I have read the above, and agree"), "Space")
        go(page, page.get_by_role("button", name="Join"))
        expect(page.get_by_role("heading", level=1)).to_have_text("HITs")
        go(page, page.get_by_role("link", name="Account"))
        go(page, page.get_by_role("button", name="Sign out everywhere"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        go(page, page.get_by_label("Sign-in name"), "r")
        page.keyboard.type("eader")
        go(page, page.get_by_label("Passphrase"), PASSPHRASE[0])
        page.keyboard.type(PASSPHRASE[1:])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("HITs")
        with marketplace.writing() as ctx:
            statements.replace(ctx, "Consent", "Another text.")
        go(page, page.get_by_role("link", name="Dashboard"))
        expect(page.get_by_text("Another text.")).to_be_visible()
        go(page, page.get_by_label("I am 18 or older"), "Space")
        go(page, page.get_by_label("I have read the above, and agree"), "Space")
        go(page, page.get_by_role("button", name="Agree and go on"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")
