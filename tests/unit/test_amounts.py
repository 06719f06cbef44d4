"""Amounts of dollars and minutes: what can be meant, and what can't."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.amounts import MOST, amount, cents

NO_AMOUNTS: tuple[Any, ...] = (
    "",
    "soon",
    "-0.01",
    "NaN",
    "sNaN",
    "Infinity",
    "1e400",
    "1e-400",
    "9" * 5000,
    "1000000000",
    "\u0661\u0662",
    10**400,
    1e300,
    float("nan"),
    -1,
    True,
    None,
    ["1.00"],
)


@pytest.mark.parametrize("value", NO_AMOUNTS)
def test_what_can_not_be_meant_is_no_amount(value: Any) -> None:
    assert amount(value) is None
    assert cents(value) is None


def test_a_float_is_read_as_it_is_written() -> None:
    assert amount(0.1) == Decimal("0.1")
    assert amount("0") == amount(0) == Decimal(0)
    assert cents("12.5") == Decimal("12.50")
    assert cents("0.125") is None
    assert amount("0.125") == Decimal("0.125")


@given(st.text() | st.integers() | st.floats() | st.decimals())
def test_what_is_an_amount_can_be_reckoned_with(value: Any) -> None:
    if (found := amount(value)) is not None:
        assert 0 <= found < MOST
        assert (found * 60).quantize(Decimal("0.01"), ROUND_HALF_UP) >= 0
