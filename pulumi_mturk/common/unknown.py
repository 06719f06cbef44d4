"""Values that are not known yet.

At a preview any value, at any depth, may be an output that another resource has yet to produce. Such a value is
`Unknown`: validation passes it over while everything around it is checked.
"""

import abc
from typing import TypeGuard, TypeVar

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


def has_value(value: T | None) -> TypeGuard[T]:
    """Whether a value can be looked at: set, and not `Unknown`."""
    return value is not None and not isinstance(value, Unknown)
