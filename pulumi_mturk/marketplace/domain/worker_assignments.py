"""A worker's assignments: accept, return, submit, list.

Changes need a writing transaction, so that two workers can not both accept the last assignment of a HIT.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from pulumi_mturk.marketplace.domain.answer_validation import check_answers, read_questions
from pulumi_mturk.marketplace.domain.context import Context, new_id
from pulumi_mturk.marketplace.domain.eligibility import unmet, verdicts
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.hit_types import requirements_of
from pulumi_mturk.marketplace.domain.question_form_answers import from_html_form, from_question_form, to_xml
from pulumi_mturk.marketplace.domain.requesters import name_of
from pulumi_mturk.marketplace.domain.reviews import on_assignment_returned, on_assignment_submitted
from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.domain.worker_attributes import attributes_of
from pulumi_mturk.marketplace.domain.worker_hits import (
    NONE_LEFT,
    find_hit_of_worker,
    reason_against_accepting,
    refuse_unmet,
)
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import assignments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_mturk.marketplace.storage.sql import Row

Status = Literal["Accepted", "Returned", "Abandoned", "Submitted", "Approved", "Rejected"]
_NOT_YOURS: Final = "There is no assignment of yours with this id."


@dataclass(frozen=True)
class WorkerAssignment:
    """One assignment of a worker, of any status."""

    assignment_id: str
    hit_id: str
    hit_type_id: str
    group_id: str
    requester: str
    """The requester's name."""
    title: str
    description: str
    reward: Decimal
    question: str
    status: Status
    accept_time: float
    deadline: float
    submit_time: float | None
    auto_approval_time: float | None
    approval_time: float | None
    rejection_time: float | None
    requester_feedback: str | None
    bonus: Decimal
    """The sum of its bonuses."""


def accept(ctx: Context, worker_id: str, hit_id: str) -> str:
    """Accept a HIT; returns the assignment's id. A worker does each HIT at most once (documented).

    A HIT that was returned or abandoned may be accepted again (guessed). All requirements have to be met,
    and a blocked worker can accept nothing (both documented).

    Raises:
        WorkerRefusedError: the worker may not, or no assignment is left.

    """
    attributes = attributes_of(ctx, worker_id)
    hit = find_hit_of_worker(ctx, hit_id)
    if obstacle := reason_against_accepting(ctx, worker_id, hit):
        raise WorkerRefusedError(obstacle)
    refuse_unmet(unmet(verdicts(ctx, attributes, requirements_of(hit)), "Accept"))
    assignment_id = new_id(ctx)
    if not assignments.accept(
        ctx.db,
        id=assignment_id,
        account=hit["account"],
        hit_id=hit_id,
        worker_id=worker_id,
        accept_time=ctx.now,
        deadline=ctx.now + hit["assignment_duration"],
    ):  # another process was quicker
        raise WorkerRefusedError(reason_against_accepting(ctx, worker_id, find_hit_of_worker(ctx, hit_id)) or NONE_LEFT)
    emit(ctx, "AssignmentAccepted", hit_id, assignment_id)
    return assignment_id


def return_assignment(ctx: Context, worker_id: str, assignment_id: str) -> None:
    """Return an accepted assignment: another or the same worker may accept the HIT then (documented).

    Raises:
        WorkerRefusedError: it is not accepted, or its time is over.

    """
    assignment = _require_accepted(ctx, worker_id, assignment_id)
    _set_status(ctx, assignment, "Returned")
    emit(ctx, "AssignmentReturned", assignment["hit_id"], assignment_id)
    on_assignment_returned(ctx, assignment["hit_id"])


def submit(ctx: Context, worker_id: str, assignment_id: str, answers: Sequence[tuple[str, str]]) -> None:
    """Submit an assignment with the fields of its form, in the form's order.

    It can be submitted until its deadline, also after the HIT expired (documented). The auto-approval delay starts now
    (documented).

    Raises:
        WorkerRefusedError: it is not accepted, its time is over, or answers are missing or wrong.

    """
    assignment = _require_accepted(ctx, worker_id, assignment_id)
    hit = find_hit_of_worker(ctx, assignment["hit_id"])
    _set_status(
        ctx,
        assignment,
        "Submitted",
        submit_time=ctx.now,
        auto_approval_time=ctx.now + hit["auto_approval_delay"],
        answer=_answers_xml(ctx, hit["question"], answers),
    )
    emit(ctx, "AssignmentSubmitted", hit["id"], assignment_id)
    on_assignment_submitted(ctx, hit["id"], assignment_id)


def get_assignment(ctx: Context, worker_id: str, assignment_id: str) -> WorkerAssignment:
    """One assignment of the worker.

    Raises:
        WorkerRefusedError: it does not exist, or is another worker's.

    """
    row = assignments.of_worker(ctx.db, worker_id, assignment_id)
    if row is None:
        raise WorkerRefusedError(_NOT_YOURS)
    return _assignment(ctx, row)


def accepted_assignments(ctx: Context, worker_id: str) -> list[WorkerAssignment]:
    """The worker's accepted assignments, the next deadline first."""
    return [assignment for _, assignment in accepted_assignments_after(ctx, worker_id)]


def accepted_assignments_after(
    ctx: Context, worker_id: str, after: tuple[float, int] = (0.0, 0)
) -> Iterator[tuple[tuple[float, int], WorkerAssignment]]:
    """As `accepted_assignments`, one after the other, each with its position: after that of `after`."""
    for row in assignments.accepted(ctx.db, worker_id, after):
        yield (row["deadline"], row["sequence"]), _assignment(ctx, row)


def past_assignments(ctx: Context, worker_id: str) -> list[WorkerAssignment]:
    """All other assignments of the worker, the latest first."""
    return [assignment for _, assignment in past_assignments_before(ctx, worker_id)]


def past_assignments_before(
    ctx: Context, worker_id: str, before: int = INT64[-1]
) -> Iterator[tuple[int, WorkerAssignment]]:
    """As `past_assignments`, one after the other, each with its position: before that of `before`."""
    for row in assignments.past(ctx.db, worker_id, before):
        yield row["sequence"], _assignment(ctx, row)


def assignments_after(
    ctx: Context, worker_id: str, after: tuple[bool, float, int]
) -> Iterator[tuple[tuple[bool, float, int], WorkerAssignment]]:
    """The accepted assignments and then the past ones, in their orders, each with its position: after that of `after`.

    A position says whether the past ones have begun, and where in the list of these or of those it is.
    """
    past_begun, deadline, sequence = after
    if not past_begun:
        for position, assignment in accepted_assignments_after(ctx, worker_id, (deadline, sequence)):
            yield (False, *position), assignment
        sequence = INT64[-1]
    for number, assignment in past_assignments_before(ctx, worker_id, sequence):
        yield (True, 0.0, number), assignment


def find_assignment(ctx: Context, assignment_id: str) -> Row:
    """An assignment of any worker.

    Raises:
        WorkerRefusedError: there is none with this id.

    """
    row = assignments.find(ctx.db, assignment_id)
    if row is None:
        raise WorkerRefusedError("There is no assignment with this id.")
    return row


def _require_accepted(ctx: Context, worker_id: str, assignment_id: str) -> Row:
    """An assignment that the worker can still submit or return."""
    assignment = find_assignment(ctx, assignment_id)
    if assignment["worker_id"] != worker_id:
        raise WorkerRefusedError(_NOT_YOURS)
    # the deadline may have passed since due events were processed
    if assignment["status"] != "Accepted" or ctx.now >= assignment["deadline"]:
        raise _finished(assignment)
    return assignment


def _finished(assignment: Row) -> WorkerRefusedError:
    match assignment["status"]:
        case "Accepted" | "Abandoned":
            return WorkerRefusedError("The time for this assignment is over: it can't be handed in any more.")
        case "Returned":
            return WorkerRefusedError("You have returned this assignment.")
        case _:
            return WorkerRefusedError("You have handed in this assignment already.")


def _set_status(ctx: Context, assignment: Row, status: Status, **columns: Any) -> None:
    """End an accepted assignment; raises WorkerRefusedError if another process was quicker."""
    if not assignments.set_status(ctx.db, assignment, status, **columns):
        raise _finished(find_assignment(ctx, assignment["id"]))


def _answers_xml(ctx: Context, question: str, fields: Sequence[tuple[str, str]]) -> str:
    """The QuestionFormAnswers that the requester gets."""
    questions = read_questions(question, ctx.switches)
    if questions is None:
        return to_xml(from_html_form(fields))
    check_answers(questions, fields)
    return to_xml(from_question_form(questions, fields))


def _assignment(ctx: Context, row: Row) -> WorkerAssignment:
    return WorkerAssignment(
        row["id"],
        row["hit_id"],
        row["hit_type_id"],
        row["group_id"],
        name_of(ctx, row["account"]),
        row["title"],
        row["description"],
        Decimal(row["reward"]),
        row["question"],
        row["status"],
        row["accept_time"],
        row["deadline"],
        row["submit_time"],
        row["auto_approval_time"],
        row["approval_time"],
        row["rejection_time"],
        row["requester_feedback"],
        Decimal(row["bonus_cents"]).scaleb(-2),
    )
