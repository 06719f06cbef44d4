"""The rules of a requirement and of a list of them: one case a rule, with the words that a person gets."""

from typing import Any

import pytest

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.eligibility import Locale, QualificationRequirement, system_types
from tests.support.requirements import check_requirements

OWN = "3EXAMPLEQUALIFICATIONTYPE00001"
RATE, HITS, ADULT, PLACE = "000000000000000000L0", "00000000000000000040", "00000000000000000060", system_types.LOCALE
US = {"country": "US"}


def rule(identifier: Any = OWN, comparator: Any = "Exists", *values: Any, **more: Any) -> dict[str, Any]:
    """A requirement as state has it; its values are locales if they are dicts."""
    kind = "localeValues" if any(isinstance(value, dict) for value in values) else "integerValues"
    given = {kind: list(values)} if values else {}
    return {"qualificationTypeId": identifier, "comparator": comparator, **given, **more}


def found(*requirements: Any, environment: Environment = "local") -> list[Diagnostic]:
    return check_requirements(list(requirements), environment=environment)


ERRORS = {
    "no type": ({"comparator": "Exists"}, "qualificationTypeId", "is missing"),
    "empty id": (rule(""), "qualificationTypeId", "0 bytes long; an id has 1 to 255"),
    "id of more than 255 bytes": (rule("é" * 128), "qualificationTypeId", "256 bytes long"),
    "a component in place of an id": (
        rule("urn:pulumi:dev::study::mturk:index:WorkerExclusion::past"),
        "qualificationTypeId",
        "is the URN of a component",
    ),
    "id that is a number": (rule(71), "qualificationTypeId", "is a number"),
    "system type misspelt": (rule("masters"), "qualificationTypeId", "write 'Masters'"),
    "system type without prefix": (rule("NumberHITsApproved", "EqualTo", 1), "qualificationTypeId", "'Worker_Number"),
    "categorization masters": (rule("2NDP2L92HECWY8NS8H3CK0CP5L9GHO"), "qualificationTypeId", "removed in 2015"),
    "photo moderation masters": (rule("2TGBB6BFMFFOM08IBMAFGGESC1UWJX"), "qualificationTypeId", "use masters()"),
    "no comparator": ({"qualificationTypeId": OWN}, "comparator", "is missing; write one of LessThan"),
    "unknown comparator": (rule(OWN, "Like", 1), "comparator", "'Like' is not a value of this member; write one of"),
    "ordered with two values": (rule(OWN, "LessThan", 1, 2), "integerValues", "LessThan takes exactly one value, 2"),
    "equal with two values": (rule(OWN, "EqualTo", 1, 2), "integerValues", "write In for several"),
    "not equal with two values": (rule(OWN, "NotEqualTo", 1, 2), "integerValues", "write NotIn for several"),
    "equal with two locales": (rule(PLACE, "EqualTo", US, {"country": "GB"}), "localeValues", "write In for several"),
    "ordered without value": (rule(OWN, "GreaterThan"), "integerValues", "GreaterThan takes exactly one value"),
    "equal without locale": (rule(PLACE, "EqualTo"), "localeValues", "EqualTo takes exactly one value"),
    "in without value": (rule(OWN, "In"), "integerValues", "In takes at least one value"),
    "in with an empty list": (rule(OWN, "In", integerValues=[]), "integerValues", "In takes at least one value"),
    "in with 16 integers": (rule(OWN, "In", *range(16)), "integerValues", "16 values are given, at most 15"),
    "in with 31 locales": (rule(PLACE, "NotIn", *[US] * 31), "localeValues", "at most 30 are allowed; EqualTo US"),
    "exists with a value": (rule(OWN, "Exists", 1), "integerValues", "Exists compares with no value"),
    "not exists with a value": (rule(OWN, "DoesNotExist", 1), "integerValues", "DoesNotExist compares with no value"),
    "location with integers": (rule(PLACE, "EqualTo", 1), "integerValues", "write localeValues="),
    "location with an order": (rule(PLACE, "LessThan", US), "comparator", "does not go with a location"),
    "location with exists": (rule(PLACE, "Exists"), "comparator", "write EqualTo, NotEqualTo, In or NotIn"),
    "locales with another type": (rule(OWN, "EqualTo", US), "localeValues", "only Worker_Locale is compared"),
    "unknown type, both kinds": (rule(UNKNOWN, "In", 1, localeValues=[US]), "", "values of one kind only"),
    "unknown type, ordered locales": (rule(UNKNOWN, "LessThan", US), "localeValues", "compares whole numbers"),
    "rate above 100": (rule(RATE, "LessThan", 101), "integerValues[0]", "is 101; an approval rate is a percentage"),
    "rate below 0": (rule(system_types.APPROVAL_RATE, "LessThan", -1), "integerValues[0]", "is -1; an approval rate"),
    "beyond 32 bits": (rule(OWN, "EqualTo", 2**31), "integerValues[0]", "beyond 32 bits"),
    "below 32 bits": (rule(OWN, "EqualTo", -(2**31) - 1), "integerValues[0]", "beyond 32 bits"),
    "fraction": (rule(OWN, "EqualTo", 0.5), "integerValues[0]", "write a whole number"),
    "number in quotes": (rule(OWN, "EqualTo", "95"), "integerValues[0]", "is a text; write a whole number"),
    "truth value": (rule(OWN, "EqualTo", True), "integerValues[0]", "is a truth value"),
    "nothing as a value": (rule(OWN, "EqualTo", None), "integerValues[0]", "is nothing"),
    "number without list": (rule(OWN, "EqualTo", integerValues=95), "integerValues", "a list such as [95]"),
    "locale without list": (rule(PLACE, "EqualTo", localeValues=US), "localeValues", "a list such as [Locale('US')]"),
    "locale as text": (rule(PLACE, "EqualTo", localeValues=["US"]), "localeValues[0]", "write Locale('US')"),
    "locale without country": (rule(PLACE, "EqualTo", {"subdivision": "CA"}), "localeValues[0].country", "is missing"),
    "locale's unknown member": (rule(PLACE, "EqualTo", US | {"state": "CA"}), "localeValues[0].state", "country, sub"),
    "masters with a value": (rule("Masters", "EqualTo", 1), "comparator", "write Exists, without values"),
    "masters exists with a value": (rule("Masters", "Exists", 1), "integerValues", "compares with no value"),
    "masters, unknown comparator": (rule("Masters", UNKNOWN, 1), "integerValues", "Masters has no value"),
    "unknown action": (rule(actionsGuarded="All"), "actionsGuarded", "write one of Accept, PreviewAndAccept"),
    "marker as text": (rule(productionOnly="yes"), "productionOnly", "write true or false"),
    "unknown member": (rule(worker="x"), "worker", "is no member here; there are qualificationTypeId"),
    "member twice": (rule(Comparator="Exists"), "comparator", "is given twice"),
    "old integer member": (rule(OWN, "EqualTo", IntegerValue=1), "IntegerValue", "write IntegerValues, with a list"),
    "old locale member": (rule(PLACE, "EqualTo", locale_value=US), "locale_value", "write locale_values, with a list"),
    "member in wrong case": ({"QualificationTypeID": OWN, "Comparator": "Exists"}, "QualificationTypeID", "TypeId"),
    "preview required": (rule(RequiredToPreview=True), "RequiredToPreview", "write ActionsGuarded, 'PreviewAndAccept'"),
    "preview not required": (rule(required_to_preview=False), "required_to_preview", "leave it out, the default"),
    "preview said twice": (
        rule(requiredToPreview=True, actionsGuarded="Accept"),
        "requiredToPreview",
        "can't stand beside actionsGuarded",
    ),
    "no requirement": (95, "", "is a number, not a requirement"),
}


@pytest.mark.parametrize(("requirement", "path", "words"), ERRORS.values(), ids=ERRORS.keys())
def test_an_error_says_where_and_what(requirement: Any, path: str, words: str) -> None:
    (error,) = found(requirement)
    assert (error.severity, error.path) == ("error", f"[0].{path}" if path else "[0]")
    assert words in error.message


CORRECTIONS = {
    "Equals": "EqualTo",
    "==": "EqualTo",
    "NotEquals": "NotEqualTo",
    "!=": "NotEqualTo",
    "GreaterThanOrEqual": "GreaterThanOrEqualTo",
    "GreaterThanOrEquals": "GreaterThanOrEqualTo",
    ">=": "GreaterThanOrEqualTo",
    ">": "GreaterThan",
    "LessThanOrEqual": "LessThanOrEqualTo",
    "LessThanOrEquals": "LessThanOrEqualTo",
    "<=": "LessThanOrEqualTo",
    "<": "LessThan",
    " GreaterThanOrEqualTo": "GreaterThanOrEqualTo",
    "LessThan ": "LessThan",
    "not_in": "NotIn",
}


@pytest.mark.parametrize(("written", "meant"), CORRECTIONS.items())
def test_a_comparator_is_corrected(written: str, meant: str) -> None:
    (error,) = found(rule(OWN, written, 1))
    assert (error.path, error.code) == ("[0].comparator", "MT112")
    assert error.message.endswith(f"write {meant!r}")


PLACES = {
    "UK": "write 'GB'",
    "us": "write 'US'",
    "USA": "write 'US'",
    "Germany": "write 'DE'",
    "US-CA": "write Locale('US', 'CA')",
    "US,CA": "write Locale('US', 'CA')",
    "XX": "write two capital letters",
    "": "write two capital letters",
}


@pytest.mark.parametrize(("country", "words"), PLACES.items())
def test_a_country_is_an_iso_code(country: str, words: str) -> None:
    (error,) = found(rule(PLACE, "EqualTo", {"country": country}))
    assert error.path == "[0].localeValues[0].country"
    assert words in error.message


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ({"country": "US", "subdivision": "ca"}, "write 'CA'"),
        ({"country": "US", "subdivision": "US-CA"}, "write 'CA'"),
        ({"country": "US", "subdivision": "California"}, "write 'CA'"),
        ({"country": "US", "subdivision": "ZZ"}, "two letters of ISO 3166-2"),
        ({"country": UNKNOWN, "subdivision": "ZZ"}, "two letters of ISO 3166-2"),
        ({"country": "CA", "subdivision": "ON"}, "only the US has subdivisions"),
        ({"country": "US", "subdivision": 5}, "is a number; write a two-letter code"),
    ],
)
def test_a_subdivision_is_an_iso_code_of_the_us(locale: dict[str, Any], words: str) -> None:
    (error,) = found(rule(PLACE, "In", locale))
    assert error.path == "[0].localeValues[0].subdivision"
    assert words in error.message


WARNINGS = {
    "rate alone": ([rule(RATE, "GreaterThan", 95)], "[0]", "counts as 100 %"),
    "rate with few HITs": ([rule(RATE, "EqualTo", 100), rule(HITS, "GreaterThan", 98)], "[0]", "at least 100"),
    "rate with an upper bound": (
        [rule(HITS, "LessThan", 500), rule(system_types.APPROVAL_RATE, "GreaterThanOrEqualTo", UNKNOWN)],
        "[1]",
        "add Worker_NumberHITsApproved",
    ),
    "set of rates": ([rule(RATE, "NotIn", 50)], "[0].comparator", "NotIn means for Worker_PercentAssign"),
    "existence of a count": ([rule(HITS, "Exists")], "[0].comparator", "is not documented"),
    "adult unseen": ([rule(ADULT, "EqualTo", 1)], "[0].actionsGuarded", "write 'PreviewAndAccept'"),
    "adult otherwise": ([rule(ADULT, "Exists", actionsGuarded="PreviewAndAccept")], "[0].comparator", "write adult()"),
    "adult refused": (
        [rule(ADULT, "EqualTo", 0, actionsGuarded="PreviewAndAccept")],
        "[0].comparator",
        "only EqualTo 1 is documented",
    ),
    "masters excluded": ([rule("Masters", "DoesNotExist")], "[0].comparator", "try it in the sandbox"),
    "submitted": ([rule("00000000000000000000", "EqualTo", 1)], "[0].qualificationTypeId", "is gone"),
    "abandoned": ([rule("00000000000000000070", "EqualTo", 1)], "[0].qualificationTypeId", "Abandoned is gone"),
    "returned": ([rule("000000000000000000E0", "EqualTo", 1)], "[0].qualificationTypeId", "Returned is gone"),
    "rejected": ([rule("Worker_PercentAssignmentsRejected", "EqualTo", 1)], "[0].qualificationTypeId", "is gone"),
    "Puerto Rico, the country": ([rule(PLACE, "EqualTo", {"country": "PR"})], "[0].localeValues[0]", "'US', 'PR'"),
    "Guam, the state": (
        [rule(PLACE, "In", {"country": "GB"}, {"country": "US", "subdivision": "GU"})],
        "[0].localeValues[1]",
        "with Locale('GU') too",
    ),
    "Canada beside the US": (
        [rule(PLACE, "In", US, {"country": "CA"})],
        "[0].localeValues[1].country",
        "California is Locale('US', 'CA')",
    ),
    "Canada left out of the US": (
        [rule(PLACE, "EqualTo", US), rule(PLACE, "NotEqualTo", {"country": "CA"})],
        "[1].localeValues[0].country",
        "CA is Canada",
    ),
}


@pytest.mark.parametrize(("requirements", "path", "words"), WARNINGS.values(), ids=WARNINGS.keys())
def test_a_warning_says_where_and_what(requirements: list[Any], path: str, words: str) -> None:
    (warning,) = [one for one in found(*requirements) if one.severity != "info"]
    assert (warning.severity, warning.path) == ("warning", path)
    assert words in warning.message


SILENT = {
    "scores beyond 100": [rule(OWN, "GreaterThan", 1_813_985_279)],
    "negative scores": [rule(OWN, "GreaterThan", -5)],
    "numbers of state": [rule(OWN, "EqualTo", 3.0)],
    "the largest scores": [rule(OWN, "In", 2**31 - 1, -(2**31))],
    "15 integers": [rule(OWN, "In", *range(15))],
    "30 locales": [rule(PLACE, "In", *[US] * 30)],
    "an id of another pattern": [rule("my type / 7")],
    "an id of 255 bytes": [rule("x" * 255)],
    "empty lists where there are no values": [rule(OWN, "Exists", integerValues=[], localeValues=[])],
    "no members": [rule(OWN, "Exists", integerValues=None, actionsGuarded=None)],
    "two rules on locales": [rule(PLACE, "EqualTo", US), rule(PLACE, "NotIn", US | {"subdivision": "FL"})],
    "a rate with 100 HITs": [rule(RATE, "GreaterThan", 95), rule(HITS, "GreaterThanOrEqualTo", 100)],
    "a rate with more than 99 HITs": [
        rule(RATE, "GreaterThan", 95),
        rule(system_types.HITS_APPROVED, "GreaterThan", 99),
    ],
    "a rate with HITs in production": [
        rule(RATE, "GreaterThan", 95),
        rule(HITS, "EqualTo", 500, productionOnly=True),
    ],
    "a rate beside an unknown type": [rule(RATE, "GreaterThan", 95), rule(UNKNOWN, "GreaterThan", 500)],
    "a rate beside an unknown count": [rule(RATE, "GreaterThan", 95), rule(HITS, "GreaterThan", UNKNOWN)],
    "a rate beside an unknown rule": [rule(RATE, "GreaterThan", 95), UNKNOWN],
    "an upper bound of the rate": [rule(RATE, "LessThan", 50)],
    "Canada in a longer list": [rule(PLACE, "In", US, {"country": "CA"}, {"country": "GB"})],
    "Canada alone": [rule(PLACE, "EqualTo", {"country": "CA"})],
    "Puerto Rico both ways": [rule(PLACE, "In", {"country": "PR"}, US | {"subdivision": "PR"})],
    "Puerto Rico and all the US": [rule(PLACE, "In", {"country": "PR"}, US)],
    "Puerto Rico beside an unknown place": [rule(PLACE, "In", {"country": "PR"}, {"country": UNKNOWN})],
    "adult with preview": [rule(ADULT, "EqualTo", 1, actionsGuarded="DiscoverPreviewAndAccept")],
    "adult, unknown": [rule(ADULT, UNKNOWN, UNKNOWN, actionsGuarded=UNKNOWN)],
    "masters": [rule("Masters")],
    "nested lists": [[rule(), [rule("3OTHER")]], []],
    "boto3's members": [
        {
            "QualificationTypeId": system_types.LOCALE,
            "Comparator": "In",
            "LocaleValues": [{"Country": "US", "Subdivision": "CA"}],
            "ActionsGuarded": "Accept",
        }
    ],
    "members in snake_case": [{"qualification_type_id": OWN, "comparator": "EqualTo", "integer_values": (1,)}],
    "objects": [
        QualificationRequirement(system_types.LOCALE, "In", locale_values=[Locale("US", "CA"), {"country": "GB"}])
    ],
    "all unknown": [rule(UNKNOWN, UNKNOWN, integerValues=UNKNOWN, localeValues=UNKNOWN, productionOnly=UNKNOWN)],
}


@pytest.mark.parametrize("requirements", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_what_may_be_right(requirements: list[Any]) -> None:
    assert found(*requirements) == []


@pytest.mark.parametrize("requirements", [None, UNKNOWN, [], [[]]])
def test_an_empty_or_unknown_list_is_right(requirements: Any) -> None:
    assert check_requirements(requirements, environment="production") == []


@pytest.mark.parametrize("requirements", [rule(), "Masters", 7])
def test_a_list_is_a_list(requirements: Any) -> None:
    (error,) = check_requirements(requirements, environment="local")
    assert (error.path, error.severity) == ("", "error")
    assert "write a list" in error.message


DIFFERENT = [rule(f"{OWN}{number}") for number in range(11)]


def test_eleven_requirements_are_too_many() -> None:
    assert found(*DIFFERENT[:10]) == []
    (error,) = found(*[[one, other] for one, other in zip(DIFFERENT[:5], DIFFERENT[5:10], strict=True)], DIFFERENT[10])
    assert (error.path, error.code) == ("", "MT202")


def test_unknown_requirements_do_not_count() -> None:
    assert found(*DIFFERENT[:10], UNKNOWN) == []


@pytest.mark.parametrize(("environment", "errors"), [("local", 0), ("sandbox", 0), ("production", 1)])
def test_only_what_is_sent_counts(environment: Environment, errors: int) -> None:
    rules = [*DIFFERENT[:8], *(one | {"productionOnly": True} for one in DIFFERENT[8:])]
    assert len(found(*rules, environment=environment)) == errors


def test_what_is_sent_in_production_only_is_checked_everywhere() -> None:
    (error,) = found(rule(OWN, "EqualTo", productionOnly=True), environment="sandbox")
    assert error.path == "[0].integerValues"


MASTERS = [
    (
        system_types.MASTERS_IN_PRODUCTION,
        "sandbox",
        ["is the id of Masters in production, unknown in sandbox; use masters()"],
    ),
    (
        system_types.MASTERS_IN_SANDBOX,
        "production",
        ["is the id of Masters in sandbox, unknown in production; use masters()"],
    ),
    (system_types.MASTERS_IN_PRODUCTION, "production", []),
    (system_types.MASTERS_IN_SANDBOX, "sandbox", []),
    (system_types.MASTERS_IN_PRODUCTION, "local", []),
    (system_types.MASTERS_IN_SANDBOX, "local", []),
]


@pytest.mark.parametrize(("identifier", "environment", "messages"), MASTERS)
def test_masters_has_one_id_in_each_environment(identifier: str, environment: Environment, messages: list[str]) -> None:
    diagnostics = found(rule(identifier), environment=environment)
    assert [diagnostic.message.partition(",")[0] for diagnostic in diagnostics] == [
        message.partition(",")[0] for message in messages
    ]


def test_the_id_of_masters_in_production_may_be_marked_for_it() -> None:
    assert found(rule(system_types.MASTERS_IN_PRODUCTION, productionOnly=True), environment="sandbox") == []


def test_every_mistake_is_told_at_once() -> None:
    diagnostics = found(rule(OWN, "==", 1), rule(PLACE, "In", {"country": "UK"}), rule(OWN, "EqualTo"))
    assert [diagnostic.path for diagnostic in diagnostics] == [
        "[0].comparator",
        "[1].localeValues[0].country",
        "[2].integerValues",
    ]
