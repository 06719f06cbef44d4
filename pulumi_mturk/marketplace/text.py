"""Amounts, times, durations, counts and failures as text for people and logs, and what can be a text at all."""

from __future__ import annotations

import traceback
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


def can_be_encoded(text: str) -> bool:
    """Whether a text has no half of a surrogate pair, which JSON can escape, and no database or page has."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def failure(error: BaseException) -> str:
    """An unexpected exception for a log: its kind, where it was raised and what caused it, by lines of the code.

    Its message is left out: it may repeat what a request held, such as a worker's id, a cookie or a key.
    """
    parts = []
    found: BaseException | None = error
    while found is not None:
        parts.append(f"{type(found).__name__}\n{''.join(traceback.format_tb(found.__traceback__))}")
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return "caused by ".join(parts).rstrip()
