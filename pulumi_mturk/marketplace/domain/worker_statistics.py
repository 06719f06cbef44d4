"""Worker statistics: numbers and percentages of assignments, as requirements compare them.

The percentages are those of the documents: submitted, abandoned and returned over accepted, approved and rejected over
submitted (documented). A worker who has not submitted a hundred assignments has an approval rate of 100 (documented).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.work_history import WorkHistory, history_of
from pulumi_mturk.marketplace.storage.assignments import counts_of_worker

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.workers import WorkerProfile

SUBMITTED_FOR_APPROVAL_RATE: Final = 100
"""Submitted assignments below which the approval rate counts as 100 (documented)."""


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
    here = counts_of_worker(ctx.db, profile.worker_id)
    return WorkerStatistics(profile.history if here is None else profile.history + history_of(here))


def earnings_of(ctx: Context, worker_id: str) -> tuple[Decimal, Decimal]:
    """The rewards and the bonuses that a worker was paid in this database."""
    row = counts_of_worker(ctx.db, worker_id)
    rewards, bonuses = (0, 0) if row is None else (row["reward_cents"], row["bonus_cents"])
    return Decimal(rewards).scaleb(-2), Decimal(bonuses).scaleb(-2)


def _percentage(part: int, whole: int, of_none: int = 0) -> int:
    """Rounded down (guessed): 94.9 does not meet a requirement of 95."""
    return part * 100 // whole if whole else of_none
