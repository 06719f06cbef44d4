"""What a plan says of requirements that contradict or imply each other, and where."""

from typing import Any

import pytest

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import UNKNOWN, _PlainUnknown
from pulumi_mturk.eligibility import approval, country, hits_approved, holds, masters, not_country, score, without
from tests.support.requirements import check_requirements

OWN, OTHER = "3EXAMPLEONE", "3EXAMPLEOTHER"


def of(identifier: Any, comparator: str, *values: int, **more: Any) -> dict[str, Any]:
    values_given = {"integerValues": list(values)} if values else {}
    return {"qualificationTypeId": identifier, "comparator": comparator, **values_given, **more}


def said(*rules: Any, environment: Environment = "local") -> list[tuple[str, str]]:
    return [(found.code, found.path) for found in check_requirements(list(rules), environment=environment)]


@pytest.mark.parametrize("environment", ["local", "sandbox", "production"])
def test_a_contradiction_is_told_at_the_last_of_its_rules(environment: Environment) -> None:
    rules = [country("US"), holds(OWN), not_country("US"), of(OWN, "DoesNotExist", productionOnly=True)]
    assert said(*rules, environment=environment) == [("MT206", "[2]"), ("MT206", "[3]")]


def test_a_contradiction_by_a_guess_is_a_warning_that_says_by_which() -> None:
    rules = [of("Worker_PercentAssignmentsApproved", "LessThan", 100), of("Worker_NumberHITsApproved", "EqualTo", 0)]
    assert said(*rules) == []  # everybody of 100 or more may be rejected
    (found,) = check_requirements(
        [of("Worker_PercentAssignmentsApproved", "EqualTo", 90), rules[1]], environment="production"
    )
    assert (found.code, found.path, found.severity) == ("MT207", "[1]", "warning")
    assert "probably nobody can meet both" in found.message
    assert "over all submitted assignments" in found.message


def test_what_is_implied_is_told_once_for_a_list() -> None:
    rules = [masters(), *approval(at_least=98, hits=100), hits_approved(at_least=1000), masters()]
    (found,) = check_requirements([rule.to_dict() for rule in rules], environment="local")
    assert (found.code, found.path, found.severity) == ("MT208", "", "info")
    assert found.message == (
        "[2] 'at least 100 HITs approved' changes nothing beside 'at least 1000 HITs approved'; "
        "[4] 'holds Masters' changes nothing beside 'holds Masters'; "
        "to leave them out makes another HIT type of the same workers"
    )
    (found,) = check_requirements(
        [of("Worker_PercentAssignmentsApproved", "LessThanOrEqualTo", 100)], environment="local"
    )
    assert found.message == (
        "[0] 'approval rate at most 100 %' changes nothing: everybody meets it; "
        "to leave it out makes another HIT type of the same workers"
    )


def test_a_rule_for_production_alone_implies_none_that_is_sent_everywhere() -> None:
    marked, everywhere = of(OWN, "GreaterThan", 80, productionOnly=True), of(OWN, "GreaterThan", 50)
    assert said(marked, everywhere) == []
    assert said(marked, everywhere, environment="production") == []
    assert said(of(OWN, "GreaterThan", 80), of(OWN, "GreaterThan", 50, productionOnly=True)) == [("MT208", "")]


NOTHING_MORE: dict[str, list[Any]] = {
    "unknown types look alike": [of(UNKNOWN, "Exists"), of(UNKNOWN, "DoesNotExist")],
    "unknown types imply nothing": [of(UNKNOWN, "Exists"), of(UNKNOWN, "Exists")],
    "other unknown types": [of(_PlainUnknown(), "Exists"), of(OWN, "DoesNotExist")],
    "unknown values": [of(OWN, "GreaterThan", 5), of(OWN, "LessThan", UNKNOWN)],  # type: ignore[arg-type]
    "an unknown rule": [UNKNOWN, holds(OWN)],
    "all needed": [holds(OWN), without(OTHER), country("US")],
}


@pytest.mark.parametrize("rules", NOTHING_MORE.values(), ids=NOTHING_MORE)
def test_nothing_is_said_of_what_is_not_known_yet(rules: list[Any]) -> None:
    assert said(*rules) == []


def test_a_rule_that_is_wrong_by_itself_contradicts_none() -> None:
    assert said(of("Worker_PercentAssignmentsApproved", "EqualTo", 150), *approval(at_least=95, hits=100)) == [
        ("MT117", "[0].integerValues[0]")
    ]
    assert said(of(OWN, "Exists", 5), without(OWN), *score(OWN, at_least=5)) == [
        ("MT132", "[0].integerValues"),
        ("MT206", "[2]"),
    ]
