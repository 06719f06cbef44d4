"""Operations on HITs: create, get, list."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api import hit_type_operations, idempotency_tokens
from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.api.parameters import Request, check_length, check_range
from pulumi_mturk.marketplace.api.question_xml import check_question_xml
from pulumi_mturk.marketplace.domain import hit_types, layouts
from pulumi_mturk.marketplace.domain.context import Context, new_id
from pulumi_mturk.marketplace.domain.hit_events import emit
from pulumi_mturk.marketplace.domain.hits import (
    MAX_ASSIGNMENTS,
    assignment_counts,
    find_hit,
    find_undeleted,
    status_from,
)
from pulumi_mturk.marketplace.domain.money import check_funds
from pulumi_mturk.marketplace.domain.qualification_types import find_type
from pulumi_mturk.marketplace.domain.requirements import check_required_types
from pulumi_mturk.marketplace.domain.review_policies import KNOWN_ANSWERS, PLURALITY, read_policy
from pulumi_mturk.marketplace.domain.system_qualification_types import find_system_type
from pulumi_mturk.marketplace.errors import invalid_parameter, request_error, unknown_qualification_type
from pulumi_mturk.marketplace.storage import hits

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.storage.sql import Row

ANNOTATION_LENGTH: Final = 255
_TOKENS: Final = "CreateHIT"


def create_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateHIT: registers the HIT type with these values, or uses the existing one (documented).

    The question is given as it is, or by a layout of the requester's site with values for its parameters (documented).
    Names that the layout does not have, and values that are missing, are refused (documented). The review policies are
    checked, and stay as they are (documented). The same UniqueRequestToken within 24 hours makes no second HIT but is
    an error with the id of the first (documented). It holds for this operation and CreateHITWithHITType together
    (guessed).
    """
    _check_token(ctx, request)
    return _publish(ctx, request, hit_type_operations.register(ctx, request, for_hit=True))


def create_hit_with_hit_type(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateHITWithHITType: the type must exist, and the types that it requires must be active (documented).

    All else is as with CreateHIT (documented).
    """
    _check_token(ctx, request)
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    check_required_types(ctx, hit_types.requirements_of(hit_type), for_hit=True)
    hit_types.mark_used(ctx, hit_type)
    return _publish(ctx, request, hit_type)


def get_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """GetHIT: of any status; a deleted HIT is not found (documented)."""
    return {"HIT": wire_form(ctx, find_undeleted(ctx, request["HITId"]))}


def list_hits(ctx: Context, request: Request) -> dict[str, Any]:
    """ListHITs: of any status, but not deleted ones (documented).

    New ones are listed after a while (observed; a switch).
    """

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for row in hits.listed(ctx.db, ctx.account, after, ctx.made_before(ctx.switches.hit_lag_seconds)):
            yield row["sequence"], wire_form(ctx, row)

    return page(ctx, request, "ListHITs", "HITs", rows)


def list_hits_for_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """ListHITsForQualificationType: of any status, but not deleted ones (documented)."""
    identity = request["QualificationTypeId"]
    if find_type(ctx, identity) is None and find_system_type(identity, ctx.switches) is None:
        raise unknown_qualification_type(identity)

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        made_before = ctx.made_before(ctx.switches.hit_lag_seconds)
        for row in hits.requiring(ctx.db, ctx.account, identity, after, made_before):
            yield row["sequence"], wire_form(ctx, row)

    return page(ctx, request, "ListHITsForQualificationType", "HITs", rows)


def wire_form(ctx: Context, row: Row) -> dict[str, Any]:
    """The HIT as responses have it."""
    counts = assignment_counts(row)
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
        "HITStatus": status_from(ctx, row, counts),
        "MaxAssignments": row["max_assignments"],
        "Reward": reward,
        "AutoApprovalDelayInSeconds": row["auto_approval_delay"],
        "Expiration": row["expiration"],
        "AssignmentDurationInSeconds": row["assignment_duration"],
        "RequesterAnnotation": row["requester_annotation"],
        "QualificationRequirements": hit_types.requirements_of(row),
        "HITReviewStatus": "NotReviewed",  # AWS's own review of HITs does not exist here
        "NumberOfAssignmentsPending": counts.pending,
        "NumberOfAssignmentsAvailable": counts.available,
        "NumberOfAssignmentsCompleted": counts.completed,
    }


def _publish(ctx: Context, request: Request, hit_type: Row) -> dict[str, Any]:
    check_range(request, "LifetimeInSeconds", *hit_type_operations.DURATION)
    check_range(request, "MaxAssignments", 1, MAX_ASSIGNMENTS)
    check_length(request, "RequesterAnnotation", ANNOTATION_LENGTH)
    question = _question(ctx, request)
    for_assignments = _policy(request, "AssignmentReviewPolicy", KNOWN_ANSWERS)
    for_hit = _policy(request, "HITReviewPolicy", PLURALITY)
    assignments = request.get("MaxAssignments", 1)
    check_funds(ctx, hit_type, assignments)
    hit_id = new_id(ctx)
    hits.insert(
        ctx.db,
        has_requirements=bool(hit_types.requirements_of(hit_type)),
        id=hit_id,
        account=hit_type["account"],
        hit_type_id=hit_type["id"],
        layout_id=request.get("HITLayoutId"),
        question=question,
        max_assignments=assignments,
        requester_annotation=request.get("RequesterAnnotation"),
        assignment_review_policy=for_assignments,
        hit_review_policy=for_hit,
        creation_time=ctx.now,
        expiration=ctx.now + request["LifetimeInSeconds"],
    )
    idempotency_tokens.remember(ctx, _TOKENS, request, hit_id)
    emit(ctx, "HITCreated", hit_id)
    return {"HIT": wire_form(ctx, find_hit(ctx, hit_id))}


def _question(ctx: Context, request: Request) -> str:
    """Question or HITLayoutId is required (documented); both at once is refused (documented; the error is guessed)."""
    if "HITLayoutId" in request:
        if "Question" in request:
            raise invalid_parameter("HITLayoutId", request["HITLayoutId"], "HITLayoutId must be null with a Question")
        question = layouts.fill_layout(ctx, request["HITLayoutId"], request.get("HITLayoutParameters", []))
        return check_question_xml("Question", question, ctx.switches.xml_echo)
    if "Question" not in request:
        raise invalid_parameter("Question", "null", "Either Question or HITLayoutId must be used")
    return check_question_xml("Question", request["Question"], ctx.switches.xml_echo)


def _policy(request: Request, member: str, name: str) -> str | None:
    policy = request.get(member)
    if policy is None:
        return None
    read_policy(policy, name)
    return json.dumps(policy)


def _check_token(ctx: Context, request: Request) -> None:
    """The same UniqueRequestToken again: no second HIT, an error with the id (documented; the text is guessed)."""
    made = idempotency_tokens.id_made_with(ctx, _TOKENS, request)
    if made is not None:
        raise request_error("HitAlreadyExists", f'The HIT with ID "{made}" already exists.')
