"""What requirements can ask of one worker: qualifications, address, consent and statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import worker_statistics, workers
from pulumi_mturk.marketplace.storage import grants

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.worker_statistics import WorkerStatistics
    from pulumi_mturk.marketplace.domain.workers import WorkerProfile


@dataclass(frozen=True)
class WorkerAttributes:
    """All that requirements can ask of one worker."""

    score_of: Callable[[str], int | None]
    """The score of a qualification, by the id of the type; None: it is not held. Within the transaction alone."""
    country: str | None
    subdivision: str | None
    masters: bool
    adult: bool
    statistics: WorkerStatistics


def attributes_of(ctx: Context, worker_id: str) -> WorkerAttributes:
    """The attributes of a registered worker. Raises WorkerRefusedError for an unknown one."""
    return attributes_of_profile(ctx, workers.find(ctx, worker_id))


def attributes_of_profile(ctx: Context, profile: WorkerProfile) -> WorkerAttributes:
    """The attributes of a worker whose profile is known already."""
    return WorkerAttributes(
        grants.scores_of(ctx.db, profile.worker_id),
        profile.country,
        profile.subdivision,
        profile.masters,
        profile.adult,
        worker_statistics.statistics_of(ctx, profile),
    )
