"""Qualifications that workers hold, or held."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator


def of_type(
    db: sqlite3.Connection, qualification_type_id: str, statuses: Iterable[str], after: int
) -> Iterator[sqlite3.Row]:
    """The grants of a type that have one of these statuses, in their order, after the one of this number."""
    return heapq.merge(
        *(
            db.execute(
                """SELECT * FROM grants WHERE qualification_type_id = ? AND status = ? AND sequence > ?
                ORDER BY sequence""",
                (qualification_type_id, status, after),
            )
            for status in statuses
        ),
        key=lambda row: row["sequence"],
    )
