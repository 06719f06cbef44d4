"""Qualifications that workers hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain.qualification_types import mark_used
from pulumi_mturk.marketplace.domain.requesters import name_of
from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.storage import grants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.domain.context import Context


@dataclass(frozen=True)
class HeldQualification:
    """A qualification that a worker holds."""

    qualification_type_id: str
    requester: str
    """The requester's name."""
    name: str
    description: str
    score: int
    grant_time: float


def held_qualifications(ctx: Context, worker_id: str) -> list[HeldQualification]:
    """The worker's qualifications, by name."""
    found = (each for _, each in qualifications_before(ctx, worker_id))
    return sorted(found, key=lambda each: each.name.casefold())


def qualifications_before(
    ctx: Context, worker_id: str, before: int = INT64[-1]
) -> Iterator[tuple[int, HeldQualification]]:
    """The worker's qualifications, each with its position, before that of `before`.

    They are in the order in which they were first granted, the latest first: one that was revoked and granted again has
    a new time, and keeps its place.
    """
    for row in grants.held_by(ctx.db, worker_id, before):
        requester = name_of(ctx, row["account"])
        yield (
            row["sequence"],
            HeldQualification(row["id"], requester, row["name"], row["description"], row["value"], row["grant_time"]),
        )


def score_of(ctx: Context, qualification_type_id: str, worker_id: str) -> int | None:
    """The worker's score; None if the qualification is not held."""
    row = grants.find(ctx.db, qualification_type_id, worker_id)
    return None if row is None or row["status"] == "Revoked" else int(row["value"])


def grant(ctx: Context, qualification_type_id: str, worker_id: str, value: int) -> None:
    """Grant a qualification, or change its value.

    GrantTime is set anew for a revoked one (documented) and stays when only the value changes (guessed).
    """
    grants.grant(ctx.db, qualification_type_id, worker_id, value, ctx.now)
    mark_used(ctx, qualification_type_id)
