"""How much waits to be done: for whoever watches a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

MOST: Final = 10_000
"""So far it is counted: a long queue is long, and must not make watching it slow."""
_DAY: Final = 86_400
_DUE: Final = {
    "abandon": "assignments WHERE status = 'Accepted' AND deadline <= :now",
    "approve": "assignments WHERE status = 'Submitted' AND auto_approval_time <= :now",
    "expire": "hits WHERE expired = 0 AND deleted = 0 AND expiration <= :now",
    "remove": """hits WHERE reviewable_since <= :now - :kept AND reviewable_since IS NOT NULL AND deleted = 0
        AND submitted = 0""",
    "deliver": "events WHERE next_attempt <= :now",
}


def due(db: Connection, now: float, removal_days: int) -> dict[str, int]:
    """Events that are due at a time, by kind; HITs are removed after so many days, 0 for never."""
    parameters = {"now": now, "kept": removal_days * _DAY if removal_days else None, "most": MOST}
    return {kind: _counted(db, part, parameters) for kind, part in _DUE.items()}


def deliveries(db: Connection) -> int:
    """Deliveries of HIT events that have another attempt."""
    return _counted(db, "events WHERE next_attempt IS NOT NULL", {"most": MOST})


def _counted(db: Connection, part: str, parameters: dict[str, float | None]) -> int:
    statement = f"SELECT count(*) FROM (SELECT 1 FROM {part} LIMIT :most) AS found"  # noqa: S608 - our own parts
    return int(db.execute(statement, parameters).fetchone()[0])
