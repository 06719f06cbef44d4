"""Workers' requests for qualifications, and their tests.

Requests are never deleted: the time of the latest one decides when the next is possible.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import answer_keys, question_form_answers, workers
from pulumi_mturk.marketplace.domain.answer_validation import check_answers, read_questions
from pulumi_mturk.marketplace.domain.context import Context, new_id
from pulumi_mturk.marketplace.domain.qualification_types import find_type, state_of
from pulumi_mturk.marketplace.domain.qualifications import grant, score_of
from pulumi_mturk.marketplace.domain.requesters import name_of
from pulumi_mturk.marketplace.domain.value_ranges import LATEST_TIME
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import qualification_requests as stored_requests
from pulumi_mturk.marketplace.storage import qualification_types, started_tests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_mturk.marketplace.storage.sql import Row


@dataclass(frozen=True)
class RequestableType:
    """A qualification type that workers can request."""

    id: str
    requester: str
    """The requester's name."""
    name: str
    description: str
    keywords: str
    has_test: bool
    test_duration: int | None
    scored: bool
    """Whether an answer key scores the test at once; else the request waits for the requester."""
    auto_granted: bool
    score: int | None
    """The worker's score; None if the qualification is not held."""
    pending: bool
    """Whether a request of the worker waits for the requester."""
    obstacle: str | None
    """Why the worker can't request it now, as text; None if the worker can."""


@dataclass(frozen=True)
class StartedTest:
    """A test that a worker has started and not submitted."""

    qualification_type_id: str
    name: str
    test: str
    """The QuestionForm XML."""
    deadline: float


@dataclass(frozen=True)
class RequestOutcome:
    """The result of a request: a score at once, or the id of a request that waits for the requester."""

    score: int | None
    request_id: str | None


def requestable_types(ctx: Context, worker_id: str, search: str = "") -> list[RequestableType]:
    """The active types, by name; `search` is a part of name, description or keywords.

    System types are not among them, as they can not be requested (documented).
    """
    return [found for _, found in types_for_worker(ctx, worker_id, search)]


def types_for_worker(
    ctx: Context, worker_id: str, search: str = "", after: tuple[str, int] = ("", 0)
) -> Iterator[tuple[tuple[str, int], RequestableType]]:
    """As `requestable_types`, one after the other, each with its position: after that of `after`."""
    workers.find(ctx, worker_id)
    for row in qualification_types.by_name(ctx.db, search, after):
        if state_of(ctx, row) == "Active":
            yield (row["sort_name"], row["sequence"]), _requestable_type(ctx, row, worker_id)


def requestable_type(ctx: Context, worker_id: str, qualification_type_id: str) -> RequestableType | None:
    """An active type, or None."""
    workers.find(ctx, worker_id)
    found = find_type(ctx, qualification_type_id)
    return None if found is None or found[1] != "Active" else _requestable_type(ctx, found[0], worker_id)


def pending_types(ctx: Context, worker_id: str, after: str = "") -> Iterator[tuple[str, RequestableType]]:
    """The active types that the worker has requested and that wait for the requester, each with its id as position."""
    for identity in stored_requests.types_pending(ctx.db, worker_id, after):
        found = requestable_type(ctx, worker_id, identity)
        if found is not None:
            yield identity, found


def _requestable_type(ctx: Context, row: Row, worker_id: str) -> RequestableType:
    return RequestableType(
        row["id"],
        name_of(ctx, row["account"]),
        row["name"],
        row["description"],
        row["keywords"] or "",
        row["test"] is not None,
        row["test_duration"] if row["test"] is not None else None,
        row["answer_key"] is not None,
        bool(row["auto_granted"]),
        score_of(ctx, row["id"], worker_id),
        stored_requests.is_pending(ctx.db, row["id"], worker_id),
        _reason_against(ctx, row, worker_id),
    )


def start_test(ctx: Context, worker_id: str, qualification_type_id: str) -> StartedTest:
    """Start a test, or continue the started one: this does not extend the time.

    The time counts from the start to the submission (documented). A test that is not submitted in time counts as an
    attempt (guessed).

    Raises:
        WorkerRefusedError: the type has no test, or it can't be taken now.

    """
    row = _requestable(ctx, worker_id, qualification_type_id)
    if row["test"] is None:
        raise WorkerRefusedError("This qualification has no test: ask for it.")
    started = _find_started_test(ctx, row, worker_id)
    if started is not None and ctx.now < started.deadline:
        return started
    _refuse(_reason_against(ctx, row, worker_id))
    started_tests.start(ctx.db, worker_id, row["id"], ctx.now)
    return StartedTest(row["id"], row["name"], row["test"], ctx.now + row["test_duration"])


def started_test(ctx: Context, worker_id: str, qualification_type_id: str) -> StartedTest:
    """The test that the worker has started.

    Raises:
        WorkerRefusedError: none was started, or its time is over.

    """
    started = _find_started_test(ctx, _requestable(ctx, worker_id, qualification_type_id), worker_id)
    if started is None:
        raise WorkerRefusedError("Begin the test of this qualification first.")
    if ctx.now >= started.deadline:
        raise WorkerRefusedError("The time for this test is over.")
    return started


def request_qualification(
    ctx: Context, worker_id: str, qualification_type_id: str, fields: Sequence[tuple[str, str]] | None = None
) -> RequestOutcome:
    """Request a qualification; if it has a test, that has to be started, and `fields` are its answers.

    Raises:
        WorkerRefusedError: it can't be had now, the time is over, or something that has to be answered is not.

    """
    row = _requestable(ctx, worker_id, qualification_type_id)
    if row["test"] is None:
        return _decide(ctx, row, worker_id, None)
    started_test(ctx, worker_id, qualification_type_id)
    if fields is None:
        raise WorkerRefusedError("This qualification has a test: answer it.")
    questions = read_questions(row["test"], ctx.switches) or ()
    check_answers(questions, fields)
    return _decide(
        ctx, row, worker_id, question_form_answers.to_xml(question_form_answers.from_question_form(questions, fields))
    )


def request_with_document(
    ctx: Context, worker_id: str, qualification_type_id: str, document: str | None
) -> RequestOutcome:
    """Request a qualification with a QuestionFormAnswers document, without starting its test: for tests.

    Raises:
        WorkerRefusedError: it can't be had now.

    """
    return _decide(ctx, _requestable(ctx, worker_id, qualification_type_id), worker_id, document)


def _decide(ctx: Context, row: Row, worker_id: str, document: str | None) -> RequestOutcome:
    """Store a request, and grant at once what needs no requester.

    A type that is auto-granted gives its value at once, a test with an answer key its score, also if the worker
    holds another one (guessed), and everything else waits for the requester (documented).
    """
    _refuse(_reason_against(ctx, row, worker_id, handing_in=True))
    score = _score(row, document)
    request_id = new_id(ctx)
    stored_requests.insert(
        ctx.db,
        id=request_id,
        account=row["account"],
        qualification_type_id=row["id"],
        worker_id=worker_id,
        test=row["test"],
        answer=document,
        status="Pending" if score is None else "Granted",
        submit_time=ctx.now,
    )
    started_tests.end(ctx.db, worker_id, row["id"])
    if score is None:
        return RequestOutcome(None, request_id)
    grant(ctx, row["id"], worker_id, score)
    return RequestOutcome(score, None)


def _score(row: Row, document: str | None) -> int | None:
    """The value to grant at once; None if the requester decides."""
    if row["auto_granted"]:
        return 1 if row["auto_granted_value"] is None else int(row["auto_granted_value"])
    if row["answer_key"] is None or document is None:
        return None
    try:
        return answer_keys.score(row["answer_key"], question_form_answers.parse_answers(document))
    except (answer_keys.InvalidAnswerKeyError, question_form_answers.InvalidAnswersError):
        return None  # neither is validated against a schema (guessed)


def _requestable(ctx: Context, worker_id: str, qualification_type_id: str) -> Row:
    """A type that workers can request: an active one (documented), also for blocked workers (guessed)."""
    workers.find(ctx, worker_id)
    found = find_type(ctx, qualification_type_id)
    if found is None or found[1] != "Active":
        raise WorkerRefusedError("The qualification type is not there, or not active: no worker can request it.")
    return found[0]


def _reason_against(ctx: Context, row: Row, worker_id: str, *, handing_in: bool = False) -> str | None:
    """Why the worker can't request this type now; None if the worker can.

    Without a retry delay one request is allowed, whatever its result, else one after each delay (documented). None is
    allowed while a request is pending (guessed).
    """
    if stored_requests.is_pending(ctx.db, row["id"], worker_id):
        return "You have asked for this qualification: the requester has not answered yet."
    latest = _latest_try(ctx, row, worker_id, handing_in=handing_in)
    if latest is None:
        return None
    if row["retry_delay"] is None or latest + row["retry_delay"] > LATEST_TIME:  # beyond the range of dates
        return "You have asked for this qualification before, and it can be asked for only once."
    again = latest + row["retry_delay"]
    if ctx.now >= again:
        return None
    when = datetime.datetime.fromtimestamp(again, datetime.UTC)
    return f"You have asked for this qualification before: you can try again from {when:%Y-%m-%d %H:%M:%S} UTC."


def _latest_try(ctx: Context, row: Row, worker_id: str, *, handing_in: bool) -> float | None:
    """The time of the latest request or missed test deadline; `handing_in` leaves out the test being submitted."""
    requested = stored_requests.latest_time(ctx.db, row["id"], worker_id)
    started = None if handing_in else _find_started_test(ctx, row, worker_id)
    missed = started.deadline if started is not None and started.deadline <= ctx.now else None
    return max((time for time in (requested, missed) if time is not None), default=None)


def _find_started_test(ctx: Context, row: Row, worker_id: str) -> StartedTest | None:
    """The started test, also after its deadline."""
    started = started_tests.started(ctx.db, worker_id, row["id"])
    if started is None or row["test"] is None:
        return None
    return StartedTest(row["id"], row["name"], row["test"], started + row["test_duration"])


def _refuse(obstacle: str | None) -> None:
    if obstacle is not None:
        raise WorkerRefusedError(obstacle)
