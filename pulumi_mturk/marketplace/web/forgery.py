"""Against requests that another site's page has a browser send (CSRF): where they come from, and a token in each form.

The token is a hash of what the browser holds in a cookie that no page can read: of the session where there is one,
else of a random number. So it is good for this browser, or this session, alone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import g, request
from markupsafe import Markup
from werkzeug.exceptions import Forbidden

from pulumi_mturk.marketplace.web import session

if TYPE_CHECKING:
    from flask import Response

COOKIE: Final = "visit"
FIELD: Final = "csrf_token"
HEADER: Final = "X-CSRF-Token"
_SAFE: Final = ("GET", "HEAD", "OPTIONS")


def changes() -> bool:
    """Whether the request may change something."""
    return request.method not in _SAFE


def refuse_cross_site() -> None:
    """Refuse cross-site requests that change something: a requester's page could have sent them.

    Browsers send Sec-Fetch-Site, or, over plain HTTP to another machine, only Origin.
    """
    if not changes():
        return
    relation = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if relation is not None:
        foreign = relation not in ("same-origin", "none")
    else:
        foreign = origin is not None and _host_of(origin) != request.host
    if foreign:
        raise Forbidden("Another site's page tried to do this in your name; do it on this site's own page.")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as of "http://["
        return None


def refuse_without_token(given: str) -> None:
    """Refuse a request that changes something, and has not the token of the visitor's own page."""
    held = _held()
    if not held or not hmac.compare_digest(given.encode("utf-8", "replace"), token_of(held).encode()):
        raise Forbidden(
            "This page was too old to be sent, or this browser keeps no cookies. Go back, load it again, and send it."
        )


def token() -> str:
    """The token for the visitor's forms; one without a session gets a cookie with this answer, if there is none."""
    if not _held():
        g.new_visit = secrets.token_urlsafe(32)
    return token_of(_held())


def token_of(held: str) -> str:
    """The token of a browser that holds this in its cookie."""
    return hashlib.sha256(f"form\0{held}".encode("utf-8", "surrogateescape")).hexdigest()


def field() -> Markup:
    """The field with the token, for a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


def keep_visit(response: Response) -> Response:
    """Send the cookie that the tokens on this page belong to, if it is new."""
    if (visit := g.get("new_visit")) is not None:
        session.set_cookie(response, COOKIE, visit, None)
    return response


def _held() -> str:
    return session.identity().token or request.cookies.get(session.secure_name(COOKIE), "") or g.get("new_visit", "")
