"""Addresses of AWS's older worker site (observed): scripts still print them, and they lead to today's pages."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for

from pulumi_mturk.marketplace.requester.hits import find_hit
from pulumi_mturk.marketplace.site import visitor

blueprint: Final = Blueprint("old_addresses", __name__, url_prefix="/mturk")
_MOVED: Final = {
    "welcome": "pages.projects",
    "myhits": "pages.tasks",
    "dashboard": "pages.dashboard",
    "status": "pages.dashboard",
    "findquals": "qualification_pages.search",
    "pendingquals": "qualification_pages.pending",
    "viewquals": "qualification_pages.assigned",
}


@blueprint.get("/preview")
@blueprint.get("/previewandaccept")
def preview() -> Any:
    """A group's next HIT, or a HIT."""
    if hit_id := request.args.get("hitId"):
        with visitor.marketplace().reading() as ctx:
            group_id = find_hit(ctx, hit_id)["group_id"]
        return redirect(url_for("pages.one_task", group_id=group_id, hit_id=hit_id), 303)
    group_id = request.args.get("groupId")
    if not group_id:
        abort(404, "The address names neither a groupId nor a hitId.")
    return redirect(url_for("pages.next_task", group_id=group_id), 303)


@blueprint.get("/searchbar")
@blueprint.get("/findhits")
def search() -> Any:
    """The search for HITs."""
    return redirect(url_for("pages.projects", search=request.args.get("searchWords") or None), 303)


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
    """A page that has another address now."""
    return redirect(url_for(_MOVED[name]), 303)
