"""The site as a Flask application: its parts, what every answer carries, and how a no is told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.exceptions import BadHost, HTTPException

from pulumi_mturk.marketplace.errors import WireError, WorkerRefusedError
from pulumi_mturk.marketplace.site import api, frames, old_addresses, pages, qualification_pages, visitor, wording

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.service import Marketplace

_log = logging.getLogger(__name__)
_MAX_REQUEST_BYTES = 4 * 1024 * 1024  # as the API
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' http: https:; media-src http: https:; "
    "frame-src http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Our pages need no script; images and frames are the requesters'. Nobody may put our buttons into a frame."""


def create_app(marketplace: Marketplace) -> Flask:
    """The site of one marketplace."""
    app = Flask("pulumi_mturk.marketplace.site")
    app.config.update(MAX_CONTENT_LENGTH=_MAX_REQUEST_BYTES, MAX_FORM_MEMORY_SIZE=_MAX_REQUEST_BYTES)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # a provider of Flask's own has it
    app.url_map.strict_slashes = False
    app.extensions[visitor.EXTENSION] = marketplace
    app.jinja_env.filters.update(wording.FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"me": visitor.chosen_worker()})
    for blueprint in (pages.blueprint, qualification_pages.blueprint, frames.blueprint, old_addresses.blueprint):
        app.register_blueprint(blueprint)
    app.register_blueprint(api.blueprint)
    app.after_request(_guard)
    app.register_error_handler(Exception, _fail)
    return app


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # addresses hold ids of assignments
    response.headers["Cache-Control"] = "no-store"
    return response


def _fail(error: Exception) -> Any:
    message, status = _explain(error)
    if isinstance(error, BadHost):  # without a host there are no addresses, and so no page of ours
        return Response(message, status, mimetype="text/plain")
    if request.path.startswith(api.PREFIX):
        return {"error": message}, status
    if isinstance(error, visitor.NobodyChosenError):
        return visitor.ask_who(), 303
    return visitor.page("refused.html", message=message, status=status), status


def _explain(error: Exception) -> tuple[str, int]:
    match error:
        case visitor.NobodyChosenError():
            return str(error), 401
        case WorkerRefusedError():
            return str(error), 409
        case WireError():
            return error.message, 404
        case HTTPException():
            return error.description or error.name, error.code or 500
        case _:
            # the fault in the log, and never the request: it holds worker ids
            _log.exception("The worker's site failed", exc_info=error)
            return "The marketplace failed; its log says why.", 500
