"""The arithmetic of a funnel, and that it is the same as what admission says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.eligibility import unmet_requirements
from pulumi_mturk.marketplace.simulation import funnel, study
from pulumi_mturk.marketplace.simulation.funnel import RuleOutcome
from tests.marketplace.simulation.conftest import make_stack
from tests.support.marketplace.api_calls import (
    ADULT,
    APPROVED,
    HIT_TYPE,
    LOCALE,
    MASTERS,
    PERCENT_APPROVED,
    InProcessClient,
)
from tests.support.marketplace.engine import kept_place
from tests.support.marketplace.simulations import DEFAULT

OUTCOMES = st.builds(RuleOutcome, st.booleans(), st.sampled_from(["other_place", "not_yet", "on_list", ""]))
CROWDS = st.integers(1, 5).flatmap(
    lambda rules: st.lists(st.lists(OUTCOMES, min_size=rules, max_size=rules), min_size=1, max_size=40)
)


@given(CROWDS)
def test_the_counts_add_up(crowd: list[list[RuleOutcome]]) -> None:
    steps = funnel.steps([(f"rule {number}", "Accept") for number in range(len(crowd[0]))], crowd)
    before = len(crowd)
    for step in steps:
        assert step.left + sum(step.lost.values()) == before
        assert sum(step.kept.values()) <= step.left
        assert sum(step.lost.values()) <= step.refused <= len(crowd)
        assert step.alone <= step.refused
        before = step.left
    assert before == sum(all(outcome.admitted for outcome in worker) for worker in crowd)
    assert before + sum(step.alone for step in steps) <= len(crowd)


def of(identity: str, comparators: list[str], values: st.SearchStrategy[int]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda comparator, value: {
            "QualificationTypeId": identity,
            "Comparator": comparator,
            **({} if "Exist" in comparator else {"IntegerValues": [value]}),
        },
        st.sampled_from(comparators),
        values,
    )


NUMBERS = ["EqualTo", "NotEqualTo", "In", "NotIn", "LessThan", "GreaterThanOrEqualTo"]
PLACES = st.builds(
    lambda comparator, places: {"QualificationTypeId": LOCALE, "Comparator": comparator, "LocaleValues": places},
    st.sampled_from(["In", "NotIn"]),
    st.lists(
        st.sampled_from([{"Country": "US"}, {"Country": "IN"}, {"Country": "US", "Subdivision": "CA"}]),
        min_size=1,
        max_size=30,
    ),
)
GUARDS = st.sampled_from(["Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"])
RULES = st.lists(
    st.builds(
        lambda rule, guards: rule | {"ActionsGuarded": guards},
        st.one_of(
            PLACES,
            of(PERCENT_APPROVED, NUMBERS, st.integers(90, 100)),
            of(APPROVED, NUMBERS, st.sampled_from([0, 100, 500])),
            of(ADULT, ["EqualTo"], st.just(1)),
            of(MASTERS, ["Exists", "DoesNotExist"], st.just(0)),
            of("test", [*NUMBERS, "Exists", "DoesNotExist"], st.integers(0, 1)),
            of("exclusion", [*NUMBERS, "Exists", "DoesNotExist"], st.integers(0, 1)),
        ),
        GUARDS,
    ),
    max_size=6,
)


@pytest.mark.usefixtures("engine")
@given(RULES, st.integers(1, 9))
def test_who_is_left_is_whom_admission_admits(rules: list[dict[str, Any]], seed: int) -> None:
    with kept_place() as kept, Marketplace.open(kept) as marketplace:
        made = make_stack(InProcessClient(marketplace))
        ids = {"test": made.test, "exclusion": made.exclusion}
        sent = [
            rule | {"QualificationTypeId": ids.get(rule["QualificationTypeId"], rule["QualificationTypeId"])}
            for rule in rules
        ]
        _, answer = made.direct.call("CreateHITType", **HIT_TYPE | {"Title": "Ruled"}, QualificationRequirements=sent)
        identity = answer["HITTypeId"]
        with marketplace.writing() as ctx:
            found = study.study(ctx, study.StudyPlan(DEFAULT, 40, seed, hit_type_id=identity), lambda _: None)
            (told,) = found.hit_types
            requirements = study.ordered_requirements(ctx, hit_types.find(ctx, identity))
            workers = [row[0] for row in ctx.db.execute("SELECT worker_id FROM workers")]
            for count, action in (
                (told.can_find, "Discover"),
                (told.can_preview, "Preview"),
                (told.may_accept, "Accept"),
            ):
                assert count == sum(not unmet_requirements(ctx, worker, requirements, action) for worker in workers)  # type: ignore[arg-type]
            for place, step in enumerate(told.steps):
                first = requirements[:place]
                assert step.left == sum(not unmet_requirements(ctx, worker, first, "Accept") for worker in workers)
