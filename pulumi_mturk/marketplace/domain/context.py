"""The context of every rule: the open transaction, the marketplace's time, its switches, and where ids come from."""

from __future__ import annotations

import math
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    import sqlite3

    from pulumi_mturk.marketplace.switches import Switches

ID_PREFIX: Final = "LOCAL"
_ID_LENGTH: Final = 30
_ID_CHARACTERS: Final = string.ascii_uppercase + string.digits


@dataclass(frozen=True)
class Context:
    """The context of one call, valid inside its transaction."""

    db: sqlite3.Connection
    now: float
    switches: Switches
    ids: random.Random
    """What ids are drawn from: nobody can guess them, unless a test has seeded it."""

    def made_before(self, lag_seconds: int) -> float:
        """The creation time of the youngest thing that is seen with a lag.

        Without a lag all is, also what was made before the clock was reset and has a time ahead of it.
        """
        return self.now - lag_seconds if lag_seconds else math.inf


def new_id(ctx: Context) -> str:
    """A new id: 30 characters A-Z and 0-9 as on the real service (observed); the prefix marks ids of a marketplace."""
    length = _ID_LENGTH - len(ID_PREFIX)
    return ID_PREFIX + "".join(ctx.ids.choices(_ID_CHARACTERS, k=length))
