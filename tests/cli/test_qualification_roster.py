"""QualificationRoster: a desired set, applied as a difference, and nothing else touched."""

import json

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.cli_rosters import (
    FIRST,
    GRANT,
    LIST,
    MINUS,
    REVOKE,
    SECOND,
    THIRD,
    TYPE,
    WORKERS,
    grant,
    holders,
    many,
    recorded,
    revoke,
    roster,
    type_of,
)
from tests.support.pulumi_cli import CREATED, NO_CHANGES, Stack, assert_absent, behind_our_back, counted, messages


@pytest.mark.both_shells
def test_a_lifecycle_makes_a_call_for_each_worker_who_changes_and_leaves_nothing(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(page_tokens="when_more")
    up = stack.program(TYPE + roster([SECOND, FIRST])).up().ok()
    tier = type_of(stack)
    assert counted(marketplace) == {**CREATED, LIST: 1, GRANT: 2}
    assert holders(marketplace, tier) == {FIRST: 1, SECOND: 1}
    assert marketplace.notifications() == []
    assert recorded(stack) == f"{FIRST} {SECOND}"

    refreshed = stack.refresh(NO_CHANGES).ok()
    assert counted(marketplace) == {"GetQualificationType": 1, LIST: 1}
    stack.program(TYPE + roster([FIRST, SECOND, FIRST])).unchanged()
    assert counted(marketplace) == {}

    changed = stack.program(TYPE + roster([FIRST, THIRD])).up().ok()
    assert counted(marketplace) == {LIST: 1, GRANT: 1, REVOKE: 1}
    assert holders(marketplace, tier) == {FIRST: 1, THIRD: 1}
    assert marketplace.notifications() == []

    destroyed = stack.destroy().ok()
    # Outside production the grants go with their type, and cost no call.
    assert counted(marketplace) == {"DeleteQualificationType": 1, "ListHITs": 1}
    assert stack.resources() == {}
    assert_absent(WORKERS, *(output.text for output in (up, refreshed, changed, destroyed)))


@pytest.mark.slow
def test_a_mapping_sets_scores_and_a_list_means_membership(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(TYPE).up().ok()
    tier = type_of(stack)
    grant(marketplace, tier, {FIRST: 7, SECOND: 8})

    counted(marketplace)
    stack.program(TYPE + roster([FIRST, THIRD], integer_value=5)).up().ok()
    assert counted(marketplace)[GRANT] == 1
    assert holders(marketplace, tier) == {FIRST: 7, SECOND: 8, THIRD: 5}

    scored = roster({FIRST: 10, THIRD: 5})
    stack.program(TYPE + scored).up().ok()
    assert counted(marketplace)[GRANT] == 1
    assert holders(marketplace, tier) == {FIRST: 10, SECOND: 8, THIRD: 5}
    assert recorded(stack) == f"{FIRST}=10 {THIRD}=5"
    stack.unchanged()

    stack.program(TYPE + roster([FIRST, THIRD])).up().ok()
    assert counted(marketplace) == {LIST: 2}
    assert holders(marketplace, tier) == {FIRST: 10, SECOND: 8, THIRD: 5}

    # The one whom a script granted is not the stack's.
    stack.program(TYPE).up().ok()
    assert holders(marketplace, tier) == {SECOND: 8}


def test_drift_is_what_happened_to_those_who_are_listed(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(TYPE + roster({FIRST: 1, SECOND: 2})).up().ok()
    tier = type_of(stack)
    grant(marketplace, tier, {FIRST: 9, THIRD: 3})
    revoke(marketplace, tier, [SECOND])
    refreshed = stack.refresh().ok()
    assert recorded(stack) == f"{FIRST}=9"
    counted(marketplace)
    mended = stack.up("--diff").ok()
    assert f"+1 {MINUS}0 ~1" in mended.text
    assert counted(marketplace)[GRANT] == 2
    assert holders(marketplace, tier) == {FIRST: 1, SECOND: 2, THIRD: 3}
    assert_absent(WORKERS, refreshed.text, mended.text)

    behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=tier)
    stack.refresh().ok()
    assert stack.resources() == {}
    stack.up().ok()
    assert holders(marketplace, type_of(stack)) == {FIRST: 1, SECOND: 2}


@pytest.mark.slow
def test_an_exclusive_roster_is_all_who_hold_it(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(TYPE).up().ok()
    tier = type_of(stack)
    grant(marketplace, tier, {SECOND: 2})
    stack.program(TYPE + roster([FIRST], exclusive=True)).up().ok()
    assert holders(marketplace, tier) == {FIRST: 1}
    stack.unchanged()

    grant(marketplace, tier, {THIRD: 3})
    stack.refresh().ok()
    assert recorded(stack) == f"{FIRST} {THIRD}"
    stack.up().ok()
    assert holders(marketplace, tier) == {FIRST: 1}
    stack.refresh(NO_CHANGES).ok()


@pytest.mark.slow
def test_an_empty_list_is_legal(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(TYPE + roster([])).up().ok()
    assert counted(marketplace)[GRANT] == 0
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    stack.program(TYPE + roster({FIRST: 3})).up().ok()
    assert holders(marketplace, type_of(stack)) == {FIRST: 3}


@pytest.mark.slow
def test_the_plan_shows_numbers_in_each_of_its_forms(stack: Stack, marketplace: Marketplace) -> None:
    workers = many(30)
    stack.program(TYPE + roster(dict.fromkeys(workers, 1))).up().ok()
    changed = dict.fromkeys(workers[3:], 1) | dict.fromkeys(workers[3:7], 2) | dict.fromkeys(many(12, 100), 1)
    program = TYPE + "team = " + roster(changed) + 'pulumi.export("count", team.count)\n'
    plan = f"+12 {MINUS}3 ~4"

    plain = stack.program(program).preview().ok()
    assert messages(plain)["team"] == [f"workers: {plan}, 39 in all"]
    detailed = stack.preview("--diff").ok()
    assert plan in detailed.text
    as_json = stack.preview("--json").ok()
    (step,) = [step for step in json.loads(as_json.text)["steps"] if step["urn"].endswith("::team")]
    assert (step["newState"]["inputs"]["count"], step["newState"]["inputs"]["change"]) == (39, plan)
    assert step["newState"]["inputs"]["workers"] == "[secret]"
    up = stack.up().ok()
    assert stack.outputs() == {"count": 39}
    assert_absent(
        [*workers, *many(12, 100)], *(output.text for output in (plain, detailed, as_json, up)), stack.state()
    )
