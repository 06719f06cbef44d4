"""Lists as a program may write them: whatever can be iterated over, read once."""

import json
from collections.abc import Iterable, Mapping, Reversible
from collections.abc import Set as AbstractSet
from typing import Any, TypeGuard

from pulumi_mturk.common.unknown import Unknown


def in_order(values: Iterable[Any]) -> list[Any]:
    """The elements, read once and whole. Those of a set, whose order is another one in each run, are sorted.

    Numbers, texts and objects with a plain form (`to_dict`) are sorted; whatever else is in a set comes last.
    """
    return sorted(values, key=_sort_key) if is_unordered(values) else list(values)


def is_listing(values: object) -> TypeGuard[Iterable[Any]]:
    """Whether a value is a list of other values: anything to iterate over but texts, mappings and future values."""
    return isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping | Unknown)


def is_unordered(values: object) -> bool:
    """Whether the order in which a collection gives its elements says nothing, as that of a set."""
    # The keys of a mapping are a set, too, but have an order.
    return isinstance(values, AbstractSet) and not isinstance(values, Reversible)


def _sort_key(value: Any) -> tuple[int, float, str]:
    if isinstance(value, str):
        return 1, 0, value
    if isinstance(value, int | float):
        return 0, value, ""
    if not isinstance(value, Unknown) and hasattr(value, "to_dict"):
        return 2, 0, json.dumps(value.to_dict(), sort_keys=True, default=lambda _: None)
    return 3, 0, type(value).__name__
