"""Four servers on one PostgreSQL, with requesters, workers and a crowd at them, while one server is killed."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, do, take
from tests.support.marketplace.kept_numbers import check_kept_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_mturk import MTurkClient


SERVERS: Final = 4
REQUESTERS: Final = 6
ROUNDS: Final = 8
WORKERS: Final = ("A1EXAMPLEFOUR", "A2EXAMPLEFOUR")
CONTESTANTS: Final = tuple(f"A{number}EXAMPLE" for number in range(REQUESTERS))
PLACES: Final = REQUESTERS // 2
PATIENCE: Final = 60


class Servers:
    """Server processes of one database; a call goes to another one when the one it went to is gone."""

    def __init__(self, address: str) -> None:
        command = [sys.executable, "-m", "pulumi_mturk.marketplace", "--database", address, "--port", "0"]
        self._processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(SERVERS)]
        self._urls = [self._url(process) for process in self._processes]

    @staticmethod
    def _url(process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline().split()[-1]

    def client(self, number: int) -> MTurkClient:
        """A boto3 client of one of them."""
        return boto3.client(
            "mturk",
            region_name="us-east-1",
            endpoint_url=self._urls[number % SERVERS],
            aws_access_key_id="example",
            aws_secret_access_key="example",  # noqa: S106 - nobody's
            config=Config(retries={"total_max_attempts": 1}, read_timeout=PATIENCE),
        )

    def kill_one(self) -> None:
        """As a machine's failure does, with whatever it was at."""
        self._processes[0].kill()

    def stop(self) -> list[int]:
        """Stop those that are left: their exit statuses."""
        for process in self._processes[1:]:
            process.send_signal(signal.SIGTERM)
        return [process.wait(PATIENCE) for process in self._processes[1:]]

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.communicate()


@pytest.fixture
def servers(on_server: str) -> Iterator[Servers]:
    started = Servers(on_server)
    yield started
    started.end()


class Requester:
    """Publishes, approves and pays, each with a token, so that it can be repeated when an answer was lost.

    Its workers use the database themselves, as a process of their own would.
    """

    def __init__(self, servers: Servers, number: int, qualification_type_id: str) -> None:
        self._servers = servers
        self._at = self._number = number
        self._client = servers.client(number)
        self._rule: Any = {"QualificationTypeId": qualification_type_id, "Comparator": "Exists"}
        self.hits: list[str] = []
        self.shared: list[str] = []
        self.assignments: list[str] = []
        self.lost = 0

    def work(self, on_server: str, all_of_them: threading.Barrier, done: Callable[[], None]) -> None:
        """Have HITs done and paid; in each round all at once publish one HIT, and try for one of its places."""
        with Marketplace.open(on_server, create=False) as marketplace:
            for number in range(ROUNDS):
                all_of_them.wait(PATIENCE)
                self.shared.append(self.publish(f"shared-{number}", "Of all requesters", PLACES))
                all_of_them.wait(PATIENCE)
                with contextlib.suppress(WorkerRefusedError):
                    take(marketplace, self.shared[-1], CONTESTANTS[self._number])
                hit_id = self.publish(f"{self._number}-{number}", "Of one requester", len(WORKERS))
                self.hits.append(hit_id)
                for worker in WORKERS:
                    assignment_id = do(marketplace, hit_id, worker, done="yes")
                    self.assignments.append(assignment_id)
                    self._sure("approve_assignment", AssignmentId=assignment_id)
                    self._sure(
                        "send_bonus",
                        WorkerId=worker,
                        BonusAmount="0.02",
                        AssignmentId=assignment_id,
                        Reason="Good work.",
                        UniqueRequestToken=f"{hit_id}-{worker}",
                    )
                done()

    def publish(self, token: str, title: str, places: int) -> str:
        """The HIT of a token, whoever has made it."""
        answer = self._sure(
            "create_hit",
            **{**HIT_TYPE, "Title": title},
            MaxAssignments=places,
            LifetimeInSeconds=3600,
            Question=QUESTION,
            QualificationRequirements=[self._rule],
            UniqueRequestToken=token,
        )
        return answer if isinstance(answer, str) else str(answer["HIT"]["HITId"])

    def _sure(self, operation: str, **members: Any) -> Any:
        """Call until there is an answer: what it is, or where all was done by an earlier call, the id that it says."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return getattr(self._client, operation)(**members)
            except ClientError as error:
                said = str(error)
                if "already" in said or "status" in said:
                    return (re.findall(r"LOCAL[A-Z0-9]{25}", said) or [""])[0]
                if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500 or time.monotonic() > deadline:
                    raise
            except BotoCoreError:
                if time.monotonic() > deadline:
                    raise
                self.lost += 1
                self._at += 1
                self._client = self._servers.client(self._at)


@pytest.mark.slow
def test_four_servers_lose_nothing_and_double_nothing_when_one_is_killed(on_server: str, servers: Servers) -> None:
    first = servers.client(1)
    kind = first.create_qualification_type(Name="Of ours", Description="Words.", QualificationTypeStatus="Active")
    type_id = kind["QualificationType"]["QualificationTypeId"]
    for worker in (*WORKERS, *CONTESTANTS):
        first.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=worker)
    requesters = [Requester(servers, number, type_id) for number in range(REQUESTERS)]
    first.create_hit(
        **{**HIT_TYPE, "Title": "For the crowd"}, MaxAssignments=20, LifetimeInSeconds=3600, Question=QUESTION
    )
    crowd = subprocess.Popen(
        [sys.executable, "-m", "pulumi_mturk.cli", "crowd", "--database", on_server, "--keep", "--workers", "40"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    rounds, all_of_them = threading.Semaphore(0), threading.Barrier(REQUESTERS)
    with ThreadPoolExecutor(REQUESTERS) as pool:
        work = [pool.submit(each.work, on_server, all_of_them, rounds.release) for each in requesters]
        for _ in range(REQUESTERS * ROUNDS // 3):
            assert rounds.acquire(timeout=PATIENCE), [each.exception(0) for each in work if each.done()]
        servers.kill_one()
        for each in work:
            each.result(4 * PATIENCE)
    _, said = crowd.communicate(timeout=4 * PATIENCE)
    assert crowd.returncode == 0, said
    assert sum(each.lost for each in requesters) > 0, "nobody was at the server that was killed"
    assert servers.stop() == [0, 0, 0]

    assignments = [each for requester in requesters for each in requester.assignments]
    with Marketplace.open(on_server, create=False) as marketplace:
        with marketplace.reading() as ctx:
            check_kept_numbers(ctx.db)
            paid = ctx.db.execute(
                "SELECT assignment_id, kind FROM payments WHERE worker_id IN (?, ?)", WORKERS
            ).fetchall()
            places = ctx.db.execute(
                "SELECT hit_id, count(*) FROM assignments WHERE status = 'Accepted' GROUP BY hit_id"
            ).fetchall()
        hits = marketplace.summary().hits
    made = [hit.id for hit in hits if hit.title == "Of one requester"]
    assert sorted(made) == sorted(hit for each in requesters for hit in each.hits)
    assert len(made) == REQUESTERS * ROUNDS
    # One HIT for each token, however many asked at once.
    shared = {hit.id for hit in hits if hit.title == "Of all requesters"}
    assert [set(each.shared) for each in requesters] == [shared] * REQUESTERS
    assert len(shared) == ROUNDS
    assert dict(places) == dict.fromkeys(shared, PLACES)
    assert sorted(map(tuple, paid)) == sorted((each, kind) for each in assignments for kind in ("Bonus", "Reward"))
    assert [hit.handed_in > 0 for hit in hits if hit.title == "For the crowd"] == [True]
