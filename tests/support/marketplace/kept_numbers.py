"""Whether the numbers that the marketplace keeps are those that counting gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# Each selects what is kept, and what is counted, in rows of the same form.
_OPEN = "NOT expired AND NOT deleted AND pending + submitted + completed < max_assignments"
KEPT_AND_COUNTED = {
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
    "blocks": (
        "SELECT account, value FROM totals WHERE name = 'blocks' AND value <> 0",
        "SELECT account, count(*) FROM blocks GROUP BY account",
    ),
    "holds": (
        "SELECT account, reward, masters, higher_fee, assignments FROM holds WHERE assignments <> 0",
        """SELECT * FROM (
            SELECT hits.account, reward, masters, max_assignments >= 10,
                sum(iif(expired, pending + submitted, max_assignments - completed)) AS held
            FROM hits JOIN hit_types ON hit_types.id = hit_type_id WHERE NOT hits.deleted GROUP BY 1, 2, 3, 4
        ) WHERE held <> 0""",
    ),
    "workers' assignments": (
        "SELECT worker_id, accepted, submitted, abandoned, returned, approved, rejected FROM worker_counts",
        """SELECT worker_id, count(*), sum(status IN ('Submitted', 'Approved', 'Rejected')), sum(status = 'Abandoned'),
            sum(status = 'Returned'), sum(status = 'Approved'), sum(status = 'Rejected')
        FROM assignments GROUP BY worker_id""",
    ),
    "requirements of HITs": (
        "SELECT qualification_type_id, account, hit_sequence FROM hit_requirements",
        """SELECT qualification_type_id, account, sequence FROM hits JOIN hit_type_requirements USING (hit_type_id)
        WHERE NOT deleted""",
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
    "HITs of bonuses": (
        "SELECT sequence, hit_id FROM payments",
        """SELECT payments.sequence, assignments.hit_id FROM payments
        JOIN assignments ON assignments.id = assignment_id""",
    ),
}


def check_kept_numbers(db: sqlite3.Connection) -> None:
    """Fail unless each number that is kept is the one that counting gives."""
    for what, (kept, counted) in KEPT_AND_COUNTED.items():
        rows = [sorted(map(tuple, db.execute(statement).fetchall())) for statement in (kept, counted)]
        assert rows[0] == rows[1], what
