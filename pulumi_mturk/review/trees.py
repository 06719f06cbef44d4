"""Where two trees of values differ, for people. The one module that knows `deepdiff`.

Its paths and values never leave here: they may hold what nobody is to read.
"""

from collections.abc import Mapping
from typing import Any


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The keys whose values differ, each with the members of its value that do, sorted.

    Lists are compared without their order. A key on one side alone, and a value that is no mapping, has no members.
    """
    names = sorted(before.keys() | after.keys())
    unequal = [name for name in names if name not in before or name not in after or before[name] != after[name]]
    found = ((name, _members(before.get(name), after.get(name))) for name in unequal)
    return {name: members for name, members in found if members is not None}


def _members(before: Any, after: Any) -> tuple[str, ...] | None:
    """The members that differ; None where nothing but order does."""
    if not isinstance(before, dict | list) or type(before) is not type(after):
        return ()
    from deepdiff import DeepDiff  # for nested values alone: a fifth of a second

    difference = DeepDiff(before, after, ignore_order=True, view="tree")
    if not difference:
        return None
    if isinstance(before, list):
        return ()
    levels = (level for kind in difference.values() for level in kind)
    return tuple(
        sorted({str(level.path(output_format="list")[0]) for level in levels if level.path(output_format="list")})
    )
