"""What a change makes of the rules of a lab: a change can't be its own judge, so it is told first."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pulumi_mturk.eligibility.country_names import codes_in_words
from pulumi_mturk.invariants.require import Require
from pulumi_mturk.rules.acceptance import Acceptance

_GUARDED = ("Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept")
_FLAGS = (("no_mail", "noMail"), ("no_blocks", "noBlocks"), ("exclusions_never_shrink", "exclusionsNeverShrink"))
_AT_LEAST = (
    ("approval_at_least", "approvalAtLeast"),
    ("hits_at_least", "hitsAtLeast"),
    ("minimum_hourly_pay", "minimumHourlyPay"),
)
_AT_MOST = (
    ("auto_approval_at_most_days", "autoApprovalAtMostDays"),
    ("cost_per_assignment_at_most", "costPerAssignmentAtMost"),
)


@dataclass(frozen=True, kw_only=True)
class Weakening:
    """A rule that asks for less than before, or is gone."""

    id: str
    removed: bool
    how: str
    """Both sides, such as "approvalAtLeast: 98 becomes 95"."""


def weakened(old: Iterable[Require], new: Iterable[Require]) -> tuple[Weakening, ...]:
    """The rules that a change weakens or removes, in the order of the old ones.

    An entry is the same one by its id. Minutes that become fewer make the same pay look better, so they count; a HIT
    type that is added to them does not.
    """
    now = {rule.id.lower(): rule for rule in new}
    found = []
    for rule in old:
        after = now.get(rule.id.lower())
        if after is None:
            found.append(Weakening(id=rule.id, removed=True, how=f"is gone: {rule.text}"))
        elif ways := tuple(_ways(rule, after)):
            found.append(Weakening(id=rule.id, removed=False, how="; ".join(ways)))
    return tuple(found)


def _ways(old: Require, new: Require) -> Iterator[str]:
    yield from _of_workers(old, new)
    yield from _of_bounds(old, new)
    for name, key in _FLAGS:
        if getattr(old, name) and not getattr(new, name):
            yield _became(key, "true", None)
    for name, minutes in old.minutes.items():
        if (fewer := new.minutes.get(name)) is not None and Decimal(fewer) < Decimal(minutes):
            yield _became(f"minutes of {name}", minutes, fewer)
    for name, reason in new.except_.items():
        if name not in old.except_:
            yield f"{name} need not keep it any more ({reason})"


def _of_workers(old: Require, new: Require) -> Iterator[str]:
    if old.without is not None and new.without != old.without:
        yield _became("without", old.without, new.without)
    if old.on_workers and new.on_workers and _GUARDED.index(new.actions) < _GUARDED.index(old.actions):
        yield _became("actions", old.actions, new.actions)
    if old.locale and (not new.locale or not all(_within(code, old.locale) for code in new.locale)):
        yield _became("locale", codes_in_words(old.locale), codes_in_words(new.locale) if new.locale else None)


def _of_bounds(old: Require, new: Require) -> Iterator[str]:
    for name, key in (*_AT_LEAST, *_AT_MOST):
        before, after = getattr(old, name), getattr(new, name)
        if before is None:
            continue
        grown = 0 if after is None else Decimal(after) - Decimal(before)
        if after is None or (grown < 0 if (name, key) in _AT_LEAST else grown > 0):
            yield _became(key, before, after)


def _became(what: str, before: object, after: object) -> str:
    return f"{what}: {before} is gone" if after is None else f"{what}: {before} becomes {after}"


def _within(code: str, codes: Sequence[str]) -> bool:
    return code in codes or code.partition("-")[0] in codes


def accepted_anew(old: Iterable[Acceptance], new: Iterable[Acceptance]) -> tuple[Acceptance, ...]:
    """The entries of `mturk:accept` that accept what none did before: another code or resource, or a longer time."""
    before = tuple(old)
    return tuple(one for one in new if not any(_covers(other, one) for other in before))


def _covers(old: Acceptance, new: Acceptance) -> bool:
    if old.code != new.code or old.resource not in (None, new.resource):
        return False
    if old.until is None or new.until is None:
        return old.until is None
    return datetime.date.fromisoformat(new.until) <= datetime.date.fromisoformat(old.until)
