"""A roster as one string: so it travels from the program through the engine, and so it lies in the state.

An entry is `A1EXAMPLE`, or `A1EXAMPLE=85` with a score; blanks or commas stand between entries. The rest is ours:
`@17` after an entry is its line in a file, and `>results.csv` names the file of those that follow; `?` stands for what
is no worker id, and `A1EXAMPLE=?` for a score that is none, so that the position of each can be told; `!` marks, in a
state alone, a worker whom the environment does not know.
"""

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from pulumi_mturk.common.integers import INT32, whole
from pulumi_mturk.common.worker_ids import PATTERN, is_worker_id
from pulumi_mturk.rosters.entries import WRONG_SCORE, Entry, members_of, roster_of, without_last_blank
from pulumi_mturk.rosters.program_input import read_once
from pulumi_mturk.rosters.roster import Position, Roster
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId

_ENTRY = re.compile(rf"({PATTERN})(?:=(-?[0-9]{{1,10}}))?(!)?")
_WRITTEN = re.compile(rf"{PATTERN}(?:=-?[0-9]{{1,10}})?")
_SEPARATORS = re.compile(r"[\s,;]+")
_LINE = re.compile(r"[0-9]{1,9}")


def encode(workers: Any) -> str:
    """What a program gives as a list of workers (see `read_once`) as one string, without losing a position.

    Raises `InvalidInputError` for what plainly is no list of workers.
    """
    workers = read_once(workers)
    if isinstance(workers, str):
        return _from_text(workers)
    if isinstance(workers, Mapping):
        return " ".join(_tokens((worker, _score(score)) for worker, score in workers.items()))
    return " ".join(_tokens(map(_pair, without_last_blank(workers))))


def _pair(entry: Any) -> tuple[Any, str]:
    """A worker and the score, from an entry of a list: an id, a pair, or an object of a program in another language."""
    if isinstance(entry, list) and len(entry) == 2:
        return entry[0], _score(entry[1])
    if isinstance(entry, Mapping):
        worker, score, _ = members_of(entry)
        return worker, "" if score is None else _score(score)
    return entry, ""


def _from_text(text: str) -> str:
    """Text, as a stack's configuration gives it: entries, or a list or mapping as JSON."""
    if text.lstrip().startswith(("[", "{")):
        try:
            return encode(json.loads(text))
        except (ValueError, RecursionError):  # no JSON, a number of too many digits, or lists in lists without end
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
                yield f">{quote(source, errors='replace')}"  # a name need not be text in UTF-8
            yield f"{worker}{score}@{worker.line}"
        else:
            yield f"{worker.strip()}{score}"


def _score(value: Any) -> str:
    # What comes out of configuration or JSON may be 85.0.
    number = whole(value)
    return f"={number}" if number is not None and number in INT32 else "=?"


@functools.lru_cache(maxsize=4)
def decode(text: str) -> Roster:
    """The roster that a text holds, with what is wrong in it. What can't be read is in no score."""
    return roster_of(_entries(text), "A file is read by workers_from_csv(…)")


def _entries(text: str) -> Iterator[Entry]:
    for entry, position in _tokens_of(text):
        found = _ENTRY.fullmatch(entry)
        if found is not None:
            worker, written, unknown_mark = found.groups()
            yield worker, None if written is None else int(written), unknown_mark is not None, position
        elif entry.endswith("=?"):
            yield "", WRONG_SCORE, False, position
        else:
            yield None, None, False, position


def _tokens_of(text: str) -> Iterator[tuple[str, Position]]:
    """Each entry without its line, and where the user finds it."""
    source, number = None, 0
    for token in text.split():
        if token.startswith(">"):
            source = unquote(token[1:])
            continue
        number += 1
        if "@" not in token:
            yield token, (None, number)
            continue
        entry, _, line = token.partition("@")
        yield (entry, (source, int(line))) if _LINE.fullmatch(line) else ("?", (None, number))
