"""The ceiling on the rate of calls: a bucket of tokens in the database, one for all processes that have it open.

The real service has a ceiling too (observed), and publishes neither its height nor how it counts: all here is guessed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import throttled

if TYPE_CHECKING:
    import sqlite3


def burst(per_second: int) -> int:
    """How many calls may come at once after a quiet time: a tenth of a second's worth, at least one."""
    return max(1, per_second // 10)


def take_token(db: sqlite3.Connection, now: float, per_second: int) -> None:
    """Count a call in; one beyond the ceiling is refused and not counted, so trying harder costs a client nothing."""
    most = burst(per_second)
    row = db.execute("SELECT value FROM meta WHERE key = 'tokens'").fetchone()
    left, since = json.loads(row[0]) if row else (most, now)
    # abs: after the clock was set back nobody waits until it is late enough again
    left = min(most, left + abs(now - since) * per_second)
    if left < 1:
        raise throttled()
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('tokens', ?)", (json.dumps([left - 1, now]),))
