"""The score of a test by its AnswerKey.

Each question gives the points of the answer option with exactly the selections that were made, or its default score,
which is 0 if there is none (documented). Without a mapping the score is the sum of the points (documented).
"""

from __future__ import annotations

import decimal
import functools
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.safe_xml import parse_xml
from pulumi_mturk.marketplace.domain.value_ranges import INT32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lxml import etree

    from pulumi_mturk.marketplace.domain.question_form_answers import Answer

_HUNDRED: Final = Decimal(100)


class InvalidAnswerKeyError(ValueError):
    """Not a usable answer key. Keys are not validated against the schema when a type is created."""


@dataclass(frozen=True)
class _KeyQuestion:
    """A question of the key."""

    options: Mapping[frozenset[str], int]
    default: int


@dataclass(frozen=True)
class _Key:
    questions: Mapping[str, _KeyQuestion]
    mapping: Callable[[int], int | Decimal]


def score(answer_key: str, answers: Iterable[Answer]) -> int:
    """The qualification's value for these answers. Raises InvalidAnswerKeyError."""
    key = _read(answer_key)
    # stripped, as in the key: hand-written documents have white space around their texts
    chosen = {
        answer.question.strip(): frozenset(selection.strip() for selection in answer.selections)
        for answer in answers
        if answer.other is None
    }
    points = sum(
        question.options.get(chosen.get(identifier, frozenset()), question.default)
        for identifier, question in key.questions.items()
    )
    return _rounded(key.mapping(points))


@functools.lru_cache(maxsize=64)
def _read(answer_key: str) -> _Key:
    root = parse_xml(answer_key, remove_comments=True)
    questions = {
        element.findtext("{*}QuestionIdentifier", "").strip(): _question(element)
        for element in root.iterfind("{*}Question")
    }
    return _Key(questions, _mapping(root.find("{*}QualificationValueMapping")))


def _question(element: etree._Element) -> _KeyQuestion:
    options: dict[frozenset[str], int] = {}
    for option in element.iterfind("{*}AnswerOption"):
        selections = frozenset((found.text or "").strip() for found in option.iterfind("{*}SelectionIdentifier"))
        # the first of two options with the same selections counts (guessed)
        options.setdefault(selections, _integer(option, "AnswerScore"))
    has_default = element.find("{*}DefaultScore") is not None
    return _KeyQuestion(options, _integer(element, "DefaultScore") if has_default else 0)


def _mapping(element: etree._Element | None) -> Callable[[int], int | Decimal]:
    if element is None:
        return lambda points: points
    if (percentage := element.find("{*}PercentageMapping")) is not None:
        return _percentage(_integer(percentage, "MaximumSummedScore"))
    if (scale := element.find("{*}ScaleMapping")) is not None:
        multiplier = _number(scale, "SummedScoreMultiplier")
        # rounding is documented only for percentages
        return lambda points: _scaled(points, multiplier)
    if (ranges := element.find("{*}RangeMapping")) is not None:
        return _ranges(ranges)
    raise InvalidAnswerKeyError("The QualificationValueMapping is none of the three.")


def _scaled(points: int, multiplier: Decimal) -> Decimal:
    try:
        return points * multiplier
    except decimal.Overflow:
        raise InvalidAnswerKeyError("SummedScoreMultiplier is too large.") from None


def _percentage(maximum: int) -> Callable[[int], Decimal]:
    """The percentage of the highest sum, to the nearest whole number (documented), a half up (guessed).

    More than the highest sum gives more than 100 (guessed).
    """
    if maximum == 0:
        raise InvalidAnswerKeyError("MaximumSummedScore is 0.")
    return lambda points: points * _HUNDRED / maximum


def _ranges(element: etree._Element) -> Callable[[int], int]:
    """The value of the range that the sum is in, its bounds included (documented), the first of several (guessed)."""
    ranges = [
        (
            _integer(found, "InclusiveLowerBound"),
            _integer(found, "InclusiveUpperBound"),
            _integer(found, "QualificationValue"),
        )
        for found in element.iterfind("{*}SummedScoreRange")
    ]
    otherwise = _integer(element, "OutOfRangeQualificationValue")
    return lambda points: next((value for low, high, value in ranges if low <= points <= high), otherwise)


def _rounded(value: int | Decimal) -> int:
    """To the nearest whole number of 32 bits: what a qualification can hold (guessed for what is beyond)."""
    return int(Decimal(max(INT32[0], min(INT32[-1], value))).quantize(Decimal(1), ROUND_HALF_UP))


def _integer(element: etree._Element, name: str) -> int:
    try:
        return int(element.findtext(f"{{*}}{name}", ""))
    except ValueError:
        raise InvalidAnswerKeyError(f"{name} is no whole number.") from None


def _number(element: etree._Element, name: str) -> Decimal:
    try:
        number = Decimal(element.findtext(f"{{*}}{name}", "").strip())
    except InvalidOperation:
        raise InvalidAnswerKeyError(f"{name} is no number.") from None
    if not number.is_finite():
        raise InvalidAnswerKeyError(f"{name} is no number.")
    return number
