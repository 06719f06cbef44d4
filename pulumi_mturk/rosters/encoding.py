"""A roster as one string: so it travels from the program through the engine, and so it lies in the state.

An entry is `A1EXAMPLE`, or `A1EXAMPLE=85` with a score; blanks or commas stand between entries. The rest is ours:
`@17` after an entry is its line in a file, and `>results.csv` names the file of those that follow; `?` stands for what
is no worker id, and `A1EXAMPLE=?` for a score that is none, so that the place of each can be told; `!` marks, in a
state alone, a worker whom the environment does not know.
"""

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.integers import INT32
from pulumi_mturk.common.worker_ids import FORM, PATTERN, is_worker_id
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId
from pulumi_mturk.rules import grants

_ENTRY = re.compile(rf"({PATTERN})(?:=(-?[0-9]{{1,10}}))?(!)?")
_WRITTEN = re.compile(rf"{PATTERN}(?:=-?[0-9]{{1,10}})?")
_SEPARATORS = re.compile(r"[\s,;]+")
# So many places are told of one kind of mistake.
SHOWN = 20


@dataclass(frozen=True)
class Roster:
    """Who is meant: each worker with the score that is to be, or None where membership is all that is said."""

    scores: Mapping[str, int | None] = field(default_factory=dict, repr=False)
    unknown: frozenset[str] = field(default=frozenset(), repr=False)
    """Those among them whom the environment did not know."""

    @functools.cached_property
    def text(self) -> str:
        """The one form in which the state holds it: the order of a list says nothing."""
        return " ".join(
            f"{worker}{'' if score is None else f'={score}'}{'!' if worker in self.unknown else ''}"
            for worker, score in sorted(self.scores.items())
        )

    @property
    def scored(self) -> bool:
        """Whether scores are managed, and not membership alone."""
        return any(score is not None for score in self.scores.values())


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


def encode(workers: Any) -> str:
    """What a program gives (a list, a set, a mapping of scores, or text) as one string, without losing a place.

    Raises TypeError for anything else.
    """
    if isinstance(workers, str):
        return _from_text(workers)
    if isinstance(workers, Mapping):
        entries: Iterable[tuple[Any, str]] = ((worker, _score(score)) for worker, score in workers.items())
    elif isinstance(workers, Iterable):
        entries = ((worker, "") for worker in (sorted(workers) if isinstance(workers, set | frozenset) else workers))
    else:
        raise TypeError(
            "workers: give a list of worker ids, a mapping of worker id to score, or workers_from_csv(…), not "
            f"{type(workers).__name__}"
        )
    return " ".join(_tokens(entries))


def _from_text(text: str) -> str:
    """Text, as a stack's configuration gives it: entries, or a list or mapping as JSON."""
    if text.lstrip().startswith(("[", "{")):
        try:
            return encode(json.loads(text))
        except ValueError:
            return "?"
    return " ".join(token if _WRITTEN.fullmatch(token) else "?" for token in filter(None, _SEPARATORS.split(text)))


def _tokens(entries: Iterable[tuple[Any, str]]) -> Iterator[str]:
    source = None
    for worker, score in entries:
        if not isinstance(worker, str) or not is_worker_id(worker.strip()):
            yield "?"
        elif isinstance(worker, SourcedWorkerId):
            if worker.source != source:
                source = worker.source
                yield f">{quote(source)}"
            yield f"{worker}{score}@{worker.line}"
        else:
            yield f"{worker.strip()}{score}"


def _score(value: Any) -> str:
    # What comes out of configuration or JSON may be 85.0.
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    return f"={int(value)}" if whole and int(value) in INT32 else "=?"


@functools.lru_cache(maxsize=4)
def decode(text: str) -> Roster:
    """The roster that a text holds. What can't be read in it is passed over: `problems` tells of it."""
    scores: dict[str, int | None] = {}
    unknown = []
    for token in text.split():
        if found := _ENTRY.fullmatch(token.partition("@")[0]):
            worker, score, stranger = found.groups()
            scores[worker] = None if score is None else int(score)
            if stranger:
                unknown.append(worker)
    return Roster(scores, frozenset(unknown))


@dataclass(frozen=True, slots=True)
class _Place:
    source: str | None
    number: int


def _placed(text: str) -> Iterator[tuple[str, _Place]]:
    """Each entry without its line, and where the user finds it."""
    source, position = None, 0
    for token in text.split():
        if token.startswith(">"):
            source = unquote(token[1:])
            continue
        position += 1
        entry, _, line = token.partition("@")
        yield entry, _Place(source, int(line)) if line else _Place(None, position)


def problems(text: str) -> Diagnostics:
    """What is wrong in a list, each in a sentence that tells the places and no id."""
    wrong_ids: list[_Place] = []
    wrong_scores: list[_Place] = []
    twice: list[_Place] = []
    seen: dict[str, tuple[int | None, _Place]] = {}
    for entry, place in _placed(text):
        found = _ENTRY.fullmatch(entry)
        score = None if found is None or found[2] is None else int(found[2])
        if found is None:
            (wrong_scores if entry.endswith("=?") else wrong_ids).append(place)
        elif score is not None and score not in INT32:
            wrong_scores.append(place)
        else:
            earlier, first = seen.setdefault(found[1], (score, place))
            if earlier != score:
                twice += [first, place]
    if wrong_ids:
        yield grants.LISTED_WORKER_ID.at(
            "workers", f"no worker id at {_in_words(wrong_ids)}; one is {FORM}. A file is read by workers_from_csv(…)"
        )
    if wrong_scores:
        yield grants.LISTED_SCORE.at(
            "workers",
            f"the score is no whole number of 32 bits at {_in_words(wrong_scores)}; write one such as 85, as a number",
        )
    if twice:
        yield grants.LISTED_TWICE.at(
            "workers", f"the same worker has two scores at {_in_words(twice)}; leave one of them out"
        )


def where(text: str, workers: Iterable[str]) -> str:
    """Where in a list some workers stand, for a message that must not name them."""
    wanted = set(workers)
    places = []
    for entry, place in _placed(text):
        worker = entry.partition("=")[0]
        if worker in wanted:
            wanted.discard(worker)
            places.append(place)
    return _in_words(places)


def _in_words(places: list[_Place]) -> str:
    by_source: dict[str | None, list[int]] = {}
    for place in places:
        by_source.setdefault(place.source, []).append(place.number)
    return "; ".join(_numbers(source, numbers) for source, numbers in by_source.items())


def _numbers(source: str | None, numbers: list[int]) -> str:
    kind = "position" if source is None else "line"
    shown = ", ".join(map(str, numbers[:SHOWN]))
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    return f"{kind}{'s' if len(numbers) > 1 else ''} {shown}{more} of {source or 'the list'}"
