"""A summary of what a database holds, without worker ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.hits import assignment_counts, status_of
from pulumi_mturk.marketplace.domain.qualification_types import state_of
from pulumi_mturk.marketplace.storage import grants, hits, qualification_requests, qualification_types, totals
from pulumi_mturk.marketplace.storage import hit_types as stored_hit_types

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.domain.context import Context


@dataclass(frozen=True)
class QualificationTypeSummary:
    """A qualification type that is not gone."""

    id: str
    name: str
    status: str
    """`Active`, `Inactive` or `Disposing`."""
    holders: int
    """How many workers hold it now."""


@dataclass(frozen=True)
class HITTypeSummary:
    """A HIT type that HITs can be created with."""

    id: str
    title: str
    reward: str
    requirements: int


@dataclass(frozen=True)
class HITSummary:
    """A HIT that was not deleted."""

    id: str
    title: str
    status: str
    assignments: int
    """MaxAssignments."""
    handed_in: int
    """How many were submitted, including approved and rejected ones."""


@dataclass(frozen=True)
class Summary:
    """What a database holds, without worker ids."""

    qualification_types: list[QualificationTypeSummary]
    hit_types: list[HITTypeSummary]
    hits: list[HITSummary]
    blocks: int
    pending_requests: int


def summary(ctx: Context) -> Summary:
    """Summarize the database."""
    return Summary(
        [found for _, found in qualification_types_after(ctx)],
        [found for _, found in hit_types_after(ctx)],
        [found for _, found in hits_after(ctx)],
        number_of_blocks(ctx),
        number_of_pending_requests(ctx),
    )


def qualification_types_after(ctx: Context, after: int = 0) -> Generator[tuple[int, QualificationTypeSummary]]:
    """The types, each with its position: after that of `after`, as below."""
    for row in qualification_types.after(ctx.db, after):
        if (state := state_of(ctx, row)) != "Gone":
            holders = grants.number_of_holders(ctx.db, row["id"])
            yield row["sequence"], QualificationTypeSummary(row["id"], row["name"], state, holders)


def hit_types_after(ctx: Context, after: int = 0) -> Generator[tuple[int, HITTypeSummary]]:
    """The HIT types."""
    for row in stored_hit_types.after(ctx.db, after):
        if hit_types.is_alive(ctx, row):
            requirements = len(hit_types.requirements_of(row))
            yield row["sequence"], HITTypeSummary(row["id"], row["title"], row["reward"], requirements)


def hits_after(ctx: Context, after: int = 0) -> Generator[tuple[int, HITSummary]]:
    """The HITs."""
    for row in hits.undeleted(ctx.db, after):
        counts = assignment_counts(row)
        handed_in = counts.submitted + counts.completed
        found = HITSummary(row["id"], row["title"], status_of(ctx, row), row["max_assignments"], handed_in)
        yield row["sequence"], found


def number_of_blocks(ctx: Context) -> int:
    """How many blocks there are, of all accounts."""
    return totals.of_all_accounts(ctx.db, "blocks")


def number_of_pending_requests(ctx: Context) -> int:
    """How many requests for qualifications wait for a requester."""
    return qualification_requests.number_pending(ctx.db)
