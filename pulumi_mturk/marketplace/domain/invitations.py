"""Invitations: links that set what a worker signs in with. They are for one worker, or make new ones.

The link has a random token, of which a hash is stored: no worker's id, and nothing that could be guessed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import audit, passkeys, sessions, sign_in, statements, workers
from pulumi_mturk.marketplace.errors import MarketplaceError, WorkerRefusedError
from pulumi_mturk.marketplace.storage import invitations, keyed_hashes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.webauthn import Registration
    from pulumi_mturk.marketplace.domain.workers import WorkerProfile
    from pulumi_mturk.marketplace.storage.sql import Row

_MOST_USES: Final = 100_000
_MOST_DAYS: Final = 366
_DAY: Final = 86_400
_NOT_VALID: Final = (
    "This link is not valid: it was used, has expired, or was taken back. Ask whoever sent it for another one."
)


@dataclass(frozen=True)
class Invitation:
    """An invitation as its link and the operator's list know it."""

    number: int
    label: str
    worker_id: str | None
    """Whose passphrase or passkey it sets; None: it makes new workers."""
    uses: int
    uses_left: int
    created: float
    expires: float
    revoked: float | None

    def status(self, now: float) -> str:
        """Whether it can be used, in a word."""
        if self.revoked is not None:
            return "revoked"
        if self.uses_left == 0:
            return "used"
        return "open" if now < self.expires else "expired"


def add(ctx: Context, *, worker_id: str | None = None, label: str = "", uses: int = 1, days: int = 7) -> str:
    """Make an invitation: the token of its link, which is told this once.

    Raises:
        MarketplaceError: the payment statement is missing, or a number is out of bounds.
        WorkerRefusedError: no such worker is registered.

    """
    statements.before_joining(ctx)
    if not 1 <= uses <= _MOST_USES:
        raise MarketplaceError(f"An invitation has 1 to {_MOST_USES} uses.")
    if worker_id is not None:
        if uses != 1:
            raise MarketplaceError("An invitation for one worker has one use.")
        workers.find(ctx, worker_id)
    if not 1 <= days <= _MOST_DAYS:
        raise MarketplaceError(f"An invitation expires in 1 to {_MOST_DAYS} days.")
    token = secrets.token_urlsafe(32)
    number = invitations.insert(
        ctx.db,
        token_hash=keyed_hashes.of_token(token),
        label=label,
        worker_id=worker_id,
        uses=uses,
        created=ctx.now,
        expires=ctx.now + days * _DAY,
    )
    audit.by_operator(ctx, "invitation made", str(number))
    return token


def invitations_after(ctx: Context, number: int = 0) -> Iterator[Invitation]:
    """All invitations in their order, after the one of this number."""
    return map(_invitation, invitations.after(ctx.db, number))


def revoke(ctx: Context, number: int) -> None:
    """Take an invitation back; who has joined by it stays. Raises MarketplaceError: there is none to revoke."""
    if not invitations.revoke(ctx.db, number, ctx.now):
        raise MarketplaceError(f"There is no invitation {number} that could be revoked.")
    audit.by_operator(ctx, "invitation revoked", str(number))


def find(ctx: Context, token: str) -> Invitation:
    """The invitation of a link. Raises WorkerRefusedError: it can't be used, for whatever reason."""
    row = invitations.find(ctx.db, keyed_hashes.of_token(token))
    if row is None or (found := _invitation(row)).status(ctx.now) != "open":
        raise WorkerRefusedError(_NOT_VALID)
    return found


def join(
    ctx: Context, token: str, profile: WorkerProfile, name: str, way_in: str | Registration, browser: str = ""
) -> str:
    """Use an invitation: the token of the worker's new session; all others end.

    `profile` is that of a new worker, left aside where the invitation is for one who is registered; `way_in` what is
    stored of the passphrase, or the passkey, whose challenge was made by `passkey_challenge` for this `browser`.

    Raises:
        WorkerRefusedError: the link is not valid, or the name, the profile or the passkey is not.

    """
    invitation = find(ctx, token)
    name = sign_in.check_name(ctx, name, invitation.worker_id)
    if not isinstance(way_in, str):
        new_id = passkeys.redeem(ctx, way_in.challenge, _purpose(invitation), browser)
        profile = replace(profile, worker_id=new_id)
    if not invitations.use(ctx.db, invitation.number, ctx.now):
        raise WorkerRefusedError(_NOT_VALID)
    worker_id = invitation.worker_id
    if worker_id is None:
        worker_id = profile.worker_id
        workers.register(ctx, profile)
    sign_in.set_credentials(ctx, worker_id, name, way_in)
    statements.agree(ctx, worker_id)
    audit.by_worker(ctx, "joined", worker_id)
    return sessions.begin(ctx, worker_id)


def passkey_challenge(ctx: Context, invitation: Invitation, browser: str) -> tuple[str, str]:
    """The challenge by which a passkey is made in joining, and the handle of the worker for it.

    Of a new worker the id is drawn now, for the device keeps the handle that follows from it, and the challenge bears
    it; whoever has a link for a worker of old need not learn the id.
    """
    new_id = workers.new_worker_id() if invitation.worker_id is None else ""
    challenge = passkeys.challenge(ctx, _purpose(invitation), browser, new_id)
    return challenge, passkeys.user_handle(ctx, invitation.worker_id or new_id)


def _purpose(invitation: Invitation) -> str:
    return f"join by {invitation.number}"


def _invitation(row: Row) -> Invitation:
    return Invitation(
        row["sequence"],
        row["label"],
        row["worker_id"],
        row["uses"],
        row["uses_left"],
        row["created"],
        row["expires"],
        row["revoked"],
    )
