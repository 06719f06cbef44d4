"""Requesters' HTML inside of frames: the HTMLQuestion pages, and the endpoint that their forms submit to.

Answers are submitted by a POST to /mturk/externalSubmit (documented) or a GET (observed), with the field assignmentId;
the assignment's id is all that a submission needs (observed), so no cookie is checked. On a fenced server the addresses
have a token besides (`frame_tokens`).
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, request

from pulumi_mturk.marketplace.domain import worker_assignments
from pulumi_mturk.marketplace.domain.hits import find_hit
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.web import frame_tokens, session
from pulumi_mturk.marketplace.web.question_view import NOT_ACCEPTED, read_question, rewrite_addresses, sandbox_policy

blueprint: Final = Blueprint("question_frames", __name__)
_OUTSIDE: Final = "Open this from the page of your task: this address alone does not say that the task is yours."


@blueprint.get("/dynamic/hit")
@blueprint.get("/frames/<token>/dynamic/hit")
def html_question(token: str | None = None) -> Any:
    """The page of an HTMLQuestion; its scripts read the parameters from the URL."""
    hit_id, assignment_id = request.args.get("hitId", ""), request.args.get("assignmentId", NOT_ACCEPTED)
    previewed = assignment_id == NOT_ACCEPTED
    expected = frame_tokens.of_preview(hit_id) if previewed else frame_tokens.of_assignment(assignment_id)
    if not frame_tokens.is_good(token, expected):
        abort(404, _OUTSIDE)
    with session.marketplace().reading() as ctx:
        if session.identity().fenced and not previewed:
            assignment = worker_assignments.find_assignment(ctx, assignment_id)
            if assignment["hit_id"] != hit_id or assignment["status"] != "Accepted":
                abort(404, _OUTSIDE)
        hit = find_hit(ctx, hit_id)
    html = read_question(hit["question"], ctx.switches).html
    if hit["deleted"] or html is None:
        abort(404, "This HIT has no HTML of its own.")
    response = Response(
        rewrite_addresses(html, site_address(), submit_address(None if previewed else assignment_id)),
        mimetype="text/html",
    )
    response.headers["Content-Security-Policy"] = sandbox_policy()
    return response


@blueprint.get("/mturk/externalHIT_v1.js")
def helper_script() -> Response:
    """Our replacement of the script that requesters' pages load from AWS."""
    response = current_app.send_static_file("externalHIT_v1.js")
    response.headers["Access-Control-Allow-Origin"] = "*"  # a sandboxed page has an opaque origin, and may use CORS
    return response


@blueprint.route("/mturk/externalSubmit", methods=["GET", "POST"])
@blueprint.route("/frames/<token>/mturk/externalSubmit", methods=["GET", "POST"])
def external_submit(token: str | None = None) -> Any:
    """Submit an assignment, from the frame or outside of it."""
    assignment_id = request.values.get("assignmentId", "")
    # the assignment's id is not among the answers (observed)
    answers = [(name, value) for name, values in request.values.lists() for value in values if name != "assignmentId"]
    try:
        if not assignment_id:
            raise WorkerRefusedError("The form has no field assignmentId, so it can't be told whose answers these are.")
        if assignment_id == NOT_ACCEPTED:
            raise WorkerRefusedError("This is a preview: accept the HIT before you submit it.")
        if not frame_tokens.is_good(token, frame_tokens.of_assignment(assignment_id)):
            raise WorkerRefusedError(_OUTSIDE)
        with session.marketplace().writing() as ctx:
            worker_id = worker_assignments.find_assignment(ctx, assignment_id)["worker_id"]
            worker_assignments.submit(ctx, worker_id, assignment_id, answers)
            hit_type_id = worker_assignments.get_assignment(ctx, worker_id, assignment_id).hit_type_id
    except WorkerRefusedError as error:
        return _in_frame("not_submitted.html", 400, message=str(error))
    return _in_frame("submitted.html", 200, hit_type_id=hit_type_id)


def site_address() -> str:
    """The base URL of the request, without a trailing slash."""
    return request.host_url.rstrip("/")


def frame_address(hit_id: str, assignment_id: str | None) -> str:
    """What the addresses of a task's frame begin with: on a fenced server they have its token."""
    if not session.identity().fenced:
        return site_address()
    token = frame_tokens.of_preview(hit_id) if assignment_id is None else frame_tokens.of_assignment(assignment_id)
    return f"{site_address()}/frames/{token}"


def submit_address(assignment_id: str | None) -> str:
    """What the address begins with that a requester's form is sent to: `turkSubmitTo`."""
    return site_address() if assignment_id is None else frame_address("", assignment_id)


def _in_frame(template: str, status: int, **values: Any) -> Response:
    """A page that any site may frame: it has no button that acts for the worker."""
    response = Response(session.render(template, **values), status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; base-uri 'none'"
    return response
