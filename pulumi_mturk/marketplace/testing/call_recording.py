"""Recording of API calls, for tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


@dataclass(frozen=True)
class Call:
    """One request, recorded while the switch `record_calls` is on."""

    operation: str
    """The operation's name, empty where the request named none."""
    status: int
    """HTTP status of the answer, 0 where an injected fault lost it."""
    time: float
    """Epoch seconds by the marketplace's clock."""
    parameters: dict[str, Any] | None
    """The members, where `record_calls` is `parameters` and they could be read."""


def record_call(
    db: sqlite3.Connection, operation: str, status: int, now: float, parameters: Mapping[str, Any] | None
) -> None:
    """Store a call."""
    text = None if parameters is None else json.dumps(parameters)
    db.execute(
        "INSERT INTO calls (operation, status, parameters, time) VALUES (?, ?, ?, ?)",
        (operation, status, text, now),
    )


def recorded_calls(db: sqlite3.Connection) -> list[Call]:
    """The recorded calls, oldest first."""
    return [
        Call(
            row["operation"],
            row["status"],
            row["time"],
            None if row["parameters"] is None else json.loads(row["parameters"]),
        )
        for row in db.execute("SELECT * FROM calls ORDER BY sequence")
    ]
