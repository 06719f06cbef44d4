"""The rate limit on calls: a token bucket in the database, shared by all processes that have it open.

The real service has a rate limit too (observed); its height and algorithm are unpublished, so all here is guessed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import throttled
from pulumi_mturk.marketplace.storage import meta

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection


def burst(per_second: int) -> int:
    """The bucket's size: the calls of a tenth of a second, at least one."""
    return max(1, per_second // 10)


def take_token(db: Connection, now: float, per_second: int) -> None:
    """Take a token for a call. Raises a throttling error if none is left; refused calls take none."""
    maximum = burst(per_second)
    bucket = meta.get(db, "tokens")
    left, since = json.loads(bucket) if bucket else (maximum, now)
    # abs: after the clock was set back the bucket has to fill, too
    left = min(maximum, left + abs(now - since) * per_second)
    if left < 1:
        raise throttled()
    meta.put(db, "tokens", json.dumps([left - 1, now]))
