from __future__ import annotations

import contextlib
import threading
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.domain import worker_assignments, worker_hits
from pulumi_mturk.marketplace.domain.worker_statistics import statistics_of
from pulumi_mturk.marketplace.domain.workers import find
from tests.support.marketplace.api_calls import PAST, PERCENT_APPROVED
from tests.support.marketplace.questions import question, question_form, selection
from tests.support.marketplace.workers import (
    ANSWERS_HEAD,
    FORM,
    OTHER,
    WORKER,
    accepted,
    given_back,
    handed_in,
    new_hit,
    refused,
    register,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace


@pytest.fixture(autouse=True)
def people(marketplace: Marketplace) -> None:
    register(marketplace)
    register(marketplace, OTHER)


def groups(marketplace: Marketplace, search: str = "", worker_id: str = WORKER) -> list[worker_hits.HITGroup]:
    with marketplace.reading() as ctx:
        return worker_hits.find_groups(ctx, worker_id, search)


def next_hit(marketplace: Marketplace, hit_type_id: str, worker_id: str = WORKER) -> str | None:
    with marketplace.reading() as ctx:
        return worker_hits.next_hit(ctx, worker_id, hit_type_id)


def previewed(marketplace: Marketplace, hit_id: str, worker_id: str = WORKER) -> worker_hits.HITPreview:
    with marketplace.reading() as ctx:
        return worker_hits.preview(ctx, worker_id, hit_id)


def needing(comparator: str, about: str, guards: str, *values: int) -> list[dict[str, Any]]:
    members = {"IntegerValues": list(values)} if values else {}
    return [{"QualificationTypeId": about, "Comparator": comparator, "ActionsGuarded": guards, **members}]


def answer_of(marketplace: Marketplace, assignment_id: str) -> str:
    with marketplace.reading() as ctx:
        return str(worker_assignments.find_assignment(ctx, assignment_id)["answer"])


def test_groups_have_what_the_worker_could_do_the_newest_first(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id, *_ = (new_hit(mturk, Keywords="receipts, text", Reward="0.1") for _ in range(3))
    marketplace.advance(5)
    new_hit(mturk, Title="Name a colour")
    accepted(marketplace, hit_id)
    newer, older = groups(marketplace)
    assert (newer.title, newer.hits, newer.keywords) == ("Name a colour", 1, "")
    assert (older.title, older.hits, older.keywords) == ("Transcribe a receipt", 2, "receipts, text")
    assert (older.reward, older.assignment_duration) == (Decimal("0.10"), 600)
    assert [group.title for group in groups(marketplace, "RECEIPTS")] == ["Transcribe a receipt"]
    assert groups(marketplace, "nobody wrote this") == []
    assert [group.hits for group in groups(marketplace, worker_id=OTHER)] == [1, 3]


def test_what_is_expired_deleted_or_taken_is_in_no_group(mturk: MTurkClient, marketplace: Marketplace) -> None:
    expired = new_hit(mturk, LifetimeInSeconds=30)
    marketplace.advance(30)
    deleted, taken = new_hit(mturk), new_hit(mturk, MaxAssignments=1)
    mturk.update_expiration_for_hit(HITId=deleted, ExpireAt=PAST)
    mturk.delete_hit(HITId=deleted)
    accepted(marketplace, taken, OTHER)
    assert groups(marketplace) == []
    for hit_id, words in ((expired, "expired"), (deleted, "deleted"), (taken, "none is left"), ("NONE", "no HIT")):
        assert words in refused(accepted, marketplace, hit_id)


def test_the_next_hit_is_the_oldest_and_what_was_given_back_comes_last(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    first, second = new_hit(mturk), new_hit(mturk)
    hit = mturk.get_hit(HITId=first)["HIT"]
    for identity in (hit["HITTypeId"], hit["HITGroupId"]):
        assert next_hit(marketplace, identity) == first
    given_back(marketplace, accepted(marketplace, first))
    assert next_hit(marketplace, hit["HITTypeId"]) == second
    handed_in(marketplace, accepted(marketplace, second))
    assert next_hit(marketplace, hit["HITTypeId"]) == first
    accepted(marketplace, first)
    assert next_hit(marketplace, hit["HITTypeId"]) is None


@pytest.mark.parametrize(
    ("guards", "found", "seen"),
    [("Accept", True, True), ("PreviewAndAccept", True, False), ("DiscoverPreviewAndAccept", False, False)],
)
def test_requirements_guard_what_they_say(
    mturk: MTurkClient,
    marketplace: Marketplace,
    qualification_type_id: str,
    guards: str,
    found: bool,
    seen: bool,
) -> None:
    hit_id = new_hit(mturk, QualificationRequirements=needing("Exists", qualification_type_id, guards))
    reason = "You do not meet what this HIT requires. You need: the qualification 'Transcription'. You have: not"
    assert bool(groups(marketplace)) is found
    if seen:
        offer = previewed(marketplace, hit_id)
        assert str(offer.obstacle).startswith(reason)
    else:
        assert refused(previewed, marketplace, hit_id).startswith(reason)
    assert refused(accepted, marketplace, hit_id).startswith(reason)
    mturk.associate_qualification_with_worker(QualificationTypeId=qualification_type_id, WorkerId=WORKER)
    assert groups(marketplace)
    assert previewed(marketplace, hit_id).obstacle is None
    assert accepted(marketplace, hit_id)


def test_who_has_done_a_hit_can_not_do_it_again(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = new_hit(mturk)
    assignment_id = accepted(marketplace, hit_id)
    assert "working on this HIT already" in refused(accepted, marketplace, hit_id)
    handed_in(marketplace, assignment_id)
    assert "done this HIT already" in refused(accepted, marketplace, hit_id)
    assert "done this HIT already" in str(previewed(marketplace, hit_id).obstacle)


def test_a_hit_that_was_returned_is_there_again_for_all(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = new_hit(mturk, MaxAssignments=1)
    assignment_id = accepted(marketplace, hit_id)
    assert "none is left" in refused(accepted, marketplace, hit_id, OTHER)
    given_back(marketplace, assignment_id)
    assert "returned" in refused(given_back, marketplace, assignment_id)
    assert "returned" in refused(handed_in, marketplace, assignment_id)
    assert accepted(marketplace, hit_id, OTHER)
    assert "none is left" in refused(accepted, marketplace, hit_id)


def test_a_blocked_worker_sees_but_does_not_get_a_hit_and_finishes_what_was_accepted(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    first, second = new_hit(mturk), new_hit(mturk)
    assignment_id = accepted(marketplace, first)
    mturk.create_worker_block(WorkerId=WORKER, Reason="Words.")
    assert "blocked" in refused(accepted, marketplace, second)
    assert "blocked" in str(previewed(marketplace, second).obstacle)
    assert handed_in(marketplace, assignment_id).status == "Submitted"
    mturk.delete_worker_block(WorkerId=WORKER)
    assert accepted(marketplace, second)


def test_a_stranger_gets_nothing(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = new_hit(mturk)
    calls: list[Callable[[], object]] = [
        lambda: groups(marketplace, worker_id="A9EXAMPLE"),
        lambda: previewed(marketplace, hit_id, "A9EXAMPLE"),
        lambda: accepted(marketplace, hit_id, "A9EXAMPLE"),
    ]
    for call in calls:
        assert "No worker is registered" in refused(call)


def test_of_many_at_once_only_as_many_get_the_hit_as_it_has_assignments(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    hit_id = new_hit(mturk, MaxAssignments=3)
    crowd = [f"A{number}EXAMPLECROWD" for number in range(8)]
    for worker_id in crowd:
        register(marketplace, worker_id)
    got: list[str] = []

    def take(worker_id: str) -> None:
        with contextlib.suppress(WorkerRefusedError):
            got.append(accepted(marketplace, hit_id, worker_id))

    threads = [threading.Thread(target=take, args=(worker_id,)) for worker_id in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 3


def test_a_task_has_its_times_and_an_end(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assignment_id = accepted(marketplace, new_hit(mturk))
    with marketplace.reading() as ctx:
        (task,) = worker_assignments.accepted_assignments(ctx, WORKER)
        assert worker_assignments.past_assignments(ctx, WORKER) == []
        assert worker_assignments.accepted_assignments(ctx, OTHER) == []
    assert (task.assignment_id, task.status, task.deadline) == (assignment_id, "Accepted", task.accept_time + 600)
    assert (task.title, task.reward, task.bonus) == ("Transcribe a receipt", Decimal("0.10"), Decimal(0))
    marketplace.advance(601)
    assert "time for this assignment is over" in refused(handed_in, marketplace, assignment_id)
    assert "time for this assignment is over" in refused(given_back, marketplace, assignment_id)


def test_accepted_work_is_taken_after_the_hit_expired_and_only_once(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    hit_id = new_hit(mturk, AutoApprovalDelayInSeconds=3600)
    assignment_id = accepted(marketplace, hit_id)
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    done = handed_in(marketplace, assignment_id, ("total", "12.50"))
    assert done.submit_time is not None
    assert done.auto_approval_time == done.submit_time + 3600
    assert "handed in" in refused(handed_in, marketplace, assignment_id)
    with marketplace.reading() as ctx:
        assert worker_assignments.accepted_assignments(ctx, WORKER) == []
        assert worker_assignments.past_assignments(ctx, WORKER) == [done]
        assert statistics_of(ctx, find(ctx, WORKER)).history.submitted == 1


def test_nobody_hands_in_or_reads_the_work_of_others(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assignment_id = accepted(marketplace, new_hit(mturk))
    for call in (given_back, handed_in):
        assert "no assignment of yours" in refused(call, marketplace, assignment_id, worker_id=OTHER)
    with marketplace.reading() as ctx:
        assert "no assignment of yours" in refused(worker_assignments.get_assignment, ctx, OTHER, assignment_id)
        assert "no assignment" in refused(worker_assignments.find_assignment, ctx, "NONE")


def test_the_fields_of_a_page_become_free_texts(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assignment_id = accepted(marketplace, new_hit(mturk))
    fields = [
        ("total", "12 € & <more>"),
        ("goods", "food"),
        ("empty", ""),
        ("goods", "tools"),
        ("odd", "a\x00b\ud800c"),
    ]
    handed_in(marketplace, assignment_id, *fields)
    assert answer_of(marketplace, assignment_id) == (
        f"{ANSWERS_HEAD}"
        "<Answer><QuestionIdentifier>total</QuestionIdentifier>"
        "<FreeText>12 &#8364; &amp; &lt;more&gt;</FreeText></Answer>"
        "<Answer><QuestionIdentifier>goods</QuestionIdentifier><FreeText>food|tools</FreeText></Answer>"
        "<Answer><QuestionIdentifier>empty</QuestionIdentifier><FreeText></FreeText></Answer>"
        "<Answer><QuestionIdentifier>odd</QuestionIdentifier><FreeText>abc</FreeText></Answer>"
        "</QuestionFormAnswers>"
    )


def test_the_answers_to_a_question_form_are_in_its_order(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assignment_id = accepted(marketplace, new_hit(mturk, Question=FORM))
    handed_in(marketplace, assignment_id, ("goods", "food"), ("goods", "paint"), ("shop", "Corner"))
    assert answer_of(marketplace, assignment_id) == (
        f"{ANSWERS_HEAD}"
        "<Answer><QuestionIdentifier>shop</QuestionIdentifier><FreeText>Corner</FreeText></Answer>"
        "<Answer><QuestionIdentifier>goods</QuestionIdentifier><SelectionIdentifier>food</SelectionIdentifier>"
        "<OtherSelectionText>paint</OtherSelectionText></Answer></QuestionFormAnswers>"
    )


def test_no_selection_is_an_answer_without_any(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assignment_id = accepted(marketplace, new_hit(mturk, Question=FORM))
    handed_in(marketplace, assignment_id, ("shop", "Corner"), ("remarks", ""))
    assert answer_of(marketplace, assignment_id).endswith(
        "<Answer><QuestionIdentifier>goods</QuestionIdentifier></Answer></QuestionFormAnswers>"
    )


def test_checkboxes_without_a_maximum_take_all_that_apply_or_one_as_the_switch_says(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    form = question_form(question(selection("checkbox")))
    fields = [("q1", "cat"), ("q1", "dog"), ("q1", "cow")]
    assignment_id = accepted(marketplace, new_hit(mturk, Question=form))
    marketplace.set_switches(selections_without_maximum="one")
    assert "At most 1" in refused(handed_in, marketplace, assignment_id, *fields)
    marketplace.set_switches(selections_without_maximum="any")
    handed_in(marketplace, assignment_id, *fields)
    assert answer_of(marketplace, assignment_id).count("<SelectionIdentifier>") == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([], "'shop' has to be answered"),
        ([("shop", "")], "'shop' has to be answered"),
        ([("shop", "x"), ("price", "1")], "no question 'price'"),
        ([("shop", "x"), ("goods", "food"), ("goods", "tools"), ("goods", "paint")], "At most 2"),
        ([("shop", "x"), ("goods", "paint"), ("goods", "glue")], "none of its selections"),
    ],
)
def test_a_question_form_gets_what_it_asks_for(
    mturk: MTurkClient, marketplace: Marketplace, fields: list[tuple[str, str]], words: str
) -> None:
    assignment_id = accepted(marketplace, new_hit(mturk, Question=FORM))
    assert words in refused(handed_in, marketplace, assignment_id, *fields)
    assert handed_in(marketplace, assignment_id, ("shop", "Corner")).status == "Submitted"


def test_the_requester_is_told(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = new_hit(mturk)
    hit_type_id = mturk.get_hit(HITId=hit_id)["HIT"]["HITTypeId"]
    mturk.update_notification_settings(
        HITTypeId=hit_type_id,
        Notification={
            "Destination": "https://queue.example/one",
            "Transport": "SQS",
            "Version": "2006-05-05",
            "EventTypes": ["AssignmentAccepted", "AssignmentReturned", "AssignmentSubmitted"],
        },
    )
    first = accepted(marketplace, hit_id)
    given_back(marketplace, first)
    second = accepted(marketplace, hit_id)
    handed_in(marketplace, second)
    assert [(event.event_type, event.assignment_id) for event in marketplace.events()] == [
        ("AssignmentAccepted", first),
        ("AssignmentReturned", first),
        ("AssignmentAccepted", second),
        ("AssignmentSubmitted", second),
    ]


def test_the_hit_becomes_reviewable_when_all_is_handed_in_or_given_back(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    done, left = new_hit(mturk, MaxAssignments=1), new_hit(mturk, MaxAssignments=1)
    first, second = accepted(marketplace, done), accepted(marketplace, left)

    def status(hit_id: str) -> str:
        return mturk.get_hit(HITId=hit_id)["HIT"]["HITStatus"]

    assert (status(done), status(left)) == ("Unassignable", "Unassignable")
    handed_in(marketplace, first, ("total", "12.50"))
    mturk.update_expiration_for_hit(HITId=left, ExpireAt=PAST)
    given_back(marketplace, second)
    assert (status(done), status(left)) == ("Reviewable", "Reviewable")
    assert [hit["HITId"] for hit in mturk.list_reviewable_hits()["HITs"]] == [done, left]
    (found,) = mturk.list_assignments_for_hit(HITId=done)["Assignments"]
    assert (found["AssignmentId"], found["WorkerId"], found["AssignmentStatus"]) == (first, WORKER, "Submitted")
    assert "<FreeText>12.50</FreeText>" in found["Answer"]


def test_what_becomes_of_the_work_is_the_workers_history(mturk: MTurkClient, marketplace: Marketplace) -> None:
    ids = [accepted(marketplace, new_hit(mturk)) for _ in range(4)]
    for assignment_id in ids[:3]:
        handed_in(marketplace, assignment_id)
    mturk.approve_assignment(AssignmentId=ids[0], RequesterFeedback="Thank you.")
    mturk.send_bonus(
        WorkerId=WORKER, AssignmentId=ids[0], BonusAmount="0.25", Reason="Quick.", UniqueRequestToken="one"
    )
    mturk.reject_assignment(AssignmentId=ids[1], RequesterFeedback="Empty.")
    marketplace.advance(601)
    with marketplace.reading() as ctx:
        found = worker_assignments.past_assignments(ctx, WORKER)
        done = statistics_of(ctx, find(ctx, WORKER)).history
    assert [(task.status, task.requester_feedback, task.bonus) for task in found] == [
        ("Abandoned", None, Decimal(0)),
        ("Submitted", None, Decimal(0)),
        ("Rejected", "Empty.", Decimal(0)),
        ("Approved", "Thank you.", Decimal("0.25")),
    ]
    assert (done.accepted, done.submitted, done.abandoned, done.approved, done.rejected) == (4, 3, 1, 1, 1)


def test_a_rate_counts_as_a_hundred_until_a_hundred_are_submitted(mturk: MTurkClient, marketplace: Marketplace) -> None:
    requirements = needing("GreaterThanOrEqualTo", PERCENT_APPROVED, "Accept", 95)
    assert accepted(marketplace, new_hit(mturk, QualificationRequirements=requirements))
