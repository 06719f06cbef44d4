"""The tables of a marketplace file, statement by statement.

`sequence` gives listings their order and their pages. Times are epoch seconds by the marketplace's own clock.
"""

from __future__ import annotations

from typing import Final

TABLES: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE qualification_types (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        keywords TEXT,
        status TEXT NOT NULL,
        retry_delay INTEGER,
        test TEXT,
        answer_key TEXT,
        test_duration INTEGER,
        auto_granted INTEGER NOT NULL,
        auto_granted_value INTEGER,
        creation_time REAL NOT NULL,
        last_used REAL NOT NULL,
        held_until REAL
    )""",  # held_until: set when the type is deleted; it is gone then, once no HIT requires it
    "CREATE INDEX qualification_types_by_name ON qualification_types (name)",
    """CREATE TABLE grants (
        sequence INTEGER PRIMARY KEY,
        qualification_type_id TEXT NOT NULL REFERENCES qualification_types (id),
        worker_id TEXT NOT NULL,
        value INTEGER NOT NULL,
        status TEXT NOT NULL,
        grant_time REAL NOT NULL,
        UNIQUE (qualification_type_id, worker_id)
    )""",
    "CREATE INDEX grants_of_type ON grants (qualification_type_id, sequence)",
    """CREATE TABLE qualification_requests (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        qualification_type_id TEXT NOT NULL REFERENCES qualification_types (id),
        worker_id TEXT NOT NULL,
        test TEXT,
        answer TEXT,
        status TEXT NOT NULL,
        submit_time REAL NOT NULL
    )""",
    "CREATE INDEX pending_requests ON qualification_requests (sequence) WHERE status = 'Pending'",
    """CREATE TABLE hit_types (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        group_id TEXT NOT NULL,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        keywords TEXT,
        reward TEXT NOT NULL,
        auto_approval_delay INTEGER NOT NULL,
        assignment_duration INTEGER NOT NULL,
        requirements TEXT NOT NULL,
        identity TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0,
        last_used REAL NOT NULL
    )""",
    "CREATE INDEX hit_types_by_identity ON hit_types (identity)",
    """CREATE TABLE hit_type_requirements (
        hit_type_id TEXT NOT NULL REFERENCES hit_types (id),
        qualification_type_id TEXT NOT NULL,
        PRIMARY KEY (qualification_type_id, hit_type_id)
    ) WITHOUT ROWID""",
    """CREATE TABLE hits (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        hit_type_id TEXT NOT NULL REFERENCES hit_types (id),
        question TEXT NOT NULL,
        max_assignments INTEGER NOT NULL,
        requester_annotation TEXT,
        creation_time REAL NOT NULL,
        expiration REAL NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX hits_of_type ON hits (hit_type_id) WHERE NOT deleted",
    """CREATE TABLE request_tokens (
        token TEXT PRIMARY KEY,
        hit_id TEXT NOT NULL,
        used_at REAL NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE blocks (
        sequence INTEGER PRIMARY KEY,
        worker_id TEXT NOT NULL UNIQUE,
        reason TEXT NOT NULL
    )""",
    "CREATE TABLE workers (worker_id TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE notifications (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        qualification_type_id TEXT,
        text TEXT,
        time REAL NOT NULL
    )""",
    """CREATE TABLE calls (
        sequence INTEGER PRIMARY KEY,
        operation TEXT NOT NULL,
        status INTEGER NOT NULL,
        parameters TEXT,
        time REAL NOT NULL
    )""",
    """CREATE TABLE faults (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        operation TEXT NOT NULL,
        times INTEGER,
        probability REAL NOT NULL,
        seed INTEGER NOT NULL,
        seconds REAL NOT NULL,
        draws INTEGER NOT NULL DEFAULT 0
    )""",
)
