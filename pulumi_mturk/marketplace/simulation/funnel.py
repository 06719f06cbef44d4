"""The funnel of a HIT type: how many workers each rule excludes, in order and on its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Reason = Literal[
    "other_place",
    "not_yet",
    "did_not_agree",
    "not_chosen",
    "failed_test",
    "took_no_test",
    "hidden",
    "waits_for_requester",
    "did_not_ask",
    "not_on_list",
    "on_list",
    "blocked",
    "unknown",
    "passed_test",
    "asked",
    "",  # no reason to report
]

REASON_TEXTS: dict[Reason, str] = {
    "other_place": "never: live elsewhere",
    "not_yet": "not now: other experience",
    "did_not_agree": "not now: did not agree to adult content",
    "not_chosen": "not now: Amazon has not made them Masters, or has",
    "failed_test": "took the test, and another score is asked",
    "took_no_test": "did not care to take the test",
    "hidden": "can't know of it: the rule hides the HITs from whoever does not hold it",
    "waits_for_requester": "took the test, wait for you to score it (it has no answer key)",
    "did_not_ask": "did not care to ask for it",
    "not_on_list": "were not granted it by you",
    "on_list": "hold it by your list",
    "blocked": "blocked by you",
    "unknown": "not one of your types: nobody of the crowd holds it",
    "passed_test": "hold it by the test",
    "asked": "asked for it, and had it at once",
}
"""The text of each reason in a report."""


@dataclass(frozen=True)
class RuleOutcome:
    """The result of one rule for one worker."""

    admitted: bool
    reason: Reason = ""


@dataclass(frozen=True)
class Step:
    """One rule of a HIT type, and its effect on a crowd."""

    rule: str
    guards: str
    """Accept, PreviewAndAccept or DiscoverPreviewAndAccept."""
    refused: int
    """How many it refuses, whatever the other rules do."""
    alone: int
    """How many only this rule refuses: so many more would be admitted without it."""
    lost: Mapping[Reason, int]
    """How many it refuses of those admitted by all rules before, by reason."""
    kept: Mapping[Reason, int]
    """How many it admits of those because they hold one of your types, by how they got it."""
    left: int
    """How many all rules up to this one admit."""


def steps(rules: Sequence[tuple[str, str]], crowd: Sequence[Sequence[RuleOutcome]]) -> list[Step]:
    """The funnel: `rules` are (text, guarded actions), and each worker of `crowd` has an outcome for each rule."""
    found = []
    left = list(crowd)
    refusals = [sum(not outcome.admitted for outcome in worker) for worker in crowd]
    for number, (words, guards) in enumerate(rules):
        here = [worker[number] for worker in left]
        left = [worker for worker in left if worker[number].admitted]
        found.append(
            Step(
                rule=words,
                guards=guards,
                refused=sum(not worker[number].admitted for worker in crowd),
                alone=sum(
                    not worker[number].admitted and count == 1 for worker, count in zip(crowd, refusals, strict=True)
                ),
                lost=_counted(outcome.reason for outcome in here if not outcome.admitted),
                kept=_counted(outcome.reason for outcome in here if outcome.admitted and outcome.reason),
                left=len(left),
            )
        )
    return found


def _counted(reasons: Iterable[Reason]) -> dict[Reason, int]:
    """Counts, the most frequent first."""
    return dict(Counter(reasons).most_common())
