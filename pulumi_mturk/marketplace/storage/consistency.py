"""Whether a database is whole: its schema, what SQLite says of it, and numbers that are kept against counted ones."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.storage.migrations import create, current
from pulumi_mturk.marketplace.storage.postgresql_statements import schema
from pulumi_mturk.marketplace.storage.schema_seventh import FEW_PLACES, INDEXED, TAKEN
from pulumi_mturk.marketplace.storage.schema_sixth import pieces_of_hit_types, pieces_of_types
from pulumi_mturk.marketplace.text import count

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

# HITs that can be accepted, as the schema has it.
_OPEN: Final = "expired = 0 AND deleted = 0 AND pending + submitted + completed < max_assignments"
KEPT_AND_COUNTED: Final = {
    "assignments of HITs": (
        "SELECT id, pending, submitted, completed FROM hits",
        """SELECT id, (SELECT count(*) FROM assignments WHERE hit_id = hits.id AND status = 'Accepted'),
            (SELECT count(*) FROM assignments WHERE hit_id = hits.id AND status = 'Submitted'),
            (SELECT count(*) FROM assignments WHERE hit_id = hits.id AND status IN ('Approved', 'Rejected'))
        FROM hits""",
    ),
    "open HITs": (
        "SELECT id, open_hits FROM hit_types",
        f"SELECT id, (SELECT count(*) FROM hits WHERE hit_type_id = hit_types.id AND {_OPEN}) FROM hit_types",  # noqa: S608
    ),
    "newest open HITs": (
        "SELECT id, newest_open FROM hit_types WHERE open_hits > 0",
        f"SELECT hit_type_id, max(creation_time) FROM hits WHERE {_OPEN} GROUP BY hit_type_id",  # noqa: S608
    ),
    "payments": (
        "SELECT account, value FROM totals WHERE name = 'paid' AND value <> 0",
        "SELECT account, sum(amount_cents + fee_cents) FROM payments GROUP BY account",
    ),
    "workers' pay": (
        "SELECT worker_id, reward_cents, bonus_cents FROM worker_counts WHERE reward_cents + bonus_cents <> 0",
        """SELECT * FROM (
            SELECT worker_id, sum(CASE WHEN kind = 'Reward' THEN amount_cents ELSE 0 END) AS rewards,
                sum(CASE WHEN kind = 'Bonus' THEN amount_cents ELSE 0 END) AS bonuses
            FROM payments GROUP BY worker_id
        ) AS paid WHERE rewards + bonuses <> 0""",
    ),
    "blocks": (
        "SELECT account, value FROM totals WHERE name = 'blocks' AND value <> 0",
        "SELECT account, count(*) FROM blocks GROUP BY account",
    ),
    "holds": (
        "SELECT account, reward, masters, higher_fee, assignments FROM holds WHERE assignments <> 0",
        """SELECT * FROM (
            SELECT hits.account, reward, masters, CASE WHEN max_assignments >= 10 THEN 1 ELSE 0 END,
                sum(CASE WHEN expired = 1 THEN pending + submitted ELSE max_assignments - completed END) AS held
            FROM hits JOIN hit_types ON hit_types.id = hit_type_id WHERE hits.deleted = 0 GROUP BY 1, 2, 3, 4
        ) AS counted WHERE held <> 0""",
    ),
    "workers' assignments": (
        "SELECT worker_id, accepted, submitted, abandoned, returned, approved, rejected FROM worker_counts",
        """SELECT worker_id, count(*), count(CASE WHEN status IN ('Submitted', 'Approved', 'Rejected') THEN 1 END),
            count(CASE WHEN status = 'Abandoned' THEN 1 END), count(CASE WHEN status = 'Returned' THEN 1 END),
            count(CASE WHEN status = 'Approved' THEN 1 END), count(CASE WHEN status = 'Rejected' THEN 1 END)
        FROM assignments GROUP BY worker_id""",
    ),
    "HITs that workers have taken": (
        "SELECT worker_id, hit_type_id, open_hits FROM taken_hits WHERE open_hits <> 0",
        f"""SELECT worker_id, hit_type_id, count(*) FROM assignments JOIN hits ON hits.id = hit_id
        WHERE {TAKEN} AND {_OPEN} AND max_assignments <= {FEW_PLACES} GROUP BY worker_id, hit_type_id""",  # noqa: S608
    ),
    "assignments of HITs with many places": (
        f"SELECT id FROM assignments WHERE of_many = 1 AND {TAKEN}",  # noqa: S608
        f"""SELECT assignments.id FROM assignments JOIN hits ON hits.id = hit_id
        WHERE {TAKEN} AND max_assignments > {FEW_PLACES}""",  # noqa: S608
    ),
    "requirements of HITs": (
        "SELECT qualification_type_id, account, hit_sequence FROM hit_requirements",
        """SELECT qualification_type_id, account, sequence FROM hits JOIN hit_type_requirements USING (hit_type_id)
        WHERE deleted = 0""",
    ),
    "accounts of HITs": (
        "SELECT id, account FROM hits",
        "SELECT hits.id, hit_types.account FROM hits JOIN hit_types ON hit_types.id = hit_type_id",
    ),
    "accounts of assignments": (
        "SELECT id, account FROM assignments",
        "SELECT assignments.id, hits.account FROM assignments JOIN hits ON hits.id = hit_id",
    ),
    "accounts of payments": (
        "SELECT sequence, account FROM payments",
        """SELECT payments.sequence, assignments.account FROM payments
        JOIN assignments ON assignments.id = assignment_id""",
    ),
    "words of types": (
        f"SELECT sequence, substr(name, 1, {INDEXED}) FROM type_texts",  # noqa: S608
        "SELECT sequence, sort_name FROM qualification_types",
    ),
    "pieces of types' words": ("SELECT part, trigram, sequence FROM type_trigrams", pieces_of_types()),
    "pieces of HIT types' words": ("SELECT trigram, sequence FROM hit_type_trigrams", pieces_of_hit_types()),
    "HITs of bonuses": (
        "SELECT sequence, hit_id FROM payments",
        """SELECT payments.sequence, assignments.hit_id FROM payments
        JOIN assignments ON assignments.id = assignment_id""",
    ),
}
"""What is kept, and what is counted, in rows of the same form."""
_PARTS_ON_SERVER: Final = """
    WITH classes AS (SELECT oid, relname, relkind FROM pg_class
        WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()))
    SELECT 1 AS place, 'table ' || relname AS name FROM classes WHERE relkind IN ('r', 'p')
    UNION ALL SELECT 2, 'constraint ' || pg_get_constraintdef(pg_constraint.oid) || ' of the table ' || relname
        FROM pg_constraint JOIN classes ON classes.oid = conrelid WHERE contype IN ('p', 'u', 'f')
    UNION ALL SELECT 3, 'index ' || relname FROM classes
        WHERE relkind = 'i' AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = classes.oid)
"""
"""What the schema that is used has; primary keys, unique constraints and foreign keys by what they say, for a migrated
database has other names of them."""
_COUNTED: Final = {
    "qualification types": "SELECT count(*) FROM qualification_types WHERE held_until IS NULL",
    "workers": "SELECT count(*) FROM workers",
    "HITs": "SELECT count(*) FROM hits WHERE deleted = 0",
    "assignments": "SELECT count(*) FROM assignments",
    "payments": "SELECT count(*) FROM payments",
    "cents paid": "SELECT coalesce(sum(amount_cents), 0) FROM payments",
    "cents owed": "SELECT coalesce(sum(amount_cents), 0) FROM payments WHERE payout IS NULL",
}


def contents(db: Connection) -> dict[str, int]:
    """How much there is of what."""
    return {what: int(db.execute(statement).fetchone()[0]) for what, statement in _COUNTED.items()}


def problems(db: Connection) -> list[str]:
    """What is wrong with an SQLite database, without an id; empty where nothing is."""
    found = [f"SQLite: {row[0]}" for row in db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
    if found:  # whatever is counted in a broken file says nothing
        return found
    with contextlib.closing(sqlite3.connect(":memory:")) as new:
        create(new)
        expected, there = _parts(new), _parts(db)
    if expected != there:
        return [f"the {kind} {name} is missing" for kind, name in sorted(expected - there)] + [
            f"the {kind} {name} is not a marketplace's" for kind, name in sorted(there - expected)
        ]
    tables = sorted({row[0] for row in db.execute("PRAGMA foreign_key_check")})
    found += [f"rows of {table} refer to what is not there" for table in tables]
    return found + problems_of_numbers(db)


def missing_on_server(db: Connection) -> str | None:
    """What of the schema a server's database lacks; needs a writing transaction, in which nothing stays changed.

    pg_restore makes indexes and constraints last: where it was interrupted, all rows may be there without them.
    """
    there = _parts_on_server(db)
    db.execute("SAVEPOINT before")
    db.execute("SET LOCAL search_path = pg_temp")  # what is made there is this connection's alone
    for statement in schema(current()):
        db.execute(statement)
    missing = sorted(_parts_on_server(db) - there)
    db.execute("ROLLBACK TO SAVEPOINT before")
    if not missing:
        return None
    more = f", and {count(len(missing) - 1, 'other part')}" if len(missing) > 1 else ""
    return f"the {missing[0][1]} is missing{more}"


def _parts_on_server(db: Connection) -> set[tuple[int, str]]:
    """The tables, constraints and indexes of the schema that is used, each after a number of its kind."""
    return {(row["place"], row["name"]) for row in db.execute(_PARTS_ON_SERVER).fetchall()}


def problems_of_numbers(db: Connection) -> list[str]:
    """What is wrong with the numbers that are kept, on either engine."""
    return [f"{what}: what is kept is not what is counted" for what in wrong_numbers(db)]


def _parts(db: Connection | sqlite3.Connection) -> set[tuple[str, str]]:
    """The kinds and names of what the schema of an SQLite database has; its own tables aside."""
    rows = db.execute("SELECT type, name FROM sqlite_master")
    return {(str(row[0]), str(row[1])) for row in rows if not str(row[1]).startswith("sqlite_")}


def wrong_numbers(db: Connection) -> list[str]:
    """Which of the numbers that are kept are not those that counting gives."""
    return [what for what, (kept, counted) in KEPT_AND_COUNTED.items() if _differ(db, kept, counted)]


def _differ(db: Connection, kept: str, counted: str) -> bool:
    """Whether two statements differ in their rows, of which what is kept has none twice; the database compares them."""
    found = db.execute(
        f"""SELECT (SELECT count(*) FROM ({kept}) AS kept) <> (SELECT count(*) FROM ({counted}) AS counted)
            OR EXISTS (SELECT * FROM ({kept}) AS kept EXCEPT SELECT * FROM ({counted}) AS counted)"""  # noqa: S608 - ours
    ).fetchone()
    return bool(found[0])
