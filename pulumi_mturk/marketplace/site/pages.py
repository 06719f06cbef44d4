"""The worker's pages on HITs: who one is, what there is to do, doing it, and what came of it.

The addresses are those of AWS's worker site (observed), so that links which tools print work here. There a link to
/accept_random accepts at once (observed); here it shows the HIT with the button, since a link changes nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, redirect, request, url_for

from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.people import admission, profiles, work
from pulumi_mturk.marketplace.people.profiles import History, Profile
from pulumi_mturk.marketplace.requester import hit_types
from pulumi_mturk.marketplace.site import visitor
from pulumi_mturk.marketplace.site.frames import site_address
from pulumi_mturk.marketplace.site.groups import find_group
from pulumi_mturk.marketplace.site.question_forms import read_answers
from pulumi_mturk.marketplace.site.task_questions import Frame, TaskQuestion, frame_of, read_question

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.people.work import Task

blueprint: Final = Blueprint("pages", __name__)
blueprint.before_request(visitor.refuse_others)
_NONE_LEFT: Final = "There is no HIT in this group that you could do now: none is left, or none for you."
HISTORIES: Final = ("accepted", "submitted", "abandoned", "returned", "approved", "rejected")


@blueprint.get("/")
def home() -> Any:
    """The start is the list of HITs, as on AWS's site."""
    return redirect(
        url_for("pages.projects") + (f"?{query}" if (query := request.query_string.decode("latin-1")) else ""), 303
    )


@blueprint.get("/worker")
def worker() -> str:
    """Choose or register a worker."""
    back = visitor.local(request.args.get("next"), url_for("pages.projects"))
    return visitor.page("worker.html", next=back, given={}, histories=HISTORIES)


@blueprint.post("/worker/choose")
def choose() -> Any:
    """Be a worker who is registered."""
    worker_id = request.form.get("worker_id", "").strip()
    try:
        with visitor.marketplace().reading() as ctx:
            profiles.find(ctx, worker_id)
    except WorkerRefusedError as error:
        return _ask_again(error)
    return visitor.choose(_back(), worker_id)


@blueprint.post("/worker/register")
def register() -> Any:
    """Be a new worker."""
    form = request.form
    numbers = [form.get(name, "").strip() or "0" for name in HISTORIES]
    try:
        if not all(number.isascii() and number.isdigit() and len(number) < 10 for number in numbers):
            raise WorkerRefusedError("The numbers of assignments must be whole numbers from 0.")
        profile = Profile(
            worker_id=profiles.new_worker_id(),
            country=form.get("country", "").strip().upper() or None,
            subdivision=form.get("subdivision", "").strip().upper() or None,
            masters="masters" in form,
            adult="adult" in form,
            history=History(*map(int, numbers)),
        )
        with visitor.marketplace().writing() as ctx:
            profiles.register(ctx, profile)
    except WorkerRefusedError as error:
        return _ask_again(error)
    return visitor.choose(_back(), profile.worker_id)


@blueprint.post("/worker/leave")
def leave() -> Any:
    """Be nobody."""
    return visitor.leave(redirect(url_for("pages.worker"), 303))


@blueprint.get("/projects")
def projects() -> str:
    """The groups of HITs that the worker can find."""
    search = request.args.get("filters[search_term]", request.args.get("search", "")).strip()
    with visitor.marketplace().reading() as ctx:
        groups = work.groups(ctx, visitor.worker(), search)
    return visitor.page("projects.html", groups=groups, search=search)


@blueprint.get("/projects/<group_id>/tasks")
@blueprint.get("/projects/<group_id>/tasks/accept_random", endpoint="panda")
def next_task(group_id: str) -> Any:
    """Preview the next HIT of a group."""
    with visitor.marketplace().reading() as ctx:
        hit_id = work.next_hit(ctx, visitor.worker(), group_id)
    return _preview(group_id, hit_id)


@blueprint.post("/projects/<group_id>/tasks/accept_random")
def accept_next(group_id: str) -> Any:
    """Accept the next HIT of a group."""
    try:
        with visitor.marketplace().writing() as ctx:
            hit_id = work.next_hit(ctx, visitor.worker(), group_id)
            if hit_id is None:
                raise WorkerRefusedError(_NONE_LEFT)
            assignment_id = work.accept(ctx, visitor.worker(), hit_id)
    except WorkerRefusedError as error:
        return _refusal(group_id, error)
    return _to_task(group_id, hit_id, assignment_id)


@blueprint.get("/projects/<group_id>/tasks/<hit_id>")
def one_task(group_id: str, hit_id: str) -> Any:
    """A HIT of a group: the work on it, once it is accepted."""
    assignment_id = request.args.get("assignment_id")
    if assignment_id is None:
        return _preview(group_id, hit_id)
    with visitor.marketplace().reading() as ctx:
        task = work.task(ctx, visitor.worker(), assignment_id)
    return _work_page(task, read_question(task.question))


@blueprint.post("/projects/<group_id>/tasks/<hit_id>/accept")
def accept(group_id: str, hit_id: str) -> Any:
    """Accept this HIT."""
    try:
        with visitor.marketplace().writing() as ctx:
            assignment_id = work.accept(ctx, visitor.worker(), hit_id)
    except WorkerRefusedError as error:
        return _refusal(group_id, error)
    return _to_task(group_id, hit_id, assignment_id)


@blueprint.get("/tasks")
def tasks() -> str:
    """What the worker has accepted and not handed in."""
    with visitor.marketplace().reading() as ctx:
        found = work.tasks(ctx, visitor.worker())
        now = ctx.now
    return visitor.page("tasks.html", tasks=found, now=now)


@blueprint.post("/tasks/<assignment_id>/return")
def give_back(assignment_id: str) -> Any:
    """Return an assignment."""
    with visitor.marketplace().writing() as ctx:
        work.give_back(ctx, visitor.worker(), assignment_id)
    return redirect(url_for("pages.tasks"), 303)


@blueprint.post("/tasks/<assignment_id>/submit")
def submit(assignment_id: str) -> Any:
    """Hand in a question form."""
    worker_id = visitor.worker()
    with visitor.marketplace().reading() as ctx:
        task = work.task(ctx, worker_id, assignment_id)
    question = read_question(task.question)
    if question.form is None:
        raise WorkerRefusedError("The answers to this HIT are submitted on the requester's own page, in the frame.")
    values = request.form.to_dict(flat=False)
    given = read_answers(question.form, values)
    if given.problems and task.status == "Accepted":
        return _work_page(task, question, values, given.problems), 422
    with visitor.marketplace().writing() as ctx:
        work.submit(ctx, worker_id, assignment_id, given.answers)
    return visitor.page("done.html", task=task)


@blueprint.get("/dashboard")
def dashboard() -> str:
    """What the worker earned and did, and what requirements can ask of that."""
    worker_id = visitor.worker()
    with visitor.marketplace().reading() as ctx:
        profile = profiles.find(ctx, worker_id)
        standing = profiles.standing_of(ctx, profile)
        done = work.history(ctx, worker_id)
    rewards = sum((task.reward for task in done if task.status == "Approved"), Decimal(0))
    bonuses = sum((task.bonus for task in done), Decimal(0))
    return visitor.page(
        "dashboard.html", profile=profile, standing=standing, done=done, rewards=rewards, bonuses=bonuses
    )


@blueprint.get("/messages")
def messages() -> str:
    """What requesters told the worker."""
    worker_id = visitor.worker()
    received = [each for each in visitor.marketplace().notifications() if each.worker_id == worker_id]
    return visitor.page("messages.html", messages=received[::-1])


def _ask_again(error: WorkerRefusedError) -> Any:
    back = visitor.local(request.form.get("next"), url_for("pages.projects"))
    return visitor.page("worker.html", next=back, given=request.form, histories=HISTORIES, problem=str(error)), 422


def _back() -> Any:
    return redirect(visitor.local(request.form.get("next"), url_for("pages.projects")), 303)


def _to_task(group_id: str, hit_id: str, assignment_id: str) -> Any:
    address = url_for("pages.one_task", group_id=group_id, hit_id=hit_id, assignment_id=assignment_id)
    return redirect(address, 303)


def _preview(group_id: str, hit_id: str | None) -> Any:
    worker_id = visitor.worker()
    try:
        if hit_id is None:
            raise WorkerRefusedError(_NONE_LEFT)
        with visitor.marketplace().reading() as ctx:
            offer = work.preview(ctx, worker_id, hit_id)
    except WorkerRefusedError as error:
        return _refusal(group_id, error)
    question = read_question(offer.question)
    frame = _frame(question, hit_id, None, worker_id)
    return visitor.page("preview.html", offer=offer, form=question.form, frame=frame)


def _refusal(group_id: str, error: WorkerRefusedError) -> Any:
    """The reason for a no, with all that the group asks of workers."""
    with visitor.marketplace().reading() as ctx:
        hit_type = find_group(ctx, group_id)
        facts = admission.facts_of(ctx, visitor.worker())
        verdicts = admission.verdicts(ctx, facts, hit_types.requirements_of(hit_type))
    return visitor.page("not_for_you.html", message=str(error), title=hit_type["title"], verdicts=verdicts), 409


def _work_page(
    task: Task,
    question: TaskQuestion,
    values: dict[str, list[str]] | None = None,
    problems: dict[int, str] | None = None,
) -> str:
    if task.status != "Accepted":
        return visitor.page("finished.html", task=task)
    frame = _frame(question, task.hit_id, task.assignment_id, visitor.worker())
    return visitor.page(
        "task.html",
        task=task,
        form=question.form,
        frame=frame,
        values=values or {},
        problems=problems or {},
        left=task.deadline - visitor.marketplace().now(),
    )


def _frame(question: TaskQuestion, hit_id: str, assignment_id: str | None, worker_id: str) -> Frame | None:
    if question.form is not None:
        return None
    return frame_of(question, site_address(), hit_id=hit_id, assignment_id=assignment_id, worker_id=worker_id)
