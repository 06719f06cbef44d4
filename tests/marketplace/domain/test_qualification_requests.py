from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.domain import qualification_requests, qualifications
from pulumi_mturk.marketplace.domain.qualification_requests import RequestOutcome
from tests.support.marketplace.api_calls import ANSWER_KEY, SCHEMAS, TEST
from tests.support.marketplace.workers import ANSWERS_HEAD, OTHER, WORKER, refused, register

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

RIGHT, WRONG = [("q1", "a")], [("q1", "b")]
TESTED: dict[str, Any] = {"Test": TEST, "AnswerKey": ANSWER_KEY, "TestDurationInSeconds": 60}


@pytest.fixture(autouse=True)
def people(marketplace: Marketplace) -> None:
    register(marketplace)
    register(marketplace, OTHER)


def new_type(mturk: MTurkClient, name: str = "Receipts", **members: Any) -> str:
    values: dict[str, Any] = {"Name": name, "Description": "Reads receipts.", "QualificationTypeStatus": "Active"}
    return mturk.create_qualification_type(**(values | members))["QualificationType"]["QualificationTypeId"]


def begun(marketplace: Marketplace, type_id: str) -> qualification_requests.StartedTest:
    with marketplace.writing() as ctx:
        return qualification_requests.start_test(ctx, WORKER, type_id)


def asked(marketplace: Marketplace, type_id: str, fields: list[tuple[str, str]] | None = None) -> RequestOutcome:
    with marketplace.writing() as ctx:
        return qualification_requests.request_qualification(ctx, WORKER, type_id, fields)


def taken(marketplace: Marketplace, type_id: str, fields: list[tuple[str, str]]) -> RequestOutcome:
    begun(marketplace, type_id)
    return asked(marketplace, type_id, fields)


def listed(marketplace: Marketplace, search: str = "") -> list[qualification_requests.RequestableType]:
    with marketplace.reading() as ctx:
        return qualification_requests.requestable_types(ctx, WORKER, search)


def scores(marketplace: Marketplace) -> dict[str, int]:
    with marketplace.reading() as ctx:
        return {found.name: found.score for found in qualifications.held_qualifications(ctx, WORKER)}


def test_a_test_with_a_key_is_scored_at_once(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, **TESTED)
    sitting = begun(marketplace, type_id)
    assert (sitting.name, sitting.test) == ("Receipts", TEST)
    assert asked(marketplace, type_id, RIGHT) == RequestOutcome(1, None)
    assert scores(marketplace) == {"Receipts": 1}
    assert mturk.list_qualification_requests()["NumResults"] == 0
    held = mturk.get_qualification_score(QualificationTypeId=type_id, WorkerId=WORKER)["Qualification"]
    assert (held["IntegerValue"], held["Status"]) == (1, "Granted")


def test_a_wrong_answer_is_a_score_too(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assert taken(marketplace, new_type(mturk, **TESTED), WRONG) == RequestOutcome(0, None)
    assert scores(marketplace) == {"Receipts": 0}


def test_a_test_without_a_key_waits_for_the_requester(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, Test=TEST, TestDurationInSeconds=60)
    outcome = taken(marketplace, type_id, WRONG)
    (found,) = mturk.list_qualification_requests()["QualificationRequests"]
    assert outcome == RequestOutcome(None, found["QualificationRequestId"])
    assert found["Test"] == TEST
    assert found["Answer"] == (
        f"{ANSWERS_HEAD}<Answer><QuestionIdentifier>q1</QuestionIdentifier>"
        "<SelectionIdentifier>b</SelectionIdentifier></Answer></QuestionFormAnswers>"
    )
    assert scores(marketplace) == {}
    assert "has not answered yet" in refused(begun, marketplace, type_id)


def test_no_test_is_a_request_and_auto_granting_a_grant(mturk: MTurkClient, marketplace: Marketplace) -> None:
    assert asked(marketplace, new_type(mturk)).score is None
    assert asked(marketplace, new_type(mturk, "Open", AutoGranted=True)) == RequestOutcome(1, None)
    assert asked(marketplace, new_type(mturk, "Set", AutoGranted=True, AutoGrantedValue=0)) == RequestOutcome(0, None)
    assert scores(marketplace) == {"Open": 1, "Set": 0}


def test_without_a_retry_delay_there_is_one_try_for_ever(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, **TESTED)
    taken(marketplace, type_id, WRONG)
    marketplace.advance(10 * 365 * 86_400)
    assert "only once" in refused(begun, marketplace, type_id)
    untested = new_type(mturk, "Untested")
    request_id = asked(marketplace, untested).request_id
    mturk.reject_qualification_request(QualificationRequestId=str(request_id))
    assert "only once" in refused(asked, marketplace, untested)


def test_after_the_retry_delay_the_new_score_replaces_the_old(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, RetryDelayInSeconds=3600, **TESTED)
    taken(marketplace, type_id, RIGHT)
    marketplace.advance(3500)
    assert "you can try again from" in refused(begun, marketplace, type_id)
    marketplace.advance(100)
    taken(marketplace, type_id, WRONG)
    assert scores(marketplace) == {"Receipts": 0}
    assert "you can try again from" in refused(begun, marketplace, type_id)


def test_a_delay_beyond_all_dates_is_for_ever(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, RetryDelayInSeconds=10**15, **TESTED)
    taken(marketplace, type_id, WRONG)
    assert "only once" in refused(begun, marketplace, type_id)


def test_a_delay_of_nothing_is_no_delay(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, RetryDelayInSeconds=0, **TESTED)
    taken(marketplace, type_id, WRONG)
    assert taken(marketplace, type_id, RIGHT) == RequestOutcome(1, None)


def test_the_time_for_a_test_is_limited_and_looking_again_gives_no_more(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    type_id = new_type(mturk, **TESTED)
    first = begun(marketplace, type_id)
    marketplace.advance(50)
    assert begun(marketplace, type_id) == first
    marketplace.advance(11)
    assert "The time for this test is over" in refused(asked, marketplace, type_id, RIGHT)
    assert "only once" in refused(begun, marketplace, type_id)


def test_who_ran_out_of_time_tries_again_after_the_delay(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, RetryDelayInSeconds=3600, **TESTED)
    begun(marketplace, type_id)
    marketplace.advance(3600)
    assert "you can try again from" in refused(begun, marketplace, type_id)
    (found,) = listed(marketplace)
    assert "you can try again from" in str(found.obstacle)
    marketplace.advance(61)
    assert taken(marketplace, type_id, RIGHT) == RequestOutcome(1, None)


def test_a_test_is_begun_and_answered(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, **TESTED)
    assert "Begin the test" in refused(asked, marketplace, type_id, RIGHT)
    begun(marketplace, type_id)
    assert "answer it" in refused(asked, marketplace, type_id)
    assert "none of its selections" in refused(asked, marketplace, type_id, [("q1", "z")])
    assert "no question" in refused(asked, marketplace, type_id, [("q2", "a")])
    assert asked(marketplace, type_id, []) == RequestOutcome(0, None)
    assert "has no test" in refused(begun, marketplace, new_type(mturk, "Untested"))


def test_a_key_that_can_not_be_read_leaves_it_to_the_requester(mturk: MTurkClient, marketplace: Marketplace) -> None:
    key = f'<AnswerKey xmlns="{SCHEMAS}/2005-10-01/AnswerKey.xsd"><Question><QuestionIdentifier>q1</QuestionIdentifier>'
    key += "<DefaultScore>some</DefaultScore></Question></AnswerKey>"
    assert taken(marketplace, new_type(mturk, **TESTED | {"AnswerKey": key}), RIGHT).request_id is not None


def test_a_document_of_answers_is_scored_without_a_test_begun(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, RetryDelayInSeconds=0, **TESTED)
    answer = f"{ANSWERS_HEAD}<Answer><QuestionIdentifier>q1</QuestionIdentifier>"
    answer += "<SelectionIdentifier>a</SelectionIdentifier></Answer></QuestionFormAnswers>"
    assert marketplace.request_qualification(WORKER, type_id, answer) is None
    assert scores(marketplace) == {"Receipts": 1}
    assert marketplace.request_qualification(WORKER, type_id, "no document") is not None


def test_blocked_workers_still_get_qualifications(mturk: MTurkClient, marketplace: Marketplace) -> None:
    mturk.create_worker_block(WorkerId=WORKER, Reason="Words.")
    assert asked(marketplace, new_type(mturk, AutoGranted=True)).score == 1


def test_a_revoked_qualification_is_held_again_when_it_is_asked_for_again(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    type_id = new_type(mturk, AutoGranted=True, AutoGrantedValue=5, RetryDelayInSeconds=0)
    asked(marketplace, type_id)
    mturk.disassociate_qualification_from_worker(QualificationTypeId=type_id, WorkerId=WORKER)
    assert scores(marketplace) == {}
    asked(marketplace, type_id)
    assert scores(marketplace) == {"Receipts": 5}


def test_what_can_be_asked_for(mturk: MTurkClient, marketplace: Marketplace) -> None:
    scored = new_type(mturk, "b scored", Keywords="quick", **TESTED)
    new_type(mturk, "A waiting", Test=TEST, TestDurationInSeconds=60)
    new_type(mturk, "C open", AutoGranted=True)
    inactive = new_type(mturk, "D closed")
    mturk.update_qualification_type(QualificationTypeId=inactive, QualificationTypeStatus="Inactive")
    deleted = new_type(mturk, "E gone")
    mturk.delete_qualification_type(QualificationTypeId=deleted)
    taken(marketplace, scored, RIGHT)
    first, second, third = listed(marketplace)
    assert (first.name, first.has_test, first.scored, first.test_duration) == ("A waiting", True, False, 60)
    assert (first.score, first.pending, first.obstacle) == (None, False, None)
    assert (second.name, second.scored, second.score, second.keywords) == ("b scored", True, 1, "quick")
    assert "only once" in str(second.obstacle)
    assert (third.name, third.has_test, third.auto_granted) == ("C open", False, True)
    assert [found.name for found in listed(marketplace, "QUICK")] == ["b scored"]
    for type_id in (inactive, deleted, "NONE"):
        assert "not active" in refused(asked, marketplace, type_id)


def test_a_pending_request_is_shown(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, RetryDelayInSeconds=0)
    asked(marketplace, type_id)
    (found,) = listed(marketplace)
    assert found.pending
    assert "has not answered yet" in refused(asked, marketplace, type_id)


def test_strangers_get_none_where_they_are_refused(mturk: MTurkClient, marketplace: Marketplace) -> None:
    type_id = new_type(mturk, AutoGranted=True)
    assert marketplace.request_qualification("A8EXAMPLE", type_id) is None
    marketplace.set_switches(unknown_workers="refuse")
    with pytest.raises(WorkerRefusedError, match="No worker is registered"):
        marketplace.request_qualification("A9EXAMPLE", type_id)
