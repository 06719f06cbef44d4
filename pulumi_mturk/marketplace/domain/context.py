"""The context of every rule: the open transaction, the marketplace's time, its switches, and where ids come from."""

from __future__ import annotations

import math
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

    from pulumi_mturk.marketplace.storage.sql import Connection
    from pulumi_mturk.marketplace.switches import Switches

ID_PREFIX: Final = "LOCAL"
_ID_LENGTH: Final = 30
_ID_CHARACTERS: Final = string.ascii_uppercase + string.digits
_ID_BITS: Final = 162


@dataclass(frozen=True)
class Context:
    """The context of one call, valid inside its transaction."""

    db: Connection
    now: float
    switches: Switches
    ids: random.Random
    """What ids are drawn from: nobody can guess them, unless a test has seeded it."""
    caller: int | None = None
    """The account that calls; None where a worker, the operator or a due event acts."""
    place: str = ""
    """The name of the database: what workers read as the name of a requester who was given none."""
    names: dict[int, str] = field(default_factory=dict)
    """Of accounts that were asked for in this transaction: a list has few requesters."""

    @property
    def account(self) -> int:
        """The requester's account that calls.

        Raises:
            LookupError: none does: what a worker or a due event does asks the HIT, or the type, for its account.

        """
        if self.caller is None:
            raise LookupError("No requester calls here.")
        return self.caller

    def reaches(self, account: int) -> bool:
        """Whether what belongs to an account exists for the caller; no other requester's does, and workers see all."""
        return self.caller in (None, account)

    def made_before(self, lag_seconds: int) -> float:
        """The creation time of the youngest thing that is seen with a lag.

        Without a lag all is, also what was made before the clock was reset and has a time ahead of it.
        """
        return self.now - lag_seconds if lag_seconds else math.inf


def new_id(ctx: Context) -> str:
    """A new id: 30 characters A-Z and 0-9 as on the real service (observed); the prefix marks ids of a marketplace."""
    # one draw: the machine's randomness is asked for each, and 32 bits more than needed leave no character more likely
    number = ctx.ids.getrandbits(_ID_BITS)
    drawn = []
    for _ in range(_ID_LENGTH - len(ID_PREFIX)):
        number, character = divmod(number, len(_ID_CHARACTERS))
        drawn.append(_ID_CHARACTERS[character])
    return ID_PREFIX + "".join(drawn)
