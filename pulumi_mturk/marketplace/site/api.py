"""The worker's side as a small JSON API, for tests and tools; `openapi.json` describes it.

Who reaches it may act for every worker, as on the pages.
"""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import Any, Final

from flask import Blueprint, current_app, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from pulumi_mturk.marketplace.people import admission, profiles, qualifying, work
from pulumi_mturk.marketplace.people.profiles import History, Profile
from pulumi_mturk.marketplace.requester import hit_types
from pulumi_mturk.marketplace.site import visitor
from pulumi_mturk.marketplace.site.documents import plain, worker_document
from pulumi_mturk.marketplace.site.groups import find_group

PREFIX: Final = "/worker-api"
blueprint: Final = Blueprint("api", __name__, url_prefix=PREFIX)
_LONGEST_STEP: Final = 10 * 366 * 86_400


@blueprint.before_request
def check_source() -> None:
    """Refuse what another site's page could send: it can't send JSON without asking first, and gets no answer."""
    visitor.refuse_others()
    if request.method in ("POST", "PUT") and not request.is_json:
        raise UnsupportedMediaType("Send JSON, with the header Content-Type: application/json.")


@blueprint.get("/openapi.json")
def openapi() -> Any:
    """What there is to call, as OpenAPI describes it."""
    return current_app.send_static_file("openapi.json")


@blueprint.get("/v1/workers")
def list_workers() -> Any:
    """Everybody who is registered."""
    with visitor.marketplace().reading() as ctx:
        return [worker_document(ctx, profile) for profile in profiles.everybody(ctx)]


@blueprint.post("/v1/workers")
def register_worker() -> Any:
    """Register a worker; without `worker_id`, with a new id."""
    body = _body({"worker_id": str, **_PROFILE})
    profile = _profile(Profile(body.pop("worker_id", None) or profiles.new_worker_id()), body)
    with visitor.marketplace().writing() as ctx:
        profiles.register(ctx, profile)
        return worker_document(ctx, profile), 201


@blueprint.get("/v1/workers/<worker_id>")
def get_worker(worker_id: str) -> Any:
    """One worker."""
    with visitor.marketplace().reading() as ctx:
        return worker_document(ctx, profiles.find(ctx, worker_id))


@blueprint.put("/v1/workers/<worker_id>")
def put_worker(worker_id: str) -> Any:
    """Register a worker with this id, or replace what is known of one."""
    profile = _profile(Profile(worker_id), _body(_PROFILE))
    with visitor.marketplace().writing() as ctx:
        profiles.register(ctx, profile)
        return worker_document(ctx, profile)


@blueprint.get("/v1/workers/<worker_id>/groups")
def list_groups(worker_id: str) -> Any:
    """The groups of HITs that the worker can find."""
    with visitor.marketplace().reading() as ctx:
        return [plain(asdict(group)) for group in work.groups(ctx, worker_id, request.args.get("search", ""))]


@blueprint.get("/v1/workers/<worker_id>/groups/<group_id>/verdicts")
def list_verdicts(worker_id: str, group_id: str) -> Any:
    """What a group asks, and whether the worker meets it."""
    with visitor.marketplace().reading() as ctx:
        facts = admission.facts_of(ctx, worker_id)
        requirements = hit_types.requirements_of(find_group(ctx, group_id))
        return [plain(asdict(verdict)) for verdict in admission.verdicts(ctx, facts, requirements)]


@blueprint.post("/v1/workers/<worker_id>/groups/<group_id>/accept")
def accept_next(worker_id: str, group_id: str) -> Any:
    """Accept the next HIT of a group."""
    with visitor.marketplace().writing() as ctx:
        hit_id = work.next_hit(ctx, worker_id, group_id)
        if hit_id is None:
            return {"error": "There is no HIT in this group that the worker could do now."}, 409
        return plain(asdict(work.task(ctx, worker_id, work.accept(ctx, worker_id, hit_id)))), 201


@blueprint.get("/v1/workers/<worker_id>/hits/<hit_id>")
def preview(worker_id: str, hit_id: str) -> Any:
    """A HIT, as the worker sees it before accepting."""
    with visitor.marketplace().reading() as ctx:
        return plain(asdict(work.preview(ctx, worker_id, hit_id)))


@blueprint.post("/v1/workers/<worker_id>/hits/<hit_id>/accept")
def accept(worker_id: str, hit_id: str) -> Any:
    """Accept a HIT."""
    with visitor.marketplace().writing() as ctx:
        return plain(asdict(work.task(ctx, worker_id, work.accept(ctx, worker_id, hit_id)))), 201


@blueprint.get("/v1/workers/<worker_id>/assignments")
def list_assignments(worker_id: str) -> Any:
    """The worker's assignments: those under way, then the others."""
    with visitor.marketplace().reading() as ctx:
        found = work.tasks(ctx, worker_id) + work.history(ctx, worker_id)
        return [plain(asdict(task)) for task in found]


@blueprint.post("/v1/workers/<worker_id>/assignments/<assignment_id>/submit")
def submit(worker_id: str, assignment_id: str) -> Any:
    """Hand in an assignment."""
    answers = _answers(_body({"answers": dict}).get("answers", {}))
    with visitor.marketplace().writing() as ctx:
        work.submit(ctx, worker_id, assignment_id, answers)
        return plain(asdict(work.task(ctx, worker_id, assignment_id)))


@blueprint.post("/v1/workers/<worker_id>/assignments/<assignment_id>/return")
def give_back(worker_id: str, assignment_id: str) -> Any:
    """Return an assignment."""
    with visitor.marketplace().writing() as ctx:
        work.give_back(ctx, worker_id, assignment_id)
        return plain(asdict(work.task(ctx, worker_id, assignment_id)))


@blueprint.get("/v1/workers/<worker_id>/qualification-types")
def list_types(worker_id: str) -> Any:
    """The qualification types that the worker can ask for."""
    with visitor.marketplace().reading() as ctx:
        return [asdict(each) for each in qualifying.types(ctx, worker_id, request.args.get("search", ""))]


@blueprint.post("/v1/workers/<worker_id>/qualification-types/<type_id>/test")
def begin_test(worker_id: str, type_id: str) -> Any:
    """Begin a test, or go on with it."""
    with visitor.marketplace().writing() as ctx:
        return asdict(qualifying.begin(ctx, worker_id, type_id))


@blueprint.post("/v1/workers/<worker_id>/qualification-types/<type_id>/request")
def request_qualification(worker_id: str, type_id: str) -> Any:
    """Ask for a qualification, with the answers to its test if it has one."""
    body = _body({"answers": dict})
    answers = _answers(body["answers"]) if "answers" in body else None
    with visitor.marketplace().writing() as ctx:
        return asdict(qualifying.request(ctx, worker_id, type_id, answers))


@blueprint.get("/v1/workers/<worker_id>/qualifications")
def list_held(worker_id: str) -> Any:
    """What the worker holds."""
    with visitor.marketplace().reading() as ctx:
        return [asdict(each) for each in qualifying.held(ctx, worker_id)]


@blueprint.get("/v1/notifications")
def list_notifications() -> Any:
    """What workers would have been told, oldest first."""
    return [asdict(each) for each in visitor.marketplace().notifications()]


@blueprint.get("/v1/events")
def list_events() -> Any:
    """What the requester would have been told of HITs, oldest first."""
    return [asdict(each) for each in visitor.marketplace().events()]


@blueprint.get("/v1/clock")
def get_clock() -> Any:
    """The marketplace's time in epoch seconds."""
    return {"now": visitor.marketplace().now()}


@blueprint.post("/v1/clock/advance")
def advance_clock() -> Any:
    """Turn the clock forward."""
    seconds = _body({"seconds": int}).get("seconds", 0)
    if not 0 <= seconds <= _LONGEST_STEP:
        raise BadRequest(f"seconds must be from 0 to {_LONGEST_STEP}: the clock does not go back.")
    visitor.marketplace().advance(seconds)
    return {"now": visitor.marketplace().now()}


_PROFILE: Final[dict[str, type]] = {"country": str, "subdivision": str, "masters": bool, "adult": bool, "history": dict}
_KINDS: Final = {str: "a text", bool: "true or false", int: "a whole number", dict: "an object"}


def _body(members: dict[str, type]) -> dict[str, Any]:
    """The request's members that are not null, all of the types asked for; an empty body has none."""
    try:
        body = request.get_json() if request.data.strip() else {}
    except (BadRequest, RecursionError):
        raise BadRequest("The body is no JSON, or too deeply nested.") from None
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object.")
    return _checked(body, members)


def _checked(values: dict[str, Any], members: dict[str, type]) -> dict[str, Any]:
    for name in values:
        if name not in members:
            raise BadRequest(f"There is no member {name[:100]!r} here; there are: {', '.join(members)}.")
    present = {name: value for name, value in values.items() if value is not None}
    for name, value in present.items():
        if type(value) is not members[name]:
            raise BadRequest(f"{name} must be {_KINDS[members[name]]}.")
    return present


def _answers(members: dict[str, Any]) -> list[tuple[str, str]]:
    """Fields and values in their order; a field with a list has each of its values."""
    answers = []
    for name, value in members.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values):
            raise BadRequest("answers: each value must be a text or a list of texts.")
        answers += [(name, each) for each in values]
    return answers


def _profile(blank: Profile, body: dict[str, Any]) -> Profile:
    counts = _checked(body.pop("history", {}), {field.name: int for field in fields(History)})
    return replace(blank, **body, history=History(**counts))
