"""The one form of a requirement list that is kept, compared and sent."""

import json
from typing import Any

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility.list_validation import is_sent
from pulumi_mturk.eligibility.parsing import flatten, read_requirement
from pulumi_mturk.eligibility.system_types import SETS, system_id


def resolve(requirements: Any, *, environment: Environment) -> list[dict[str, Any] | Unknown]:
    """A checked list as plain camelCase dicts, flattened, in the program's order.

    Names of system types become their ids in the environment (`local` has those of production), numbers become
    whole, `actionsGuarded` is always there, and `productionOnly` where it is set. What is not known yet stays as it
    is. Resolving twice changes nothing.
    """
    return [
        element if isinstance(element, Unknown) else _resolved(element, environment)
        for element in flatten(requirements)
    ]


def _resolved(element: Any, environment: Environment) -> dict[str, Any]:
    members, _ = read_requirement(element)
    resolved: dict[str, Any] = {"actionsGuarded": "Accept"} | (members or {})
    identifier = resolved.get("qualificationTypeId")
    if isinstance(identifier, str):
        resolved["qualificationTypeId"] = system_id(identifier, environment)
    if resolved.get("productionOnly") is False:
        del resolved["productionOnly"]
    return resolved


def sent(requirements: Any, *, environment: Environment) -> list[dict[str, Any] | Unknown]:
    """What of a checked list is really sent: resolved, the API's members alone, in an order of its own.

    Two lists that mean the same are sent the same: requirements are sorted, and the values of In and NotIn are a
    set. What can't be ordered yet comes last, in the program's order. Where it is not known whether a requirement is
    sent, the requirement as a whole is not known.
    """
    known: list[dict[str, Any] | Unknown] = []
    later: list[dict[str, Any] | Unknown] = []
    for element in resolve(requirements, environment=environment):
        if isinstance(element, Unknown):
            later.append(element)
            continue
        element.pop("qualificationTypeName", None)
        marker = element.pop("productionOnly", False)
        if isinstance(marker, Unknown) and environment != "production":
            later.append(marker)
        elif is_sent({"productionOnly": marker}, environment):
            (later if _holds_unknown(element) else known).append(_with_sets_sorted(element))
    return sorted(known, key=_order) + later


def _with_sets_sorted(members: dict[str, Any]) -> dict[str, Any]:
    if members.get("comparator") not in SETS:
        return members
    return members | {
        name: _as_set(members[name])
        for name in ("integerValues", "localeValues")
        if isinstance(members.get(name), list)
    }


def _as_set(values: list[Any]) -> list[Any]:
    known = {_order(value): value for value in values if not _holds_unknown(value)}
    return [known[key] for key in sorted(known)] + [value for value in values if _holds_unknown(value)]


def first_unknown(value: Any) -> Unknown | None:
    """The first value in a tree that is not known yet."""
    if isinstance(value, Unknown):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for part in parts if (found := first_unknown(part)) is not None), None)


def _holds_unknown(value: Any) -> bool:
    return first_unknown(value) is not None


def _order(value: Any) -> tuple[float, str]:
    """Numbers by size, everything else by its text."""
    if isinstance(value, int):
        return value, ""
    return 0, json.dumps(value, sort_keys=True)
