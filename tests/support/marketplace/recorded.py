"""A marketplace's file as a released version writes it, with what that version reads in it.

`python -m tests.support.marketplace.recorded` records the version of the schema that the package has now: run it before
a change to the schema, and keep the files. `tests/marketplace/storage/test_recorded.py` opens each of them.
"""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import (
    qualification_requests,
    worker_assignments,
    worker_hits,
    worker_notifications,
    worker_statistics,
    workers,
)
from pulumi_mturk.marketplace.domain.serialization import to_json_values
from pulumi_mturk.marketplace.settings import Sources
from pulumi_mturk.marketplace.storage.engines import open_database
from pulumi_mturk.marketplace.storage.migrations import SCHEMA_VERSION
from tests.support.marketplace import recorded_hosting
from tests.support.marketplace.api_calls import MASTERS, InProcessClient
from tests.support.marketplace.kept_numbers import check_kept_numbers
from tests.support.marketplace.populated import WORKERS, Population, populate

FOLDER = Path(__file__).parents[2] / "marketplace" / "storage" / "recorded"
BEGIN = 1_790_000_000.0
DAY = 86_400
_ONES = 100
SINCE = {"requester": 5, "passkeys": 6, "agreements": 6, "audit_log": 6, "taken_hits": 7}
"""Members of answers that earlier versions did not have."""


def opened(address: str | Path, now: float) -> Marketplace:
    """The marketplace of a file, or of a server's database, at a time that stands still."""
    return Marketplace(open_database(address, create=True), Sources(lambda: now, random.Random(7)))  # noqa: S311 - ids of a test


def readings(address: str | Path) -> dict[str, Any]:
    """What requesters and workers read in a database: at once, and, when some of it is over, a day later."""
    with opened(address, BEGIN + 5) as marketplace:
        found = recorded_hosting.readings_at_once(marketplace)
    with opened(address, BEGIN + DAY + 1) as marketplace:
        found |= _of_the_first_account(marketplace) | recorded_hosting.readings(marketplace)
    values: dict[str, Any] = json.loads(json.dumps(to_json_values(found)))
    return values


def _of_the_first_account(marketplace: Marketplace) -> dict[str, Any]:
    direct = InProcessClient(marketplace)
    found: dict[str, Any] = {}

    def read(operation: str, **members: Any) -> dict[str, Any]:
        status, answer = direct.call(operation, **members)
        assert status == 200, answer
        found[f"{operation} {json.dumps(members)}"] = answer
        return answer

    read("GetAccountBalance")
    for status in ("Reviewable", "Reviewing"):
        read("ListReviewableHITs", Status=status, MaxResults=_ONES)
    for kind in read("ListQualificationTypes", MustBeRequestable=False, MaxResults=_ONES)["QualificationTypes"]:
        identity = kind["QualificationTypeId"]
        read("ListHITsForQualificationType", QualificationTypeId=identity, MaxResults=_ONES)
        if kind["IsRequestable"] and kind["Name"] != recorded_hosting.TYPE:
            read("ListQualificationRequests", QualificationTypeId=identity, MaxResults=_ONES)
            for status in ("Granted", "Revoked"):
                read("ListWorkersWithQualificationType", QualificationTypeId=identity, Status=status, MaxResults=_ONES)
    for hit in read("ListHITs", MaxResults=_ONES)["HITs"]:
        read("ListAssignmentsForHIT", HITId=hit["HITId"], MaxResults=_ONES)
        read("ListBonusPayments", HITId=hit["HITId"], MaxResults=_ONES)
        read("ListReviewableHITs", HITTypeId=hit["HITTypeId"], MaxResults=_ONES)
    read("ListWorkerBlocks", MaxResults=_ONES)
    with marketplace.reading() as ctx:
        for worker in WORKERS[:3]:
            found[f"worker {worker}"] = {
                "groups": [asdict(group) for group in worker_hits.find_groups(ctx, worker)],
                "next": [
                    worker_hits.next_hit(ctx, worker, group.group_id) for group in worker_hits.find_groups(ctx, worker)
                ],
                "statistics": asdict(worker_statistics.statistics_of(ctx, workers.find(ctx, worker))),
                "messages": [asdict(each) for each in worker_notifications.messages_to(ctx, worker)],
                "accepted": [asdict(each) for each in worker_assignments.accepted_assignments(ctx, worker)],
                "past": [asdict(each) for each in worker_assignments.past_assignments(ctx, worker)],
                "requestable": [asdict(each) for each in qualification_requests.requestable_types(ctx, worker)],
            }
    found["summary"] = asdict(marketplace.summary())
    return found


def live(made: Population) -> None:
    """What `populate` does not do: HITs in every state, and money that moves."""

    def accept(hit_id: str, worker: str) -> str:
        with made.marketplace.writing() as ctx:
            return worker_assignments.accept(ctx, worker, hit_id)

    made.publish(
        Title="For Masters",
        MaxAssignments=12,
        QualificationRequirements=[{"QualificationTypeId": MASTERS, "Comparator": "Exists"}],
    )
    shared = made.publish(Title="Shared", MaxAssignments=5)
    with made.marketplace.writing() as ctx:
        worker_assignments.return_assignment(ctx, WORKERS[0], worker_assignments.accept(ctx, WORKERS[0], shared))
    accept(shared, WORKERS[1])
    for worker in WORKERS[2:4]:
        made.work(shared, worker)
    made.call("RejectAssignment", AssignmentId=made.assignments[-1], RequesterFeedback="No.")
    made.call("ApproveAssignment", AssignmentId=made.assignments[-1], OverrideRejection=True)
    for _ in range(2):  # told of twice in one moment, and the words are the same
        made.reward(made.assignments[-1], WORKERS[3])
    made.call("ApproveAssignment", AssignmentId=made.assignments[-2])
    expired = made.publish(Title="Expired", MaxAssignments=3)
    made.work(expired, WORKERS[0])
    made.call("UpdateExpirationForHIT", HITId=expired, ExpireAt=0)
    made.call("UpdateHITReviewStatus", HITId=expired)
    deleted = made.publish(Title="Deleted", **made.ruled)
    made.work(deleted, WORKERS[0])
    made.call("ApproveAssignment", AssignmentId=made.assignments[-1])
    made.call("DeleteHIT", HITId=deleted)
    moved = made.publish(Title="Moved", **made.ruled)
    made.call("UpdateHITTypeOfHIT", HITId=moved, HITTypeId=made.hit_types[-4])
    accept(made.publish(Title="For very many", MaxAssignments=1_000), WORKERS[1])
    made.direct.new_type("A long name " * 60)
    made.call("DisassociateQualificationFromWorker", QualificationTypeId=made.types[0], WorkerId=WORKERS[5])
    made.call("DeleteWorkerBlock", WorkerId=WORKERS[0].replace("EXAMPLE", "BLOCKED"))


def record() -> None:
    """Write the file as SQL, and what is read in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "recorded.db"
        with opened(path, BEGIN) as marketplace:
            marketplace.set_switches(funds="prepaid", account_balance="500.00")
            made = populate(marketplace)
            live(made)
            recorded_hosting.live(made)
        with closing(sqlite3.connect(path)) as connection:
            dump = "\n".join(connection.iterdump())
        read = readings(path)
    target = FOLDER / f"version-{SCHEMA_VERSION}"
    target.with_suffix(".sql").write_text(dump + "\n", encoding="utf-8")
    target.with_suffix(".json").write_text(json.dumps(read, indent=1) + "\n", encoding="utf-8")


def restored(version: Path, path: Path) -> None:
    """Make the file from what was recorded."""
    from pulumi_mturk.marketplace.storage.sqlite import APPLICATION_ID

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(version.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {int(version.stem.partition('-')[2])}")
        connection.commit()


def restored_on_a_server(version: Path, address: str) -> None:
    """Make a server's database from what was recorded, as that version would have it there."""
    import psycopg

    from pulumi_mturk.marketplace.storage.postgresql_statements import schema

    statements: list[str] = []
    begun = ""
    for line in version.read_text(encoding="utf-8").splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            statements.append(begun)
            begun = ""
    with psycopg.connect(address) as connection:
        # without BEGIN and COMMIT
        for statement in schema(statements[1:-1]):
            connection.execute(statement.encode())
        number = version.stem.partition("-")[2]
        connection.execute("INSERT INTO meta (key, value) VALUES ('schema_version', %s)", (number,))


def check(version: int, address: str | Path) -> None:
    """Fail unless a database of a version reads as that version read it, and the numbers kept in it are right."""
    expected: dict[str, Any] = json.loads((FOLDER / f"version-{version}.json").read_text(encoding="utf-8"))
    since = {member for member, began in SINCE.items() if began > version}
    read = _without(since, readings(address))
    assert read.keys() == expected.keys()
    for asked, answer in expected.items():
        assert read[asked] == answer, asked
    with opened(address, BEGIN + DAY + 1) as marketplace, marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)


def _without(members: set[str], read: Any) -> Any:
    if isinstance(read, dict):
        return {name: _without(members, value) for name, value in read.items() if name not in members}
    return [_without(members, each) for each in read] if isinstance(read, list) else read


if __name__ == "__main__":
    record()
