"""Where inputs differ from what is recorded, by exact paths, as the engine shows them and a reviewer reads them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pulumi.runtime.proto.provider_pb2 import PropertyDiff

from pulumi_mturk.common.unknown import Unknown

# A kind without a replacement, and with one.
_KINDS = {
    "add": (PropertyDiff.ADD, PropertyDiff.ADD_REPLACE),
    "delete": (PropertyDiff.DELETE, PropertyDiff.DELETE_REPLACE),
    "update": (PropertyDiff.UPDATE, PropertyDiff.UPDATE_REPLACE),
}
_ABSENT = object()


def detailed_diff(
    olds: Mapping[str, Any],
    news: Mapping[str, Any],
    changed: Iterable[str],
    replacing: Iterable[str],
    whole: Iterable[str],
) -> dict[str, PropertyDiff]:
    """The paths at which the `changed` members differ; of those in `whole`, such as secrets, their names alone.

    Outputs repeat inputs, so every path is one of inputs: the engine shows the old and new ones of the program.
    """
    found = {}
    for name in changed:
        old, new = olds.get(name, _ABSENT), news.get(name, _ABSENT)
        paths = [(name, _kind(old, new))] if name in whole else list(_paths(name, old, new))
        # What means the same in another form has no path of its own, and yet it was found to differ.
        for path, kind in paths or [(name, "update")]:
            found[path] = PropertyDiff(kind=_KINDS[kind][name in replacing], inputDiff=True)
    return found


def _paths(path: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted(old.keys() | new.keys()):
            yield from _paths(f"{path}.{key}", old.get(key, _ABSENT), new.get(key, _ABSENT))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            sides = [side[index] if index < len(side) else _ABSENT for side in (old, new)]
            yield from _paths(f"{path}[{index}]", *sides)
    elif isinstance(new, Unknown) or old != new:
        yield path, _kind(old, new)


def _kind(old: Any, new: Any) -> str:
    return "add" if old is _ABSENT else "delete" if new is _ABSENT else "update"
