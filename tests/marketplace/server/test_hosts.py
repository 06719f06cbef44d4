"""Which hosts a server answers for: no page reaches it by a name that was made to lead here (DNS rebinding)."""

from __future__ import annotations

import http.client
import ssl
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace, MarketplaceError, Server
from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, open_certificate_authority
from pulumi_mturk.marketplace.proxy.https_proxy import Proxy
from pulumi_mturk.marketplace.server.hosts import AllowedHosts
from tests.support.marketplace.hostile_requests import exchange

if TYPE_CHECKING:
    from pathlib import Path

PATHS = ("/", "/worker", "/worker-api/v1/workers", "/worker-api/openapi.json", "/control/v1/calls", "/nothing")
OURS = ("localhost", "LocalHost.", "localhost:80", "127.0.0.1", "127.0.0.1:65535", "127.8.9.1", "[::1]", "[::1]:80")
OTHERS = (
    "rebound.example",
    "rebound.example:80",
    "localhost.rebound.example",
    "rebound.localhost",
    "127.0.0.1.rebound.example",
    "notlocalhost",
    "192.0.2.1",
    "0.0.0.0",  # noqa: S104 - a name, bound to by nobody
    "[2001:db8::1]",
    "user@localhost",
    "localhost/",
    "localhost, rebound.example",
    "localhost:80:80",
    "[localhost]",
    "::1",
    "[::1",
    "",
)


def status(server: Server, path: str, *hosts: str, method: str = "GET") -> int:
    with closing(http.client.HTTPConnection(str(urlsplit(server.url).netloc), timeout=60)) as connection:
        connection.putrequest(method, path, skip_host=True)
        for host in hosts:
            connection.putheader("Host", host)
        if method == "POST":
            connection.putheader("X-Amz-Target", "MTurkRequesterServiceV20170117.GetAccountBalance")
            connection.putheader("Content-Length", "0")
        connection.endheaders()
        response = connection.getresponse()
        response.read()
        return response.status


@pytest.mark.parametrize("path", PATHS)
def test_no_door_opens_for_another_host(marketplace: Marketplace, path: str) -> None:
    with Server(marketplace, control=True) as server:
        assert status(server, path, "rebound.example") == 421
        assert status(server, path, "rebound.example", method="POST") == 421
        assert status(server, path, "localhost") in {200, 303, 404}


@pytest.mark.parametrize("host", OURS)
def test_names_of_this_machine_are_answered(server: Server, host: str) -> None:
    assert status(server, "/", host, method="POST") == 200


@pytest.mark.parametrize("host", OTHERS)
def test_other_names_are_not(server: Server, host: str) -> None:
    assert status(server, "/", host, method="POST") == 421


def test_each_of_several_hosts_counts_and_none_is_no_browsers(server: Server) -> None:
    assert status(server, "/", "localhost", "rebound.example", method="POST") == 421
    assert status(server, "/", method="POST") == 200


@pytest.mark.parametrize("target", ["http://rebound.example/worker", "//rebound.example/worker", "http://[/worker"])
def test_a_host_in_the_request_line_counts_too(server: Server, target: str) -> None:
    answer = exchange(server.url, f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert answer.startswith((b"HTTP/1.1 421 ", b"HTTP/1.1 404 "))
    assert b"10000" not in answer


def test_further_names_are_allowed(marketplace: Marketplace) -> None:
    names = ["panel.example", "192.0.2.7", "2001:DB8::1"]
    with Server(marketplace, allowed_hosts=names, is_open=True) as server:
        for host in ("panel.example", "PANEL.example.:8080", "192.0.2.7", "[2001:db8:0::1]:80", "localhost"):
            assert status(server, "/", host, method="POST") == 200
        assert status(server, "/", "other.example", method="POST") == 421


@pytest.mark.parametrize("name", ["", "http://panel.example", "panel.example:80", "*", "a b", "a/b", "[::1]"])
def test_what_is_no_host_can_not_be_allowed(name: str, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MarketplaceError):
        AllowedHosts([name], loopback=True)
    assert name == "" or cli.main(["marketplace", "--database", str(database), "--allow-host", name]) == 2
    assert name == "" or capsys.readouterr().err.startswith("error: ")


@given(st.text() | st.from_regex(r"[a-z0-9.:\[\]@/-]{0,30}"))
@example("[" * 1000)
def test_any_text_is_an_answer(host: str) -> None:
    allowed = AllowedHosts(["panel.example"], loopback=False)
    name = host.strip().partition(":")[0].removesuffix(".").lower()
    assert not allowed.allow("/", [host]) or name == "panel.example"


def test_behind_the_proxy_there_are_mturks_two_hosts(marketplace: Marketplace, tmp_path: Path) -> None:
    authority = open_certificate_authority(tmp_path / "authority")
    trusting = ssl.create_default_context(cadata=authority.certificates_pem.decode())
    with Proxy(dict.fromkeys(HOSTS.values(), marketplace), authority) as proxy:
        address = urlsplit(proxy.url)
        for host in HOSTS:
            for named, expected in ((host, 200), (f"{host}:443", 200), ("localhost", 421), ("rebound.example", 421)):
                connection = http.client.HTTPSConnection(
                    str(address.hostname), address.port, context=trusting, timeout=10
                )
                connection.set_tunnel(host, 443)
                with closing(connection):
                    headers = {"X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance", "Host": named}
                    connection.request("POST", "/", "{}", headers)
                    response = connection.getresponse()
                    response.read()
                    assert response.status == expected
