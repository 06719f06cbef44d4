"""`Roster`: a list of workers in its typed form."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.text import shortened
from pulumi_mturk.common.worker_ids import redact

# So many positions are told of one kind of mistake.
SHOWN = 20


# Where a worker stands: a file and a line of it, or None and a position of the list. A plain tuple, for a list may have
# 100,000 of them, and a class takes as long as reading the entry does.
Position: TypeAlias = tuple[str | None, int]


@dataclass(frozen=True)
class Roster:
    """Workers, each with the score to be had, or None where membership is all that is asked for.

    Rosters are equal if they name the same workers, scores and unknown workers, wherever these stand. The fields are
    left out of its representation, for worker ids are personal data.
    """

    scores: Mapping[str, int | None] = field(default_factory=dict, repr=False)
    unknown: frozenset[str] = field(default=frozenset(), repr=False)
    """Those among them whom the environment did not know."""
    positions: Mapping[str, Position] = field(default_factory=dict, repr=False, compare=False)
    """Where each worker stands first, in the order of the list: messages name positions, not ids."""
    problems: tuple[Diagnostic, ...] = field(default=(), repr=False, compare=False)
    """What is wrong in the list: positions are told, no ids."""

    @functools.cached_property
    def text(self) -> str:
        """The one form in which inputs and state hold it: sorted, without positions."""
        return " ".join(
            f"{worker}{'' if score is None else f'={score}'}{'!' if worker in self.unknown else ''}"
            for worker, score in sorted(self.scores.items())
        )

    @property
    def scored(self) -> bool:
        """Whether scores are managed, and not membership alone."""
        return any(score is not None for score in self.scores.values())

    def where(self, workers: Iterable[str]) -> str:
        """The positions of some workers, in words, for a message that must not name them."""
        wanted = set(workers)
        return in_words([position for worker, position in self.positions.items() if worker in wanted])


@dataclass(frozen=True)
class Change:
    """How one roster differs from another, in numbers."""

    added: int
    removed: int
    rescored: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.rescored)

    def __str__(self) -> str:
        return f"+{self.added:,} −{self.removed:,} ~{self.rescored:,}"  # noqa: RUF001 - a minus as wide as the plus


def change(old: Roster, new: Roster) -> Change:
    """What becomes of `old` when `new` is wanted."""
    common = new.scores.keys() & old.scores.keys()
    rescored = sum(new.scores[worker] not in (None, old.scores[worker]) for worker in common)
    return Change(len(new.scores) - len(common), len(old.scores) - len(common), rescored)


def in_words(positions: Iterable[Position]) -> str:
    """Positions as a message tells them: `lines 17, 19 of pilot.csv; position 3 of the list`."""
    by_source: dict[str | None, list[int]] = {}
    for source, number in positions:
        by_source.setdefault(source, []).append(number)
    told = "; ".join(_numbers(*item) for item in islice(by_source.items(), SHOWN))
    return f"{told}; and in {len(by_source) - SHOWN} more files" if len(by_source) > SHOWN else told


def _numbers(source: str | None, numbers: list[int]) -> str:
    kind = "position" if source is None else "line"
    shown = ", ".join(map(str, numbers[:SHOWN]))
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    named = redact(shortened(source)) if source else "the list"
    return f"{kind}{'s' if len(numbers) > 1 else ''} {shown}{more} of {named}"
