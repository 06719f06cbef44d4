"""The proxy by the bytes: what it answers for, and what it refuses. Clients are in tests/clients."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from pulumi_mturk.marketplace import Marketplace, MarketplaceError
from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, CertificateAuthority, open_certificate_authority
from pulumi_mturk.marketplace.proxy.https_proxy import Proxy, environment_databases, open_marketplaces, sandbox_database
from pulumi_mturk.marketplace.server.endpoint import MAX_REQUEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRODUCTION, SANDBOX = HOSTS
BALANCE = {"X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance"}
BLOCK = {"X-Amz-Target": "MTurkRequesterServiceV20170117.CreateWorkerBlock"}
BLOCKS = {"X-Amz-Target": "MTurkRequesterServiceV20170117.ListWorkerBlocks"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> CertificateAuthority:
    return open_certificate_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def worlds(database: Path) -> Iterator[dict[str, Marketplace]]:
    with open_marketplaces(environment_databases(database), {}) as opened:
        yield opened


@pytest.fixture
def proxy(worlds: dict[str, Marketplace], authority: CertificateAuthority) -> Iterator[Proxy]:
    with Proxy(worlds, authority) as listening:
        yield listening


@pytest.fixture
def trusting(authority: CertificateAuthority) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=authority.certificates_pem.decode())


def address_of(proxy: Proxy) -> tuple[str, int]:
    parts = urlsplit(proxy.url)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


def bare(proxy: Proxy) -> socket.socket:
    return socket.create_connection(address_of(proxy), timeout=10)


def tunnel(
    proxy: Proxy, trusting: ssl.SSLContext, host: str = PRODUCTION, port: int = 443
) -> http.client.HTTPConnection:
    """A client's connection to a host through the proxy."""
    connection = http.client.HTTPSConnection(*address_of(proxy), context=trusting, timeout=10)
    connection.set_tunnel(host, port)
    return connection


def ask(connection: http.client.HTTPConnection, headers: dict[str, str], body: Any = None) -> tuple[int, Any]:
    connection.request("POST", "/", json.dumps(body or {}), headers)
    response = connection.getresponse()
    content = response.read()
    return response.status, json.loads(content) if content else None


def raw(proxy: Proxy, sent: bytes) -> bytes:
    """All that is answered to some bytes."""
    with bare(proxy) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def still_answers(proxy: Proxy, trusting: ssl.SSLContext) -> bool:
    with closing(tunnel(proxy, trusting)) as connection:
        return ask(connection, BALANCE)[0] == 200


def test_each_name_has_an_account_of_its_own(proxy: Proxy, trusting: ssl.SSLContext, database: Path) -> None:
    with (
        closing(tunnel(proxy, trusting, PRODUCTION)) as production,
        closing(tunnel(proxy, trusting, SANDBOX)) as sandbox,
    ):
        assert ask(production, BLOCK, {"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}) == (200, {})
        assert ask(production, BLOCKS)[1]["NumResults"] == 1
        assert ask(sandbox, BLOCKS)[1]["NumResults"] == 0
    assert sandbox_database(database) == database.with_name("local.sandbox.db")
    with Marketplace.open(database, create=False) as production_file:
        assert production_file.switches.environment == "production"
        assert production_file.summary().blocks == 1
    with Marketplace.open(sandbox_database(database), create=False) as sandbox_file:
        assert sandbox_file.switches.environment == "sandbox"


def test_the_environment_is_no_switch_of_a_proxys(database: Path) -> None:
    with (
        pytest.raises(MarketplaceError, match="by the host's name"),
        open_marketplaces(environment_databases(database), {"environment": "both"}),
    ):
        pass
    assert not database.exists()


def test_other_switches_hold_in_both(database: Path) -> None:
    with open_marketplaces(environment_databases(database), {"zero_reward": "refuse"}) as worlds:
        assert {world.switches.zero_reward for world in worlds.values()} == {"refuse"}


def test_a_connection_is_kept(proxy: Proxy, trusting: ssl.SSLContext) -> None:
    with closing(tunnel(proxy, trusting)) as connection:
        connection.connect()
        kept = connection.sock
        start = time.monotonic()
        for _ in range(50):
            assert ask(connection, BALANCE)[0] == 200
        assert connection.sock is kept
        assert time.monotonic() - start < 1.5  # 50 times the 40 ms of a delayed acknowledgement are 2 s


@pytest.mark.parametrize("name", [PRODUCTION.upper(), f"{PRODUCTION}."])
def test_a_name_is_known_however_it_is_written(proxy: Proxy, name: str) -> None:
    assert raw(proxy, f"CONNECT {name}:443 HTTP/1.1\r\n\r\n".encode()).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "target",
    [
        "example.com:443",
        "s3.us-east-1.amazonaws.com:443",
        "mturk-requester.eu-west-1.amazonaws.com:443",
        f"{PRODUCTION}.example.com:443",
        f"example.com/{PRODUCTION}:443",
        f"{PRODUCTION}:80",
        f"{PRODUCTION}:0443",
        PRODUCTION,
        ":443",
        "[::1]:443",
        "127.0.0.1:22",
    ],
)
def test_every_other_host_and_port_is_refused(proxy: Proxy, target: str) -> None:
    answer = raw(proxy, f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 403 This proxy is MTurk's hosts alone\r\n")
    assert body.startswith(f"This proxy is {PRODUCTION} and {SANDBOX}, port 443".encode())


def test_each_host_that_is_refused_is_told_once(
    worlds: dict[str, Marketplace], authority: CertificateAuthority
) -> None:
    told: list[str] = []
    with Proxy(worlds, authority, on_refused=told.append) as listening:
        for target in ("example.com:443", "example.com:443", "other.example.com:80", "\x1b[31m:443"):
            raw(listening, f"CONNECT {target} HTTP/1.1\r\n\r\n".encode())
    assert told == ["example.com", "other.example.com"]


def test_a_sandboxs_file_is_no_productions(tmp_path: Path) -> None:
    with pytest.raises(MarketplaceError, match=r"study\.db, it stands beside that"):
        environment_databases(tmp_path / "study.sandbox.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sandbox_first", [True, False])
def test_a_file_stays_that_of_its_environment(database: Path, sandbox_first: bool) -> None:
    first, second = (environment_databases(database, sandbox_only=only) for only in (sandbox_first, not sandbox_first))
    for _ in range(2):
        with open_marketplaces(first, {}):
            pass
    with pytest.raises(MarketplaceError, match="name another file"), open_marketplaces(second, {}):
        pass
    with Marketplace.open(database) as kept:
        assert kept.switches.environment == ("sandbox" if sandbox_first else "production")


def test_where_there_is_only_the_sandbox_production_is_refused(
    database: Path, authority: CertificateAuthority, trusting: ssl.SSLContext
) -> None:
    told: list[str] = []
    databases = environment_databases(database, sandbox_only=True)
    assert databases == {"sandbox": database}
    with open_marketplaces(databases, {}) as worlds, Proxy(worlds, authority, on_refused=told.append) as listening:
        answer = raw(listening, f"CONNECT {PRODUCTION}:443 HTTP/1.1\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 403 This proxy is MTurk's sandbox alone\r\n")
        with closing(tunnel(listening, trusting, SANDBOX)) as sandbox:
            assert ask(sandbox, BALANCE)[0] == 200
    assert told == [PRODUCTION]
    assert list(database.parent.glob("*.db")) == [database]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
@pytest.mark.parametrize("target", [f"http://{PRODUCTION}/", "http://example.com/", "/"])
def test_what_is_not_encrypted_is_refused(proxy: Proxy, method: str, target: str) -> None:
    assert raw(proxy, f"{method} {target} HTTP/1.1\r\n\r\n".encode()).startswith(b"HTTP/1.1 403 ")


def test_a_refusal_is_what_a_client_shows(proxy: Proxy, trusting: ssl.SSLContext) -> None:
    connection = tunnel(proxy, trusting, "example.com")
    with closing(connection), pytest.raises(OSError, match="403 This proxy is MTurk's hosts alone"):
        connection.request("GET", "/")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"CONNECT\r\n\r\n", 400),
        (b"CONNECT a b c HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT x:443 HTTP/9.9\r\n\r\n", 505),
        (b"CONNECT x:443 JUNK\r\n\r\n", 400),
        (b"BREW / HTTP/1.1\r\n\r\n", 501),
        (b"GET /\r\n\r\n", 403),
        (b"HEAD / HTTP/1.1\r\n\r\n", 403),
        (b"CONNECT " + b"x" * 70_000 + b":443 HTTP/1.1\r\n\r\n", 414),
        (b"CONNECT x:443 HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
        (b"CONNECT x:443 HTTP/1.1\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", 431),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 no CONNECT before it\r\n\r\n", 400),
        (bytes(range(256)) * 8 + b"\r\n\r\n", 400),
    ],
)
def test_a_bad_beginning_is_answered_in_http(proxy: Proxy, trusting: ssl.SSLContext, sent: bytes, status: int) -> None:
    with bare(proxy) as connection:
        connection.sendall(sent)
        response = http.client.HTTPResponse(connection, method=sent[:4].decode("latin-1"))
        response.begin()
        assert response.status == status
        assert response.headers["Connection"] == "close"
        response.close()
    assert still_answers(proxy, trusting)


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"CONN", f"CONNECT {PRODUCTION}:443 HTTP/1.1\r\n".encode()])
def test_a_client_that_leaves_early_is_no_news(
    proxy: Proxy, trusting: ssl.SSLContext, sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with bare(proxy) as connection:
        connection.sendall(sent)
    assert still_answers(proxy, trusting)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 5000, b"\x16\x03\x01\xff\xff" + b"\xff" * 5000])
def test_what_is_no_tls_ends_the_connection(proxy: Proxy, trusting: ssl.SSLContext, sent: bytes) -> None:
    with bare(proxy) as connection:
        connection.sendall(f"CONNECT {SANDBOX}:443 HTTP/1.1\r\n\r\n".encode())
        assert connection.recv(65536) == b"HTTP/1.1 200 Connection established\r\n\r\n"
        connection.sendall(sent)
        with contextlib.suppress(ConnectionResetError):
            assert len(connection.recv(65536)) < 10  # TLS's word for a fault at most
    assert still_answers(proxy, trusting)


def test_tls_that_does_not_wait_for_the_answer_and_names_no_host(proxy: Proxy, authority: CertificateAuthority) -> None:
    anonymous = ssl.create_default_context(cadata=authority.certificates_pem.decode())
    anonymous.check_hostname = False
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = anonymous.wrap_bio(incoming, outgoing)  # no server_hostname: no name in the handshake
    with bare(proxy) as connection:
        with pytest.raises(ssl.SSLWantReadError):
            client.do_handshake()
        connection.sendall(f"CONNECT {SANDBOX}:443 HTTP/1.1\r\n\r\n".encode() + outgoing.read())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1)
        assert head.startswith(b"HTTP/1.1 200 ")

        def do(step: Any, *arguments: Any) -> Any:
            while True:
                try:
                    done = step(*arguments)
                except ssl.SSLWantReadError:
                    connection.sendall(outgoing.read())
                    incoming.write(connection.recv(65536))
                else:
                    connection.sendall(outgoing.read())
                    return done

        do(client.do_handshake)
        request = f"POST / HTTP/1.1\r\nX-Amz-Target: {BALANCE['X-Amz-Target']}\r\nContent-Length: 2\r\n\r\n{{}}"
        do(client.write, request.encode())
        assert do(client.read, 65536).startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_client_that_trusts_somebody_else_is_not_answered(proxy: Proxy, trusting: ssl.SSLContext) -> None:
    connection = tunnel(proxy, ssl.create_default_context())
    with closing(connection), pytest.raises(ssl.SSLCertVerificationError):
        ask(connection, BALANCE)
    assert still_answers(proxy, trusting)


def test_slow_clients_hold_nobody_up(proxy: Proxy, trusting: ssl.SSLContext) -> None:
    slow = [bare(proxy) for _ in range(60)]
    for number, connection in enumerate(slow):
        connection.sendall([b"", b"CONN", f"CONNECT {PRODUCTION}:443 HTTP/1.1\r\n\r\n".encode()][number % 3])
    start = time.monotonic()
    assert still_answers(proxy, trusting)
    assert time.monotonic() - start < 2
    for connection in slow:
        connection.close()


def test_a_client_that_stays_silent_is_let_go(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch, trusting: ssl.SSLContext
) -> None:
    monkeypatch.setattr("pulumi_mturk.marketplace.proxy.https_proxy._ConnectHandler.timeout", 0.2)
    for sent in (b"CONN", f"CONNECT {PRODUCTION}:443 HTTP/1.1\r\n\r\n".encode()):
        with bare(proxy) as connection:
            connection.sendall(sent)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))  # to its end: a timeout of ours would raise
            assert answer == (b"HTTP/1.1 200 Connection established\r\n\r\n" if sent.endswith(b"\n") else b"")
    with closing(tunnel(proxy, trusting)) as patient:
        ask(patient, BALANCE)
        time.sleep(0.5)
        assert ask(patient, BALANCE)[0] == 200  # once it is open, a connection may idle


def test_bodies_of_every_size(proxy: Proxy, trusting: ssl.SSLContext) -> None:
    for size, status in ((MAX_REQUEST_BYTES, 200), (MAX_REQUEST_BYTES + 1, 413)):
        with closing(tunnel(proxy, trusting)) as connection:
            connection.putrequest("POST", "/")
            for name, value in {**BALANCE, "Content-Length": str(size)}.items():
                connection.putheader(name, value)
            connection.endheaders(b"{}" + b" " * (size - 2) if status == 200 else None)
            response = connection.getresponse()
            response.read()
            assert response.status == status


def test_many_connections_side_by_side(proxy: Proxy, trusting: ssl.SSLContext, worlds: dict[str, Marketplace]) -> None:
    def block(number: int) -> int:
        host = (PRODUCTION, SANDBOX)[number % 2]
        with closing(tunnel(proxy, trusting, host)) as connection:
            return ask(connection, BLOCK, {"WorkerId": f"A{number}EXAMPLE", "Reason": "r"})[0]

    with ThreadPoolExecutor(40) as pool:
        assert set(pool.map(block, range(200))) == {200}
    assert [world.summary().blocks for world in worlds.values()] == [100, 100]


def test_closing_ends_at_once_whatever_is_open(worlds: dict[str, Marketplace], authority: CertificateAuthority) -> None:
    trusting = ssl.create_default_context(cadata=authority.certificates_pem.decode())
    proxy = Proxy(worlds, authority)
    used, unused, opened = tunnel(proxy, trusting), bare(proxy), bare(proxy)
    opened.sendall(f"CONNECT {PRODUCTION}:443 HTTP/1.1\r\n\r\n".encode())
    opened.recv(65536)
    ask(used, BALANCE)
    start = time.monotonic()
    proxy.close()
    assert time.monotonic() - start < 1
    with pytest.raises(http.client.RemoteDisconnected):
        ask(used, BALANCE)
    with pytest.raises(ConnectionRefusedError):
        bare(proxy)
    for connection in (used, unused, opened):
        connection.close()


def test_threads_end_with_their_connections(proxy: Proxy, trusting: ssl.SSLContext) -> None:
    before = threading.active_count()
    for _ in range(30):
        assert still_answers(proxy, trusting)
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert threading.active_count() <= before


def test_the_workers_pages_are_served_too(proxy: Proxy, trusting: ssl.SSLContext) -> None:
    with closing(tunnel(proxy, trusting, SANDBOX)) as connection:
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.status in (200, 303)
        response.read()
