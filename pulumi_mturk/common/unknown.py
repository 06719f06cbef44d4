"""Values that are not known yet, and values of a wrong type.

At a preview any value, at any depth, may be an output that another resource has yet to produce. Such a value is
`Unknown`: validation passes it over while everything around it is checked.
"""

import abc
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

T = TypeVar("T")


class Unknown(abc.ABC):  # noqa: B024 - it has no methods: only `register` and isinstance are used
    """A value that is not known yet.

    Pulumi's own types are registered as such where Pulumi is imported (`Unknown.register(pulumi.Output)`), so that no
    module below needs to import it.
    """


class _PlainUnknown(Unknown):
    """The unknown value of code and tests without Pulumi."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Unknown = _PlainUnknown()


@dataclass(frozen=True)
class Malformed(Unknown):
    """A value whose type is wrong where it stands, kept to be reported, and to be recorded as it was.

    Every rule but the one that reports it takes it for unknown.
    """

    value: Any


def has_value(value: T | None) -> TypeGuard[T]:
    """Whether a value can be looked at: set, and not `Unknown`."""
    return value is not None and not isinstance(value, Unknown)


def is_given(value: object) -> bool:
    """Whether a value is set and not a future one: it may be `Malformed`."""
    return value is not None and (isinstance(value, Malformed) or not isinstance(value, Unknown))


def of_type(value: Any, *types: type) -> Any:
    """The value itself if it has one of these types, is not known yet or not set; else the value as `Malformed`."""
    return value if value is None or isinstance(value, (Unknown, *types)) else Malformed(value)
