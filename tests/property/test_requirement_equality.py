"""Whether two lists of requirements are the same HIT type: our `==` of what is sent, against deepdiff's sets."""

from typing import Any, get_args

from deepdiff import DeepDiff
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.resources import REGISTRY
from tests.support import requirement_strategies
from tests.support.inputs import HIT_TYPE
from tests.support.memory_stack import from_engine
from tests.support.requirements import resolve

RESOURCE = REGISTRY["HITType"]
VALUES = ("integerValues", "localeValues")
environments: st.SearchStrategy[Environment] = st.sampled_from(get_args(Environment))
rules = st.lists(requirement_strategies.requirement_dicts(), max_size=5)


@st.composite
def variants(draw: st.DrawFn, original: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Another layout of a list, and at most one change of it."""
    rules = [dict(rule) for rule in draw(st.permutations(original))]
    for rule in rules:
        for name in VALUES:
            if name in rule:
                rule[name] = draw(st.permutations(rule[name]))
    if not rules:
        return rules
    rule = rules.pop()
    return [*rules, *draw(st.sampled_from([[rule], [], [rule, rule]]) | one_change(rule).map(lambda other: [other]))]


def one_change(rule: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A rule with another value of one member."""
    return st.one_of(
        st.sampled_from(requirement_strategies.GUARDED).map(lambda guarded: rule | {"actionsGuarded": guarded}),
        st.booleans().map(lambda marker: rule | {"productionOnly": marker}),
        st.just(rule | {"qualificationTypeName": "reading-test"}),
        st.sampled_from(["In", "NotIn"]).map(lambda comparator: rule | {"comparator": comparator}),
        st.integers(0, 100).map(
            lambda value: (
                rule | ({"integerValues": [value, *rule["integerValues"][1:]]} if "integerValues" in rule else {})
            )
        ),
    )


def as_sets(requirements: list[dict[str, Any]], environment: Environment) -> list[dict[str, Any]]:
    """What is sent, in the program's order: deepdiff is to find out by itself that the order says nothing."""
    members = []
    for rule in resolve(requirements, environment=environment):
        rule.pop("qualificationTypeName", None)
        if rule.pop("productionOnly", False) and environment != "production":
            continue
        for name in VALUES:
            if rule["comparator"] in ("In", "NotIn") and name in rule:
                rule[name] = [value for index, value in enumerate(rule[name]) if value not in rule[name][:index]]
        members.append(rule)
    return members


def agree(one: list[dict[str, Any]], other: list[dict[str, Any]], environment: Environment) -> bool:
    olds, news = (
        RESOURCE.args.load(from_engine(HIT_TYPE | {"environment": environment, "qualificationRequirements": side}))
        for side in (one, other)
    )
    equal = RESOURCE.equal("qualification_requirements", olds, news)
    different = DeepDiff(
        as_sets(one, environment), as_sets(other, environment), ignore_order=True, report_repetition=True
    )
    assert equal == (not different), different
    return equal


@given(rules, environments, st.data())
@settings(max_examples=settings().max_examples * 5)
def test_equality_agrees_with_deepdiff_on_what_is_nearly_the_same(
    one: list[dict[str, Any]], environment: Environment, data: st.DataObject
) -> None:
    other = data.draw(variants(one))
    assert agree(one, other, environment) == agree(other, one, environment)


@given(rules, rules, environments)
def test_equality_agrees_with_deepdiff_on_any_two_lists(
    one: list[dict[str, Any]], other: list[dict[str, Any]], environment: Environment
) -> None:
    agree(one, other, environment)
