"""What schema version 5 adds: several requesters in one database, each with what is theirs.

`account` is the `sequence` of the account that something belongs to. What belongs to something that has an account is
its account's: a grant is its type's, a report its HIT's, a setting its HIT type's. An assignment is its HIT's, too, and
repeats the account for what asks who has worked for it.
Workers, and the counts of what they did, are the place's: their histories are the same for all requesters.
"""

from __future__ import annotations

from typing import Final

FIRST_ACCOUNT: Final = 1
"""The account of a database that nobody has configured: all that older versions wrote is theirs."""
NOBODY: Final = 0
"""No account: that of a call which nobody has signed."""

ACCOUNTS: Final = (
    """CREATE TABLE accounts (
        sequence INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created REAL NOT NULL,
        closed REAL
    )""",  # name: what workers read as the requester's; of the first one '' until it is given one: the file's name
    "INSERT INTO accounts (sequence, name, created) VALUES (1, '', 0)",
    *(
        f"ALTER TABLE {table} ADD COLUMN account INTEGER NOT NULL DEFAULT 1"
        for table in (
            "qualification_types",
            "qualification_requests",
            "hit_types",
            "hits",
            "assignments",
            "payments",
            "layouts",
            "notifications",
            "events",
            "calls",
        )
    ),
    # Blocks, holds, totals, tokens and requirements: unique, or counted, for each account.
    "ALTER TABLE blocks RENAME TO blocks_of_one",
    """CREATE TABLE blocks (
        sequence INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        worker_id TEXT NOT NULL,
        reason TEXT NOT NULL,
        UNIQUE (account, worker_id)
    )""",
    """INSERT INTO blocks (sequence, account, worker_id, reason)
        SELECT sequence, 1, worker_id, reason FROM blocks_of_one""",
    "DROP TABLE blocks_of_one",
    "CREATE INDEX blocks_listed ON blocks (account, sequence)",
    "CREATE INDEX blocks_of_worker ON blocks (worker_id)",
    "ALTER TABLE holds RENAME TO holds_of_one",
    """CREATE TABLE holds (
        account INTEGER NOT NULL,
        reward TEXT NOT NULL,
        masters TEXT NOT NULL,
        higher_fee INTEGER NOT NULL,
        assignments INTEGER NOT NULL,
        PRIMARY KEY (account, reward, masters, higher_fee)
    ) WITHOUT ROWID""",
    """INSERT INTO holds (account, reward, masters, higher_fee, assignments)
        SELECT 1, reward, masters, higher_fee, assignments FROM holds_of_one""",
    "DROP TABLE holds_of_one",
    "ALTER TABLE totals RENAME TO totals_of_one",
    """CREATE TABLE totals (
        account INTEGER NOT NULL,
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (account, name)
    ) WITHOUT ROWID""",
    "INSERT INTO totals (account, name, value) SELECT 1, name, value FROM totals_of_one",
    "DROP TABLE totals_of_one",
    "ALTER TABLE used_tokens RENAME TO used_tokens_of_one",
    """CREATE TABLE used_tokens (
        account INTEGER NOT NULL,
        operation TEXT NOT NULL,
        token TEXT NOT NULL,
        made_id TEXT NOT NULL,
        used_at REAL NOT NULL,
        PRIMARY KEY (account, operation, token)
    ) WITHOUT ROWID""",
    """INSERT INTO used_tokens (account, operation, token, made_id, used_at)
        SELECT 1, operation, token, made_id, used_at FROM used_tokens_of_one""",
    "DROP TABLE used_tokens_of_one",
    "CREATE INDEX used_tokens_by_age ON used_tokens (used_at)",
    # A type is required by the HITs of any account, and each account lists its own.
    "ALTER TABLE hit_requirements RENAME TO hit_requirements_of_one",
    """CREATE TABLE hit_requirements (
        qualification_type_id TEXT NOT NULL,
        account INTEGER NOT NULL,
        hit_sequence INTEGER NOT NULL,
        PRIMARY KEY (qualification_type_id, account, hit_sequence)
    ) WITHOUT ROWID""",
    """INSERT INTO hit_requirements (qualification_type_id, account, hit_sequence)
        SELECT qualification_type_id, 1, hit_sequence FROM hit_requirements_of_one""",
    "DROP TABLE hit_requirements_of_one",
    # Listings of one account, in their order.
    "DROP INDEX hits_listed",
    "CREATE INDEX hits_listed ON hits (account, deleted, sequence)",
    "DROP INDEX hits_to_review",
    """CREATE INDEX hits_to_review ON hits (account, reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND deleted = 0""",
    "DROP INDEX qualification_types_by_name",
    "CREATE INDEX qualification_types_by_name ON qualification_types (account, name)",
    "CREATE INDEX qualification_types_of_account ON qualification_types (account, sequence)",
    "DROP INDEX pending_requests",
    "CREATE INDEX pending_requests ON qualification_requests (account, sequence) WHERE status = 'Pending'",
    "DROP INDEX hit_types_by_identity",
    "CREATE INDEX hit_types_by_identity ON hit_types (account, identity)",
    "CREATE INDEX payments_of_account ON payments (account, sequence)",
    # Who has done work for an account.
    """CREATE INDEX assignments_reviewed ON assignments (account, worker_id)
        WHERE status IN ('Approved', 'Rejected')""",
)

PORTABLE: Final = (
    # Conditions as PostgreSQL has them, too: `deleted = 0`, not `NOT deleted`.
    "DROP INDEX hits_of_type",
    "CREATE INDEX hits_of_type ON hits (hit_type_id) WHERE deleted = 0",
    "DROP INDEX hits_to_expire",
    "CREATE INDEX hits_to_expire ON hits (expiration) WHERE expired = 0 AND deleted = 0",
    "DROP INDEX hits_open",
    """CREATE INDEX hits_open ON hits (hit_type_id, sequence)
        WHERE expired = 0 AND deleted = 0 AND pending + submitted + completed < max_assignments""",
    "DROP INDEX hits_of_type_to_review",
    """CREATE INDEX hits_of_type_to_review ON hits (hit_type_id, reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND deleted = 0""",
    "DROP INDEX hits_to_remove",
    """CREATE INDEX hits_to_remove ON hits (reviewable_since)
        WHERE reviewable_since IS NOT NULL AND deleted = 0 AND submitted = 0""",
)

ACCESS_KEYS: Final = (
    """CREATE TABLE access_keys (
        id TEXT PRIMARY KEY,
        account INTEGER NOT NULL,
        secret TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL,
        revoked REAL
    ) WITHOUT ROWID""",  # secret: encrypted by a key that is kept elsewhere; the three times: the machine's
    "CREATE INDEX access_keys_of_account ON access_keys (account, created)",
)

SIGN_IN: Final = (
    # What the host promises and asks, in versions; and what each worker agreed to.
    """CREATE TABLE statements (
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        text TEXT NOT NULL,
        time REAL NOT NULL,
        PRIMARY KEY (kind, version)
    ) WITHOUT ROWID""",  # kind: Payment or Consent
    """CREATE TABLE consents (
        sequence INTEGER PRIMARY KEY,
        worker_id TEXT NOT NULL,
        consent_version INTEGER NOT NULL,
        payment_version INTEGER NOT NULL,
        time REAL NOT NULL
    )""",
    "CREATE INDEX consents_of_worker ON consents (worker_id)",
    # Links that make somebody a worker, or set the passphrase of one: worker_id is NULL for new workers.
    """CREATE TABLE invitations (
        sequence INTEGER PRIMARY KEY,
        token_hash TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        worker_id TEXT,
        uses INTEGER NOT NULL,
        uses_left INTEGER NOT NULL,
        created REAL NOT NULL,
        expires REAL NOT NULL,
        revoked REAL
    )""",
    "CREATE INDEX invitations_of_worker ON invitations (worker_id) WHERE worker_id IS NOT NULL",
    # The name stands apart from all else that is known of a worker; folded_name: as it is compared.
    """CREATE TABLE sign_in_names (
        folded_name TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        worker_id TEXT NOT NULL UNIQUE
    ) WITHOUT ROWID""",
    """CREATE TABLE passphrases (
        worker_id TEXT PRIMARY KEY,
        hash TEXT NOT NULL,
        time REAL NOT NULL
    ) WITHOUT ROWID""",  # hash: with the salt and the parameters of scrypt
    """CREATE TABLE sessions (
        sequence INTEGER PRIMARY KEY,
        token_hash TEXT NOT NULL UNIQUE,
        worker_id TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL NOT NULL
    )""",
    "CREATE INDEX sessions_of_worker ON sessions (worker_id, sequence)",
    "CREATE INDEX sessions_by_age ON sessions (last_used)",
    """CREATE TABLE sign_in_attempts (
        name_hash TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        latest REAL NOT NULL
    ) WITHOUT ROWID""",  # name_hash: keyed, also of names that nobody has
    "CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (latest)",
    # Who was erased, by a keyed hash: an older copy of the database is told by it whom it must not know any more.
    """CREATE TABLE erasures (
        worker_hash TEXT PRIMARY KEY,
        keep_answers INTEGER NOT NULL,
        time REAL NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY,
        time REAL NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL
    )""",  # actor: operator, or a keyed hash of the worker's id, as subject may be; rows are added and never changed
    "CREATE INDEX payments_of_worker ON payments (worker_id)",
)

HOSTING: Final = (
    # What a served marketplace has answered: sums over all processes, a row for each bucket of durations.
    """CREATE TABLE request_counts (
        method TEXT NOT NULL,
        route TEXT NOT NULL,
        operation TEXT NOT NULL,
        status INTEGER NOT NULL,
        bucket INTEGER NOT NULL,
        requests INTEGER NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (method, route, operation, status, bucket)
    ) WITHOUT ROWID""",
    # Money that has reached its workers, by whatever way: each payment that is not owed any more names its payout.
    """CREATE TABLE payouts (
        sequence INTEGER PRIMARY KEY,
        reference TEXT NOT NULL,
        time REAL NOT NULL
    )""",
    "ALTER TABLE payments ADD COLUMN payout INTEGER REFERENCES payouts (sequence)",
    "CREATE INDEX payments_owed ON payments (account, worker_id, sequence) WHERE payout IS NULL",
)
