"""Whom a change of rules is about, in words: "approval rates of 95 to 97 %", "holders of Readers"."""

from collections.abc import Iterable, Sequence

from pulumi_mturk.common.integers import INT32_MAX, INT32_MIN
from pulumi_mturk.common.text import listed
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.country_names import either_way
from pulumi_mturk.eligibility.regions import Region, Span, asks_for
from pulumi_mturk.eligibility.rule_set import STANDING, Constraint, Subject
from pulumi_mturk.eligibility.rule_text import ASSUMED, merged


def who(
    subject: Subject, found: Sequence[Region], outside: Iterable[Constraint], everywhere: Sequence[Region], name: str
) -> list[str]:
    """The workers at some regions of a subject, outside of some constraints. `name` is what a type is called."""
    extents = [region.extent for region in found]
    if subject == STANDING:
        return _standings(found, [each for each in outside if each.subject == STANDING])
    if subject == system_types.LOCALE:
        inside, names = either_way(extents, [region.extent for region in everywhere if region not in found])
        if inside:
            return names
        return [f"everywhere but {listed(names)}" if names else "all countries"]
    if subject == system_types.MASTERS:
        return ["Masters" if is_master else "workers who are not Masters" for is_master in extents]
    if subject == system_types.ADULT:
        return [f"workers who {'agreed' if agreed else 'did not agree'} to adult content" for agreed in extents]
    told = [_holders(span, name) for span in merged(span for span in extents if span is not None)]
    return [f"workers who do not hold {name}", *told] if None in extents else told


def _holders(span: Span, name: str) -> str:
    first, last = span
    if span == (INT32_MIN, INT32_MAX):
        return f"holders of {name}"
    if first == last:
        return f"holders of {name} with a score of {first:,}"
    if last == INT32_MAX:
        return f"holders of {name} with a score of {first:,} or more"
    if first == INT32_MIN:
        return f"holders of {name} with a score below {last + 1:,}"
    return f"holders of {name} with a score of {first:,} to {last:,}"


def _standings(found: Sequence[Region], outside: Sequence[Constraint]) -> list[str]:
    """By which of the two a standing is outside: by both only if no other is by one."""
    failing = [
        (region, {asks_for(each) for each in outside if each.decide(region.point, ASSUMED) is False})
        for region in found
    ]
    alone = [(region, names) for region, names in failing if len(names) == 1]
    rates, hits = [], []
    for region, names in alone or failing:
        if system_types.APPROVAL_RATE in names:
            rates.append(region.extent[0])
        if system_types.HITS_APPROVED in names:
            hits.append(region.extent[1])
    return [*map(_rates, merged(rates)), *map(_hits, merged(hits))]


def _rates(span: Span) -> str:
    first, last = span
    if first == last:
        return f"an approval rate of {first} %"
    if first == 0:
        return f"approval rates below {last + 1} %" if last < 100 else "all approval rates"
    return f"approval rates of {first} % or more" if last == 100 else f"approval rates of {first} to {last} %"


def _hits(span: Span) -> str:
    first, last = span
    if first == last:
        return f"workers with {first:,} HITs approved"
    if last == INT32_MAX:
        return f"workers with {first:,} or more HITs approved"
    if first == 0:
        return f"workers with fewer than {last + 1:,} HITs approved"
    return f"workers with {first:,} to {last:,} HITs approved"
