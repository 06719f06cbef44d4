"""The worker's pages on qualifications: what there is, what is held, asking for one, and taking its test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, request

from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.people import qualifying
from pulumi_mturk.marketplace.site import visitor
from pulumi_mturk.marketplace.site.question_forms import read_answers, read_form

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.context import Context
    from pulumi_mturk.marketplace.people.qualifying import RequestableType, Sitting

blueprint: Final = Blueprint("qualification_pages", __name__)
blueprint.before_request(visitor.refuse_others)


@blueprint.get("/qualifications")
def search() -> str:
    """Qualification types that the worker can ask for."""
    words = request.args.get("search", "").strip()
    with visitor.marketplace().reading() as ctx:
        types = qualifying.types(ctx, visitor.worker(), words)
    return visitor.page("qualifications.html", types=types, search=words)


@blueprint.get("/qualifications/assigned")
def assigned() -> str:
    """What the worker holds."""
    with visitor.marketplace().reading() as ctx:
        held = qualifying.held(ctx, visitor.worker())
    return visitor.page("held.html", held=held)


@blueprint.get("/qualifications/pending")
def pending() -> str:
    """What the worker asked for, and nobody has answered yet."""
    with visitor.marketplace().reading() as ctx:
        types = [each for each in qualifying.types(ctx, visitor.worker()) if each.pending]
    return visitor.page("pending.html", types=types)


@blueprint.get("/qualifications/<type_id>")
@blueprint.get("/qualifications/<type_id>/request")
def one(type_id: str) -> str:
    """A qualification type, with the button that asks for it or begins its test."""
    with visitor.marketplace().reading() as ctx:
        found = _type(ctx, visitor.worker(), type_id)
    return visitor.page("qualification.html", type=found)


@blueprint.post("/qualifications/<type_id>/test")
def test(type_id: str) -> str:
    """Begin the test, or go on with it."""
    with visitor.marketplace().writing() as ctx:
        sitting = qualifying.begin(ctx, visitor.worker(), type_id)
        return _test_page(sitting, ctx.now, {}, {})


@blueprint.post("/qualifications/<type_id>/request")
def ask(type_id: str) -> Any:
    """Ask for the qualification; with a test, hand it in."""
    worker_id = visitor.worker()
    answers = None
    with visitor.marketplace().writing() as ctx:
        found = _type(ctx, worker_id, type_id)
        if found.has_test:
            sitting = qualifying.sitting(ctx, worker_id, type_id)
            values = request.form.to_dict(flat=False)
            given = read_answers(read_form(sitting.test), values)
            if given.problems:
                return _test_page(sitting, ctx.now, values, given.problems), 422
            answers = given.answers
        outcome = qualifying.request(ctx, worker_id, type_id, answers)
    return visitor.page("outcome.html", type=found, outcome=outcome)


def _type(ctx: Context, worker_id: str, type_id: str) -> RequestableType:
    found = next((each for each in qualifying.types(ctx, worker_id) if each.id == type_id), None)
    if found is None:
        raise WorkerRefusedError("There is no qualification with this id that workers can ask for.")
    return found


def _test_page(sitting: Sitting, now: float, values: dict[str, list[str]], problems: dict[int, str]) -> str:
    left = sitting.deadline - now
    form = read_form(sitting.test)
    return visitor.page("test.html", sitting=sitting, left=left, form=form, values=values, problems=problems)
