"""What time alone brings about: which of it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pulumi_mturk.marketplace.storage.meta import REJECTING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row


class Kind(NamedTuple):
    """One kind of event: what is due, by a condition that an index serves, and when it became due."""

    table: str
    condition: str
    since: str
    """The column by which what is due longest comes first."""
    moment: str
    id: str = "id"


# A HIT with assignments that wait for review is not removed.
KINDS: Final = {
    "abandon": Kind("assignments", "status = 'Accepted' AND deadline <= :now", "deadline", "deadline"),
    "approve": Kind(
        "assignments",
        "status = 'Submitted' AND auto_approval_time <= :now",
        "auto_approval_time",
        "auto_approval_time",
    ),
    "expire": Kind("hits", "expired = 0 AND deleted = 0 AND expiration <= :now", "expiration", "expiration"),
    "remove": Kind(
        "hits",
        "reviewable_since <= :now - :kept AND reviewable_since IS NOT NULL AND deleted = 0 AND submitted = 0",
        "reviewable_since",
        "reviewable_since + :kept",
    ),
    # After all others. A space and the character after it: the keys of deleted qualification types.
    "reject": Kind("meta", f"key > '{REJECTING}' AND key < '{REJECTING[:-1]}!'", "key", ":now + 1", id="value"),
}
# No input is in the SQL. `_DUE` is `_NEXT` without the order: five times as fast, and it runs before each call.
_ANY: Final = " OR ".join(f"EXISTS (SELECT 1 FROM {kind.table} WHERE {kind.condition})" for kind in KINDS.values())  # noqa: S608
_DUE: Final = f"SELECT {_ANY}"
_EACH: Final = " UNION ALL ".join(
    f"""SELECT * FROM (SELECT '{name}' AS what, {kind.id} AS id, {kind.moment} AS moment FROM {kind.table}
        WHERE {kind.condition} ORDER BY {kind.since} LIMIT 1) AS of_{name}"""  # noqa: S608
    for name, kind in KINDS.items()
)
_NEXT: Final = f"{_EACH} ORDER BY moment LIMIT 1"


def is_due(db: Connection, now: float, kept: float | None) -> bool:
    """Whether any event is; `kept`: seconds after which a reviewable HIT is removed, None: never."""
    return bool(db.execute(_DUE, {"now": now, "kept": kept}).fetchone()[0])


def next_due(db: Connection, now: float, kept: float | None) -> Row | None:
    """The one that is due longest: `what` (a key of `KINDS`), `id` and `moment`."""
    return db.execute(_NEXT, {"now": now, "kept": kept}).fetchone()  # type: ignore[no-any-return]
