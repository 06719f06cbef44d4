"""Clients that hold connections: more than there may be, byte by byte, and with no descriptor left. Real sockets."""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, open_certificate_authority
from pulumi_mturk.marketplace.proxy.https_proxy import Proxy
from pulumi_mturk.marketplace.server import connections
from tests.support.marketplace.api_calls import client_of
from tests.support.marketplace.hostile_requests import call, exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace import Marketplace, Server

GOOD = call("GetAccountBalance")
PRODUCTION = next(iter(HOSTS))


def connect(url: str) -> socket.socket:
    address = urlsplit(url)
    return socket.create_connection((str(address.hostname), address.port or 0), timeout=10)


def closed_after(connection: socket.socket) -> float:
    """Seconds until the other side ends a connection."""
    start = time.monotonic()
    with contextlib.suppress(ConnectionResetError):
        while connection.recv(65_536):
            pass
    return time.monotonic() - start


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 20)


@pytest.fixture(params=["server", "proxy"])
def url(request: pytest.FixtureRequest, marketplace: Marketplace, tmp_path: Path) -> Iterator[str]:
    """The address of either."""
    if request.param == "server":
        yield request.getfixturevalue("server").url
        return
    worlds = dict.fromkeys(HOSTS.values(), marketplace)
    with Proxy(worlds, open_certificate_authority(tmp_path / "authority")) as proxy:
        yield proxy.url


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("sent", [b"", b"POST / HT", f"CONNECT {PRODUCTION}:443 HTTP/1.1\r\nA:".encode()])
def test_idle_connections_have_a_bound_and_hold_nobody_up(url: str, sent: bytes) -> None:
    before = threading.active_count()
    with ExitStack() as stack:
        for _ in range(200):
            connection = stack.enter_context(closing(connect(url)))
            with contextlib.suppress(ConnectionError):
                connection.sendall(sent)
        start = time.monotonic()
        assert exchange(url, GOOD).startswith(b"HTTP/1.1 ")
        assert time.monotonic() - start < 5
        assert threading.active_count() <= before + 21


@pytest.mark.usefixtures("few")
def test_the_connection_that_waited_longest_goes_first_and_none_that_is_at_work(
    server: Server, marketplace: Marketplace
) -> None:
    with ExitStack() as stack:
        idle = stack.enter_context(closing(connect(server.url)))
        marketplace.set_switches(latency_milliseconds=1500)
        busy = stack.enter_context(closing(connect(server.url)))
        busy.sendall(GOOD)
        time.sleep(0.3)  # so it has come
        for _ in range(19):
            stack.enter_context(closing(connect(server.url)))
        assert closed_after(idle) < 1
        assert busy.recv(65_536).startswith(b"HTTP/1.1 200 ")


@pytest.mark.usefixtures("few")
def test_boto3_goes_on_where_its_idle_connection_was_closed(server: Server) -> None:
    with closing(client_of(server)) as client, ExitStack() as stack:
        client.get_account_balance()
        for _ in range(40):
            stack.enter_context(closing(connect(server.url)))
        assert client.get_account_balance()["AvailableBalance"] == "10000.00"


def trickle(connection: socket.socket, data: bytes) -> float:
    """Send a byte every 50 ms; seconds until the other side has had enough."""
    start = time.monotonic()
    connection.settimeout(0.05)
    for number in range(len(data)):
        try:
            connection.sendall(data[number : number + 1])
            if connection.recv(1) == b"":
                break
        except TimeoutError:
            continue
        except ConnectionError:
            break
    return time.monotonic() - start


@pytest.mark.parametrize("sent", [b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: ", call("GetAccountBalance", x="x" * 300)])
def test_a_request_that_trickles_has_its_time_as_a_whole(
    server: Server, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(connections.TimedHandler, "request_seconds", 0.5)
    with closing(connect(server.url)) as connection:
        connection.sendall(sent[:-200] if b"x" * 200 in sent else sent)
        assert 0.3 < trickle(connection, b"x" * 100) < 3


def test_an_opening_of_a_tunnel_that_trickles_too(
    marketplace: Marketplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_mturk.marketplace.proxy.https_proxy._ConnectHandler.timeout", 0.5)
    opening = f"CONNECT {PRODUCTION}:443 HTTP/1.1\r\n".encode()
    hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 300
    worlds = dict.fromkeys(HOSTS.values(), marketplace)
    with Proxy(worlds, open_certificate_authority(tmp_path / "authority")) as proxy:
        for sent, data in ((b"", opening + b"A: " + b"b" * 200), (opening + b"\r\n", hello)):
            with closing(connect(proxy.url)) as connection:
                connection.sendall(sent)
                if sent:
                    connection.recv(65_536)
                assert 0.3 < trickle(connection, data) < 3


def test_an_answer_that_nobody_takes_ends_its_connection(
    server: Server, marketplace: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "ANSWER_SECONDS", 0.5)
    with marketplace.writing() as ctx:
        rows = [(f"A{number}EXAMPLE", "r" * 60_000) for number in range(100)]
        ctx.db.executemany("INSERT INTO blocks (account, worker_id, reason) VALUES (1, ?, ?)", rows)
    before = threading.active_count()
    with closing(connect(server.url)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(call("ListWorkerBlocks", MaxResults=100))
        started = False
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and not (started and threading.active_count() <= before):
            started = started or threading.active_count() > before
            time.sleep(0.02)
            connection.recv(1)  # a byte now and then
        assert threading.active_count() <= before


@pytest.mark.skipif(sys.platform != "linux", reason="sets another process's limits, and reads /proc")
@pytest.mark.parametrize("left", [None, 20])
def test_with_few_descriptors_or_none_left_the_server_waits_and_goes_on(unmade: str | Path, left: int | None) -> None:
    """Few from its start; or fewer, later, than its connections may be."""
    command = ["sh", "-c", 'ulimit -n 40; exec "$0" "$@"', sys.executable, "-m", "pulumi_mturk.marketplace"]
    with subprocess.Popen([*command, "--database", str(unmade)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        try:
            if left is not None:
                assert b"10000.00" in exchange(url, GOOD)  # all that it needs is loaded
                resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (left, left))
            with ExitStack() as stack:
                for _ in range(100):
                    stack.enter_context(closing(connect(url)))
                time.sleep(1)
                before = cpu_seconds(process.pid)
                time.sleep(2)
                assert cpu_seconds(process.pid) - before < 0.5
                assert b"10000.00" in exchange(url, GOOD)
        finally:
            process.terminate()


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
