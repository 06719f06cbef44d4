from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from pulumi_mturk.marketplace.domain import money, worker_assignments, worker_notifications
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT
from tests.support.marketplace.api_calls import PAST, TEST
from tests.support.marketplace.questions import (
    answer_to,
    at_least,
    free_text,
    publish,
    question,
    question_form,
    selection,
    type_with_test,
)
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace, Server

NUMBER = question_form(question(free_text("<Constraints><IsNumeric minValue='1'/></Constraints>"), "sum"))


def test_the_start_asks_who_one_is_and_then_shows_the_hits(visitor: WebClient, mturk: MTurkClient) -> None:
    publish(mturk, NUMBER)
    page = visitor.open("/")
    assert page.heading == "Who are you?"
    assert "no passwords" in page.text
    page = visitor.press(page, "Register", country="us", subdivision="ca", adult="1")
    assert (page.path, page.heading) == ("/projects", "HITs")
    assert "Transcribe a receipt" in page.text
    assert f"Worker {visitor.worker_id}" in page.text


def test_a_registered_worker_can_be_chosen_and_left(server: Server) -> None:
    first = WebClient(server)
    worker_id = first.register()
    visitor = WebClient(server)
    page = visitor.press(visitor.open("/tasks"), "Be this worker", worker_id=worker_id)
    assert (page.path, page.heading) == ("/tasks", "My HITs")
    visitor.press(visitor.open("/worker"), "Be nobody")
    assert visitor.open("/tasks").heading == "Who are you?"


@pytest.mark.parametrize(
    ("button", "fields", "reason"),
    [
        ("Be this worker", {"worker_id": "A1EXAMPLENOBODY"}, "No worker is registered here"),
        ("Register", {"country": "UK"}, "the United Kingdom is GB"),
        ("Register", {"country": "XX"}, "country"),
        ("Register", {"country": "DE", "subdivision": "BY"}, "subdivision"),
        ("Register", {"country": "US", "approved": "1"}, "more is approved"),
        ("Register", {"country": "US", "approved": "many"}, "whole numbers"),
    ],
)
def test_a_refused_choice_says_why_and_keeps_what_was_written(
    visitor: WebClient, button: str, fields: dict[str, str], reason: str
) -> None:
    page = visitor.press(visitor.open("/worker"), button, **fields)
    assert page.status == 422
    assert reason in page.text
    assert page.root.xpath(f"//input[@name='{next(iter(fields))}']/@value") == [next(iter(fields.values()))]
    # the summary leads to the field, which has its error beside it
    (target,) = page.root.xpath("//*[@role='alert']//a/@href")
    (field,) = page.root.xpath("//input[@id=$id]", id=target[1:])
    assert field.get("aria-invalid") == "true"
    texts = [page.root.get_element_by_id(each).text_content() for each in field.get("aria-describedby").split()]
    assert any(reason in each for each in texts)


def test_going_back_after_the_choice_stays_on_the_site(visitor: WebClient) -> None:
    worker_id = visitor.register()
    for address in ("https://example.com/", "//example.com/", "/\\example.com"):
        page = visitor.open("/worker/choose", {"worker_id": worker_id, "next": address})
        assert page.path == "/projects"


def test_a_question_form_from_the_search_to_the_requester(visitor: WebClient, mturk: MTurkClient) -> None:
    hit = publish(mturk, NUMBER, MaxAssignments=1)
    publish(mturk, NUMBER, Title="Something else")
    visitor.register()
    page = visitor.press(visitor.open("/projects"), "Search", search="TRANSCRIBE")
    assert "1 group" in page.text
    page = visitor.follow(page, "Transcribe a receipt")
    assert page.heading == "Preview: Transcribe a receipt"
    assert page.root.xpath("//fieldset[@disabled]")
    page = visitor.press(page, "Accept this HIT")
    assert page.heading == "Transcribe a receipt"
    page = visitor.press(page, "Submit", **{"question-1": "0"})
    assert page.status == 422
    assert "has to be a number" in page.text
    assert page.root.xpath("//input[@id='question-1'][@aria-invalid]/@value") == ["0"]
    assert page.root.xpath("//*[@role='alert']//a/@href") == ["#question-1"]
    described = page.root.xpath("string(//input[@id='question-1']/@aria-describedby)").split()
    assert "has to be a number" in page.root.get_element_by_id(described[-1]).text_content()
    page = visitor.press(page, "Submit", **{"question-1": "12"})
    assert page.heading == "Your answers were submitted"
    assert "<FreeText>12</FreeText>" in answer_to(mturk, hit["HITId"])


def test_work_is_returned_and_runs_out_of_time(
    visitor: WebClient, mturk: MTurkClient, marketplace: Marketplace
) -> None:
    group = publish(mturk, NUMBER)["HITTypeId"]
    visitor.register()
    page = visitor.press(visitor.open("/projects"), "Accept the next one")
    work = page.url
    assert "Transcribe a receipt" in visitor.open("/tasks").text
    page = visitor.press(page, "Return this HIT")
    assert page.path == "/tasks"
    assert "no HIT that is not handed in" in page.text
    assert "the assignment is returned" in visitor.open(work).text
    page = visitor.press(visitor.open(f"/projects/{group}/tasks"), "Accept this HIT")
    marketplace.advance(601)
    late = visitor.press(page, "Submit", **{"question-1": "12"})
    assert late.status == 409
    assert "The time for this assignment is over" in late.text
    assert {"Returned", "Abandoned"} <= set(visitor.open("/dashboard").text.split())


def test_a_no_is_told_rule_by_rule_with_the_way_to_the_test(visitor: WebClient, mturk: MTurkClient) -> None:
    type_id = type_with_test(mturk)
    group = publish(mturk, NUMBER, at_least(type_id, 1, "PreviewAndAccept"))["HITTypeId"]
    visitor.register()
    page = visitor.open("/projects")
    assert "You can't accept these HITs." in page.text
    assert "Accept the next one" not in page.buttons
    page = visitor.follow(page, "Transcribe a receipt")
    assert (page.status, page.heading) == (409, "Not possible: Transcribe a receipt")
    assert "a score of at least 1 in 'Receipts'" in page.text
    page = visitor.press(visitor.follow(page, "ask for this qualification"), "Take the test")
    assert page.heading == "Test: Receipts"
    page = visitor.press(page, "Hand in the test", **{"question-1": "a"})
    assert page.heading == "Your score: Receipts"
    assert "with the score 1" in page.text
    assert visitor.open("/qualifications/assigned").root.xpath("//td[4]/text()") == ["1"]
    assert visitor.open(f"/projects/{group}/tasks").heading == "Preview: Transcribe a receipt"


def test_what_guards_discovery_hides_and_what_guards_accepting_alone_shows(
    visitor: WebClient, mturk: MTurkClient
) -> None:
    type_id = type_with_test(mturk)
    publish(mturk, NUMBER, at_least(type_id, 1, "DiscoverPreviewAndAccept"), Title="Hidden")
    publish(mturk, NUMBER, at_least(type_id, 1, "Accept"), Title="Shown")
    visitor.register()
    page = visitor.open("/projects")
    assert "Hidden" not in page.text
    page = visitor.follow(page, "Shown")
    assert page.heading == "Preview: Shown"
    assert page.buttons == []
    assert visitor.open(f"{page.path}/accept_random", {}).status == 409


def test_a_test_with_faulty_answers_is_shown_again(visitor: WebClient, mturk: MTurkClient) -> None:
    required = TEST.replace("<QuestionContent>", "<IsRequired>true</IsRequired><QuestionContent>")
    type_id = type_with_test(mturk, Test=required)
    visitor.register()
    page = visitor.press(visitor.open(f"/qualifications/{type_id}/request"), "Take the test")
    page = visitor.press(page, "Hand in the test")
    assert (page.status, page.heading) == (422, "Test: Receipts")
    assert "has to be answered" in page.text
    page = visitor.press(page, "Hand in the test", **{"question-1": "b"})
    assert "with the score 0" in page.text
    assert "Take the test" not in visitor.open(f"/qualifications/{type_id}").buttons


def test_a_test_that_was_not_begun_or_takes_too_long_is_not_taken(
    visitor: WebClient, mturk: MTurkClient, marketplace: Marketplace
) -> None:
    type_id = type_with_test(mturk)
    visitor.register()
    page = visitor.open(f"/qualifications/{type_id}/request", {"question-1": "a"})
    assert (page.status, "Begin the test" in page.text) == (409, True)
    page = visitor.press(visitor.open(f"/qualifications/{type_id}"), "Take the test")
    marketplace.advance(601)
    page = visitor.press(page, "Hand in the test", **{"question-1": "a"})
    assert (page.status, "The time for this test is over." in page.text) == (409, True)


def test_a_type_without_a_test_waits_for_the_requester(visitor: WebClient, mturk: MTurkClient) -> None:
    made = mturk.create_qualification_type(Name="Friends", Description="Known.", QualificationTypeStatus="Active")
    worker_id = visitor.register()
    page = visitor.press(visitor.open("/qualifications"), "Search", search="friend")
    page = visitor.press(visitor.follow(page, "Friends"), "Ask for this qualification")
    assert page.heading == "Your request: Friends"
    assert "Friends" in visitor.open("/qualifications/pending").text
    (waiting,) = mturk.list_qualification_requests()["QualificationRequests"]
    assert waiting["WorkerId"] == worker_id
    mturk.accept_qualification_request(QualificationRequestId=waiting["QualificationRequestId"], IntegerValue=7)
    assert "You hold it with the score 7." in visitor.open("/qualifications").text
    mturk.disassociate_qualification_from_worker(
        WorkerId=worker_id, QualificationTypeId=made["QualificationType"]["QualificationTypeId"], Reason="No more."
    )
    assert "No more." in visitor.open("/messages").text


def test_earnings_and_history(visitor: WebClient, mturk: MTurkClient) -> None:
    hit = publish(mturk, NUMBER)
    worker_id = visitor.register()
    visitor.press(visitor.press(visitor.open("/projects"), "Accept the next one"), "Submit", **{"question-1": "3"})
    (assignment,) = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    mturk.approve_assignment(AssignmentId=assignment["AssignmentId"], RequesterFeedback="Well done")
    mturk.send_bonus(
        WorkerId=worker_id, BonusAmount="0.25", AssignmentId=assignment["AssignmentId"], Reason="More than asked"
    )
    mturk.notify_workers(Subject="Thanks", MessageText="First line.\nSecond line.", WorkerIds=[worker_id])
    page = visitor.open("/messages")
    assert page.root.xpath("//article/h2/text()") == ["Thanks", "You got a bonus of $0.25"]
    assert page.root.xpath("//p[@class='prose']/text()") == ["First line.\nSecond line.", "More than asked"]
    page = visitor.open("/dashboard")
    assert page.root.xpath("//section[@aria-labelledby='earnings']//dd/text()") == ["$0.10", "$0.25"]
    assert "Well done" in page.text
    assert "HITs approved 1" in page.text


@pytest.mark.parametrize("named", ["HITTypeId", "HITGroupId"])
@pytest.mark.parametrize(
    "address",
    [
        "/projects/{}/tasks",
        "/projects/{}/tasks/accept_random",
        "/mturk/preview?groupId={}",
        "/mturk/previewandaccept?groupId={}",
    ],
)
def test_links_that_tools_print_lead_to_the_preview(
    visitor: WebClient, mturk: MTurkClient, named: str, address: str
) -> None:
    hit = publish(mturk, NUMBER)
    visitor.register()
    page = visitor.open(address.format(hit[named]))
    assert page.heading == "Preview: Transcribe a receipt"
    assert visitor.open("/tasks").text.count("Transcribe") == 0  # a link accepts nothing


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/mturk/preview?hitId={HITId}", "Preview: Transcribe a receipt"),
        ("/mturk/searchbar?searchWords=receipt", "HITs"),
        ("/?filters%5Bsearch_term%5D=receipt", "HITs"),
        ("/mturk/requestqualification?qualificationId={type}", "Qualification: Receipts"),
        ("/mturk/myhits", "My HITs"),
        ("/tasks/", "My HITs"),
        ("/projects/?page_size=100", "HITs"),
        ("/mturk/dashboard", "Dashboard"),
        ("/mturk/findquals", "Qualifications"),
    ],
)
def test_old_addresses_lead_to_the_pages(visitor: WebClient, mturk: MTurkClient, address: str, heading: str) -> None:
    hit = publish(mturk, NUMBER)
    type_id = type_with_test(mturk)
    visitor.register()
    page = visitor.open(address.format(**hit, type=type_id))
    assert (page.status, page.heading) == (200, heading)
    if "search" in address:
        assert page.root.xpath("//input[@type='search']/@value") == ["receipt"]


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/projects/NONE/tasks", "/projects/NONE/tasks/NONE", "/mturk/preview", "/mturk/preview?hitId=NONE"],
)
def test_what_is_not_there_is_said(visitor: WebClient, address: str) -> None:
    visitor.register()
    page = visitor.open(address)
    assert (page.status, page.heading) == (404, "This can not be found")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "http://example.com"},
        {"Origin": "http://["},
    ],
)
@pytest.mark.parametrize("address", ["/worker/leave", "/projects/{}/tasks/accept_random"])
def test_a_page_of_another_site_can_not_act_for_the_worker(
    visitor: WebClient, mturk: MTurkClient, headers: dict[str, str], address: str
) -> None:
    group = publish(mturk, NUMBER)["HITTypeId"]
    visitor.register()
    page = visitor.open(address.format(group), {}, headers)
    assert page.status == 403
    assert visitor.worker_id
    assert "no HIT that is not handed in" in visitor.open("/tasks").text


def test_the_cookie_is_kept_from_scripts_and_other_sites_forms(visitor: WebClient) -> None:
    visitor.register()
    assert {cookie.name for cookie in visitor.jar} == {"worker", "visit"}
    for cookie in visitor.jar:
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "Lax"


def test_no_site_may_frame_our_buttons(visitor: WebClient) -> None:
    assert "frame-ancestors 'none'" in visitor.open("/worker").headers["Content-Security-Policy"]


def test_every_kind_of_page_with_hostile_words_is_only_words(visitor: WebClient, mturk: MTurkClient) -> None:
    words = "<script>alert(1)</script>\"'&"
    escaped = "&lt;script&gt;alert(1)&lt;/script&gt;"
    type_id = type_with_test(mturk, name=words, Description=words, Keywords=words)
    publish(
        mturk,
        question_form(
            question(selection(), content=f"<Text>{escaped}</Text>", head=f"<DisplayName>{escaped}</DisplayName>")
        ),
        at_least(type_id, 1),
        Title=words,
        Description=words,
        Keywords=words,
    )
    visitor.register()
    page = visitor.open(f"/projects?search={words.replace('&', '%26')}")
    assert words in page.text
    assert words in visitor.follow(page, words).text
    assert words in visitor.open("/qualifications").text
    assert words in visitor.open(f"/qualifications/{type_id}").text


def test_an_expired_hit_is_gone_from_the_list(visitor: WebClient, mturk: MTurkClient) -> None:
    hit = publish(mturk, NUMBER)
    visitor.register()
    page = visitor.open(f"/projects/{hit['HITTypeId']}/tasks")
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST)
    assert "0 groups" in visitor.open("/projects").text
    refused = visitor.press(page, "Accept this HIT")
    assert refused.status == 409
    assert "expired" in refused.text


def test_bonuses_of_one_moment_and_reason_keep_their_amounts(
    visitor: WebClient, mturk: MTurkClient, marketplace: Marketplace
) -> None:
    publish(mturk, NUMBER)
    worker_id = visitor.register()
    page = visitor.press(visitor.open("/projects"), "Accept the next one")
    assignment_id = parse_qs(urlsplit(page.url).query)["assignment_id"][0]
    with marketplace.writing(account=FIRST_ACCOUNT) as ctx:
        assignment = worker_assignments.find_assignment(ctx, assignment_id)
        for cents in (25, 50):
            payment = money.pay_bonus(ctx, assignment, cents, "Thanks")
            worker_notifications.notify(ctx, "Bonus", worker_id, text="Thanks", payment=payment)
    titles = visitor.open("/messages").root.xpath("//article/h2/text()")
    assert titles == ["You got a bonus of $0.50", "You got a bonus of $0.25"]


@pytest.mark.parametrize(
    ("address", "entries"),
    [
        ("/projects", {"HITs": "page"}),
        ("/tasks", {"My HITs": "page"}),
        ("/qualifications/assigned", {"Qualifications": "true", "Mine": "page"}),
        ("/messages", {"Messages": "page"}),
        ("/worker", {"Change": "page"}),
        ("/nothing", {}),
    ],
)
def test_the_navigation_says_where_one_is(visitor: WebClient, address: str, entries: dict[str, str]) -> None:
    visitor.register()
    current = visitor.open(address).root.xpath("//a[@aria-current]")
    assert {each.text_content(): each.get("aria-current") for each in current} == entries


@pytest.mark.parametrize(
    "address",
    [
        "/projects",
        "/projects?search=nothing",
        "/tasks",
        "/qualifications",
        "/qualifications?search=nothing",
        "/qualifications/assigned",
        "/qualifications/pending",
        "/dashboard",
        "/messages",
    ],
)
def test_what_is_empty_offers_what_to_do(visitor: WebClient, address: str) -> None:
    visitor.register()
    page = visitor.open(address)
    (offer,) = page.root.xpath("//*[contains(@class, 'empty')]//a[contains(@class, 'primary')]/@href")
    assert visitor.open(offer).status == 200


def test_what_a_tool_wrote_behind_a_name_is_no_word_of_a_heading(visitor: WebClient, mturk: MTurkClient) -> None:
    generated = type_with_test(mturk, "reader-0a1b2c3")
    own = type_with_test(mturk, "reader-2026")
    visitor.register()
    page = visitor.open(f"/qualifications/{generated}")
    assert page.root.xpath("//h1/text()") == ["Qualification: reader "]
    assert page.root.xpath("//h1/small/text()") == ["0a1b2c3"]
    assert page.root.xpath("string(//title)").startswith("Qualification: reader ·")
    assert visitor.open(f"/qualifications/{own}").heading == "Qualification: reader-2026"


def test_whom_one_works_for_and_by_what_one_is_known(
    visitor: WebClient, mturk: MTurkClient, marketplace: Marketplace
) -> None:
    hit = publish(mturk, NUMBER)
    assert "knows you by that id alone" in visitor.open("/worker").text
    visitor.register()
    assert f"Requester {marketplace.requester_name}" in visitor.open("/projects").text
    assert f"Requester {marketplace.requester_name}" in visitor.open(f"/projects/{hit['HITTypeId']}/tasks").text


def test_when_one_may_try_again_is_a_time_for_the_browser_too(visitor: WebClient, mturk: MTurkClient) -> None:
    type_id = type_with_test(mturk, RetryDelayInSeconds=3600)
    visitor.register()
    page = visitor.press(visitor.open(f"/qualifications/{type_id}"), "Take the test")
    visitor.press(page, "Hand in the test", **{"question-1": "b"})
    (time,) = visitor.open(f"/qualifications/{type_id}").root.xpath("//time")
    assert datetime.fromisoformat(time.get("datetime")) == datetime.strptime(time.text, "%Y-%m-%d %H:%M:%S %Z").replace(
        tzinfo=UTC
    )
