"""Operations on reviews: reviewable HITs, and the results of review policies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api import hit_operations
from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.api.parameters import Request, flag
from pulumi_mturk.marketplace.domain import hits
from pulumi_mturk.marketplace.storage import hits as stored_hits
from pulumi_mturk.marketplace.storage import review_reports

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.domain.context import Context

RESULTS_OF_A_PAGE: Final = 100
"""Review results of a page without MaxResults (guessed: the most; it was 400 in the old API)."""
_LEVELS: Final = {"Assignment": "assignment_review_policy", "HIT": "hit_review_policy"}


def list_reviewable_hits(ctx: Context, request: Request) -> dict[str, Any]:
    """ListReviewableHITs: those with the status Reviewable or, where it is asked for, Reviewing (documented).

    Of one HIT type or of all (documented). An unknown type has none (guessed). The order is that of creation (guessed).
    """
    reviewing = request.get("Status", "Reviewable") == "Reviewing"

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for row in stored_hits.reviewable(ctx.db, ctx.account, request.get("HITTypeId"), after, reviewing=reviewing):
            yield row["sequence"], hit_operations.wire_form(ctx, row)

    return page(ctx, request, "ListReviewableHITs", "HITs", rows)


def update_hit_review_status(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateHITReviewStatus: from Reviewable to Reviewing or, with Revert, from Reviewing to Reviewable (documented).

    From any other status it is refused (guessed).
    """
    row = hits.find_hit(ctx, request["HITId"])
    revert = flag(request, "Revert", default=False)
    wanted = "Reviewing" if revert else "Reviewable"
    if (status := hits.status_of(ctx, row)) != wanted:
        raise hits.wrong_state(status, wanted)
    stored_hits.set_reviewing(ctx.db, row["id"], reviewing=not revert)
    return {}


def list_review_policy_results_for_hit(ctx: Context, request: Request) -> dict[str, Any]:
    """ListReviewPolicyResultsForHIT: the policies' results and actions, oldest first, by level (documented).

    A policy is named only if the HIT has one (documented). RetrieveActions and RetrieveResults are both on unless
    they are turned off (documented in the old API). A page counts results and actions together (guessed). A policy that
    has not brought about anything yet has no report (guessed, a switch).
    """
    row = hits.find_undeleted(ctx, request["HITId"])
    levels = [level for level in _LEVELS if level in (request.get("PolicyLevels") or _LEVELS)]
    kinds = [kind for kind in ("Result", "Action") if flag(request, f"Retrieve{kind}s", default=True)]

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        for report in review_reports.of_hit(ctx.db, row["id"], after):
            if report["level"] in levels and report["kind"] in kinds:
                yield report["sequence"], dict(report)

    asked = {"MaxResults": RESULTS_OF_A_PAGE, **request}
    found = page(ctx, asked, "ListReviewPolicyResultsForHIT", "reports", rows)
    answer: dict[str, Any] = {"HITId": row["id"], "NextToken": found.get("NextToken")}
    for level in levels:
        if row[_LEVELS[level]] is None:
            continue
        answer[f"{level}ReviewPolicy"] = {"PolicyName": json.loads(row[_LEVELS[level]])["PolicyName"]}
        if ctx.switches.empty_review_report == "empty_lists" or review_reports.are_there(ctx.db, row["id"], level):
            answer[f"{level}ReviewReport"] = {
                f"Review{kind}s": [
                    json.loads(report["detail"])
                    for report in found["reports"]
                    if (report["level"], report["kind"]) == (level, kind)
                ]
                for kind in kinds
            }
    return answer
