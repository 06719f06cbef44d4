"""What `mock_mturk` can be given."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from pulumi_mturk.testing.errors import MockUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Environment = Literal["sandbox", "production"]
KEY: Final = "testing"
"""The access key, and its secret, of the environment while a mock is active."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(8999, 1, 1, tzinfo=UTC)
"""A year before the end of the marketplace's clock, which can be advanced."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """The arguments of `mock_mturk`, checked.

    Raises:
        ValueError, TypeError: one can not have this value.

    """

    environment: Environment = "sandbox"
    now: datetime | None = None
    seed: int = 0
    balance: str | Decimal = "10000.00"
    strict_keys: bool = False

    def __post_init__(self) -> None:
        for name, (good, wanted) in _CHECKS.items():
            value = getattr(self, name)
            if not good(value):
                raise ValueError(f"mock_mturk: {name} can not be {value!r}; write {wanted}.")

    @property
    def balance_text(self) -> str:
        """The balance in dollars, with two decimals."""
        return f"{Decimal(self.balance):.2f}"

    def check_shares(self, outermost: Options) -> None:
        """Refuse what a nested use asks for and the outermost one, whose marketplace it shares, has not.

        Raises:
            MockUsageError: an argument that was given is another one there.

        """
        for field in fields(self):
            asked, there = getattr(self, field.name), getattr(outermost, field.name)
            if asked not in (field.default, there):
                raise MockUsageError(
                    f"mock_mturk is active already, with {field.name}={there!r}. A nested use shares its marketplace "
                    f"and can not have {field.name}={asked!r}: leave it out, or end the outer use first."
                )


def _is_balance(value: Any) -> bool:
    return isinstance(value, str | Decimal) and re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", str(value)) is not None


def _is_moment(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, datetime) and value.tzinfo is not None and _EPOCH <= value <= _LATEST


_CHECKS: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "environment": (
        lambda value: isinstance(value, str) and value in get_args(Environment),
        " or ".join(repr(each) for each in get_args(Environment)),
    ),
    "now": (
        _is_moment,
        "a datetime with a time zone from 1970 to 8999, such as datetime(2026, 1, 5, 9, tzinfo=UTC), or None",
    ),
    "seed": (lambda value: isinstance(value, int) and not isinstance(value, bool), "a whole number"),
    "balance": (_is_balance, "US dollars as a string, such as '25.00', or as a Decimal"),
    "strict_keys": (lambda value: isinstance(value, bool), "True or False"),
}
