"""What the host tells workers before they join, in versions, and who agreed to which."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def latest(db: Connection, kind: str) -> Row | None:
    """The latest version of a statement."""
    row: Row | None = db.execute(
        "SELECT * FROM statements WHERE kind = ? ORDER BY version DESC LIMIT 1", (kind,)
    ).fetchone()
    return row


def version(db: Connection, kind: str, number: int) -> Row | None:
    """A version of a statement."""
    row: Row | None = db.execute("SELECT * FROM statements WHERE kind = ? AND version = ?", (kind, number)).fetchone()
    return row


def insert(db: Connection, kind: str, version: int, text: str, now: float) -> None:
    """Store a version."""
    db.execute("INSERT INTO statements (kind, version, text, time) VALUES (?, ?, ?, ?)", (kind, version, text, now))


def insert_consent(db: Connection, worker_id: str, consent_version: int, payment_version: int, now: float) -> None:
    """Store that a worker agreed."""
    db.execute(
        "INSERT INTO consents (worker_id, consent_version, payment_version, time) VALUES (?, ?, ?, ?)",
        (worker_id, consent_version, payment_version, now),
    )


def latest_consent(db: Connection, worker_id: str) -> Row | None:
    """What a worker agreed to last."""
    row: Row | None = db.execute(
        "SELECT * FROM consents WHERE worker_id = ? ORDER BY sequence DESC LIMIT 1", (worker_id,)
    ).fetchone()
    return row


def consents_of(db: Connection, worker_id: str) -> Iterator[Row]:
    """What a worker agreed to."""
    return db.execute("SELECT * FROM consents WHERE worker_id = ? ORDER BY sequence", (worker_id,))
