"""Who uses the site: a worker chosen by a cookie. It is a test place: nobody proves to be anybody."""

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


class NobodyChosenError(MarketplaceError):
    """The page is a worker's, and none is chosen."""


def marketplace() -> Marketplace:
    """The marketplace that the site belongs to."""
    found: Marketplace = current_app.extensions[EXTENSION]
    return found


def chosen_worker() -> str | None:
    """The id of the worker that the visitor is."""
    return request.cookies.get(COOKIE) or None


def worker() -> str:
    """The same, where the page needs one; raises NobodyChosenError."""
    worker_id = chosen_worker()
    if worker_id is None:
        raise NobodyChosenError("Choose or register a worker first.")
    return worker_id


def choose(response: Response, worker_id: str) -> Response:
    """Have the visitor be a worker from now on."""
    response.set_cookie(COOKIE, worker_id, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def leave(response: Response) -> Response:
    """Have the visitor be nobody."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return response


def ask_who() -> Any:
    """To the page where a worker is chosen, and back afterwards."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("pages.worker", next=back), 303)


def local(address: str | None, default: str) -> str:
    """An address to go back to, if it is one of ours."""
    if address and address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable():
        return address
    return default


def refuse_others() -> None:
    """Refuse what changes something and does not come from a page of ours: a requester's page could have sent it.

    Browsers say where a form comes from: in Sec-Fetch-Site, or, over plain HTTP to another machine, in Origin.
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


def page(template: str, **values: Any) -> str:
    """A page of ours."""
    return render_template(template, **values)
