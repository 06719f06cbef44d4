"""The browser's session: the worker selected in a cookie. There is no authentication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden

from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from pulumi_mturk.marketplace.service import Marketplace

EXTENSION: Final = "marketplace"
COOKIE: Final = "worker"
_YEAR: Final = 365 * 86_400


class NoWorkerSelectedError(MarketplaceError):
    """The page needs a worker, and none is selected."""


def marketplace() -> Marketplace:
    """The marketplace of the application."""
    found: Marketplace = current_app.extensions[EXTENSION]
    return found


def selected_worker() -> str | None:
    """The id of the selected worker, or None."""
    return request.cookies.get(COOKIE) or None


def require_worker() -> str:
    """The id of the selected worker; raises NoWorkerSelectedError."""
    worker_id = selected_worker()
    if worker_id is None:
        raise NoWorkerSelectedError("Choose or register a worker first.")
    return worker_id


def select_worker(response: Response, worker_id: str) -> Response:
    """Set the cookie."""
    response.set_cookie(COOKIE, worker_id, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def deselect_worker(response: Response) -> Response:
    """Delete the cookie."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return response


def redirect_to_selection() -> Any:
    """Redirect to the page that selects a worker, and from there back."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("hit_pages.worker", next=back), 303)


def local_address(address: str | None, default: str) -> str:
    """`address` if it is a path of this site, else `default`: no open redirects."""
    if address and address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable():
        return address
    return default


def refuse_cross_site() -> None:
    """Refuse cross-site requests that change something (CSRF): a requester's page could have sent them.

    Browsers send Sec-Fetch-Site, or, over plain HTTP to another machine, only Origin.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    relation = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if relation is not None:
        foreign = relation not in ("same-origin", "none")
    else:
        foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign:
        raise Forbidden("Another site's page tried to do this in your name; do it on this site's own page.")


def render(template: str, **values: Any) -> str:
    """Render a template."""
    return render_template(template, **values)
