"""Operations on HIT types: create. No operation reads, changes or deletes one."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api.parameters import Request, check_length, check_not_empty, check_range
from pulumi_mturk.marketplace.domain.context import Context, new_id
from pulumi_mturk.marketplace.domain.hit_types import find, is_alive, mark_used
from pulumi_mturk.marketplace.domain.money import masters_required
from pulumi_mturk.marketplace.domain.requirements import Requirement, checked_requirements
from pulumi_mturk.marketplace.errors import invalid_parameter
from pulumi_mturk.marketplace.storage import hit_types

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Row

TITLE_LENGTH: Final = 128
DESCRIPTION_LENGTH: Final = 2000
KEYWORDS_LENGTH: Final = 1000
REWARD_LENGTH: Final = 15
"""Characters (guessed: no limit is stated)."""
DURATION: Final = (30, 31_536_000)
"""Seconds: half a minute to 365 days (documented in the old API; one page there has a misprint)."""
LONGEST_APPROVAL_DELAY: Final = 2_592_000
"""Seconds: 30 days, which is the default too (documented in the old API)."""


def create_hit_type(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateHITType: equal values return the id of the existing type (documented)."""
    return {"HITTypeId": register(ctx, request, for_hit=False)["id"]}


def register(ctx: Context, request: Request, *, for_hit: bool) -> Row:
    """Find the HIT type with these values, or create it; CreateHIT does so too (documented)."""
    check_not_empty(request, "Title", "Description")
    check_length(request, "Title", TITLE_LENGTH)
    check_length(request, "Description", DESCRIPTION_LENGTH)
    check_length(request, "Keywords", KEYWORDS_LENGTH)
    check_range(request, "AssignmentDurationInSeconds", *DURATION)
    check_range(request, "AutoApprovalDelayInSeconds", 0, LONGEST_APPROVAL_DELAY)
    reward = request["Reward"]
    if len(reward) > REWARD_LENGTH:
        raise invalid_parameter("Reward", reward, f"Reward must not be longer than {REWARD_LENGTH} characters")
    if ctx.switches.zero_reward == "refuse" and Decimal(reward) == 0:
        raise invalid_parameter("Reward", reward, "Reward must be more than 0")
    requirements = checked_requirements(ctx, request.get("QualificationRequirements", []), for_hit=for_hit)
    identity = _identity(ctx, request, requirements)
    for row in hit_types.of_identity(ctx.db, ctx.account, identity):
        if is_alive(ctx, row):
            mark_used(ctx, row)
            return row
    return _insert(ctx, request, requirements, identity)


def _insert(ctx: Context, request: Request, requirements: list[Requirement], identity: str) -> Row:
    hit_type_id = new_id(ctx)
    hit_types.insert(
        ctx.db,
        (requirement["QualificationTypeId"] for requirement in requirements),
        id=hit_type_id,
        account=ctx.account,
        group_id=new_id(ctx),
        title=request["Title"],
        description=request["Description"],
        keywords=request.get("Keywords"),
        reward=request["Reward"],
        auto_approval_delay=request.get("AutoApprovalDelayInSeconds", LONGEST_APPROVAL_DELAY),
        assignment_duration=request["AssignmentDurationInSeconds"],
        requirements=json.dumps(requirements),
        masters=masters_required(requirements),
        identity=identity,
        last_used=ctx.now,
    )
    return find(ctx, hit_type_id)


def _identity(ctx: Context, request: Request, requirements: list[Requirement]) -> str:
    """A hash of what identifies a type: the seven values (documented), with defaults filled in (guessed).

    Whether notation counts ("0.1" or "0.10", spaces in keywords, order of requirements) is a switch (guessed).
    """
    reward, keywords = request["Reward"], request.get("Keywords", "")
    forms = [json.dumps(requirement, sort_keys=True) for requirement in requirements]
    if ctx.switches.hit_type_identity == "normalised":
        reward = str(Decimal(reward).quantize(Decimal("0.01")))
        keywords = ",".join(re.sub(r"\s+", " ", word).strip() for word in keywords.split(","))
        forms = sorted(json.dumps(_sorted_values(requirement), sort_keys=True) for requirement in requirements)
    values = [
        request["Title"],
        request["Description"],
        keywords,
        reward,
        request.get("AutoApprovalDelayInSeconds", LONGEST_APPROVAL_DELAY),
        request["AssignmentDurationInSeconds"],
        forms,
    ]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _sorted_values(requirement: Requirement) -> Requirement:
    form = dict(requirement)
    if "IntegerValues" in form:
        form["IntegerValues"] = sorted(form["IntegerValues"])
    if "LocaleValues" in form:
        form["LocaleValues"] = sorted(form["LocaleValues"], key=lambda locale: sorted(locale.items()))
    return form
