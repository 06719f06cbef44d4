"""Signing in with a passkey: nothing is typed, the passkey says whose it is.

As with passphrases an attempt is counted before the signature is looked at, here by the passkey's id. An id that is not
stored is not counted: none can be guessed, and a stranger's many would have attempts with names forgotten. So, too, a
challenge is used by a sign-in and not by an attempt: strangers leave no rows.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import audit, passkeys, sessions, sign_in
from pulumi_mturk.marketplace.storage import keyed_hashes
from pulumi_mturk.marketplace.storage import passkeys as stored

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.webauthn import Assertion

PURPOSE: Final = "sign in"
WRONG: Final = (
    "This passkey opens nothing here: it was removed, or is another site's. "
    "Sign in with a passphrase, or ask the host of this marketplace for a link."
)


@dataclass(frozen=True)
class Attempt:
    """An attempt to sign in, which is counted."""

    assertion: Assertion
    browser: str
    hashed_id: str
    public_key: str | None
    """That of the passkey, if it is stored, and the device knows whose it is."""


def attempt(ctx: Context, assertion: Assertion, browser: str) -> Attempt:
    """Count an attempt to sign in.

    Raises:
        WorkerRefusedError: the challenge is not right; TooManyAttemptsError: as `sign_in.count`.

    """
    passkeys.check(ctx, assertion.challenge, PURPOSE, browser)
    hashed = keyed_hashes.keyed(keyed_hashes.secret(ctx.db), "passkey", assertion.credential_id)
    row = stored.find(ctx.db, assertion.credential_id)
    if row is not None:
        sign_in.count(ctx, hashed, "this passkey")
    if row is None or not hmac.compare_digest(passkeys.user_handle(ctx, row["worker_id"]), assertion.user_handle):
        return Attempt(assertion, browser, hashed, None)
    return Attempt(assertion, browser, hashed, row["public_key"])


def finish(ctx: Context, tried: Attempt) -> str | None:
    """End an attempt that was rightly signed, and use its challenge: the token of a new session.

    None: the passkey was removed meanwhile, or its counter has not gone on, as where somebody has a copy of it.

    Raises:
        WorkerRefusedError: the challenge was used.

    """
    assertion = tried.assertion
    passkeys.redeem(ctx, assertion.challenge, PURPOSE, tried.browser)
    row = stored.find(ctx.db, assertion.credential_id)
    if row is None or row["public_key"] != tried.public_key:
        return None
    worker_id = row["worker_id"]
    # where passkeys are synchronised between devices there is no counter: it is 0 for ever (documented)
    if not stored.note_use(ctx.db, assertion.credential_id, assertion.sign_count, ctx.now):
        audit.by_worker(ctx, "passkey counter went back", worker_id)
        return None
    sign_in.forget(ctx, tried.hashed_id)
    audit.by_worker(ctx, "signed in with a passkey", worker_id)
    return sessions.begin(ctx, worker_id)


def note_refusal(ctx: Context, tried: Attempt) -> None:
    """Note in the audit log that an attempt failed."""
    audit.refused(ctx, tried.hashed_id, "passkeys")
