"""How much waits to be done: for whoever watches a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.storage import due_events

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

MOST: Final = 10_000
"""So far it is counted: a long queue is long, and must not make watching it slow."""
_DUE: Final = {
    **{name: f"{kind.table} WHERE {kind.condition}" for name, kind in due_events.KINDS.items()},
    "deliver": "events WHERE next_attempt <= :now",
}


def due(db: Connection, now: float, kept: float | None) -> dict[str, int]:
    """Events that are due at a time, by kind; `kept` is that of `due_events.is_due`."""
    parameters = {"now": now, "kept": kept, "most": MOST}
    return {kind: _counted(db, part, parameters) for kind, part in _DUE.items()}


def deliveries(db: Connection) -> int:
    """Deliveries of HIT events that have another attempt."""
    return _counted(db, "events WHERE next_attempt IS NOT NULL", {"most": MOST})


def _counted(db: Connection, part: str, parameters: dict[str, float | None]) -> int:
    statement = f"SELECT count(*) FROM (SELECT 1 FROM {part} LIMIT :most) AS found"  # noqa: S608 - our own parts
    return int(db.execute(statement, parameters).fetchone()[0])
