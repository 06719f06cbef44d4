"""Requirements in their typed form: read once from any spelling, and given back as inputs and state hold them."""

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk.common.unknown import UNKNOWN, Malformed
from pulumi_mturk.eligibility import (
    Locale,
    QualificationRequirement,
    Requirement,
    parse_requirements,
    plain,
    production_only,
)
from tests.support import requirement_strategies
from tests.support.memory_stack import from_engine

OWN = "3EXAMPLEQUALIFICATIONTYPE00001"


def one(value: Any) -> Requirement:
    found = parse_requirements([value])
    assert isinstance(found, tuple)
    (requirement,) = found
    assert isinstance(requirement, Requirement)
    return requirement


@pytest.mark.parametrize(
    "spelling",
    [
        {"qualification_type_id": "Worker_Locale", "comparator": "In", "locale_values": [{"country": "US"}]},
        {"qualificationTypeId": "Worker_Locale", "comparator": "In", "localeValues": [Locale("US")]},
        {"QualificationTypeId": "Worker_Locale", "Comparator": "In", "LocaleValues": [{"Country": "US"}]},
    ],
)
def test_every_spelling_is_the_same_requirement(spelling: dict[str, Any]) -> None:
    assert one(spelling) == Requirement(
        qualification_type_id="Worker_Locale", comparator="In", locale_values=(Locale("US"),), actions_guarded="Accept"
    )


def test_what_is_unknown_or_of_a_wrong_type_keeps_its_place() -> None:
    found = one({"qualificationTypeId": UNKNOWN, "comparator": 3, "integerValues": [1.0, UNKNOWN, "95", True, None]})
    assert found.qualification_type_id is UNKNOWN
    assert found.comparator == Malformed(3)
    assert found.integer_values == (1, UNKNOWN, Malformed("95"), Malformed(True), Malformed(None))


def test_lists_are_flat_and_what_is_no_requirement_is_kept() -> None:
    found = parse_requirements([[UNKNOWN], [[95], {"comparator": "Exists"}]])
    assert found == (UNKNOWN, Malformed(95), Requirement(comparator="Exists"))
    assert parse_requirements(None) == ()
    assert parse_requirements(UNKNOWN) is UNKNOWN
    assert parse_requirements("Masters") == Malformed("Masters")


STATED = {
    "qualificationTypeId": OWN,
    "comparator": "In",
    "integerValues": [1, 2],
    "actionsGuarded": "Accept",
    "qualificationTypeName": "reading-test",
    "productionOnly": True,
}


@given(st.lists(requirement_strategies.requirement_dicts()))
@settings(max_examples=settings().max_examples * 5)
def test_what_a_state_holds_is_given_back_as_it_was(rules: list[dict[str, Any]]) -> None:
    # Whatever `check` recorded says what is guarded, and of the marker only where it is set.
    recorded = [{"actionsGuarded": "Accept"} | rule for rule in [*rules, STATED]]
    for rule in recorded:
        if rule.get("productionOnly") is False:
            del rule["productionOnly"]
    given_back = plain(parse_requirements(from_engine(recorded)))
    assert json.dumps(given_back, sort_keys=True) == json.dumps(recorded, sort_keys=True)


@given(requirement_strategies.rough_requirements())
@settings(max_examples=settings().max_examples * 5)
def test_what_is_wrong_in_a_state_is_given_back_too(rule: dict[str, Any]) -> None:
    kept = plain(parse_requirements([rule]))[0]
    # An empty list and a marker that is not set say nothing, as a member does that is null.
    said = {name: _without_nulls(value) for name, value in rule.items() if value is not False and value != []}
    assert kept == {"actionsGuarded": "Accept"} | said


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def test_the_structures_of_a_program_are_values() -> None:
    rule = QualificationRequirement(OWN, "In", [1, 2])
    same = QualificationRequirement(OWN, "In", [1, 2])
    assert (rule == same, hash(rule) == hash(same), rule == OWN) == (True, True, False)
    assert rule != production_only(rule)
    assert Locale("US") == Locale("US")
    assert Locale("US") != Locale("US", "CA")
    assert len({Locale("US"), Locale("US"), Locale("GB")}) == 2
    for value in (rule, Locale("US", "CA")):
        assert copy.deepcopy(value) == value
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - pickled a moment ago


def test_the_structures_of_a_program_show_what_they_are() -> None:
    assert repr(Locale("US", "CA")) == "Locale(country='US', subdivision='CA')"
    assert repr(QualificationRequirement("Worker_Locale", "EqualTo", locale_values=[Locale("US")])) == (
        "QualificationRequirement(qualification_type_id='Worker_Locale', comparator='EqualTo', integer_values=None, "
        "locale_values=[Locale(country='US', subdivision=None)], actions_guarded='Accept', production_only=False, "
        "qualification_type_name=None, qualification_type_urn=None)"
    )


@pytest.mark.parametrize(
    ("value", "name"), [(QualificationRequirement(OWN, "Exists"), "comparator"), (Locale("US"), "country")]
)
def test_the_structures_of_a_program_are_never_changed(value: Any, name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(value, name, "x")


def test_a_requirement_knows_the_resource_that_was_given_as_its_type() -> None:
    class Kind:
        qualification_type_id = OWN
        pulumi_resource_name = "reading-test"

    kind: Any = Kind()
    rule = production_only(QualificationRequirement(kind, "Exists"))
    assert rule.resource is kind
    assert (rule.qualification_type_id, rule.qualification_type_name) == (OWN, "reading-test")
    assert QualificationRequirement(OWN, "Exists").resource is None
