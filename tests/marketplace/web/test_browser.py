"""The worker's pages in Chromium, with the frames and scripts of requesters: from finding a HIT to being paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.marketplace.browser import register
from tests.support.marketplace.questions import (
    HTML,
    at_least,
    external_question,
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
    from playwright.sync_api import Browser, Page

    from pulumi_mturk.marketplace import Server


@pytest.fixture
def faults() -> list[str]:
    """What went wrong behind the page; a test that wants it so takes it away."""
    return []


@pytest.fixture
def page(browser: Browser, server: Server, faults: list[str]) -> Iterator[Page]:
    """A new visitor who may reach this machine alone: nothing depends on what is elsewhere."""
    with browser.new_context(base_url=server.url) as context:
        context.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
        opened = context.new_page()
        opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: faults.append(str(error)))
        yield opened
    assert faults == []


def accept(page: Page, title: str) -> None:
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Preview: {title}")
    page.get_by_role("button", name="Accept this HIT").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def approved(mturk: MTurkClient, hit_id: str, worker_id: str) -> str:
    """What the requester does with the one assignment that came in: the answer."""
    (assignment,) = mturk.list_assignments_for_hit(HITId=hit_id)["Assignments"]
    assert (assignment["WorkerId"], assignment["AssignmentStatus"]) == (worker_id, "Submitted")
    mturk.approve_assignment(AssignmentId=assignment["AssignmentId"])
    return assignment["Answer"]


def test_from_a_no_by_the_test_to_the_approved_html_question(page: Page, mturk: MTurkClient) -> None:
    type_id = type_with_test(mturk)
    hit_type: Any = mturk.create_hit_type(
        Title="Read a receipt",
        Description="Type the total.",
        Reward="0.10",
        AssignmentDurationInSeconds=600,
        QualificationRequirements=[at_least(type_id, 1)],  # type: ignore[list-item]
    )
    made = mturk.create_hit_with_hit_type(
        HITTypeId=hit_type["HITTypeId"], LifetimeInSeconds=3600, Question=html_question(), MaxAssignments=1
    )
    worker_id = register(page)

    expect(page.get_by_role("row", name="Receipts")).to_contain_text("a score of at least 1 in 'Receipts'")
    page.get_by_role("link", name="ask for this qualification").click()
    page.get_by_role("button", name="Take the test").click()
    page.get_by_role("group", name="Question 1").get_by_label("4").check()
    page.get_by_role("button", name="Hand in the test").click()
    expect(page.get_by_role("main")).to_contain_text("with the score 1")

    page.get_by_role("link", name="Find HITs").click()
    page.get_by_role("link", name="Read a receipt").click()
    preview = page.frame_locator("iframe")
    expect(preview.locator("#submitButton")).to_be_disabled()
    assert "assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&" in page.frames[1].url
    page.get_by_role("button", name="Accept this HIT").click()
    task = page.frame_locator("iframe")
    expect(page.locator("[data-left]")).to_contain_text(" min ")
    task.get_by_label("Total").fill("12.50")
    task.get_by_label("Shop").check()
    task.get_by_label("Date").check()
    task.locator("#submitButton").click()
    expect(task.get_by_role("heading", level=1)).to_have_text("Your answers were submitted")
    # nothing around the frame offers to return what is handed in, or counts the time
    expect(page.get_by_text("the assignment is submitted")).to_be_visible()
    expect(page.get_by_role("button", name="Return this HIT")).to_have_count(0)
    expect(page.locator("[data-left]")).to_have_count(0)
    task.get_by_role("link", name="find others").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HITs")
    expect(page.get_by_text("0 groups")).to_be_visible()

    answer = approved(mturk, str(made["HIT"]["HITId"]), worker_id)
    assert "<QuestionIdentifier>total</QuestionIdentifier><FreeText>12.50</FreeText>" in answer
    assert "<FreeText>shop|date</FreeText>" in answer
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_role("row", name="Read a receipt")).to_contain_text("Approved")
    expect(page.get_by_role("region", name="Earnings here")).to_contain_text("$0.10")


def test_a_question_form_by_the_keyboard(page: Page, mturk: MTurkClient) -> None:
    form = question_form(
        "<Overview><Title>Animals</Title></Overview>",
        question(
            free_text("<Constraints><AnswerFormatRegex regex='^[a-z]+$' errorText='Small letters.'/></Constraints>"),
            "name",
            head="<DisplayName>Name</DisplayName><IsRequired>true</IsRequired>",
        ),
        question(selection("radiobutton"), "kind", head="<DisplayName>Kind</DisplayName>"),
        question(
            selection("multichooser", "<MaxSelectionCount>2</MaxSelectionCount>"),
            "kinds",
            head="<DisplayName>Kinds</DisplayName>",
        ),
    )
    hit = publish(mturk, form, Title="Name animals")
    worker_id = register(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    accept(page, "Name animals")
    name = page.get_by_label("Your answer to Name")
    name.fill("Rex 1")
    page.get_by_role("button", name="Submit").click()
    assert name.evaluate("field => field.validity.patternMismatch")
    name.fill("rex")
    page.get_by_role("group", name="Kind", exact=True).get_by_label("The dog").focus()
    page.keyboard.press("Space")
    page.get_by_label("Your answer to Kinds").select_option(["cat", "cow"])
    page.get_by_role("button", name="Submit").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers were submitted")
    answer = approved(mturk, hit["HITId"], worker_id)
    for expected in ("<FreeText>rex</FreeText>", *(f">{kind}</SelectionIdentifier>" for kind in ("dog", "cat", "cow"))):
        assert expected in answer


def test_a_page_on_the_requesters_own_server(page: Page, mturk: MTurkClient, elsewhere: str) -> None:
    hit = publish(mturk, external_question(elsewhere), Title="Elsewhere")
    worker_id = register(page)
    page.goto(f"/projects/{hit['HITTypeId']}/tasks")
    expect(page.frame_locator("iframe").get_by_role("button", name="Send")).to_be_disabled()
    page.get_by_role("button", name="Accept this HIT").click()
    task = page.frame_locator("iframe")
    task.get_by_label("Colour").fill("blue")
    # browsers ask before a page of the internet submits to this machine: for a frame, only if its page lets them
    assert page.frames[1].evaluate("document.featurePolicy.allowsFeature('local-network-access')")
    task.get_by_role("button", name="Send").click()
    expect(task.get_by_role("heading", level=1)).to_have_text("Your answers were submitted")
    answer = approved(mturk, hit["HITId"], worker_id)
    for expected in ("blue", worker_id, "in the page's own storage"):
        assert f"<FreeText>{expected}</FreeText>" in answer


def test_a_requesters_script_gets_at_nothing_of_the_site(
    page: Page, mturk: MTurkClient, server: Server, faults: list[str]
) -> None:
    """Neither the cookie nor the pages, and it can't press the site's buttons; also where it is opened by itself."""
    script = """<p id="found">waiting</p><script>
    const tell = text => { document.getElementById("found").textContent += " " + text; };
    try { tell("cookie:" + document.cookie); } catch (error) { tell("no cookie"); }
    try { tell("parent:" + parent.document.title); } catch (error) { tell("no parent"); }
    fetch("SITE/tasks", {credentials: "include"}).then(() => tell("page"), () => tell("no page"))
      .then(() => fetch("SITE/worker/leave", {method: "POST", mode: "no-cors", credentials: "include"}))
      .then(() => tell("done"), () => tell("done"));
    </script>"""
    hit = publish(mturk, html_question(script.replace("SITE", server.url)), Title="Curious")
    register(page)
    page.goto(f"/projects/{hit['HITTypeId']}/tasks")
    expect(page.frame_locator("iframe").locator("#found")).to_have_text("waiting no cookie no parent no page done")
    page.goto(f"/dynamic/hit?hitId={hit['HITId']}")
    found = page.locator("#found")
    expect(found).to_contain_text("done")
    expect(found).to_contain_text("no cookie")
    expect(found).to_contain_text("no page")
    page.goto("/tasks")
    expect(page.get_by_role("heading", level=1)).to_have_text("My HITs")
    assert len([fault for fault in faults if "Access to fetch" in fault]) == 2
    faults.clear()


def test_the_page_of_an_html_question_reaches_nothing_of_aws(page: Page, mturk: MTurkClient) -> None:
    hit = publish(mturk, html_question(HTML), Title="Local")
    register(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/projects/{hit['HITTypeId']}/tasks")
    expect(page.frame_locator("iframe").locator("#submitButton")).to_be_disabled()
    assert len(asked) >= 4
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
