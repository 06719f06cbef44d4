"""What schema version 7 adds and takes away.

Databases are kept by its two numbers: another value of one is a schema version of its own.
"""

from __future__ import annotations

from typing import Final

INDEXED: Final = 500
"""Characters at the beginning of a long text that an index has.

PostgreSQL's indexes take 2,704 bytes, and a character has up to four; SQLite's take any text.
"""
FEW_PLACES: Final = 200
"""Assignments of a HIT up to which the workers who have taken it are counted in `taken_hits`.

Each time that such a HIT opens or closes the numbers of all of them follow; with more it would take too long.
"""
TAKEN: Final = "status NOT IN ('Returned', 'Abandoned')"
"""The condition for the assignments that a worker has not given back: they take a place of their HIT."""

TAKEN_HITS: Final = (
    # Of each HIT type of which a worker has taken HITs: how many of these can still be accepted, by others, and the
    # number of the one that was taken last. HITs with many places are not counted.
    """CREATE TABLE taken_hits (
        worker_id TEXT NOT NULL,
        hit_type_id TEXT NOT NULL,
        open_hits INTEGER NOT NULL,
        latest INTEGER NOT NULL,
        PRIMARY KEY (worker_id, hit_type_id)
    ) WITHOUT ROWID""",
    f"""INSERT INTO taken_hits (worker_id, hit_type_id, open_hits, latest)
        SELECT worker_id, hits.hit_type_id,
            sum(CASE WHEN expired = 0 AND deleted = 0 AND pending + submitted + completed < max_assignments
                AND max_assignments <= {FEW_PLACES} THEN 1 ELSE 0 END),
            max(hits.sequence)
        FROM assignments JOIN hits ON hits.id = hit_id WHERE {TAKEN} GROUP BY worker_id, hits.hit_type_id""",  # noqa: S608 - ours, as below
    # Whether the HIT has more places: those of a worker are looked at one by one.
    "ALTER TABLE assignments ADD COLUMN of_many INTEGER NOT NULL DEFAULT 0",
    f"UPDATE assignments SET of_many = 1 WHERE hit_id IN (SELECT id FROM hits WHERE max_assignments > {FEW_PLACES})",  # noqa: S608
    f"CREATE INDEX assignments_of_many ON assignments (worker_id, hit_id) WHERE of_many = 1 AND {TAKEN}",
)

LONG_NAMES: Final = (
    # A name may have thousands of bytes, and is indexed and sorted by its beginning.
    "DROP INDEX qualification_types_by_name",
    f"CREATE INDEX qualification_types_by_name ON qualification_types (account, substr(name, 1, {INDEXED}))",
    f"UPDATE qualification_types SET sort_name = substr(sort_name, 1, {INDEXED}) WHERE length(sort_name) > {INDEXED}",  # noqa: S608
)

UNUSED: Final = ("ALTER TABLE hit_types DROP COLUMN deleted",)
