"""Requesters' HTML inside of frames: the HTMLQuestion pages, and the endpoint that their forms submit to.

Answers are submitted by a POST to /mturk/externalSubmit (documented) or a GET (observed), with the field assignmentId;
the assignment's id is all that a submission needs (observed), so no cookie is checked.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, request

from pulumi_mturk.marketplace.domain import worker_assignments
from pulumi_mturk.marketplace.domain.hits import find_hit
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.web import session
from pulumi_mturk.marketplace.web.question_view import NOT_ACCEPTED, read_question, rewrite_addresses, sandbox_policy

blueprint: Final = Blueprint("question_frames", __name__)


@blueprint.get("/dynamic/hit")
def html_question() -> Any:
    """The page of an HTMLQuestion; its scripts read the parameters from the URL."""
    with session.marketplace().reading() as ctx:
        hit = find_hit(ctx, request.args.get("hitId", ""))
    html = read_question(hit["question"], ctx.switches).html
    if hit["deleted"] or html is None:
        abort(404, "This HIT has no HTML of its own.")
    response = Response(rewrite_addresses(html, site_address()), mimetype="text/html")
    response.headers["Content-Security-Policy"] = sandbox_policy()
    return response


@blueprint.get("/mturk/externalHIT_v1.js")
def helper_script() -> Response:
    """Our replacement of the script that requesters' pages load from AWS."""
    response = current_app.send_static_file("externalHIT_v1.js")
    response.headers["Access-Control-Allow-Origin"] = "*"  # a sandboxed page has an opaque origin, and may use CORS
    return response


@blueprint.route("/mturk/externalSubmit", methods=["GET", "POST"])
def external_submit() -> Any:
    """Submit an assignment, from the frame or outside of it."""
    assignment_id = request.values.get("assignmentId", "")
    # the assignment's id is not among the answers (observed)
    answers = [(name, value) for name, values in request.values.lists() for value in values if name != "assignmentId"]
    try:
        if not assignment_id:
            raise WorkerRefusedError("The form has no field assignmentId, so it can't be told whose answers these are.")
        if assignment_id == NOT_ACCEPTED:
            raise WorkerRefusedError("This is a preview: accept the HIT before you submit it.")
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


def _in_frame(template: str, status: int, **values: Any) -> Response:
    """A page that any site may frame: it has no button that acts for the worker."""
    response = Response(session.render(template, **values), status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; base-uri 'none'"
    return response
