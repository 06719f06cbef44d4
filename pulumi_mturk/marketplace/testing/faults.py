"""Fault injection for tests. Faults are stored in the database, so they act in every process that has it open."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from pulumi_mturk.marketplace.errors import (
    ConnectionDropped,
    MarketplaceError,
    access_denied,
    service_fault,
    throttled,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

FaultKind = Literal[
    "throttle", "service_fault", "service_fault_after", "access_denied", "drop_before", "drop_after", "delay"
]
ANY: Final = "*"


@dataclass(frozen=True)
class Fault:
    """A fault in calls of an operation.

    `throttle`, `service_fault` and `access_denied` refuse the call before it is executed; `service_fault_after` answers
    500 after it was executed. `drop_before` and `drop_after` close the connection. `delay` waits `seconds` before the
    call is executed.
    """

    kind: FaultKind
    operation: str = ANY
    """The operation's name, or "*" for each call."""
    times: int | None = 1
    """Number of calls that it affects; None: no limit."""
    probability: float = 1.0
    """Probability for each call; `seed` makes the draws repeatable."""
    seed: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise MarketplaceError(f"There is no fault {self.kind!r}; there are: {', '.join(get_args(FaultKind))}.")
        if not 0 <= self.probability <= 1 or self.seconds < 0 or (self.times is not None and self.times < 1):
            raise MarketplaceError("A fault has a probability from 0 to 1, seconds from 0 and times from 1.")


def add(db: sqlite3.Connection, fault: Fault) -> None:
    """Store a fault; faults act in the order in which they were added."""
    db.execute(
        "INSERT INTO faults (kind, operation, times, probability, seed, seconds) VALUES (?, ?, ?, ?, ?, ?)",
        (fault.kind, fault.operation, fault.times, fault.probability, fault.seed, fault.seconds),
    )


def pending(db: sqlite3.Connection) -> list[Fault]:
    """The faults that still act, `times` being how often they will."""
    return [
        Fault(row["kind"], row["operation"], row["times"], row["probability"], row["seed"], row["seconds"])
        for row in db.execute("SELECT * FROM faults ORDER BY sequence")
    ]


def draw(db: sqlite3.Connection, operation: str) -> list[Fault]:
    """Draw the faults of one call, and count them down: delays, and at most one that ends the call."""
    drawn: list[Fault] = []
    rows = db.execute("SELECT * FROM faults WHERE operation IN (?, ?) ORDER BY sequence", (ANY, operation)).fetchall()
    for row in rows:
        number = row["draws"]
        # seeded for each draw: processes that share the database share one sequence of draws
        happens = random.Random(f"{row['seed']}:{number}").random() < row["probability"]  # noqa: S311
        times = row["times"] if row["times"] is None or not happens else row["times"] - 1
        db.execute("UPDATE faults SET draws = ?, times = ? WHERE sequence = ?", (number + 1, times, row["sequence"]))
        if happens:
            drawn.append(Fault(row["kind"], operation, seconds=row["seconds"]))
            if row["kind"] != "delay":
                break
    db.execute("DELETE FROM faults WHERE times = 0")
    return drawn


def apply_before(drawn: Iterable[Fault], operation: str) -> None:
    """Apply the faults that act before the call is executed."""
    for fault in drawn:
        match fault.kind:
            case "delay":
                time.sleep(fault.seconds)
            case "throttle":
                raise throttled()
            case "service_fault":
                raise service_fault()
            case "access_denied":
                raise access_denied(operation)
            case "drop_before":
                raise ConnectionDropped(f"Injected: the connection was lost before {operation} happened.")


def apply_after(drawn: Iterable[Fault], operation: str) -> None:
    """Apply the faults that act after the call was executed."""
    for fault in drawn:
        if fault.kind == "service_fault_after":
            raise service_fault()
        if fault.kind == "drop_after":
            raise ConnectionDropped(f"Injected: the connection was lost after {operation} happened.")
