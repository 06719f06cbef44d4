"""The parts of a subject in which no constraint changes its answer, so that one point stands for each.

The scores of a type are all 32-bit integers and the lack of it; a worker has one place, of which the US have states;
approval rate and HITs approved are one plane, of which only a part is possible.
"""

import functools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pulumi_mturk.common.integers import INT32_MAX, INT32_MIN
from pulumi_mturk.eligibility import iso3166, system_types
from pulumi_mturk.eligibility.iso3166_codes import COUNTRIES, US_SUBDIVISIONS
from pulumi_mturk.eligibility.rule_set import STANDING, Constraint, Point, Subject, World

Span = tuple[int, int]
"""The first and the last of some successive integers."""

# Who is at the other places, in a made-up example.
_USUAL_STATES = ("OH", "NY", "TX", "CA")
_USUAL_COUNTRIES = ("CA", "GB", "IN", "DE")
USUAL_RATE, USUAL_HITS = 99, 1200
ALL_OTHER = "*"
STATES = US_SUBDIVISIONS - iso3166.IN_BOTH


class Region(NamedTuple):
    """Some points of a subject, and one of them."""

    point: Point
    extent: Any
    """Of a type: a span of scores, None for who does not hold it. Of the standing: a span of rates, and one of HITs
    approved. Of the locale: `Places`. Of what is yes or no: which."""


class Places(NamedTuple):
    """One place by its codes, or all others of the US ("US", "*"), or all other countries ("*")."""

    country: str
    subdivision: str = ""


def regions(subject: Subject, constraints: Sequence[Constraint], world: World) -> Sequence[Region]:
    """The regions of a subject, such that each of the constraints has one answer in each, usual ones first."""
    if subject == STANDING:
        of_rates, of_hits = (
            tuple(number for each in constraints if asks_for(each) == name for number in each.numbers)
            for name in (system_types.APPROVAL_RATE, system_types.HITS_APPROVED)
        )
        return _standings(of_rates, of_hits, world)
    if subject == system_types.LOCALE:
        return _places(frozenset(place for constraint in constraints for place in constraint.places))
    if subject in (system_types.MASTERS, system_types.ADULT):
        return [Region(False, False), Region(True, True)]
    scores = spans((number for constraint in constraints for number in constraint.numbers), INT32_MIN, INT32_MAX)
    held = sorted(
        (Region(_usual_score(span), span) for span in scores), key=lambda region: (region.point < 0, region.point)
    )
    return [Region(None, None), *held]


def is_open(constraint: Constraint) -> bool:
    """Whether there is a point for which it can't be told whether a constraint holds."""
    found = regions(constraint.subject, [constraint], World())
    return any(constraint.decide(region.point, World()) is None for region in found)


def spans(numbers: Iterable[int], least: int, most: int) -> list[Span]:
    """A range of integers cut into those given, each alone, and what is between them."""
    found: list[Span] = []
    start = least
    for number in sorted({number for number in numbers if least <= number <= most}):
        if start < number:
            found.append((start, number - 1))
        found.append((number, number))
        start = number + 1
    return [*found, (start, most)] if start <= most else found


def _usual_score(span: Span) -> int:
    first, last = span
    if first <= 1 <= last:
        return 1
    return first if first > 1 else last


# The HIT types of a stack ask for much the same, of which these are the longest to find.
@functools.lru_cache(maxsize=256)
def _standings(of_rates: tuple[int, ...], of_hits: tuple[int, ...], world: World) -> Sequence[Region]:
    """A rate below 100 needs as many HITs approved as it is percent."""
    found = [
        Region(_usual_standing(rates, hits, world), (rates, hits))
        for rates in spans((*of_rates, 100), 0, 100)
        for hits in spans(of_hits, 0, INT32_MAX)
        if rates == (100, 100) or hits[1] >= rates[0] or not world.coupled
    ]
    if not world.newcomers_count:
        found.append(Region((100, None), ((100, 100), None)))
    found.sort(key=lambda region: (abs(region.point[0] - USUAL_RATE), abs((region.point[1] or 0) - USUAL_HITS)))
    return tuple(found)


def asks_for(constraint: Constraint) -> str | None:
    """The system type that a constraint looks at."""
    return system_types.system_name(getattr(constraint.requirement, "qualification_type_id", None))


def _usual_standing(rates: Span, hits: Span, world: World) -> tuple[int, int]:
    rate = USUAL_RATE if rates[0] <= USUAL_RATE <= rates[1] else sum(rates) // 2
    least = hits[0]
    if world.coupled and rate < 100:
        rate = min(rate, hits[1])
        least = max(least, rate)
    if least <= USUAL_HITS <= hits[1]:
        return rate, USUAL_HITS
    return rate, least if hits[1] == INT32_MAX else (least + hits[1]) // 2


@functools.lru_cache(maxsize=256)
def _places(named: frozenset[tuple[Any, Any]]) -> Sequence[Region]:
    states, countries = set(), set()
    for country, subdivision in named:
        if country != "US":
            countries.add(country)
        elif subdivision in iso3166.IN_BOTH:
            countries.add(subdivision)
        elif subdivision:
            states.add(subdivision)
    found = []
    if others := STATES - states:
        found.append(Region(("US", _first(_USUAL_STATES, others)), Places("US", ALL_OTHER)))
    found += [Region(("US", state), Places("US", state)) for state in sorted(states)]
    found += [Region((country, ""), Places(country)) for country in sorted(countries)]
    if others := COUNTRIES - countries - {"US"} - iso3166.IN_BOTH:
        found.append(Region((_first(_USUAL_COUNTRIES, others), ""), Places(ALL_OTHER)))
    return tuple(found)


def _first(usual: Iterable[str], others: frozenset[str] | set[str]) -> str:
    return next((code for code in usual if code in others), min(others))
