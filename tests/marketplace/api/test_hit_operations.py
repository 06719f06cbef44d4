from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.domain import worker_assignments
from tests.support.marketplace.api_calls import (
    ANSWER_KEY,
    HIT_TYPE,
    MASTERS,
    OTHER,
    PAST,
    QUESTION,
    SCHEMAS,
    TEST,
    WORKER,
    do,
    hand_in,
    refusal,
    take,
)

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

LIFE: dict[str, Any] = {"LifetimeInSeconds": 3600, "Question": QUESTION}
DELETABLE = "This operation can be called with a status of: Reviewing, Reviewable"


def publish(mturk: MTurkClient, **members: Any) -> dict[str, Any]:
    return dict(mturk.create_hit(**{**HIT_TYPE, **LIFE, **members})["HIT"])


def state(mturk: MTurkClient, hit_id: str) -> tuple[str, int, int, int]:
    hit = mturk.get_hit(HITId=hit_id)["HIT"]
    return (
        hit["HITStatus"],
        hit["NumberOfAssignmentsAvailable"],
        hit["NumberOfAssignmentsPending"],
        hit["NumberOfAssignmentsCompleted"],
    )


def test_a_hit_comes_back_as_it_was_made(mturk: MTurkClient) -> None:
    made = publish(mturk, Keywords="a, b", MaxAssignments=3, RequesterAnnotation="batch 1")
    read: Any = mturk.get_hit(HITId=made["HITId"])["HIT"]
    assert read == made
    assert (read["Expiration"] - read["CreationTime"]).total_seconds() == pytest.approx(3600, abs=0.01)
    for name in ("CreationTime", "Expiration", "HITId", "HITTypeId", "HITGroupId"):
        assert read.pop(name)
    assert read == {
        **HIT_TYPE,
        "Keywords": "a, b",
        "Question": QUESTION,
        "HITStatus": "Assignable",
        "MaxAssignments": 3,
        "AutoApprovalDelayInSeconds": 2_592_000,
        "RequesterAnnotation": "batch 1",
        "QualificationRequirements": [],
        "HITReviewStatus": "NotReviewed",
        "NumberOfAssignmentsPending": 0,
        "NumberOfAssignmentsAvailable": 3,
        "NumberOfAssignmentsCompleted": 0,
    }


def test_a_hit_of_a_type_takes_its_values(mturk: MTurkClient) -> None:
    identity = mturk.create_hit_type(**HIT_TYPE)["HITTypeId"]
    hit = mturk.create_hit_with_hit_type(HITTypeId=identity, **LIFE)["HIT"]
    assert (hit["HITTypeId"], hit["Title"], hit["MaxAssignments"]) == (identity, HIT_TYPE["Title"], 1)


def test_create_hit_uses_the_type_that_has_the_values(mturk: MTurkClient) -> None:
    identity = mturk.create_hit_type(**HIT_TYPE)["HITTypeId"]
    first, second = publish(mturk), publish(mturk)
    assert first["HITTypeId"] == second["HITTypeId"] == identity
    assert first["HITGroupId"] == second["HITGroupId"] != identity


def test_the_reward_comes_back_with_two_decimals_or_as_sent(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit = publish(mturk, Reward="0.5")
    assert hit["Reward"] == "0.50"
    marketplace.set_switches(reward_echo="verbatim")
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"]["Reward"] == "0.5"


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"LifetimeInSeconds": 29}, "LifetimeInSeconds"),
        ({"LifetimeInSeconds": 31_536_001}, "LifetimeInSeconds"),
        ({"MaxAssignments": 0}, "MaxAssignments"),
        ({"MaxAssignments": 1_000_000_001}, "MaxAssignments"),
        ({"RequesterAnnotation": "x" * 256}, "RequesterAnnotation"),
        ({"Question": QUESTION + " " * 65_535}, "Question"),
        ({"HITLayoutId": "LAYOUT"}, "HITLayoutId"),
        ({"Title": "x" * 129}, "Title"),
    ],
)
def test_a_hit_that_breaks_a_rule_is_refused(mturk: MTurkClient, change: dict[str, Any], parameter: str) -> None:
    error = refusal(mturk.create_hit, **{**HIT_TYPE, **LIFE, **change})
    assert f"is not valid for the parameter {parameter}." in error.message


def test_a_hit_needs_a_question(mturk: MTurkClient) -> None:
    error = refusal(mturk.create_hit, **HIT_TYPE, LifetimeInSeconds=60)
    assert "is not valid for the parameter Question." in error.message


def test_a_layout_that_is_not_there_is_refused(mturk: MTurkClient) -> None:
    error = refusal(mturk.create_hit, **HIT_TYPE, LifetimeInSeconds=60, HITLayoutId="LAYOUT")
    assert error.turk_code == "AWS.MechanicalTurk.HITLayoutDoesNotExist"


def test_a_layout_is_filled_with_its_parameters(mturk: MTurkClient, marketplace: Marketplace) -> None:
    layout = marketplace.add_layout('<crowd-form><img src="${url}"> ${words} ${url}</crowd-form>')
    values: Any = [
        {"Name": "url", "Value": "https://example.org/?a=1&b=2"},
        {"Name": "words", "Value": "${url} ]]> \\1"},
    ]
    hit: Any = mturk.create_hit(**HIT_TYPE, LifetimeInSeconds=60, HITLayoutId=layout, HITLayoutParameters=values)["HIT"]
    assert hit["HITLayoutId"] == layout
    root = etree.fromstring(hit["Question"].encode())
    assert root.tag == f"{{{SCHEMAS}/2011-11-11/HTMLQuestion.xsd}}HTMLQuestion"
    address = "https://example.org/?a=1&b=2"
    assert root.findtext("{*}HTMLContent") == (
        f'<crowd-form><img src="{address}"> ${{url}} ]]> \\1 {address}</crowd-form>'
    )


def test_a_layout_without_a_form_gets_one(mturk: MTurkClient, marketplace: Marketplace) -> None:
    layout = marketplace.add_layout("<p>Hello</p>")
    question = mturk.create_hit(**HIT_TYPE, LifetimeInSeconds=60, HITLayoutId=layout)["HIT"]["Question"]
    html = etree.fromstring(question.encode()).findtext("{*}HTMLContent") or ""
    assert html.count("<form") == 1
    assert html.index("<form") < html.index("<p>Hello</p>") < html.index('id="submitButton"') < html.index("</form>")


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ([], "needs a value for the parameter url"),
        ([{"Name": "url", "Value": "x"}, {"Name": "link", "Value": "y"}], "has no parameter link"),
    ],
)
def test_a_layouts_parameters_must_be_those_that_it_has(
    mturk: MTurkClient, marketplace: Marketplace, parameters: Any, words: str
) -> None:
    layout = marketplace.add_layout("<p>${url}</p>")
    error = refusal(
        mturk.create_hit, **HIT_TYPE, LifetimeInSeconds=60, HITLayoutId=layout, HITLayoutParameters=parameters
    )
    assert "is not valid for the parameter HITLayoutParameter." in error.message
    assert words in error.message


def test_a_layout_that_is_too_long_when_filled_is_refused(mturk: MTurkClient, marketplace: Marketplace) -> None:
    layout = marketplace.add_layout("${words}")
    values: Any = [{"Name": "words", "Value": "x" * 65_535}]
    error = refusal(mturk.create_hit, **HIT_TYPE, LifetimeInSeconds=60, HITLayoutId=layout, HITLayoutParameters=values)
    assert "is not valid for the parameter Question." in error.message


@pytest.mark.parametrize(
    "question",
    [
        TEST,
        f'<ExternalQuestion xmlns="{SCHEMAS}/2006-07-14/ExternalQuestion.xsd">'
        "<ExternalURL>https://example.org</ExternalURL><FrameHeight>0</FrameHeight></ExternalQuestion>",
    ],
)
def test_other_kinds_of_questions_are_accepted(mturk: MTurkClient, question: str) -> None:
    assert publish(mturk, Question=question)["Question"] == question


def test_an_answer_key_is_no_question(mturk: MTurkClient) -> None:
    error = refusal(mturk.create_hit, **{**HIT_TYPE, **LIFE, "Question": ANSWER_KEY})
    assert error.turk_code == "AWS.MechanicalTurk.XMLParseError"


def test_the_same_request_token_makes_no_second_hit_for_a_day(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit = publish(mturk, UniqueRequestToken="token-1")
    error = refusal(mturk.create_hit, **HIT_TYPE, **LIFE, UniqueRequestToken="token-1")
    assert error.turk_code == "AWS.MechanicalTurk.HitAlreadyExists"
    assert hit["HITId"] in error.message
    assert mturk.list_hits()["NumResults"] == 1
    marketplace.advance(86_401)
    assert publish(mturk, UniqueRequestToken="token-1")["HITId"] != hit["HITId"]


def test_a_refused_request_does_not_use_up_its_token(mturk: MTurkClient) -> None:
    refusal(mturk.create_hit, **{**HIT_TYPE, **LIFE, "Question": "no xml"}, UniqueRequestToken="token-1")
    assert publish(mturk, UniqueRequestToken="token-1")


def test_a_hit_that_costs_more_than_the_balance_is_refused(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(account_balance="1.08")
    assert publish(mturk, Reward="0.10", MaxAssignments=9)  # 9 times 0.10 and 0.02
    error = refusal(mturk.create_hit, **{**HIT_TYPE, **LIFE}, MaxAssignments=10)
    assert error.message.startswith("This Requester has insufficient funds in their account")
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"


@pytest.mark.parametrize(
    ("members", "cost"),
    [
        ({"Reward": "0.01", "MaxAssignments": 1}, "0.02"),
        ({"Reward": "0.10", "MaxAssignments": 10}, "1.40"),
        ({"Reward": "0.52", "MaxAssignments": 1}, "0.62"),
        (
            {"Reward": "0.42", "QualificationRequirements": [{"QualificationTypeId": MASTERS, "Comparator": "Exists"}]},
            "0.53",
        ),
    ],
)
def test_the_fees_count(mturk: MTurkClient, marketplace: Marketplace, members: dict[str, Any], cost: str) -> None:
    marketplace.set_switches(account_balance=cost)
    assert publish(mturk, **members)
    marketplace.set_switches(account_balance=f"{float(cost) - 0.01:.2f}")
    error = refusal(mturk.create_hit, **{**HIT_TYPE, **LIFE, **members})
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"


def test_a_hit_is_reviewable_when_its_life_is_over(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit = publish(mturk)
    marketplace.advance(3601)
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"]["HITStatus"] == "Reviewable"


def test_a_hit_that_expires_unfilled_says_how_much_is_left(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(mturk, MaxAssignments=3)["HITId"]
    do(marketplace, hit_id)
    marketplace.advance(3601)
    with pytest.raises(WorkerRefusedError):
        take(marketplace, hit_id, OTHER)
    read = mturk.get_hit(HITId=hit_id)["HIT"]
    assert (read["HITStatus"], read["NumberOfAssignmentsAvailable"]) == ("Reviewable", 2)


def test_unfilled_hits_are_found_and_deleted_by_what_is_left(mturk: MTurkClient, marketplace: Marketplace) -> None:
    """As psiTurk tidies up: what is reviewable and has assignments left."""
    unfilled, filled = (publish(mturk)["HITId"] for _ in range(2))
    do(marketplace, filled)
    marketplace.advance(3601)
    left = [each["HITId"] for each in mturk.list_reviewable_hits()["HITs"] if each["NumberOfAssignmentsAvailable"]]
    assert left == [unfilled]
    mturk.delete_hit(HITId=unfilled)


@pytest.mark.parametrize("moment", [0, datetime(1987, 1, 1, tzinfo=UTC), datetime(2015, 1, 1, tzinfo=UTC)])
def test_a_time_in_the_past_expires_a_hit_at_once(mturk: MTurkClient, moment: Any) -> None:
    hit = publish(mturk)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=moment)
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"]["HITStatus"] == "Reviewable"


def test_a_later_expiration_brings_a_hit_back(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit = publish(mturk)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST + int(marketplace.now()) + 60)
    assert mturk.get_hit(HITId=hit["HITId"])["HIT"]["HITStatus"] == "Assignable"


def test_a_hit_is_deleted_from_reviewable_only(mturk: MTurkClient) -> None:
    hit_id = publish(mturk)["HITId"]
    error = refusal(mturk.delete_hit, HITId=hit_id)
    assert error.message == f"This HIT is currently in the state 'Assignable'.  {DELETABLE}"
    assert error.turk_code == "AWS.MechanicalTurk.InvalidHITState"
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    mturk.delete_hit(HITId=hit_id)
    assert refusal(mturk.get_hit, HITId=hit_id).turk_code == "AWS.MechanicalTurk.HITDoesNotExist"
    assert mturk.list_hits()["NumResults"] == 0
    assert "currently in the state 'Disposed'" in refusal(mturk.delete_hit, HITId=hit_id).message
    assert "'Disposed'" in refusal(mturk.update_expiration_for_hit, HITId=hit_id, ExpireAt=PAST).message


def test_a_hit_moves_to_another_type(mturk: MTurkClient, qualification_type_id: str) -> None:
    rule: Any = {"QualificationTypeId": qualification_type_id, "Comparator": "Exists"}
    other = mturk.create_hit_type(**{**HIT_TYPE, "Title": "Other"}, QualificationRequirements=[rule])["HITTypeId"]
    hit = publish(mturk)
    mturk.update_hit_type_of_hit(HITId=hit["HITId"], HITTypeId=other)
    moved = mturk.get_hit(HITId=hit["HITId"])["HIT"]
    assert (moved["HITTypeId"], moved["Title"]) == (other, "Other")
    found = mturk.list_hits_for_qualification_type(QualificationTypeId=qualification_type_id)["HITs"]
    assert [item["HITId"] for item in found] == [hit["HITId"]]


def test_a_hit_can_not_move_to_a_type_that_is_not_there(mturk: MTurkClient) -> None:
    error = refusal(mturk.update_hit_type_of_hit, HITId=publish(mturk)["HITId"], HITTypeId="NOSUCH")
    assert error.message == "HITType [NOSUCH] does not exist."


def test_hits_are_listed_by_the_type_they_require(mturk: MTurkClient, qualification_type_id: str) -> None:
    rules = [
        {"QualificationTypeId": qualification_type_id, "Comparator": comparator, "IntegerValues": [1]}
        for comparator in ("GreaterThan", "NotEqualTo")
    ]
    publish(mturk)
    hit = publish(mturk, QualificationRequirements=rules)
    mturk.update_expiration_for_hit(HITId=hit["HITId"], ExpireAt=PAST)
    found = mturk.list_hits_for_qualification_type(QualificationTypeId=qualification_type_id)
    assert [item["HITId"] for item in found["HITs"]] == [hit["HITId"]]
    mturk.delete_hit(HITId=hit["HITId"])
    assert mturk.list_hits_for_qualification_type(QualificationTypeId=qualification_type_id)["NumResults"] == 0


def test_hits_of_the_systems_types_are_listed_and_those_of_unknown_ones_refused(mturk: MTurkClient) -> None:
    publish(mturk, QualificationRequirements=[{"QualificationTypeId": MASTERS, "Comparator": "Exists"}])
    assert mturk.list_hits_for_qualification_type(QualificationTypeId=MASTERS)["NumResults"] == 1
    error = refusal(mturk.list_hits_for_qualification_type, QualificationTypeId="NOSUCH")
    assert error.message == "QualificationType [NOSUCH] does not exist."


def test_the_life_of_a_hit(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(mturk, MaxAssignments=2)["HITId"]
    assert state(mturk, hit_id) == ("Assignable", 2, 0, 0)
    first = take(marketplace, hit_id)
    assert state(mturk, hit_id) == ("Assignable", 1, 1, 0)
    second = take(marketplace, hit_id, OTHER)
    assert state(mturk, hit_id) == ("Unassignable", 0, 2, 0)
    with marketplace.writing() as ctx:
        worker_assignments.return_assignment(ctx, OTHER, second)
    assert state(mturk, hit_id) == ("Assignable", 1, 1, 0)
    hand_in(marketplace, first)
    assert state(mturk, hit_id) == ("Assignable", 1, 0, 0)
    do(marketplace, hit_id, OTHER)
    assert state(mturk, hit_id) == ("Reviewable", 0, 0, 0)
    mturk.approve_assignment(AssignmentId=first)
    assert state(mturk, hit_id) == ("Reviewable", 0, 0, 1)


def test_an_expired_hit_is_reviewable_once_nobody_works_on_it(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(mturk, MaxAssignments=2)["HITId"]
    assignment_id = take(marketplace, hit_id)
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    assert state(mturk, hit_id) == ("Unassignable", 1, 1, 0)
    error = refusal(mturk.delete_hit, HITId=hit_id)
    assert error.message == f"This HIT is currently in the state 'Unassignable'.  {DELETABLE}"
    hand_in(marketplace, assignment_id)
    assert state(mturk, hit_id) == ("Reviewable", 1, 0, 0)


def test_a_hit_with_work_to_review_is_not_deleted(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(mturk)["HITId"]
    assignment_id = do(marketplace, hit_id)
    error = refusal(mturk.delete_hit, HITId=hit_id)
    assert error.message == f"This HIT is currently in the state 'Reviewable'.  {DELETABLE}"
    assert error.turk_code == "AWS.MechanicalTurk.InvalidHITState"
    mturk.reject_assignment(AssignmentId=assignment_id, RequesterFeedback="No.")
    mturk.update_hit_review_status(HITId=hit_id)
    mturk.delete_hit(HITId=hit_id)
    assert refusal(mturk.get_hit, HITId=hit_id).turk_code == "AWS.MechanicalTurk.HITDoesNotExist"


def test_more_assignments_bring_a_hit_back(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(mturk)["HITId"]
    do(marketplace, hit_id)
    mturk.update_hit_review_status(HITId=hit_id)
    mturk.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=2)
    assert state(mturk, hit_id) == ("Assignable", 2, 0, 0)
    assert mturk.get_hit(HITId=hit_id)["HIT"]["MaxAssignments"] == 3
    do(marketplace, hit_id, OTHER)
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    assert state(mturk, hit_id)[0] == "Reviewable"  # being reviewed ended when it could be taken again


def test_fewer_than_ten_assignments_never_become_ten(mturk: MTurkClient) -> None:
    few, many = publish(mturk, MaxAssignments=8)["HITId"], publish(mturk, MaxAssignments=10)["HITId"]
    mturk.create_additional_assignments_for_hit(HITId=few, NumberOfAdditionalAssignments=1)
    error = refusal(mturk.create_additional_assignments_for_hit, HITId=few, NumberOfAdditionalAssignments=1)
    assert error.turk_code == "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease"
    assert state(mturk, few)[1] == 9
    mturk.create_additional_assignments_for_hit(HITId=many, NumberOfAdditionalAssignments=100)
    assert state(mturk, many)[1] == 110


def test_the_same_request_token_adds_assignments_once(mturk: MTurkClient) -> None:
    hit_id = publish(mturk, UniqueRequestToken="token-1")["HITId"]
    members: Any = {"HITId": hit_id, "NumberOfAdditionalAssignments": 1, "UniqueRequestToken": "token-1"}
    mturk.create_additional_assignments_for_hit(**members)  # a token of another operation is another
    error = refusal(mturk.create_additional_assignments_for_hit, **members)
    assert (error.kind, state(mturk, hit_id)[1]) == ("RequestError", 2)


@pytest.mark.parametrize(("number", "words"), [(0, "at least 1"), (1_000_000_000, "1000000000 assignments at most")])
def test_a_wrong_number_of_assignments_is_refused(mturk: MTurkClient, number: int, words: str) -> None:
    hit_id = publish(mturk, MaxAssignments=10)["HITId"]
    error = refusal(mturk.create_additional_assignments_for_hit, HITId=hit_id, NumberOfAdditionalAssignments=number)
    assert words in error.message


def test_more_assignments_have_to_be_affordable(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(funds="prepaid", account_balance="0.24")
    hit_id = publish(mturk)["HITId"]  # 0.12 with the fee
    mturk.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    error = refusal(mturk.create_additional_assignments_for_hit, HITId=hit_id, NumberOfAdditionalAssignments=1)
    assert error.turk_code == "AWS.MechanicalTurk.InsufficientFunds"


def test_a_hit_that_somebody_took_does_not_move_to_another_type(mturk: MTurkClient, marketplace: Marketplace) -> None:
    other = mturk.create_hit_type(**{**HIT_TYPE, "Title": "Other"})["HITTypeId"]
    hit_id = publish(mturk, MaxAssignments=2)["HITId"]
    assignment_id = take(marketplace, hit_id)
    error = refusal(mturk.update_hit_type_of_hit, HITId=hit_id, HITTypeId=other)
    assert error.turk_code == "AWS.MechanicalTurk.InvalidHITState"
    with marketplace.writing() as ctx:
        worker_assignments.return_assignment(ctx, WORKER, assignment_id)
    mturk.update_hit_type_of_hit(HITId=hit_id, HITTypeId=other)


def test_a_new_hit_can_only_be_expired_for_a_while(mturk: MTurkClient, marketplace: Marketplace) -> None:
    other = mturk.create_hit_type(**{**HIT_TYPE, "Title": "Other"})["HITTypeId"]
    marketplace.set_switches(hit_lag_seconds=15)
    hit_id = publish(mturk)["HITId"]
    changes: list[tuple[Any, dict[str, Any]]] = [
        (mturk.create_additional_assignments_for_hit, {"NumberOfAdditionalAssignments": 1}),
        (mturk.update_hit_type_of_hit, {"HITTypeId": other}),
        (mturk.update_expiration_for_hit, {"ExpireAt": int(marketplace.now()) + 7200}),
    ]
    for change, members in changes:
        assert refusal(change, HITId=hit_id, **members).kind == "RequestError"
    assert mturk.list_hits()["NumResults"] == 0
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    marketplace.advance(15)
    assert mturk.list_hits()["NumResults"] == 1
    for change, members in changes:
        change(HITId=hit_id, **members)
