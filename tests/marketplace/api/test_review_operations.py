from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import HIT_TYPE, OTHER, PAST, QUESTION, THIRD, WORKER, do, refusal, take

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

LIFE: dict[str, Any] = {"LifetimeInSeconds": 3600, "Question": QUESTION}
FOURTH = "A4EXAMPLEWORKER"


def publish(mturk: MTurkClient, **members: Any) -> str:
    return str(mturk.create_hit(**{**HIT_TYPE, **LIFE, **members})["HIT"]["HITId"])


def known(key: dict[str, list[str]], **parameters: object) -> Any:
    entries = [{"Key": question, "Values": values} for question, values in key.items()]
    named = [{"Key": name, "Values": [str(value)]} for name, value in parameters.items()]
    return {
        "PolicyName": "ScoreMyKnownAnswers/2011-09-01",
        "Parameters": [{"Key": "AnswerKey", "MapEntries": entries}, *named],
    }


def plurality(questions: list[str], **parameters: object) -> Any:
    named = [{"Key": name, "Values": [str(value)]} for name, value in parameters.items()]
    return {
        "PolicyName": "SimplePlurality/2011-09-01",
        "Parameters": [{"Key": "QuestionIds", "Values": questions}, *named],
    }


def status(mturk: MTurkClient, assignment_id: str) -> str:
    return str(mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"])


def hit_state(mturk: MTurkClient, hit_id: str) -> tuple[str, int]:
    hit = mturk.get_hit(HITId=hit_id)["HIT"]
    return hit["HITStatus"], hit["MaxAssignments"]


def report_of(mturk: MTurkClient, hit_id: str, level: str) -> Any:
    """The report of a level; nothing where a policy has not brought about anything yet."""
    found: Any = mturk.list_review_policy_results_for_hit(HITId=hit_id)
    return found.get(f"{level}ReviewReport", {"ReviewResults": [], "ReviewActions": []})


def results(mturk: MTurkClient, hit_id: str, level: str) -> list[tuple[str, str | None, str, str]]:
    found = report_of(mturk, hit_id, level)["ReviewResults"]
    return [(item["SubjectId"], item.get("QuestionId"), item["Key"], item["Value"]) for item in found]


def actions(mturk: MTurkClient, hit_id: str, level: str) -> list[tuple[str, str, str]]:
    found = report_of(mturk, hit_id, level)["ReviewActions"]
    return [(item["ActionName"], item["TargetId"], item["Status"]) for item in found]


def reviewable(mturk: MTurkClient, **members: Any) -> list[str]:
    pages = mturk.get_paginator("list_reviewable_hits").paginate(PaginationConfig={"PageSize": 1}, **members)
    return [item["HITId"] for page in pages for item in page["HITs"]]


# Reviewable HITs


def test_reviewable_hits_are_listed(mturk: MTurkClient, marketplace: Marketplace) -> None:
    done, expired, busy, idle = (publish(mturk, Title=title) for title in ("One", "Two", "Three", "Four"))
    do(marketplace, done)
    mturk.update_expiration_for_hit(HITId=expired, ExpireAt=PAST)
    take(marketplace, busy)
    assert reviewable(mturk) == [done, expired]
    kind = mturk.get_hit(HITId=expired)["HIT"]["HITTypeId"]
    assert reviewable(mturk, HITTypeId=kind) == [expired]
    assert reviewable(mturk, HITTypeId="NOSUCH") == []
    mturk.delete_hit(HITId=expired)
    marketplace.advance(7200)
    assert reviewable(mturk) == [done, busy, idle]


def test_a_hit_is_put_aside_and_taken_back(mturk: MTurkClient) -> None:
    hit_id, other = publish(mturk), publish(mturk)
    for each in (hit_id, other):
        mturk.update_expiration_for_hit(HITId=each, ExpireAt=PAST)
    mturk.update_hit_review_status(HITId=hit_id)
    assert hit_state(mturk, hit_id)[0] == "Reviewing"
    assert (reviewable(mturk), reviewable(mturk, Status="Reviewing")) == ([other], [hit_id])
    mturk.update_hit_review_status(HITId=hit_id, Revert=True)
    assert (reviewable(mturk), reviewable(mturk, Status="Reviewing")) == ([hit_id, other], [])


@pytest.mark.parametrize(("revert", "allowed"), [(False, "Reviewable"), (True, "Reviewing")])
def test_only_a_hit_that_is_to_be_reviewed_changes_its_review_status(
    mturk: MTurkClient, revert: bool, allowed: str
) -> None:
    error = refusal(mturk.update_hit_review_status, HITId=publish(mturk), Revert=revert)
    assert error.message == (
        f"This HIT is currently in the state 'Assignable'.  This operation can be called with a status of: {allowed}"
    )
    assert error.turk_code == "AWS.MechanicalTurk.InvalidHITState"


# Known answers


def test_known_answers_decide_what_becomes_of_work(mturk: MTurkClient, marketplace: Marketplace) -> None:
    policy = known(
        {"q1": ["a"], "q2": ["b", "c"]},
        ApproveIfKnownAnswerScoreIsAtLeast=100,
        ApproveReason="All right.",
        RejectIfKnownAnswerScoreIsLessThan=50,
        RejectReason="All wrong.",
    )
    hit_id = publish(mturk, MaxAssignments=3, AssignmentReviewPolicy=policy)
    right = do(marketplace, hit_id, WORKER, q1=" a ", q2="c|b", other="z")
    half = do(marketplace, hit_id, OTHER, q1="a", q2="b")
    wrong = do(marketplace, hit_id, THIRD, q1="A")
    assert [status(mturk, each) for each in (right, half, wrong)] == ["Approved", "Submitted", "Rejected"]
    feedback = [
        mturk.get_assignment(AssignmentId=each)["Assignment"].get("RequesterFeedback") for each in (right, wrong)
    ]
    assert feedback == ["All right.", "All wrong."]
    assert results(mturk, hit_id, "Assignment") == [
        (right, "q1", "KnownAnswerCorrect", "1"),
        (right, "q2", "KnownAnswerCorrect", "1"),
        (right, None, "KnownAnswerScore", "100"),
        (half, "q1", "KnownAnswerCorrect", "1"),
        (half, "q2", "KnownAnswerCorrect", "0"),
        (half, None, "KnownAnswerScore", "50"),
        (wrong, "q1", "KnownAnswerCorrect", "0"),
        (wrong, "q2", "KnownAnswerCorrect", "0"),
        (wrong, None, "KnownAnswerScore", "0"),
    ]
    assert actions(mturk, hit_id, "Assignment") == [
        ("review", right, "Succeeded"),
        ("approve", right, "Succeeded"),
        ("review", half, "Succeeded"),
        ("review", wrong, "Succeeded"),
        ("reject", wrong, "Succeeded"),
    ]


@pytest.mark.parametrize(
    ("key", "answer", "is_right"),
    [
        (["a|b"], "a|b", True),
        (["a", "b"], "a|b|c", False),
        (["a", "b"], "b | a", True),
        ([], "a", False),
        ([], None, True),
        (["a"], None, False),
    ],
)
def test_a_known_answer_is_all_of_its_values(
    mturk: MTurkClient, marketplace: Marketplace, key: list[str], answer: str | None, is_right: bool
) -> None:
    hit_id = publish(mturk, AssignmentReviewPolicy=known({"q1": key}))
    assignment_id = do(marketplace, hit_id, **({} if answer is None else {"q1": answer}))
    found = (assignment_id, "q1", "KnownAnswerCorrect", str(int(is_right)))
    assert results(mturk, hit_id, "Assignment")[0] == found


def test_wrong_known_answers_ask_for_another_worker(mturk: MTurkClient, marketplace: Marketplace) -> None:
    policy = known(
        {"q1": ["a"]},
        ExtendIfKnownAnswerScoreIsLessThan=80,
        ExtendMaximumAssignments=2,
        ExtendMinimumTimeInSeconds=86_400,
    )
    hit_id = publish(mturk, AssignmentReviewPolicy=policy)
    do(marketplace, hit_id, WORKER, q1="b")
    assert hit_state(mturk, hit_id) == ("Assignable", 2)
    left = mturk.get_hit(HITId=hit_id)["HIT"]["Expiration"].timestamp() - marketplace.now()
    assert left == pytest.approx(86_400, abs=5)
    do(marketplace, hit_id, OTHER, q1="b")
    assert hit_state(mturk, hit_id) == ("Reviewable", 2)
    extensions = [each for each in actions(mturk, hit_id, "Assignment") if each[0] == "extend"]
    assert extensions == [("extend", hit_id, "Succeeded")] * 2


def test_known_answers_extend_a_hit_to_five_and_never_beyond_nine(mturk: MTurkClient, marketplace: Marketplace) -> None:
    wrong = {"ExtendIfKnownAnswerScoreIsLessThan": 101}
    usual = publish(mturk, MaxAssignments=4, AssignmentReviewPolicy=known({"q1": ["a"]}, **wrong))
    many = publish(
        mturk, MaxAssignments=9, AssignmentReviewPolicy=known({"q1": ["a"]}, **wrong, ExtendMaximumAssignments=20)
    )
    for worker in (WORKER, OTHER):
        do(marketplace, usual, worker)
    do(marketplace, many)
    assert (hit_state(mturk, usual)[1], hit_state(mturk, many)[1]) == (5, 9)
    report: Any = mturk.list_review_policy_results_for_hit(HITId=many)["AssignmentReviewReport"]
    failure = report["ReviewActions"][-1]
    assert (failure["ActionName"], failure["Status"]) == ("extend", "Failed")
    assert failure["ErrorCode"] == "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease"


# Plurality


def test_the_example_of_the_documents(mturk: MTurkClient, marketplace: Marketplace) -> None:
    policy = plurality(
        ["A,B", "C", "D"],
        QuestionAgreementThreshold=50,
        DisregardAssignmentIfRejected="F",
        ApproveIfWorkerAgreementScoreIsAtLeast=100,
    )
    hit_id = publish(mturk, MaxAssignments=3, HITReviewPolicy=policy)
    first = do(marketplace, hit_id, WORKER, A="coat", B="blue", C="large", D="Furry")
    second = do(marketplace, hit_id, OTHER, A="sweater", B="blue", C=" large", D="fur")
    assert results(mturk, hit_id, "HIT") == []
    third = do(marketplace, hit_id, THIRD, A="coat", B="green", C="large", D="furr")
    assert results(mturk, hit_id, "HIT") == [
        (hit_id, "A", "AgreedAnswerFound", "true"),
        (hit_id, "A", "AgreedAnswer", "coat"),
        (hit_id, "A", "AnswerAgreementScore", "66"),
        (hit_id, "B", "AgreedAnswerFound", "true"),
        (hit_id, "B", "AgreedAnswer", "blue"),
        (hit_id, "B", "AnswerAgreementScore", "66"),
        (hit_id, "C", "AgreedAnswerFound", "true"),
        (hit_id, "C", "AgreedAnswer", "large"),
        (hit_id, "C", "AnswerAgreementScore", "100"),
        (hit_id, "D", "AgreedAnswerFound", "false"),
        (first, None, "WorkerAgreementScore", "100"),
        (first, None, "PluralityAnswersCorrect", "3"),
        (first, None, "PluralityAnswersIncorrect", "0"),
        (second, None, "WorkerAgreementScore", "66"),
        (second, None, "PluralityAnswersCorrect", "2"),
        (second, None, "PluralityAnswersIncorrect", "1"),
        (third, None, "WorkerAgreementScore", "66"),
        (third, None, "PluralityAnswersCorrect", "2"),
        (third, None, "PluralityAnswersIncorrect", "1"),
        (hit_id, None, "HitAgreementScore", "75"),
    ]
    assert actions(mturk, hit_id, "HIT") == [("review", hit_id, "Succeeded"), ("approve", first, "Succeeded")]
    assert [status(mturk, each) for each in (first, second)] == ["Approved", "Submitted"]


@pytest.mark.parametrize(("threshold", "found"), [(50, "false"), (49, "true")])
def test_an_agreed_answer_needs_more_than_the_threshold(
    mturk: MTurkClient, marketplace: Marketplace, threshold: int, found: str
) -> None:
    hit_id = publish(mturk, MaxAssignments=4, HITReviewPolicy=plurality(["q1"], QuestionAgreementThreshold=threshold))
    for worker, answer in ((WORKER, "a"), (OTHER, "a"), (THIRD, "b"), (FOURTH, "c")):
        do(marketplace, hit_id, worker, q1=answer)
    assert results(mturk, hit_id, "HIT")[0] == (hit_id, "q1", "AgreedAnswerFound", found)


def test_what_was_decided_before_is_no_failure_unless_it_was_the_contrary(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    policy = plurality(
        ["q1"],
        QuestionAgreementThreshold=50,
        ApproveIfWorkerAgreementScoreIsAtLeast=100,
        RejectIfWorkerAgreementScoreIsLessThan=100,
        RejectReason="Others say otherwise.",
    )
    hit_id = publish(mturk, MaxAssignments=4, HITReviewPolicy=policy)
    approved = do(marketplace, hit_id, WORKER, q1="a")
    mturk.approve_assignment(AssignmentId=approved)
    rejected = do(marketplace, hit_id, OTHER, q1="a")
    mturk.reject_assignment(AssignmentId=rejected, RequesterFeedback="No.")
    other = do(marketplace, hit_id, THIRD, q1="b")
    last = do(marketplace, hit_id, FOURTH, q1="a")
    assert actions(mturk, hit_id, "HIT") == [
        ("review", hit_id, "Succeeded"),
        ("approve", approved, "Succeeded"),
        ("approve", rejected, "Failed"),
        ("reject", other, "Succeeded"),
        ("approve", last, "Succeeded"),
    ]
    read = mturk.get_assignment(AssignmentId=other)["Assignment"]
    assert (read["AssignmentStatus"], read["RequesterFeedback"]) == ("Rejected", "Others say otherwise.")
    assert status(mturk, rejected) == "Rejected"


def test_disagreement_asks_for_another_worker_until_there_are_enough(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    policy = plurality(
        ["q1"],
        QuestionAgreementThreshold=50,
        ExtendIfHITAgreementScoreIsLessThan=100,
        ExtendMaximumAssignments=4,
        ExtendMinimumTimeInSeconds=3600,
    )
    hit_id = publish(mturk, MaxAssignments=2, HITReviewPolicy=policy)
    states = []
    for worker, answer in ((WORKER, "a"), (OTHER, "b"), (THIRD, "c"), (FOURTH, "d")):
        do(marketplace, hit_id, worker, q1=answer)
        states.append(hit_state(mturk, hit_id))
    assert states == [("Assignable", 2), ("Assignable", 3), ("Assignable", 4), ("Reviewable", 4)]
    scores = [value for _, _, key, value in results(mturk, hit_id, "HIT") if key == "HitAgreementScore"]
    assert scores == ["0", "0", "0"]  # each time that it became reviewable


def test_bad_work_is_left_out_of_the_comparison(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(
        mturk,
        MaxAssignments=4,
        AssignmentReviewPolicy=known({"k": ["yes"]}),
        HITReviewPolicy=plurality(
            ["q1"],
            QuestionAgreementThreshold=50,
            DisregardAssignmentIfRejected="T",
            DisregardAssignmentIfKnownAnswerScoreIsLessThan=100,
        ),
    )
    do(marketplace, hit_id, WORKER, k="yes", q1="a")
    rejected = do(marketplace, hit_id, OTHER, k="yes", q1="b")
    mturk.reject_assignment(AssignmentId=rejected, RequesterFeedback="No.")
    do(marketplace, hit_id, THIRD, k="no", q1="b")
    do(marketplace, hit_id, FOURTH, k="yes", q1="x" * 257)
    assert (hit_id, "q1", "AgreedAnswer", "a") in results(mturk, hit_id, "HIT")
    assert (hit_id, "q1", "AnswerAgreementScore", "100") in results(mturk, hit_id, "HIT")


def test_a_hit_that_nobody_did_is_compared_too(mturk: MTurkClient) -> None:
    hit_id = publish(mturk, HITReviewPolicy=plurality(["q1"], QuestionAgreementThreshold=50))
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=PAST)
    assert results(mturk, hit_id, "HIT") == [
        (hit_id, "q1", "AgreedAnswerFound", "false"),
        (hit_id, None, "HitAgreementScore", "0"),
    ]


# What is read of it


def test_results_are_read_by_level_and_kind(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(
        mturk,
        AssignmentReviewPolicy=known({"q1": ["a"]}),
        HITReviewPolicy=plurality(["q1"], QuestionAgreementThreshold=50),
    )
    do(marketplace, hit_id, q1="a")
    whole: Any = mturk.list_review_policy_results_for_hit(HITId=hit_id)
    assert whole["HITId"] == hit_id
    assert whole["AssignmentReviewPolicy"] == {"PolicyName": "ScoreMyKnownAnswers/2011-09-01"}
    assert whole["HITReviewPolicy"] == {"PolicyName": "SimplePlurality/2011-09-01"}
    found: Any = mturk.list_review_policy_results_for_hit(HITId=hit_id, PolicyLevels=["HIT"], RetrieveResults=False)
    assert found["HITReviewReport"] == {"ReviewActions": whole["HITReviewReport"]["ReviewActions"]}
    assert not {"AssignmentReviewReport", "AssignmentReviewPolicy"} & found.keys()
    found = mturk.list_review_policy_results_for_hit(HITId=hit_id, RetrieveActions=False)
    assert "ReviewActions" not in found["HITReviewReport"]
    review = whole["AssignmentReviewReport"]["ReviewActions"][0]
    assert {item["ActionId"] for item in whole["AssignmentReviewReport"]["ReviewResults"]} == {review["ActionId"]}
    assert review["CompleteTime"].timestamp() == pytest.approx(marketplace.now(), abs=5)


def test_the_pages_of_results_make_the_whole(mturk: MTurkClient, marketplace: Marketplace) -> None:
    hit_id = publish(
        mturk,
        AssignmentReviewPolicy=known({"q1": ["a"], "q2": ["b"]}),
        HITReviewPolicy=plurality(["q1"], QuestionAgreementThreshold=50),
    )
    do(marketplace, hit_id, q1="a")
    whole: Any = mturk.list_review_policy_results_for_hit(HITId=hit_id)
    found: dict[tuple[str, str], list[Any]] = {}
    token: dict[str, Any] = {}
    while True:
        page: Any = mturk.list_review_policy_results_for_hit(HITId=hit_id, MaxResults=2, **token)
        items = 0
        for level in ("AssignmentReviewReport", "HITReviewReport"):
            for kind in ("ReviewResults", "ReviewActions"):
                found.setdefault((level, kind), []).extend(page[level][kind])
                items += len(page[level][kind])
        assert items <= 2
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert found == {(level, kind): whole[level][kind] for level, kind in found}


def test_a_policy_without_results_has_no_report_or_an_empty_one_as_the_switch_says(
    mturk: MTurkClient, marketplace: Marketplace
) -> None:
    policies = {
        "AssignmentReviewPolicy": known({"q1": ["a"]}),
        "HITReviewPolicy": plurality(["q1"], QuestionAgreementThreshold=50),
    }
    hit_id = publish(mturk, MaxAssignments=2, **policies)
    found: Any = mturk.list_review_policy_results_for_hit(HITId=hit_id)
    assert found["HITReviewPolicy"] == {"PolicyName": "SimplePlurality/2011-09-01"}
    assert not {"AssignmentReviewReport", "HITReviewReport"} & found.keys()
    do(marketplace, hit_id, q1="a")
    found = mturk.list_review_policy_results_for_hit(HITId=hit_id)
    assert found["AssignmentReviewReport"]["ReviewResults"]
    assert "HITReviewReport" not in found
    marketplace.set_switches(empty_review_report="empty_lists")
    found = mturk.list_review_policy_results_for_hit(HITId=hit_id)
    assert found["HITReviewReport"] == {"ReviewResults": [], "ReviewActions": []}


def test_a_hit_without_policies_has_no_results(mturk: MTurkClient) -> None:
    hit_id = publish(mturk)
    answer: Any = mturk.list_review_policy_results_for_hit(HITId=hit_id)
    assert {name for name in answer if name != "ResponseMetadata"} == {"HITId"}
    error = refusal(mturk.list_review_policy_results_for_hit, HITId="NOSUCH")
    assert error.turk_code == "AWS.MechanicalTurk.HITDoesNotExist"


@pytest.mark.parametrize(
    ("member", "policy", "words"),
    [
        ("AssignmentReviewPolicy", plurality(["q1"], QuestionAgreementThreshold=1), "The policy must be ScoreMy"),
        ("HITReviewPolicy", known({"q1": ["a"]}), "The policy must be SimplePlurality"),
        ("AssignmentReviewPolicy", {"PolicyName": "ScoreMyKnownAnswers/2011-09-01"}, "AnswerKey must be used"),
        ("AssignmentReviewPolicy", known({}), "must name at least one question"),
        ("AssignmentReviewPolicy", known({"q": ["a"]}, Approve="1"), "has no such parameter"),
        ("AssignmentReviewPolicy", known({"q": ["a"]}, ApproveIfKnownAnswerScoreIsAtLeast=102), "between 0 and 101"),
        ("AssignmentReviewPolicy", known({"q": ["a"]}, ApproveIfKnownAnswerScoreIsAtLeast="80%"), "whole number"),
        ("AssignmentReviewPolicy", known({"q": ["a"]}, ExtendMaximumAssignments=26), "between 2 and 25"),
        ("AssignmentReviewPolicy", known({"q": ["a"]}, ExtendMinimumTimeInSeconds=59), "between 60 and 31536000"),
        ("HITReviewPolicy", plurality(["q1"]), "QuestionAgreementThreshold must be used"),
        ("HITReviewPolicy", plurality([" , "], QuestionAgreementThreshold=1), "must name at least one question"),
        (
            "HITReviewPolicy",
            plurality(["q1"], QuestionAgreementThreshold=1, ExtendIfHITAgreementScoreIsLessThan=50),
            "ExtendMaximumAssignments must be used",
        ),
        (
            "HITReviewPolicy",
            plurality(["q1"], QuestionAgreementThreshold=1, DisregardAssignmentIfRejected="perhaps"),
            "must be T or F",
        ),
    ],
)
def test_a_policy_that_can_not_be_is_refused(mturk: MTurkClient, member: str, policy: Any, words: str) -> None:
    error = refusal(mturk.create_hit, **HIT_TYPE, **LIFE, **{member: policy})
    assert error.kind == "ParameterValidationError"
    assert words in error.message
    assert mturk.list_hits()["NumResults"] == 0
