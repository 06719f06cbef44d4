"""What a worker agrees to on a fenced server: by joining, and again when the host has changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, redirect, request, url_for

from pulumi_mturk.marketplace.domain import statements
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.web import session

if TYPE_CHECKING:
    from collections.abc import Mapping

blueprint: Final = Blueprint("consent_pages", __name__)


@blueprint.get("/consent")
def terms() -> Any:
    """Show what the host has changed, and ask."""
    if session.identity().agreed:
        return redirect(_next(request.args.get("next")), 303)
    return _page(request.args.get("next"))


@blueprint.post("/consent")
def agree() -> Any:
    """Agree, and go on."""
    form = request.form
    session.require_worker()
    if not session.identity().agreed:
        try:
            check(form)
            with session.marketplace().writing() as ctx:
                statements.agree_again(ctx, session.require_session(ctx), form.get("terms", ""))
        except WorkerRefusedError as error:
            return _page(form.get("next"), error), 422
    return redirect(_next(form.get("next")), 303)


def check(form: Mapping[str, str]) -> None:
    """Raise WorkerRefusedError: the boxes of who agrees are not all ticked."""
    if "of_age" not in form:
        raise WorkerRefusedError("Workers here are 18 or older.", field="of_age")
    if "consent" not in form:
        raise WorkerRefusedError("Without your consent you can't work here.", field="consent")


def _page(back: str | None, error: WorkerRefusedError | None = None) -> str:
    with session.marketplace().reading() as ctx:
        payment, consent = statements.before_joining(ctx)
        before = statements.agreed(ctx, session.require_worker())
        shown = statements.mark(ctx)
    return session.render(
        "consent.html",
        payment=payment,
        consent=consent,
        before=before,
        shown=shown,
        next=_next(back),
        given=request.form,
        problem=str(error) if error else "",
        faulty=error.field if error else None,
    )


def _next(address: str | None) -> str:
    return session.local_address(address, url_for("hit_pages.projects"))
