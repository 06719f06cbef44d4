"""Amounts of dollars and of minutes, of a size that can be meant: what is reckoned with them fits into a decimal."""

from decimal import Decimal, InvalidOperation
from typing import Final

MOST: Final = 10**9
"""No amount comes to so much."""
_LEAST: Final = Decimal("0.000001")


def amount(value: object) -> Decimal | None:
    """A number that is 0, or from a millionth up to below a billion; else None.

    A text is read as Python writes numbers; the digits of a float are those that it is written with.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if isinstance(value, str) and not value.isascii():
        return None
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and (number == 0 or _LEAST <= number < MOST) else None


def cents(value: object) -> Decimal | None:
    """An amount in US dollars with at most two decimals, or None."""
    number = amount(value)
    return number if number is not None and number == number.quantize(Decimal("0.01")) else None
