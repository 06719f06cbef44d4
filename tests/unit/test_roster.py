"""QualificationRoster: a desired set. Only the difference is called, and nobody else is touched."""

from typing import Any

import pytest

from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.lifecycle import Difference
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place
from tests.support.findings import words
from tests.support.inputs import CALL_OF_TYPE
from tests.support.memory_stack import GRANT, LIST, REVOKE, Stack, many, roster

FIRST, SECOND, THIRD, FOURTH = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER", "A4EXAMPLEWORKER"


# A list is membership, a mapping sets scores


def test_a_list_gives_the_default_score_to_who_has_none(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {FIRST: 7})
    assert stack.up({"team": roster(tier, [FIRST, SECOND], integerValue=5)})
    assert place.counted() == {LIST: 1, GRANT: 1}
    assert place.client.holders(tier) == {FIRST: 7, SECOND: 5}
    assert stack.held() == {FIRST: None, SECOND: None}
    assert not stack.changes({"team": roster(tier, [FIRST, SECOND], integerValue=5)})


def test_a_score_that_somebody_changed_is_no_drift_of_a_list(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST])})
    place.grant_elsewhere(tier, {FIRST: 99})
    assert stack.refresh() == set()
    assert not stack.changes({"team": roster(tier, [FIRST])})


def test_a_mapping_sets_scores(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {FIRST: 7, SECOND: 8})
    assert stack.up({"team": roster(tier, {FIRST: 10, SECOND: 8, THIRD: -5})})
    assert place.counted() == {LIST: 1, GRANT: 2}
    assert place.client.holders(tier) == {FIRST: 10, SECOND: 8, THIRD: -5}
    assert stack.held() == {FIRST: 10, SECOND: 8, THIRD: -5}


def test_a_text_may_set_the_scores_of_some(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {FIRST: 7, SECOND: 8})
    program = {"team": roster(tier, f"{FIRST}, {SECOND}=9, {THIRD}", integerValue=4)}
    assert stack.up(program)
    assert place.client.holders(tier) == {FIRST: 7, SECOND: 9, THIRD: 4}
    assert stack.held() == {FIRST: None, SECOND: 9, THIRD: None}
    assert stack.refresh() == set()
    assert not stack.changes(program)


def test_from_a_list_to_a_mapping_and_back_only_scores_that_differ_are_set(
    place: Place, stack: Stack, tier: str
) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    place.counted()
    scored = {"team": roster(tier, {FIRST: 1, SECOND: 2})}
    assert stack.up(scored)
    assert place.counted() == {LIST: 1, GRANT: 1}
    assert not stack.changes(scored)
    assert stack.up({"team": roster(tier, [FIRST, SECOND], integerValue=9)})
    assert place.counted() == {LIST: 1}
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 2}
    assert stack.held() == {FIRST: None, SECOND: None}


def test_another_default_score_is_for_new_holders_and_says_so(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST])})
    assert not stack.changes({"team": roster(tier, [FIRST], integerValue=5)})
    assert any(text.startswith("integerValue: is for those who are granted it from now on") for text in place.warnings)
    assert stack.up({"team": roster(tier, [FIRST, SECOND], integerValue=5)})
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 5}


# The difference, and no more


def test_an_update_calls_for_who_differs_alone(place: Place, stack: Stack, tier: str) -> None:
    before = dict.fromkeys(many(250), 1)
    assert stack.up({"team": roster(tier, before)})
    assert place.counted() == {LIST: 1, GRANT: 250}
    after = before | dict.fromkeys(many(4, first=10), 2) | dict.fromkeys(many(3, first=1000), 1)
    for worker in many(2, first=100):
        del after[worker]
    assert stack.up({"team": roster(tier, after)})
    assert place.counted() == {LIST: 3, GRANT: 7, REVOKE: 2}
    assert place.client.holders(tier) == after
    assert stack.held() == after


def test_the_order_of_a_list_and_repetitions_are_no_difference(stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    assert not stack.changes({"team": roster(tier, [SECOND, FIRST, SECOND])})


def test_what_was_granted_elsewhere_is_neither_taken_nor_drift(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, {FIRST: 1})}
    assert stack.up(program)
    place.grant_elsewhere(tier, {SECOND: 2})
    assert stack.refresh() == set()
    assert not stack.changes(program)
    assert stack.up({"team": roster(tier, {THIRD: 3})})
    assert place.client.holders(tier) == {SECOND: 2, THIRD: 3}
    assert stack.destroy()
    assert place.client.holders(tier) == {SECOND: 2}


def test_an_empty_list_is_legal(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [])})
    assert place.counted() == {LIST: 1}
    assert stack.refresh() == set()
    assert stack.up({"team": roster(tier, [FIRST])})
    assert stack.up({"team": roster(tier, [])})
    assert place.client.holders(tier) == {}


def test_who_lost_it_already_is_not_revoked_again(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    place.client.revoke(tier, FIRST, None)
    place.counted()
    assert stack.up({"team": roster(tier, [])})
    assert place.counted() == {LIST: 1, REVOKE: 1}


def test_a_delete_calls_for_each_of_ours_who_still_holds_it(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND, THIRD])})
    place.client.revoke(tier, SECOND, None)
    place.grant_elsewhere(tier, {FOURTH: 4})
    assert stack.destroy()
    assert place.counted() == {LIST: 1, REVOKE: 2}
    assert place.client.holders(tier) == {FOURTH: 4}


# What a refresh finds


def test_a_revocation_and_another_score_are_drift_and_mended(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, {FIRST: 1, SECOND: 2, THIRD: 3})}
    assert stack.up(program)
    place.grant_elsewhere(tier, {FIRST: 9})
    place.client.revoke(tier, SECOND, None)
    place.counted()
    assert stack.refresh() == {"team"}
    assert place.counted() == {LIST: 1}
    assert stack.held() == {FIRST: 9, THIRD: 3}
    assert stack.resources["team"].outputs["count"] == 2
    assert stack.changes(program) == {"team"}
    assert words(place.remarks[-1]) == "workers: +1 −0 ~1, 3 in all"  # noqa: RUF001
    place.counted()
    assert stack.up(program)
    assert place.counted() == {LIST: 1, GRANT: 2}
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 2, THIRD: 3}
    assert stack.refresh() == set()


def test_a_read_finds_everybody_on_every_page(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, many(201))})
    place.counted()
    assert stack.refresh() == set()
    assert place.counted() == {LIST: 3}


def test_a_vanished_type_is_gone(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, [FIRST])}
    assert stack.up(program)
    place.client.delete_qualification_type(tier)
    place.counted()
    assert not stack.up({"team": roster(tier, [FIRST, SECOND])})
    assert stack.errors == ["qualificationTypeId: there is no such type here, or it is being deleted"]
    assert place.counted() == {LIST: 1}
    assert stack.refresh() == {"team"}
    assert stack.resources == {}
    assert not stack.up(program)
    assert stack.resources == {}


def test_an_existing_one_is_looked_up_with_its_scores(place: Place, tier: str) -> None:
    place.grant_elsewhere(tier, {SECOND: 2, FIRST: 1})
    found = lifecycle.read(
        REGISTRY["QualificationRoster"], place.context(), "existing", {"qualificationTypeId": tier}, {}
    )
    assert found is not None
    assert found.outputs["workers"] == f"{FIRST}=1 {SECOND}=2"
    assert found.outputs["count"] == 2


# Exclusive


def test_an_exclusive_roster_is_all_who_hold_it(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {SECOND: 2, THIRD: 3})
    program = {"team": roster(tier, [FIRST, SECOND], exclusive=True)}
    assert stack.up(program)
    assert place.counted() == {LIST: 1, GRANT: 1, REVOKE: 1}
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 2}

    place.grant_elsewhere(tier, {FOURTH: 4})
    assert stack.refresh() == {"team"}
    assert stack.held() == {FIRST: None, SECOND: None, FOURTH: None}
    assert stack.changes(program) == {"team"}
    assert words(place.remarks[-1]) == "workers: +0 −1 ~0, 2 in all"  # noqa: RUF001
    assert stack.up(program)
    assert place.client.holders(tier) == {FIRST: 1, SECOND: 2}
    assert stack.refresh() == set()


def test_an_exclusive_mapping_finds_others_with_their_scores(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, {FIRST: 1}, exclusive=True)})
    place.grant_elsewhere(tier, {SECOND: 22})
    assert stack.refresh() == {"team"}
    assert stack.held() == {FIRST: 1, SECOND: 22}


def test_a_roster_becomes_exclusive_and_open_again(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST])})
    place.grant_elsewhere(tier, {SECOND: 2})
    exclusive = {"team": roster(tier, [FIRST], exclusive=True)}
    assert stack.changes(exclusive) == {"team"}
    assert stack.up(exclusive)
    assert place.client.holders(tier) == {FIRST: 1}
    opened = {"team": roster(tier, [FIRST])}
    assert stack.changes(opened) == {"team"}
    assert stack.up(opened)
    place.grant_elsewhere(tier, {SECOND: 2})
    assert stack.refresh() == set()


def test_an_empty_exclusive_roster_holds_nobody(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {FIRST: 1, SECOND: 2})
    assert stack.up({"team": roster(tier, [], exclusive=True)})
    assert place.client.holders(tier) == {}


# What the plan shows


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ([FIRST], [FIRST, SECOND, THIRD], "+2 −0 ~0"),  # noqa: RUF001
        ([FIRST, SECOND], [THIRD], "+1 −2 ~0"),  # noqa: RUF001
        ({FIRST: 1, SECOND: 1}, {FIRST: 2, SECOND: 1, THIRD: 1}, "+1 −0 ~1"),  # noqa: RUF001
        ([FIRST, SECOND], {FIRST: 1}, "+0 −1 ~1"),  # noqa: RUF001
    ],
)
def test_the_plan_shows_numbers(place: Place, stack: Stack, tier: str, before: Any, after: Any, shown: str) -> None:
    assert stack.up({"team": roster(tier, before)})
    made = stack.resources["team"]
    place.remarks.clear()
    checked = place.check(*roster(tier, after), made.inputs, name="team")
    assert (checked.inputs["change"], checked.inputs["count"]) == (shown, len(after))
    assert list(map(words, place.remarks)) == [f"workers: {shown}, {len(after)} in all"]


def test_numbers_stay_as_they_were_while_nothing_changes(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, [FIRST, SECOND])}
    assert stack.up(program)
    assert stack.up({"team": roster(tier, [FIRST])})
    place.remarks.clear()
    again = place.check(*roster(tier, [FIRST]), stack.resources["team"].inputs, name="team")
    assert again.inputs == stack.resources["team"].inputs
    assert again.inputs["change"] == "+0 −1 ~0"  # noqa: RUF001
    assert place.remarks == []


def test_another_type_is_another_roster(place: Place, stack: Stack, tier: str) -> None:
    other = place.client.create_qualification_type(**CALL_OF_TYPE | {"name": "Other"}).qualification_type_id
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    made = stack.resources["team"]
    checked = place.check(*roster(other, [FIRST, SECOND]), made.inputs, name="team")
    assert made.diff(checked.inputs) == Difference(("qualification_type_id",), ("qualification_type_id",))
    assert checked.inputs["change"] == "+2 −0 ~0"  # noqa: RUF001
    assert stack.up({"team": roster(other, [FIRST, SECOND])})
    assert (place.client.holders(tier), place.client.holders(other)) == ({}, {FIRST: 1, SECOND: 1})
