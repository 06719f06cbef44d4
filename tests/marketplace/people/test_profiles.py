from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.people import profiles
from pulumi_mturk.marketplace.people.profiles import History, Profile, Standing

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

WORKER = "A1EXAMPLEWORKER"


def test_a_profile_is_kept_and_changed(marketplace: Marketplace) -> None:
    first = Profile(WORKER, "US", "CA", masters=True, adult=True, history=History(9, 7, 1, 1, 5, 2))
    with marketplace.writing() as ctx:
        profiles.register(ctx, first)
    with marketplace.reading() as ctx:
        assert profiles.find(ctx, WORKER) == first
    second = Profile(WORKER, "IT")
    with marketplace.writing() as ctx:
        profiles.register(ctx, second)
        profiles.register(ctx, Profile("A0EXAMPLEWORKER"))
    with marketplace.reading() as ctx:
        assert profiles.everybody(ctx) == [Profile("A0EXAMPLEWORKER"), second]


def test_a_worker_known_by_the_id_alone_has_an_empty_profile(marketplace: Marketplace) -> None:
    marketplace.register_worker(WORKER)
    with marketplace.reading() as ctx:
        assert profiles.find(ctx, WORKER) == Profile(WORKER)


def test_nobody_is_a_worker_who_is_not_registered(marketplace: Marketplace) -> None:
    with marketplace.reading() as ctx, pytest.raises(WorkerRefusedError) as caught:
        profiles.find(ctx, WORKER)
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
        ({"history": History(accepted=-1)}, "from 0 to"),
        ({"history": History(accepted=10**9)}, "to 999999999"),
        ({"history": History(accepted=2, submitted=1, abandoned=1, returned=1)}, "than accepted"),
        ({"history": History(accepted=2, submitted=2, approved=2, rejected=1)}, "than submitted"),
    ],
)
def test_what_can_not_be_is_refused(marketplace: Marketplace, members: dict[str, Any], words: str) -> None:
    with marketplace.writing() as ctx, pytest.raises(WorkerRefusedError, match=words):
        profiles.register(ctx, Profile(**({"worker_id": WORKER} | members)))


def test_new_ids_are_of_the_right_form_and_of_this_place() -> None:
    ids = {profiles.new_worker_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(r"ALOCAL[A-Z0-9]{8}", worker_id) for worker_id in ids)


@pytest.mark.parametrize(
    ("history", "percentages"),
    [
        # submitted, abandoned, returned, approved, rejected
        (History(), (100, 0, 0, 100, 0)),
        (
            History(accepted=200, submitted=150, abandoned=30, returned=20, approved=90, rejected=45),
            (75, 15, 10, 60, 30),
        ),
        (History(accepted=99, submitted=99, approved=1, rejected=98), (100, 0, 0, 100, 98)),
        (History(accepted=100, submitted=100, approved=1, rejected=99), (100, 0, 0, 1, 99)),
        # What waits for a decision is submitted, and not approved yet.
        (History(accepted=200, submitted=200, approved=100), (100, 0, 0, 50, 0)),
        (History(accepted=1000, submitted=1000, approved=999, rejected=1), (100, 0, 0, 99, 0)),
    ],
)
def test_percentages(history: History, percentages: tuple[int, ...]) -> None:
    standing = Standing(history)
    assert percentages == (
        standing.percent_submitted,
        standing.percent_abandoned,
        standing.percent_returned,
        standing.percent_approved,
        standing.percent_rejected,
    )


def test_what_was_done_here_counts_with_what_was_done_before(marketplace: Marketplace) -> None:
    statuses = ["Accepted", "Returned", "Abandoned", "Submitted", "Approved", "Approved", "Rejected"]
    with marketplace.writing() as ctx:
        profiles.register(ctx, Profile(WORKER, history=History(100, 90, 4, 6, 80, 10)))
        ctx.db.execute("PRAGMA defer_foreign_keys = ON")
        for number, status in enumerate(statuses):
            for worker_id in (WORKER, "A2EXAMPLEWORKER"):
                ctx.db.execute(
                    """INSERT INTO assignments (id, hit_id, worker_id, status, accept_time, deadline)
                    VALUES (?, ?, ?, ?, 0, 60)""",
                    (f"{worker_id}{number}", f"HIT{number}", worker_id, status),
                )
        standing = profiles.standing(ctx, WORKER)
        ctx.db.execute("DELETE FROM assignments")
    assert standing.history == History(107, 94, 5, 7, 82, 11)
    assert standing.hits_approved == 82
