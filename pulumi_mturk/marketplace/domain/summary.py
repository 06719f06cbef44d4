"""A summary of what a database holds, without worker ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.hits import assignment_counts, status_of
from pulumi_mturk.marketplace.domain.qualification_types import state_of
from pulumi_mturk.marketplace.storage.hit_types import all_of_them
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT
from pulumi_mturk.marketplace.storage.totals import total

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row


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
    db = ctx.db
    holders = dict(
        db.execute(
            "SELECT qualification_type_id, count(*) FROM grants WHERE status = 'Granted' GROUP BY qualification_type_id"
        ).fetchall()
    )
    types = [
        QualificationTypeSummary(row["id"], row["name"], state, holders.get(row["id"], 0))
        for row in db.execute("SELECT * FROM qualification_types ORDER BY sequence")
        if (state := state_of(ctx, row)) != "Gone"
    ]
    alive = [
        HITTypeSummary(row["id"], row["title"], row["reward"], len(hit_types.requirements_of(row)))
        for row in all_of_them(db)
        if hit_types.is_alive(ctx, row)
    ]
    hits = [
        _hit(ctx, row)
        for row in db.execute(
            """SELECT hits.*, title FROM hits JOIN hit_types ON hit_types.id = hits.hit_type_id
            WHERE NOT hits.deleted ORDER BY hits.sequence"""
        )
    ]
    pending = db.execute("SELECT count(*) FROM qualification_requests WHERE status = 'Pending'").fetchone()[0]
    return Summary(types, alive, hits, total(db, FIRST_ACCOUNT, "blocks"), pending)


def _hit(ctx: Context, row: Row) -> HITSummary:
    counts = assignment_counts(row)
    handed_in = counts.submitted + counts.completed
    return HITSummary(row["id"], row["title"], status_of(ctx, row), row["max_assignments"], handed_in)
