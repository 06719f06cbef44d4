"""Events of HITs, and their delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.storage import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, **columns: Any) -> None:
    """Store an event, by the names of its columns."""
    sql.insert(db, "events", columns)


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """The events, oldest first, after the one of this number."""
    return db.execute("SELECT * FROM events WHERE sequence > ? ORDER BY sequence", (sequence,))


def is_due(db: Connection, now: float) -> bool:
    """Whether the next attempt to deliver any is due."""
    return db.execute("SELECT 1 FROM events WHERE next_attempt <= ? LIMIT 1", (now,)).fetchone() is not None


def due_longest(db: Connection, now: float) -> Row | None:
    """The event whose next attempt is due longest."""
    return db.execute(  # type: ignore[no-any-return]
        "SELECT * FROM events WHERE next_attempt <= ? ORDER BY next_attempt, sequence LIMIT 1", (now,)
    ).fetchone()


def attempt(db: Connection, sequence: int, next_attempt: float) -> None:
    """Count an attempt, and set the time of the one after it."""
    db.execute(
        "UPDATE events SET attempts = attempts + 1, next_attempt = ? WHERE sequence = ?", (next_attempt, sequence)
    )


def posted(db: Connection, sequence: int, time: float) -> None:
    """Store that an event was delivered."""
    db.execute("UPDATE events SET posted = ?, failure = NULL, next_attempt = NULL WHERE sequence = ?", (time, sequence))


def failed(db: Connection, sequence: int, failure: str, *, is_last: bool) -> None:
    """Store why an attempt failed; there is no other after the last."""
    no_more = ", next_attempt = NULL" if is_last else ""
    db.execute(f"UPDATE events SET failure = ?{no_more} WHERE sequence = ?", (failure, sequence))  # noqa: S608
