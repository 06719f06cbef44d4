"""Workers whom the environment does not know: all others are done, and the places are told instead of the ids."""

import re
from typing import Any

import pytest

from pulumi_mturk.api.limiter import MAX_CONCURRENCY
from pulumi_mturk.resources.grant_changes import MAX_ALL_UNKNOWN
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId
from tests.support.core import Place
from tests.support.findings import words
from tests.support.memory_stack import GRANT, LIST, REVOKE, Stack, many, roster

FIRST, SECOND, THIRD, STRANGER, FOREIGNER = many(5)


@pytest.fixture(autouse=True)
def _some_are_known(place: Place) -> None:
    place.marketplace.set_switches(unknown_workers="refuse")
    place.marketplace.register_worker(FIRST, SECOND, THIRD)


def test_all_others_are_done_and_the_next_run_tries_just_these(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, [FIRST, STRANGER, SECOND, FOREIGNER])}
    assert not stack.up(program)
    assert list(map(words, stack.errors)) == [
        "workers: 2 of 4 are not known in environment local, at positions 2, 4 of the list. Worker ids differ between "
        'sandbox, production and a team\'s own panel: correct the list, or set unknown_workers="skip". All others are '
        "done, and `pulumi up` tries just these"
    ]
    assert place.counted() == {LIST: 1, GRANT: 4}
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 1}
    assert stack.held() == {FIRST: None, SECOND: None}
    place.counted()

    place.marketplace.register_worker(STRANGER)
    assert not stack.up(program)
    assert "1 of 4 is not known in environment local, at position 4 of the list" in stack.errors[0]
    assert place.counted() == {LIST: 1, GRANT: 2}
    assert stack.up({"team": roster(tier, [FIRST, STRANGER, SECOND])})
    assert place.counted() == {LIST: 1}
    assert stack.resources["team"].outputs["unknownCount"] == 0


def test_places_are_lines_of_the_files_they_came_from(stack: Stack, tier: str) -> None:
    workers = [
        SourcedWorkerId(FIRST, "pilot wave.csv", 17),
        SourcedWorkerId(STRANGER, "pilot wave.csv", 19),
        SECOND,
        SourcedWorkerId(FOREIGNER, "second.csv", 4),
    ]
    assert not stack.up({"team": roster(tier, workers)})
    assert "at line 19 of pilot wave.csv; line 4 of second.csv. " in stack.errors[0]


def test_places_are_those_of_the_list_as_it_was_written(stack: Stack, tier: str) -> None:
    assert not stack.up({"team": roster(tier, {STRANGER: 4, FIRST: 3, FOREIGNER: 2, SECOND: 1})})
    assert "at positions 1, 3 of the list. " in stack.errors[0]


def test_who_is_taken_off_the_list_loses_it_all_the_same(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    place.counted()
    assert not stack.up({"team": roster(tier, [FIRST, STRANGER])})
    assert place.counted() == {LIST: 1, GRANT: 1, REVOKE: 1}
    assert place.client.holders(tier) == {FIRST: 1}
    assert stack.held() == {FIRST: None}
    assert stack.changes({"team": roster(tier, [FIRST, STRANGER])}) == {"team"}


def test_skipped_ones_are_counted_and_not_tried_again(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, [FIRST, STRANGER], unknownWorkers="skip")}
    assert stack.up(program)
    assert place.counted() == {LIST: 1, GRANT: 2}
    (warning,) = place.warnings
    assert words(warning) == (
        "workers: 1 of 2 is not known in environment local, at position 2 of the list. Worker ids differ between "
        "sandbox, production and a team's own panel. They were skipped"
    )
    outputs = stack.resources["team"].outputs
    assert (outputs["count"], outputs["unknownCount"]) == (2, 1)
    assert not stack.changes(program)
    assert stack.refresh() == set()
    assert not stack.changes(program)

    place.counted()
    assert stack.up({"team": roster(tier, [FIRST, SECOND, STRANGER, FOREIGNER], unknownWorkers="skip")})
    assert place.counted() == {LIST: 1, GRANT: 2}
    assert stack.resources["team"].outputs["unknownCount"] == 2
    assert stack.held() == {FIRST: None, SECOND: None}


@pytest.mark.parametrize("refreshed", [False, True])
def test_skipped_ones_are_tried_again_where_that_fails(place: Place, stack: Stack, tier: str, refreshed: bool) -> None:
    assert stack.up({"team": roster(tier, {FIRST: 1, STRANGER: 2}, unknownWorkers="skip")})
    if refreshed:
        stack.refresh()
    place.counted()
    failing = {"team": roster(tier, {FIRST: 1, STRANGER: 2})}
    assert stack.changes(failing) == {"team"}
    assert not stack.up(failing)
    assert "1 of 2 is not known" in stack.errors[0]
    assert place.counted() == {LIST: 1, GRANT: 1}
    assert stack.held() == {FIRST: 1}
    place.marketplace.register_worker(STRANGER)
    assert stack.up(failing)
    assert place.client.holders(tier) == {FIRST: 1, STRANGER: 2}
    assert not stack.changes(failing)


def test_a_skipped_one_who_came_to_hold_it_is_one_like_the_others(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, {FIRST: 1, STRANGER: 2}, unknownWorkers="skip")}
    assert stack.up(program)
    place.marketplace.register_worker(STRANGER)
    place.grant_elsewhere(tier, {STRANGER: 9})
    grown = {"team": roster(tier, {FIRST: 1, SECOND: 1, STRANGER: 2}, unknownWorkers="skip")}
    assert stack.up(grown)
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 1, STRANGER: 2}
    assert stack.resources["team"].outputs["unknownCount"] == 0
    assert stack.refresh() == set()


def test_a_refresh_finds_a_skipped_one_who_came_to_hold_it(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, {FIRST: 1, STRANGER: 2}, unknownWorkers="skip")})
    assert stack.workers() == f"{FIRST}=1 {STRANGER}=2!"
    place.marketplace.register_worker(STRANGER)
    place.grant_elsewhere(tier, {STRANGER: 2})
    assert stack.refresh() == set()
    assert stack.workers() == f"{FIRST}=1 {STRANGER}=2"
    assert stack.resources["team"].outputs["unknownCount"] == 0


def test_a_skipped_one_is_taken_off_the_list_without_a_call(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, STRANGER], unknownWorkers="skip")})
    place.counted()
    assert stack.up({"team": roster(tier, [FIRST], unknownWorkers="skip")})
    assert place.counted() == {LIST: 1}
    assert stack.resources["team"].outputs["unknownCount"] == 0
    assert stack.destroy()
    assert place.counted() == {LIST: 1, REVOKE: 1}


# A list for another place


@pytest.mark.parametrize("mode", ["fail", "skip"])
def test_the_first_hundred_unknown_stop_it_at_once(place: Place, stack: Stack, tier: str, mode: str) -> None:
    place.marketplace.set_switches(record_calls="parameters")
    program = {"team": roster(tier, many(400, first=1000), unknownWorkers=mode)}
    for _ in range(3):
        assert not stack.up(program)
        (error,) = stack.errors
        assert re.fullmatch(
            r"workers: the first 1[0-9]{2} are all unknown in environment local: these ids seem to belong to another "
            r"environment. Nothing was changed; correct the list, or mturk:environment",
            words(error),
        )
        made = [call for call in place.marketplace.calls() if call.operation == GRANT]
        asked = {call.parameters["WorkerId"] for call in made if call.parameters}
        calls = place.counted()
        assert calls[LIST] == 1
        # Of workers: a call that the service had no answer for is made again.
        assert MAX_ALL_UNKNOWN <= len(asked) <= MAX_ALL_UNKNOWN + MAX_CONCURRENCY
        assert stack.resources == {}
        assert place.warnings == []


@pytest.mark.parametrize("mode", ["fail", "skip"])
def test_so_it_does_in_an_update_which_takes_nothing_from_anybody(
    place: Place, stack: Stack, tier: str, mode: str
) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    place.counted()
    for _ in range(2):
        assert not stack.up({"team": roster(tier, many(400, first=1000), unknownWorkers=mode)})
        assert "these ids seem to belong to another environment" in stack.errors[0]
        assert place.counted()[REVOKE] == 0
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 1}
    assert stack.workers() == f"{FIRST} {SECOND}"
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})


@pytest.mark.parametrize("mode", ["fail", "skip"])
def test_not_where_some_of_the_list_hold_it(place: Place, stack: Stack, tier: str, mode: str) -> None:
    assert stack.up({"team": roster(tier, [THIRD])})
    place.counted()
    unknown = many(150, first=1000)
    assert stack.up({"team": roster(tier, [*unknown, THIRD], unknownWorkers=mode)}) == (mode == "skip")
    assert place.counted() == {LIST: 1, GRANT: 150}
    told: Any = place.warnings if mode == "skip" else stack.errors
    assert "150 of 151 are not known in environment local, at positions 1, 2, 3" in told[0]
    assert "19, 20 and 130 more of the list. " in told[0]


def test_ninety_nine_may_well_be_unknown(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, many(MAX_ALL_UNKNOWN - 1, first=1000), unknownWorkers="skip")})
    assert place.counted()[GRANT] == MAX_ALL_UNKNOWN - 1


def test_a_list_of_which_nobody_is_known_leaves_no_resource_behind(place: Place, stack: Stack, tier: str) -> None:
    assert not stack.up({"team": roster(tier, [STRANGER, FOREIGNER])})
    assert "2 of 2 are not known" in stack.errors[0]
    assert stack.resources == {}
