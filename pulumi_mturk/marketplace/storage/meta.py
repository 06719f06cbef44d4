"""Settings of a database: its id, its clock, its switches, and the bucket of its rate limit. All are texts.

Beside them are the ids of deleted qualification types whose requests are still to be rejected: few, and not for long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

Key = Literal["id", "clock_offset", "switches", "tokens", "operator_key"]
"""`clock_offset`: seconds by which the clock is ahead of the machine's; `switches`: JSON of those that were set;
`operator_key`: its hash."""
REJECTING: Final = "rejecting "
"""What the key of a qualification type begins with whose requests are still to be rejected; its value is the id."""


def get(db: Connection, key: Key) -> str | None:
    """A value; `tokens` is not there before the first call that is limited, `operator_key` before there is one."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def put(db: Connection, key: Key, value: str) -> None:
    """Set a value."""
    _put(db, key, value)


def set_rejecting(db: Connection, qualification_type_id: str, *, are_left: bool) -> None:
    """Store whether requests for a deleted qualification type are still to be rejected."""
    key = f"{REJECTING}{qualification_type_id}"
    if are_left:
        _put(db, key, qualification_type_id)
    else:
        db.execute("DELETE FROM meta WHERE key = ?", (key,))


def _put(db: Connection, key: str, value: str) -> None:
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def of_each_call(db: Connection) -> tuple[float, str, bool]:
    """What each call begins with: `clock_offset`, `switches`, and whether any fault is injected."""
    found = dict(
        db.execute(
            """SELECT key, value FROM meta WHERE key IN ('clock_offset', 'switches')
            UNION ALL SELECT 'faults', CASE WHEN EXISTS (SELECT 1 FROM faults) THEN '1' ELSE '' END"""
        ).fetchall()
    )
    return float(found["clock_offset"]), found["switches"], bool(found["faults"])
