"""How many open HITs a worker has taken is kept: it follows what opens and closes HITs, and gives them more places."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace.domain import worker_assignments, worker_hits
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import hit_types
from pulumi_mturk.marketplace.storage.schema_seventh import FEW_PLACES, TAKEN_HITS
from tests.support.marketplace.api_calls import HIT_TYPE, PAST, QUESTION, InProcessClient
from tests.support.marketplace.engine import brief_marketplace
from tests.support.marketplace.kept_numbers import check_kept_numbers

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

WORKERS: Final = [f"A{number}EXAMPLE" for number in range(3)]
TITLES: Final = ("One", "Other")


class Group:
    """A few HITs of two types, and what workers do with them."""

    def __init__(self, marketplace: Marketplace) -> None:
        self.marketplace = marketplace
        self.direct = InProcessClient(marketplace)
        marketplace.register_worker(*WORKERS)
        self.hits: list[str] = []
        self.types: dict[str, str] = {}

    def publish(self, places: int = 2, title: str = TITLES[0]) -> str:
        made = self.call(
            "CreateHIT", **HIT_TYPE | {"Title": title}, LifetimeInSeconds=600, Question=QUESTION, MaxAssignments=places
        )["HIT"]
        self.hits.append(made["HITId"])
        self.types[title] = made["HITTypeId"]
        return str(made["HITId"])

    def call(self, operation: str, **members: Any) -> dict[str, Any]:
        return self.direct.call(operation, **members)[1]

    def accept(self, hit_id: str, worker: str = WORKERS[0]) -> str:
        with self.marketplace.writing() as ctx:
            return worker_assignments.accept(ctx, worker, hit_id)

    def give_back(self, assignment_id: str, worker: str = WORKERS[0]) -> None:
        with self.marketplace.writing() as ctx:
            worker_assignments.return_assignment(ctx, worker, assignment_id)

    def take_next(self, worker: str = WORKERS[0], title: str = TITLES[0]) -> str | None:
        with self.marketplace.writing() as ctx:
            hit_id = worker_hits.next_hit(ctx, worker, self.types[title])
            if hit_id is not None:
                worker_assignments.accept(ctx, worker, hit_id)
        return hit_id

    def found(self, worker: str = WORKERS[0]) -> dict[str, int]:
        """How many HITs of each group the worker finds."""
        with self.marketplace.reading() as ctx:
            check_kept_numbers(ctx.db)
            return {group.title: group.hits for group in worker_hits.find_groups(ctx, worker)}


@pytest.fixture
def group(marketplace: Marketplace) -> Group:
    return Group(marketplace)


def test_a_hit_that_was_taken_is_not_found_whether_others_can_take_it_or_not(group: Group) -> None:
    first, second = group.publish(), group.publish()
    mine = group.accept(first)
    assert (group.found(), group.found(WORKERS[1])) == ({"One": 1}, {"One": 2})
    group.accept(first, WORKERS[1])  # it is full
    group.accept(second)
    assert (group.found(), group.found(WORKERS[1])) == ({}, {"One": 1})
    group.give_back(mine)
    assert (group.found(), group.found(WORKERS[1])) == ({"One": 1}, {"One": 1})
    group.call("UpdateExpirationForHIT", HITId=first, ExpireAt=PAST)
    assert (group.found(), group.found(WORKERS[1])) == ({}, {"One": 1})


def test_a_hit_that_was_given_back_moves_without_its_numbers(group: Group) -> None:
    hit = group.publish()
    group.publish(title="Other")
    group.give_back(group.accept(hit))
    group.call("UpdateHITTypeOfHIT", HITId=hit, HITTypeId=group.types["Other"])
    group.accept(hit)
    assert (group.found(), group.found(WORKERS[1])) == ({"Other": 1}, {"Other": 2})


def test_a_hit_gets_many_places(group: Group) -> None:
    group.publish()
    hit = group.publish(FEW_PLACES)
    group.accept(hit)
    assert (group.found(), group.found(WORKERS[1])) == ({"One": 1}, {"One": 2})
    group.call("CreateAdditionalAssignmentsForHIT", HITId=hit, NumberOfAdditionalAssignments=1)
    late = group.accept(hit, WORKERS[1])
    assert [group.found(worker) for worker in WORKERS] == [{"One": 1}, {"One": 1}, {"One": 2}]
    group.give_back(late, WORKERS[1])
    assert [group.found(worker) for worker in WORKERS] == [{"One": 1}, {"One": 2}, {"One": 2}]
    group.call("UpdateExpirationForHIT", HITId=hit, ExpireAt=PAST)
    assert [group.found(worker) for worker in WORKERS] == [{"One": 1}] * 3


def test_the_next_one_comes_after_the_one_taken_last_and_then_from_the_first_on(group: Group) -> None:
    first, second, third = (group.publish() for _ in range(3))
    group.accept(second)
    assert [group.take_next() for _ in range(3)] == [third, first, None]
    group.publish(FEW_PLACES + 1)
    assert [group.take_next() for _ in range(2)] == [group.hits[-1], None]


def test_one_that_was_given_back_and_moved_is_the_next_of_a_group_of_which_the_worker_has_taken_none(
    group: Group,
) -> None:
    hit = group.publish()
    other = group.publish(title="Other")
    group.call("UpdateExpirationForHIT", HITId=other, ExpireAt=PAST)
    group.give_back(group.accept(hit))
    group.call("UpdateHITTypeOfHIT", HITId=hit, HITTypeId=group.types["Other"])
    assert group.found() == {"Other": 1}
    assert group.take_next(title="Other") == hit


def test_one_that_was_given_back_is_the_next_after_the_database_was_brought_up_to_date(group: Group) -> None:
    hit = group.publish()
    group.give_back(group.accept(hit))
    with group.marketplace.writing() as ctx:
        for statement in ("DELETE FROM taken_hits", TAKEN_HITS[1]):
            ctx.db.execute(statement)
    assert group.found() == {"One": 1}
    assert group.take_next() == hit


def test_a_group_with_none_left_is_not_gone_through(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        group.publish()
        group.take_next()
    searches: list[int] = []
    search = hit_types._next_after

    def noted(*arguments: Any) -> str | None:
        searches.append(arguments[-1])
        return search(*arguments)

    monkeypatch.setattr(hit_types, "_next_after", noted)
    assert group.take_next() is None
    assert len(searches) == 1


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 2)), max_size=25))
def test_the_numbers_are_those_that_counting_gives(steps: list[tuple[int, int, int]]) -> None:
    with brief_marketplace() as marketplace:
        group = Group(marketplace)
        for title, places in zip(TITLES * 2, (1, 2, 3, FEW_PLACES), strict=True):
            group.publish(places, title)
        taken: dict[tuple[str, str], str] = {}
        for what, which, who in steps:
            hit, worker = group.hits[which], WORKERS[who]
            if what < 2:
                with contextlib.suppress(WorkerRefusedError):
                    taken[hit, worker] = group.accept(hit, worker)
            elif what == 2 and (hit, worker) in taken:
                group.give_back(taken.pop((hit, worker)), worker)
            elif what == 3:
                group.call("UpdateHITTypeOfHIT", HITId=hit, HITTypeId=group.types[TITLES[who % 2]])
            elif what == 4:
                group.call("UpdateExpirationForHIT", HITId=hit, ExpireAt=PAST if who else 4_000_000_000)
            elif what == 5:
                group.call("CreateAdditionalAssignmentsForHIT", HITId=hit, NumberOfAdditionalAssignments=1)
            else:
                group.call("DeleteHIT", HITId=hit)
            group.found(worker)
