"""URLs of AWS's older worker site (observed): scripts still print them, so they redirect to today's pages."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for

from pulumi_mturk.marketplace.domain.hits import find_hit
from pulumi_mturk.marketplace.web import session

blueprint: Final = Blueprint("legacy_urls", __name__, url_prefix="/mturk")
_MOVED: Final = {
    "welcome": "hit_pages.projects",
    "myhits": "hit_pages.tasks",
    "dashboard": "hit_pages.dashboard",
    "status": "hit_pages.dashboard",
    "findquals": "qualification_pages.search",
    "pendingquals": "qualification_pages.pending",
    "viewquals": "qualification_pages.assigned",
}


@blueprint.get("/preview")
@blueprint.get("/previewandaccept")
def preview() -> Any:
    """Preview a HIT, or the next one of a group."""
    if hit_id := request.args.get("hitId"):
        with session.marketplace().reading() as ctx:
            group_id = find_hit(ctx, hit_id)["group_id"]
        return redirect(url_for("hit_pages.one_task", group_id=group_id, hit_id=hit_id), 303)
    group_id = request.args.get("groupId")
    if not group_id:
        abort(404, "The address names neither a groupId nor a hitId.")
    return redirect(url_for("hit_pages.next_task", group_id=group_id), 303)


@blueprint.get("/searchbar")
@blueprint.get("/findhits")
def search() -> Any:
    """The search for HITs."""
    return redirect(url_for("hit_pages.projects", search=request.args.get("searchWords") or None), 303)


@blueprint.get("/requestqualification")
@blueprint.get("/qualificationtype")
def qualification() -> Any:
    """The page of a qualification type."""
    type_id = request.args.get("qualificationId") or request.args.get("qualificationTypeId")
    if not type_id:
        abort(404, "The address names no qualificationId.")
    return redirect(url_for("qualification_pages.one", type_id=type_id), 303)


@blueprint.get("/<any({}):name>".format(", ".join(_MOVED)))
def moved(name: str) -> Any:
    """Redirect a page without parameters."""
    return redirect(url_for(_MOVED[name]), 303)
