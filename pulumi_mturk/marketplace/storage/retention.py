"""Deletion of what is old, some rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

Kind = Literal["used_tokens", "notifications", "events", "calls"]
# The lists are in the order of time, but for a clock that was set back: what waits behind such a row goes with it. An
# event that has another attempt is kept.
_STATEMENTS: Final[dict[Kind, str]] = {
    "used_tokens": """DELETE FROM used_tokens WHERE (account, operation, token) IN (
        SELECT account, operation, token FROM used_tokens WHERE used_at < :before ORDER BY used_at LIMIT :most)""",
    "notifications": """DELETE FROM notifications WHERE sequence IN (
        SELECT sequence FROM notifications ORDER BY sequence LIMIT :most) AND time < :before""",
    "events": """DELETE FROM events WHERE sequence IN (
        SELECT sequence FROM events WHERE next_attempt IS NULL ORDER BY sequence LIMIT :most) AND time < :before""",
    "calls": """DELETE FROM calls WHERE sequence IN (
        SELECT sequence FROM calls ORDER BY sequence LIMIT :most) AND time < :before""",
}


def delete_before(db: Connection, kind: Kind, before: float, most: int) -> int:
    """Delete rows from before a time, the oldest `most` at most; returns how many."""
    return int(db.execute(_STATEMENTS[kind], {"before": before, "most": most}).rowcount)
