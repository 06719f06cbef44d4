"""What becomes of a checked list: ids, what is sent, and words for a reviewer."""

from typing import Any

import pytest

from pulumi_mturk import eligibility
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.eligibility import QualificationRequirement, system_types
from tests.support.requirements import describe, resolve, sent

OWN, OTHER = "3EXAMPLEQUALIFICATIONTYPE00001", "3EXAMPLEQUALIFICATIONTYPE00002"


@pytest.mark.parametrize(
    ("environment", "identifier"),
    [
        ("local", "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"),
        ("sandbox", "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6"),
        ("production", "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"),
    ],
)
def test_masters_gets_the_id_of_the_environment(environment: Environment, identifier: str) -> None:
    assert resolve([eligibility.masters()], environment=environment) == [
        {"qualificationTypeId": identifier, "comparator": "Exists", "actionsGuarded": "Accept"}
    ]


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Worker_Locale", "00000000000000000071"),
        ("Worker_PercentAssignmentsApproved", "000000000000000000L0"),
        ("Worker_NumberHITsApproved", "00000000000000000040"),
        ("Worker_Adult", "00000000000000000060"),
        (OWN, OWN),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_a_name_gets_its_id(name: Any, identifier: Any) -> None:
    (resolved,) = resolve([{"qualificationTypeId": name, "comparator": "Exists"}], environment="local")
    assert isinstance(resolved, dict)
    assert resolved["qualificationTypeId"] is identifier or resolved["qualificationTypeId"] == identifier


def test_resolving_keeps_the_programs_order_and_its_marks() -> None:
    rules = [eligibility.production_only(eligibility.holds(OTHER)), UNKNOWN, [eligibility.holds(OWN)]]
    first, unknown, last = resolve(rules, environment="sandbox")
    assert isinstance(first, dict)
    assert isinstance(last, dict)
    assert (first["qualificationTypeId"], first["productionOnly"]) == (OTHER, True)
    assert unknown is UNKNOWN
    assert (last["qualificationTypeId"], last.get("productionOnly")) == (OWN, None)


def test_resolving_twice_changes_nothing() -> None:
    once = resolve([eligibility.masters(), eligibility.country("US", "GB")], environment="sandbox")
    assert resolve(once, environment="sandbox") == once


def test_integers_are_sent_in_the_order_of_numbers_and_once() -> None:
    (rule,) = sent([QualificationRequirement(OWN, "In", [10, 9, -1, 10])], environment="local")
    assert isinstance(rule, dict)
    assert rule["integerValues"] == [-1, 9, 10]


@pytest.mark.parametrize(("environment", "count"), [("local", 1), ("sandbox", 1), ("production", 2)])
def test_what_is_for_production_is_sent_there_only_and_without_its_mark(environment: Environment, count: int) -> None:
    rules = [eligibility.holds(OWN), eligibility.production_only(eligibility.hits_approved(at_least=1000))]
    requirements = sent(rules, environment=environment)
    assert len(requirements) == count
    assert not any("productionOnly" in rule for rule in requirements if isinstance(rule, dict))


def test_what_is_unknown_comes_last_in_the_programs_order() -> None:
    half_known = {"qualificationTypeId": OWN, "comparator": "EqualTo", "integerValues": [UNKNOWN]}
    rules = [UNKNOWN, half_known, eligibility.holds(OTHER), eligibility.holds(OWN)]
    requirements = sent(rules, environment="local")
    assert [rule["qualificationTypeId"] if isinstance(rule, dict) else rule for rule in requirements] == [
        OWN,
        OTHER,
        UNKNOWN,
        OWN,
    ]


def test_an_unknown_place_comes_last_within_its_set() -> None:
    rules = [eligibility.country("US", "GB")]
    (plain,) = resolve(rules, environment="local")
    assert isinstance(plain, dict)
    plain["localeValues"] = [{"country": UNKNOWN}, *plain["localeValues"]]
    (rule,) = sent([plain], environment="local")
    assert isinstance(rule, dict)
    assert rule["localeValues"] == [{"country": "GB"}, {"country": "US"}, {"country": UNKNOWN}]


@pytest.mark.parametrize(("environment", "unknown"), [("sandbox", True), ("production", False)])
def test_what_may_be_left_out_is_unknown_as_a_whole(environment: Environment, unknown: bool) -> None:
    (rule,) = sent(
        [{"qualificationTypeId": OWN, "comparator": "Exists", "productionOnly": UNKNOWN}], environment=environment
    )
    assert (rule is UNKNOWN) == unknown


def rule(comparator: Any, *values: Any, identifier: Any = OWN, guarded: Any = "Accept") -> QualificationRequirement:
    return QualificationRequirement(identifier, comparator, list(values), actions_guarded=guarded)


RATE, HITS, ADULT = system_types.APPROVAL_RATE, system_types.HITS_APPROVED, system_types.ADULT

WORDS: list[tuple[Any, Any]] = [
    (rule("GreaterThanOrEqualTo", 95, identifier=RATE), "approval rate at least 95 %"),
    (rule("LessThan", 50, identifier="000000000000000000L0"), "approval rate below 50 %"),
    (rule("GreaterThanOrEqualTo", 1000, identifier=HITS), "at least 1000 HITs approved"),
    (rule("LessThanOrEqualTo", 10, identifier=HITS), "at most 10 HITs approved"),
    (eligibility.locale("US-CA", "GB"), "located in US-CA or GB"),
    (eligibility.country("US"), "located in US"),
    (eligibility.not_country("US", "GB"), "not located in US or GB"),
    (eligibility.country("US", UNKNOWN), UNKNOWN),  # type: ignore[arg-type]
    (eligibility.masters(), "holds Masters"),
    (eligibility.adult(), "agreed to adult content (also to preview)"),
    (rule("EqualTo", 0, identifier=ADULT), "score of Worker_Adult exactly 0"),
    (eligibility.score(OWN, at_least=70), f"score of {OWN} at least 70"),
    (rule("GreaterThan", 7, identifier=OTHER), f"score of {OTHER} above 7"),
    (
        QualificationRequirement(UNKNOWN, "NotEqualTo", [7], qualification_type_name="reading-test"),  # type: ignore[arg-type]
        "score of 'reading-test' other than 7",
    ),
    (rule("In", 1, 2, identifier=OTHER), f"score of {OTHER} one of 1 or 2"),
    (rule("NotIn", 1, 2, identifier=OTHER), f"score of {OTHER} none of 1 or 2"),
    (rule("EqualTo", UNKNOWN, identifier=OTHER), UNKNOWN),
    (rule(UNKNOWN, 7, identifier=OTHER), UNKNOWN),
    (eligibility.holds(UNKNOWN), UNKNOWN),  # type: ignore[arg-type]
    (eligibility.holds(OTHER, actions_guarded="DiscoverPreviewAndAccept"), f"holds {OTHER} (hidden from others)"),
    (eligibility.without(OTHER), f"does not hold {OTHER} (excluded; hidden from holders)"),
    (eligibility.without(OTHER, actions_guarded="Accept"), f"does not hold {OTHER} (excluded)"),
    (rule("Exists", identifier=OTHER, guarded=UNKNOWN), UNKNOWN),
    (UNKNOWN, UNKNOWN),
]


@pytest.mark.parametrize(("requirements", "words"), WORDS)
def test_a_requirement_is_told_in_words(requirements: Any, words: Any) -> None:
    assert describe([requirements], environment="local") == [words]


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ("sandbox", "in production only, not sent here: at least 1000 HITs approved"),
        ("production", "at least 1000 HITs approved"),
    ],
)
def test_the_words_say_what_is_not_sent_here(environment: Environment, words: str) -> None:
    rules = [eligibility.production_only(eligibility.hits_approved(at_least=1000))]
    assert describe(rules, environment=environment) == [words]
