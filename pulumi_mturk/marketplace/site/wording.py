"""Amounts, times and durations as pages and the command line write them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def money(amount: str | Decimal) -> str:
    """US dollars with two decimals."""
    return f"${Decimal(amount).quantize(Decimal('0.01'))}"


def moment(seconds: float) -> str:
    """Epoch seconds as a date and time."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def machine_moment(seconds: float) -> str:
    """Epoch seconds as HTML's `datetime` has it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(seconds: float) -> str:
    """A duration in its two largest units."""
    left, words = max(0, round(seconds)), []
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        if count:
            words.append(f"{count} {unit}" + ("" if count == 1 else "s"))
    return " ".join(words[:2]) or "0 seconds"


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


FILTERS: Final = {
    "money": money,
    "moment": moment,
    "machine_moment": machine_moment,
    "duration": duration,
    "count_of": count,
}
