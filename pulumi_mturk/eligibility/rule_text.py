"""Rules in words: on one line, or a row for each thing that is looked at. Types go by their names, places too."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.integers import INT32_MAX, INT32_MIN
from pulumi_mturk.common.text import listed
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.country_names import either_way
from pulumi_mturk.eligibility.description import rule_in_words
from pulumi_mturk.eligibility.regions import Span, asks_for, is_open, regions, spans
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.eligibility.rule_set import Constraint, Subject, World, read_rules

ASSUMED = World()
_FIRST = (
    system_types.LOCALE,
    system_types.APPROVAL_RATE,
    system_types.HITS_APPROVED,
    system_types.MASTERS,
    system_types.ADULT,
)


_SUBJECTS = dict(zip(_FIRST, ("country", "approval rate", "HITs approved", "Masters", "adult content"), strict=True))


class _Told(NamedTuple):
    """What is asked of one thing."""

    subject: str
    """ "country", "approval rate", a type's name """
    words: str
    """ "≥ 98 %" """
    phrase: str
    """Both together: "approval rate ≥ 98 %"."""


def in_words(rules: Any, *, environment: Environment = "production") -> str:
    """Who may accept, on one line: the requirements as they are sent in an environment, what others imply folded.

    "United States or Canada; approval rate ≥ 98 %; ≥ 1,000 HITs approved; not in Earlier participation (hidden from
    them)".
    """
    return "; ".join(told.phrase for told in _all(read_rules(rules, environment))) or "everybody"


def rule_rows(rules: Any, *, environment: Environment = "production") -> tuple[tuple[str, str], ...]:
    """The same as a table: what is looked at ("country", a type's name), and what is admitted there."""
    rows: dict[str, list[str]] = {}
    for told in _all(read_rules(rules, environment)):
        rows.setdefault(told.subject, []).append(told.words)
    return tuple((subject, "; ".join(words)) for subject, words in rows.items())


def label(subject: Subject, constraints: Iterable[Constraint]) -> str:
    """What a type is called: the name that the requirements give it, or else its id."""
    names = (
        each.requirement.qualification_type_name
        for each in constraints
        if each.subject == subject and isinstance(each.requirement, Requirement)
    )
    named = next((name for name in names if isinstance(name, str)), None)
    return named or (subject if isinstance(subject, str) else "a type that is not known yet")


def merged(parts: Iterable[Span]) -> list[Span]:
    """Spans of integers in their order, those that touch made one."""
    found: list[Span] = []
    for first, last in sorted(set(parts)):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _all(constraints: Sequence[Constraint]) -> Iterator[_Told]:
    """What is asked, system types first, then others as they come."""
    grouped: dict[Any, list[Constraint]] = {name: [] for name in _FIRST}
    for each in constraints:
        grouped.setdefault(asks_for(each) or each.subject, []).append(each)
    for thing, about in grouped.items():
        decided = [each for each in about if not is_open(each)]
        for guards in dict.fromkeys(each.guards for each in decided):
            yield _set_in_words(thing, [each for each in decided if each.guards == guards], label(thing, about), guards)
        for each in about:
            if each not in decided:
                yield _open_in_words(each)


def _open_in_words(constraint: Constraint) -> _Told:
    if not isinstance(constraint.requirement, Requirement):
        return _Told("a requirement", "not known yet", "a requirement that is not known yet")
    text = rule_in_words(constraint.requirement) + _remark(constraint.guards)
    thing: Any = asks_for(constraint) or constraint.subject
    return _Told(_SUBJECTS.get(thing) or label(thing, [constraint]), text, text)


def _remark(guards: int | None, whom: str = "others") -> str:
    return {2: f" (not even a preview for {whom})", 3: f" (hidden from {whom})"}.get(guards or 1, "")


def _set_in_words(thing: Any, constraints: Sequence[Constraint], name: str, guards: int | None) -> _Told:
    """The points that some constraints on one thing admit."""
    remark = _remark(guards)
    if thing in (system_types.APPROVAL_RATE, system_types.HITS_APPROVED):
        return _number_in_words(thing, constraints, remark)
    admitted: list[Any] = []
    refused: list[Any] = []
    for region in regions(constraints[0].subject, constraints, ASSUMED):
        held = all(each.decide(region.point, ASSUMED) for each in constraints)
        (admitted if held else refused).append(region.extent)
    if thing == system_types.LOCALE:
        inside, names = either_way(admitted, refused)
        words = ("" if inside else "not ") + listed(names, "or") if names else "nowhere" if inside else "anywhere"
        return _Told("country", words + remark, (words.replace("not ", "not in ", 1) if not inside else words) + remark)
    if thing == system_types.MASTERS:
        return _Told("Masters", f"required{remark}", f"Masters{remark}")
    if thing == system_types.ADULT:
        return _Told("adult content", f"agreed{remark}", f"agreed to adult content{remark}")
    if admitted == [None]:
        hidden = {2: ", can't preview the HIT", 3: ", don't see the HIT"}.get(guards or 1, "")
        return _Told(name, f"kept out{hidden}", f"not in {name}{_remark(guards, 'them')}")
    if not admitted:
        return _Told(name, f"nobody{remark}", f"nobody by {name}{remark}")
    numbers = {number for each in constraints for number in each.numbers}
    words = _spans_in_words(merged(span for span in admitted if span is not None), (INT32_MIN, INT32_MAX), numbers)
    if None in admitted:
        return _Told(name, f"not held, or {words or 'held'}{remark}", f"does not hold {name}, or {words}{remark}")
    return _Told(name, f"{words or 'held'}{remark}", f"holds {name}{words and f' {words}'}{remark}")


def _number_in_words(thing: str, constraints: Sequence[Constraint], remark: str) -> _Told:
    numbers = {number for each in constraints for number in each.numbers}
    whole, unit = ((0, 100), " %") if thing == system_types.APPROVAL_RATE else ((0, INT32_MAX), "")
    part = 0 if thing == system_types.APPROVAL_RATE else 1
    admitted = [
        span
        for span in spans(numbers, *whole)
        if all(each.decide((span[0], span[0])[: part + 1] if part else (span[0], 0), ASSUMED) for each in constraints)
    ]
    words = _spans_in_words(merged(admitted), whole, numbers, unit) if admitted else "nobody"
    words = words or "any"
    if part:
        return _Told("HITs approved", words + remark, f"{words} HITs approved{remark}")
    return _Told("approval rate", words + remark, f"approval rate {words}{remark}")


def _spans_in_words(parts: Sequence[Span], whole: Span, numbers: set[int], unit: str = "") -> str:
    """Some spans of a whole: "≥ 80", "50 to 79", "other than 7"; nothing for the whole itself."""
    least, most = whole
    edges = [least - 1, *(edge for part in parts for edge in part), most + 1]
    gaps = [
        (before + 1, after - 1)
        for before, after in zip(edges[::2], edges[1::2], strict=True)
        if before + 1 <= after - 1
    ]
    if gaps and all(first == last and least < first < most for first, last in gaps):
        return f"other than {listed((f'{first:,}{unit}' for first, _ in gaps), 'or')}"
    return (
        listed((word for part in parts if (word := _span_in_words(part, whole, numbers, unit))), "or") if gaps else ""
    )


def _span_in_words(span: Span, whole: Span, numbers: set[int], unit: str) -> str:
    first, last = span
    if first == last:
        return f"exactly {first:,}{unit}"
    if last == whole[1]:
        return f"> {first - 1:,}{unit}" if first - 1 in numbers and first not in numbers else f"≥ {first:,}{unit}"
    if first == whole[0]:
        return f"≤ {last:,}{unit}" if last in numbers else f"< {last + 1:,}{unit}"
    return f"{first:,} to {last:,}{unit}"
