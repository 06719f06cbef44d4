"""What workers do with HITs: find, preview, accept, return, hand in.

What changes something needs a writing transaction: two workers never get the last assignment of a HIT both.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from pulumi_mturk.marketplace.context import new_id
from pulumi_mturk.marketplace.errors import WireError, WorkerRefusedError
from pulumi_mturk.marketplace.people.admission import facts_of, refusing, verdicts
from pulumi_mturk.marketplace.people.answers import build, of_fields, of_form
from pulumi_mturk.marketplace.people.forms import check_fields, questions_of
from pulumi_mturk.marketplace.requester.hit_types import requirements_of
from pulumi_mturk.marketplace.requester.hits import find_hit
from pulumi_mturk.marketplace.requester.notifications import emit
from pulumi_mturk.marketplace.requester.reviews import assignment_returned, assignment_submitted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from pulumi_mturk.marketplace.context import Context
    from pulumi_mturk.marketplace.people.admission import Verdict

Status = Literal["Accepted", "Returned", "Abandoned", "Submitted", "Approved", "Rejected"]

_TAKEN: Final = "status NOT IN ('Returned', 'Abandoned')"
_OPEN: Final = f"""
    NOT hits.deleted AND hits.expiration > :now
    AND max_assignments > (SELECT count(*) FROM assignments WHERE hit_id = hits.id AND {_TAKEN})
    AND NOT EXISTS (SELECT 1 FROM assignments WHERE hit_id = hits.id AND worker_id = :worker AND {_TAKEN})
"""  # noqa: S608 - the conditions are ours, here and below
"""HITs that the worker could do, as far as it does not depend on what they require."""
_NOT_YOURS: Final = "There is no assignment of yours with this id."


@dataclass(frozen=True)
class Group:
    """The HITs of one type that a worker can find."""

    hit_type_id: str
    group_id: str
    title: str
    description: str
    keywords: str
    reward: Decimal
    assignment_duration: int
    hits: int
    """How many of them the worker could do."""
    newest: float
    """When the newest of them was made."""
    verdicts: list[Verdict]
    """All rules, met or not: who does not meet one may find the HITs still."""


@dataclass(frozen=True)
class Offer:
    """A HIT as a worker sees it before accepting."""

    hit_id: str
    hit_type_id: str
    group_id: str
    title: str
    description: str
    keywords: str
    reward: Decimal
    assignment_duration: int
    expiration: float
    question: str
    """The XML: a QuestionForm, HTMLQuestion or ExternalQuestion."""
    verdicts: list[Verdict]
    obstacle: str | None
    """Why the worker can't accept it, in words; None where nothing is in the way."""


@dataclass(frozen=True)
class Task:
    """One assignment of a worker, at any stage."""

    assignment_id: str
    hit_id: str
    hit_type_id: str
    group_id: str
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
    """All bonuses for it together."""


def groups(ctx: Context, worker_id: str, search: str = "") -> list[Group]:
    """The groups of HITs that the worker can find, the newest first; `search` is a part of a title, say.

    A group is there while it has a HIT that the worker could do, unless a requirement that guards discovery is not met
    (documented).
    """
    facts = facts_of(ctx, worker_id)
    rows = ctx.db.execute(
        f"""SELECT hit_types.*, count(*) AS open, max(hits.creation_time) AS newest
        FROM hits JOIN hit_types ON hit_types.id = hit_type_id
        WHERE {_OPEN} AND instr(casefold(title || '\n' || description || '\n' || coalesce(keywords, '')), :search)
        GROUP BY hit_types.id ORDER BY newest DESC, hit_types.sequence DESC""",  # noqa: S608
        {"now": ctx.now, "worker": worker_id, "search": search.casefold()},
    )
    found = [(row, verdicts(ctx, facts, requirements_of(row))) for row in rows.fetchall()]
    return [
        Group(
            row["id"],
            row["group_id"],
            row["title"],
            row["description"],
            row["keywords"] or "",
            Decimal(row["reward"]),
            row["assignment_duration"],
            row["open"],
            row["newest"],
            of_group,
        )
        for row, of_group in found
        if not refusing(of_group, "Discover")
    ]


def next_hit(ctx: Context, worker_id: str, hit_type_id: str) -> str | None:
    """A HIT of the type, or of the group with this id, that the worker could do; one given back comes last (guessed).

    Whether the worker is eligible is asked at the preview, and when it is accepted.
    """
    row = ctx.db.execute(
        f"""SELECT hits.id FROM hits JOIN hit_types ON hit_types.id = hit_type_id
        WHERE :type IN (hit_types.id, group_id) AND {_OPEN}
        ORDER BY EXISTS (SELECT 1 FROM assignments WHERE hit_id = hits.id AND worker_id = :worker), hits.sequence
        LIMIT 1""",  # noqa: S608
        {"now": ctx.now, "worker": worker_id, "type": hit_type_id},
    ).fetchone()
    return None if row is None else str(row["id"])


def preview(ctx: Context, worker_id: str, hit_id: str) -> Offer:
    """The HIT as the worker sees it before accepting; a blocked worker sees it too (documented).

    Raises:
        WorkerRefusedError: it is not there (any more), or the worker does not meet what guards the preview.

    """
    hit = _hit(ctx, hit_id)
    found = verdicts(ctx, facts_of(ctx, worker_id), requirements_of(hit))
    _refuse(refusing(found, "Preview"))
    return Offer(
        hit["id"],
        hit["hit_type_id"],
        hit["group_id"],
        hit["title"],
        hit["description"],
        hit["keywords"] or "",
        Decimal(hit["reward"]),
        hit["assignment_duration"],
        hit["expiration"],
        hit["question"],
        found,
        _obstacle(ctx, worker_id, hit) or _unmet(refusing(found, "Accept")),
    )


def accept(ctx: Context, worker_id: str, hit_id: str) -> str:
    """Take the HIT; the assignment's id. A worker does each HIT once at most (documented).

    A HIT that was returned, or not handed in in time, may be accepted again (guessed). All requirements have to be met,
    and a blocked worker can accept nothing (both documented).

    Raises:
        WorkerRefusedError: the worker may not, or none is left.

    """
    facts = facts_of(ctx, worker_id)
    hit = _hit(ctx, hit_id)
    if obstacle := _obstacle(ctx, worker_id, hit):
        raise WorkerRefusedError(obstacle)
    _refuse(refusing(verdicts(ctx, facts, requirements_of(hit)), "Accept"))
    assignment_id = new_id()
    ctx.db.execute(
        """INSERT INTO assignments (id, hit_id, worker_id, status, accept_time, deadline)
        VALUES (?, ?, ?, 'Accepted', ?, ?)""",
        (assignment_id, hit_id, worker_id, ctx.now, ctx.now + hit["assignment_duration"]),
    )
    emit(ctx, "AssignmentAccepted", hit_id, assignment_id)
    return assignment_id


def give_back(ctx: Context, worker_id: str, assignment_id: str) -> None:
    """Return an assignment that is under way: somebody else, or the same worker, may accept it (documented).

    Raises:
        WorkerRefusedError: it is not under way.

    """
    assignment = _under_way(ctx, worker_id, assignment_id)
    ctx.db.execute("UPDATE assignments SET status = 'Returned' WHERE id = ?", (assignment_id,))
    emit(ctx, "AssignmentReturned", assignment["hit_id"], assignment_id)
    assignment_returned(ctx, assignment["hit_id"])


def submit(ctx: Context, worker_id: str, assignment_id: str, answers: Sequence[tuple[str, str]]) -> None:
    """Hand in the fields of a form, in its order.

    Until the assignment's deadline, and also when the HIT expired in the meantime (documented). The delay after which
    the work counts as approved begins now (documented).

    Raises:
        WorkerRefusedError: it is not under way, or something that has to be answered is not.

    """
    assignment = _under_way(ctx, worker_id, assignment_id)
    hit = _hit(ctx, assignment["hit_id"])
    ctx.db.execute(
        """UPDATE assignments SET status = 'Submitted', submit_time = ?, auto_approval_time = ?, answer = ?
        WHERE id = ?""",
        (ctx.now, ctx.now + hit["auto_approval_delay"], _document(hit["question"], answers), assignment_id),
    )
    emit(ctx, "AssignmentSubmitted", hit["id"], assignment_id)
    assignment_submitted(ctx, assignment_id)


def task(ctx: Context, worker_id: str, assignment_id: str) -> Task:
    """One assignment of the worker.

    Raises:
        WorkerRefusedError: it is not there, or somebody else's.

    """
    if found := _tasks(ctx, "assignments.id = ? AND worker_id = ?", assignment_id, worker_id):
        return found[0]
    raise WorkerRefusedError(_NOT_YOURS)


def tasks(ctx: Context, worker_id: str) -> list[Task]:
    """What the worker has accepted and not handed in yet, the next deadline first."""
    return _tasks(ctx, "worker_id = ? AND status = 'Accepted' ORDER BY deadline", worker_id)


def history(ctx: Context, worker_id: str) -> list[Task]:
    """What became of all the other assignments of the worker, the latest first."""
    return _tasks(ctx, "worker_id = ? AND status <> 'Accepted' ORDER BY assignments.sequence DESC", worker_id)


def find_assignment(ctx: Context, assignment_id: str) -> sqlite3.Row:
    """An assignment, whoever's it is.

    Raises:
        WorkerRefusedError: there is none with this id.

    """
    row = ctx.db.execute("SELECT * FROM assignments WHERE id = ?", (assignment_id,)).fetchone()
    if row is None:
        raise WorkerRefusedError("There is no assignment with this id.")
    return row  # type: ignore[no-any-return]


def _hit(ctx: Context, hit_id: str) -> sqlite3.Row:
    try:
        hit = find_hit(ctx, hit_id)
    except WireError:
        raise WorkerRefusedError("There is no HIT with this id.") from None
    if hit["deleted"]:
        raise WorkerRefusedError("This HIT is not there any more: its requester deleted it.")
    return hit


def _obstacle(ctx: Context, worker_id: str, hit: sqlite3.Row) -> str | None:
    """Why nobody, or this worker, can accept the HIT, whatever its requirements are."""
    db = ctx.db
    mine = db.execute(
        f"SELECT status FROM assignments WHERE hit_id = ? AND worker_id = ? AND {_TAKEN}",  # noqa: S608
        (hit["id"], worker_id),
    ).fetchone()
    if mine is not None:
        doing = mine["status"] == "Accepted"
        return "You are working on this HIT already." if doing else "You have done this HIT already, and may only once."
    if hit["expiration"] <= ctx.now:
        return "This HIT has expired: it can't be accepted any more."
    if db.execute("SELECT 1 FROM blocks WHERE worker_id = ?", (worker_id,)).fetchone():
        return "The requester of this HIT has blocked you: you can look at it, but not accept it."
    taken = db.execute(
        f"SELECT count(*) AS count FROM assignments WHERE hit_id = ? AND {_TAKEN}",  # noqa: S608
        (hit["id"],),
    ).fetchone()
    return None if taken["count"] < hit["max_assignments"] else "All assignments of this HIT are taken: none is left."


def _unmet(found: Sequence[Verdict]) -> str | None:
    return (
        " ".join(["You do not meet what this HIT requires.", *(each.sentence() for each in found)]) if found else None
    )


def _refuse(found: Sequence[Verdict]) -> None:
    if unmet := _unmet(found):
        raise WorkerRefusedError(unmet)


def _under_way(ctx: Context, worker_id: str, assignment_id: str) -> sqlite3.Row:
    """An assignment that the worker can still hand in or return."""
    assignment = find_assignment(ctx, assignment_id)
    if assignment["worker_id"] != worker_id:
        raise WorkerRefusedError(_NOT_YOURS)
    # the deadline may have passed in the moment since time was last looked at
    if assignment["status"] == "Abandoned" or (
        assignment["status"] == "Accepted" and ctx.now >= assignment["deadline"]
    ):
        raise WorkerRefusedError("The time for this assignment is over: it can't be handed in any more.")
    if assignment["status"] == "Returned":
        raise WorkerRefusedError("You have returned this assignment.")
    if assignment["status"] != "Accepted":
        raise WorkerRefusedError("You have handed in this assignment already.")
    return assignment


def _document(question: str, fields: Sequence[tuple[str, str]]) -> str:
    """The QuestionFormAnswers that the requester gets."""
    questions = questions_of(question)
    if questions is None:
        return build(of_fields(fields))
    check_fields(questions, fields)
    return build(of_form(questions, fields))


def _tasks(ctx: Context, where: str, *values: str) -> list[Task]:
    rows = ctx.db.execute(
        f"""SELECT assignments.*, hit_type_id, group_id, title, description, reward, question, (
            SELECT coalesce(sum(amount_cents), 0) FROM payments WHERE assignment_id = assignments.id AND kind = 'Bonus'
        ) AS bonus_cents
        FROM assignments JOIN hits ON hits.id = hit_id JOIN hit_types ON hit_types.id = hit_type_id
        WHERE {where}""",  # noqa: S608
        values,
    )
    return [
        Task(
            row["id"],
            row["hit_id"],
            row["hit_type_id"],
            row["group_id"],
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
        for row in rows
    ]
