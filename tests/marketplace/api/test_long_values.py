"""Values of thousands of bytes are done or refused, alike on both engines: PostgreSQL's indexes take short ones alone.

Each text that a caller can send is sent long, in a call that is done otherwise. What is indexed has to be known as
short, with the reason, so that the next index on a text that a caller chooses is not forgotten.
"""

from __future__ import annotations

import contextlib
import copy
import random
import sqlite3
import string
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import qualification_requests, sign_in
from pulumi_mturk.marketplace.storage.schema_seventh import INDEXED
from tests.support.marketplace.api_calls import ANSWER_KEY, HIT_TYPE, PAST, TEST, InProcessClient
from tests.support.marketplace.api_shapes import OPERATIONS
from tests.support.marketplace.engine import copied, kept_place
from tests.support.marketplace.kept_numbers import check_kept_numbers
from tests.support.marketplace.populated import DOZEN, LIFE, NEWCOMER, SCORED, WORKERS, Population, populate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONG: Final = "A" + "".join(random.Random(3).choices(string.ascii_uppercase + string.digits, k=20_000))  # noqa: S311 - a test's
"""An id's characters, which can not be compressed into an index."""
MOST_BYTES: Final = 2_704
"""Of a row of an index on PostgreSQL."""
ONCE: Final = "once"
NEW: Final = {"Name": "New", "Description": "d", "QualificationTypeStatus": "Active"}
NEVER_DONE: Final = ("GetFileUploadURL",)
"""What is refused whatever it is called with."""
NOTIFICATION: Final = {
    "Destination": "arn:aws:sns:us-east-1:123456789012:topic",
    "Transport": "SNS",
    "Version": "2006-05-05",
    "EventTypes": ["HITCreated"],
}
Members = dict[str, Any]
Outcome = tuple[str, int, str | None]
"""What was long, the status, and the error's code."""


def calls_of(made: Population, layout: str) -> dict[str, Members]:
    """For each operation a call that is done, with as many texts as it takes."""
    of_type = {"QualificationTypeId": made.types[0]}
    of_hit = {"HITId": made.hits[DOZEN]}
    rule = {**of_type, "Comparator": "Exists"}
    where = {
        "QualificationTypeId": "00000000000000000071",
        "Comparator": "In",
        "LocaleValues": [{"Country": "US", "Subdivision": "CA"}],
    }
    hit_type = {**HIT_TYPE, "Keywords": "a, b", "QualificationRequirements": [rule, where]}
    hit = {**LIFE, "RequesterAnnotation": "a", "UniqueRequestToken": ONCE, "AssignmentReviewPolicy": SCORED}
    filled = {"HITLayoutId": layout, "HITLayoutParameters": [{"Name": "word", "Value": "w"}]}
    del hit["Question"]
    work = {"AssignmentId": made.assignments[0]}
    page: Members = {"MaxResults": 5}
    return {
        "AcceptQualificationRequest": {"QualificationRequestId": made.requests[0]},
        "ApproveAssignment": {**work, "RequesterFeedback": "f"},
        "AssociateQualificationWithWorker": {**of_type, "WorkerId": NEWCOMER},
        "CreateAdditionalAssignmentsForHIT": {
            **of_hit,
            "NumberOfAdditionalAssignments": 1,
            "UniqueRequestToken": ONCE,
        },
        "CreateHIT": {**hit_type, **hit, **filled},
        "CreateHITType": hit_type,
        "CreateHITWithHITType": {"HITTypeId": made.hit_types[0], **hit, **filled},
        "CreateQualificationType": {
            **NEW,
            "Keywords": "k",
            "Test": TEST,
            "AnswerKey": ANSWER_KEY,
            "TestDurationInSeconds": 60,
        },
        "CreateWorkerBlock": {"WorkerId": NEWCOMER, "Reason": "r"},
        "DeleteHIT": {"HITId": made.hits[-1]},
        "DeleteQualificationType": {"QualificationTypeId": made.types[-1]},
        "DeleteWorkerBlock": {"WorkerId": WORKERS[0].replace("EXAMPLE", "BLOCKED"), "Reason": "r"},
        "DisassociateQualificationFromWorker": {**of_type, "WorkerId": WORKERS[0], "Reason": "r"},
        "GetAccountBalance": {},
        "GetAssignment": work,
        "GetFileUploadURL": {**work, "QuestionIdentifier": "q1"},
        "GetHIT": of_hit,
        "GetQualificationScore": {**of_type, "WorkerId": WORKERS[1]},
        "GetQualificationType": of_type,
        "ListAssignmentsForHIT": {**of_hit, **page},
        "ListBonusPayments": {**of_hit, **page},
        "ListHITs": page,
        "ListHITsForQualificationType": {**of_type, **page},
        "ListQualificationRequests": {**of_type, **page},
        "ListQualificationTypes": {"MustBeRequestable": True, "Query": "type", **page},
        "ListReviewPolicyResultsForHIT": {**of_hit, **page},
        "ListReviewableHITs": {"HITTypeId": made.hit_types[0], **page},
        "ListWorkerBlocks": page,
        "ListWorkersWithQualificationType": {**of_type, **page},
        "NotifyWorkers": {"Subject": "s", "MessageText": "m", "WorkerIds": [WORKERS[0]]},
        "RejectAssignment": {"AssignmentId": made.assignments[1], "RequesterFeedback": "f"},
        "RejectQualificationRequest": {"QualificationRequestId": made.requests[1], "Reason": "r"},
        "SendBonus": {
            "AssignmentId": made.assignments[0],
            "WorkerId": WORKERS[0],
            "BonusAmount": "0.01",
            "Reason": "r",
            "UniqueRequestToken": ONCE,
        },
        "SendTestEventNotification": {"Notification": NOTIFICATION, "TestEventType": "Ping"},
        "UpdateExpirationForHIT": {**of_hit, "ExpireAt": PAST},
        "UpdateHITReviewStatus": {"HITId": made.hits[DOZEN + 1]},
        "UpdateHITTypeOfHIT": {"HITId": made.hits[0], "HITTypeId": made.hit_types[-1]},
        "UpdateNotificationSettings": {"HITTypeId": made.hit_types[0], "Notification": NOTIFICATION},
        "UpdateQualificationType": {
            **of_type,
            "Description": "d",
            "Test": TEST,
            "AnswerKey": ANSWER_KEY,
            "TestDurationInSeconds": 60,
        },
    }


def long_ones(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The value with each of its texts long in turn, with where that one stands."""
    if isinstance(value, str):
        yield path, LONG
        return
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        for place, changed in long_ones(part, f"{path}.{key}"):
            whole = copy.copy(value)
            whole[key] = changed
            yield place, whole


def outcomes(marketplace: Marketplace, name: str, members: Members) -> list[Outcome]:
    """What becomes of a call with each of its texts long, and then of the call as it is."""
    direct = InProcessClient(marketplace)
    found = []
    for number, (place, changed) in enumerate((*long_ones(members), ("", members))):
        if changed.get("UniqueRequestToken") == ONCE:
            changed = {**changed, "UniqueRequestToken": f"{ONCE}{number}"}
        status, answer = direct.call(name, **changed)
        found.append((place, status, answer.get("TurkErrorCode") or answer.get("__type")))
    return found


def prepared(marketplace: Marketplace, unknown_types: str) -> dict[str, Members]:
    marketplace.set_switches(requirement_on_unknown_type=unknown_types)
    return calls_of(populate(marketplace), marketplace.add_layout("<p>${word}</p>"))


@pytest.fixture(scope="module", params=["refuse", "accept"])
def full(request: pytest.FixtureRequest, engine: None) -> Iterator[tuple[str | Path, dict[str, Members], str]]:
    """A marketplace with a dozen of everything, of which each test gets a copy; the calls, and the switch."""
    with kept_place() as place:
        with Marketplace.open(place) as opened:
            calls = prepared(opened, request.param)
        yield place, calls, request.param


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_long_text_is_taken_or_refused_alike(
    full: tuple[str | Path, dict[str, Members], str], name: str, request: pytest.FixtureRequest
) -> None:
    place, calls, unknown_types = full
    with copied(place) as other, Marketplace.open(other, create=False) as marketplace:
        found = outcomes(marketplace, name, calls[name])
        with marketplace.reading() as ctx:
            check_kept_numbers(ctx.db)
    assert {status for _, status, _ in found} <= {200, 400}
    assert found[-1][1] == 200 or name in NEVER_DONE or any(status == 200 for _, status, _ in found)
    if request.config.getoption("--engine") == "postgresql":
        with Marketplace.in_memory("reference") as reference:
            assert found == outcomes(reference, name, prepared(reference, unknown_types)[name])


def test_names_that_begin_alike_are_others_and_listed_in_pages(direct: InProcessClient) -> None:
    """The index has the beginning of a name alone."""
    direct.marketplace.register_worker(WORKERS[0])
    ids = {name: direct.new_type(name) for name in (f"{LONG}B", f"{LONG}A", LONG, LONG[:INDEXED], LONG[: INDEXED - 1])}
    for name, type_id in ids.items():
        status, answer = direct.call("CreateQualificationType", **NEW | {"Name": name})
        assert (status, answer["TurkErrorCode"].rpartition(".")[2]) == (400, "QualificationTypeAlreadyExists")
        status, answer = direct.call("GetQualificationType", QualificationTypeId=type_id)
        assert answer["QualificationType"]["Name"] == name
    status, answer = direct.call("ListQualificationTypes", MustBeRequestable=True, Query=LONG[-100:])
    assert [each["Name"] for each in answer["QualificationTypes"]] == [f"{LONG}B", f"{LONG}A", LONG]
    for words in ("", LONG[-100:], LONG[100:110]):
        with direct.marketplace.reading() as ctx:
            every = [*qualification_requests.types_for_worker(ctx, WORKERS[0], words)]
            for number, (position, _) in enumerate(every):
                rest = [*qualification_requests.types_for_worker(ctx, WORKERS[0], words, position)]
                assert rest == every[number + 1 :]
        assert len(every) == (3 if words == LONG[-100:] else len(ids))
        assert max(len(position[0]) for position, _ in every) == INDEXED


OURS: Final = "made here, or an id of what is here"
INDEXED_TEXTS: Final = {
    **dict.fromkeys(
        (
            *("access_keys.id", "assignments.id", "assignments.hit_id", "assignments.status", "erasures.worker_hash"),
            *("grants.qualification_type_id", "grants.status", "hit_type_requirements.hit_type_id"),
            *("hit_type_trigrams.trigram", "hit_types.group_id", "hit_types.id", "hit_types.identity"),
            *("hits.hit_type_id", "hits.id", "invitations.token_hash", "layouts.id", "meta.key"),
            *("notification_settings.hit_type_id", "payments.assignment_id", "payments.hit_id", "payments.kind"),
            *("qualification_requests.id", "qualification_requests.qualification_type_id", "request_counts.method"),
            *("request_counts.operation", "request_counts.route", "review_reports.hit_id", "sessions.token_hash"),
            *("sign_in_attempts.name_hash", "sittings.qualification_type_id", "statements.kind", "totals.name"),
            *("qualification_types.id", "taken_hits.hit_type_id", "type_trigrams.trigram", "used_tokens.operation"),
            "holds.masters",
        ),
        OURS,
    ),
    **dict.fromkeys(
        (
            *("assignments.worker_id", "blocks.worker_id", "consents.worker_id", "grants.worker_id"),
            *("invitations.worker_id", "notifications.worker_id", "passkeys.worker_id", "passphrases.worker_id"),
            *("payments.worker_id", "qualification_requests.worker_id", "sessions.worker_id", "sittings.worker_id"),
            *("sign_in_names.worker_id", "taken_hits.worker_id", "worker_counts.worker_id", "workers.worker_id"),
            "audit.actor",
        ),
        "64 characters of ASCII, the model and the registration say; with a few more where it is somebody's in the log",
    ),
    "accounts.name": "64 characters, the operator is told",
    "hit_requirements.qualification_type_id": "64 characters: a longer one is unknown",
    "hit_type_requirements.qualification_type_id": "64 characters: a longer one is unknown",
    "holds.reward": "15 characters, a requester is told",
    "passkeys.credential_id": "1,023 bytes in Base64, or it is no passkey",
    "qualification_types.sort_name": "the beginning of it alone",
    "sign_in_names.folded_name": "of 64 characters, a test below",
    "used_tokens.token": "64 characters, the model says; or ours",
}
"""The texts that indexes have whole, and what keeps each short."""


def test_whatever_text_is_indexed_is_short(tmp_path: Path) -> None:
    Marketplace.open(tmp_path / "place.db").close()
    found = set()
    with contextlib.closing(sqlite3.connect(tmp_path / "place.db")) as file:
        for (table,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            kinds = {row[1]: row[2] for row in file.execute(f"PRAGMA table_info({table})")}
            for index in file.execute(f"PRAGMA index_list({table})").fetchall():
                columns = [row[2] for row in file.execute(f"PRAGMA index_xinfo({index[1]})") if row[5]]
                found |= {f"{table}.{column}" for column in columns if kinds.get(column) == "TEXT"}
    assert found == INDEXED_TEXTS.keys()


def test_no_sign_in_name_is_long_once_it_is_folded() -> None:
    every = (chr(number) for number in range(sys.maxunicode + 1) if not 0xD800 <= number < 0xE000)
    assert 64 * max(len(sign_in.folded(character).encode()) for character in every) < MOST_BYTES
