"""The clock's end, and its way back, by each door."""

from __future__ import annotations

import datetime
import json
import sqlite3
import time
import urllib.error
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import ClockError, Marketplace, Server
from pulumi_mturk.marketplace.domain import worker_hits
from pulumi_mturk.marketplace.domain.value_ranges import LATEST_CLOCK
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, WORKER

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

TEN_YEARS = 10 * 366 * 86_400


def test_the_clock_ends_before_the_dates_do(marketplace: Marketplace, mturk: MTurkClient) -> None:
    marketplace.advance(LATEST_CLOCK - time.time() - 1000)
    with pytest.raises(ClockError, match="reset"):
        marketplace.advance(2000)
    longest: dict[str, Any] = {"LifetimeInSeconds": 31_536_000, "AutoApprovalDelayInSeconds": 2_592_000}
    made = mturk.create_hit(**HIT_TYPE | longest, Question=QUESTION)["HIT"]
    assert made["CreationTime"].astimezone(datetime.UTC).year == 8999
    assert made["Expiration"].astimezone(datetime.UTC).year == 9000
    assert mturk.get_hit(HITId=made["HITId"])["HIT"]["HITStatus"] == "Assignable"


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), float("-inf"), 1e300, 10**400])
def test_the_clock_goes_neither_back_nor_nowhere(marketplace: Marketplace, seconds: float) -> None:
    with pytest.raises(ClockError):
        marketplace.advance(seconds)
    assert abs(marketplace.now() - time.time()) < 5


def test_a_reset_leads_back_to_the_machines_time(marketplace: Marketplace, mturk: MTurkClient) -> None:
    marketplace.advance(TEN_YEARS)
    mturk.create_qualification_type(Name="n", Description="d", QualificationTypeStatus="Active")
    marketplace.reset_clock()
    assert abs(marketplace.now() - time.time()) < 5
    (found,) = mturk.list_qualification_types(MustBeRequestable=False, MustBeOwnedByCaller=True)["QualificationTypes"]
    assert found["CreationTime"].timestamp() > time.time() + TEN_YEARS - 60
    mturk.delete_qualification_type(QualificationTypeId=found["QualificationTypeId"])


def test_a_file_whose_clock_had_no_end_answers_and_can_be_reset(database: Path, mturk: MTurkClient) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE meta SET value = '4e11' WHERE key = 'clock_offset'")
        connection.commit()
    assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"
    with Marketplace.open(database) as marketplace:
        assert marketplace.now() == LATEST_CLOCK
        with pytest.raises(ClockError):
            marketplace.advance(1)
        marketplace.reset_clock()
        assert abs(marketplace.now() - time.time()) < 5


def test_the_end_over_http_is_an_error_in_words(server: Server, marketplace: Marketplace) -> None:
    def post(path: str, body: Any) -> tuple[int, Any]:
        request = urllib.request.Request(  # noqa: S310 - ours
            f"{server.url}/worker-api/v1/clock/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            answer = urllib.request.urlopen(request, timeout=60)  # noqa: S310 - ours
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, json.loads(answer.read())

    marketplace.advance(LATEST_CLOCK - time.time() - 1000)
    status, answer = post("advance", {"seconds": TEN_YEARS})
    assert status == 400
    assert "reset" in answer["error"]
    status, answer = post("reset", {})
    assert (status, abs(answer["now"] - time.time()) < 5) == (200, True)


def test_the_clock_by_the_command_line(
    kept_in: str | Path, marketplace: Marketplace, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str, status: int = 0) -> float:
        assert cli.main(["clock", "--database", str(kept_in), *arguments]) == status
        out, err = capsys.readouterr()
        if status:
            assert err.startswith("error: ")
            return 0
        return datetime.datetime.fromisoformat(out.strip()).timestamp()

    assert abs(said() - time.time()) < 5
    assert abs(said("--advance", "3600") - time.time() - 3600) < 5
    assert abs(marketplace.now() - time.time() - 3600) < 5
    said("--advance", "-1", status=2)
    said("--advance", str(10**12), status=2)
    assert abs(said("--reset") - time.time()) < 5


def test_a_hit_whose_end_lies_ahead_again_can_be_accepted_again(marketplace: Marketplace, mturk: MTurkClient) -> None:
    hit = mturk.create_hit(**HIT_TYPE, LifetimeInSeconds=3600, Question=QUESTION)["HIT"]
    marketplace.register_worker(WORKER)
    marketplace.advance(7200)
    assert mturk.list_reviewable_hits()["NumResults"] == 1
    marketplace.reset_clock()
    assert mturk.list_reviewable_hits()["NumResults"] == 0
    with marketplace.reading() as ctx:
        assert worker_hits.next_hit(ctx, WORKER, hit["HITTypeId"]) == hit["HITId"]
        assert [group.hits for group in worker_hits.find_groups(ctx, WORKER)] == [1]
    marketplace.advance(7200)
    with marketplace.reading() as ctx:
        assert worker_hits.find_groups(ctx, WORKER) == []
