"""What time alone brings about: which of it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row

# Each part uses an index. `_DUE` is `_NEXT` without the order: five times as fast, and it runs before each call.
# A HIT with assignments that wait for review is not removed.
_TO_REMOVE: Final = """
    reviewable_since <= :now - :kept AND reviewable_since IS NOT NULL AND deleted = 0 AND submitted = 0
"""
_DUE: Final = f"""
    SELECT EXISTS (SELECT 1 FROM assignments WHERE status = 'Accepted' AND deadline <= :now)
        OR EXISTS (SELECT 1 FROM assignments WHERE status = 'Submitted' AND auto_approval_time <= :now)
        OR EXISTS (SELECT 1 FROM hits WHERE expired = 0 AND deleted = 0 AND expiration <= :now)
        OR EXISTS (SELECT 1 FROM hits WHERE {_TO_REMOVE})
"""  # noqa: S608 - no input in the SQL, here and below
_NEXT: Final = f"""
    SELECT * FROM (
        SELECT 'abandon' AS what, id, deadline AS moment FROM assignments
        WHERE status = 'Accepted' AND deadline <= :now ORDER BY deadline LIMIT 1) AS abandoned
    UNION ALL SELECT * FROM (
        SELECT 'approve', id, auto_approval_time FROM assignments
        WHERE status = 'Submitted' AND auto_approval_time <= :now ORDER BY auto_approval_time LIMIT 1) AS approved
    UNION ALL SELECT * FROM (
        SELECT 'expire', id, expiration FROM hits
        WHERE expired = 0 AND deleted = 0 AND expiration <= :now ORDER BY expiration LIMIT 1) AS expired
    UNION ALL SELECT * FROM (
        SELECT 'remove', id, reviewable_since + :kept FROM hits WHERE {_TO_REMOVE}
        ORDER BY reviewable_since LIMIT 1) AS removed
    ORDER BY moment LIMIT 1
"""  # noqa: S608


def is_due(db: Connection, now: float, kept: float | None) -> bool:
    """Whether any event is; `kept`: seconds after which a reviewable HIT is removed, None: never."""
    return bool(db.execute(_DUE, {"now": now, "kept": kept}).fetchone()[0])


def next_due(db: Connection, now: float, kept: float | None) -> Row | None:
    """The one that is due longest: `what` (abandon, approve, expire, remove), `id` and `moment`."""
    return db.execute(_NEXT, {"now": now, "kept": kept}).fetchone()  # type: ignore[no-any-return]
