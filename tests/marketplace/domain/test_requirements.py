from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import (
    ADULT,
    APPROVED,
    HIT_TYPE,
    LOCALE,
    MASTERS,
    PERCENT_APPROVED,
    QUESTION,
    SANDBOX_MASTERS,
    refusal,
)

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

US = {"Country": "US"}
OWN = "own"
"""Stands for a type of the account's own."""


@pytest.fixture
def own_id(qualification_type_id: str) -> str:
    return qualification_type_id


def with_rules(own_id: str, *rules: dict[str, Any]) -> dict[str, Any]:
    named = [
        {**rule, "QualificationTypeId": own_id if rule["QualificationTypeId"] == OWN else rule["QualificationTypeId"]}
        for rule in rules
    ]
    return {**HIT_TYPE, "QualificationRequirements": named}


def rule(identity: str, comparator: str, **values: Any) -> dict[str, Any]:
    return {"QualificationTypeId": identity, "Comparator": comparator, **values}


@pytest.mark.parametrize(
    "rules",
    [
        [rule(OWN, "Exists")],
        [rule(OWN, "DoesNotExist")],
        [rule(OWN, "GreaterThan", IntegerValues=[-1])],
        [rule(OWN, "EqualTo", IntegerValues=[1_813_985_279])],
        [rule(OWN, "In", IntegerValues=list(range(15)))],
        [rule(OWN, "NotIn", IntegerValues=[1])],
        [rule(OWN, "Exists", IntegerValues=[], LocaleValues=[])],
        [rule(APPROVED, "GreaterThanOrEqualTo", IntegerValues=[1000])],
        [rule(PERCENT_APPROVED, "LessThan", IntegerValues=[100])],
        [rule(PERCENT_APPROVED, "In", IntegerValues=[0, 100])],
        [rule(ADULT, "EqualTo", IntegerValues=[1])],
        [rule(MASTERS, "Exists")],
        [rule(SANDBOX_MASTERS, "DoesNotExist")],
        [rule(LOCALE, "In", LocaleValues=[US] * 30)],
        [
            rule(LOCALE, "EqualTo", LocaleValues=[US]),
            rule(LOCALE, "NotIn", LocaleValues=[{**US, "Subdivision": "FL"}, {**US, "Subdivision": "GA"}]),
        ],
        [rule(OWN, "Exists")] * 10,
        [rule("000000000000000000S0", "LessThan", IntegerValues=[5])],
        [rule(OWN, "Exists", ActionsGuarded="PreviewAndAccept", RequiredToPreview=True)],
    ],
)
def test_rules_that_are_accepted(mturk: MTurkClient, own_id: str, rules: list[dict[str, Any]]) -> None:
    assert mturk.create_hit_type(**with_rules(own_id, *rules))["HITTypeId"]


@pytest.mark.parametrize(
    ("rules", "parameter"),
    [
        ([rule(OWN, "Exists")] * 11, "QualificationRequirement"),
        ([rule(OWN, "Exists", IntegerValues=[1])], "IntegerValue"),
        ([rule(OWN, "DoesNotExist", LocaleValues=[US])], "LocaleValue"),
        ([rule(OWN, "EqualTo")], "IntegerValue"),
        ([rule(OWN, "In", IntegerValues=[])], "IntegerValue"),
        ([rule(OWN, "EqualTo", IntegerValues=[1, 2])], "IntegerValue"),
        ([rule(OWN, "LessThan", IntegerValues=[1, 2])], "IntegerValue"),
        ([rule(OWN, "In", IntegerValues=list(range(16)))], "IntegerValue"),
        ([rule(OWN, "In", LocaleValues=[US])], "LocaleValue"),
        ([rule(PERCENT_APPROVED, "GreaterThan", IntegerValues=[101])], "IntegerValue"),
        ([rule(APPROVED, "GreaterThan", IntegerValues=[-1])], "IntegerValue"),
        ([rule(MASTERS, "EqualTo", IntegerValues=[1])], "Comparator"),
        ([rule(LOCALE, "Exists")], "Comparator"),
        ([rule(LOCALE, "GreaterThan", LocaleValues=[US])], "Comparator"),
        ([rule(LOCALE, "EqualTo", IntegerValues=[1])], "IntegerValue"),
        ([rule(LOCALE, "EqualTo")], "LocaleValue"),
        ([rule(LOCALE, "NotEqualTo", LocaleValues=[US, {"Country": "CA"}])], "LocaleValue"),
        ([rule(LOCALE, "NotIn", LocaleValues=[US] * 31)], "LocaleValue"),
        ([rule(LOCALE, "EqualTo", LocaleValues=[{"Country": "UK"}])], "LocaleValue"),
        ([rule(LOCALE, "EqualTo", LocaleValues=[{"Country": "us"}])], "LocaleValue"),
        ([rule(LOCALE, "EqualTo", LocaleValues=[{"Country": "CA", "Subdivision": "ON"}])], "LocaleValue"),
        ([rule(LOCALE, "EqualTo", LocaleValues=[{"Country": "US", "Subdivision": "ZZ"}])], "LocaleValue"),
    ],
)
def test_rules_that_are_refused(mturk: MTurkClient, own_id: str, rules: list[dict[str, Any]], parameter: str) -> None:
    error = refusal(mturk.create_hit_type, **with_rules(own_id, *rules))
    assert error.kind == "ParameterValidationError"
    assert f"is not valid for the parameter {parameter}." in error.message


def test_locales_on_another_type_are_refused_in_the_words_of_the_service(mturk: MTurkClient, own_id: str) -> None:
    rules = rule(OWN, "EqualTo", LocaleValues=[{"Country": "IT"}])
    assert refusal(mturk.create_hit_type, **with_rules(own_id, rules)).message == (
        'The value "IT" is not valid for the parameter LocaleValue. '
        "LocaleValue must be null when used with the EqualTo comparator.."
    )


def test_a_country_of_three_letters_breaks_the_model(mturk: MTurkClient, own_id: str) -> None:
    rules = rule(LOCALE, "EqualTo", LocaleValues=[{"Country": "USA"}])
    assert refusal(mturk.create_hit_type, **with_rules(own_id, rules)).kind == "ValidationException"


@pytest.mark.parametrize("identity", ["LOCALNOSUCHTYPE", "2NDP2L92HECWY8NS8H3CK0CP5L9GHO"])
def test_an_unknown_type_can_not_be_required_unless_the_switch_says_so(
    mturk: MTurkClient, marketplace: Marketplace, identity: str
) -> None:
    request = with_rules("", rule(identity, "Exists"))
    assert refusal(mturk.create_hit_type, **request).message == f"QualificationType [{identity}] does not exist."
    marketplace.set_switches(requirement_on_unknown_type="accept")
    assert mturk.create_hit_type(**request)["HITTypeId"]


@pytest.mark.parametrize(("environment", "identity"), [("production", SANDBOX_MASTERS), ("sandbox", MASTERS)])
def test_the_other_environments_masters_do_not_exist(
    mturk: MTurkClient, marketplace: Marketplace, environment: str, identity: str
) -> None:
    marketplace.set_switches(environment=environment)
    error = refusal(mturk.create_hit_type, **with_rules("", rule(identity, "Exists")))
    assert error.message == f"QualificationType [{identity}] does not exist."


def test_retired_types_are_a_switch(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(retired_system_types="refuse")
    request = with_rules("", rule("00000000000000000070", "LessThan", IntegerValues=[5]))
    assert "does not exist" in refusal(mturk.create_hit_type, **request).message


def test_an_inactive_type_makes_hit_types_but_no_hits(
    mturk: MTurkClient, marketplace: Marketplace, own_id: str
) -> None:
    mturk.update_qualification_type(QualificationTypeId=own_id, QualificationTypeStatus="Inactive")
    request = with_rules(own_id, rule(OWN, "Exists"))
    identity = mturk.create_hit_type(**request)["HITTypeId"]
    life: Any = {"LifetimeInSeconds": 60, "Question": QUESTION}
    for error in (
        refusal(mturk.create_hit, **request, **life),
        refusal(mturk.create_hit_with_hit_type, HITTypeId=identity, **life),
    ):
        assert error.turk_code == "AWS.MechanicalTurk.InvalidQualificationTypeState"
    marketplace.set_switches(requirement_on_inactive_type="refuse_always")
    assert refusal(mturk.create_hit_type, **request).turk_code == "AWS.MechanicalTurk.InvalidQualificationTypeState"
    marketplace.set_switches(requirement_on_inactive_type="accept")
    assert mturk.create_hit(**request, **life)["HIT"]["HITTypeId"] == identity


@pytest.mark.parametrize(
    ("sent", "preview", "actions"),
    [
        ({}, False, "Accept"),
        ({"RequiredToPreview": True}, True, "PreviewAndAccept"),
        ({"RequiredToPreview": False}, False, "Accept"),
        ({"ActionsGuarded": "DiscoverPreviewAndAccept"}, True, "DiscoverPreviewAndAccept"),
        ({"ActionsGuarded": "Accept", "RequiredToPreview": True}, True, "Accept"),
    ],
)
def test_a_hit_gives_back_both_ways_of_guarding(
    mturk: MTurkClient, own_id: str, sent: dict[str, Any], preview: bool, actions: str
) -> None:
    request = with_rules(own_id, rule(OWN, "Exists", **sent))
    hit = mturk.create_hit(**request, LifetimeInSeconds=60, Question=QUESTION)["HIT"]
    assert hit["QualificationRequirements"] == [
        {
            "QualificationTypeId": own_id,
            "Comparator": "Exists",
            "RequiredToPreview": preview,
            "ActionsGuarded": actions,
        }
    ]
