"""Rules, workers and changes in words, as a reviewer reads them."""

from typing import Any

import pytest

from pulumi_mturk.common.unknown import UNKNOWN, _PlainUnknown
from pulumi_mturk.eligibility import (
    Locale,
    QualificationRequirement,
    Worker,
    adult,
    approval,
    compare,
    country,
    hits_approved,
    holds,
    in_words,
    locale,
    masters,
    not_country,
    production_only,
    rule_rows,
    score,
    without,
)
from pulumi_mturk.eligibility.country_names import place_name
from pulumi_mturk.eligibility.regions import STATES

OWN = "3EXAMPLEONE"
RATE, HITS = "Worker_PercentAssignmentsApproved", "Worker_NumberHITsApproved"


def rule(comparator: Any, *values: int, name: Any = OWN, **more: Any) -> QualificationRequirement:
    return QualificationRequirement(name, comparator, list(values) or None, **more)


def reader(comparator: Any, *values: int, **more: Any) -> QualificationRequirement:
    return rule(comparator, *values, qualification_type_name="Spanish reader", **more)


def not_in(*place: str) -> QualificationRequirement:
    return QualificationRequirement("Worker_Locale", "NotEqualTo", locale_values=[Locale(*place)])


LINES: dict[str, tuple[Any, str]] = {
    "nothing": ([], "everybody"),
    "a country": (country("US"), "United States"),
    "two countries": (country("US", "CA"), "United States or Canada"),
    "states and countries": (locale("US-OH", "GB", "US-CA", "DE"), "California, Ohio, Germany or United Kingdom"),
    "all but a state": ([country("US"), not_in("US", "CA")], "United States without California"),
    "not a state": (not_in("US", "CA"), "not in California"),
    "no country": (not_country("US", "CA"), "not in United States or Canada"),
    "nowhere": ([country("US"), country("GB")], "nowhere"),
    "a rate": (approval(at_least=98, hits=1000), "approval rate ≥ 98 %; ≥ 1,000 HITs approved"),
    "above a rate": (rule("GreaterThan", 97, name=RATE), "approval rate > 97 %"),
    "below a rate": (rule("LessThan", 50, name=RATE), "approval rate < 50 %"),
    "at most a rate": (rule("LessThanOrEqualTo", 50, name=RATE), "approval rate ≤ 50 %"),
    "a rate of its own": (rule("EqualTo", 100, name=RATE), "approval rate exactly 100 %"),
    "any rate": (rule("LessThanOrEqualTo", 100, name=RATE), "approval rate any"),
    "no rate": (rule("LessThan", 0, name=RATE), "approval rate nobody"),
    "HITs": ([hits_approved(at_least=100), rule("LessThan", 5000, name=HITS)], "100 to 4,999 HITs approved"),
    "the tighter of two": ([hits_approved(at_least=100), hits_approved(at_least=5000)], "≥ 5,000 HITs approved"),
    "Masters": (masters(), "Masters"),
    "adult": (adult(), "agreed to adult content (not even a preview for others)"),
    "held": (reader("Exists"), "holds Spanish reader"),
    "a score": (reader("GreaterThanOrEqualTo", 80), "holds Spanish reader ≥ 80"),
    "a score below": (reader("LessThan", -5), "holds Spanish reader < -5"),
    "scores": (reader("In", 5, 7, 6, 9), "holds Spanish reader 5 to 7 or exactly 9"),
    "other scores": (reader("NotIn", 5, 7), "holds Spanish reader other than 5 or 7"),
    "another score": (reader("NotEqualTo", 5), "holds Spanish reader other than 5"),
    "no score": ([*score(OWN, at_least=5), rule("LessThan", 5)], f"nobody by {OWN}"),
    "no name": (holds(OWN), f"holds {OWN}"),
    "excluded": (reader("DoesNotExist"), "not in Spanish reader"),
    "hidden": (
        reader("DoesNotExist", actions_guarded="DiscoverPreviewAndAccept"),
        "not in Spanish reader (hidden from them)",
    ),
    "hidden from others": (
        reader("GreaterThan", 9, actions_guarded="DiscoverPreviewAndAccept"),
        "holds Spanish reader > 9 (hidden from others)",
    ),
    "guarded twice": (
        [reader("Exists", actions_guarded="PreviewAndAccept"), reader("GreaterThan", 9)],
        "holds Spanish reader (not even a preview for others); holds Spanish reader > 9",
    ),
    "not documented": ([rule("In", 95, name=RATE), masters()], "approval rate one of 95 %; Masters"),
    "not known yet": ([UNKNOWN, holds(OWN)], f"a requirement that is not known yet; holds {OWN}"),
    "a type not known yet": (
        {"qualificationTypeId": _PlainUnknown(), "comparator": "Exists"},
        "holds a type that is not known yet",
    ),
    "a value not known yet": (
        {"qualificationTypeId": OWN, "comparator": "LessThan", "integerValues": [UNKNOWN]},
        f"score of {OWN} below a value that is not known yet",
    ),
    "a comparator not known yet": (
        {"qualificationTypeId": OWN, "comparator": UNKNOWN},
        f"{OWN} by a comparator that is not known",
    ),
    "the field's order": (
        [without(OWN), masters(), approval(at_least=98), country("US")],
        f"United States; approval rate ≥ 98 %; Masters; not in {OWN} (hidden from them)",
    ),
}


@pytest.mark.parametrize(("rules", "line"), LINES.values(), ids=LINES)
def test_rules_are_one_line(rules: Any, line: str) -> None:
    given = rules if isinstance(rules, list) else [rules]
    assert in_words(given) == line


def test_only_what_is_sent_is_told() -> None:
    rules = [production_only(masters()), country("US")]
    assert in_words(rules) == "United States; Masters"
    assert in_words(rules, environment="sandbox") == "United States"
    assert rule_rows(rules, environment="local") == (("country", "United States"),)


def test_rows_have_what_is_looked_at_and_what_is_admitted() -> None:
    past = QualificationRequirement(
        "3EXAMPLEPAST", "DoesNotExist", None, None, "DiscoverPreviewAndAccept", qualification_type_name="Earlier"
    )
    unseen = QualificationRequirement("3EXAMPLEOTHER", "DoesNotExist", actions_guarded="PreviewAndAccept")
    rules = [
        past,
        unseen,
        country("US", "CA"),
        approval(at_least=98, hits=1000),
        reader("LessThan", 9),
        masters(),
        adult(),
    ]
    assert rule_rows([*rules, not_country("GB", actions_guarded="PreviewAndAccept"), reader("Exists")]) == (
        ("country", "United States or Canada; not United Kingdom (not even a preview for others)"),
        ("approval rate", "≥ 98 %"),
        ("HITs approved", "≥ 1,000"),
        ("Masters", "required"),
        ("adult content", "agreed (not even a preview for others)"),
        ("Earlier", "kept out, don't see the HIT"),
        ("3EXAMPLEOTHER", "kept out, can't preview the HIT"),
        ("Spanish reader", "< 9"),
    )
    assert rule_rows([holds(OWN)]) == ((OWN, "held"),)
    assert rule_rows([rule("Exists", name=RATE)]) == (("approval rate", f"holds {RATE}"),)


WORKERS: dict[str, tuple[Worker, str]] = {
    "nothing known": (Worker(), "anybody"),
    "a newcomer": (Worker.newcomer("CA"), "Canada, 100 %, 0 approved"),
    "a state": (Worker(locale="US-OH", approval_rate=98, hits_approved=1200), "Ohio, 98 %, 1,200 approved"),
    "another Georgia": (Worker(locale="US-GA"), "Georgia (US)"),
    "Georgia": (Worker(locale="GE"), "Georgia"),
    "Puerto Rico": (Worker(locale="PR"), "Puerto Rico"),
    "no code of ISO 3166": (Worker(locale="XK"), "Kosovo"),
    "a Master": (Worker(masters=True, adult=True), "Masters, agreed to adult content"),
    "no Master": (Worker(masters=False, adult=False), "anybody"),
    "scores": (Worker(qualifications={OWN: 1200, "3B": -1}), f"holds {OWN} (1,200), holds 3B (-1)"),
}


@pytest.mark.parametrize(("worker", "text"), WORKERS.values(), ids=WORKERS)
def test_a_worker_is_told_by_what_is_known(worker: Worker, text: str) -> None:
    assert str(worker) == text


CHANGES: dict[str, tuple[list[Any], tuple[str, ...], str]] = {
    "a country": ([not_country("GB")], ("United Kingdom",), "United Kingdom, 99 %, 1,200 approved"),
    "countries": ([not_country("GB", "US", "CA")], ("United States", "Canada", "United Kingdom"), "Ohio"),
    "a state": ([not_in("US", "CA")], ("California",), "California, 99 %, 1,200 approved"),
    "elsewhere": ([country("US")], ("everywhere but United States",), "Canada, 99 %"),
    "elsewhere in the US": (
        [locale("US-OH", "CA")],
        ("everywhere but Ohio and Canada",),
        "New York, 99 %, 1,200 approved",
    ),
    "everywhere": ([country("US"), country("GB")], ("all countries",), "Ohio, 99 %, 1,200 approved"),
    "low rates": ([approval(at_least=98)], ("approval rates below 98 %",), "Ohio, 48 %, 1,200 approved"),
    "a rate": ([rule("NotEqualTo", 97, name=RATE)], ("an approval rate of 97 %",), "Ohio, 97 %, 1,200 approved"),
    "high rates": ([rule("LessThan", 98, name=RATE)], ("approval rates of 98 % or more",), "Ohio, 99 %"),
    "all rates": ([rule("LessThan", 0, name=RATE)], ("all approval rates",), "Ohio, 99 %"),
    "few HITs": (
        [hits_approved(at_least=5000)],
        ("workers with fewer than 5,000 HITs approved",),
        "Ohio, 99 %, 1,200 approved",
    ),
    "more HITs": (
        [rule("LessThan", 500, name=HITS)],
        ("workers with 500 or more HITs approved",),
        "Ohio, 99 %, 1,200 approved",
    ),
    "some HITs": (
        [rule("NotEqualTo", 7, name=HITS), rule("NotIn", 1, name=OWN)],
        ("workers with 7 HITs approved", f"workers who do not hold {OWN}", f"holders of {OWN} with a score of 1"),
        "Ohio, 100 %, 7 approved, holds",
    ),
    "Masters": ([masters()], ("workers who are not Masters",), "Ohio, 99 %, 1,200 approved, not Masters"),
    "adult": ([adult()], ("workers who did not agree to adult content",), "did not agree to adult content"),
    "strangers": ([reader("Exists")], ("workers who do not hold Spanish reader",), "does not hold Spanish reader"),
    "holders": ([reader("DoesNotExist")], ("holders of Spanish reader",), "holds Spanish reader (1)"),
    "low scores": (
        [reader("GreaterThanOrEqualTo", 80)],
        ("workers who do not hold Spanish reader", "holders of Spanish reader with a score below 80"),
        "does not hold Spanish reader",
    ),
}


@pytest.mark.parametrize(("rules", "words", "witness"), CHANGES.values(), ids=CHANGES)
def test_who_comes_in_without_the_rules_is_told(rules: list[Any], words: tuple[str, ...], witness: str) -> None:
    found = compare(rules, [])
    assert found.enters.words == words
    assert witness in str(found.enters.witnesses[0])


SCORES = {
    (50, 80): "holders of Spanish reader with a score of 50 to 79",
    (79, 80): "holders of Spanish reader with a score of 79",
}


@pytest.mark.parametrize(("bounds", "words"), SCORES.items())
def test_scores_that_come_in_are_a_range(bounds: tuple[int, int], words: str) -> None:
    before, after = bounds[1], bounds[0]
    found = compare([reader("GreaterThanOrEqualTo", before)], [reader("GreaterThanOrEqualTo", after)])
    assert found.enters.words == (words,)
    assert str(found.enters.witnesses[0]).endswith(f"holds Spanish reader ({after})")
    found = compare([reader("GreaterThan", 9)], [reader("Exists"), reader("LessThan", 100)])
    assert found.leaves.words == ("holders of Spanish reader with a score of 100 or more",)


USUAL: dict[str, tuple[list[Any], str]] = {
    "the least score": ([reader("LessThanOrEqualTo", 50)], "holds Spanish reader (51)"),
    "the greatest of those below 0": ([reader("GreaterThan", -5)], "holds Spanish reader (-6)"),
    "no score below 0 if there is another": ([reader("NotIn", -7, 5)], "holds Spanish reader (5)"),
    "the least count": ([reader("Exists"), rule("LessThanOrEqualTo", 5000, name=HITS)], "99 %, 5,001 approved"),
    "a count between": ([reader("Exists"), hits_approved(at_least=50)], "100 %, 24 approved"),
    "a rate that few approved can have": (
        [reader("Exists"), rule("GreaterThan", 49, name=HITS), rule("EqualTo", 100, name=RATE)],
        "99 %, 1,200 approved",
    ),
}


@pytest.mark.parametrize(("rules", "text"), USUAL.values(), ids=USUAL)
def test_a_witness_is_as_usual_as_can_be(rules: list[Any], text: str) -> None:
    assert text in str(compare(rules, [reader("Exists")]).enters.witnesses[0])


def test_each_of_two_bounds_that_fall_is_told_of() -> None:
    found = compare(approval(at_least=98, hits=1000), approval(at_least=95, hits=500))
    assert found.enters.words == ("approval rates of 95 to 97 %", "workers with 500 to 999 HITs approved")
    found = compare(
        [rule("EqualTo", 100, name=RATE), rule("LessThan", 5, name=HITS)], [rule("LessThan", 100, name=RATE)]
    )
    assert found.enters.words == ("approval rates below 100 %",)


def test_each_place_has_a_name() -> None:
    assert {place_name("US", state) for state in STATES} >= {"Ohio", "District of Columbia"}
    assert place_name("US", "ZZ") == "US-ZZ"
    assert place_name("ZZ") == "ZZ"
    assert place_name("TW") == "Taiwan"
