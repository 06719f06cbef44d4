"""A roster as a list, which is how the package schema and the plugin's state have it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.rosters import listing
from pulumi_mturk.rosters.encoding import decode
from pulumi_mturk.rosters.roster import Roster
from tests.support.core import Place
from tests.support.findings import codes
from tests.support.inputs import NO_TYPE
from tests.support.memory_stack import Stack, from_engine
from tests.support.memory_stack import roster as many_as
from tests.unit.test_roster_encoding import FIRST, ROSTERS, SECOND, THIRD

RESOURCE = REGISTRY["QualificationRoster"]


def roster(workers: Any) -> dict[str, Any]:
    return {"qualificationTypeId": NO_TYPE, "workers": workers}


def read(workers: Any) -> Roster:
    found = listing.read(workers)
    assert isinstance(found, Roster)
    return found


@given(ROSTERS)
def test_a_roster_is_read_as_it_was_written(roster: Roster) -> None:
    written = listing.write(roster)
    assert read(written) == roster == read(from_engine(written)) == read(roster.text)
    assert read(written).problems == ()
    assert listing.write(read(written)) == written


@given(ROSTERS, ROSTERS)
def test_the_two_forms_are_compared_as_one(old: Roster, new: Roster) -> None:
    forms = [
        (lifecycle.published(RESOURCE, roster(old.text)), roster(new.text)),
        (roster(old.text), from_engine(lifecycle.published(RESOURCE, roster(new.text)))),
        (lifecycle.published(RESOURCE, roster(old.text)), lifecycle.published(RESOURCE, roster(new.text))),
    ]
    expected = lifecycle.diff(RESOURCE, roster(old.text), roster(new.text))
    assert expected.changed in ((), ("workers",))
    assert [lifecycle.diff(RESOURCE, *sides) for sides in forms] == [expected] * 3


def test_an_entry_is_an_id_unless_there_is_more_to_say() -> None:
    assert listing.write(decode(f"{SECOND} {FIRST}=85 {THIRD}!")) == [
        {"workerId": FIRST, "integerValue": 85},
        SECOND,
        {"workerId": THIRD, "unknown": True},
    ]


@pytest.mark.parametrize(
    ("workers", "scores"),
    [
        ([], {}),
        ([SECOND, FIRST, FIRST], {FIRST: None, SECOND: None}),
        ([f" {FIRST}\r", SECOND, ""], {FIRST: None, SECOND: None}),  # a file that is split at its line ends
        ([{"workerId": FIRST, "integerValue": 85.0}, SECOND], {FIRST: 85, SECOND: None}),
        (
            [{"workerId": FIRST}, {"workerId": SECOND, "integerValue": None, "unknown": None}],
            {FIRST: None, SECOND: None},
        ),
    ],
)
def test_a_program_may_write_ids_and_objects(place: Place, workers: list[Any], scores: dict[str, int | None]) -> None:
    checked = place.check("QualificationRoster", roster(workers))
    assert checked.failures == []
    assert read(checked.inputs["workers"]).scores == scores
    assert checked.inputs["count"] == len(scores)


@pytest.mark.parametrize(
    ("workers", "code", "where"),
    [
        ([FIRST, "nobody", "", SECOND], "MT410", "positions 2, 3 of the list"),
        ([FIRST, 5, None, [SECOND]], "MT410", "positions 2, 3, 4 of the list"),
        ([f"{FIRST}=85"], "MT410", "position 1 of the list"),
        ([f"{FIRST} {SECOND}"], "MT410", "position 1 of the list"),
        ([{"workerId": "nobody"}, {"integerValue": 5}, {}], "MT410", "positions 1, 2, 3 of the list"),
        ([{"workerId": FIRST, "score": 5}, {"WorkerId": SECOND}], "MT410", "positions 1, 2 of the list"),
        ([{"workerId": FIRST, "integerValue": "85"}], "MT411", "position 1 of the list"),
        ([{"workerId": FIRST, "integerValue": 1.5}], "MT411", "position 1 of the list"),
        ([{"workerId": FIRST, "integerValue": True}], "MT411", "position 1 of the list"),
        ([{"workerId": FIRST, "integerValue": 2**31}], "MT411", "position 1 of the list"),
        ([FIRST, {"workerId": FIRST, "integerValue": 5}], "MT412", "positions 1, 2 of the list"),
        ({FIRST: 85}, "MT431", "write a list, of ids"),
        (7, "MT431", "write a list, of ids"),
        (True, "MT431", "write a list, of ids"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_no_id(place: Place, workers: Any, code: str, where: str) -> None:
    told = place.check("QualificationRoster", roster(workers)).failures
    assert codes(told) == [code]
    assert where in told[0]
    assert not [worker for worker in (FIRST, SECOND) if worker in told[0].replace('A1EXAMPLE"', "")]


@pytest.mark.parametrize(
    "workers",
    [[UNKNOWN], [FIRST, UNKNOWN], [{"workerId": UNKNOWN}], [{"workerId": FIRST, "integerValue": UNKNOWN}, SECOND]],
)
def test_a_list_is_not_known_before_each_part_of_it_is(place: Place, workers: list[Any]) -> None:
    checked = place.check("QualificationRoster", roster(workers))
    assert (checked.failures, checked.inputs["workers"], checked.inputs["count"]) == ([], UNKNOWN, UNKNOWN)
    published = lifecycle.published(RESOURCE, checked.inputs)
    assert published["workers"] is UNKNOWN
    assert lifecycle.diff(RESOURCE, roster(FIRST), published).changed == ("workers",)


@given(st.lists(st.one_of(st.text(), st.integers(), st.none(), st.dictionaries(st.text(), st.integers()))))
def test_any_list_can_be_read(entries: list[Any]) -> None:
    found = read(entries)
    assert found.scores.keys() == found.positions.keys()


def test_a_stack_moves_between_the_shells_and_nothing_changes(place: Place, stack: Stack, tier: str) -> None:
    held: dict[str, int] = {}
    for plugin, workers, scores in (
        (False, [FIRST, SECOND], {FIRST: 1, SECOND: 1}),
        (True, [SECOND, THIRD], {SECOND: 1, THIRD: 1}),
        (False, {SECOND: 7}, {SECOND: 7}),
    ):
        stack.plugin = plugin
        assert stack.up({"team": many_as(tier, workers)})
        held = place.client.holders(tier) or {}
        assert held == scores
        recorded = stack.resources["team"].outputs["workers"]
        assert isinstance(recorded, list if plugin else str)
        stack.plugin = not plugin
        assert stack.changes({"team": many_as(tier, workers)}) == set()
        assert stack.refresh() == set()
        assert isinstance(stack.resources["team"].outputs["workers"], str if plugin else list)
    assert stack.destroy()
    assert place.client.holders(tier) == {}


def test_a_worker_is_called_unknown_by_the_provider_alone(place: Place) -> None:
    inputs = place.check("QualificationRoster", roster([{"workerId": FIRST, "unknown": True}, SECOND])).inputs
    assert lifecycle.published(RESOURCE, inputs)["workers"] == [FIRST, SECOND]
