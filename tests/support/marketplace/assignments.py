"""Assignments for tests of what requesters do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import assignments, worker_assignments, workers
from pulumi_mturk.marketplace.domain.workers import WorkerProfile

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

WORKER = "A1EXAMPLEWORKER"


def assignment_of(marketplace: Marketplace, hit_id: str, worker_id: str = WORKER, status: str = "Submitted") -> str:
    """The id of a new assignment, for which the clock is turned where it is to be abandoned."""
    with marketplace.writing() as ctx:
        workers.register(ctx, WorkerProfile(worker_id, masters=True))
        assignment_id = worker_assignments.accept(ctx, worker_id, hit_id)
        if status == "Returned":
            worker_assignments.return_assignment(ctx, worker_id, assignment_id)
        if status in ("Submitted", "Approved", "Rejected"):
            worker_assignments.submit(ctx, worker_id, assignment_id, [])
    review(marketplace, assignment_id, status)
    if status == "Abandoned":
        marketplace.advance(601)
    return assignment_id


def review(marketplace: Marketplace, assignment_id: str, status: str) -> None:
    """Have it approved or rejected, or neither."""
    with marketplace.writing() as ctx:
        row = assignments.find_assignment(ctx, assignment_id)
        if status == "Approved":
            assignments.approve(ctx, row, None)
        if status == "Rejected":
            assignments.reject(ctx, row, "No.")
