"""The ledger of erasures: who was erased, by keyed hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def insert(db: Connection, worker_hash: str, *, keep_answers: bool, time: float) -> None:
    """Note an erasure; a later one of the same worker counts instead."""
    db.execute(
        """INSERT INTO erasures (worker_hash, keep_answers, time) VALUES (?, ?, ?)
        ON CONFLICT (worker_hash) DO UPDATE SET keep_answers = excluded.keep_answers, time = excluded.time""",
        (worker_hash, keep_answers, time),
    )


def every(db: Connection) -> Iterator[Row]:
    """All of them."""
    return db.execute("SELECT * FROM erasures ORDER BY worker_hash")
