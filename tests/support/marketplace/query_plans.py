"""No statement scans a table that grows: the plan of each one that a test has the package run is looked at.

SQLite tells its plan by EXPLAIN QUERY PLAN. What reads a whole table, or sorts what it reads, stands in the exceptions
with its reason.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from typing import Any, Final

NOT_GROWING: Final = {
    "meta": "a row for each setting",
    "sqlite_master": "the schema",
    "accounts": "a row for each requester",
    "access_keys": "a few rows for each of them",
    "faults": "injected by a test, and gone once they have acted",
    "totals": "a row for each number that is kept",
    "request_counts": "some rows for each kind of request",
    "holds": "a row for each reward that HITs have",
}
_WHOLE: Final = "a command, or a method for tests, shows all of it"
_OWN: Final = "what one worker has, of which all is shown or needed"
_ERASURE: Final = "an erasure, or what it does again in a restored copy: rare, and thorough"
_WORDS: Final = "the words of one type, or of few that are sorted"
_SIMULATED: Final = "a simulation's, on a copy of the file, once for each type"
EXCEPTIONS: Final = {
    "GROUP BY hits.hit_type_id": _OWN,
    "status IN ('Returned', 'Abandoned') AND hit_type_id = :type": _OWN,
    "SELECT 'abandon' AS what": "sorts five rows",
    "SELECT id FROM hits WHERE expired = 1 AND deleted = 0 AND expiration > ?": "the clock is set back, by a test",
    "UPDATE sessions SET created = created + :seconds": "the clock is set back, by a test",
    "UPDATE invitations SET created = created + :seconds": "the clock is set back, by a test",
    "SELECT * FROM calls ORDER BY sequence": _WHOLE,
    "DELETE FROM calls": _WHOLE,
    "FROM payments WHERE payout IS NULL GROUP BY account, worker_id": "all that is owed is listed, of an index",
    "SELECT count(*) FROM qualification_requests WHERE status = 'Pending'": _WHOLE,
    "SELECT * FROM erasures": _ERASURE,
    "SELECT DISTINCT worker_id FROM": _ERASURE,
    "SELECT * FROM audit WHERE actor = :worker OR subject LIKE": "an export of a worker: rare, and thorough",
    "WITH RECURSIVE texts": _WORDS,
    "AND sequence IN (SELECT sequence FROM type_trigrams": _WORDS,
    "WHERE sequence IN (SELECT sequence FROM hit_type_trigrams": _WORDS,
    "SELECT worker_id FROM blocks": _SIMULATED,
    "SELECT worker_id, status FROM qualification_requests": _SIMULATED,
    "SELECT count(*) FROM blocks WHERE account = ? AND substr(": _SIMULATED,
}
"""Parts of statements, with spaces and line ends made one space, and why they may scan or sort."""
_WHOLE_FILES: Final = (
    "pulumi_mturk.marketplace.storage.migrations",
    "pulumi_mturk.marketplace.storage.consistency",
    "pulumi_mturk.marketplace.storage.access",  # of a restoration, which looks at each row anyway
)
_READS: Final = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_SCAN: Final = re.compile(r"SCAN (\w+)")
_TABLES: Final = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)", re.IGNORECASE)


class Watched(sqlite3.Connection):
    """A connection that looks at the plan of each statement of the package before its first run."""

    seen: Final[set[str]] = set()
    findings: Final[list[str]] = []

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a statement."""
        if sql not in self.seen and _READS.match(sql):
            caller = str(sys._getframe(1).f_globals.get("__name__"))
            if caller.startswith("pulumi_mturk.") and caller not in _WHOLE_FILES:
                self.seen.add(sql)
                self.findings.extend(self._found(sql, parameters))
        return super().execute(sql, parameters)

    def _found(self, sql: str, parameters: Any) -> list[str]:
        words = " ".join(sql.split())
        if any(exception in words for exception in EXCEPTIONS):
            return []
        plan = [row[3] for row in super().execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()]
        growing = set(_TABLES.findall(words)) - NOT_GROWING.keys()
        steps = [step for step in plan if _is_bad(step, growing)]
        return [f"{words}\n    {'; '.join(steps)}"] if steps else []


def _is_bad(step: str, growing: set[str]) -> bool:
    if found := _SCAN.match(step):
        return found[1] in growing
    return step.startswith("USE TEMP B-TREE") and bool(growing)
