"""Results and actions of review policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, hit_id: str, level: str, kind: str, detail: str) -> None:
    """Store a result or an action: `level` is the policy's, Assignment or HIT, `kind` Result or Action."""
    db.execute(
        "INSERT INTO review_reports (hit_id, level, kind, detail) VALUES (?, ?, ?, ?)", (hit_id, level, kind, detail)
    )


def of_hit(db: Connection, hit_id: str, after: int) -> Iterator[Row]:
    """Those of a HIT, oldest first, after the one of this number."""
    return db.execute(
        "SELECT * FROM review_reports WHERE hit_id = ? AND sequence > ? ORDER BY sequence", (hit_id, after)
    )


def are_there(db: Connection, hit_id: str, level: str) -> bool:
    """Whether a HIT has any of a level."""
    found = db.execute("SELECT 1 FROM review_reports WHERE hit_id = ? AND level = ? LIMIT 1", (hit_id, level))
    return found.fetchone() is not None
