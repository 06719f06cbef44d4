"""When HITs become reviewable, and the review policies that run then.

A policy runs without the requester; its results and actions are stored and can be read (documented).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.domain import assignments, hits
from pulumi_mturk.marketplace.domain.context import Context, new_id
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.question_form_answers import Answer, parse_answers
from pulumi_mturk.marketplace.domain.review_policies import (
    KNOWN_ANSWERS,
    PLURALITY,
    ReviewPolicy,
    compare,
    known_answers,
    percentage,
    read_policy,
)
from pulumi_mturk.marketplace.errors import WireError
from pulumi_mturk.marketplace.storage import hits as stored_hits
from pulumi_mturk.marketplace.storage import review_reports
from pulumi_mturk.marketplace.storage.assignments import submitted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi_mturk.marketplace.storage.sql import Row

_MAX_ASSIGNMENTS: Final = 5
"""The default of ExtendMaximumAssignments (documented)."""


def on_assignment_submitted(ctx: Context, hit_id: str, assignment_id: str) -> None:
    """Score the known answers of a submitted assignment, and update whether the HIT is reviewable."""
    hit = hits.find_hit(ctx, hit_id)
    if hit["assignment_review_policy"] is None:
        _update_reviewable(ctx, hit)
        return
    _score_known_answers(ctx, hit, assignments.find_assignment(ctx, assignment_id))
    update_reviewable(ctx, hit_id)


def on_assignment_returned(ctx: Context, hit_id: str) -> None:
    """Update whether the HIT is reviewable: an expired one may have become so."""
    update_reviewable(ctx, hit_id)


def update_reviewable(ctx: Context, hit_id: str) -> None:
    """Process that a HIT has become reviewable, or stopped being so; call it after every change that can do that."""
    _update_reviewable(ctx, hits.find_hit(ctx, hit_id))


def _update_reviewable(ctx: Context, hit: Row) -> None:
    is_reviewable = hits.status_of(ctx, hit) in ("Reviewable", "Reviewing")
    if hit["deleted"] or is_reviewable == (hit["reviewable_since"] is not None):
        return
    if not is_reviewable:
        stored_hits.set_reviewable(ctx.db, hit["id"], None)
        return
    stored_hits.set_reviewable(ctx.db, hit["id"], ctx.now)
    emit(ctx, "HITReviewable", hit["id"])
    if hit["hit_review_policy"] is not None:
        _compare_answers(ctx, hit)
        update_reviewable(ctx, hit["id"])  # the policy may have extended it


class _PolicyReport:
    """Stores the results and actions of one run of a policy."""

    def __init__(self, ctx: Context, hit_id: str, level: str) -> None:
        self._ctx = ctx
        self._hit_id = hit_id
        self._level = level
        self._action_id = new_id(ctx)

    def add_result(
        self, subject: str, subject_type: str, key: str, value: str | int, question: str | None = None
    ) -> None:
        """Store a result."""
        detail = {"ActionId": self._action_id, "SubjectId": subject, "SubjectType": subject_type}
        if question is not None:
            detail["QuestionId"] = question
        self._keep("Result", {**detail, "Key": key, "Value": str(value)})

    def add_review(self, target: str, target_type: str, result: str) -> None:
        """Store the run itself as an action."""
        self._keep("Action", self._action(self._action_id, "review", target, target_type, "Succeeded", result))

    def run_action(self, name: str, target: str, target_type: str, act: Callable[[], str]) -> None:
        """Run and store an action; a refused one is stored as failed, with the error's code (documented)."""
        try:
            result = act()
        except WireError as error:
            action = self._action(new_id(self._ctx), name, target, target_type, "Failed", error.message)
            action["ErrorCode"] = error.members["TurkErrorCode"]
        else:
            action = self._action(new_id(self._ctx), name, target, target_type, "Succeeded", result)
        self._keep("Action", action)

    def _action(
        self, action_id: str, name: str, target: str, target_type: str, status: str, result: str
    ) -> dict[str, Any]:
        return {
            "ActionId": action_id,
            "ActionName": name,
            "TargetId": target,
            "TargetType": target_type,
            "Status": status,
            "CompleteTime": self._ctx.now,
            "Result": result,
        }

    def _keep(self, kind: str, detail: dict[str, Any]) -> None:
        review_reports.insert(self._ctx.db, self._hit_id, self._level, kind, json.dumps(detail))


def _score_known_answers(ctx: Context, hit: Row, assignment: Row) -> None:
    """The known answers of an assignment are scored as soon as it is submitted, and the score is acted on (documented).

    It is rejected below the score of the parameter, not at it (documented, and the contrary too).
    """
    policy = read_policy(json.loads(hit["assignment_review_policy"]), KNOWN_ANSWERS)
    right = known_answers(policy, _answers(assignment))
    score = percentage(right)
    identity = assignment["id"]
    report = _PolicyReport(ctx, hit["id"], "Assignment")
    for question, is_right in right.items():
        report.add_result(identity, "Assignment", "KnownAnswerCorrect", int(is_right), question)
    report.add_result(identity, "Assignment", "KnownAnswerScore", score)
    report.add_review(identity, "Assignment", f"Reviewed known answers; {sum(right.values())}/{len(right)} correct")
    numbers, texts = policy.numbers, policy.texts
    _decide(
        ctx,
        report,
        identity,
        approve=score >= numbers.get("ApproveIfKnownAnswerScoreIsAtLeast", score + 1),
        reject=score < numbers.get("RejectIfKnownAnswerScoreIsLessThan", score),
        texts=texts,
    )
    if score < numbers.get("ExtendIfKnownAnswerScoreIsLessThan", score):
        _extend(ctx, report, hit["id"], policy)


def _compare_answers(ctx: Context, hit: Row) -> None:
    """The workers' answers are compared each time that the HIT becomes reviewable, and acted on (documented)."""
    policy = read_policy(json.loads(hit["hit_review_policy"]), PLURALITY)
    work = {
        row["id"]: _answers(row)
        for row in submitted(ctx.db, hit["id"], assignments.FINISHED)
        if not (row["status"] == "Rejected" and policy.disregards_rejected) and _is_compared(hit, row, policy)
    }
    agreement = compare(policy, work)
    hit_id = hit["id"]
    report = _PolicyReport(ctx, hit_id, "HIT")
    for question in policy.question_ids:
        agreed = agreement.agreed.get(question)
        report.add_result(hit_id, "HIT", "AgreedAnswerFound", "true" if agreed else "false", question)
        if agreed is not None:
            answer, score = agreed
            report.add_result(hit_id, "HIT", "AgreedAnswer", "|".join(sorted(answer)), question)
            report.add_result(hit_id, "HIT", "AnswerAgreementScore", score, question)
    for identity, correct in agreement.correct.items():
        if (of_worker := agreement.worker_score(identity)) is not None:
            report.add_result(identity, "Assignment", "WorkerAgreementScore", of_worker)
        report.add_result(identity, "Assignment", "PluralityAnswersCorrect", correct)
        report.add_result(identity, "Assignment", "PluralityAnswersIncorrect", len(agreement.agreed) - correct)
    report.add_result(hit_id, "HIT", "HitAgreementScore", agreement.score)
    report.add_review(hit_id, "HIT", f"Compared {len(work)} assignments; agreed on {len(agreement.agreed)} answers")
    numbers = policy.numbers
    for identity in work:
        of_worker = agreement.worker_score(identity)
        if of_worker is not None:
            _decide(
                ctx,
                report,
                identity,
                approve=of_worker >= numbers.get("ApproveIfWorkerAgreementScoreIsAtLeast", of_worker + 1),
                reject=of_worker < numbers.get("RejectIfWorkerAgreementScoreIsLessThan", of_worker),
                texts=policy.texts,
            )
    # a HIT without submissions is not extended (guessed): it could never be deleted
    if work and agreement.score < numbers.get("ExtendIfHITAgreementScoreIsLessThan", agreement.score):
        _extend(ctx, report, hit_id, policy)


def _decide(
    ctx: Context, report: _PolicyReport, assignment_id: str, *, approve: bool, reject: bool, texts: Mapping[str, str]
) -> None:
    if approve:
        report.run_action(
            "approve",
            assignment_id,
            "Assignment",
            lambda: _approve_or_reject(ctx, assignment_id, "Approved", assignments.approve, texts.get("ApproveReason")),
        )
    if reject:
        report.run_action(
            "reject",
            assignment_id,
            "Assignment",
            lambda: _approve_or_reject(ctx, assignment_id, "Rejected", assignments.reject, texts.get("RejectReason")),
        )


def _approve_or_reject(
    ctx: Context,
    assignment_id: str,
    status: str,
    act: Callable[[Context, Row, str | None], None],
    reason: str | None,
) -> str:
    """Approve or reject; if that was done before it succeeds, if the opposite was done it fails (documented)."""
    assignment = assignments.find_assignment(ctx, assignment_id)
    if assignment["status"] == status:
        return f"Already {status.lower()}"
    assignments.require_submitted(assignment)
    act(ctx, assignment, reason)
    return status


def _extend(ctx: Context, report: _PolicyReport, hit_id: str, policy: ReviewPolicy) -> None:
    report.run_action("extend", hit_id, "HIT", lambda: _add_one(ctx, hit_id, policy))


def _add_one(ctx: Context, hit_id: str, policy: ReviewPolicy) -> str:
    """Add one assignment, unless the policy's maximum is reached, which is no failure (documented).

    The HIT lives at least the policy's time from now on (guessed: the documents can be read as adding it).
    """
    hit = hits.find_hit(ctx, hit_id)
    if hit["max_assignments"] >= policy.numbers.get("ExtendMaximumAssignments", _MAX_ASSIGNMENTS):
        return "Already extended"
    hits.add_assignments(ctx, hit, 1)
    until = ctx.now + policy.numbers.get("ExtendMinimumTimeInSeconds", 0)
    if until > hit["expiration"]:
        stored_hits.change(ctx.db, hit_id, expiration=until, expired=until <= ctx.now)
    return "Extended"


def _is_compared(hit: Row, assignment: Row, plurality: ReviewPolicy) -> bool:
    """Whether the known-answer score of an assignment is high enough for it to be compared."""
    minimum = plurality.numbers.get("DisregardAssignmentIfKnownAnswerScoreIsLessThan")
    if minimum is None or hit["assignment_review_policy"] is None:
        return True
    policy = read_policy(json.loads(hit["assignment_review_policy"]), KNOWN_ANSWERS)
    return percentage(known_answers(policy, _answers(assignment))) >= minimum


def _answers(assignment: Row) -> dict[str, Answer]:
    return {answer.question: answer for answer in parse_answers(assignment["answer"])}
