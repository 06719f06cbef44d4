"""The worker's pages on HITs: selecting a worker, finding and doing HITs, and the dashboard.

The paths are those of AWS's worker site (observed), so that links which tools print work here. There a link to
/accept_random accepts at once (observed); here it shows the HIT with the button, since a GET changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, redirect, request, url_for

from pulumi_mturk.marketplace.domain import (
    eligibility,
    hit_types,
    worker_assignments,
    worker_attributes,
    worker_hits,
    worker_notifications,
    worker_statistics,
    workers,
)
from pulumi_mturk.marketplace.domain.hit_types import find_group
from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.domain.worker_hits import FIRST
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.web import paging, session
from pulumi_mturk.marketplace.web.form_input import read_form_input
from pulumi_mturk.marketplace.web.question_frames import frame_address, site_address
from pulumi_mturk.marketplace.web.question_view import Frame, QuestionView, frame_for, read_question

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.worker_assignments import WorkerAssignment

blueprint: Final = Blueprint("hit_pages", __name__)
_NONE_LEFT: Final = "There is no HIT in this group that you could do now: none is left, or none for you."
HISTORIES: Final = ("accepted", "submitted", "abandoned", "returned", "approved", "rejected")


@blueprint.get("/")
def home() -> Any:
    """Redirect to the list of HITs, as AWS's site does."""
    return redirect(
        url_for("hit_pages.projects") + (f"?{query}" if (query := request.query_string.decode("latin-1")) else ""), 303
    )


@blueprint.get("/worker")
def worker() -> Any:
    """Show the page to select or register a worker; where workers sign in, the account."""
    if session.identity().fenced:
        return redirect(url_for("sign_in_pages.account"), 303)
    back = session.local_address(request.args.get("next"), url_for("hit_pages.projects"))
    return session.render("worker.html", next=back, given={}, histories=HISTORIES)


@blueprint.post("/worker/choose")
def choose() -> Any:
    """Select a registered worker."""
    worker_id = request.form.get("worker_id", "").strip()
    try:
        with session.marketplace().reading() as ctx:
            workers.find(ctx, worker_id)
    except WorkerRefusedError as error:
        return _selection_page(error)
    return session.select_worker(_redirect_back(), worker_id)


@blueprint.post("/worker/register")
def register() -> Any:
    """Register a worker and select it."""
    form = request.form
    numbers = {name: form.get(name, "").strip() or "0" for name in HISTORIES}
    try:
        for name, number in numbers.items():
            if not (number.isascii() and number.isdigit() and len(number) < 10):
                raise WorkerRefusedError("The numbers of assignments must be whole numbers from 0.", field=name)
        profile = WorkerProfile(
            worker_id=workers.new_worker_id(),
            country=form.get("country", "").strip().upper() or None,
            subdivision=form.get("subdivision", "").strip().upper() or None,
            masters="masters" in form,
            adult="adult" in form,
            history=WorkHistory(*map(int, numbers.values())),
        )
        with session.marketplace().writing() as ctx:
            workers.register(ctx, profile)
    except WorkerRefusedError as error:
        return _selection_page(error)
    return session.select_worker(_redirect_back(), profile.worker_id)


@blueprint.post("/worker/leave")
def leave() -> Any:
    """Select no worker."""
    return session.deselect_worker(redirect(url_for("hit_pages.worker"), 303))


@blueprint.get("/projects")
def projects() -> str:
    """The groups of HITs that the worker can find."""
    search = request.args.get("filters[search_term]", request.args.get("search", "")).strip()
    with session.marketplace().reading() as ctx:
        before = paging.position(FIRST, 0)
        groups, more = paging.page(worker_hits.groups_of_worker(ctx, session.require_worker(), search, before))
    return session.render("projects.html", groups=groups, search=search, more=more)


@blueprint.get("/projects/<group_id>/tasks")
@blueprint.get("/projects/<group_id>/tasks/accept_random", endpoint="panda")
def next_task(group_id: str) -> Any:
    """Preview the next HIT of a group."""
    with session.marketplace().reading() as ctx:
        hit_id = worker_hits.next_hit(ctx, session.require_worker(), group_id)
    return _preview(group_id, hit_id)


@blueprint.post("/projects/<group_id>/tasks/accept_random")
def accept_next(group_id: str) -> Any:
    """Accept the next HIT of a group."""
    try:
        with session.marketplace().writing() as ctx:
            hit_id = worker_hits.next_hit(ctx, session.require_worker(), group_id)
            if hit_id is None:
                raise WorkerRefusedError(_NONE_LEFT)
            assignment_id = worker_assignments.accept(ctx, session.require_worker(), hit_id)
    except WorkerRefusedError as error:
        return _refusal(group_id, error)
    return _redirect_to_task(group_id, hit_id, assignment_id)


@blueprint.get("/projects/<group_id>/tasks/<hit_id>")
def one_task(group_id: str, hit_id: str) -> Any:
    """A HIT of a group: its preview, or the accepted assignment."""
    assignment_id = request.args.get("assignment_id")
    if assignment_id is None:
        return _preview(group_id, hit_id)
    with session.marketplace().reading() as ctx:
        task = worker_assignments.get_assignment(ctx, session.require_worker(), assignment_id)
    return _task_page(task, read_question(task.question, ctx.switches))


@blueprint.post("/projects/<group_id>/tasks/<hit_id>/accept")
def accept(group_id: str, hit_id: str) -> Any:
    """Accept this HIT."""
    try:
        with session.marketplace().writing() as ctx:
            assignment_id = worker_assignments.accept(ctx, session.require_worker(), hit_id)
    except WorkerRefusedError as error:
        return _refusal(group_id, error)
    return _redirect_to_task(group_id, hit_id, assignment_id)


@blueprint.get("/tasks")
def tasks() -> str:
    """The worker's accepted assignments."""
    with session.marketplace().reading() as ctx:
        after = paging.position(0.0, 0)
        found, more = paging.page(worker_assignments.accepted_assignments_after(ctx, session.require_worker(), after))
        now = ctx.now
    return session.render("tasks.html", tasks=found, now=now, more=more)


@blueprint.post("/tasks/<assignment_id>/return")
def return_assignment(assignment_id: str) -> Any:
    """Return an assignment."""
    with session.marketplace().writing() as ctx:
        worker_assignments.return_assignment(ctx, session.require_worker(), assignment_id)
    return redirect(url_for("hit_pages.tasks"), 303)


@blueprint.post("/tasks/<assignment_id>/submit")
def submit(assignment_id: str) -> Any:
    """Submit a question form."""
    worker_id = session.require_worker()
    with session.marketplace().reading() as ctx:
        task = worker_assignments.get_assignment(ctx, worker_id, assignment_id)
    question = read_question(task.question, ctx.switches)
    if question.form is None:
        raise WorkerRefusedError("The answers to this HIT are submitted on the requester's own page, in the frame.")
    values = request.form.to_dict(flat=False)
    given = read_form_input(question.form, values)
    if given.problems and task.status == "Accepted":
        return _task_page(task, question, values, given.problems), 422
    with session.marketplace().writing() as ctx:
        worker_assignments.submit(ctx, worker_id, assignment_id, given.answers)
    return session.render("done.html", task=task)


@blueprint.get("/dashboard")
def dashboard() -> str:
    """The worker's earnings, statistics and past assignments."""
    worker_id = session.require_worker()
    with session.marketplace().reading() as ctx:
        profile = workers.find(ctx, worker_id)
        statistics = worker_statistics.statistics_of(ctx, profile)
        rewards, bonuses = worker_statistics.earnings_of(ctx, worker_id)
        (before,) = paging.position(INT64[-1])
        done, more = paging.page(worker_assignments.past_assignments_before(ctx, worker_id, before))
    return session.render(
        "dashboard.html", profile=profile, statistics=statistics, done=done, more=more, rewards=rewards, bonuses=bonuses
    )


@blueprint.get("/messages")
def messages() -> str:
    """Notifications to the worker."""
    worker_id = session.require_worker()
    with session.marketplace().reading() as ctx:
        (before,) = paging.position(INT64[-1])
        received, more = paging.page(worker_notifications.messages_of_worker(ctx, worker_id, before))
    return session.render("messages.html", messages=received, more=more)


def _selection_page(error: WorkerRefusedError) -> Any:
    back = session.local_address(request.form.get("next"), url_for("hit_pages.projects"))
    page = session.render(
        "worker.html", next=back, given=request.form, histories=HISTORIES, problem=str(error), faulty=error.field
    )
    return page, 422


def _redirect_back() -> Any:
    return redirect(session.local_address(request.form.get("next"), url_for("hit_pages.projects")), 303)


def _redirect_to_task(group_id: str, hit_id: str, assignment_id: str) -> Any:
    address = url_for("hit_pages.one_task", group_id=group_id, hit_id=hit_id, assignment_id=assignment_id)
    return redirect(address, 303)


def _preview(group_id: str, hit_id: str | None) -> Any:
    worker_id = session.require_worker()
    try:
        if hit_id is None:
            raise WorkerRefusedError(_NONE_LEFT)
        with session.marketplace().reading() as ctx:
            hit_preview = worker_hits.preview(ctx, worker_id, hit_id)
    except WorkerRefusedError as error:
        return _refusal(group_id, error)
    question = read_question(hit_preview.question, ctx.switches)
    frame = _frame(question, hit_id, None, worker_id)
    return session.render("preview.html", hit_preview=hit_preview, form=question.form, frame=frame)


def _refusal(group_id: str, error: WorkerRefusedError) -> Any:
    """The reason for a refusal, with all requirements of the group."""
    with session.marketplace().reading() as ctx:
        hit_type = find_group(ctx, group_id)
        attributes = worker_attributes.attributes_of(ctx, session.require_worker())
        verdicts = eligibility.verdicts(ctx, attributes, hit_types.requirements_of(hit_type))
    return session.render("not_for_you.html", message=str(error), title=hit_type["title"], verdicts=verdicts), 409


def _task_page(
    task: WorkerAssignment,
    question: QuestionView,
    values: dict[str, list[str]] | None = None,
    problems: dict[int, str] | None = None,
) -> str:
    if task.status != "Accepted":
        return session.render("finished.html", task=task)
    frame = _frame(question, task.hit_id, task.assignment_id, session.require_worker())
    return session.render(
        "task.html",
        task=task,
        form=question.form,
        frame=frame,
        values=values or {},
        problems=problems or {},
        left=task.deadline - session.marketplace().now(),
    )


def _frame(question: QuestionView, hit_id: str, assignment_id: str | None, worker_id: str) -> Frame | None:
    if question.form is not None:
        return None
    address = frame_address(hit_id, assignment_id)
    return frame_for(question, site_address(), address, hit_id=hit_id, assignment_id=assignment_id, worker_id=worker_id)
