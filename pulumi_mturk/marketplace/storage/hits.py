"""HITs, and the numbers that are kept of them so that no call counts.

A HIT's own numbers of assignments, how many open HITs a group has, what is on hold, and which HITs require a type
follow every change; so each change that touches one of them goes through here or through `storage.assignments`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

HIGHER_FEE_FROM: Final = 10
"""HITs with so many assignments have a higher fee."""
OPEN: Final = """NOT hits.expired AND NOT hits.deleted
    AND hits.pending + hits.submitted + hits.completed < hits.max_assignments"""
"""The condition for HITs that can be accepted, term by term that of the index `hits_open`."""
_KEPT: Final = """
    SELECT hits.sequence, hit_type_id, max_assignments, creation_time, expired, hits.deleted, pending, submitted,
        completed, reward, masters
    FROM hits JOIN hit_types ON hit_types.id = hit_type_id WHERE hits.id = ?
"""


def insert(db: sqlite3.Connection, **columns: Any) -> None:
    """Store a new HIT, by the names of its columns."""
    db.execute(
        f"INSERT INTO hits ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608 - our names
        tuple(columns.values()),
    )
    after = db.execute(_KEPT, (columns["id"],)).fetchone()
    _require(db, after)
    _follow(db, None, after)


def change(db: sqlite3.Connection, hit_id: str, **columns: Any) -> None:
    """Set columns of a HIT, by their names."""
    before = db.execute(_KEPT, (hit_id,)).fetchone()
    _update(db, before, f"{', '.join(f'{name} = ?' for name in columns)}", tuple(columns.values()))
    after = db.execute(_KEPT, (hit_id,)).fetchone()
    if after["deleted"] or after["hit_type_id"] != before["hit_type_id"]:
        db.execute(
            """DELETE FROM hit_requirements WHERE hit_sequence = ? AND qualification_type_id IN (
                SELECT qualification_type_id FROM hit_type_requirements WHERE hit_type_id = ?)""",
            (before["sequence"], before["hit_type_id"]),
        )
        if not after["deleted"]:
            _require(db, after)
    _follow(db, before, after)


def count(db: sqlite3.Connection, hit_id: str, pending: int, submitted: int, completed: int) -> None:
    """Add to a HIT's numbers of assignments."""
    before = db.execute(_KEPT, (hit_id,)).fetchone()
    _update(
        db,
        before,
        "pending = pending + ?, submitted = submitted + ?, completed = completed + ?",
        (pending, submitted, completed),
    )
    after = dict(before)
    after["pending"] += pending
    after["submitted"] += submitted
    after["completed"] += completed
    _follow(db, before, after)


def _update(db: sqlite3.Connection, row: Mapping[str, Any], assignments: str, values: tuple[Any, ...]) -> None:
    db.execute(f"UPDATE hits SET {assignments} WHERE sequence = ?", (*values, row["sequence"]))  # noqa: S608 - our names


def _follow(db: sqlite3.Connection, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    """Have groups and holds follow what a HIT was and is."""
    was, now = before is not None and _is_open(before), _is_open(after)
    moved = before is not None and before["hit_type_id"] != after["hit_type_id"]
    if before is not None and was and (moved or not now):
        _close(db, before)
    if now and (moved or not was):
        db.execute(
            """UPDATE hit_types SET open_hits = open_hits + 1,
                newest_open = CASE WHEN newest_open > ? THEN newest_open ELSE ? END WHERE id = ?""",
            (after["creation_time"], after["creation_time"], after["hit_type_id"]),
        )
    held_before = (_terms(before), _held(before)) if before is not None else (None, 0)
    held_now = (_terms(after), _held(after))
    if held_before != held_now:
        _hold(db, held_before[0], -held_before[1])
        _hold(db, *held_now)


def _close(db: sqlite3.Connection, row: Mapping[str, Any]) -> None:
    db.execute(
        f"""UPDATE hit_types SET open_hits = open_hits - 1,
            newest_open = CASE WHEN newest_open > ? THEN newest_open ELSE (
                SELECT creation_time FROM hits WHERE hit_type_id = hit_types.id AND {OPEN}
                ORDER BY sequence DESC LIMIT 1
            ) END WHERE id = ?""",  # noqa: S608 - no input in the SQL
        (row["creation_time"], row["hit_type_id"]),
    )


def _is_open(row: Mapping[str, Any]) -> bool:
    taken = row["pending"] + row["submitted"] + row["completed"]
    return not row["expired"] and not row["deleted"] and bool(taken < row["max_assignments"])


def _held(row: Mapping[str, Any]) -> int:
    """Assignments that can still be approved: accepted and submitted ones, and while it lives the available ones."""
    if row["deleted"]:
        return 0
    return int(row["pending"] + row["submitted"] if row["expired"] else row["max_assignments"] - row["completed"])


def _terms(row: Mapping[str, Any]) -> tuple[str, str, bool]:
    return row["reward"], row["masters"], row["max_assignments"] >= HIGHER_FEE_FROM


def _hold(db: sqlite3.Connection, terms: tuple[str, str, bool] | None, assignments: int) -> None:
    if terms is not None and assignments:
        db.execute(
            """INSERT INTO holds (reward, masters, higher_fee, assignments) VALUES (?, ?, ?, ?)
            ON CONFLICT (reward, masters, higher_fee)
                DO UPDATE SET assignments = holds.assignments + excluded.assignments""",
            (*terms, assignments),
        )


def _require(db: sqlite3.Connection, row: Mapping[str, Any]) -> None:
    db.execute(
        """INSERT INTO hit_requirements (qualification_type_id, hit_sequence)
        SELECT qualification_type_id, ? FROM hit_type_requirements WHERE hit_type_id = ?""",
        (row["sequence"], row["hit_type_id"]),
    )
