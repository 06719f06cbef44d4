"""The worker's pages on a telephone and a desk, light and dark, by the keyboard, and without the script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from pulumi_mturk.marketplace import Marketplace, Server
from tests.support.browser import SCREENS
from tests.support.marketplace.api_calls import client_of
from tests.support.marketplace.browser import faults_of, go, register
from tests.support.marketplace.questions import (
    OTHER,
    UP_TO_TWO,
    at_least,
    free_text,
    html_question,
    publish,
    question,
    question_form,
    selection,
    type_with_test,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_mturk import MTurkClient
    from playwright.sync_api import Browser, Page, StorageState

    from tests.support.browser import Scheme

LONG = "An answer that says quite exactly what it means, and so does not fit on one line of a telephone"
CHOICES = "".join(
    f"<Selection><SelectionIdentifier>{number}</SelectionIdentifier>"
    f"<Text>{LONG if number % 2 else 'Short'} {number}</Text></Selection>"
    for number in range(12)
)
FORM = question_form(
    "<Overview><Title>Receipts</Title><Text>Read.</Text><FormattedContent><![CDATA[<p>The "
    "<a href='https://example.com/'>guide</a></p><table bgcolor='white'><tr><td><img alt='Wide' width='900'></td>"
    "<td><pre>" + "wide " * 40 + "</pre></td></tr></table>]]></FormattedContent></Overview>",
    question(selection(options=CHOICES), "a", head="<IsRequired>true</IsRequired>"),
    question(selection("checkbox", UP_TO_TWO, OTHER, CHOICES), "b"),
    question(selection("dropdown", options=CHOICES), "c"),
    question(selection("multichooser", UP_TO_TWO), "d"),
    question(free_text("<Constraints><IsNumeric minValue='1'/></Constraints>"), "e"),
    question(free_text("<NumberOfLinesSuggestion>3</NumberOfLinesSuggestion>"), "f"),
)


@dataclass(frozen=True)
class Study:
    """A marketplace with something on each page of one worker."""

    url: str
    pages: dict[str, str]
    """The addresses, by what is on the page."""
    worker: StorageState
    """The browser's cookies."""


def submit(page: Page, hit: dict[str, Any]) -> None:
    page.goto(f"/projects/{hit['HITTypeId']}/tasks")
    page.get_by_role("button", name="Accept this HIT").click()
    page.frame_locator("iframe").locator("#submitButton").click()
    expect(page.get_by_text("the assignment is submitted")).to_be_visible()


def started(page: Page, hit: dict[str, Any]) -> str:
    page.goto(f"/projects/{hit['HITTypeId']}/tasks")
    page.get_by_role("button", name="Accept this HIT").click()
    expect(page.get_by_role("button", name="Return this HIT")).to_be_visible()
    return page.url


@pytest.fixture(scope="module")
def study(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    path = tmp_path_factory.mktemp("study") / "study.db"
    with Marketplace.open(path) as marketplace, Server(marketplace) as server:
        mturk = client_of(server)
        test = type_with_test(mturk, "reader-0a1b2c3")
        friends = mturk.create_qualification_type(Name="Friends", Description="x", QualificationTypeStatus="Active")
        friend = friends["QualificationType"]["QualificationTypeId"]
        publish(mturk, FORM, at_least(test, 1), Title="For readers", Description="Two\nlines")
        shown = publish(mturk, FORM, at_least(test, 1, "PreviewAndAccept"), Title="For them alone")
        form, frame, done, rejected = (
            publish(mturk, text, Title=title)
            for title, text in (
                ("A form", FORM),
                ("A frame", html_question()),
                ("Done", html_question()),
                ("Rejected", html_question()),
            )
        )
        free = publish(mturk, FORM, at_least(friend, 1), Title="For friends")
        with browser.new_context(base_url=server.url) as context:
            page = context.new_page()
            worker_id = register(page)
            mturk.associate_qualification_with_worker(QualificationTypeId=friend, WorkerId=worker_id, IntegerValue=3)
            submit(page, done)
            submit(page, rejected)
            paid, unpaid = (
                mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"][0]["AssignmentId"]
                for hit in (done, rejected)
            )
            mturk.approve_assignment(AssignmentId=paid, RequesterFeedback="Read.\nThanks.")
            mturk.send_bonus(WorkerId=worker_id, BonusAmount="0.25", AssignmentId=paid, Reason="More")
            mturk.reject_assignment(AssignmentId=unpaid, RequesterFeedback="Not read.")
            pages = {
                "registration": "/worker",
                "HITs": "/projects",
                "no HITs": "/projects?search=nothing",
                "a preview of a form": f"/projects/{free['HITTypeId']}/tasks",
                "a preview with an obstacle": f"/projects/{frame['HITTypeId']}/tasks/{frame['HITId']}",
                "a refusal": f"/projects/{shown['HITTypeId']}/tasks",
                "a task in a frame": started(page, frame),
                "a form": started(page, form),
                "what was accepted": "/tasks",
                "qualifications": "/qualifications",
                "held ones": "/qualifications/assigned",
                "no pending ones": "/qualifications/pending",
                "a qualification": f"/qualifications/{test}",
                "the dashboard": "/dashboard",
                "messages": "/messages",
                "nothing": "/nothing",
                "what a frame shows": "/mturk/externalSubmit",
            }
            yield Study(server.url, pages, context.storage_state())
        mturk.close()


@SCREENS
def test_every_page_can_be_read_and_hit(
    browser: Browser, study: Study, width: int, schemes: tuple[Scheme, ...]
) -> None:
    faults = {}
    with browser.new_context(
        base_url=study.url, storage_state=study.worker, viewport={"width": width, "height": 800}
    ) as context:
        page = context.new_page()
        verdicts = 0
        for what, address in study.pages.items():
            page.goto(address)
            faults[what] = faults_of(page, schemes)
            verdicts += page.locator(".verdict").count()
        assert verdicts >= 4
        # and with errors: the browser's own check is left out, as the site has to say it too
        page.goto(study.pages["a form"])
        page.locator("form", has_text="Submit").last.evaluate("form => { form.noValidate = true; }")
        page.get_by_role("button", name="Submit").click()
        page.get_by_role("link", name="Question 1: This question has to be answered.").click()
        expect(page.locator("#question-1-1")).to_be_focused()
        faults["a form with errors"] = faults_of(page, schemes)
        page.goto("/worker")
        page.get_by_label("Country of your address").fill("UK")
        page.get_by_role("button", name="Register").click()
        page.get_by_role("link", name="the United Kingdom is GB").click()
        country = page.get_by_label("Country of your address")
        expect(country).to_be_focused()
        expect(country).to_have_accessible_description(re.compile("United Kingdom is GB"))
        assert country.get_attribute("aria-invalid") == "true"
        faults["registration with errors"] = faults_of(page, schemes)
    lines = [f"{what}: {fault}" for what, found in faults.items() for fault in found]
    assert not lines, "\n".join(lines)


def test_times_are_the_browsers_beside_utc(browser: Browser, study: Study) -> None:
    with browser.new_context(
        base_url=study.url, storage_state=study.worker, timezone_id="Asia/Kolkata", locale="en-GB"
    ) as context:
        page = context.new_page()
        page.goto("/tasks")
        time = page.locator("time").first
        expect(time).to_contain_text("GMT+5:30")
        expect(time).to_contain_text(" UTC")
        expect(page.locator("[data-left]").first).to_contain_text(" min ")


def test_the_pages_need_no_script(browser: Browser, study: Study) -> None:
    with browser.new_context(
        base_url=study.url, storage_state=study.worker, timezone_id="Asia/Kolkata", java_script_enabled=False
    ) as context:
        page = context.new_page()
        page.goto("/tasks")
        expect(page.locator("time").first).to_contain_text(" UTC")
        expect(page.locator("[data-left]").first).to_contain_text("left when this page was made")
        page.get_by_role("link", name="A form").click()
        page.get_by_role("group", name="Question 1").get_by_label("Short 0").check()
        page.get_by_label("Your answer to Question 5").fill("0")
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_role("link", name="Question 5: The answer has to be a number")).to_be_visible()


def test_a_study_by_the_keyboard_alone(browser: Browser, server: Server, mturk: MTurkClient) -> None:
    test = type_with_test(mturk)
    form = question_form(question(selection(), "kind"), question(free_text(), "total"))
    hit = publish(mturk, form, at_least(test, 1), Title="Receipts")
    with browser.new_context(base_url=server.url) as context:
        page = context.new_page()
        page.goto("/")
        go(page, page.get_by_label("Country of your address"), "U")
        page.keyboard.type("S")
        go(page, page.get_by_role("button", name="Register"))
        expect(page.get_by_role("heading", level=1)).to_have_text("HITs")
        go(page, page.get_by_role("link", name="ask for this qualification"))
        go(page, page.get_by_role("button", name="Take the test"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Test: Receipts")
        go(page, page.get_by_label("4"), "Space")
        go(page, page.get_by_role("button", name="Hand in the test"))
        go(page, page.get_by_role("main").get_by_role("link", name="Find HITs"))
        go(page, page.get_by_role("button", name="Accept the next one"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Receipts")
        go(page, page.get_by_label("The cat"), "ArrowDown")
        go(page, page.get_by_label("Your answer to Question 2"), "1")
        page.keyboard.type("2.50")
        go(page, page.get_by_role("button", name="Submit"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Your answers were submitted")
    (assignment,) = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert ">dog</SelectionIdentifier>" in assignment["Answer"]
    assert "<FreeText>12.50</FreeText>" in assignment["Answer"]
