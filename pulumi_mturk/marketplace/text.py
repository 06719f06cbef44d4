"""Amounts, times, durations and counts as text, for pages, the command line and errors."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def money(amount: str | Decimal) -> str:
    """US dollars with two decimals."""
    return f"${Decimal(amount).quantize(Decimal('0.01'))}"


def date_time(seconds: float) -> str:
    """Epoch seconds as a date and time."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def iso_date_time(seconds: float) -> str:
    """Epoch seconds as HTML's `datetime` has it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(seconds: float) -> str:
    """A duration in its two largest units."""
    left, words = max(0, round(seconds)), []
    for unit, size in _UNITS:
        number, left = divmod(left, size)
        if number:
            words.append(count(number, unit))
    return " ".join(words[:2]) or "0 seconds"


def count(number: int, noun: str, *, grouped: bool = False) -> str:
    """A number with its noun in the right number; `grouped` separates thousands by commas."""
    return f"{number:{',' if grouped else ''}} {noun}" + ("" if number == 1 else "s")
