"""What a database that was restored from a backup takes over from the one that it replaces.

Else a restoration would undo what was done to protect somebody: whoever was erased would be back, a revoked access key
or invitation valid, a closed account open, a passphrase or passkey good that was replaced because others had it. What
was made since the backup is not taken over: it is gone, as all of that time is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import audit, erasure, retention
from pulumi_mturk.marketplace.storage import access

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_mturk.marketplace.domain.audit import Entry
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.erasure import Erasure
    from pulumi_mturk.marketplace.storage.access import Access
    from pulumi_mturk.marketplace.storage.sql import Row

_BEGINNINGS: Final = {
    "access key revoked": "access key made",
    "account closed": "account added",
    "invitation revoked": "invitation made",
}
"""What the log notes of the end of something, and of its beginning."""


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
    payouts: int = 0
    """Those that the backup lacks, which are not taken over: what they paid is owed again."""


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
        there, here = replaced.access, access.read(ctx.db)
        is_later = there.goes_on_from(here, replaced.kept_since)
        ended = _ended(there.log, [row for row in here.log if row["time"] >= replaced.kept_since])
        taken = TakenOver(
            keys=access.revoke_keys(
                ctx.db, there, [(each.time, each.subject.removeprefix("key:")) for each in ended["access key revoked"]]
            ),
            accounts=access.close_accounts(
                ctx.db, there, [(each.time, each.account) for each in ended["account closed"] if each.account]
            ),
            invitations=access.revoke_invitations(
                ctx.db, there, [(each.time, int(each.subject)) for each in ended["invitation revoked"]]
            ),
            workers=access.replace_sign_in(ctx.db, there) if is_later else 0,
            operator_key=is_later and access.replace_operator_key(ctx.db, there),
            payouts=_payouts(there.beyond(here)),
            erased=erasure.apply(ctx, replaced.erasures),  # last: they have no way in
        )
        access.add_to_log(ctx.db, there)
    access.end_sessions(ctx.db)
    audit.by_operator(ctx, "restored")
    return taken


def _payouts(log: Iterable[Row]) -> int:
    """How many payouts a log notes, each by an entry for each worker."""
    paid = [audit.entry(row) for row in log if row["action"] == "marked as paid"]
    return len({(each.time, each.subject.partition(" ")[0]) for each in paid})


def _ended(there: Iterable[Row], here: Iterable[Row]) -> dict[str, list[Entry]]:
    """The entries of a log by which something ended that has begun by the same entry in another one.

    The log knows more than the database that is replaced has: that one may have been restored from a backup which is
    older than what was revoked. Another thing may have got the same number, after such a restoration.
    """
    log = [audit.entry(row) for row in there]
    begun, begun_here = _times(log), _times(map(audit.entry, here))
    found: dict[str, list[Entry]] = {ends: [] for ends in _BEGINNINGS}
    for entry in log:
        if entry.action in found:
            thing = (_BEGINNINGS[entry.action], entry.account, entry.subject)
            before = [time for time in begun[thing] if time <= entry.time]
            if max(before, default=None) == max(begun_here[thing], default=None):
                found[entry.action].append(entry)
    return found


def _times(log: Iterable[Entry]) -> defaultdict[tuple[str, int | None, str], list[float]]:
    """When each thing has begun, by the entries that note it."""
    times = defaultdict[tuple[str, int | None, str], list[float]](list)
    for entry in log:
        times[entry.action, entry.account, entry.subject].append(entry.time)
    return times
