"""Rules as sets of workers: the cases that the documentation decides, one by one, and what is told of them."""

from typing import Any

import pytest

from pulumi_mturk import eligibility
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import UNKNOWN, Malformed, _PlainUnknown
from pulumi_mturk.eligibility import (
    Locale,
    QualificationRequirement,
    Worker,
    admits,
    adult,
    approval,
    compare,
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
    subset,
    without,
)
from tests.support.requirements import parsed

OWN, OTHER = "3EXAMPLEONE", "3EXAMPLEOTHER"
RATE, HITS = "Worker_PercentAssignmentsApproved", "Worker_NumberHITsApproved"
COUPLED = "at least r HITs approved"


def rule(name: Any, comparator: Any, *values: int, **more: Any) -> QualificationRequirement:
    return QualificationRequirement(name, comparator, list(values) or None, **more)


def named(identifier: Any, name: str, comparator: Any = "DoesNotExist", **more: Any) -> QualificationRequirement:
    return QualificationRequirement(identifier, comparator, qualification_type_name=name, **more)


def at_least_unknown(name: Any) -> dict[str, Any]:
    return {"qualificationTypeId": name, "comparator": "GreaterThanOrEqualTo", "integerValues": [UNKNOWN]}


def not_in(*place: str) -> QualificationRequirement:
    return QualificationRequirement("Worker_Locale", "NotEqualTo", locale_values=[Locale(*place)])


VERDICTS: dict[str, tuple[list[Any], list[Any], str]] = {
    "nothing changes": ([masters()], [masters()], "same"),
    "more than n is at least n + 1": ([rule(OWN, "GreaterThan", 79)], [score(OWN, at_least=80)], "same"),
    "equal to n is in {n}": ([rule(OWN, "EqualTo", 5)], [rule(OWN, "In", 5, 5)], "same"),
    "no score is a limit": ([holds(OWN)], [rule(OWN, "LessThanOrEqualTo", 100)], "tightened"),
    "scores can be negative": ([rule(OWN, "GreaterThanOrEqualTo", 0)], [holds(OWN)], "loosened"),
    "not equal asks for holders": ([rule(OWN, "NotEqualTo", 1)], [without(OWN)], "both"),
    "a rate is never above 100": ([rule(RATE, "LessThanOrEqualTo", 100)], [], "same"),
    "nor a count below 0": ([hits_approved(at_least=0)], [], "same"),
    "below 50 approved only 100 %": (
        [approval(at_least=98), rule(HITS, "LessThan", 50)],
        [approval(at_least=95), rule(HITS, "LessThan", 50)],
        "same",
    ),
    "with 95 approved 95 %": (
        [approval(at_least=98), rule(HITS, "LessThanOrEqualTo", 95)],
        [approval(at_least=95), rule(HITS, "LessThanOrEqualTo", 95)],
        "loosened",
    ),
    "a state is in its country": ([locale("US-CA")], [country("US")], "loosened"),
    "a country without a state": ([country("US")], [country("US"), not_in("US", "CA")], "tightened"),
    "another type": ([without(OWN)], [without(OTHER)], "both"),
    "another name": ([named(OWN, "Earlier")], [named(OWN, "Former")], "same"),
    "what is not documented cancels": (
        [rule("Masters", "DoesNotExist"), approval(at_least=98)],
        [approval(at_least=95), rule("Masters", "DoesNotExist")],
        "loosened",
    ),
    "what is not documented comes in": ([], [rule("Masters", "DoesNotExist")], "unknown"),
    "what is not documented goes": ([rule(RATE, "NotIn", 50)], [rule(RATE, "NotIn", 51)], "unknown"),
    "nobody before": ([country("US"), country("CA")], [country("US")], "loosened"),
    "nobody after": ([adult()], [adult(), holds(OWN), without(OWN)], "tightened"),
    "nobody at all": ([holds(OWN), without(OWN)], [country("US"), country("CA")], "same"),
}


@pytest.mark.parametrize(("old", "new", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_a_change_has_the_verdict(old: list[Any], new: list[Any], verdict: str) -> None:
    assert compare(old, new).verdict == verdict
    opposite = {"tightened": "loosened", "loosened": "tightened"}
    assert compare(new, old).verdict == opposite.get(verdict, verdict)


def test_a_change_is_told_by_who_comes_in_with_a_witness_of_each() -> None:
    past = named(OWN, "Earlier participation", actions_guarded="DiscoverPreviewAndAccept")
    found = compare(
        [country("US"), approval(at_least=98, hits=1000), past], [country("US", "CA"), approval(at_least=95, hits=1000)]
    )
    assert found.verdict == "loosened"
    assert found.enters.words == ("Canada", "approval rates of 95 to 97 %", "holders of Earlier participation")
    assert list(map(str, found.enters.witnesses)) == [
        "Canada, 99 %, 1,200 approved",
        "Ohio, 96 %, 1,200 approved",
        "Ohio, 99 %, 1,200 approved, holds Earlier participation (1)",
    ]
    assert (found.leaves.answer, found.leaves.words, found.leaves.witnesses) == ("no", (), ())
    assert (found.visibility, found.assumptions) == ((), ())


def test_an_unknown_answer_says_what_cannot_be_told_and_keeps_the_proven_witnesses() -> None:
    found = compare([country("US")], [country("CA"), rule("Masters", "DoesNotExist")])
    assert (found.verdict, found.enters.answer, found.leaves.answer) == ("unknown", "unknown", "yes")
    assert found.enters.words == ("what 'does not hold Masters' means is not documented",)
    assert [str(worker) for worker in found.leaves.witnesses] == ["Ohio, 99 %, 1,200 approved"]


def test_of_what_is_not_documented_only_what_differs_is_told() -> None:
    excluded, set_of_rates = rule("Masters", "DoesNotExist"), rule(RATE, "In", 50)
    found = compare([excluded, set_of_rates], [excluded])
    assert (found.enters.answer, found.leaves.answer) == ("unknown", "no")
    assert found.enters.words == ("what 'approval rate one of 50 %' means is not documented",)
    # Whom a set that both have admits is not known, and so not whether it is somebody new.
    found = compare([set_of_rates, rule(RATE, "EqualTo", 50)], [set_of_rates])
    assert found.enters.words == ("what 'approval rate one of 50 %' means is not documented",)


def test_a_place_with_two_codes_is_in_doubt_alone() -> None:
    found = compare([country("US")], [country("US", "PR")])
    assert (found.enters.answer, found.leaves.answer) == ("unknown", "no")
    assert found.enters.words == ("whether 'located in US or PR' holds for somebody in PR is not documented",)
    assert any("Puerto Rico" in text for text in found.assumptions)
    assert compare([country("US")], [country("US", "PR", "GB")]).enters.words == ("United Kingdom",)
    assert compare([country("US", "PR")], [country("PR", "US")]).verdict == "same"


ASSUMED: dict[str, tuple[list[Any], list[Any], str]] = {
    "coupling": ([approval(at_least=98), rule(HITS, "LessThan", 50)], [rule(RATE, "EqualTo", 100)], COUPLED),
    "newcomers": ([hits_approved(at_least=0)], [], "no HIT approved yet counts as having 0"),
    "NotIn": ([rule(OWN, "NotIn", 1, 2)], [holds(OWN)], "NotIn shuts out"),
    "territories": ([country("GB")], [country("GB", "PR")], "Puerto Rico"),
    "in both": ([rule(RATE, "Exists"), masters()], [rule(RATE, "Exists")], "'holds Worker_PercentAssignmentsApproved'"),
}


@pytest.mark.parametrize(("old", "new", "text"), ASSUMED.values(), ids=ASSUMED)
def test_a_verdict_names_what_it_rests_on(old: list[Any], new: list[Any], text: str) -> None:
    (assumption,) = compare(old, new).assumptions
    assert text in assumption


def test_a_verdict_that_rests_on_nothing_doubtful_names_nothing() -> None:
    assert compare([approval(at_least=98, hits=100)], [approval(at_least=95, hits=1000)]).assumptions == ()


def test_a_list_is_compared_as_it_is_sent() -> None:
    old, new = [production_only(masters()), country("US")], [country("US")]
    assert compare(old, new).verdict == "loosened"
    assert compare(old, new, environment="sandbox").verdict == "same"
    half = [{"qualificationTypeId": "Masters", "comparator": "Exists", "productionOnly": UNKNOWN}]
    assert compare(half, [], environment="sandbox").verdict == "unknown"
    assert compare(half, []).verdict == "loosened"
    assert compare(half, half, environment="local").verdict == "same"
    assert compare(half, [masters()], environment="local").verdict == "unknown"


def test_who_sees_more_and_still_cannot_accept_is_told_apart() -> None:
    kept_out = named(OWN, "Earlier participation")
    hidden = named(OWN, "Earlier participation", actions_guarded="DiscoverPreviewAndAccept")
    unseen = named(OWN, "Earlier participation", actions_guarded="PreviewAndAccept")
    found = compare([hidden], [kept_out])
    assert found.verdict == "same"
    assert found.visibility == (
        "holders of Earlier participation now find and preview the HIT, and still can't accept it",
    )
    assert compare([unseen], [hidden]).visibility == (
        "holders of Earlier participation no longer find the HIT, which they could not accept before either",
    )
    assert compare([hidden, masters()], [country("US"), masters()]).visibility == ()
    nobody = [country("US"), country("GB")]
    assert compare([hidden, *nobody], nobody).visibility == found.visibility


def test_guards_that_are_not_known_yet_leave_preview_open_and_accept_decided() -> None:
    later = {"qualificationTypeId": OWN, "comparator": "Exists", "actionsGuarded": UNKNOWN}
    stranger = Worker(qualifications={})
    assert admits([later], stranger).answer == "no"
    assert admits([later], stranger, "Preview").answer == "unknown"
    assert subset([later], [later], action="Discover").answer == "yes"


def test_a_subset_implies_its_reference_or_has_a_witness() -> None:
    assert subset([approval(at_least=98, hits=1000), country("US")], approval(at_least=95, hits=100)).answer == "yes"
    found = subset([approval(at_least=95)], [approval(at_least=98)])
    assert (found.answer, str(found.witness)) == ("no", "Ohio, 96 %, 1,200 approved")
    hidden = without(OWN)
    assert subset([named(OWN, "x")], [hidden], action="Discover").answer == "no"
    assert subset([rule(RATE, "In", 100)], [approval(at_least=98)]) == eligibility.Subset("unknown", None)
    assert subset([country("US"), country("CA")], [masters()]).answer == "yes"


def test_unknown_types_are_equal_by_their_object_alone() -> None:
    one, other = _PlainUnknown(), _PlainUnknown()
    excluded = {"comparator": "DoesNotExist", "qualificationTypeId": one}
    assert compare([excluded], [excluded]).verdict == "same"
    found = compare([excluded], [excluded | {"qualificationTypeId": other}])
    assert found.verdict == "both"
    assert found.enters.words == ("holders of a type that is not known yet",)
    assert found.enters.witnesses == ()  # no id to write down
    found = compare([], [{"comparator": "Exists", "qualificationTypeId": one}])
    assert found.leaves.words == ("workers who do not hold a type that is not known yet",)
    assert list(map(str, found.leaves.witnesses)) == ["Ohio, 99 %, 1,200 approved"]
    assert compare(UNKNOWN, UNKNOWN).verdict == "same"
    assert compare(UNKNOWN, []).enters.words == ("a requirement that is not known yet",)
    # Whatever the number is, it is somebody who holds the type.
    (witness,) = compare([at_least_unknown(OWN), country("US")], [at_least_unknown(OWN)]).enters.witnesses
    assert str(witness) == f"Canada, 99 %, 1,200 approved, holds {OWN} (1)"
    assert compare([], [at_least_unknown(OWN)]).verdict == "tightened"
    later = {"qualificationTypeId": RATE, "comparator": "EqualTo", "integerValues": [UNKNOWN]}
    assert "a value that is not known yet" in compare([], [later]).leaves.words[0]


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
    "what has another meaning": [{"qualificationTypeId": OWN, "comparator": "Like"}, holds(OWN)],
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


def test_a_list_is_a_list() -> None:
    with pytest.raises(InvalidInputError, match=r"write a list of requirements \[MT"):
        admits("Masters", Worker())
    assert admits(masters(), Worker(masters=True)).answer == "yes"
    assert admits(None, Worker()).answer == "yes"
    assert admits([Malformed(7)], Worker()).answer == "unknown"


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "fraction": ({"approval_rate": 0.98}, "approval_rate", "MT150"),
    "float": ({"approval_rate": 98.0}, "approval_rate", "MT150"),
    "above 100": ({"approval_rate": 101}, "approval_rate", "MT150"),
    "truth value": ({"hits_approved": True}, "hits_approved", "MT150"),
    "below 0": ({"hits_approved": -1}, "hits_approved", "MT150"),
    "beyond 32 bits": ({"hits_approved": 2**31}, "hits_approved", "MT150"),
    "text": ({"masters": "yes"}, "masters", "MT150"),
    "number": ({"adult": 1}, "adult", "MT150"),
    "place": ({"locale": 71}, "locale", "MT150"),
    "list": ({"qualifications": [OWN]}, "qualifications", "MT150"),
    "id": ({"qualifications": {7: 1}}, "qualifications", "MT150"),
    "score": ({"qualifications": {OWN: "high"}}, "qualifications", "MT150"),
    "long score": ({"qualifications": {OWN: 2**31}}, "qualifications", "MT150"),
    "impossible": ({"approval_rate": 98, "hits_approved": 97}, "approval_rate", "MT151"),
    "no country": ({"locale": "USA"}, "country", "MT122"),
}


@pytest.mark.parametrize(("members", "path", "code"), WRONG.values(), ids=WRONG)
def test_nobody_has_such_values(members: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        Worker(**members)
    (found,) = refused.value.diagnostics
    assert (found.path, found.code) == (path, code)


def test_a_worker_is_a_value() -> None:
    one = Worker(locale="US-OH", approval_rate=98, hits_approved=98, qualifications={OWN: 5})
    assert one == Worker(locale=Locale("US", "OH"), approval_rate=98, hits_approved=98, qualifications={OWN: 5})
    assert len({one, Worker(locale="US-OH", approval_rate=98, hits_approved=98, qualifications={OWN: 5})}) == 1
    assert one != Worker(locale="US-OH", approval_rate=98, hits_approved=99, qualifications={OWN: 5})
    assert Worker(approval_rate=100, hits_approved=0) == Worker(approval_rate=100, hits_approved=0)
    assert len({Worker(), Worker(qualifications={})}) == 2


ADMITTED: dict[str, tuple[Any, Worker, str, str]] = {
    "a newcomer's rate is 100 %": (approval(at_least=98), Worker.newcomer(), "yes", ""),
    "and the count 0": (hits_approved(at_least=1), Worker.newcomer(), "no", ""),
    "below a limit": (rule(HITS, "LessThan", 5), Worker.newcomer(), "yes", "no HIT approved yet"),
    "a newcomer holds nothing": (rule(OWN, "NotIn", 5), Worker.newcomer(), "no", "NotIn shuts out"),
    "is no Master": (masters(), Worker.newcomer(), "no", ""),
    "did not agree": (adult(), Worker.newcomer(), "no", ""),
    "a place that is not known": (country("US"), Worker.newcomer(), "unknown", ""),
    "a country has its states": (country("US"), Worker.newcomer("US-OH"), "yes", ""),
    "without a known state": (locale("US-CA"), Worker(locale="US"), "no", ""),
    "without a known state, not in one": (not_in("US", "CA"), Worker(locale="US"), "unknown", "is not documented"),
    "without a known state, not elsewhere": (not_country("CA"), Worker(locale="US"), "yes", ""),
    "in Puerto Rico": (country("US"), Worker(locale="PR"), "no", "Puerto Rico"),
    "in Puerto Rico, as a state": (country("US"), Worker(locale="US-PR"), "unknown", "US"),
    "Guam, and another": (country("GB"), Worker(locale="US-GU"), "no", ""),
    "no qualifications known": (without(OWN), Worker(locale="US"), "unknown", ""),
    "no such qualification": (without(OWN), Worker(qualifications={OTHER: 1}), "yes", ""),
    "held": (score(OWN, at_least=80), Worker(qualifications={OWN: 80}), "yes", ""),
    "a rate not known": (approval(at_least=98), Worker(hits_approved=5), "unknown", ""),
    "a count known": (hits_approved(at_least=5), Worker(hits_approved=5), "yes", ""),
    "not documented": (rule(RATE, "In", 98), Worker(approval_rate=98), "unknown", "approval rate one of 98 %"),
}


@pytest.mark.parametrize(("rules", "worker", "answer", "assumption"), ADMITTED.values(), ids=ADMITTED)
def test_a_worker_is_admitted_or_not(rules: Any, worker: Worker, answer: str, assumption: str) -> None:
    found = admits(rules, worker)
    assert found.answer == answer
    assert len(found.assumptions) == bool(assumption)
    assert all(assumption in text for text in found.assumptions)


def test_one_no_decides_and_the_rules_that_say_so_are_told() -> None:
    rules = [country("US"), masters(), rule("Masters", "DoesNotExist"), holds(OWN)]
    worker = Worker(locale="US-OH", masters=False)
    found = admits(rules, worker)
    assert (found.answer, len(found.rules)) == ("no", 1)
    found = admits([country("US"), holds(OWN), rule("Masters", "DoesNotExist")], worker)
    assert found.answer == "unknown"
    assert [each.comparator for each in found.rules if isinstance(each, eligibility.Requirement)] == [
        "Exists",
        "DoesNotExist",
    ]
    assert len(admits([country("US"), not_country("CA")], worker).rules) == 2
