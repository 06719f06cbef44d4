"""Workers made up to judge rules by, and who is admitted."""

from typing import Any

import pytest

from pulumi_mturk import eligibility
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import Malformed
from pulumi_mturk.eligibility import (
    Locale,
    Worker,
    admits,
    adult,
    approval,
    country,
    hits_approved,
    holds,
    locale,
    masters,
    not_country,
    score,
    without,
)
from tests.support.written_rules import HITS, OTHER, OWN, RATE, not_in, rule


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
