"""What schema version 6 adds."""

from __future__ import annotations

from typing import Final

PASSKEYS: Final = (
    # What a worker signs in with in the place of a passphrase, several of one worker.
    """CREATE TABLE passkeys (
        credential_id TEXT PRIMARY KEY,
        worker_id TEXT NOT NULL,
        public_key TEXT NOT NULL,
        sign_count INTEGER NOT NULL,
        name TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL
    ) WITHOUT ROWID""",  # credential_id, public_key (COSE): base64url; name: the worker's own, to tell them apart
    "CREATE INDEX passkeys_of_worker ON passkeys (worker_id, created)",
)
