"""The JSON API for workers, for tests and tools; `openapi.json` describes it.

On an open server every client may act for every worker, as on the pages. On a fenced one it is a worker's own: by the
cookie of the pages, with the header X-CSRF-Token on what changes something, or by `Authorization: Bearer TOKEN`. What
is not one worker's is for the operator's key.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from flask import Blueprint, current_app, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from pulumi_mturk.marketplace.domain import (
    eligibility,
    hit_events,
    hit_types,
    qualification_requests,
    qualifications,
    sessions,
    worker_assignments,
    worker_attributes,
    worker_hits,
    worker_notifications,
    workers,
)
from pulumi_mturk.marketplace.domain.hit_types import find_group
from pulumi_mturk.marketplace.domain.serialization import to_json_values, worker_document
from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.domain.worker_hits import FIRST
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from pulumi_mturk.marketplace.errors import ClockError
from pulumi_mturk.marketplace.text import can_be_encoded
from pulumi_mturk.marketplace.web import forgery, paging, session, sign_in_pages
from pulumi_mturk.marketplace.web import json_models as models
from pulumi_mturk.marketplace.web.json_models import described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PREFIX: Final = "/worker-api"
blueprint: Final = Blueprint("json_api", __name__, url_prefix=PREFIX)


@blueprint.before_request
def check_source() -> None:
    """Take JSON alone: without CORS other sites' pages can't send it."""
    if request.method in ("POST", "PUT", "PATCH") and not request.is_json:
        raise UnsupportedMediaType("Send JSON, with the header Content-Type: application/json.")


@blueprint.get("/openapi.json")
@described(dict[str, Any])
def openapi() -> Any:
    """The OpenAPI description of this API."""
    return current_app.send_static_file("openapi.json")


@blueprint.post("/v1/session")
@described(models.Token, status=201, body=models.Credentials)
def sign_in() -> Any:
    """Sign in: the token of a new session."""
    body = _body(models.Credentials)
    token = sign_in_pages.new_session(body.name or "", body.passphrase or "")
    with session.marketplace().reading() as ctx:
        found = sessions.find(ctx, token)
    if found is None:
        raise session.NoWorkerSelectedError("The session is over.")
    return {"token": token, "worker_id": found.worker_id}, 201


@blueprint.get("/v1/session")
@described(models.SignedIn)
def who() -> Any:
    """Who has signed in, and the token for the header X-CSRF-Token."""
    return {"worker_id": session.require_worker(), "csrf_token": forgery.token()}


@blueprint.delete("/v1/session")
@described(models.Nothing)
def sign_out() -> Any:
    """End the session."""
    sign_in_pages.end_session()
    return {}


@blueprint.get("/v1/workers")
@described(list[models.Worker], has_pages=True)
def list_workers() -> Any:
    """All registered workers."""
    with session.marketplace().reading() as ctx:
        (after,) = paging.position("")
        found = ((profile.worker_id, profile) for profile in workers.workers_after(ctx, after))
        return _listed(found, lambda profile: worker_document(ctx, profile))


@blueprint.post("/v1/workers")
@described(models.Worker, status=201, body=models.WorkerInput)
def register_worker() -> Any:
    """Register a worker; without `worker_id` a new id is generated."""
    body = _body(models.WorkerInput)
    profile = _profile(body.worker_id or workers.new_worker_id(), body)
    with session.marketplace().writing() as ctx:
        workers.register(ctx, profile)
        return worker_document(ctx, profile), 201


@blueprint.get("/v1/workers/<worker_id>")
@described(models.Worker)
def get_worker(worker_id: str) -> Any:
    """One worker."""
    with session.marketplace().reading() as ctx:
        return worker_document(ctx, workers.find(ctx, worker_id))


@blueprint.put("/v1/workers/<worker_id>")
@described(models.Worker, body=models.ProfileInput)
def put_worker(worker_id: str) -> Any:
    """Register a worker with this id, or replace the profile."""
    profile = _profile(worker_id, _body(models.ProfileInput))
    with session.marketplace().writing() as ctx:
        workers.register(ctx, profile)
        return worker_document(ctx, profile)


@blueprint.get("/v1/workers/<worker_id>/groups")
@described(list[models.Group], has_pages=True, can_search=True)
def list_groups(worker_id: str) -> Any:
    """The groups of HITs that the worker can find."""
    with session.marketplace().reading() as ctx:
        before = paging.position(FIRST, 0)
        found = worker_hits.groups_of_worker(ctx, worker_id, request.args.get("search", ""), before)
        return _listed(found, _document)


@blueprint.get("/v1/workers/<worker_id>/groups/<group_id>/verdicts")
@described(list[models.Verdict])
def list_verdicts(worker_id: str, group_id: str) -> Any:
    """The requirements of a group, 10 at most, and whether the worker meets them."""
    with session.marketplace().reading() as ctx:
        attributes = worker_attributes.attributes_of(ctx, worker_id)
        requirements = hit_types.requirements_of(find_group(ctx, group_id))
        return [to_json_values(asdict(verdict)) for verdict in eligibility.verdicts(ctx, attributes, requirements)]


@blueprint.post("/v1/workers/<worker_id>/groups/<group_id>/accept")
@described(models.Assignment, status=201)
def accept_next(worker_id: str, group_id: str) -> Any:
    """Accept the next HIT of a group."""
    with session.marketplace().writing() as ctx:
        hit_id = worker_hits.next_hit(ctx, worker_id, group_id)
        if hit_id is None:
            return {"error": "There is no HIT in this group that the worker could do now."}, 409
        return to_json_values(
            asdict(worker_assignments.get_assignment(ctx, worker_id, worker_assignments.accept(ctx, worker_id, hit_id)))
        ), 201


@blueprint.get("/v1/workers/<worker_id>/hits/<hit_id>")
@described(models.Offer)
def preview(worker_id: str, hit_id: str) -> Any:
    """A HIT, as the worker sees it before accepting."""
    with session.marketplace().reading() as ctx:
        return to_json_values(asdict(worker_hits.preview(ctx, worker_id, hit_id)))


@blueprint.post("/v1/workers/<worker_id>/hits/<hit_id>/accept")
@described(models.Assignment, status=201)
def accept(worker_id: str, hit_id: str) -> Any:
    """Accept a HIT."""
    with session.marketplace().writing() as ctx:
        return to_json_values(
            asdict(worker_assignments.get_assignment(ctx, worker_id, worker_assignments.accept(ctx, worker_id, hit_id)))
        ), 201


@blueprint.get("/v1/workers/<worker_id>/assignments")
@described(list[models.Assignment], has_pages=True)
def list_assignments(worker_id: str) -> Any:
    """The worker's assignments: accepted ones first."""
    with session.marketplace().reading() as ctx:
        after = paging.position(False, 0.0, 0)
        return _listed(worker_assignments.assignments_after(ctx, worker_id, after), _document)


@blueprint.post("/v1/workers/<worker_id>/assignments/<assignment_id>/submit")
@described(models.Assignment, body=models.Answers)
def submit(worker_id: str, assignment_id: str) -> Any:
    """Submit an assignment."""
    answers = _body(models.Answers).fields()
    with session.marketplace().writing() as ctx:
        worker_assignments.submit(ctx, worker_id, assignment_id, answers)
        return to_json_values(asdict(worker_assignments.get_assignment(ctx, worker_id, assignment_id)))


@blueprint.post("/v1/workers/<worker_id>/assignments/<assignment_id>/return")
@described(models.Assignment)
def give_back(worker_id: str, assignment_id: str) -> Any:
    """Return an assignment."""
    with session.marketplace().writing() as ctx:
        worker_assignments.return_assignment(ctx, worker_id, assignment_id)
        return to_json_values(asdict(worker_assignments.get_assignment(ctx, worker_id, assignment_id)))


@blueprint.get("/v1/workers/<worker_id>/qualification-types")
@described(list[models.QualificationType], has_pages=True, can_search=True)
def list_types(worker_id: str) -> Any:
    """The qualification types that workers can request."""
    with session.marketplace().reading() as ctx:
        after = paging.position("", 0)
        found = qualification_requests.types_for_worker(ctx, worker_id, request.args.get("search", ""), after)
        return _listed(found, asdict)


@blueprint.post("/v1/workers/<worker_id>/qualification-types/<type_id>/test")
@described(models.Sitting)
def begin_test(worker_id: str, type_id: str) -> Any:
    """Start a test, or continue it."""
    with session.marketplace().writing() as ctx:
        return asdict(qualification_requests.start_test(ctx, worker_id, type_id))


@blueprint.post("/v1/workers/<worker_id>/qualification-types/<type_id>/request")
@described(models.Outcome, body=models.Answers)
def request_qualification(worker_id: str, type_id: str) -> Any:
    """Request a qualification, with the answers to its test if it has one."""
    body = _body(models.Answers)
    answers = None if body.answers is None else body.fields()
    with session.marketplace().writing() as ctx:
        return asdict(qualification_requests.request_qualification(ctx, worker_id, type_id, answers))


@blueprint.get("/v1/workers/<worker_id>/qualifications")
@described(list[models.Held], has_pages=True)
def list_held(worker_id: str) -> Any:
    """The worker's qualifications, in the order in which they were first granted, the latest first."""
    with session.marketplace().reading() as ctx:
        (before,) = paging.position(INT64[-1])
        return _listed(qualifications.qualifications_before(ctx, worker_id, before), asdict)


@blueprint.get("/v1/notifications")
@described(list[models.Notification], has_pages=True)
def list_notifications() -> Any:
    """Notifications to workers, oldest first."""
    with session.marketplace().reading() as ctx:
        (after,) = paging.position(0)
        return _listed(worker_notifications.notifications_after(ctx, after), asdict)


@blueprint.get("/v1/events")
@described(list[models.Event], has_pages=True)
def list_events() -> Any:
    """Events of HITs, oldest first."""
    with session.marketplace().reading() as ctx:
        (after,) = paging.position(0)
        return _listed(hit_events.events_after(ctx.db, after), asdict)


@blueprint.get("/v1/clock")
@described(models.Clock)
def get_clock() -> Any:
    """The marketplace's time in epoch seconds."""
    return {"now": session.marketplace().now()}


@blueprint.post("/v1/clock/advance")
@described(models.Clock, body=models.Step)
def advance_clock() -> Any:
    """Advance the clock."""
    seconds = _body(models.Step).seconds or 0
    if not 0 <= seconds <= models.LONGEST_STEP:
        raise BadRequest(f"seconds must be from 0 to {models.LONGEST_STEP}: the clock does not go back.")
    try:
        session.marketplace().advance(seconds)
    except ClockError as error:
        raise BadRequest(str(error)) from None
    return get_clock()


@blueprint.post("/v1/clock/reset")
@described(models.Clock)
def reset_clock() -> Any:
    """Set the clock to the machine's."""
    session.marketplace().reset_clock()
    return get_clock()


def _listed(items: Iterator[tuple[Any, Any]], document: Callable[[Any], Any]) -> tuple[list[Any], dict[str, str]]:
    """One page of a list; the header Link leads to the next, in the form of RFC 8288."""
    found, following = paging.page(items, _limit())
    headers = {}
    if following is not None:
        query = urlencode({**request.args.to_dict(), paging.AFTER: following})
        headers["Link"] = f'<{quote(request.path)}?{query}>; rel="next"'
    return list(map(document, found)), headers


def _limit() -> int:
    limit = request.args.get("limit", str(paging.LARGEST))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= paging.LARGEST):
        raise BadRequest(f"limit must be a whole number from 1 to {paging.LARGEST}.")
    return int(limit)


def _document(item: Any) -> Any:
    return to_json_values(asdict(item))


def _body(model: type[models.Body]) -> models.Body:
    """The JSON body; an empty one has no members."""
    return models.read(model, json_object())


def json_object() -> dict[str, Any]:
    """The JSON object in the body; an empty body is one without members."""
    try:
        body = request.get_json() if request.data.strip() else {}
        is_text = can_be_encoded(json.dumps(body, ensure_ascii=False))
    except (BadRequest, RecursionError):
        raise BadRequest("The body is no JSON, or too deeply nested.") from None
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object.")
    if not is_text:
        raise BadRequest("The body has half of a surrogate pair in a text: such a character is none.")
    return body


def _profile(worker_id: str, body: models.ProfileInput) -> WorkerProfile:
    given = body.model_dump(exclude_none=True, exclude={"worker_id", "history"})
    counts = body.history.model_dump(exclude_none=True) if body.history is not None else {}
    return WorkerProfile(worker_id, **given, history=WorkHistory(**counts))
