"""Requests that were answered, by what they were and how long they took: sums, and nothing of whoever sent them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def add(
    db: Connection, method: str, route: str, operation: str, status: int, bucket: int, *, requests: int, seconds: float
) -> None:
    """Add to what was counted of one kind."""
    db.execute(
        """INSERT INTO request_counts (method, route, operation, status, bucket, requests, seconds)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (method, route, operation, status, bucket) DO UPDATE SET
            requests = request_counts.requests + excluded.requests,
            seconds = request_counts.seconds + excluded.seconds""",
        (method, route, operation, status, bucket, requests, seconds),
    )


def all_of(db: Connection) -> Iterator[Row]:
    """All sums, some hundreds."""
    return db.execute("SELECT * FROM request_counts ORDER BY method, route, operation, status, bucket")
