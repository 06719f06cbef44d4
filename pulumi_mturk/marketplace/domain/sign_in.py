"""Signing in: a name of the worker's choice and a passphrase. The worker's id opens nothing.

An attempt is counted before the passphrase is looked at, so that many at once are counted, too; and in the same way
for a name that nobody has. The passphrase is looked at outside of a transaction (`passphrases.matches`). Attempts
with passkeys, which need no name, are counted here as well (`passkey_sign_in`).
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace import text
from pulumi_mturk.marketplace.domain import audit, passkeys, sessions
from pulumi_mturk.marketplace.domain.passphrases import TooManyAttemptsError
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import keyed_hashes, sign_in

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.webauthn import Registration

_FREE_ATTEMPTS: Final = 5
_WAITS: Final = (10, 20, 40, 80, 160, 320, 640, 900)
"""Seconds before the next attempt with a name, once those are used up."""
_REMEMBERED: Final = 86_400
"""Seconds after which failed attempts are forgotten."""
_FORGOTTEN: Final = 100
"""Names that are forgotten with each attempt, which adds one: nobody waits long for the write lock."""
_MOST_NAMES: Final = 100_000
"""Names whose failed attempts are remembered, those that were tried last: nobody's names, too, so that none is told
from others. To have one forgotten by trying so many others takes longer than the waits."""
_LENGTHS: Final = range(3, 65)
_LONGEST_WRITTEN: Final = 512
"""Characters of a name that are looked at: one of 64 can be written with more, but not with so many."""
WRONG: Final = "The sign-in name or the passphrase is not right."


@dataclass(frozen=True)
class Attempt:
    """An attempt to sign in, which is counted."""

    name_hash: str
    worker_id: str | None
    stored: str | None
    """What is stored of the worker's passphrase."""


def folded(name: str) -> str:
    """A sign-in name as it is compared."""
    # to fold all of what is sent would take a time that grows with the square of a hostile text's length
    written = name.strip()[:_LONGEST_WRITTEN]
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).casefold()).strip()


def check_name(ctx: Context, name: str, worker_id: str | None) -> str:
    """A name that a worker chose, without spaces around; `worker_id` is None for a new one.

    Raises:
        WorkerRefusedError: it can be nobody's, or is another's.

    """
    name = name.strip()
    if len(name) not in _LENGTHS or not name.isprintable():
        raise WorkerRefusedError("A sign-in name has 3 to 64 characters.", field="name")
    if worker_id is not None and folded(name) == folded(worker_id):
        raise WorkerRefusedError("Your worker id can't be your sign-in name: requesters know it.", field="name")
    if sign_in.worker_named(ctx.db, folded(name)) not in (None, worker_id):
        raise WorkerRefusedError("Somebody else has this sign-in name. Choose another one.", field="name")
    return name


def name_of(ctx: Context, worker_id: str) -> str | None:
    """The sign-in name of a worker."""
    return sign_in.name_of(ctx.db, worker_id)


def set_credentials(ctx: Context, worker_id: str, name: str, way_in: str | Registration) -> None:
    """Set what a worker signs in with, in the place of all there was before, and end all sessions.

    `name` was checked; `way_in` is what is stored of a passphrase, or a passkey whose challenge was redeemed.

    Raises:
        WorkerRefusedError: the passkey is another worker's.

    """
    sign_in.set_name(ctx.db, worker_id, folded(name), name)
    sign_in.delete_passphrase(ctx.db, worker_id)
    passkeys.remove_all(ctx, worker_id)
    if isinstance(way_in, str):
        sign_in.set_passphrase(ctx.db, worker_id, way_in, ctx.now)
    else:
        passkeys.add(ctx, worker_id, passkeys.FIRST_NAME, way_in)
    sign_in.forget_attempts(ctx.db, _name_hash(ctx, name))
    sessions.end_all(ctx, worker_id)


def attempt(ctx: Context, name: str) -> Attempt:
    """Count an attempt to sign in. Raises TooManyAttemptsError: as `count`."""
    name_hash = _name_hash(ctx, name)
    count(ctx, name_hash, "this sign-in name")
    worker_id = sign_in.worker_named(ctx.db, folded(name))
    return Attempt(name_hash, worker_id, None if worker_id is None else sign_in.passphrase_of(ctx.db, worker_id))


def count(ctx: Context, hashed: str, what: str) -> None:
    """Count an attempt with a name or a passkey, by its keyed hash; `what` is told to people.

    Raises:
        TooManyAttemptsError: too many have failed: after five each has to wait, longer and longer.

    """
    since = ctx.now - _REMEMBERED
    sign_in.forget_attempts_before(ctx.db, since, _FORGOTTEN)
    before = sign_in.attempts(ctx.db, hashed, since)
    # an attempt lies ahead where the clock was reset: it counts as one of now, not until its time has come
    if before is not None and (wait := min(before["latest"], ctx.now) + _wait(before["failures"]) - ctx.now) > 0:
        raise TooManyAttemptsError(f"Too many attempts with {what}. Try again in {text.duration(math.ceil(wait))}.")
    failures = 0 if before is None else before["failures"]
    sign_in.set_attempts(ctx.db, hashed, failures + 1, ctx.now, _MOST_NAMES)


def forget(ctx: Context, hashed: str) -> None:
    """Forget the attempts that failed before one that did not."""
    sign_in.forget_attempts(ctx.db, hashed)


def finish(ctx: Context, tried: Attempt) -> str:
    """End an attempt whose passphrase matched: the token of a new session.

    Raises:
        WorkerRefusedError: the passphrase was replaced meanwhile.

    """
    worker_id = tried.worker_id
    if worker_id is None or sign_in.passphrase_of(ctx.db, worker_id) != tried.stored:
        raise WorkerRefusedError(WRONG)
    forget(ctx, tried.name_hash)
    audit.by_worker(ctx, "signed in", worker_id)
    return sessions.begin(ctx, worker_id)


def take_back(ctx: Context, tried: Attempt) -> None:
    """Do not count an attempt whose passphrase was not looked at: a crowd of others locks nobody out."""
    sign_in.take_back_attempt(ctx.db, tried.name_hash)


def note_refusal(ctx: Context, tried: Attempt) -> None:
    """Note in the audit log that an attempt failed."""
    audit.refused(ctx, tried.name_hash)


def _wait(failures: int) -> int:
    """Seconds to wait after so many failed attempts."""
    return 0 if failures < _FREE_ATTEMPTS else _WAITS[min(failures - _FREE_ATTEMPTS, len(_WAITS) - 1)]


def _name_hash(ctx: Context, name: str) -> str:
    return keyed_hashes.keyed(keyed_hashes.secret(ctx.db), "sign-in name", folded(name))
