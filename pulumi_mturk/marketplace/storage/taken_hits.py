"""How many of the open HITs of each type a worker has taken, and so can't take again: kept, not counted.

The numbers follow what a worker takes and gives back, and what opens and closes HITs. HITs with many places are
not counted, since too many numbers would follow each time: their assignments are marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.storage.schema_seventh import FEW_PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

    HIT = Mapping[str, Any] | Row

_OF_HIT: Final = "hit_id = :hit AND status IN ('Accepted', 'Submitted', 'Approved', 'Rejected')"
"""By the index of the statuses: a HIT may have been given back by any number of workers."""


def is_of_many(hit: HIT) -> bool:
    """Whether a HIT has many places."""
    return bool(hit["max_assignments"] > FEW_PLACES)


def take(db: Connection, worker_id: str, hit: HIT, *, is_open: bool) -> None:
    """Count a HIT that a worker has taken; `is_open`: whether others can still accept it."""
    db.execute(
        """INSERT INTO taken_hits (worker_id, hit_type_id, open_hits, latest) VALUES (?, ?, ?, ?)
        ON CONFLICT (worker_id, hit_type_id)
            DO UPDATE SET open_hits = taken_hits.open_hits + excluded.open_hits, latest = excluded.latest""",
        (worker_id, hit["hit_type_id"], is_open and not is_of_many(hit), hit["sequence"]),
    )


def give_back(db: Connection, worker_id: str, hit: HIT, *, was_open: bool) -> None:
    """Count a HIT no more that a worker has given back; `was_open`: whether others could accept it until then."""
    if was_open and not is_of_many(hit):
        db.execute(
            "UPDATE taken_hits SET open_hits = open_hits - 1 WHERE worker_id = ? AND hit_type_id = ?",
            (worker_id, hit["hit_type_id"]),
        )


def follow(db: Connection, before: HIT, after: HIT, *, was_open: bool, is_open: bool) -> None:
    """Have the numbers of all who have taken a HIT follow what it was and is; one that was taken keeps its type."""
    was, now = was_open and not is_of_many(before), is_open and not is_of_many(after)
    if was != now and after["pending"] + after["submitted"] + after["completed"]:
        db.execute(
            f"""UPDATE taken_hits SET open_hits = open_hits + :number
            WHERE hit_type_id = :type AND worker_id IN (SELECT worker_id FROM assignments WHERE {_OF_HIT})""",  # noqa: S608 - ours, here and below
            {"hit": after["id"], "type": after["hit_type_id"], "number": 1 if now else -1},
        )
    if is_of_many(after) and not is_of_many(before):
        db.execute(f"UPDATE assignments SET of_many = 1 WHERE {_OF_HIT}", {"hit": after["id"]})  # noqa: S608
