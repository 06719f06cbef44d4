"""HIT types: the groups of HITs that workers find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.storage import sql, trigrams
from pulumi_mturk.marketplace.storage.hits import OPEN
from pulumi_mturk.marketplace.storage.schema_seventh import TAKEN
from pulumi_mturk.marketplace.storage.schema_sixth import pieces_of_hit_types
from pulumi_mturk.marketplace.storage.sql import has, is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

_OWN: Final = "hit_id = hits.id AND worker_id = :worker"
_TAKEN: Final = is_there("assignments", f"{_OWN} AND {TAKEN}")
_GIVEN_BACK: Final = is_there("assignments", f"{_OWN} AND status IN ('Returned', 'Abandoned')")
_WITH_TAKEN: Final = """SELECT hit_types.*, (
        SELECT taken.open_hits FROM taken_hits AS taken
        WHERE taken.worker_id = :worker AND taken.hit_type_id = hit_types.id
    ) AS taken FROM hit_types"""


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """Those of all accounts, also deleted ones, in their order, after the one of this number."""
    return db.execute("SELECT * FROM hit_types WHERE sequence > ? ORDER BY sequence", (sequence,))


def of_identity(db: Connection, account: int, identity: str) -> list[Row]:
    """Those of an account whose values have this digest, also deleted ones."""
    statement = "SELECT * FROM hit_types WHERE account = ? AND identity = ?"
    return db.execute(statement, (account, identity)).fetchall()


def insert(db: Connection, required: Iterable[str], **columns: Any) -> None:
    """Store a new HIT type, by the names of its columns, with the qualification types that it requires."""
    words = (columns["title"], columns["description"], columns["keywords"] or "")
    values = {**columns, "folded_words": trigrams.folded("\n".join(words))}
    sql.insert(db, "hit_types", values)
    db.execute(
        f"INSERT INTO hit_type_trigrams (trigram, sequence) {pieces_of_hit_types('WHERE id = :id')}",
        {"id": columns["id"]},
    )
    db.executemany(
        "INSERT INTO hit_type_requirements (hit_type_id, qualification_type_id) VALUES (?, ?)",
        [(columns["id"], identity) for identity in dict.fromkeys(required)],
    )


def find(db: Connection, identity: str) -> Row | None:
    """The HIT type with this id, deleted or not."""
    return db.execute("SELECT * FROM hit_types WHERE id = ?", (identity,)).fetchone()  # type: ignore[no-any-return]


def has_hits(db: Connection, identity: str) -> bool:
    """Whether a HIT type has HITs that were not deleted."""
    statement = "SELECT 1 FROM hits WHERE hit_type_id = ? AND deleted = 0 LIMIT 1"
    return db.execute(statement, (identity,)).fetchone() is not None


def requires_deleted(db: Connection, identity: str) -> bool:
    """Whether a HIT type requires a qualification type that was deleted, and so is deleted with it."""
    statement = """SELECT 1 FROM hit_type_requirements JOIN qualification_types ON id = qualification_type_id
        WHERE hit_type_id = ? AND held_until IS NOT NULL LIMIT 1"""
    return db.execute(statement, (identity,)).fetchone() is not None


def set_last_used(db: Connection, identity: str, time: float) -> None:
    """Store when a HIT type was last used."""
    db.execute("UPDATE hit_types SET last_used = ? WHERE id = ?", (time, identity))


def by_either_id(db: Connection, identity: str) -> Row | None:
    """The HIT type with this id, or whose group has it."""
    row = find(db, identity)
    if row is None:
        row = db.execute("SELECT * FROM hit_types WHERE group_id = ?", (identity,)).fetchone()
    return row


def with_open_hits(db: Connection, worker_id: str, words: str, before: tuple[float, int]) -> Iterator[Row]:
    """Those with a HIT that somebody can accept, the newest HIT first; `before`: its time, and the type's number.

    The words stand in title, description or keywords. `taken`: how many of the open HITs the worker has taken, but for
    those with many places.
    """
    words = trigrams.folded(words)
    values = {"newest": before[0], "sequence": before[1], "words": words, "worker": worker_id}
    condition = f"""open_hits > 0 AND (newest_open, sequence) < (:newest, :sequence)
        AND {has("folded_words", ":words")}"""
    order = "ORDER BY newest_open DESC, sequence DESC"
    if words and (piece := trigrams.rarest(db, "groups", words)).is_few:
        found = db.execute(
            f"""SELECT id FROM hit_types WHERE sequence IN ({trigrams.with_piece("groups")}) AND {condition}
            {order}""",  # noqa: S608 - no input in the SQL, here and below
            {**values, "first": piece.first, "last": piece.last},
        )
        ids = ({"id": row["id"], "worker": worker_id} for row in found)
        return (db.execute(f"{_WITH_TAKEN} WHERE id = :id", each).fetchone() for each in ids)
    return db.execute(f"{_WITH_TAKEN} WHERE {condition} {order}", values)


def taken_with_many_places(db: Connection, worker_id: str) -> dict[str, int]:
    """How many of the open HITs of each type, of those with many places, the worker has taken."""
    # the worker's ones first: PostgreSQL may go through all open HITs, where it takes them for fewer
    return dict(
        db.execute(
            f"""WITH mine AS MATERIALIZED (
                SELECT hit_id FROM assignments
                WHERE worker_id = ? AND of_many = 1 AND {TAKEN}
            )
            SELECT hits.hit_type_id, count(*) FROM mine JOIN hits ON hits.id = hit_id WHERE {OPEN}
            GROUP BY hits.hit_type_id""",  # noqa: S608
            (worker_id,),
        ).fetchall()
    )


def newest_for(db: Connection, hit_type_id: str, worker_id: str) -> float:
    """The creation time of the newest open HIT that the worker has not taken."""
    row = db.execute(
        f"""SELECT creation_time FROM hits WHERE hit_type_id = :type AND {OPEN} AND NOT {_TAKEN}
        ORDER BY sequence DESC LIMIT 1""",  # noqa: S608
        {"type": hit_type_id, "worker": worker_id},
    ).fetchone()
    return float(row["creation_time"])


def next_hit(db: Connection, hit_type_id: str, worker_id: str) -> str | None:
    """The next open HIT of a type that the worker has not taken; one that was given back comes last.

    The next one is the oldest of those after the one that was taken last, or else of all: a worker who takes one after
    the other has taken those before it, which would be gone through each time.
    """
    values: dict[str, Any] = {"type": hit_type_id, "worker": worker_id}
    latest = db.execute(
        "SELECT latest FROM taken_hits WHERE worker_id = :worker AND hit_type_id = :type", values
    ).fetchone()
    found = _next_after(db, values, 0 if latest is None else latest["latest"])
    if found is None and _are_left(db, values):
        found = _next_after(db, values, 0) or _next_given_back(db, values)
    return found


def _next_after(db: Connection, values: Mapping[str, Any], sequence: int) -> str | None:
    row = db.execute(
        f"""SELECT id FROM hits WHERE hit_type_id = :type AND {OPEN} AND sequence > :after
            AND NOT {_TAKEN} AND NOT {_GIVEN_BACK}
        ORDER BY sequence LIMIT 1""",  # noqa: S608
        {**values, "after": sequence},
    ).fetchone()
    return None if row is None else str(row["id"])


def _next_given_back(db: Connection, values: Mapping[str, Any]) -> str | None:
    row = db.execute(
        f"""SELECT min(hits.sequence), hits.id FROM assignments JOIN hits ON hits.id = assignments.hit_id
        WHERE worker_id = :worker AND status IN ('Returned', 'Abandoned') AND hit_type_id = :type AND {OPEN}
            AND NOT {_TAKEN}
        GROUP BY hits.id ORDER BY 1 LIMIT 1""",  # noqa: S608
        values,
    ).fetchone()
    return None if row is None else str(row["id"])


def _are_left(db: Connection, values: Mapping[str, Any]) -> bool:
    """Whether a type has open HITs that the worker has not taken."""
    row = db.execute(f"{_WITH_TAKEN} WHERE id = :type", values).fetchone()
    # one that was given back may have got another type since, of which the worker has taken none
    taken = row["taken"] or 0
    if row["open_hits"] == taken:
        return False
    with_many_places = taken_with_many_places(db, values["worker"])
    return bool(row["open_hits"] > taken + with_many_places.get(row["id"], 0))
