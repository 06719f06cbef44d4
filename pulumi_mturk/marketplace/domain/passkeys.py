"""Passkeys: keys of which a worker's device has the secret half, and the database the other.

A challenge is what a device signs: it is good for one purpose and one browser, for five minutes, and once. It bears its
own proof (HMAC by the database's secret), so that nothing is stored until it is used, and any process knows it again.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import audit
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import keyed_hashes, passkeys, sign_in, used_tokens

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.webauthn import Registration

_CHALLENGE_SECONDS: Final = 300
_MOST: Final = 20
"""Passkeys of one worker."""
_LONGEST_NAME: Final = 64
FIRST_NAME: Final = "Passkey"
"""What one is called that was made in joining."""
_LATE: Final = "That took too long, or was sent twice. Try again."
_OPERATION: Final = "passkey challenge"
_NO_ACCOUNT: Final = 0
"""In the table of used tokens the others belong to requesters' accounts, which begin at 1."""


@dataclass(frozen=True)
class Passkey:
    """A passkey as its worker sees it."""

    credential_id: str
    name: str
    created: float
    last_used: float | None


def challenge(ctx: Context, purpose: str, browser: str, worker_id: str = "") -> str:
    """A new challenge in Base64url, for a purpose, in the browser whose forms have this token.

    It can bear the id of the worker who comes to be: then whoever redeems it learns the id.
    """
    content = f"{secrets.token_hex(16)}.{ctx.now + _CHALLENGE_SECONDS:.0f}.{worker_id}"
    return urlsafe_b64encode(f"{content}.{_proof(ctx, purpose, browser, content)}".encode()).rstrip(b"=").decode()


def redeem(ctx: Context, given: str, purpose: str, browser: str) -> str:
    """Use a challenge, at the end of what it was made for: the id of the worker that it bears.

    Raises:
        WorkerRefusedError: as `check`, or it was used.

    """
    nonce, worker_id = check(ctx, given, purpose, browser)
    if not used_tokens.use_once(ctx.db, _NO_ACCOUNT, _OPERATION, nonce, ctx.now):
        raise WorkerRefusedError(_LATE, field="passkey")
    return worker_id


def check(ctx: Context, given: str, purpose: str, browser: str) -> tuple[str, str]:
    """Look at a challenge, without a trace: its number, and the id of the worker that it bears.

    Raises:
        WorkerRefusedError: it was made for something else or somebody else, or has expired.

    """
    try:
        content, _, proof = urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("ascii").rpartition(".")
        nonce, expires, worker_id = content.split(".")
    except ValueError:
        raise WorkerRefusedError(_LATE, field="passkey") from None
    if (
        not hmac.compare_digest(proof, _proof(ctx, purpose, browser, content))
        # one from far ahead is of a clock that was set back
        or not 0 < float(expires) - ctx.now <= _CHALLENGE_SECONDS + 1
    ):
        raise WorkerRefusedError(_LATE, field="passkey")
    return nonce, worker_id


def user_handle(ctx: Context, worker_id: str) -> str:
    """By what devices know which worker a passkey is of, in Base64url: it tells nobody the id."""
    hashed = bytes.fromhex(keyed_hashes.keyed(keyed_hashes.secret(ctx.db), "passkey user", worker_id))
    return urlsafe_b64encode(hashed).rstrip(b"=").decode()


def of_worker(ctx: Context, worker_id: str) -> list[Passkey]:
    """The passkeys of a worker, the oldest first."""
    return [
        Passkey(row["credential_id"], row["name"], row["created"], row["last_used"])
        for row in passkeys.of_worker(ctx.db, worker_id)
    ]


def add(ctx: Context, worker_id: str, name: str, made: Registration) -> None:
    """Store a passkey whose challenge was redeemed.

    Raises:
        WorkerRefusedError: its name is too long, the worker has too many, or it is stored already.

    """
    name = _checked(name)
    if len(of_worker(ctx, worker_id)) >= _MOST:
        raise WorkerRefusedError(f"You have {_MOST} passkeys. Remove one that you don't use.", field="passkey")
    if not passkeys.insert(
        ctx.db, made.credential_id, worker_id, made.public_key, made.sign_count, name=name, now=ctx.now
    ):
        raise WorkerRefusedError("This passkey is in use here already.", field="passkey")
    audit.by_worker(ctx, "passkey added", worker_id)


def rename(ctx: Context, worker_id: str, credential_id: str, name: str) -> None:
    """Give a worker's passkey another name; nothing happens if it is not there. Raises WorkerRefusedError: too long."""
    passkeys.rename(ctx.db, worker_id, credential_id, _checked(name))


def remove(ctx: Context, worker_id: str, credential_id: str) -> None:
    """Remove a worker's passkey; nothing happens if it is not there.

    Raises:
        WorkerRefusedError: it is the only thing that the worker could sign in with.

    """
    if is_only_way_in(ctx, worker_id):
        raise WorkerRefusedError("This passkey is your only way in. Add another one before you remove it.")
    if passkeys.delete(ctx.db, worker_id, credential_id):
        audit.by_worker(ctx, "passkey removed", worker_id)


def is_only_way_in(ctx: Context, worker_id: str) -> bool:
    """Whether a worker would have nothing to sign in with, one passkey less."""
    return sign_in.passphrase_of(ctx.db, worker_id) is None and len(of_worker(ctx, worker_id)) < 2


def remove_all(ctx: Context, worker_id: str) -> None:
    """Remove all of a worker, as something else comes in their place."""
    passkeys.delete_of_worker(ctx.db, worker_id)


def _proof(ctx: Context, purpose: str, browser: str, content: str) -> str:
    return keyed_hashes.keyed(keyed_hashes.secret(ctx.db), "passkey challenge", purpose, browser, content)


def _checked(name: str) -> str:
    name = name.strip() or FIRST_NAME
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise WorkerRefusedError(f"The name of a passkey has at most {_LONGEST_NAME} characters.", field="passkey_name")
    return name
