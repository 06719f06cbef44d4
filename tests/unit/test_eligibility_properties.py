"""What holds for every list of requirements, however it is written and whatever of it is unknown."""

import json
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.eligibility import QualificationRequirement, requirement
from tests.support import requirement_strategies
from tests.support.requirements import check_requirements, describe, resolve, sent

environments: st.SearchStrategy[Environment] = st.sampled_from(get_args(Environment))
rough_lists = st.lists(requirement_strategies.rough_requirements(), max_size=4) | st.lists(
    requirement_strategies.rough_requirements() | requirement_strategies.requirement_dicts(), min_size=9, max_size=13
)


def _element(diagnostic: Diagnostic) -> str:
    """The list element that a diagnostic is about; empty for the list as a whole."""
    return diagnostic.path.partition("]")[0]


# What requirements say together: where it is told depends on all of them.
TOGETHER = {"MT206", "MT207", "MT208"}


def _alone(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in diagnostics if diagnostic.code not in TOGETHER]


def _errors(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]


# A list has many parts that can go wrong together.
often = settings(max_examples=settings().max_examples * 10 // 3)


@given(requirement_strategies.requirement_lists(), environments)
@often
def test_a_valid_list_has_no_errors(rules: list[QualificationRequirement], environment: Environment) -> None:
    assert _errors(check_requirements(rules, environment=environment)) == []


@given(rough_lists, environments, st.data())
@often
def test_what_is_unknown_adds_no_finding(rules: list[Any], environment: Environment, data: st.DataObject) -> None:
    paths = data.draw(st.sets(st.sampled_from(sorted(requirement_strategies.places_in(rules), key=str) or [()])))
    known = check_requirements(rules, environment=environment)
    partly = check_requirements(requirement_strategies.with_unknowns(rules, paths), environment=environment)
    assert bool(_errors(partly)) <= bool(_errors(known))
    known, partly = _alone(known), _alone(partly)
    assert {_element(diagnostic) for diagnostic in _errors(partly)} <= {
        _element(diagnostic) for diagnostic in _errors(known)
    }
    assert {_element(diagnostic) for diagnostic in partly} <= {_element(diagnostic) for diagnostic in known}


@given(rough_lists.filter(bool), environments, st.data())
@often
def test_what_is_unknown_hides_no_error_elsewhere(
    rules: list[Any], environment: Environment, data: st.DataObject
) -> None:
    hidden = data.draw(st.integers(0, len(rules) - 1))
    paths = data.draw(
        st.sets(
            st.sampled_from([path for path in requirement_strategies.places_in(rules) if path[0] == hidden]), min_size=1
        )
    )
    known = _alone(check_requirements(rules, environment=environment))
    partly = _alone(check_requirements(requirement_strategies.with_unknowns(rules, paths), environment=environment))
    others = [diagnostic for diagnostic in _errors(known) if _element(diagnostic) not in ("", f"[{hidden}")]
    assert [diagnostic for diagnostic in _errors(partly) if _element(diagnostic) not in ("", f"[{hidden}")] == others


@given(
    requirement_strategies.rough_requirements(),
    st.sampled_from(["qualificationTypeId", "comparator", "productionOnly"]),
)
@often
def test_an_unknown_member_hides_no_error_in_the_form_of_another(rule: dict[str, Any], name: str) -> None:
    def of_form(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        paths = ("[0].actionsGuarded", "[0].integerValues[", "[0].localeValues[")
        found = [diagnostic for diagnostic in _errors(diagnostics) if diagnostic.path.startswith(paths)]
        # the range of a number depends on the type
        return [diagnostic for diagnostic in found if not diagnostic.message.endswith(("0 to 100", "0 or more"))]

    known = check_requirements([rule], environment="local")
    assert of_form(check_requirements([rule | {name: UNKNOWN}], environment="local")) == of_form(known)


@given(requirement_strategies.rough_requirements())
@often
def test_the_constructor_refuses_what_the_plan_would(rule: dict[str, Any]) -> None:
    # That nobody can meet it (a rate below 0 %) is told of a list.
    errors = _errors(_alone(check_requirements([rule], environment="local")))
    try:
        made = requirement(rule)
    except InvalidInputError:
        assert errors
    else:
        assert errors == []
        assert check_requirements([made], environment="local") == check_requirements([rule], environment="local")


@given(requirement_strategies.requirement_lists(), environments)
def test_the_forms_of_a_requirement_resolve_to_the_same(
    rules: list[QualificationRequirement], environment: Environment
) -> None:
    resolved = resolve(rules, environment=environment)
    as_state_has_it = json.loads(json.dumps(resolved), parse_int=float)
    assert resolve([rule.to_dict() for rule in rules], environment=environment) == resolved
    assert resolve(as_state_has_it, environment=environment) == resolved
    assert resolve([[rules[:1]], rules[1:]], environment=environment) == resolved


@given(requirement_strategies.requirements())
def test_a_requirement_survives_its_dict(rule: QualificationRequirement) -> None:
    assert requirement(rule.to_dict()) == rule


@given(requirement_strategies.requirement_lists(), environments, st.data())
@often
def test_order_means_nothing_for_what_is_sent(
    rules: list[QualificationRequirement], environment: Environment, data: st.DataObject
) -> None:
    plain = [rule.to_dict() for rule in data.draw(st.permutations(rules))]
    for members in plain:
        for name in ("integerValues", "localeValues"):
            if name in members:
                members[name] = data.draw(st.permutations(members[name]))
    assert sent(plain, environment=environment) == sent(rules, environment=environment)


@given(requirement_strategies.requirement_lists(), environments, st.data())
def test_words_are_found_for_everything_that_is_valid_so_far(
    rules: list[QualificationRequirement], environment: Environment, data: st.DataObject
) -> None:
    plain: list[Any] = [rule.to_dict() for rule in rules]
    paths = data.draw(st.sets(st.sampled_from(sorted(requirement_strategies.places_in(plain), key=str) or [()])))
    partly = requirement_strategies.with_unknowns(plain, paths - {()})
    lines = describe(partly, environment=environment)
    assert len(lines) == len(rules)
    known = [line for line in lines if isinstance(line, str)]
    assert not any(word in line for line in known for word in ("UNKNOWN", "None", "{", "["))
