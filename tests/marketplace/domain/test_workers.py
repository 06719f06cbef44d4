from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.domain import workers
from pulumi_mturk.marketplace.domain.assignments import find_assignment
from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.domain.worker_statistics import WorkerStatistics, statistics_of
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from pulumi_mturk.marketplace.storage import assignments
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

WORKER = "A1EXAMPLEWORKER"


def test_a_profile_is_kept_and_changed(marketplace: Marketplace) -> None:
    first = WorkerProfile(WORKER, "US", "CA", masters=True, adult=True, history=WorkHistory(9, 7, 1, 1, 5, 2))
    with marketplace.writing() as ctx:
        workers.register(ctx, first)
    with marketplace.reading() as ctx:
        assert workers.find(ctx, WORKER) == first
    second = WorkerProfile(WORKER, "IT")
    with marketplace.writing() as ctx:
        workers.register(ctx, second)
        workers.register(ctx, WorkerProfile("A0EXAMPLEWORKER"))
    with marketplace.reading() as ctx:
        assert workers.list_workers(ctx) == [WorkerProfile("A0EXAMPLEWORKER"), second]


def test_a_worker_known_by_the_id_alone_has_an_empty_profile(marketplace: Marketplace) -> None:
    marketplace.register_worker(WORKER)
    with marketplace.reading() as ctx:
        assert workers.find(ctx, WORKER) == WorkerProfile(WORKER)


def test_nobody_is_a_worker_who_is_not_registered(marketplace: Marketplace) -> None:
    with marketplace.reading() as ctx, pytest.raises(WorkerRefusedError) as caught:
        workers.find(ctx, WORKER)
    assert WORKER not in str(caught.value)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"worker_id": "B1EXAMPLE"}, "A worker's id"),
        ({"worker_id": "A"}, "A worker's id"),
        ({"worker_id": "A" * 65}, "A worker's id"),
        ({"worker_id": "A1example"}, "A worker's id"),
        ({"country": "UK"}, "country: 'UK'"),
        ({"country": "IT", "subdivision": "RM"}, "subdivision: 'RM'"),
        ({"country": "US", "subdivision": "XX"}, "subdivision: 'XX'"),
        ({"subdivision": "CA"}, "subdivision: 'CA'"),
        ({"history": WorkHistory(accepted=-1)}, "from 0 to"),
        ({"history": WorkHistory(accepted=10**9)}, "to 999999999"),
        ({"history": WorkHistory(accepted=2, submitted=1, abandoned=1, returned=1)}, "than accepted"),
        ({"history": WorkHistory(accepted=2, submitted=2, approved=2, rejected=1)}, "than submitted"),
    ],
)
def test_what_can_not_be_is_refused(marketplace: Marketplace, members: dict[str, Any], words: str) -> None:
    with marketplace.writing() as ctx, pytest.raises(WorkerRefusedError, match=words):
        workers.register(ctx, WorkerProfile(**({"worker_id": WORKER} | members)))


def test_new_ids_are_of_the_right_form_and_of_this_place() -> None:
    ids = {workers.new_worker_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(r"ALOCAL[A-Z0-9]{8}", worker_id) for worker_id in ids)


@pytest.mark.parametrize(
    ("history", "percentages"),
    [
        # submitted, abandoned, returned, approved, rejected
        (WorkHistory(), (100, 0, 0, 100, 0)),
        (
            WorkHistory(accepted=200, submitted=150, abandoned=30, returned=20, approved=90, rejected=45),
            (75, 15, 10, 60, 30),
        ),
        (WorkHistory(accepted=99, submitted=99, approved=1, rejected=98), (100, 0, 0, 100, 98)),
        (WorkHistory(accepted=100, submitted=100, approved=1, rejected=99), (100, 0, 0, 1, 99)),
        # What waits for a decision is submitted, and not approved yet.
        (WorkHistory(accepted=200, submitted=200, approved=100), (100, 0, 0, 50, 0)),
        (WorkHistory(accepted=1000, submitted=1000, approved=999, rejected=1), (100, 0, 0, 99, 0)),
    ],
)
def test_percentages(history: WorkHistory, percentages: tuple[int, ...]) -> None:
    statistics = WorkerStatistics(history)
    assert percentages == (
        statistics.percent_submitted,
        statistics.percent_abandoned,
        statistics.percent_returned,
        statistics.percent_approved,
        statistics.percent_rejected,
    )


def test_what_was_done_here_counts_with_what_was_done_before(marketplace: Marketplace, mturk: MTurkClient) -> None:
    outcomes = [
        (),
        ("Returned",),
        ("Abandoned",),
        ("Submitted",),
        ("Submitted", "Approved"),
        ("Submitted", "Rejected", "Approved"),
        ("Submitted", "Rejected"),
    ]
    hit_type = {**HIT_TYPE, "MaxAssignments": 2, "LifetimeInSeconds": 600}
    hits = [mturk.create_hit(**hit_type, Question=QUESTION)["HIT"]["HITId"] for _ in outcomes]
    with marketplace.writing() as ctx:
        workers.register(ctx, WorkerProfile(WORKER, history=WorkHistory(100, 90, 4, 6, 80, 10)))
        for hit_id, statuses in zip(hits, outcomes, strict=True):
            for worker_id in (WORKER, "A2EXAMPLEWORKER"):
                identity = f"{worker_id}{hit_id}"
                assignments.accept(
                    ctx.db, id=identity, hit_id=hit_id, worker_id=worker_id, accept_time=0, deadline=ctx.now + 60
                )
                for status in statuses:
                    assignments.set_status(ctx.db, find_assignment(ctx, identity), status)
        statistics = statistics_of(ctx, workers.find(ctx, WORKER))
    assert statistics.history == WorkHistory(107, 94, 5, 7, 82, 11)
    assert statistics.hits_approved == 82
