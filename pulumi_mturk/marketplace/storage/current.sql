-- Generated from the migrations in schema.py by tools/generate.py.
CREATE TABLE access_keys (
        id TEXT PRIMARY KEY,
        account INTEGER NOT NULL,
        secret TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL,
        revoked REAL
    ) WITHOUT ROWID;
CREATE TABLE accounts (
        sequence INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created REAL NOT NULL,
        closed REAL
    );
INSERT INTO "accounts" VALUES(1,'',0.0,NULL);
CREATE TABLE assignments (
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
    , account INTEGER NOT NULL DEFAULT 1, of_many INTEGER NOT NULL DEFAULT 0);
CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY,
        time REAL NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL
    , times INTEGER NOT NULL DEFAULT 1);
CREATE TABLE blocks (
        sequence INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        worker_id TEXT NOT NULL,
        reason TEXT NOT NULL,
        UNIQUE (account, worker_id)
    );
CREATE TABLE calls (
        sequence INTEGER PRIMARY KEY,
        operation TEXT NOT NULL,
        status INTEGER NOT NULL,
        parameters TEXT,
        time REAL NOT NULL
    , error TEXT NOT NULL DEFAULT '', fault TEXT NOT NULL DEFAULT '', executed INTEGER NOT NULL DEFAULT 0, account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE consents (
        sequence INTEGER PRIMARY KEY,
        worker_id TEXT NOT NULL,
        consent_version INTEGER NOT NULL,
        payment_version INTEGER NOT NULL,
        time REAL NOT NULL
    );
CREATE TABLE erasures (
        worker_hash TEXT PRIMARY KEY,
        keep_answers INTEGER NOT NULL,
        time REAL NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE events (
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
    , account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE faults (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        operation TEXT NOT NULL,
        times INTEGER,
        probability REAL NOT NULL,
        seed INTEGER NOT NULL,
        seconds REAL NOT NULL,
        draws INTEGER NOT NULL DEFAULT 0
    , skip INTEGER NOT NULL DEFAULT 0, retry_after INTEGER, burst_seconds REAL, burst_every REAL, burst_begun REAL, process_id INTEGER);
CREATE TABLE grants (
        sequence INTEGER PRIMARY KEY,
        qualification_type_id TEXT NOT NULL REFERENCES qualification_types (id),
        worker_id TEXT NOT NULL,
        value INTEGER NOT NULL,
        status TEXT NOT NULL,
        grant_time REAL NOT NULL,
        UNIQUE (qualification_type_id, worker_id)
    );
CREATE TABLE hit_requirements (
        qualification_type_id TEXT NOT NULL,
        account INTEGER NOT NULL,
        hit_sequence INTEGER NOT NULL,
        PRIMARY KEY (qualification_type_id, account, hit_sequence)
    ) WITHOUT ROWID;
CREATE TABLE hit_type_requirements (
        hit_type_id TEXT NOT NULL REFERENCES hit_types (id),
        qualification_type_id TEXT NOT NULL,
        PRIMARY KEY (qualification_type_id, hit_type_id)
    ) WITHOUT ROWID;
CREATE TABLE hit_type_trigrams (
        trigram TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (trigram, sequence)
    ) WITHOUT ROWID;
CREATE TABLE hit_types (
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
        last_used REAL NOT NULL
    , open_hits INTEGER NOT NULL DEFAULT 0, newest_open REAL, masters TEXT NOT NULL DEFAULT '', folded_words TEXT NOT NULL DEFAULT '', account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE hits (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        hit_type_id TEXT NOT NULL REFERENCES hit_types (id),
        question TEXT NOT NULL,
        max_assignments INTEGER NOT NULL,
        requester_annotation TEXT,
        creation_time REAL NOT NULL,
        expiration REAL NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    , layout_id TEXT, assignment_review_policy TEXT, hit_review_policy TEXT, reviewing INTEGER NOT NULL DEFAULT 0, expired INTEGER NOT NULL DEFAULT 0, reviewable_since REAL, pending INTEGER NOT NULL DEFAULT 0, submitted INTEGER NOT NULL DEFAULT 0, completed INTEGER NOT NULL DEFAULT 0, account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE holds (
        account INTEGER NOT NULL,
        reward TEXT NOT NULL,
        masters TEXT NOT NULL,
        higher_fee INTEGER NOT NULL,
        assignments INTEGER NOT NULL,
        PRIMARY KEY (account, reward, masters, higher_fee)
    ) WITHOUT ROWID;
CREATE TABLE invitations (
        sequence INTEGER PRIMARY KEY,
        token_hash TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        worker_id TEXT,
        uses INTEGER NOT NULL,
        uses_left INTEGER NOT NULL,
        created REAL NOT NULL,
        expires REAL NOT NULL,
        revoked REAL
    );
CREATE TABLE layouts (id TEXT PRIMARY KEY, html TEXT NOT NULL, account INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notification_settings (
        hit_type_id TEXT PRIMARY KEY REFERENCES hit_types (id),
        notification TEXT,
        active INTEGER NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE notifications (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        qualification_type_id TEXT,
        text TEXT,
        time REAL NOT NULL
    , subject TEXT, payment INTEGER, account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE passkeys (
        credential_id TEXT PRIMARY KEY,
        worker_id TEXT NOT NULL,
        public_key TEXT NOT NULL,
        sign_count INTEGER NOT NULL,
        name TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL
    ) WITHOUT ROWID;
CREATE TABLE passphrases (
        worker_id TEXT PRIMARY KEY,
        hash TEXT NOT NULL,
        time REAL NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE payments (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        assignment_id TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        amount_cents INTEGER NOT NULL,
        fee_cents INTEGER NOT NULL,
        reason TEXT,
        time REAL NOT NULL
    , hit_id TEXT, account INTEGER NOT NULL DEFAULT 1, payout INTEGER REFERENCES payouts (sequence));
CREATE TABLE payouts (
        sequence INTEGER PRIMARY KEY,
        reference TEXT NOT NULL,
        time REAL NOT NULL
    );
CREATE TABLE qualification_requests (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        qualification_type_id TEXT NOT NULL REFERENCES qualification_types (id),
        worker_id TEXT NOT NULL,
        test TEXT,
        answer TEXT,
        status TEXT NOT NULL,
        submit_time REAL NOT NULL
    , account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE qualification_types (
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
    , sort_name TEXT NOT NULL DEFAULT '', account INTEGER NOT NULL DEFAULT 1);
CREATE TABLE request_counts (
        method TEXT NOT NULL,
        route TEXT NOT NULL,
        operation TEXT NOT NULL,
        status INTEGER NOT NULL,
        bucket INTEGER NOT NULL,
        requests INTEGER NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (method, route, operation, status, bucket)
    ) WITHOUT ROWID;
CREATE TABLE review_reports (
        sequence INTEGER PRIMARY KEY,
        hit_id TEXT NOT NULL REFERENCES hits (id),
        level TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL
    );
CREATE TABLE sessions (
        sequence INTEGER PRIMARY KEY,
        token_hash TEXT NOT NULL UNIQUE,
        worker_id TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL NOT NULL
    );
CREATE TABLE sign_in_attempts (
        sequence INTEGER PRIMARY KEY,
        name_hash TEXT NOT NULL UNIQUE,
        failures INTEGER NOT NULL,
        latest REAL NOT NULL
    );
CREATE TABLE sign_in_names (
        folded_name TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        worker_id TEXT NOT NULL UNIQUE
    ) WITHOUT ROWID;
CREATE TABLE sittings (
        worker_id TEXT NOT NULL,
        qualification_type_id TEXT NOT NULL,
        started REAL NOT NULL,
        PRIMARY KEY (worker_id, qualification_type_id)
    ) WITHOUT ROWID;
CREATE TABLE statements (
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        text TEXT NOT NULL,
        time REAL NOT NULL,
        PRIMARY KEY (kind, version)
    ) WITHOUT ROWID;
CREATE TABLE taken_hits (
        worker_id TEXT NOT NULL,
        hit_type_id TEXT NOT NULL,
        open_hits INTEGER NOT NULL,
        latest INTEGER NOT NULL,
        PRIMARY KEY (worker_id, hit_type_id)
    ) WITHOUT ROWID;
CREATE TABLE totals (
        account INTEGER NOT NULL,
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (account, name)
    ) WITHOUT ROWID;
INSERT INTO "totals" VALUES(1,'blocks',0);
INSERT INTO "totals" VALUES(1,'paid',0);
CREATE TABLE type_texts (
        sequence INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        keywords TEXT NOT NULL
    );
CREATE TABLE type_trigrams (
        part INTEGER NOT NULL,
        trigram TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (part, trigram, sequence)
    ) WITHOUT ROWID;
CREATE TABLE used_tokens (
        account INTEGER NOT NULL,
        operation TEXT NOT NULL,
        token TEXT NOT NULL,
        made_id TEXT NOT NULL,
        used_at REAL NOT NULL,
        PRIMARY KEY (account, operation, token)
    ) WITHOUT ROWID;
CREATE TABLE worker_counts (
        worker_id TEXT PRIMARY KEY,
        accepted INTEGER NOT NULL,
        submitted INTEGER NOT NULL,
        abandoned INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        approved INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        reward_cents INTEGER NOT NULL DEFAULT 0,
        bonus_cents INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
CREATE TABLE workers (worker_id TEXT PRIMARY KEY, country TEXT, subdivision TEXT, masters INTEGER NOT NULL DEFAULT 0, adult INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0, submitted INTEGER NOT NULL DEFAULT 0, abandoned INTEGER NOT NULL DEFAULT 0, returned INTEGER NOT NULL DEFAULT 0, approved INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX assignments_under_way ON assignments (deadline) WHERE status = 'Accepted';
CREATE INDEX assignments_to_review ON assignments (auto_approval_time) WHERE status = 'Submitted';
CREATE INDEX requests_of_worker ON qualification_requests (worker_id, qualification_type_id);
CREATE INDEX grants_of_worker ON grants (worker_id);
CREATE INDEX review_reports_of_hit ON review_reports (hit_id, sequence);
CREATE INDEX payments_of_assignment ON payments (assignment_id, kind);
CREATE INDEX events_to_post ON events (next_attempt) WHERE next_attempt IS NOT NULL;
CREATE INDEX requirements_of_hit_type ON hit_type_requirements (hit_type_id, qualification_type_id);
CREATE INDEX hit_types_by_group ON hit_types (group_id);
CREATE INDEX hit_types_open ON hit_types (newest_open, sequence) WHERE open_hits > 0;
CREATE INDEX assignments_of_hit ON assignments (hit_id, status, submit_time, sequence);
CREATE INDEX assignments_of_worker ON assignments (worker_id, sequence);
CREATE INDEX assignments_accepted ON assignments (worker_id, deadline) WHERE status = 'Accepted';
CREATE INDEX assignments_given_back ON assignments (worker_id, hit_id) WHERE status IN ('Returned', 'Abandoned');
CREATE UNIQUE INDEX assignments_once ON assignments (worker_id, hit_id) WHERE status NOT IN ('Returned', 'Abandoned');
CREATE INDEX grants_of_type ON grants (qualification_type_id, status, sequence);
CREATE INDEX pending_requests_of_type ON qualification_requests (qualification_type_id, sequence)
        WHERE status = 'Pending';
CREATE INDEX qualification_types_by_sort_name ON qualification_types (sort_name, sequence);
CREATE INDEX pending_requests_of_worker ON qualification_requests (worker_id, qualification_type_id)
        WHERE status = 'Pending';
CREATE INDEX notifications_of_worker ON notifications (worker_id, sequence);
CREATE INDEX bonuses_of_hit ON payments (hit_id, sequence) WHERE kind = 'Bonus';
CREATE INDEX blocks_listed ON blocks (account, sequence);
CREATE INDEX blocks_of_worker ON blocks (worker_id);
CREATE INDEX used_tokens_by_age ON used_tokens (used_at);
CREATE INDEX hits_listed ON hits (account, deleted, sequence);
CREATE INDEX hits_to_review ON hits (account, reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND deleted = 0;
CREATE INDEX qualification_types_of_account ON qualification_types (account, sequence);
CREATE INDEX pending_requests ON qualification_requests (account, sequence) WHERE status = 'Pending';
CREATE INDEX hit_types_by_identity ON hit_types (account, identity);
CREATE INDEX payments_of_account ON payments (account, sequence);
CREATE INDEX assignments_reviewed ON assignments (account, worker_id)
        WHERE status IN ('Approved', 'Rejected');
CREATE INDEX hits_of_type ON hits (hit_type_id) WHERE deleted = 0;
CREATE INDEX hits_to_expire ON hits (expiration) WHERE expired = 0 AND deleted = 0;
CREATE INDEX hits_open ON hits (hit_type_id, sequence)
        WHERE expired = 0 AND deleted = 0 AND pending + submitted + completed < max_assignments;
CREATE INDEX hits_of_type_to_review ON hits (hit_type_id, reviewing, sequence)
        WHERE reviewable_since IS NOT NULL AND deleted = 0;
CREATE INDEX hits_to_remove ON hits (reviewable_since)
        WHERE reviewable_since IS NOT NULL AND deleted = 0 AND submitted = 0;
CREATE INDEX access_keys_of_account ON access_keys (account, created);
CREATE INDEX consents_of_worker ON consents (worker_id);
CREATE INDEX invitations_of_worker ON invitations (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX sessions_of_worker ON sessions (worker_id, sequence);
CREATE INDEX sessions_by_age ON sessions (last_used);
CREATE INDEX payments_of_worker ON payments (worker_id);
CREATE INDEX payments_owed ON payments (account, worker_id, sequence) WHERE payout IS NULL;
CREATE INDEX passkeys_of_worker ON passkeys (worker_id, created);
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (latest);
CREATE INDEX audit_refusals ON audit (actor, time) WHERE action = 'sign-in refused';
CREATE INDEX assignments_of_many ON assignments (worker_id, hit_id) WHERE of_many = 1 AND status NOT IN ('Returned', 'Abandoned');
CREATE INDEX qualification_types_by_name ON qualification_types (account, substr(name, 1, 500));
