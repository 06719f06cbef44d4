"""Who asks: the worker who signed in, or on an open server the one that was chosen.

A server is fenced once accounts of requesters are configured: then workers sign in, and their session's token is in a
cookie. On an open server anybody can be any worker, and the cookie holds the id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import current_app, g, redirect, render_template, request, url_for

from pulumi_mturk.marketplace.accounts import bearer as bearer_of
from pulumi_mturk.marketplace.domain import accounts, sessions, statements
from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.sessions import Session
    from pulumi_mturk.marketplace.service import Marketplace

EXTENSION: Final = "marketplace"
COOKIE: Final = "worker"
"""The chosen worker, on an open server."""
SESSION_COOKIE: Final = "session"
_YEAR: Final = 365 * 86_400


class NotAgreedError(MarketplaceError):
    """The host has changed what workers agree to, and this one has not agreed yet."""


class NoWorkerSelectedError(MarketplaceError):
    """The page needs a worker, and none is selected, or signed in."""


@dataclass(frozen=True)
class Identity:
    """Who a request is of."""

    fenced: bool = False
    session: Session | None = None
    token: str = ""
    """The session's."""
    by_bearer: bool = False
    """Whether the token came in the header Authorization, which no browser sends by itself."""
    payment: str = ""
    """Who pays, as the host says; it stands on every page of a fenced server."""
    agreed: bool = True
    """Whether the worker who has signed in has agreed to what the host says now."""


def marketplace() -> Marketplace:
    """The marketplace of the application."""
    found: Marketplace = current_app.extensions[EXTENSION]
    return found


def identify() -> None:
    """Find out who the request is of, once; and note now and then that the session is used."""
    given = bearer()
    token = request.cookies.get(secure_name(SESSION_COOKIE), "") if given is None else given
    with marketplace().reading() as ctx:
        fenced = accounts.is_fenced(ctx)
        session = sessions.find(ctx, token) if fenced and token else None
        to_be_noted = session is not None and session.is_to_be_noted(ctx.now)
        promised = statements.latest(ctx, "Payment") if session else None
        agreed = session is None or statements.holds(ctx, session.worker_id, promised)
    if session is not None and to_be_noted:
        with marketplace().writing() as ctx:
            sessions.note_use(ctx, session)
    g.identity = Identity(
        fenced,
        session,
        token if session else "",
        given is not None,
        promised.text if promised else "",
        agreed,
    )


def bearer() -> str | None:
    """What the header Authorization brings: a session's token, or the operator's key."""
    return bearer_of(request.headers.get("Authorization", ""))


def identity() -> Identity:
    """Who the request is of."""
    found: Identity = g.get("identity") or Identity()
    return found


def selected_worker() -> str | None:
    """The id of the worker who signed in, or was chosen; or None."""
    who = identity()
    if who.fenced:
        return None if who.session is None else who.session.worker_id
    return request.cookies.get(COOKIE) or None


def require_worker() -> str:
    """The id of that worker; raises NoWorkerSelectedError."""
    worker_id = selected_worker()
    if worker_id is None:
        raise NoWorkerSelectedError("Sign in first." if identity().fenced else "Choose or register a worker first.")
    return worker_id


def require_session(ctx: Context) -> str:
    """The id of the worker of a session that has not ended meanwhile; raises NoWorkerSelectedError."""
    found = sessions.find(ctx, identity().token)
    if found is None:
        raise NoWorkerSelectedError("Sign in first.")
    return found.worker_id


def select_worker(response: Response, worker_id: str) -> Response:
    """Set the cookie of an open server."""
    response.set_cookie(COOKIE, worker_id, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def deselect_worker(response: Response) -> Response:
    """Delete the cookie of an open server."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return response


def sign_in(response: Response, token: str) -> Response:
    """Set the cookie of a session."""
    return set_cookie(response, SESSION_COOKIE, token, sessions.LONGEST_SECONDS)


def sign_out(response: Response) -> Response:
    """Delete the cookie of a session."""
    return set_cookie(response, SESSION_COOKIE, "", 0)


def set_cookie(response: Response, name: str, value: str, seconds: int | None) -> Response:
    """Set a cookie that scripts and other sites' forms can't use; None: for as long as the browser is open."""
    response.set_cookie(
        secure_name(name), value, max_age=seconds, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def secure_name(name: str) -> str:
    """The name of a cookie: with a prefix behind HTTPS, so that no other host of the domain can set it."""
    return f"__Host-{name}" if request.is_secure else name


def redirect_to_selection() -> Any:
    """Redirect to the page that signs a worker in, or selects one, and from there back."""
    return redirect_by("sign_in_pages.sign_in" if identity().fenced else "hit_pages.worker")


def redirect_by(endpoint: str) -> Any:
    """Redirect to a page that leads back."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(endpoint, next=back), 303)


def local_address(address: str | None, default: str) -> str:
    """`address` if it is a path of this site, else `default`: no open redirects."""
    if address and address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable():
        return address
    return default


def render(template: str, **values: Any) -> str:
    """Render a template."""
    return render_template(template, **values)
