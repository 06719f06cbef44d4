"""What a database that was restored from a backup takes over from the one that it replaces.

Else a restoration would undo what was done to protect somebody: whoever was erased would be back, a revoked access key
or invitation valid, a closed account open, a passphrase or passkey good that was replaced because others had it. What
was made since the backup is not taken over: it is gone, as all of that time is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import audit, erasure, retention
from pulumi_mturk.marketplace.storage import access

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.erasure import Erasure
    from pulumi_mturk.marketplace.storage.access import Access


@dataclass(frozen=True)
class Replaced:
    """What is taken over."""

    erasures: list[Erasure]
    access: Access
    kept_since: float
    """The time from which on its audit log is kept."""


@dataclass(frozen=True)
class TakenOver:
    """How much was."""

    erased: int = 0
    """Workers."""
    keys: int = 0
    accounts: int = 0
    invitations: int = 0
    workers: int = 0
    """Those who sign in with what they had in the database that is replaced."""
    operator_key: bool = False


def read(ctx: Context) -> Replaced:
    """Read it in the database that is replaced."""
    return Replaced(erasure.ledger(ctx), access.read(ctx.db), retention.kept_since(ctx, "audit"))


def finish(ctx: Context, replaced: Replaced | None) -> TakenOver:
    """Take it over into a database that was restored, if there is one to take it over from; all sessions end.

    What stands in the place of another, the operator's key and what workers sign in with, is taken over if the database
    that is replaced goes on from the backup: its audit log has all that the backup's has. After a restoration of the
    wrong, older backup it does not, and those of the backup stay.
    """
    taken = TakenOver()
    if replaced is not None:
        there = replaced.access
        is_later = there.goes_on_from(access.read(ctx.db), replaced.kept_since)
        taken = TakenOver(
            keys=access.revoke_keys(ctx.db, there),
            accounts=access.close_accounts(ctx.db, there),
            invitations=access.revoke_invitations(ctx.db, there),
            workers=access.replace_sign_in(ctx.db, there) if is_later else 0,
            operator_key=is_later and access.replace_operator_key(ctx.db, there),
            erased=erasure.apply(ctx, replaced.erasures),  # last: they have no way in
        )
        access.add_to_log(ctx.db, there)
    access.end_sessions(ctx.db)
    audit.by_operator(ctx, "restored")
    return taken
