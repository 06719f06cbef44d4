"""HITs: made, read and listed; in which state they are, and how many assignments they have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.context import Context, Request, new_id
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error, unknown_qualification_type
from pulumi_mturk.marketplace.requester import hit_types, layouts, tokens
from pulumi_mturk.marketplace.requester.documents import checked_document
from pulumi_mturk.marketplace.requester.money import check_funds
from pulumi_mturk.marketplace.requester.notifications import emit
from pulumi_mturk.marketplace.requester.paging import page
from pulumi_mturk.marketplace.requester.policies import KNOWN_ANSWERS, PLURALITY, read_policy
from pulumi_mturk.marketplace.requester.requirements import check_required_types
from pulumi_mturk.marketplace.requester.text_rules import not_longer, within
from pulumi_mturk.marketplace.system_types import system_type
from pulumi_mturk.marketplace.type_store import find_own

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterator

MAX_ASSIGNMENTS: Final = 1_000_000_000
ANNOTATION_LENGTH: Final = 255
MANY: Final = 10
"""So many assignments, or more, a HIT has from its beginning or never (documented)."""
_TOKENS: Final = "CreateHIT"
_HITS: Final = """
    SELECT hits.*, hit_types.group_id, title, description, keywords, reward, auto_approval_delay,
        assignment_duration, requirements
    FROM hits JOIN hit_types ON hit_types.id = hits.hit_type_id
"""
_COUNTS: Final = """
    SELECT count(*) FILTER (WHERE status = 'Accepted') AS pending,
        count(*) FILTER (WHERE status = 'Submitted') AS submitted,
        count(*) FILTER (WHERE status IN ('Approved', 'Rejected')) AS completed
    FROM assignments WHERE hit_id = ?
"""


@dataclass(frozen=True)
class Counts:
    """The assignments of a HIT; those that were returned or abandoned are available again."""

    available: int
    """Can be accepted; none once the HIT has expired (documented)."""
    pending: int
    """Accepted, and not handed in yet; looking at a HIT does not count here (guessed: the documents count it)."""
    submitted: int
    """Handed in, neither approved nor rejected."""
    completed: int
    """Approved or rejected (documented)."""


def create_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateHIT: registers the HIT type with these values, or uses the one that exists (documented).

    The question is given as it is, or by a layout of the requester's site with values for its parameters (documented).
    Names that the layout does not have, and values that are missing, are refused (documented). The review policies are
    checked, and stay as they are (documented). The same UniqueRequestToken within 24 hours makes no second HIT but is
    an error with the id of the first (documented). It holds for this operation and CreateHITWithHITType together
    (guessed).
    """
    _check_token(ctx, request)
    return _publish(ctx, request, hit_types.register(ctx, request, for_hit=True))


def create_hit_with_hit_type(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateHITWithHITType: the type must be there, and what it requires must be in use (documented).

    All else is as with CreateHIT (documented).
    """
    _check_token(ctx, request)
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    check_required_types(ctx, hit_types.requirements_of(hit_type), for_hit=True)
    hit_types.use(ctx, hit_type)
    return _publish(ctx, request, hit_type)


def get_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """GetHIT: of any status; a deleted HIT is not found (documented)."""
    return {"HIT": wire_form(ctx, find_undeleted(ctx, request["HITId"]))}


def list_hits(ctx: Context, request: Request) -> dict[str, Any]:
    """ListHITs: of any status, but not deleted ones (documented).

    New ones are listed after a while (observed; a switch).
    """

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        found = ctx.db.execute(
            f"{_HITS} WHERE NOT hits.deleted AND hits.sequence > ? AND creation_time <= ? ORDER BY hits.sequence",
            (after, _listed_until(ctx)),
        )
        for row in found:
            yield row["sequence"], wire_form(ctx, row)

    return page(ctx, request, "ListHITs", "HITs", rows)


def list_hits_for_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """ListHITsForQualificationType: of any status, but not deleted ones (documented)."""
    identity = request["QualificationTypeId"]
    if find_own(ctx, identity) is None and system_type(identity, ctx.switches) is None:
        raise unknown_qualification_type(identity)

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        found = ctx.db.execute(
            f"""{_HITS} JOIN hit_type_requirements USING (hit_type_id)
            WHERE qualification_type_id = ? AND NOT hits.deleted AND hits.sequence > ? AND creation_time <= ?
            ORDER BY hits.sequence""",
            (identity, after, _listed_until(ctx)),
        )
        for row in found:
            yield row["sequence"], wire_form(ctx, row)

    return page(ctx, request, "ListHITsForQualificationType", "HITs", rows)


def reviewable(ctx: Context, hit_type_id: str | None, *, reviewing: bool, after: int) -> Iterator[sqlite3.Row]:
    """HITs that are Reviewable, or Reviewing, after a position."""
    return ctx.db.execute(
        f"""{_HITS} WHERE reviewable_since IS NOT NULL AND NOT hits.deleted AND reviewing = ?
            AND hit_type_id = coalesce(?, hit_type_id) AND hits.sequence > ? ORDER BY hits.sequence""",
        (reviewing, hit_type_id, after),
    )


def find_hit(ctx: Context, hit_id: str) -> sqlite3.Row:
    """A HIT with its type's properties, deleted or not; raises WireError."""
    row = ctx.db.execute(f"{_HITS} WHERE hits.id = ?", (hit_id,)).fetchone()
    if row is None:
        raise _unknown_hit(hit_id)
    return row  # type: ignore[no-any-return]


def find_undeleted(ctx: Context, hit_id: str) -> sqlite3.Row:
    """A HIT that can still be read; raises WireError."""
    row = find_hit(ctx, hit_id)
    if row["deleted"]:
        raise _unknown_hit(hit_id)
    return row


def counts_of(ctx: Context, row: sqlite3.Row) -> Counts:
    """How many assignments of a HIT there are in each state."""
    counted = ctx.db.execute(_COUNTS, (row["id"],)).fetchone()
    live = ctx.now < row["expiration"] and not row["deleted"]
    available = max(0, row["max_assignments"] - sum(counted)) if live else 0
    return Counts(available, counted["pending"], counted["submitted"], counted["completed"])


def status_of(ctx: Context, row: sqlite3.Row) -> str:
    """The HIT's status, as answers have it."""
    return _status(row, counts_of(ctx, row))


def add_assignments(ctx: Context, row: sqlite3.Row, more: int) -> None:
    """Fewer than ten assignments can not become ten or more (documented; the text is guessed)."""
    most = row["max_assignments"] + more
    if row["max_assignments"] < MANY <= most:
        raise request_error(
            "InvalidMaximumAssignmentsIncrease",
            f"A HIT created with fewer than {MANY} assignments can not be extended to have {MANY} or more.",
        )
    if most > MAX_ASSIGNMENTS:
        detail = f"A HIT can have {MAX_ASSIGNMENTS} assignments at most"
        raise invalid_parameter("NumberOfAdditionalAssignments", more, detail)
    check_funds(ctx, row, more, of=most)
    ctx.db.execute("UPDATE hits SET max_assignments = ? WHERE id = ?", (most, row["id"]))
    emit(ctx, "HITExtended", row["id"])


def wire_form(ctx: Context, row: sqlite3.Row) -> dict[str, Any]:
    """The HIT as answers have it."""
    counts = counts_of(ctx, row)
    reward = row["reward"]
    if ctx.switches.reward_echo == "two_decimals":
        reward = str(Decimal(reward).quantize(Decimal("0.01")))
    return {
        "HITId": row["id"],
        "HITTypeId": row["hit_type_id"],
        "HITGroupId": row["group_id"],
        "HITLayoutId": row["layout_id"],
        "CreationTime": row["creation_time"],
        "Title": row["title"],
        "Description": row["description"],
        "Question": row["question"],
        "Keywords": row["keywords"],
        "HITStatus": _status(row, counts),
        "MaxAssignments": row["max_assignments"],
        "Reward": reward,
        "AutoApprovalDelayInSeconds": row["auto_approval_delay"],
        "Expiration": row["expiration"],
        "AssignmentDurationInSeconds": row["assignment_duration"],
        "RequesterAnnotation": row["requester_annotation"],
        "QualificationRequirements": hit_types.requirements_of(row),
        "HITReviewStatus": "NotReviewed",  # nobody reviews requesters here
        "NumberOfAssignmentsPending": counts.pending,
        "NumberOfAssignmentsAvailable": counts.available,
        "NumberOfAssignmentsCompleted": counts.completed,
    }


def wrong_state(state: str, allowed: str) -> WireError:
    """Text observed, two spaces included."""
    message = f"This HIT is currently in the state '{state}'.  This operation can be called with a status of: {allowed}"
    return request_error("InvalidHITState", message)


def _status(row: sqlite3.Row, counts: Counts) -> str:
    """A HIT is Assignable while it can be accepted, and Unassignable while all assignments are taken (documented).

    It is Reviewable when all assignments were handed in, or when it has expired (documented). It is Unassignable until
    then while work on it is under way, also if it has expired (observed). It is Reviewing where the requester said so,
    and Disposed once deleted (documented).
    """
    if row["deleted"]:
        return "Disposed"
    if counts.available:
        return "Assignable"
    if counts.pending:
        return "Unassignable"
    return "Reviewing" if row["reviewing"] else "Reviewable"


def _publish(ctx: Context, request: Request, hit_type: sqlite3.Row) -> dict[str, Any]:
    within(request, "LifetimeInSeconds", *hit_types.DURATION)
    within(request, "MaxAssignments", 1, MAX_ASSIGNMENTS)
    not_longer(request, "RequesterAnnotation", ANNOTATION_LENGTH)
    question = _question(ctx, request)
    for_assignments = _policy(request, "AssignmentReviewPolicy", KNOWN_ANSWERS)
    for_hit = _policy(request, "HITReviewPolicy", PLURALITY)
    assignments = request.get("MaxAssignments", 1)
    check_funds(ctx, hit_type, assignments)
    hit_id = new_id()
    ctx.db.execute(
        """INSERT INTO hits (id, hit_type_id, layout_id, question, max_assignments, requester_annotation,
            assignment_review_policy, hit_review_policy, creation_time, expiration)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            hit_id,
            hit_type["id"],
            request.get("HITLayoutId"),
            question,
            assignments,
            request.get("RequesterAnnotation"),
            for_assignments,
            for_hit,
            ctx.now,
            ctx.now + request["LifetimeInSeconds"],
        ),
    )
    tokens.remember(ctx, _TOKENS, request, hit_id)
    emit(ctx, "HITCreated", hit_id)
    return {"HIT": wire_form(ctx, find_hit(ctx, hit_id))}


def _question(ctx: Context, request: Request) -> str:
    """Question or HITLayoutId is required (documented); both at once is refused (documented; the error is guessed)."""
    if "HITLayoutId" in request:
        if "Question" in request:
            raise invalid_parameter("HITLayoutId", request["HITLayoutId"], "HITLayoutId must be null with a Question")
        return checked_document("Question", layouts.question_of(ctx, request), ctx.switches.xml_echo)
    if "Question" not in request:
        raise invalid_parameter("Question", "null", "Either Question or HITLayoutId must be used")
    return checked_document("Question", request["Question"], ctx.switches.xml_echo)


def _policy(request: Request, member: str, name: str) -> str | None:
    policy = request.get(member)
    if policy is None:
        return None
    read_policy(policy, name)
    return json.dumps(policy)


def _check_token(ctx: Context, request: Request) -> None:
    """The same UniqueRequestToken again: no second HIT, an error with the id (documented; the text is guessed)."""
    made = tokens.made_with(ctx, _TOKENS, request)
    if made is not None:
        raise request_error("HitAlreadyExists", f'The HIT with ID "{made}" already exists.')


def _listed_until(ctx: Context) -> float:
    return ctx.now - ctx.switches.hit_lag_seconds


def _unknown_hit(hit_id: str) -> WireError:
    """The code is known from Amazon's own clients, the text is guessed."""
    return request_error("HITDoesNotExist", f"Hit {hit_id} does not exist.")
