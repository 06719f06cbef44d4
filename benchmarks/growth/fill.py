"""A marketplace with as many HITs, workers and holders as asked for, made by bulk inserts.

The file is made as the schema's third version had it and brought up to date by opening it, as a user's old file is: so
one filling serves every later version, and the migrations are run at each size.
"""

import contextlib
import json
import sqlite3
import time
from pathlib import Path

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.storage.schema import VERSIONS
from pulumi_mturk.marketplace.storage.sqlite import APPLICATION_ID

FILLED_VERSION = 3
BIG_GROUP, MANY_PLACES = "TYPE0", "HITMANY"
"""The HIT type with half of all HITs, and the HIT with an assignment of every third worker."""
PANEL = "TYPEPANEL"
"""A HIT type whose HITs stay open, of which `BUSY` has taken all but the newest ones."""
HELD, ASKED_FOR = "QUAL0", "QUAL1"
"""The qualification type that all workers were granted, and one that waits for its requester's answers."""
WORKER = "A0000000"
"""A worker with a usual history: some fifty assignments, grants, messages and bonuses."""
BUSY = "ABUSY00"
"""A worker with more assignments under way, qualifications and pending requests, the larger the marketplace is."""
NOW = time.time()
AHEAD = 300 * 86_400.0
_OWN = 50
_QUESTION = (
    '<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/'
    'HTMLQuestion.xsd"><HTMLContent><![CDATA[<p>Which colour has this?</p>]]></HTMLContent>'
    "<FrameHeight>0</FrameHeight></HTMLQuestion>"
)
_ANSWER = (
    '<QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/'
    'QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>q</QuestionIdentifier><FreeText>red</FreeText></Answer>'
    "</QuestionFormAnswers>"
)
_HOLDS = json.dumps(
    [
        {
            "QualificationTypeId": HELD,
            "Comparator": "Exists",
            "RequiredToPreview": False,
            "ActionsGuarded": "DiscoverPreviewAndAccept",
        }
    ]
)
_NUMBERS = "WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :n) "
# A tenth of the HITs in the big group is done and approved, a tenth done and not reviewed, the rest open; of those in
# other groups a tenth has expired. One of a hundred was deleted.
_STATEMENTS = (
    """INSERT INTO qualification_types (id, name, description, keywords, status, auto_granted, creation_time, last_used)
    SELECT 'QUAL' || i, 'Kind of work ' || i, 'Words.', 'words, kind', 'Active', 0, :now, :now + 9e9 FROM numbers
    WHERE i < :few""",
    "INSERT INTO workers (worker_id, country) SELECT 'A' || substr('000000' || i, -7), 'US' FROM numbers",
    """INSERT INTO grants (qualification_type_id, worker_id, value, status, grant_time)
    SELECT 'QUAL0', 'A' || substr('000000' || i, -7), i % 100, iif(i >= :n - :n / 20, 'Revoked', 'Granted'), :now
    FROM numbers""",
    """INSERT INTO grants (qualification_type_id, worker_id, value, status, grant_time)
    SELECT 'QUAL' || (i + 1), :worker, i, 'Granted', :now FROM numbers WHERE i < 8""",
    """INSERT INTO qualification_requests (id, qualification_type_id, worker_id, status, submit_time)
    SELECT 'REQ' || i, iif(i % 2, 'QUAL1', 'QUAL2'), 'A' || substr('000000' || i, -7), 'Pending', :now
    FROM numbers WHERE i BETWEEN 1 AND :n / 20""",
    """INSERT INTO hit_types (id, group_id, title, description, keywords, reward, auto_approval_delay,
        assignment_duration, requirements, identity, last_used)
    SELECT 'TYPE' || i, 'GROUP' || i, 'Name the colour ' || i, 'Look at it, and name its colour.', 'colour, quick',
        '0.0' || (1 + i % 9), 2592000, 3600, iif(i % 2, :holds, '[]'), 'identity' || i, :now FROM numbers
    WHERE i <= :few""",
    """INSERT INTO hit_types (id, group_id, title, description, keywords, reward, auto_approval_delay,
        assignment_duration, requirements, identity, last_used)
    VALUES (:panel, 'GROUPPANEL', 'Name all colours', 'Look at each, and name its colour.', 'colour', '0.02', 2592000,
        3600, '[]', 'identity of the panel', :now)""",
    """INSERT INTO hit_type_requirements (qualification_type_id, hit_type_id)
    SELECT 'QUAL0', 'TYPE' || i FROM numbers WHERE i <= :few AND i % 2""",
    """INSERT INTO hits (id, hit_type_id, question, max_assignments, creation_time, expiration, deleted, expired,
        reviewable_since)
    SELECT 'HIT' || i, 'TYPE' || iif(i % 2, 1 + i / 2 % :few, 0), :question, iif(i % 2, 3, 1), :now - :n + i,
        iif(i % 20 = 7, :now - 10, :now + :ahead), i % 100 = 10, i % 20 = 7,
        iif(i % 20 = 7 OR i % 10 IN (0, 2), :now, NULL)
    FROM numbers""",
    """INSERT INTO hits (id, hit_type_id, question, max_assignments, creation_time, expiration,
        assignment_review_policy)
    VALUES (:many, 'TYPE0', :question, 1000000, :now, :now + :ahead, :policy)""",
    """INSERT INTO hits (id, hit_type_id, question, max_assignments, creation_time, expiration)
    SELECT 'PANEL' || i, :panel, :question, 3, :now, :now + :ahead FROM numbers WHERE i < :n / 20 + 100""",
    """INSERT INTO assignments (id, hit_id, worker_id, status, accept_time, deadline, submit_time, auto_approval_time,
        approval_time, answer)
    SELECT 'DONE' || i, 'HIT' || i, iif(i < 10 * :own, :worker, 'A' || substr('000000' || i, -7)),
        iif(i % 10, 'Submitted', 'Approved'), :now, :now + 3600, :now + i * 0.001, :now + :ahead,
        iif(i % 10, NULL, :now), :answer
    FROM numbers WHERE i % 10 IN (0, 2)""",
    """INSERT INTO assignments (id, hit_id, worker_id, status, accept_time, deadline, submit_time, auto_approval_time,
        approval_time, rejection_time, answer)
    SELECT 'MANY' || i, :many, 'A' || substr('000000' || i, -7), iif(i > :n * 0.99, 'Rejected', 'Approved'), :now,
        :now + 3600, :now + i * 0.001, :now + :ahead, :now, :now, :answer
    FROM numbers WHERE i % 3 = 1""",
    "INSERT INTO workers (worker_id, country) VALUES (:busy, 'US')",
    """INSERT INTO assignments (id, hit_id, worker_id, status, accept_time, deadline)
    SELECT 'BUSY' || i, 'HIT' || i, :busy, 'Accepted', :now, :now + :ahead + i FROM numbers WHERE i % 20 = 1""",
    """INSERT INTO assignments (id, hit_id, worker_id, status, accept_time, deadline)
    SELECT 'PANEL' || i, 'PANEL' || i, :busy, 'Accepted', :now, :now + :ahead + i FROM numbers WHERE i < :n / 20""",
    """INSERT INTO grants (qualification_type_id, worker_id, value, status, grant_time)
    SELECT 'QUAL' || i, :busy, i, 'Granted', :now FROM numbers WHERE i < min(:n / 20, :few)""",
    """INSERT INTO qualification_requests (id, qualification_type_id, worker_id, status, submit_time)
    SELECT 'BUSYREQ' || i, 'QUAL' || i, :busy, 'Pending', :now FROM numbers
    WHERE i BETWEEN 10 AND min(:n / 20, :few - 1)""",
    """INSERT INTO review_reports (hit_id, level, kind, detail)
    SELECT hit_id, 'Assignment', 'Result', :result FROM assignments WHERE hit_id = :many ORDER BY sequence""",
    """INSERT INTO payments (kind, assignment_id, worker_id, amount_cents, fee_cents, time)
    SELECT 'Reward', id, worker_id, 5, 1, approval_time FROM assignments WHERE status = 'Approved'""",
    """INSERT INTO payments (kind, assignment_id, worker_id, amount_cents, fee_cents, reason, time)
    SELECT 'Bonus', id, worker_id, 10, 2, 'Good work.', :now + sequence * 0.001 FROM assignments
    WHERE hit_id = :many OR worker_id = :worker""",
    """INSERT INTO notifications (kind, worker_id, qualification_type_id, time)
    SELECT 'Grant', 'A' || substr('000000' || i, -7), 'QUAL0', :now FROM numbers""",
    """INSERT INTO notifications (kind, worker_id, text, time)
    SELECT 'Bonus', worker_id, reason, time FROM payments WHERE kind = 'Bonus'""",
    """INSERT INTO blocks (worker_id, reason)
    SELECT 'A' || substr('000000' || i, -7), 'Words.' FROM numbers WHERE i % 20 = 5 AND i < 1000000""",
    """INSERT INTO used_tokens (operation, token, made_id, used_at)
    SELECT 'CreateHIT', 'token' || i, 'HIT' || i, :now FROM numbers""",
    """INSERT INTO events (event_type, hit_type_id, hit_id, time, destination, transport, message, posted)
    SELECT 'HITReviewable', 'TYPE0', 'HIT' || i, :now, 'https://example.com', 'SQS', '{}', :now FROM numbers
    WHERE i % 10 = 0""",
)
# What older versions have not: workers who have joined and signed in, and who agreed to what the host said before.
_OF_SIGN_IN = (
    "INSERT INTO statements (kind, version, text, time) VALUES ('Payment', 1, 'Words.', :now)",
    "INSERT INTO statements (kind, version, text, time) VALUES ('Consent', 1, 'Words.', :now)",
    """INSERT INTO sign_in_names (folded_name, name, worker_id)
    SELECT 'name ' || i, 'Name ' || i, 'A' || substr('000000' || i, -7) FROM numbers""",
    "INSERT INTO passphrases (worker_id, hash, time) SELECT worker_id, 'scrypt$2$1$1$00$00', :now FROM sign_in_names",
    """INSERT INTO consents (worker_id, consent_version, payment_version, time)
    SELECT worker_id, 1, 1, :now FROM sign_in_names""",
    """INSERT INTO sessions (token_hash, worker_id, created, last_used)
    SELECT 'hash ' || worker_id, worker_id, :now, :now FROM sign_in_names""",
    """INSERT INTO invitations (token_hash, label, uses, uses_left, created, expires)
    SELECT 'hash ' || i, '', 1, 1, :now, :now + 604800 FROM numbers WHERE i % 10 = 0""",
    """INSERT INTO sign_in_attempts (name_hash, failures, latest)
    SELECT 'hash ' || i, 1, :now FROM numbers WHERE i % 20 = 0""",
    "INSERT INTO audit (time, actor, action, subject) SELECT :now, worker_id, 'joined', worker_id FROM sign_in_names",
)


def worker(number: int) -> str:
    """The id of a worker."""
    return f"A{number:07d}"


def fill(path: Path, size: int) -> Marketplace:
    """Make the file, and open it."""
    values = {
        "n": size,
        "few": 200 + size // 100,
        "now": NOW,
        "ahead": AHEAD,
        "own": _OWN,
        "many": MANY_PLACES,
        "worker": WORKER,
        "busy": BUSY,
        "panel": PANEL,
        "holds": _HOLDS,
        "question": _QUESTION,
        "answer": _ANSWER,
        "policy": json.dumps({"PolicyName": "ScoreMyKnownAnswers/2011-09-01"}),
        "result": json.dumps({"SubjectType": "Assignment", "Key": "KnownAnswerScore", "Value": "100"}),
    }
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for statements in VERSIONS[:FILLED_VERSION]:
            for statement in statements:
                connection.execute(statement)
        rows = {"id": "0" * 32, "clock_offset": "0", "switches": "{}"}
        connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows.items())
        for statement in _STATEMENTS:
            connection.execute(_numbered(statement), values)
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FILLED_VERSION}")
    Marketplace.open(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for statement in _OF_SIGN_IN:
            connection.execute(_numbered(statement), values)
    return Marketplace.open(path)


def _numbered(statement: str) -> str:
    return _NUMBERS + statement if "FROM numbers" in statement else statement
