"""Workers, and whom a change of rules is about, in words: "approval rates of 95 to 97 %", "holders of Readers"."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pulumi_mturk.common.integers import INT32_MAX, INT32_MIN
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.places import either_way, listed, place_name
from pulumi_mturk.eligibility.regions import Region, Span, asks_for
from pulumi_mturk.eligibility.rule_set import STANDING, Constraint, Subject
from pulumi_mturk.eligibility.words import ASSUMED, merged

if TYPE_CHECKING:
    from pulumi_mturk.eligibility.worker import Worker


def worker_in_words(worker: "Worker", names: Mapping[str, str]) -> str:
    """What is known of a worker. Types go by these names; that one of them is not held is told, too."""
    told = []
    if isinstance(worker.locale, Locale):
        told.append(place_name(*(code or "" for code in worker.locale.codes)))
    if worker.approval_rate is not None:
        told.append(f"{worker.approval_rate} %")
    if worker.hits_approved is not None:
        told.append(f"{worker.hits_approved:,} approved")
    if worker.masters or (worker.masters is False and system_types.MASTERS in names):
        told.append("Masters" if worker.masters else "not Masters")
    if worker.adult or (worker.adult is False and system_types.ADULT in names):
        told.append(f"{'agreed' if worker.adult else 'did not agree'} to adult content")
    held = worker.qualifications or {}
    told += [f"holds {names.get(each, each)} ({score:,})" for each, score in held.items()]
    if worker.qualifications is not None:
        told += [f"does not hold {name}" for each, name in names.items() if each not in (*held, *system_types.NAMES)]
    return ", ".join(told) or "anybody"


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
