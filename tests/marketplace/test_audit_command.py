"""The audit log as a command: by time, action, account and worker, in pages, and never with a worker's id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.cli import common, main
from pulumi_mturk.marketplace.domain import audit, erasure, invitations, statements
from pulumi_mturk.marketplace.storage import keyed_hashes
from tests.support.marketplace.api_calls import OTHER, WORKER

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace import Marketplace

HOUR = 3600
TYPED = "f" * 64


class Log:
    """The command on a database."""

    def __init__(self, database: str | Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._database, self._capsys = str(database), capsys

    def run(self, *options: str) -> tuple[int, str, str]:
        status = main(["marketplace", "audit", "--database", self._database, *options])
        return status, *self._capsys.readouterr()

    def lines(self, *options: str) -> list[str]:
        status, out, error = self.run(*options)
        assert (status, error) == (0, "")
        return out.splitlines()

    def documents(self, *options: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines("--json", *options)]

    def actions(self, *options: str) -> list[str]:
        return [each["action"] for each in self.documents(*options)]


@pytest.fixture
def log(kept_in: str | Path, capsys: pytest.CaptureFixture[str]) -> Log:
    return Log(kept_in, capsys)


@pytest.fixture
def begun(marketplace: Marketplace) -> float:
    """Something of each kind, on three days; the time of the first."""
    marketplace.register_worker(WORKER, OTHER)
    begun = marketplace.now()
    marketplace.accounts.add("Lab")
    marketplace.accounts.rename("Lab", "The Lab")
    key = marketplace.accounts.add_key("The Lab")
    marketplace.accounts.add("Panel")
    marketplace.advance(24 * HOUR)
    with marketplace.writing() as ctx:
        statements.replace(ctx, "Payment", "The lab pays.")
        invitations.add(ctx, worker_id=WORKER)
        invitations.revoke(ctx, 1)
        audit.by_worker(ctx, "signed in", WORKER)
        audit.by_worker(ctx, "signed in", OTHER)
        for _ in range(3):
            audit.refused(ctx, TYPED)
    marketplace.advance(24 * HOUR)
    marketplace.accounts.revoke_key(key.key_id)
    marketplace.accounts.new_operator_key()
    with marketplace.writing() as ctx:
        erasure.export(ctx, WORKER)
        erasure.erase(ctx, WORKER)
    marketplace.accounts.close("The Lab")
    return begun


ALL = [
    "account added",
    "account renamed",
    "access key made",
    "account added",
    "statement set",
    "invitation made",
    "invitation revoked",
    "signed in",
    "signed in",
    "sign-in refused",
    "access key revoked",
    "operator key made",
    "worker exported",
    "worker erased",
    "account closed",
]


def test_all_of_it_is_shown_oldest_first_by_the_marketplaces_clock(log: Log, begun: float) -> None:
    assert log.actions() == ALL
    times = [each["time"] for each in log.documents()]
    assert times == sorted(times)
    assert times[0] >= common.utc(begun)
    assert times[-1] >= common.utc(begun + 48 * HOUR)


def test_a_time_an_action_an_account_and_a_worker_choose(log: Log, begun: float) -> None:
    second, third = common.utc(begun + 20 * HOUR), common.utc(begun + 44 * HOUR)
    assert log.actions("--until", second) == ALL[:4]
    assert log.actions("--since", second, "--until", third) == ALL[4:10]
    assert log.actions("--since", third) == ALL[10:]
    assert log.actions("--action", "signed in", "--action", "operator key made") == [*ALL[7:9], ALL[11]]
    assert log.actions("--account", "The Lab") == [*ALL[:3], "access key revoked", "account closed"]
    assert log.actions("--account", "Panel") == ["account added"]
    assert log.actions("--worker", WORKER) == ["signed in", "worker exported", "worker erased"]
    assert log.actions("--worker", OTHER) == ["signed in"]
    assert log.actions("--worker", OTHER, "--since", third) == []


def test_a_worker_is_told_by_a_keyed_hash_alone(log: Log, begun: float, marketplace: Marketplace) -> None:
    with marketplace.reading() as ctx:
        hashed = keyed_hashes.of_worker(ctx.db, WORKER)
    first, *_ = log.documents("--worker", WORKER)
    assert (first["actor"], first["account"], first["subject"]) == (f"worker:{hashed}", None, None)
    table = log.lines()
    assert table[0].split() == ["TIME", "ACTOR", "ACTION", "SUBJECT"]
    assert len(table) == 1 + len(ALL)
    for text in (str(log.documents()), "\n".join(table)):
        assert WORKER not in text
        assert OTHER not in text
    assert hashed not in "\n".join(table)
    assert sum(f"worker:{hashed[:12]}" in line.split() for line in table) == 3
    assert sum(line.endswith("The Lab") for line in table) == 3
    (refused,) = log.documents("--action", "sign-in refused")
    assert (refused["actor"], refused["times"], first["times"]) == (f"names:{int(TYPED, 16) % 64}", 3, 1)
    assert table[1 + ALL.index("sign-in refused")].endswith("3 times that day")


def test_a_key_is_named_with_the_account_whose_it_is(log: Log, begun: float, marketplace: Marketplace) -> None:
    key = marketplace.accounts.add_key("Panel")
    document = log.documents("--account", "Panel")[-1]
    assert document["action"] == "access key made"
    assert (document["actor"], document["account"], document["subject"]) == ("operator", "Panel", f"key:{key.key_id}")
    assert document["time"] >= common.utc(begun + 48 * HOUR), "the clock is ahead of the machine's"


def test_a_log_of_many_pages_comes_whole(log: Log, marketplace: Marketplace) -> None:
    with marketplace.writing() as ctx:
        for number in range(2 * 500 + 1):
            audit.by_operator(ctx, "invitation revoked", str(number))
    assert [each["subject"] for each in log.documents()] == [str(number) for number in range(2 * 500 + 1)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--action", "signed on"], "error: There is no action 'signed on' in the log; there are: invitation made, "),
        (["--account", "Nobody"], "error: There is no account 'Nobody'.\n"),
        (["--since", "yesterday"], "'yesterday' is no time such as 2026-11-26 or 2026-11-26T18:30\n"),
    ],
)
def test_what_can_not_be_chosen_is_said(log: Log, marketplace: Marketplace, options: list[str], said: str) -> None:
    status, out, error = log.run(*options)
    assert (status, out) == (2, "")
    assert said in error


def test_times_are_utc_unless_they_say_otherwise() -> None:
    assert common.moment("1970-01-02") == 86_400
    assert common.moment("1970-01-01T01:00") == common.moment("1970-01-01T02:00+01:00") == HOUR
    assert common.utc(common.moment("2026-11-26T18:30:05Z")) == "2026-11-26T18:30:05Z"
