"""Passphrases: kept as what scrypt makes of them, with its parameters, so that these can change."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import unicodedata
from typing import Final

from pulumi_mturk.marketplace.errors import WorkerRefusedError

SHORTEST: Final = 12
"""Characters of a passphrase, at least."""
LONGEST: Final = 1024
"""And at most. One form is made of no more: that takes a time that grows with the square of a hostile text's length."""
_COST, _BLOCK, _TIMES = 2**14, 8, 5
"""scrypt's n, r and p: 16 MiB and some 0.2 s for each."""
_MEMORY: Final = 64 * 1024 * 1024
AT_A_TIME: Final = threading.BoundedSemaphore(4)
"""So many sign-ins need memory at a time, however many threads a server has."""
_PATIENCE: Final = 2
"""Seconds that another one waits for its turn: a crowd of them takes no thread away from what others do for long."""


class TooManyAttemptsError(WorkerRefusedError):
    """The next attempt to sign in has to wait."""


def hash_of(passphrase: str) -> str:
    """What is stored of a new passphrase.

    Raises:
        WorkerRefusedError: it is too short or too long; TooManyAttemptsError: too many are looked at.

    """
    if len(passphrase) > LONGEST:
        raise WorkerRefusedError(f"The passphrase has at most {LONGEST} characters.", field="passphrase")
    if len(_normal(passphrase)) < SHORTEST:
        raise WorkerRefusedError(f"The passphrase has to have at least {SHORTEST} characters.", field="passphrase")
    salt = secrets.token_bytes(16)
    return f"scrypt${_COST}${_BLOCK}${_TIMES}${salt.hex()}${_scrypt(passphrase, salt, _COST, _BLOCK, _TIMES).hex()}"


def matches(stored: str | None, passphrase: str) -> bool:
    """Whether a passphrase is the stored one; where none is stored the work is the same, and the answer no.

    Raises:
        TooManyAttemptsError: too many are looked at.

    """
    _, cost, block, times, salt, expected = (stored or _NOBODYS).split("$")
    found = _scrypt(passphrase, bytes.fromhex(salt), int(cost), int(block), int(times))
    return hmac.compare_digest(found, bytes.fromhex(expected)) and stored is not None and len(passphrase) <= LONGEST


_NOBODYS: Final = f"scrypt${_COST}${_BLOCK}${_TIMES}${'00' * 16}${'00' * 32}"


def _scrypt(passphrase: str, salt: bytes, cost: int, block: int, times: int) -> bytes:
    text = _normal(passphrase).encode("utf-8", "surrogateescape")
    if not AT_A_TIME.acquire(timeout=_PATIENCE):
        raise TooManyAttemptsError("Too many people are signing in. Try again in a minute.")
    try:
        return hashlib.scrypt(text, salt=salt, n=cost, r=block, p=times, maxmem=_MEMORY, dklen=32)
    finally:
        AT_A_TIME.release()


def _normal(passphrase: str) -> str:
    """One form of what looks the same: keyboards differ in how they write an accent."""
    return unicodedata.normalize("NFKC", passphrase[:LONGEST])
