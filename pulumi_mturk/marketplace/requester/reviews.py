"""HITs that are to be reviewed, and the review policies that do a part of it by themselves.

A policy works without the requester: what it found, and what it did, is kept to be read (documented).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.context import flag, new_id
from pulumi_mturk.marketplace.errors import WireError
from pulumi_mturk.marketplace.people.answers import Answer, read
from pulumi_mturk.marketplace.requester import assignments, hits
from pulumi_mturk.marketplace.requester.notifications import emit
from pulumi_mturk.marketplace.requester.paging import page
from pulumi_mturk.marketplace.requester.policies import (
    KNOWN_ANSWERS,
    PLURALITY,
    Policy,
    compare,
    known_answers,
    percentage,
    read_policy,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Generator, Mapping

    from pulumi_mturk.marketplace.context import Context, Request

RESULTS_OF_A_PAGE: Final = 100
"""Review results of a page without MaxResults (guessed: the most; it was 400 in the old API)."""
_MOST_ASSIGNMENTS: Final = 5
"""Up to which known answers extend a HIT, where the policy does not say (documented)."""
_LEVELS: Final = {"Assignment": "assignment_review_policy", "HIT": "hit_review_policy"}


def list_reviewable_hits(ctx: Context, request: Request) -> dict[str, Any]:
    """ListReviewableHITs: those with the status Reviewable or, where it is asked for, Reviewing (documented).

    Of one HIT type or of all (documented). A type that there is not has none (guessed). The order is that in which they
    were made (guessed).
    """
    reviewing = request.get("Status", "Reviewable") == "Reviewing"

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for row in hits.reviewable(ctx, request.get("HITTypeId"), reviewing=reviewing, after=after):
            yield row["sequence"], hits.wire_form(ctx, row)

    return page(ctx, request, "ListReviewableHITs", "HITs", rows)


def update_hit_review_status(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateHITReviewStatus: from Reviewable to Reviewing or, with Revert, from Reviewing to Reviewable (documented).

    From any other status it is refused (guessed).
    """
    row = hits.find_hit(ctx, request["HITId"])
    revert = flag(request, "Revert", default=False)
    wanted = "Reviewing" if revert else "Reviewable"
    if (status := hits.status_of(ctx, row)) != wanted:
        raise hits.wrong_state(status, wanted)
    ctx.db.execute("UPDATE hits SET reviewing = ? WHERE id = ?", (not revert, row["id"]))
    return {}


def list_review_policy_results_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """ListReviewPolicyResultsForHIT: what the policies found and did, of both levels or one, oldest first (documented).

    A policy is named only where the HIT has one (documented). RetrieveActions and RetrieveResults are both on unless
    they are turned off (documented in the old API). A page counts results and actions together (guessed).
    """
    row = hits.find_undeleted(ctx, request["HITId"])
    levels = [level for level in _LEVELS if level in (request.get("PolicyLevels") or _LEVELS)]
    kinds = [kind for kind in ("Result", "Action") if flag(request, f"Retrieve{kind}s", default=True)]

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        found = ctx.db.execute(
            "SELECT * FROM review_reports WHERE hit_id = ? AND sequence > ? ORDER BY sequence", (row["id"], after)
        )
        for report in found:
            if report["level"] in levels and report["kind"] in kinds:
                yield report["sequence"], dict(report)

    asked = {"MaxResults": RESULTS_OF_A_PAGE, **request}
    found = page(ctx, asked, "ListReviewPolicyResultsForHIT", "reports", rows)
    answer: dict[str, Any] = {"HITId": row["id"], "NextToken": found.get("NextToken")}
    for level in levels:
        if row[_LEVELS[level]] is not None:
            answer[f"{level}ReviewPolicy"] = {"PolicyName": json.loads(row[_LEVELS[level]])["PolicyName"]}
            answer[f"{level}ReviewReport"] = {
                f"Review{kind}s": [
                    json.loads(report["detail"])
                    for report in found["reports"]
                    if (report["level"], report["kind"]) == (level, kind)
                ]
                for kind in kinds
            }
    return answer


def assignment_submitted(ctx: Context, assignment_id: str) -> None:
    """Work was handed in: its known answers are looked at, and the HIT may have become reviewable."""
    assignment = assignments.find_assignment(ctx, assignment_id)
    hit = hits.find_hit(ctx, assignment["hit_id"])
    if hit["assignment_review_policy"] is not None:
        _score(ctx, hit, assignment)
    settle(ctx, hit["id"])


def assignment_returned(ctx: Context, hit_id: str) -> None:
    """Work was given back: a HIT that has expired may have become reviewable."""
    settle(ctx, hit_id)


def settle(ctx: Context, hit_id: str) -> None:
    """See to what follows where a HIT has become reviewable, or is not any more; called after all that can bring it."""
    hit = hits.find_hit(ctx, hit_id)
    is_reviewable = hits.status_of(ctx, hit) in ("Reviewable", "Reviewing")
    if hit["deleted"] or is_reviewable == (hit["reviewable_since"] is not None):
        return
    if not is_reviewable:
        ctx.db.execute("UPDATE hits SET reviewable_since = NULL, reviewing = 0 WHERE id = ?", (hit_id,))
        return
    ctx.db.execute("UPDATE hits SET reviewable_since = ? WHERE id = ?", (ctx.now, hit_id))
    emit(ctx, "HITReviewable", hit_id)
    if hit["hit_review_policy"] is not None:
        _compare(ctx, hit)
        settle(ctx, hit_id)  # the policy may have extended it


class _Report:
    """What one run of a policy found and did."""

    def __init__(self, ctx: Context, hit_id: str, level: str) -> None:
        self._ctx = ctx
        self._hit_id = hit_id
        self._level = level
        self._action_id = new_id()

    def found(self, subject: str, subject_type: str, key: str, value: str | int, question: str | None = None) -> None:
        """Keep a result."""
        detail = {"ActionId": self._action_id, "SubjectId": subject, "SubjectType": subject_type}
        if question is not None:
            detail["QuestionId"] = question
        self._keep("Result", {**detail, "Key": key, "Value": str(value)})

    def reviewed(self, target: str, target_type: str, words: str) -> None:
        """Keep that the policy was run."""
        self._keep("Action", self._action(self._action_id, "review", target, target_type, "Succeeded", words))

    def did(self, name: str, target: str, target_type: str, act: Callable[[], str]) -> None:
        """Do something and keep what came of it; a refusal is a failure with the error's code (documented)."""
        try:
            words = act()
        except WireError as error:
            action = self._action(new_id(), name, target, target_type, "Failed", error.message)
            action["ErrorCode"] = error.members["TurkErrorCode"]
        else:
            action = self._action(new_id(), name, target, target_type, "Succeeded", words)
        self._keep("Action", action)

    def _action(
        self, action_id: str, name: str, target: str, target_type: str, status: str, words: str
    ) -> dict[str, Any]:
        return {
            "ActionId": action_id,
            "ActionName": name,
            "TargetId": target,
            "TargetType": target_type,
            "Status": status,
            "CompleteTime": self._ctx.now,
            "Result": words,
        }

    def _keep(self, kind: str, detail: dict[str, Any]) -> None:
        self._ctx.db.execute(
            "INSERT INTO review_reports (hit_id, level, kind, detail) VALUES (?, ?, ?, ?)",
            (self._hit_id, self._level, kind, json.dumps(detail)),
        )


def _score(ctx: Context, hit: sqlite3.Row, assignment: sqlite3.Row) -> None:
    """The known answers of an assignment are scored as soon as it is submitted, and the score is acted on (documented).

    Work is rejected below the score that the parameter names, not at it (documented, and the contrary too).
    """
    policy = read_policy(json.loads(hit["assignment_review_policy"]), KNOWN_ANSWERS)
    right = known_answers(policy, _answers(assignment))
    score = percentage(right)
    identity = assignment["id"]
    report = _Report(ctx, hit["id"], "Assignment")
    for question, is_right in right.items():
        report.found(identity, "Assignment", "KnownAnswerCorrect", int(is_right), question)
    report.found(identity, "Assignment", "KnownAnswerScore", score)
    report.reviewed(identity, "Assignment", f"Reviewed known answers; {sum(right.values())}/{len(right)} correct")
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


def _compare(ctx: Context, hit: sqlite3.Row) -> None:
    """The workers' answers are compared each time that the HIT becomes reviewable, and acted on (documented)."""
    policy = read_policy(json.loads(hit["hit_review_policy"]), PLURALITY)
    work = {
        row["id"]: _answers(row)
        for row in ctx.db.execute(
            """SELECT * FROM assignments WHERE hit_id = ? AND status IN ('Submitted', 'Approved', 'Rejected')
            ORDER BY submit_time, sequence""",
            (hit["id"],),
        )
        if not (row["status"] == "Rejected" and policy.disregards_rejected) and _is_worth_it(hit, row, policy)
    }
    agreement = compare(policy, work)
    hit_id = hit["id"]
    report = _Report(ctx, hit_id, "HIT")
    for question in policy.question_ids:
        agreed = agreement.agreed.get(question)
        report.found(hit_id, "HIT", "AgreedAnswerFound", "true" if agreed else "false", question)
        if agreed is not None:
            answer, score = agreed
            report.found(hit_id, "HIT", "AgreedAnswer", "|".join(sorted(answer)), question)
            report.found(hit_id, "HIT", "AnswerAgreementScore", score, question)
    for identity, correct in agreement.correct.items():
        if (of_worker := agreement.worker_score(identity)) is not None:
            report.found(identity, "Assignment", "WorkerAgreementScore", of_worker)
        report.found(identity, "Assignment", "PluralityAnswersCorrect", correct)
        report.found(identity, "Assignment", "PluralityAnswersIncorrect", len(agreement.agreed) - correct)
    report.found(hit_id, "HIT", "HitAgreementScore", agreement.score)
    report.reviewed(hit_id, "HIT", f"Compared {len(work)} assignments; agreed on {len(agreement.agreed)} answers")
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
    # a HIT that nobody did is not extended (guessed): it could never be taken down
    if work and agreement.score < numbers.get("ExtendIfHITAgreementScoreIsLessThan", agreement.score):
        _extend(ctx, report, hit_id, policy)


def _decide(
    ctx: Context, report: _Report, assignment_id: str, *, approve: bool, reject: bool, texts: Mapping[str, str]
) -> None:
    if approve:
        report.did(
            "approve",
            assignment_id,
            "Assignment",
            lambda: _close(ctx, assignment_id, "Approved", assignments.approve, texts.get("ApproveReason")),
        )
    if reject:
        report.did(
            "reject",
            assignment_id,
            "Assignment",
            lambda: _close(ctx, assignment_id, "Rejected", assignments.reject, texts.get("RejectReason")),
        )


def _close(
    ctx: Context,
    assignment_id: str,
    status: str,
    act: Callable[[Context, sqlite3.Row, str | None], None],
    reason: str | None,
) -> str:
    """Approve or reject; it is no failure where that was done before, but one where the other was (documented)."""
    assignment = assignments.find_assignment(ctx, assignment_id)
    if assignment["status"] == status:
        return f"Already {status.lower()}"
    assignments.require_submitted(assignment)
    act(ctx, assignment, reason)
    return status


def _extend(ctx: Context, report: _Report, hit_id: str, policy: Policy) -> None:
    report.did("extend", hit_id, "HIT", lambda: _add_one(ctx, hit_id, policy))


def _add_one(ctx: Context, hit_id: str, policy: Policy) -> str:
    """One assignment more, unless there are as many as the policy wants already, which is no failure (documented).

    The HIT lives at least the policy's time from now on (guessed: the documents can be read as adding it).
    """
    hit = hits.find_hit(ctx, hit_id)
    if hit["max_assignments"] >= policy.numbers.get("ExtendMaximumAssignments", _MOST_ASSIGNMENTS):
        return "Already extended"
    hits.add_assignments(ctx, hit, 1)
    until = ctx.now + policy.numbers.get("ExtendMinimumTimeInSeconds", 0)
    if until > hit["expiration"]:
        ctx.db.execute("UPDATE hits SET expiration = ?, expired = ? WHERE id = ?", (until, until <= ctx.now, hit_id))
    return "Extended"


def _is_worth_it(hit: sqlite3.Row, assignment: sqlite3.Row, plurality: Policy) -> bool:
    """Whether the known answers of an assignment are good enough for it to be compared."""
    least = plurality.numbers.get("DisregardAssignmentIfKnownAnswerScoreIsLessThan")
    if least is None or hit["assignment_review_policy"] is None:
        return True
    policy = read_policy(json.loads(hit["assignment_review_policy"]), KNOWN_ANSWERS)
    return percentage(known_answers(policy, _answers(assignment))) >= least


def _answers(assignment: sqlite3.Row) -> dict[str, Answer]:
    return {answer.question: answer for answer in read(assignment["answer"])}
