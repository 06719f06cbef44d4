"""What counts as an integer, and the range of the API's Integer."""

import numbers
import operator
from typing import Any

# Integer is 32 bits wide in every AWS SDK but botocore, which sends larger ones unchecked.
INT32 = range(-(2**31), 2**31)
INT32_MIN, INT32_MAX = INT32.start, INT32.stop - 1


def whole(value: Any) -> int | None:
    """The integer that a value is, or None: whatever has `__index__` (numpy's integers), or a float without a fraction.

    A truth value is none, and neither are NaN, an infinity or a text.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral):
        try:
            number = float(value)
        except OverflowError:  # a fraction beyond any float
            return None
        return int(number) if number.is_integer() else None
    try:
        return operator.index(value)
    except TypeError:
        return None


def fits_64_bits(number: int) -> bool:
    """Whether a number is within the API's Long."""
    # No range: of a subclass of int it would look at each of its numbers.
    return -(2**63) <= number < 2**63
