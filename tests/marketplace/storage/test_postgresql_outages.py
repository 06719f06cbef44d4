"""What a marketplace does while its PostgreSQL server is away, is full, or was started anew."""

from __future__ import annotations

import contextlib
import logging
import re
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pytest
from botocore.exceptions import ClientError

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace, MarketplaceError, Server
from tests.support.marketplace.api_calls import client_of
from tests.support.marketplace.postgresql_server import started_or_skipped

psycopg = pytest.importorskip("psycopg")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_mturk import MTurkClient

    from tests.support.marketplace.postgresql_server import PostgreSQLServer

MOST: Final = 12
"""Connections that the server takes."""
PROXIED: Final = {"X-Forwarded-Proto": "https"}
AT_ONCE: Final = 10.0
"""Seconds for an answer on a busy machine, far from those that a transaction waits for a lock."""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQLServer]:
    """One that may be stopped, as no other test uses it."""
    with started_or_skipped(most_connections=MOST) as started:
        yield started


@pytest.fixture
def marketplace(server: PostgreSQLServer) -> Iterator[Marketplace]:
    address = server.new_database()
    with Marketplace.open(address) as opened:
        yield opened
    server.drop(address)


@pytest.fixture
def served(marketplace: Marketplace) -> Iterator[Server]:
    with Server(marketplace) as listening:
        yield listening


@pytest.fixture
def mturk(served: Server) -> Iterator[MTurkClient]:
    client = client_of(served)
    yield client
    client.close()


def got(url: str, headers: Mapping[str, str] = MappingProxyType({})) -> tuple[int, str]:
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - our own server, here and below
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@contextlib.contextmanager
def away(server: PostgreSQLServer) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextlib.contextmanager
def full(server: PostgreSQLServer) -> Iterator[None]:
    """Others have all connections that are left."""
    with contextlib.ExitStack() as others:
        with contextlib.suppress(psycopg.OperationalError):  # there is one left for each, until there is none
            for _ in range(MOST + 1):
                others.enter_context(psycopg.connect(server.address("postgres")))
            pytest.fail("The server takes more connections than it was told.")
        yield


def test_what_is_asked_while_the_server_is_away_is_refused_at_once_and_the_next_call_is_answered(
    server: PostgreSQLServer, served: Server, mturk: MTurkClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert mturk.get_account_balance()["AvailableBalance"]
    assert got(f"{served.url}/projects")[0] == 200
    with caplog.at_level(logging.ERROR), away(server):
        begun = time.monotonic()
        with pytest.raises(ClientError) as caught:
            mturk.get_account_balance()
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
        assert caught.value.response["Error"]["Code"] == "ServiceFault"
        for path in ("projects", "projects?page_size=1", "worker/sign-in"):
            status, page = got(f"{served.url}/{path}")
            assert (status, "try again in a moment" in page) == (503, True), page
        status, page = got(f"{served.url}/worker-api/hits")
        assert (status, page.startswith('{"error"')) == (503, True), page
        for path in ("projects", "metrics"):
            status, page = got(f"{served.url}/{path}", PROXIED if path == "projects" else {})
            assert (status, "try again in a moment" in page) == (503, True), page
        assert got(f"{served.url}/healthz") == (503, "unavailable")
        assert time.monotonic() - begun < AT_ONCE
    assert "Traceback" not in caplog.text
    told = rf"(Events could not be delivered: )?The PostgreSQL database \w+ at {server.folder} failed: "
    assert [record.message for record in caplog.records if not re.match(told, record.message)] == []
    assert mturk.get_account_balance()["AvailableBalance"]
    assert got(f"{served.url}/projects")[0] == 200
    assert got(f"{served.url}/healthz")[0] == 200


def test_where_no_connection_is_left_the_threads_share_those_that_there_are(
    server: PostgreSQLServer, marketplace: Marketplace
) -> None:
    together = Barrier(MOST)

    def look() -> int:
        together.wait()
        return marketplace.summary().blocks

    with full(server), ThreadPoolExecutor(MOST) as pool:
        assert [found.result() for found in [pool.submit(look) for _ in range(MOST)]] == [0] * MOST


@pytest.mark.parametrize("command", [["contents"], ["marketplace"], ["marketplace", "account", "list"]])
@pytest.mark.parametrize("missing", ["server", "connection"])
def test_a_command_says_in_a_sentence_that_the_database_can_not_be_opened(
    server: PostgreSQLServer, missing: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    address = server.address("postgres").replace("@", ":pa%2Fss@")
    with away(server) if missing == "server" else full(server):
        assert cli.main([*command, "--database", address]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"error: The PostgreSQL database postgres at {server.folder} can not be opened: "), said
    assert said.endswith(".\n")
    assert said.count("\n") == 1
    assert [hidden for hidden in ("pa/ss", "pa%2Fss", "Traceback") if hidden in said] == []


def test_a_lost_server_is_no_database_of_something_else(server: PostgreSQLServer) -> None:
    with away(server), pytest.raises(MarketplaceError, match="can not be opened") as caught:
        Marketplace.open(server.address("postgres"), create=False)
    assert type(caught.value) is MarketplaceError
