"""Worker statistics: numbers and percentages of assignments, as requirements compare them.

The percentages are those of the documents: submitted, abandoned and returned over accepted, approved and rejected over
submitted (documented). A worker who has not submitted a hundred assignments has an approval rate of 100 (documented).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.workers import WorkerProfile

SUBMITTED_FOR_APPROVAL_RATE: Final = 100
"""Submitted assignments below which the approval rate counts as 100 (documented)."""
_HERE: Final = """
    SELECT count(*) AS accepted,
        count(*) FILTER (WHERE status IN ('Submitted', 'Approved', 'Rejected')) AS submitted,
        count(*) FILTER (WHERE status = 'Abandoned') AS abandoned,
        count(*) FILTER (WHERE status = 'Returned') AS returned,
        count(*) FILTER (WHERE status = 'Approved') AS approved,
        count(*) FILTER (WHERE status = 'Rejected') AS rejected
    FROM assignments WHERE worker_id = ?
"""


@dataclass(frozen=True)
class WorkHistory:
    """How many assignments a worker accepted, and how many of them reached each status."""

    accepted: int = 0
    submitted: int = 0
    abandoned: int = 0
    """Not submitted in time."""
    returned: int = 0
    approved: int = 0
    rejected: int = 0

    def __add__(self, other: WorkHistory) -> WorkHistory:
        """The sum."""
        return WorkHistory(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class WorkerStatistics:
    """The numbers that requirements compare: earlier history and assignments in this database together."""

    history: WorkHistory

    @property
    def percent_submitted(self) -> int:
        """Over all accepted; 100 for workers who accepted nothing yet (guessed: a newcomer is not kept out)."""
        return _percentage(self.history.submitted, self.history.accepted, of_none=100)

    @property
    def percent_abandoned(self) -> int:
        """Over all accepted."""
        return _percentage(self.history.abandoned, self.history.accepted)

    @property
    def percent_returned(self) -> int:
        """Over all accepted."""
        return _percentage(self.history.returned, self.history.accepted)

    @property
    def percent_approved(self) -> int:
        """Over all submitted; 100 below a hundred submitted (documented)."""
        if self.history.submitted < SUBMITTED_FOR_APPROVAL_RATE:
            return 100
        return _percentage(self.history.approved, self.history.submitted)

    @property
    def percent_rejected(self) -> int:
        """Over all submitted, however few they are (guessed: the documents make an exception of approval alone)."""
        return _percentage(self.history.rejected, self.history.submitted)

    @property
    def hits_approved(self) -> int:
        """How many HITs were approved; a newcomer has 0 (guessed: the documents conflict)."""
        return self.history.approved


def statistics_of(ctx: Context, profile: WorkerProfile) -> WorkerStatistics:
    """A worker's statistics: the history given at registration, and the assignments in this database."""
    here = ctx.db.execute(_HERE, (profile.worker_id,)).fetchone()
    return WorkerStatistics(profile.history + history_of(here))


def _percentage(part: int, whole: int, of_none: int = 0) -> int:
    """Rounded down (guessed): 94.9 does not meet a requirement of 95."""
    return part * 100 // whole if whole else of_none


def history_of(row: sqlite3.Row) -> WorkHistory:
    """The numbers in the columns of the same names."""
    return WorkHistory(*(row[field.name] for field in fields(WorkHistory)))
