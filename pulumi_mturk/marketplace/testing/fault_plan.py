"""The faults that are in force: kept in the database, drawn for each call, and counted down."""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.storage import faults
from pulumi_mturk.marketplace.testing.faults import ANY, GO_ON, Fault

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row

_COLUMNS: Final = tuple(field.name for field in dataclasses.fields(Fault))


def add(db: Connection, fault: Fault) -> None:
    """Store a fault; faults act in the order in which they were added."""
    faults.insert(db, **dataclasses.asdict(fault))


def pending(db: Connection) -> list[Fault]:
    """The faults that still act, `times` being how often they will, and `skip` after how many calls."""
    return [_fault(row) for row in faults.all_of_them(db)]


def draw(db: Connection, operation: str, now: float) -> list[Fault]:
    """Draw the faults of one call, and count them down: delays and signals, and at most one that changes the answer."""
    drawn: list[Fault] = []
    for row in faults.of_operations(db, ANY, operation):
        if _passes(db, row, now) or not _happens(db, row):
            continue
        drawn.append(_fault(row))
        if row["kind"] not in GO_ON:
            break
    faults.delete_spent(db)
    return drawn


def _fault(row: Row) -> Fault:
    return Fault(**{name: row[name] for name in _COLUMNS})


def _passes(db: Connection, row: Row, now: float) -> bool:
    """Whether the call is one of those to skip, or comes between two bursts."""
    if row["skip"]:
        faults.change(db, row["sequence"], skip=row["skip"] - 1)
        return True
    if row["burst_seconds"] is None:
        return False
    begun = row["burst_begun"]
    if begun is None or begun > now:  # the clock was set back: it begins anew
        begun = now
        faults.change(db, row["sequence"], burst_begun=now)
    since = now - begun
    if row["burst_every"] is not None:
        return bool(since % row["burst_every"] >= row["burst_seconds"])
    if since < row["burst_seconds"]:
        return False
    faults.delete(db, row["sequence"])
    return True


def _happens(db: Connection, row: Row) -> bool:
    number = row["draws"]
    # seeded for each draw: processes that share the database share one sequence of draws
    happens: bool = random.Random(f"{row['seed']}:{number}").random() < row["probability"]  # noqa: S311
    times = row["times"] if row["times"] is None or not happens else row["times"] - 1
    faults.change(db, row["sequence"], draws=number + 1, times=times)
    return happens
