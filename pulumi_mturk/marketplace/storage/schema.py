"""The schema of a marketplace file: the statements of its first version, and of each later one.

`sequence` gives listings their order and their pages. Times are epoch seconds by the marketplace's own clock.
"""

from __future__ import annotations

from typing import Final

from pulumi_mturk.marketplace.storage.schema_accounts import ACCESS_KEYS, ACCOUNTS, HOSTING, PORTABLE, SIGN_IN
from pulumi_mturk.marketplace.storage.schema_seventh import LONG_NAMES, TAKEN, TAKEN_HITS, UNUSED
from pulumi_mturk.marketplace.storage.schema_sixth import PASSKEYS, REFUSALS, WORDS

_FIRST: Final = (
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
    )""",  # held_until: set on deletion; the type is gone from then on, unless a HIT requires it
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

_SECOND: Final = (
    # Work: a worker's profile, with what was done before or elsewhere, and assignments.
    "ALTER TABLE workers ADD COLUMN country TEXT",
    "ALTER TABLE workers ADD COLUMN subdivision TEXT",
    "ALTER TABLE workers ADD COLUMN masters INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workers ADD COLUMN adult INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workers ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workers ADD COLUMN submitted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workers ADD COLUMN abandoned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workers ADD COLUMN returned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workers ADD COLUMN approved INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workers ADD COLUMN rejected INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE assignments (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        hit_id TEXT NOT NULL REFERENCES hits (id),
        worker_id TEXT NOT NULL,
        status TEXT NOT NULL,
        accept_time REAL NOT NULL,
        deadline REAL NOT NULL,
        submit_time REAL,
        auto_approval_time REAL,
        approval_time REAL,
        rejection_time REAL,
        answer TEXT,
        requester_feedback TEXT
    )""",  # status: Accepted, then Returned, Abandoned or Submitted, then Approved or Rejected
    "CREATE INDEX assignments_of_hit ON assignments (hit_id, status)",
    "CREATE INDEX assignments_of_worker ON assignments (worker_id, status)",
    """CREATE UNIQUE INDEX assignments_once ON assignments (hit_id, worker_id)
        WHERE status NOT IN ('Returned', 'Abandoned')""",
    "CREATE INDEX assignments_under_way ON assignments (deadline) WHERE status = 'Accepted'",
    "CREATE INDEX assignments_to_review ON assignments (auto_approval_time) WHERE status = 'Submitted'",
    """CREATE TABLE sittings (
        worker_id TEXT NOT NULL,
        qualification_type_id TEXT NOT NULL,
        started REAL NOT NULL,
        PRIMARY KEY (worker_id, qualification_type_id)
    ) WITHOUT ROWID""",  # tests that were started and not submitted yet
    "CREATE INDEX requests_of_worker ON qualification_requests (worker_id, qualification_type_id)",
    "CREATE INDEX grants_of_worker ON grants (worker_id)",
    # HITs: layouts, review policies and reports, and what due events need.
    "ALTER TABLE hits ADD COLUMN layout_id TEXT",
    "ALTER TABLE hits ADD COLUMN assignment_review_policy TEXT",
    "ALTER TABLE hits ADD COLUMN hit_review_policy TEXT",
    "ALTER TABLE hits ADD COLUMN reviewing INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE hits ADD COLUMN expired INTEGER NOT NULL DEFAULT 0",  # whether the expiry was processed
    "ALTER TABLE hits ADD COLUMN reviewable_since REAL",
    "CREATE INDEX hits_to_expire ON hits (expiration) WHERE NOT expired AND NOT deleted",
    "CREATE INDEX hits_to_review ON hits (reviewable_since) WHERE reviewable_since IS NOT NULL AND NOT deleted",
    "CREATE TABLE layouts (id TEXT PRIMARY KEY, html TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE review_reports (
        sequence INTEGER PRIMARY KEY,
        hit_id TEXT NOT NULL REFERENCES hits (id),
        level TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL
    )""",  # level: of the policy, Assignment or HIT; kind: Result or Action
    "CREATE INDEX review_reports_of_hit ON review_reports (hit_id, sequence)",
    """CREATE TABLE used_tokens (
        operation TEXT NOT NULL,
        token TEXT NOT NULL,
        made_id TEXT NOT NULL,
        used_at REAL NOT NULL,
        PRIMARY KEY (operation, token)
    ) WITHOUT ROWID""",
    """INSERT INTO used_tokens (operation, token, made_id, used_at)
        SELECT 'CreateHIT', token, hit_id, used_at FROM request_tokens""",
    "DROP TABLE request_tokens",
    # Payments stay when their assignment is removed.
    """CREATE TABLE payments (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        assignment_id TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        amount_cents INTEGER NOT NULL,
        fee_cents INTEGER NOT NULL,
        reason TEXT,
        time REAL NOT NULL
    )""",  # kind: Reward or Bonus
    "CREATE INDEX payments_of_assignment ON payments (assignment_id, kind)",
    # Events of HITs and notification settings.
    """CREATE TABLE notification_settings (
        hit_type_id TEXT PRIMARY KEY REFERENCES hit_types (id),
        notification TEXT,
        active INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE events (
        sequence INTEGER PRIMARY KEY,
        event_type TEXT NOT NULL,
        hit_type_id TEXT,
        hit_id TEXT,
        assignment_id TEXT,
        time REAL NOT NULL,
        destination TEXT NOT NULL,
        transport TEXT NOT NULL,
        message TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_attempt REAL,
        posted REAL,
        failure TEXT
    )""",  # next_attempt: of a delivery, NULL if none is due; failure: of the latest attempt
    "CREATE INDEX events_to_post ON events (next_attempt) WHERE next_attempt IS NOT NULL",
    "ALTER TABLE notifications ADD COLUMN subject TEXT",
)

_THIRD: Final = (
    # Fault plans, and a journal that says what became of each call.
    "ALTER TABLE faults ADD COLUMN skip INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE faults ADD COLUMN retry_after INTEGER",
    "ALTER TABLE faults ADD COLUMN burst_seconds REAL",
    "ALTER TABLE faults ADD COLUMN burst_every REAL",
    "ALTER TABLE faults ADD COLUMN burst_begun REAL",  # when the first call came that it met
    "ALTER TABLE faults ADD COLUMN process_id INTEGER",
    "ALTER TABLE calls ADD COLUMN error TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE calls ADD COLUMN fault TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE calls ADD COLUMN executed INTEGER NOT NULL DEFAULT 0",
)

# HITs that a worker can take: each term stands in the queries as it stands here, so that they use the partial indexes.
_OPEN: Final = "NOT expired AND NOT deleted AND pending + submitted + completed < max_assignments"
_MASTERS: Final = ("2F1QJWKUDD8XADTFD2Q0G6UTO95ALH", "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6")
_FOURTH: Final = (
    # Numbers that are kept, not counted (by `storage.hits` and `storage.assignments`): here they are counted once.
    "ALTER TABLE hits ADD COLUMN pending INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE hits ADD COLUMN submitted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE hits ADD COLUMN completed INTEGER NOT NULL DEFAULT 0",
    """UPDATE hits SET (pending, submitted, completed) = (
        SELECT count(CASE WHEN status = 'Accepted' THEN 1 END), count(CASE WHEN status = 'Submitted' THEN 1 END),
            count(CASE WHEN status IN ('Approved', 'Rejected') THEN 1 END)
        FROM assignments WHERE hit_id = hits.id)""",
    "ALTER TABLE hit_types ADD COLUMN open_hits INTEGER NOT NULL DEFAULT 0",  # HITs that can be accepted
    "ALTER TABLE hit_types ADD COLUMN newest_open REAL",  # the creation time of the newest of them
    f"""UPDATE hit_types SET (open_hits, newest_open) = (
        SELECT count(*), max(creation_time) FROM hits WHERE hit_type_id = hit_types.id AND {_OPEN})""",  # noqa: S608 - ours
    # masters: the ids of Masters that the type requires, with commas between, for its fee
    "ALTER TABLE hit_types ADD COLUMN masters TEXT NOT NULL DEFAULT ''",
    f"""UPDATE hit_types SET masters = (
        SELECT coalesce(group_concat(id, ','), '') FROM (
            SELECT DISTINCT json_extract(value, '$.QualificationTypeId') AS id FROM json_each(requirements)
            WHERE json_extract(value, '$.Comparator') = 'Exists' AND id IN {_MASTERS} ORDER BY id))""",  # noqa: S608 - ours
    """CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID""",
    "INSERT INTO totals (name, value) SELECT 'paid', coalesce(sum(amount_cents + fee_cents), 0) FROM payments",
    "INSERT INTO totals (name, value) SELECT 'blocks', count(*) FROM blocks",
    # Assignments whose cost is on hold, by what makes up the cost of one: few rows, however many HITs there are.
    """CREATE TABLE holds (
        reward TEXT NOT NULL,
        masters TEXT NOT NULL,
        higher_fee INTEGER NOT NULL,
        assignments INTEGER NOT NULL,
        PRIMARY KEY (reward, masters, higher_fee)
    ) WITHOUT ROWID""",
    """INSERT INTO holds (reward, masters, higher_fee, assignments)
        SELECT reward, masters, max_assignments >= 10,
            sum(CASE WHEN expired THEN pending + submitted ELSE max_assignments - completed END)
        FROM hits JOIN hit_types ON hit_types.id = hit_type_id WHERE NOT hits.deleted
        GROUP BY reward, masters, max_assignments >= 10""",
    """CREATE TABLE worker_counts (
        worker_id TEXT PRIMARY KEY,
        accepted INTEGER NOT NULL,
        submitted INTEGER NOT NULL,
        abandoned INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        approved INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        reward_cents INTEGER NOT NULL DEFAULT 0,
        bonus_cents INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID""",  # with what the worker was paid
    """INSERT INTO worker_counts (worker_id, accepted, submitted, abandoned, returned, approved, rejected)
        SELECT worker_id, count(*), count(CASE WHEN status IN ('Submitted', 'Approved', 'Rejected') THEN 1 END),
            count(CASE WHEN status = 'Abandoned' THEN 1 END), count(CASE WHEN status = 'Returned' THEN 1 END),
            count(CASE WHEN status = 'Approved' THEN 1 END), count(CASE WHEN status = 'Rejected' THEN 1 END)
        FROM assignments GROUP BY worker_id""",
    """UPDATE worker_counts SET (reward_cents, bonus_cents) = (paid.reward, paid.bonus) FROM (
            SELECT worker_id, sum(CASE WHEN kind = 'Reward' THEN amount_cents ELSE 0 END) AS reward,
                sum(CASE WHEN kind = 'Bonus' THEN amount_cents ELSE 0 END) AS bonus
            FROM payments GROUP BY worker_id
        ) AS paid WHERE paid.worker_id = worker_counts.worker_id""",
    # The HITs that require a qualification type, in their order; a deleted one is not among them.
    """CREATE TABLE hit_requirements (
        qualification_type_id TEXT NOT NULL,
        hit_sequence INTEGER NOT NULL,
        PRIMARY KEY (qualification_type_id, hit_sequence)
    ) WITHOUT ROWID""",
    """INSERT INTO hit_requirements (qualification_type_id, hit_sequence)
        SELECT qualification_type_id, sequence FROM hits JOIN hit_type_requirements USING (hit_type_id)
        WHERE NOT deleted""",
    # What is searched, in one case; lists for workers go by sort_name.
    "ALTER TABLE qualification_types ADD COLUMN sort_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE qualification_types ADD COLUMN folded_description TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE qualification_types ADD COLUMN folded_keywords TEXT NOT NULL DEFAULT ''",
    """UPDATE qualification_types SET sort_name = casefold(name), folded_description = casefold(description),
        folded_keywords = casefold(coalesce(keywords, ''))""",
    "ALTER TABLE hit_types ADD COLUMN folded_words TEXT NOT NULL DEFAULT ''",
    """UPDATE hit_types
        SET folded_words = casefold(title || char(10) || description || char(10) || coalesce(keywords, ''))""",
    # The payment that a message to a worker tells of: both were made at one time, several of one time in one order.
    "ALTER TABLE notifications ADD COLUMN payment INTEGER",
    """WITH told AS (
            SELECT *, row_number() OVER (PARTITION BY worker_id, time, text ORDER BY sequence) AS number
            FROM notifications WHERE kind = 'Bonus'
        ), paid AS (
            SELECT *, row_number() OVER (PARTITION BY worker_id, time, reason ORDER BY sequence) AS number
            FROM payments WHERE kind = 'Bonus'
        ), pairs AS (
            SELECT told.sequence AS notification, paid.sequence AS payment FROM told JOIN paid
            ON (paid.worker_id, paid.time, reason, paid.number) = (told.worker_id, told.time, text, told.number)
        )
        UPDATE notifications SET payment = pairs.payment FROM pairs
        WHERE notifications.sequence = pairs.notification""",
    "ALTER TABLE payments ADD COLUMN hit_id TEXT",
    "UPDATE payments SET hit_id = (SELECT hit_id FROM assignments WHERE assignments.id = assignment_id)",
    "CREATE INDEX requirements_of_hit_type ON hit_type_requirements (hit_type_id, qualification_type_id)",
    # Indexes: each serves a listing in its order, or what runs before every call.
    "DROP INDEX hits_to_review",
    f"CREATE INDEX hits_open ON hits (hit_type_id, sequence) WHERE {_OPEN}",
    "CREATE INDEX hits_listed ON hits (deleted, sequence)",
    """CREATE INDEX hits_to_review ON hits (reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND NOT deleted""",
    """CREATE INDEX hits_of_type_to_review ON hits (hit_type_id, reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND NOT deleted""",
    """CREATE INDEX hits_to_remove ON hits (reviewable_since)
        WHERE reviewable_since IS NOT NULL AND NOT deleted AND submitted = 0""",
    "CREATE INDEX hit_types_by_group ON hit_types (group_id)",
    "CREATE INDEX hit_types_open ON hit_types (newest_open, sequence) WHERE open_hits > 0",
    "DROP INDEX assignments_of_hit",
    "CREATE INDEX assignments_of_hit ON assignments (hit_id, status, submit_time, sequence)",
    "DROP INDEX assignments_of_worker",
    "CREATE INDEX assignments_of_worker ON assignments (worker_id, sequence)",
    "CREATE INDEX assignments_accepted ON assignments (worker_id, deadline) WHERE status = 'Accepted'",
    "CREATE INDEX assignments_given_back ON assignments (worker_id, hit_id) WHERE status IN ('Returned', 'Abandoned')",
    "DROP INDEX assignments_once",
    f"CREATE UNIQUE INDEX assignments_once ON assignments (worker_id, hit_id) WHERE {TAKEN}",
    "DROP INDEX grants_of_type",
    "CREATE INDEX grants_of_type ON grants (qualification_type_id, status, sequence)",
    """CREATE INDEX pending_requests_of_type ON qualification_requests (qualification_type_id, sequence)
        WHERE status = 'Pending'""",
    "CREATE INDEX qualification_types_by_sort_name ON qualification_types (sort_name, sequence)",
    """CREATE INDEX pending_requests_of_worker ON qualification_requests (worker_id, qualification_type_id)
        WHERE status = 'Pending'""",
    "CREATE INDEX notifications_of_worker ON notifications (worker_id, sequence)",
    "CREATE INDEX bonuses_of_hit ON payments (hit_id, sequence) WHERE kind = 'Bonus'",
)

_FIFTH: Final = (*ACCOUNTS, *PORTABLE, *ACCESS_KEYS, *SIGN_IN, *HOSTING)
_SIXTH: Final = (*PASSKEYS, *WORDS, *REFUSALS)
_SEVENTH: Final = (*TAKEN_HITS, *LONG_NAMES, *UNUSED)

VERSIONS: Final = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH)
"""The statements that lead from each schema version to the next."""
