"""Tests that workers have started and not submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection


def start(db: Connection, worker_id: str, qualification_type_id: str, time: float) -> None:
    """Store that a worker starts the test of a type, in the place of an earlier start."""
    db.execute(
        """INSERT INTO sittings (worker_id, qualification_type_id, started) VALUES (?, ?, ?)
        ON CONFLICT (worker_id, qualification_type_id) DO UPDATE SET started = excluded.started""",
        (worker_id, qualification_type_id, time),
    )


def started(db: Connection, worker_id: str, qualification_type_id: str) -> float | None:
    """When a worker started the test of a type; None if it is not under way."""
    row = db.execute(
        "SELECT started FROM sittings WHERE worker_id = ? AND qualification_type_id = ?",
        (worker_id, qualification_type_id),
    ).fetchone()
    return None if row is None else float(row["started"])


def end(db: Connection, worker_id: str, qualification_type_id: str) -> None:
    """Forget the start, if there is one."""
    db.execute(
        "DELETE FROM sittings WHERE worker_id = ? AND qualification_type_id = ?", (worker_id, qualification_type_id)
    )
