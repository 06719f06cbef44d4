"""A list of workers as a program may give it: whatever can be iterated over, read once and whole."""

import numbers
from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_mturk.common.errors import InvalidInputError, InvalidTypeError
from pulumi_mturk.common.iterables import in_order
from pulumi_mturk.common.output_text import MESSAGE, is_output_text
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.rules import form, rosters

_PATH = "workers"


def read_once(workers: Any) -> str | Mapping[Any, Any] | list[Any]:
    """A text, a mapping of worker to score, or a list: of workers, or of `[worker, score]` where pairs were given.

    Takes lists, sets, generators, `map`, `zip(ids, scores)`, a column of a data frame, and an open text file. What is
    read already comes back as it is. Nothing in it is judged but what plainly is no list of workers: a table, a mapping
    of lists, bytes, and Pulumi's warning text in place of a value, for which `InvalidInputError` is raised.
    """
    if hasattr(workers, "read") and not isinstance(workers, Unknown):
        workers = workers.read()  # an open file
    _refuse_tables(workers)
    if isinstance(workers, str):
        _refuse_output_text([workers])
        return workers
    if isinstance(workers, Mapping):
        _refuse_output_text(workers)
        if any(_is_several(value) for value in workers.values()):
            raise _refusal("is a mapping of lists; write the list of ids alone, or zip(ids, scores), or {id: score, …}")
        return workers
    if not isinstance(workers, Iterable):
        raise _refusal(
            "give a list of worker ids, a mapping of worker id to score, or workers_from_csv(…), not "
            f"{type(workers).__name__}"
        )
    entries = [list(entry) if isinstance(entry, tuple) and len(entry) == 2 else entry for entry in in_order(workers)]
    _refuse_output_text(entries)
    if entries and hasattr(workers, "to_dict") and all(isinstance(entry, numbers.Real) for entry in entries):
        raise _refusal(f"is a {type(workers).__name__} of numbers; for scores by worker id write its .to_dict()")
    return entries


def _refusal(message: str) -> InvalidTypeError:
    return InvalidTypeError(rosters.NO_LIST_OF_WORKERS.at(_PATH, message))


def _refuse_tables(workers: Any) -> None:
    if isinstance(workers, bytes | bytearray):
        raise _refusal('is bytes; open the file as text, such as open("workers.txt")')
    # Data frames of any library: iterated over, they give the names of their columns, or the columns themselves.
    if not isinstance(workers, Unknown) and hasattr(workers, "columns") and hasattr(workers, "shape"):
        raise _refusal(
            f'is a {type(workers).__name__}; pass a column, such as table["WorkerId"], or for scores '
            'zip(table["WorkerId"], table["Score"])'
        )


def _refuse_output_text(entries: Iterable[Any]) -> None:
    if any(is_output_text(part) for entry in entries for part in (entry if isinstance(entry, list) else [entry])):
        raise InvalidInputError(form.OUTPUT_IN_TEXT.at(_PATH, MESSAGE))


def _is_several(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | Unknown)
