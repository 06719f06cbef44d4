"""Requirement lists in any form, parsed as by the provider; results are plain, as inputs and state hold them."""

from typing import Any

from pulumi_mturk import eligibility
from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility import QualificationRequirement, Requirements


def _as_inputs(values: Any) -> Any:
    """The dicts in place of a program's objects, which never reach the provider."""
    if isinstance(values, QualificationRequirement):
        return values.to_dict()
    return [_as_inputs(value) for value in values] if isinstance(values, list | tuple) else values


def parsed(values: Any) -> Requirements:
    found = eligibility.parse_requirements(_as_inputs(values))
    assert isinstance(found, tuple)
    return found


def check_requirements(values: Any, *, environment: Environment) -> list[Diagnostic]:
    return eligibility.check_requirements(eligibility.parse_requirements(_as_inputs(values)), environment=environment)


def resolve(values: Any, *, environment: Environment) -> list[Any]:
    return list(eligibility.plain(eligibility.resolve(parsed(values), environment=environment)))


def sent(values: Any, *, environment: Environment) -> list[Any]:
    return list(eligibility.plain(eligibility.sent(parsed(values), environment=environment)))


def wire_form(rule: Any) -> dict[str, Any]:
    """A requirement as MTurk gets it in production."""
    (members,) = sent([rule], environment="production")
    assert isinstance(members, dict)
    return {
        name[:1].upper() + name[1:]: (
            [{part.capitalize(): code for part, code in place.items()} for place in value]
            if name == "localeValues"
            else value
        )
        for name, value in members.items()
    }


def describe(values: Any, *, environment: Environment) -> list[str | Unknown]:
    return eligibility.describe(parsed(values), environment=environment)
