"""The worker's pages on qualifications: search, held and pending ones, request and test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, request

from pulumi_mturk.marketplace.domain import qualification_requests, qualifications
from pulumi_mturk.marketplace.domain.question_forms import read_form
from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.web import paging, session
from pulumi_mturk.marketplace.web.form_input import read_form_input

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.qualification_requests import RequestableType, StartedTest

blueprint: Final = Blueprint("qualification_pages", __name__)


@blueprint.get("/qualifications")
def search() -> str:
    """Search the qualification types that workers can request."""
    words = request.args.get("search", "").strip()
    with session.marketplace().reading() as ctx:
        after = paging.position("", 0)
        found = qualification_requests.types_for_worker(ctx, session.require_worker(), words, after)
        types, more = paging.page(found)
    return session.render("qualifications.html", types=types, search=words, more=more)


@blueprint.get("/qualifications/assigned")
def assigned() -> str:
    """The worker's qualifications."""
    with session.marketplace().reading() as ctx:
        (before,) = paging.position(INT64[-1])
        held, more = paging.page(qualifications.qualifications_before(ctx, session.require_worker(), before))
    return session.render("held.html", held=held, more=more)


@blueprint.get("/qualifications/pending")
def pending() -> str:
    """The worker's pending requests."""
    with session.marketplace().reading() as ctx:
        (after,) = paging.position("")
        types, more = paging.page(qualification_requests.pending_types(ctx, session.require_worker(), after))
    types.sort(key=lambda each: each.name.casefold())
    return session.render("pending.html", types=types, more=more)


@blueprint.get("/qualifications/<type_id>")
@blueprint.get("/qualifications/<type_id>/request")
def one(type_id: str) -> str:
    """A qualification type, with the button to request it or to start its test."""
    with session.marketplace().reading() as ctx:
        found = _type(ctx, session.require_worker(), type_id)
    return session.render("qualification.html", type=found)


@blueprint.post("/qualifications/<type_id>/test")
def test(type_id: str) -> str:
    """Start the test, or continue it."""
    with session.marketplace().writing() as ctx:
        started = qualification_requests.start_test(ctx, session.require_worker(), type_id)
        return _test_page(ctx, started, {}, {})


@blueprint.post("/qualifications/<type_id>/request")
def ask(type_id: str) -> Any:
    """Request the qualification; if it has a test, submit that."""
    worker_id = session.require_worker()
    answers = None
    with session.marketplace().writing() as ctx:
        found = _type(ctx, worker_id, type_id)
        if found.has_test:
            started = qualification_requests.started_test(ctx, worker_id, type_id)
            values = request.form.to_dict(flat=False)
            given = read_form_input(read_form(started.test, ctx.switches), values)
            if given.problems:
                return _test_page(ctx, started, values, given.problems), 422
            answers = given.answers
        outcome = qualification_requests.request_qualification(ctx, worker_id, type_id, answers)
    return session.render("outcome.html", type=found, outcome=outcome)


def _type(ctx: Context, worker_id: str, type_id: str) -> RequestableType:
    found = qualification_requests.requestable_type(ctx, worker_id, type_id)
    if found is None:
        raise WorkerRefusedError("There is no qualification with this id that workers can ask for.")
    return found


def _test_page(ctx: Context, started: StartedTest, values: dict[str, list[str]], problems: dict[int, str]) -> str:
    left = started.deadline - ctx.now
    form = read_form(started.test, ctx.switches)
    return session.render("test.html", started=started, left=left, form=form, values=values, problems=problems)
