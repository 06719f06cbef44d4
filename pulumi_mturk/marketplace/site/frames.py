"""What requesters' own pages need of the site: the HTML of an HTMLQuestion, and the address where answers go.

Answers are submitted by a POST to /mturk/externalSubmit (documented) or a GET (observed), with the field assignmentId;
whoever knows the assignment's id may submit it (observed), so no cookie is asked for.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, request

from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.people import work
from pulumi_mturk.marketplace.requester.hits import find_hit
from pulumi_mturk.marketplace.site import visitor
from pulumi_mturk.marketplace.site.task_questions import NOT_ACCEPTED, read_question, sandbox_policy, served_html

blueprint: Final = Blueprint("frames", __name__)


@blueprint.get("/dynamic/hit")
def html_question() -> Any:
    """The page of an HTMLQuestion; its scripts read the parameters from the address."""
    with visitor.marketplace().reading() as ctx:
        hit = find_hit(ctx, request.args.get("hitId", ""))
    html = read_question(hit["question"]).html
    if hit["deleted"] or html is None:
        abort(404, "This HIT has no HTML of its own.")
    response = Response(served_html(html, site_address()), mimetype="text/html")
    response.headers["Content-Security-Policy"] = sandbox_policy()
    return response


@blueprint.get("/mturk/externalHIT_v1.js")
def helper_script() -> Response:
    """Our own form of the script that requesters' pages take from AWS."""
    response = current_app.send_static_file("externalHIT_v1.js")
    response.headers["Access-Control-Allow-Origin"] = "*"  # a sandboxed page has no origin, and may ask for one
    return response


@blueprint.route("/mturk/externalSubmit", methods=["GET", "POST"])
def external_submit() -> Any:
    """Hand in an assignment, in the frame or beside it."""
    assignment_id = request.values.get("assignmentId", "")
    # the assignment's id is not among the answers (observed)
    answers = [(name, value) for name, values in request.values.lists() for value in values if name != "assignmentId"]
    try:
        if not assignment_id:
            raise WorkerRefusedError("The form has no field assignmentId, so it can't be told whose answers these are.")
        if assignment_id == NOT_ACCEPTED:
            raise WorkerRefusedError("This is a preview: accept the HIT before you submit it.")
        with visitor.marketplace().writing() as ctx:
            worker_id = work.find_assignment(ctx, assignment_id)["worker_id"]
            work.submit(ctx, worker_id, assignment_id, answers)
            hit_type_id = work.task(ctx, worker_id, assignment_id).hit_type_id
    except WorkerRefusedError as error:
        return _in_frame("not_submitted.html", 400, message=str(error))
    return _in_frame("submitted.html", 200, hit_type_id=hit_type_id)


def site_address() -> str:
    """The site's own address, as the visitor reached it, without a slash at its end."""
    return request.host_url.rstrip("/")


def _in_frame(template: str, status: int, **values: Any) -> Response:
    """A page that may stand in any requester's frame; it has no button that acts for the worker."""
    response = Response(visitor.page(template, **values), status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; base-uri 'none'"
    return response
