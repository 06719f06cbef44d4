"""HITs: made, read, listed, expired, moved to another type, deleted.

No worker takes a HIT here yet, so a HIT has no assignments: it is Assignable until it expires, then Reviewable.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.context import Context, Request, new_id
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error, unknown_qualification_type
from pulumi_mturk.marketplace.requester import hit_types
from pulumi_mturk.marketplace.requester.account import check_funds
from pulumi_mturk.marketplace.requester.documents import checked_document
from pulumi_mturk.marketplace.requester.paging import page
from pulumi_mturk.marketplace.requester.requirements import check_required_types
from pulumi_mturk.marketplace.requester.text_rules import not_longer, within
from pulumi_mturk.marketplace.system_types import system_type
from pulumi_mturk.marketplace.type_store import find_own, touch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator

MAX_ASSIGNMENTS: Final = 1_000_000_000
ANNOTATION_LENGTH: Final = 255
TOKEN_LIFETIME: Final = 86_400
"""Seconds for which a UniqueRequestToken is remembered: 24 hours (documented)."""
_HITS: Final = """
    SELECT hits.*, hit_types.group_id, title, description, keywords, reward, auto_approval_delay,
        assignment_duration, requirements
    FROM hits JOIN hit_types ON hit_types.id = hits.hit_type_id
"""


def create_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateHIT: registers the HIT type with these values, or uses the one that exists (documented)."""
    _check_token(ctx, request)
    return _publish(ctx, request, hit_types.register(ctx, request, for_hit=True))


def create_hit_with_hit_type(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateHITWithHITType: the type must be there, and what it requires must be in use."""
    _check_token(ctx, request)
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    check_required_types(ctx, hit_types.requirements_of(hit_type), for_hit=True)
    hit_types.use(ctx, hit_type)
    return _publish(ctx, request, hit_type)


def get_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """GetHIT: a deleted HIT is not found (documented)."""
    row = _find(ctx, request["HITId"])
    if row["deleted"]:
        raise _unknown_hit(row["id"])
    return {"HIT": _wire_form(ctx, row)}


def list_hits(ctx: Context, request: Request) -> dict[str, Any]:
    """ListHITs: of any status, but not deleted ones (documented)."""

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        found = ctx.db.execute(f"{_HITS} WHERE NOT hits.deleted AND hits.sequence > ? ORDER BY hits.sequence", (after,))
        for row in found:
            yield row["sequence"], _wire_form(ctx, row)

    return page(ctx, request, "ListHITs", "HITs", rows)


def list_hits_for_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """ListHITsForQualificationType: of any status, but not deleted ones (documented)."""
    identity = request["QualificationTypeId"]
    if find_own(ctx, identity) is None and system_type(identity, ctx.switches) is None:
        raise unknown_qualification_type(identity)

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        found = ctx.db.execute(
            f"""{_HITS} JOIN hit_type_requirements USING (hit_type_id)
            WHERE qualification_type_id = ? AND NOT hits.deleted AND hits.sequence > ? ORDER BY hits.sequence""",
            (identity, after),
        )
        for row in found:
            yield row["sequence"], _wire_form(ctx, row)

    return page(ctx, request, "ListHITsForQualificationType", "HITs", rows)


def update_expiration_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateExpirationForHIT: a time in the past, also 0, expires the HIT at once (documented)."""
    row = _require_undeleted(ctx, request["HITId"])
    ctx.db.execute("UPDATE hits SET expiration = ? WHERE id = ?", (request["ExpireAt"], row["id"]))
    return {}


def update_hit_type_of_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateHITTypeOfHIT: the HIT takes on the properties of the other type (documented)."""
    row = _require_undeleted(ctx, request["HITId"])
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    check_required_types(ctx, hit_types.requirements_of(hit_type), for_hit=True)
    hit_types.use(ctx, hit_type)
    ctx.db.execute("UPDATE hits SET hit_type_id = ? WHERE id = ?", (hit_type["id"], row["id"]))
    return {}


def delete_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """DeleteHIT: from Reviewable only (documented); text observed, also for a HIT deleted before."""
    row = _find(ctx, request["HITId"])
    if (status := status_of(ctx, row)) != "Reviewable":
        raise _wrong_state(status, "Reviewing, Reviewable")
    ctx.db.execute("UPDATE hits SET deleted = 1 WHERE id = ?", (row["id"],))
    for requirement in hit_types.requirements_of(row):
        touch(ctx, requirement["QualificationTypeId"])
    return {}


def status_of(ctx: Context, row: sqlite3.Row) -> str:
    """Assignable until it expires, Reviewable afterwards, Disposed once deleted."""
    if row["deleted"]:
        return "Disposed"
    return "Assignable" if ctx.now < row["expiration"] else "Reviewable"


def _publish(ctx: Context, request: Request, hit_type: sqlite3.Row) -> dict[str, Any]:
    within(request, "LifetimeInSeconds", *hit_types.DURATION)
    within(request, "MaxAssignments", 1, MAX_ASSIGNMENTS)
    not_longer(request, "RequesterAnnotation", ANNOTATION_LENGTH)
    question = _question(ctx, request)
    assignments = request.get("MaxAssignments", 1)
    check_funds(ctx, Decimal(hit_type["reward"]), assignments, hit_types.requirements_of(hit_type))
    hit_id = new_id()
    ctx.db.execute(
        """INSERT INTO hits (id, hit_type_id, question, max_assignments, requester_annotation, creation_time,
            expiration) VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (
            hit_id,
            hit_type["id"],
            question,
            assignments,
            request.get("RequesterAnnotation"),
            ctx.now,
            ctx.now + request["LifetimeInSeconds"],
        ),
    )
    if "UniqueRequestToken" in request:
        ctx.db.execute(
            "INSERT OR REPLACE INTO used_tokens (operation, token, made_id, used_at) VALUES ('CreateHIT', ?, ?, ?)",
            (request["UniqueRequestToken"], hit_id, ctx.now),
        )
    return {"HIT": _wire_form(ctx, _find(ctx, hit_id))}


def _question(ctx: Context, request: Request) -> str:
    """Question or HITLayoutId is required (documented); no layouts exist here; both at once is refused (guessed)."""
    if "Question" in request and "HITLayoutId" in request:
        raise invalid_parameter("HITLayoutId", request["HITLayoutId"], "HITLayoutId must be null with a Question")
    if "HITLayoutId" in request:
        raise request_error("HITLayoutDoesNotExist", f"HITLayout [{request['HITLayoutId']}] does not exist.")
    if "Question" not in request:
        raise invalid_parameter("Question", "null", "Either Question or HITLayoutId must be used")
    return checked_document("Question", request["Question"], ctx.switches.xml_echo)


def _check_token(ctx: Context, request: Request) -> None:
    """The same UniqueRequestToken within 24 hours: no second HIT, an error with the id (documented; text guessed)."""
    row = ctx.db.execute(
        "SELECT made_id FROM used_tokens WHERE operation = 'CreateHIT' AND token = ? AND used_at > ?",
        (request.get("UniqueRequestToken"), ctx.now - TOKEN_LIFETIME),
    ).fetchone()
    if row is not None:
        raise request_error("HitAlreadyExists", f'The HIT with ID "{row["made_id"]}" already exists.')


def _find(ctx: Context, hit_id: str) -> sqlite3.Row:
    row = ctx.db.execute(f"{_HITS} WHERE hits.id = ?", (hit_id,)).fetchone()
    if row is None:
        raise _unknown_hit(hit_id)
    return row  # type: ignore[no-any-return]


def _require_undeleted(ctx: Context, hit_id: str) -> sqlite3.Row:
    row = _find(ctx, hit_id)
    if row["deleted"]:
        raise _wrong_state("Disposed", "Assignable, Unassignable, Reviewing, Reviewable")
    return row


def _unknown_hit(hit_id: str) -> WireError:
    """The code is known from Amazon's own clients, the text is guessed."""
    return request_error("HITDoesNotExist", f"Hit {hit_id} does not exist.")


def _wrong_state(state: str, allowed: str) -> WireError:
    """Text observed, two spaces included."""
    message = f"This HIT is currently in the state '{state}'.  This operation can be called with a status of: {allowed}"
    return request_error("InvalidHITState", message)


def _wire_form(ctx: Context, row: sqlite3.Row) -> dict[str, Any]:
    status = status_of(ctx, row)
    reward = row["reward"]
    if ctx.switches.reward_echo == "two_decimals":
        reward = str(Decimal(reward).quantize(Decimal("0.01")))
    return {
        "HITId": row["id"],
        "HITTypeId": row["hit_type_id"],
        "HITGroupId": row["group_id"],
        "CreationTime": row["creation_time"],
        "Title": row["title"],
        "Description": row["description"],
        "Question": row["question"],
        "Keywords": row["keywords"],
        "HITStatus": status,
        "MaxAssignments": row["max_assignments"],
        "Reward": reward,
        "AutoApprovalDelayInSeconds": row["auto_approval_delay"],
        "Expiration": row["expiration"],
        "AssignmentDurationInSeconds": row["assignment_duration"],
        "RequesterAnnotation": row["requester_annotation"],
        "QualificationRequirements": hit_types.requirements_of(row),
        "HITReviewStatus": "NotReviewed",
        "NumberOfAssignmentsPending": 0,
        "NumberOfAssignmentsAvailable": row["max_assignments"] if status == "Assignable" else 0,
        "NumberOfAssignmentsCompleted": 0,
    }
