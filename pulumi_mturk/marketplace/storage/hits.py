"""HITs, and the numbers that are kept of them so that no call counts.

A HIT's own numbers of assignments, how many open HITs a group has and a worker has taken, what is on hold, and which
HITs require a type follow every change; so each change that touches one of them goes through here or through
`storage.assignments`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from pulumi_mturk.marketplace.storage import sql, taken_hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

HIGHER_FEE_FROM: Final = 10
"""HITs with so many assignments have a higher fee."""
OPEN: Final = """hits.expired = 0 AND hits.deleted = 0
    AND hits.pending + hits.submitted + hits.completed < hits.max_assignments"""
"""The condition for HITs that can be accepted, term by term that of the index `hits_open`."""
_WITH_TYPES: Final = """
    SELECT hits.*, hit_types.group_id, title, description, keywords, reward, auto_approval_delay,
        assignment_duration, requirements, masters
    FROM hits JOIN hit_types ON hit_types.id = hits.hit_type_id
"""
_CHANGING: Final = ("hit_type_id", "max_assignments", "expired", "deleted", "pending", "submitted", "completed")
"""The columns that change, and that what is kept follows."""
_KEPT: Final = f"id, sequence, account, creation_time, {', '.join(_CHANGING)}"


def find(db: Connection, hit_id: str) -> Row | None:
    """A HIT with its type's properties, deleted or not."""
    return db.execute(f"{_WITH_TYPES} WHERE hits.id = ?", (hit_id,)).fetchone()  # type: ignore[no-any-return]


def listed(db: Connection, account: int, after: int, made_before: float) -> Iterator[Row]:
    """Those of an account that are not deleted, in their order, after the one of this number."""
    return db.execute(
        f"""{_WITH_TYPES} WHERE hits.account = ? AND hits.deleted = 0 AND hits.sequence > ? AND creation_time <= ?
        ORDER BY hits.sequence""",
        (account, after, made_before),
    )


def undeleted(db: Connection, after: int) -> Iterator[Row]:
    """Those of all accounts that are not deleted, with their titles, in their order, after the one of this number."""
    return db.execute(
        """SELECT hits.*, title FROM hits JOIN hit_types ON hit_types.id = hits.hit_type_id
        WHERE hits.deleted = 0 AND hits.sequence > ? ORDER BY hits.sequence""",
        (after,),
    )


def requiring(
    db: Connection, account: int, qualification_type_id: str, after: int, made_before: float
) -> Iterator[Row]:
    """Those that are not deleted and require a qualification type, as `listed`."""
    return db.execute(
        f"""{_WITH_TYPES} JOIN hit_requirements ON hit_sequence = hits.sequence
        WHERE qualification_type_id = ? AND hit_requirements.account = ? AND hit_sequence > ? AND creation_time <= ?
        ORDER BY hit_sequence""",
        (qualification_type_id, account, after, made_before),
    )


def reviewable(db: Connection, account: int, hit_type_id: str | None, after: int, *, reviewing: bool) -> Iterator[Row]:
    """Those with the status Reviewable, or Reviewing, of a type or of all, as `listed`."""
    # of one type: by the index of types, whose HITs are of one account
    whose = "hits.account = :account" if hit_type_id is None else "hit_type_id = :type AND +hits.account = :account"
    return db.execute(
        f"""{_WITH_TYPES} WHERE {whose} AND reviewing = :reviewing AND hits.sequence > :after
            AND reviewable_since IS NOT NULL AND hits.deleted = 0 ORDER BY hits.sequence""",
        {"account": account, "reviewing": reviewing, "type": hit_type_id, "after": after},
    )


def alive(db: Connection, hit_type_id: str, now: float) -> list[Row]:
    """Those of a type that have not expired: their `max_assignments`, and how many of these are `taken`."""
    return db.execute(
        """SELECT max_assignments, pending + submitted + completed AS taken FROM hits
        WHERE hit_type_id = ? AND deleted = 0 AND expiration > ?""",
        (hit_type_id, now),
    ).fetchall()


def terms(db: Connection, hit_id: str) -> Row:
    """What the cost of an assignment of a HIT depends on."""
    (row,) = db.execute(
        """SELECT hits.account, max_assignments, reward, masters FROM hits JOIN hit_types ON hit_types.id = hit_type_id
        WHERE hits.id = ?""",
        (hit_id,),
    ).fetchall()
    return row  # type: ignore[no-any-return]


def expired_before_time(db: Connection, now: float) -> list[str]:
    """The ids of those that have expired, and whose expiration lies ahead: the clock was set back."""
    rows = db.execute("SELECT id FROM hits WHERE expired = 1 AND deleted = 0 AND expiration > ?", (now,))
    return [row["id"] for row in rows.fetchall()]


def holds(db: Connection, account: int) -> Iterator[Row]:
    """How many assignments of an account are on hold, by what makes up the cost of one."""
    return db.execute("SELECT reward, masters, higher_fee, assignments FROM holds WHERE account = ?", (account,))


def insert(db: Connection, *, has_requirements: bool, **columns: Any) -> None:
    """Store a new HIT, by the names of its columns; `has_requirements`: whether its type requires a qualification."""
    (row,) = db.execute(f"{sql.insertion('hits', columns)} RETURNING {_KEPT}", tuple(columns.values())).fetchall()
    if has_requirements:
        _require(db, row)
    _open(db, row)
    _hold(db, row, _held(row))


def change(db: Connection, hit_id: str, **columns: Any) -> None:
    """Set columns of a HIT, by their names."""
    while not _change(db, _kept(db, hit_id), columns):
        pass  # another process has changed it in between


def mark(db: Connection, hit_id: str, flag: Literal["expired", "deleted"]) -> bool:
    """Set a flag of a HIT; False if it is set: of two processes that have read that it is not, one sets it."""
    while not (before := _kept(db, hit_id))[flag]:
        if _change(db, before, {flag: True}):
            return True
    return False


def _kept(db: Connection, hit_id: str) -> Row:
    (row,) = db.execute(f"SELECT {_KEPT} FROM hits WHERE id = ?", (hit_id,)).fetchall()  # noqa: S608
    return row  # type: ignore[no-any-return]


def _change(db: Connection, before: Row, columns: Mapping[str, Any]) -> bool:
    """Set columns of a HIT; False, and nothing is changed, if it is no more what it was."""
    changed = db.execute(
        f"""UPDATE hits SET {", ".join(f"{name} = ?" for name in columns)}
        WHERE sequence = ? AND {" AND ".join(f"{name} = ?" for name in _CHANGING)} RETURNING {_KEPT}""",  # noqa: S608
        (*columns.values(), before["sequence"], *(before[name] for name in _CHANGING)),
    ).fetchall()
    if not changed:
        return False
    (after,) = changed
    if after["deleted"] or after["hit_type_id"] != before["hit_type_id"]:
        db.execute(
            """DELETE FROM hit_requirements WHERE account = ? AND hit_sequence = ? AND qualification_type_id IN (
                SELECT qualification_type_id FROM hit_type_requirements WHERE hit_type_id = ?)""",
            (before["account"], before["sequence"], before["hit_type_id"]),
        )
        if not after["deleted"]:
            _require(db, after)
    _follow(db, before, after)
    return True


def set_reviewable(db: Connection, hit_id: str, since: float | None) -> None:
    """Store since when a HIT is reviewable; one that is not, or no more, is not under review either."""
    db.execute(
        "UPDATE hits SET reviewable_since = ?, reviewing = CASE WHEN ? = 1 THEN reviewing ELSE 0 END WHERE id = ?",
        (since, since is not None, hit_id),
    )


def set_reviewing(db: Connection, hit_id: str, *, reviewing: bool) -> None:
    """Store whether the requester reviews a HIT."""
    db.execute("UPDATE hits SET reviewing = ? WHERE id = ?", (reviewing, hit_id))


def take_place(db: Connection, hit_id: str) -> Row | None:
    """Count one more pending assignment: what the HIT is by that; None, and nothing is counted, if no place is free."""
    changed = db.execute(
        f"UPDATE hits SET pending = pending + 1 WHERE id = ? AND {OPEN} RETURNING {_KEPT}",  # noqa: S608
        (hit_id,),
    ).fetchall()
    for after in changed:
        _counted(db, after, 1, 0, 0)
    return changed[0] if changed else None


def count(db: Connection, hit_id: str, pending: int, submitted: int, completed: int) -> Mapping[str, Any]:
    """Add to a HIT's numbers of assignments; what it was before."""
    (after,) = db.execute(
        f"""UPDATE hits SET pending = pending + ?, submitted = submitted + ?, completed = completed + ? WHERE id = ?
        RETURNING {_KEPT}""",  # noqa: S608
        (pending, submitted, completed, hit_id),
    ).fetchall()
    return _counted(db, after, pending, submitted, completed)


def _counted(db: Connection, after: Row, pending: int, submitted: int, completed: int) -> Mapping[str, Any]:
    before = dict(after)
    before["pending"] -= pending
    before["submitted"] -= submitted
    before["completed"] -= completed
    _follow(db, before, after)
    return before


def _follow(db: Connection, before: Mapping[str, Any] | Row, after: Row) -> None:
    """Have groups, holds and those who have taken it follow what a HIT was and is."""
    was, now = is_open(before), is_open(after)
    moved = before["hit_type_id"] != after["hit_type_id"]
    if was and (moved or not now):
        _close(db, before)
    if now and (moved or not was):
        _open(db, after)
    taken_hits.follow(db, before, after, was_open=was, is_open=now)
    terms = [(row["hit_type_id"], row["max_assignments"] >= HIGHER_FEE_FROM) for row in (before, after)]
    if terms[0] == terms[1]:
        _hold(db, after, _held(after) - _held(before))
    else:
        _hold(db, before, -_held(before))
        _hold(db, after, _held(after))


def _open(db: Connection, row: Row) -> None:
    db.execute(
        """UPDATE hit_types SET open_hits = open_hits + 1,
            newest_open = CASE WHEN newest_open > ? THEN newest_open ELSE ? END WHERE id = ?""",
        (row["creation_time"], row["creation_time"], row["hit_type_id"]),
    )


def _close(db: Connection, row: Mapping[str, Any] | Row) -> None:
    db.execute(
        f"""UPDATE hit_types SET open_hits = open_hits - 1,
            newest_open = CASE WHEN newest_open > ? THEN newest_open ELSE (
                SELECT creation_time FROM hits WHERE hit_type_id = hit_types.id AND {OPEN}
                ORDER BY sequence DESC LIMIT 1
            ) END WHERE id = ?""",  # noqa: S608 - no input in the SQL
        (row["creation_time"], row["hit_type_id"]),
    )


def is_open(row: Mapping[str, Any] | Row) -> bool:
    """Whether a HIT can be accepted: the condition `OPEN`."""
    taken = row["pending"] + row["submitted"] + row["completed"]
    return not row["expired"] and not row["deleted"] and bool(taken < row["max_assignments"])


def _held(row: Mapping[str, Any] | Row) -> int:
    """Assignments that can still be approved: accepted and submitted ones, and while it lives the available ones."""
    if row["deleted"]:
        return 0
    return int(row["pending"] + row["submitted"] if row["expired"] else row["max_assignments"] - row["completed"])


def _hold(db: Connection, row: Mapping[str, Any] | Row, assignments: int) -> None:
    if assignments:
        db.execute(
            """INSERT INTO holds (account, reward, masters, higher_fee, assignments)
            SELECT account, reward, masters, ?, ? FROM hit_types WHERE id = ?
            ON CONFLICT (account, reward, masters, higher_fee)
                DO UPDATE SET assignments = holds.assignments + excluded.assignments""",
            (row["max_assignments"] >= HIGHER_FEE_FROM, assignments, row["hit_type_id"]),
        )


def _require(db: Connection, row: Row) -> None:
    db.execute(
        """INSERT INTO hit_requirements (qualification_type_id, account, hit_sequence)
        SELECT qualification_type_id, ?, ? FROM hit_type_requirements WHERE hit_type_id = ?""",
        (row["account"], row["sequence"], row["hit_type_id"]),
    )
