"""What an answer key makes of a test, in numbers and words that give no answer away."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from pulumi_mturk.common.text import count
from pulumi_mturk.questions.parsing import (
    Form,
    Key,
    KeyQuestion,
    Percentage,
    Ranges,
    Scale,
    SummedScoreRange,
    ValueMapping,
    read_form,
    read_key,
)
from pulumi_mturk.questions.validation import check_answer_key, check_test

# Where more sums of points than this would have to be added up, a range mapping is taken to reach every value it has.
_MOST_SUMS = 300_000


def score_range(test: str, answer_key: str | None) -> tuple[int, int] | None:
    """The lowest and the highest value that the key can give, or None where that can't be known.

    None: no key, or an error in the key or the test. A worker may leave any question out: that is DefaultScore, as
    for a set of selections that is no option. Documented: the sum, percentages, ranges with inclusive bounds. The
    rounding of half a per cent and of a scaled score is not, so the bounds hold for either way.
    """
    if answer_key is None:
        return None
    diagnostics = [*check_test(test), *check_answer_key(answer_key, test)]
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return None
    return bounds_of(read_key(answer_key))


def bounds_of(key: Key) -> tuple[int, int] | None:
    """The same of a sound key that is read already."""
    if isinstance(key.mapping, Ranges):
        values = _values(key, key.mapping)
        return min(values), max(values)
    ends = [rounded(key.mapping, total) for total in (key.lowest, key.highest)]
    if any(end is None for end in ends):
        return None
    values = {value for end in ends if end is not None for value in end}
    return min(values), max(values)


def rounded(mapping: Percentage | Scale | None, total: int) -> tuple[int, int] | None:
    """The value of a sum of points, rounded down and up where it is not documented which; None if it is infinite."""
    match mapping:
        case None:
            return total, total
        case Percentage(maximum):
            exact = Fraction(100 * total, maximum)
            half = Fraction(1, 2)
            return math.ceil(exact - half), math.floor(exact + half)
        case Scale(multiplier):
            # nine digits: 1.1 * 10 is 11.000000000000002, and no scale is that fine
            scaled = round(total * multiplier, 9)
            return (math.floor(scaled), math.ceil(scaled)) if math.isfinite(scaled) else None


def sums_of(key: Key) -> set[int] | None:
    """The sums of points that answers can have; None where there are too many to add up."""
    sums = {0}
    added = 0
    for question in key.questions:
        points = question.points
        added += len(sums) * len(points)
        if added > _MOST_SUMS:
            return None
        sums = {total + worth for total in sums for worth in points}
    return sums


def _values(key: Key, mapping: Ranges) -> set[int]:
    """The values that a range mapping can give."""
    sums = sums_of(key)
    if sums is None:
        return {mapping.otherwise, *(one.value for one in mapping.ranges)}
    ordered = sorted(mapping.ranges, key=_lower)  # no two of a sound key overlap
    return {_value(total, ordered, mapping.otherwise) for total in sums}


def passing_sums(key: Key, bar: int) -> tuple[set[int], set[int]] | None:
    """The sums of a sound key that reach a score for sure, and those that may, by rounding that is not documented.

    None where there are too many to add up.
    """
    sums = sums_of(key)
    if sums is None:
        return None
    if isinstance(key.mapping, Ranges):
        ordered = sorted(key.mapping.ranges, key=_lower)
        sure = {total for total in sums if _value(total, ordered, key.mapping.otherwise) >= bar}
        return sure, set()
    values = {total: rounded(key.mapping, total) or (0, 0) for total in sums}
    sure = {total for total, (low, _) in values.items() if low >= bar}
    return sure, {total for total, (_, high) in values.items() if high >= bar} - sure


def _lower(one: SummedScoreRange) -> int:
    return one.lower


def _value(total: int, ordered: Sequence[SummedScoreRange], otherwise: int) -> int:
    at = bisect_right(ordered, total, key=_lower) - 1
    return ordered[at].value if at >= 0 and total <= ordered[at].upper else otherwise


def summarise(test: str, answer_key: str | None) -> str:
    """A test in a few words for those who review a change: how many questions, and how it is scored.

    Meant to be public: no answer, no wording and no identifier is in it. The text changes only with what it says.
    """
    form = read_form(test)
    if form.problems:
        return "a test that is not valid"
    questions = f"{count(len(form.questions), 'question')} ({_kinds(form)})"
    if answer_key is None:
        return f"{questions}; graded by hand"
    key = read_key(answer_key)
    if key.problems:
        return f"{questions}; an answer key that is not valid"
    scored = len({question.identifier for question in key.questions})
    share = "" if scored == len(form.questions) else f"{scored} of them "
    bounds = score_range(test, answer_key)
    values = "" if bounds is None else f"{bounds[0]} to {bounds[1]}, "
    return f"{questions}; {share}scored by key: {values}{_scale(key.mapping)}"


def points(test: str, answer_key: str | None, earlier_key: str | None = None) -> list[dict[str, Any]]:
    """The questions of a test in their order, each with the least and the most points that the key gives for it.

    A question that the key does not score has none. With an earlier key it is told which are scored otherwise by now.
    Meant to be public: no answer and no wording is in it. Empty for a test that is not valid.
    """
    form = read_form(test)
    if form.problems:
        return []
    now = _by_question(answer_key)
    before = _by_question(earlier_key) if earlier_key is not None else now
    told = []
    for question in form.questions:
        scored = now.get(question.identifier, ())
        entry: dict[str, Any] = {"questionId": question.identifier}
        if scored:
            entry["lowestPoints"] = sum(min(one.points) for one in scored)
            entry["highestPoints"] = sum(max(one.points) for one in scored)
        if _scoring(scored) != _scoring(before.get(question.identifier, ())):
            entry["keyChanged"] = True
        told.append(entry)
    return told


def _by_question(answer_key: str | None) -> dict[str, tuple[KeyQuestion, ...]]:
    found: dict[str, tuple[KeyQuestion, ...]] = {}
    for question in read_key(answer_key).questions if answer_key is not None else ():
        found[question.identifier] = (*found.get(question.identifier, ()), question)
    return found


def _scoring(scored: Sequence[KeyQuestion]) -> set[tuple[int, frozenset[tuple[frozenset[str], int]]]]:
    """How answers are scored, whatever the order and the layout in which a key says it."""
    return {
        (one.default, frozenset((frozenset(option.selections), option.score) for option in one.options))
        for one in scored
    }


def _kinds(form: Form) -> str:
    kinds = {"single choice": 0, "multiple choice": 0, "free text": 0}
    for question in form.questions:
        single = "single choice" if question.most == 1 else "multiple choice"
        kinds["free text" if question.is_free_text else single] += 1
    return ", ".join(f"{number} {kind}" for kind, number in kinds.items() if number)


def _scale(mapping: ValueMapping) -> str:
    match mapping:
        case None:
            return "the sum of points"
        case Percentage(maximum):
            return f"percentage of {count(maximum, 'point')}"
        case Scale(multiplier):
            return f"the sum of points times {multiplier:g}"
        case Ranges(ranges):
            return f"by {count(len(ranges), 'range')} of points"
