"""The Flask application: blueprints, template filters, security headers and error pages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.exceptions import BadHost, HTTPException

from pulumi_mturk.marketplace import text
from pulumi_mturk.marketplace.domain.passphrases import TooManyAttemptsError
from pulumi_mturk.marketplace.errors import DATA_OUT_OF_REACH, DatabaseFailedError, WireError, WorkerRefusedError
from pulumi_mturk.marketplace.web import (
    consent_pages,
    fence,
    forgery,
    formatted_content,
    hit_pages,
    json_api,
    legacy_urls,
    markup,
    passkey_pages,
    qualification_pages,
    question_frames,
    session,
    sign_in_pages,
)
from pulumi_mturk.marketplace.web import control as control_path

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.service import Marketplace

_log = logging.getLogger(__name__)
_MAX_REQUEST_BYTES = 4 * 1024 * 1024  # as the API
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' http: https:; media-src http: https:; "
    "frame-src http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Scripts are our own file; images and frames are requesters' content. Framing is forbidden, against clickjacking."""

ROUTES = "marketplace.routes"
"""The list in a request's environ to which the pattern of its path is added."""
_FILTERS = {
    "money": text.money,
    "time": markup.time,
    "with_times": markup.with_times,
    "qualification_name": markup.qualification_name,
    "without_suffix": markup.without_suffix,
    "duration": text.duration,
    "count_of": text.count,
    "formatted_content": formatted_content.sanitize,
}


def create_app(marketplace: Marketplace, *, control: bool = False) -> Flask:
    """The application of one marketplace; with the `control` path for tests where that was asked for."""
    app = Flask("pulumi_mturk.marketplace.web")
    app.config.update(MAX_CONTENT_LENGTH=_MAX_REQUEST_BYTES, MAX_FORM_MEMORY_SIZE=_MAX_REQUEST_BYTES)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's default provider has it
    app.url_map.strict_slashes = False
    app.extensions[session.EXTENSION] = marketplace
    app.jinja_env.filters.update(_FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_field"] = forgery.field
    app.context_processor(lambda: {"me": session.selected_worker(), "identity": session.identity()})
    app.before_request(fence.check)
    for blueprint in (
        hit_pages.blueprint,
        qualification_pages.blueprint,
        question_frames.blueprint,
        legacy_urls.blueprint,
        sign_in_pages.blueprint,
        consent_pages.blueprint,
        passkey_pages.blueprint,
    ):
        app.register_blueprint(blueprint)
    app.register_blueprint(json_api.blueprint)
    if control:
        app.register_blueprint(control_path.blueprint)
    app.after_request(forgery.keep_visit)
    app.after_request(_add_security_headers)
    app.before_request(_note_route)
    app.register_error_handler(Exception, _answer_error)
    return app


def _note_route() -> None:
    if request.url_rule is not None:
        request.environ.get(ROUTES, []).append(request.url_rule.rule)


def _add_security_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # URLs hold ids of assignments
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer_error(error: Exception) -> Any:
    message, status = _message_and_status(error)
    if isinstance(error, BadHost):  # without a valid host no URL, and so no page, can be built
        return Response(message, status, mimetype="text/plain")
    if request.path.startswith((json_api.PREFIX, control_path.PREFIX)):
        return {"error": message}, status, {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if isinstance(error, DatabaseFailedError):  # without which no page can be made
        return Response(message, status, {"Retry-After": "5"}, mimetype="text/plain")
    if isinstance(error, session.NoWorkerSelectedError):
        return session.redirect_to_selection(), 303
    if isinstance(error, session.NotAgreedError):
        return session.redirect_by("consent_pages.terms"), 303
    return session.render("refused.html", message=message, status=status), status


def _message_and_status(error: Exception) -> tuple[str, int]:
    match error:
        case session.NoWorkerSelectedError():
            return str(error), 401
        case session.NotAgreedError():
            return str(error), 403
        case TooManyAttemptsError():
            return str(error), 429
        case WorkerRefusedError():
            return str(error), 409
        case WireError():
            return error.message, 404
        case HTTPException():
            return error.description or error.name, error.code or 500
        case DatabaseFailedError():
            _log.error("%s", error)
            return DATA_OUT_OF_REACH, 503
        case _:
            _log.error("The worker's pages failed: %s", text.failure(error))
            return "The marketplace failed; its log says why.", 500
