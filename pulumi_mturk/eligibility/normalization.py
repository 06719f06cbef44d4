"""The forms of a requirement list that are kept (`resolve`), and that are compared and sent (`sent`)."""

import json
from dataclasses import replace
from typing import Any, TypeVar

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility.requirement import Requirement, Requirements, first_unknown, is_sent, plain
from pulumi_mturk.eligibility.system_types import SETS, system_id

Value = TypeVar("Value")


def resolve(requirements: Requirements, *, environment: Environment) -> Requirements:
    """A list whose names of system types are their ids in the environment (`local` has those of production).

    What is not known yet stays as it is. Resolving twice changes nothing.
    """
    return tuple(
        element if isinstance(element, Unknown) else _resolved(element, environment) for element in requirements
    )


def _resolved(requirement: Requirement, environment: Environment) -> Requirement:
    identifier = requirement.qualification_type_id
    if isinstance(identifier, str):
        identifier = system_id(identifier, environment)
    return replace(requirement, qualification_type_id=identifier, as_countries=False)


def sent(requirements: Requirements, *, environment: Environment) -> Requirements:
    """What of a checked list is really sent: resolved, the API's members alone, in an order of its own.

    Two lists that mean the same are sent the same, and so are equal: requirements are sorted, and the values of In and
    NotIn are a set. What can't be ordered yet comes last, in the program's order. Where it is not known whether a
    requirement is sent, the requirement as a whole is not known.
    """
    known: list[Requirement] = []
    later: list[Requirement | Unknown] = []
    for element in resolve(requirements, environment=environment):
        if isinstance(element, Unknown):
            later.append(element)
        elif isinstance(element.production_only, Unknown) and environment != "production":
            later.append(element.production_only)
        elif is_sent(element, environment):
            unsent: dict[str, Any] = {"qualification_type_name": None, "qualification_type_urn": None}
            members = _with_sets_sorted(replace(element, production_only=False, **unsent))
            (later if members.unknown is not None else known).append(members)
    return (*sorted(known, key=_order), *later)


def _with_sets_sorted(requirement: Requirement) -> Requirement:
    if requirement.comparator not in SETS:
        return requirement
    integers, locales = requirement.integer_values, requirement.locale_values
    return replace(
        requirement,
        integer_values=_as_set(integers) if isinstance(integers, tuple) else integers,
        locale_values=_as_set(locales) if isinstance(locales, tuple) else locales,
    )


def _as_set(values: tuple[Value, ...]) -> tuple[Value, ...]:
    known = {_order(value): value for value in values if first_unknown(value) is None}
    unknown = [value for value in values if first_unknown(value) is not None]
    return (*(known[key] for key in sorted(known)), *unknown)


def _order(value: Any) -> tuple[float, str]:
    """Numbers by size, everything else by its text."""
    if isinstance(value, int):
        return value, ""
    return 0, json.dumps(plain(value), sort_keys=True)
