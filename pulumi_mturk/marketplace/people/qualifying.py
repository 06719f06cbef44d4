"""How workers get qualifications: asked for, tested, scored.

A request is kept whatever came of it: how long ago the latest was decides when the next one is possible.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.context import new_id
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.people import answers, profiles, scoring
from pulumi_mturk.marketplace.people.forms import check_fields, questions_of
from pulumi_mturk.marketplace.protocol import LATEST
from pulumi_mturk.marketplace.requester.grants import grant
from pulumi_mturk.marketplace.type_store import find_own, state_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from pulumi_mturk.marketplace.context import Context


@dataclass(frozen=True)
class RequestableType:
    """A qualification type that workers can ask for."""

    id: str
    name: str
    description: str
    keywords: str
    has_test: bool
    test_duration: int | None
    scored: bool
    """Whether an answer key gives the score at once; else a test waits for the requester."""
    auto_granted: bool
    score: int | None
    """What the worker holds; None: nothing."""
    pending: bool
    """Whether a request of the worker waits for the requester."""
    obstacle: str | None
    """Why the worker can't ask for it now, in words; None where nothing is in the way."""


@dataclass(frozen=True)
class Sitting:
    """A test that a worker has begun."""

    qualification_type_id: str
    name: str
    test: str
    """The QuestionForm XML."""
    deadline: float


@dataclass(frozen=True)
class Outcome:
    """What a request led to: a score at once, or a request that waits for the requester."""

    score: int | None
    request_id: str | None


@dataclass(frozen=True)
class Held:
    """A qualification that a worker holds."""

    qualification_type_id: str
    name: str
    description: str
    score: int
    grant_time: float


def types(ctx: Context, worker_id: str, search: str = "") -> list[RequestableType]:
    """The active types, by name; `search` is a part of name, description or keywords.

    The types of the system are not among them: nobody can request one (documented).
    """
    profiles.find(ctx, worker_id)
    scores = {found.qualification_type_id: found.score for found in held(ctx, worker_id)}
    rows = ctx.db.execute(
        """SELECT * FROM qualification_types
        WHERE instr(casefold(name || '\n' || description || '\n' || coalesce(keywords, '')), ?)
        ORDER BY casefold(name)""",
        (search.casefold(),),
    )
    return [
        RequestableType(
            row["id"],
            row["name"],
            row["description"],
            row["keywords"] or "",
            row["test"] is not None,
            row["test_duration"] if row["test"] is not None else None,
            row["answer_key"] is not None,
            bool(row["auto_granted"]),
            scores.get(row["id"]),
            _is_pending(ctx, row["id"], worker_id),
            _obstacle(ctx, row, worker_id),
        )
        for row in rows.fetchall()
        if state_of(ctx, row) == "Active"
    ]


def begin(ctx: Context, worker_id: str, qualification_type_id: str) -> Sitting:
    """Begin a test, or go on with the one begun: looking at it again gives no more time.

    The time runs from here to when the answers come in (documented). A test that was not handed in by then counts as a
    try (guessed).

    Raises:
        WorkerRefusedError: there is no test, or it can't be taken now.

    """
    row = _requestable(ctx, worker_id, qualification_type_id)
    if row["test"] is None:
        raise WorkerRefusedError("This qualification has no test: ask for it.")
    begun = _sitting(ctx, row, worker_id)
    if begun is not None and ctx.now < begun.deadline:
        return begun
    _refuse(_obstacle(ctx, row, worker_id))
    ctx.db.execute(
        "INSERT OR REPLACE INTO sittings (worker_id, qualification_type_id, started) VALUES (?, ?, ?)",
        (worker_id, row["id"], ctx.now),
    )
    return Sitting(row["id"], row["name"], row["test"], ctx.now + row["test_duration"])


def sitting(ctx: Context, worker_id: str, qualification_type_id: str) -> Sitting:
    """The test that the worker is taking.

    Raises:
        WorkerRefusedError: it was not begun, or the time is over.

    """
    begun = _sitting(ctx, _requestable(ctx, worker_id, qualification_type_id), worker_id)
    if begun is None:
        raise WorkerRefusedError("Begin the test of this qualification first.")
    if ctx.now >= begun.deadline:
        raise WorkerRefusedError("The time for this test is over.")
    return begun


def request(
    ctx: Context, worker_id: str, qualification_type_id: str, fields: Sequence[tuple[str, str]] | None = None
) -> Outcome:
    """Ask for a qualification, with the fields of its test if it has one, and the test begun.

    Raises:
        WorkerRefusedError: it can't be had now, the time is over, or something that has to be answered is not.

    """
    row = _requestable(ctx, worker_id, qualification_type_id)
    if row["test"] is None:
        return _decide(ctx, row, worker_id, None)
    sitting(ctx, worker_id, qualification_type_id)
    if fields is None:
        raise WorkerRefusedError("This qualification has a test: answer it.")
    questions = questions_of(row["test"]) or ()
    check_fields(questions, fields)
    return _decide(ctx, row, worker_id, answers.build(answers.of_form(questions, fields)))


def request_with_document(ctx: Context, worker_id: str, qualification_type_id: str, document: str | None) -> Outcome:
    """Ask for a qualification with a QuestionFormAnswers document, and no test begun: a short way for tests.

    Raises:
        WorkerRefusedError: it can't be had now.

    """
    return _decide(ctx, _requestable(ctx, worker_id, qualification_type_id), worker_id, document)


def held(ctx: Context, worker_id: str) -> list[Held]:
    """What the worker holds, by name."""
    rows = ctx.db.execute(
        """SELECT qualification_types.id, name, description, value, grant_time
        FROM grants JOIN qualification_types ON qualification_types.id = qualification_type_id
        WHERE worker_id = ? AND grants.status = 'Granted' ORDER BY casefold(name)""",
        (worker_id,),
    )
    return [Held(row["id"], row["name"], row["description"], row["value"], row["grant_time"]) for row in rows]


def _decide(ctx: Context, row: sqlite3.Row, worker_id: str, document: str | None) -> Outcome:
    """What a request leads to.

    A type that is auto-granted gives its value at once, a test with an answer key its score, also instead of the score
    held before (guessed), and everything else waits for the requester (documented).
    """
    _refuse(_obstacle(ctx, row, worker_id, handing_in=True))
    score = _score(row, document)
    request_id = new_id()
    ctx.db.execute(
        """INSERT INTO qualification_requests (id, qualification_type_id, worker_id, test, answer, status, submit_time)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (request_id, row["id"], worker_id, row["test"], document, "Pending" if score is None else "Granted", ctx.now),
    )
    ctx.db.execute("DELETE FROM sittings WHERE worker_id = ? AND qualification_type_id = ?", (worker_id, row["id"]))
    if score is None:
        return Outcome(None, request_id)
    grant(ctx, row["id"], worker_id, score)
    return Outcome(score, None)


def _score(row: sqlite3.Row, document: str | None) -> int | None:
    """The value to grant at once; None: a person decides."""
    if row["auto_granted"]:
        return 1 if row["auto_granted_value"] is None else int(row["auto_granted_value"])
    if row["answer_key"] is None or document is None:
        return None
    try:
        return scoring.score(row["answer_key"], answers.read(document))
    except (scoring.UnusableKeyError, answers.UnreadableAnswersError):
        return None  # nobody checked either against a schema (guessed)


def _requestable(ctx: Context, worker_id: str, qualification_type_id: str) -> sqlite3.Row:
    """A type that workers can ask for: an active one (documented), also for workers who are blocked (guessed)."""
    profiles.find(ctx, worker_id)
    found = find_own(ctx, qualification_type_id)
    if found is None or found[1] != "Active":
        raise WorkerRefusedError("The qualification type is not there, or not active: no worker can request it.")
    return found[0]


def _obstacle(ctx: Context, row: sqlite3.Row, worker_id: str, *, handing_in: bool = False) -> str | None:
    """Why the worker can't ask for this type now.

    Once for ever, also for who was not granted it, or after the retry delay since the latest request (documented).
    Not while a request waits for the requester (guessed).
    """
    if _is_pending(ctx, row["id"], worker_id):
        return "You have asked for this qualification: the requester has not answered yet."
    latest = _latest_try(ctx, row, worker_id, handing_in=handing_in)
    if latest is None:
        return None
    if row["retry_delay"] is None or latest + row["retry_delay"] > LATEST:  # beyond what a date can hold
        return "You have asked for this qualification before, and it can be asked for only once."
    again = latest + row["retry_delay"]
    if ctx.now >= again:
        return None
    when = datetime.datetime.fromtimestamp(again, datetime.UTC)
    return f"You have asked for this qualification before: you can try again from {when:%Y-%m-%d %H:%M:%S} UTC."


def _latest_try(ctx: Context, row: sqlite3.Row, worker_id: str, *, handing_in: bool) -> float | None:
    """When the worker asked for the type last, or ran out of time in its test; the test handed in now is no try yet."""
    requested = ctx.db.execute(
        "SELECT max(submit_time) FROM qualification_requests WHERE qualification_type_id = ? AND worker_id = ?",
        (row["id"], worker_id),
    ).fetchone()[0]
    begun = None if handing_in else _sitting(ctx, row, worker_id)
    missed = begun.deadline if begun is not None and begun.deadline <= ctx.now else None
    return max((time for time in (requested, missed) if time is not None), default=None)


def _sitting(ctx: Context, row: sqlite3.Row, worker_id: str) -> Sitting | None:
    """The test that was begun, and not handed in, whether the time for it is over or not."""
    found = ctx.db.execute(
        "SELECT started FROM sittings WHERE worker_id = ? AND qualification_type_id = ?", (worker_id, row["id"])
    ).fetchone()
    if found is None or row["test"] is None:
        return None
    return Sitting(row["id"], row["name"], row["test"], found["started"] + row["test_duration"])


def _is_pending(ctx: Context, qualification_type_id: str, worker_id: str) -> bool:
    return (
        ctx.db.execute(
            """SELECT 1 FROM qualification_requests
            WHERE status = 'Pending' AND qualification_type_id = ? AND worker_id = ?""",
            (qualification_type_id, worker_id),
        ).fetchone()
        is not None
    )


def _refuse(obstacle: str | None) -> None:
    if obstacle is not None:
        raise WorkerRefusedError(obstacle)
