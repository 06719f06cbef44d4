"""What an update of a qualification type says to the service: nothing can be cleared by leaving it out."""

from typing import Any

import pytest

from pulumi_mturk.provider.lifecycle import Difference
from tests.support.core import Place
from tests.support.inputs import ANSWER_KEY, OTHER_TEST, TEST, TESTED, TYPE

# A test that is sent alone drops the key.
_WHOLE_TEST = {"Test": TEST, "AnswerKey": ANSWER_KEY, "TestDurationInSeconds": 600}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (TYPE, {"description": "Other words."}, {"Description": "Other words."}),
        (TYPE, {"qualificationTypeStatus": "Inactive"}, {"QualificationTypeStatus": "Inactive"}),
        (TYPE, TESTED, {"RetryDelayInSeconds": 3600, **_WHOLE_TEST}),
        (TYPE | TESTED, {"test": OTHER_TEST}, _WHOLE_TEST | {"Test": OTHER_TEST}),
        (TYPE | TESTED, {"testDurationInSeconds": 60}, _WHOLE_TEST | {"TestDurationInSeconds": 60}),
        (TYPE | TESTED, {"answerKey": None}, {"Test": TEST, "TestDurationInSeconds": 600}),
        (
            TYPE | {"autoGranted": True},
            TESTED | {"autoGranted": False},
            {"AutoGranted": False, "RetryDelayInSeconds": 3600, **_WHOLE_TEST},
        ),
        (TYPE, {"autoGranted": True}, {"AutoGranted": True, "AutoGrantedValue": 1}),
        (TYPE | {"autoGranted": True, "autoGrantedValue": 5}, {"autoGrantedValue": None}, {"AutoGrantedValue": 1}),
        (TYPE | {"autoGranted": True, "autoGrantedValue": 5}, {"autoGranted": False}, {"AutoGranted": False}),
    ],
)
def test_an_update_of_a_type_says_what_it_has_to(
    place: Place, before: dict[str, Any], after: dict[str, Any], said: dict[str, Any]
) -> None:
    made = place.made("QualificationType", before)
    news = made.check({key: value for key, value in (before | after).items() if value is not None})
    assert news.failures == []
    assert made.diff(news.inputs).replaces == ()
    made.update(news.inputs)
    assert place.sent("UpdateQualificationType") == {"QualificationTypeId": made.id} | said
    found = made.read()
    assert found is not None
    assert made.diff(found.inputs) == Difference()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TYPE | {"testDurationInSeconds": 60}, {"testDurationInSeconds": 120}),
        (TYPE | {"testDurationInSeconds": 60}, {"testDurationInSeconds": None}),
        (TYPE | {"autoGrantedValue": 5}, {"autoGrantedValue": 7}),
        (TYPE | TESTED, {"test": TEST.replace("><", ">  <")}),
    ],
)
def test_what_has_no_effect_is_not_sent(place: Place, before: dict[str, Any], after: dict[str, Any]) -> None:
    made = place.made("QualificationType", before)
    place.calls()
    news = made.check({key: value for key, value in (before | after).items() if value is not None})
    made.update(news.inputs)
    assert place.calls() == []
    found = made.read()
    assert found is not None
    assert made.diff(found.inputs) == Difference()


@pytest.mark.parametrize(
    ("before", "name"),
    [
        (TYPE | {"retryDelayInSeconds": 60}, "retryDelayInSeconds"),
        (TYPE | {"test": TEST, "testDurationInSeconds": 60}, "test"),
    ],
)
def test_what_can_not_be_taken_away_replaces(place: Place, before: dict[str, Any], name: str) -> None:
    made = place.made("QualificationType", before)
    difference = made.diff(made.check({key: value for key, value in before.items() if key != name}).inputs)
    assert [made.resource.args.model_fields[field].alias for field in difference.replaces] == [name]
