"""Rules as sets of workers: the cases that the documentation decides, one by one, and what is told of them."""

from typing import Any

import pytest

from pulumi_mturk import eligibility
from pulumi_mturk.common.unknown import UNKNOWN, _PlainUnknown
from pulumi_mturk.eligibility import (
    Locale,
    QualificationRequirement,
    Worker,
    admits,
    adult,
    approval,
    compare,
    country,
    hits_approved,
    holds,
    locale,
    masters,
    production_only,
    score,
    subset,
    without,
)
from tests.support.written_rules import COUPLED, HITS, OTHER, OWN, RATE, at_least_unknown, named, not_in, rule

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
    several = QualificationRequirement("Worker_Locale", "In", locale_values=[Locale("US", "PR")])
    assert compare([locale("US-PR")], [several]).verdict == "same"


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
    other, other_hidden = named(OTHER, "Other"), named(OTHER, "Other", actions_guarded="DiscoverPreviewAndAccept")
    assert compare([hidden, other], [kept_out, other_hidden]).visibility == (
        "holders of Earlier participation now find and preview the HIT, and still can't accept it",
        "holders of Other no longer find and preview the HIT, which they could not accept before either",
    )
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
