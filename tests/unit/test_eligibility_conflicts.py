"""Rules that nobody can meet together, and rules that change nothing beside others: case by case."""

from typing import Any

import pytest

from pulumi_mturk import eligibility
from pulumi_mturk.common.unknown import UNKNOWN, _PlainUnknown
from pulumi_mturk.eligibility import (
    approval,
    contradictions,
    country,
    hits_approved,
    holds,
    implied,
    locale,
    masters,
    not_country,
    production_only,
    score,
    without,
)
from tests.support.requirements import parsed
from tests.support.written_rules import COUPLED, HITS, OTHER, OWN, RATE, at_least_unknown, named, not_in, rule

CONTRADICTIONS: dict[str, tuple[list[Any], tuple[int, ...]]] = {
    "inside and outside": ([masters(), country("US"), not_country("US")], (1, 2)),
    "two countries": ([country("US"), country("CA")], (0, 1)),
    "a state of a country left out": ([not_country("US"), locale("US-CA", "US-OH")], (0, 1)),
    "two bounds": ([score(OWN, at_least=90), score(OTHER, below=50), score(OWN, below=50)], (0, 2)),
    "bounds that touch": ([rule(OWN, "GreaterThan", 5), rule(OWN, "LessThan", 6)], (0, 1)),
    "holders and not": ([holds(OWN), score(OWN, at_least=1), without(OWN)], (0, 2)),
    "not equal needs holders": ([rule(OWN, "NotEqualTo", 1), without(OWN)], (0, 1)),
    "three": ([rule(OWN, "In", 1, 2), rule(OWN, "NotEqualTo", 1), rule(OWN, "NotIn", 2)], (0, 1, 2)),
    "one alone": ([rule(RATE, "GreaterThan", 100)], (0,)),
    "no room above": ([rule(OWN, "GreaterThan", 2**31 - 1)], (0,)),
    "no room below": ([rule(HITS, "LessThan", 0)], (0,)),
    "strangers by any number": ([without(OWN), at_least_unknown(OWN)], (0, 1)),
    "for production": ([holds(OWN), production_only(without(OWN))], (0, 1)),
}


@pytest.mark.parametrize(("rules", "indices"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_the_fewest_rules_that_contradict_are_told(rules: list[Any], indices: tuple[int, ...]) -> None:
    (found,) = contradictions(rules)
    assert (found.indices, found.documented, found.assumptions) == (indices, True, ())
    assert found.requirements == tuple(parsed(eligibility.flatten(rules))[index] for index in indices)


def test_a_contradiction_is_told_in_words() -> None:
    messages = [contradictions(CONTRADICTIONS[name][0])[0].message for name in ("one alone", "two bounds", "three")]
    assert messages == [
        "nobody can meet 'approval rate above 100 %'; change it or leave it out",
        f"nobody can meet both 'score of {OWN} at least 90' ([0]) and 'score of {OWN} below 50' ([2]); "
        "change one of them or leave it out",
        f"nobody can meet all of 'score of {OWN} one of 1 or 2' ([0]), 'score of {OWN} other than 1' ([1]) and "
        f"'score of {OWN} none of 2' ([2]); change one of them or leave it out",
    ]


DOUBTFUL: dict[str, tuple[list[Any], str]] = {
    "coupling": (
        [rule(RATE, "GreaterThanOrEqualTo", 90), rule(RATE, "LessThan", 100), rule(HITS, "LessThan", 90)],
        COUPLED,
    ),
    "a set of rates": ([rule(RATE, "In", 50), approval(at_least=95)], "'approval rate one of 50 %'"),
    "Masters and not": ([masters(), rule("Masters", "DoesNotExist")], "'does not hold Masters'"),
    "NotIn": ([rule(OWN, "NotIn", 5), without(OWN)], "NotIn shuts out"),
    "NotIn of what is not known": (
        [{"qualificationTypeId": OWN, "comparator": "NotIn", "integerValues": UNKNOWN}, without(OWN)],
        "NotIn shuts out",
    ),
    "Puerto Rico": ([country("US"), locale("US-PR")], "Puerto Rico"),
}


@pytest.mark.parametrize(("rules", "text"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_contradiction_that_rests_on_a_guess_says_so(rules: list[Any], text: str) -> None:
    (found,) = contradictions(rules)
    assert not found.documented
    assert text in found.assumptions[0]


def plain(comparator: str, *values: int) -> dict[str, Any]:
    """A rule of any form, right or not."""
    return {"qualificationTypeId": OWN, "comparator": comparator, "integerValues": list(values)}


NO_CONTRADICTIONS: dict[str, list[Any]] = {
    "possible with many rejected": [rule(RATE, "LessThan", 100), rule(HITS, "LessThan", 50)],
    "a country and all but one state": [country("US"), not_in("US", "CA")],
    "bounds with room": [rule(OWN, "GreaterThan", 5), rule(OWN, "LessThan", 7)],
    "two types": [holds(OWN), without(OTHER)],
    "two unknown types": [
        {"qualificationTypeId": _PlainUnknown(), "comparator": "Exists"},
        {"qualificationTypeId": _PlainUnknown(), "comparator": "DoesNotExist"},
    ],
    "an unknown value": [
        {"qualificationTypeId": OWN, "comparator": "LessThan", "integerValues": [UNKNOWN]},
        score(OWN, at_least=5),
    ],
    "an unknown rule": [UNKNOWN, holds(OWN)],
    "no types": [{"comparator": "Exists"}, {"comparator": "DoesNotExist"}],
    "a rate that is not known": [
        {"qualificationTypeId": RATE, "comparator": "LessThan", "integerValues": [UNKNOWN]},
        approval(at_least=95),
    ],
    "a comparator of tomorrow": [
        plain("Like", 5),
        rule(OWN, "EqualTo", 6),
    ],
    "of numbers that are not known": [
        {"qualificationTypeId": OWN, "comparator": "Like", "integerValues": [UNKNOWN]},
        without(OWN),
    ],
    "a place that is not known": [
        {"qualificationTypeId": "Worker_Locale", "comparator": "EqualTo", "localeValues": [{"country": UNKNOWN}]},
        country("US"),
    ],
    "a place and a number": [
        country("US").to_dict() | {"integerValues": [1]},
        country("CA"),
    ],
    "a set of nothing": [{"qualificationTypeId": OWN, "comparator": "In"}, holds(OWN)],
    "two numbers for one": [
        plain("EqualTo", 1, 2),
        rule(OWN, "EqualTo", 2),
    ],
}


@pytest.mark.parametrize("rules", NO_CONTRADICTIONS.values(), ids=NO_CONTRADICTIONS)
def test_what_somebody_may_meet_is_no_contradiction(rules: list[Any]) -> None:
    assert contradictions(rules) == ()


def test_a_contradiction_is_of_an_action_and_of_an_environment() -> None:
    rules = [
        holds(OWN, actions_guarded="PreviewAndAccept"),
        named(OWN, "x"),
        production_only(without(OTHER)),
        holds(OTHER),
    ]
    assert [each.indices for each in contradictions(rules)] == [(0, 1), (2, 3)]
    assert [each.indices for each in contradictions(rules, environment="local")] == [(0, 1)]
    assert contradictions(rules, action="Preview") == ()


def test_of_many_rules_none_that_are_told_can_be_left_out() -> None:
    several = [rule(OWN, "In", *range(13)), *(rule(OWN, "NotEqualTo", number) for number in range(20))]
    (found,) = contradictions(several)
    assert found.indices == tuple(range(14))


IMPLIED: dict[str, tuple[list[Any], dict[int, tuple[int, ...]]]] = {
    "fewer HITs": ([approval(at_least=98, hits=100), hits_approved(at_least=1000)], {1: (2,)}),
    "said twice": ([masters(), country("US"), masters()], {2: (0,)}),
    "by two": ([score(OWN, at_least=5), score(OWN, below=7), rule(OWN, "In", 5, 6)], {2: (0, 1)}),
    "holders": ([holds(OWN), score(OWN, at_least=80)], {0: (1,)}),
    "a country by a state": ([locale("US-CA"), country("US")], {1: (0,)}),
    "everybody": ([rule(RATE, "LessThanOrEqualTo", 100)], {0: ()}),
    "said twice of what is not documented": ([rule(RATE, "In", 5), rule(RATE, "In", 5)], {1: (0,)}),
    "guards as much": ([without(OWN), named(OWN, "x")], {1: (0,)}),
}


@pytest.mark.parametrize(("rules", "by"), IMPLIED.values(), ids=IMPLIED)
def test_what_is_implied_is_told_with_what_implies_it(rules: list[Any], by: dict[int, tuple[int, ...]]) -> None:
    flat, found = parsed(eligibility.flatten(rules)), implied(rules)
    assert {each.index: each.by for each in found} == {
        index: tuple(flat[one] for one in others) for index, others in by.items()
    }
    assert all(each.requirement == flat[each.index] for each in found)


NOT_IMPLIED: dict[str, list[Any]] = {
    "no rule": [],
    "all needed": [approval(at_least=98, hits=1000), country("US"), without(OWN)],
    "guards more": [named(OWN, "x"), without(OWN, actions_guarded="PreviewAndAccept"), masters()][1:],
    "by coupling": [rule(RATE, "EqualTo", 90), hits_approved(at_least=90)],
    "by a guess": [rule(OWN, "NotIn", 5), holds(OWN)],
    "a limit of scores": [rule(OWN, "LessThanOrEqualTo", 100)],
    "newcomers": [hits_approved(at_least=0)],
    "in a contradiction": [holds(OWN), without(OWN), score(OWN, at_least=5)],
}


@pytest.mark.parametrize("rules", NOT_IMPLIED.values(), ids=NOT_IMPLIED)
def test_what_may_change_something_is_not_called_implied(rules: list[Any]) -> None:
    assert implied(rules) == ()


def test_a_rule_that_guards_more_is_not_implied_by_one_that_guards_less() -> None:
    hidden, kept_out = without(OWN), named(OWN, "x")
    (found,) = implied([kept_out, hidden])
    assert found.index == 0
