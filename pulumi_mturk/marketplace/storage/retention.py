"""Deletion of what is old, some rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_mturk.marketplace.storage.sql import Connection

Kind = Literal["used_tokens", "notifications", "events", "calls", "audit"]
# What has a `sequence` is in the order of time, but for a clock that was set back: what waits behind such a row goes
# with it. The oldest row is in each piece, so that a gap in the numbers stops nothing. An event with another attempt
# is kept.
_STATEMENTS: Final[Mapping[Kind, str]] = {
    "notifications": """DELETE FROM notifications
        WHERE sequence < (SELECT min(sequence) FROM notifications) + :most AND time < :before""",
    "events": """DELETE FROM events
        WHERE sequence < (SELECT min(sequence) FROM events) + :most AND time < :before AND next_attempt IS NULL""",
    "calls": "DELETE FROM calls WHERE sequence < (SELECT min(sequence) FROM calls) + :most AND time < :before",
    "audit": "DELETE FROM audit WHERE sequence < (SELECT min(sequence) FROM audit) + :most AND time < :before",
}


def delete_before(db: Connection, kind: Kind, before: float, most: int) -> int:
    """Delete rows from before a time, the oldest `most` at most; returns how many."""
    if kind == "used_tokens":
        statement = "SELECT account, operation, token FROM used_tokens WHERE used_at < ? ORDER BY used_at LIMIT ?"
        old = [tuple(row) for row in db.execute(statement, (before, most)).fetchall()]
        # each by its key: of several columns that are IN a list SQLite looks up the first alone
        db.executemany("DELETE FROM used_tokens WHERE account = ? AND operation = ? AND token = ?", old)
        return len(old)
    return int(db.execute(_STATEMENTS[kind], {"before": before, "most": most}).rowcount)
