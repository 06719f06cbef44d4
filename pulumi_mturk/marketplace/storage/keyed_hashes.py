"""Hashes by which the database knows a thing again without holding it: of worker ids, tokens and names.

Keyed ones (HMAC-SHA256, with the file's own secret) are for what could be guessed, such as a worker's id; what was
drawn at random, such as a session's token, needs no key.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection


def secret(db: Connection) -> bytes:
    """The file's secret."""
    return bytes.fromhex(db.execute("SELECT value FROM meta WHERE key = 'secret'").fetchone()[0])


def keyed(key: bytes, purpose: str, *parts: str) -> str:
    """A keyed hash in hexadecimal digits; one made for another purpose is another."""
    text = "\0".join((purpose, *parts))
    return hmac.new(key, text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def of_token(token: str) -> str:
    """The hash of a random token."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def of_worker(db: Connection, worker_id: str) -> str:
    """The keyed hash of a worker's id."""
    return keyed(secret(db), "worker", worker_id)
