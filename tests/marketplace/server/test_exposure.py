"""Others than this machine's users reach no marketplace that takes any key, unless that was said."""

from __future__ import annotations

import http.client
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace, MarketplaceError, Server
from pulumi_mturk.marketplace.server.exposure import PROXIED
from pulumi_mturk.marketplace.wsgi import Application

if TYPE_CHECKING:
    from pathlib import Path

TARGET: Final = {"X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance"}
FORWARDED: Final = (
    {"X-Forwarded-For": "192.0.2.7"},
    {"x-forwarded-host": "panel.example"},
    {"X-Forwarded-Proto": ""},
    {"X-Forwarded-Server": "panel.example"},
    {"Forwarded": "for=192.0.2.7"},
    {"X-Real-IP": "192.0.2.7"},
)
EXPOSING: Final[tuple[dict[str, Any], ...]] = (
    {"allowed_hosts": ["panel.example"]},
    {"allowed_hosts": ["localhost", "192.0.2.7"]},
    {"allowed_hosts": ["localhost.example"]},
    {"behind_proxy": True},
    {"host": "0.0.0.0"},  # noqa: S104 - refused
    {"host": ""},
)


def answer(server: Server, path: str, headers: dict[str, str], method: str = "GET") -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection(str(urlsplit(server.url).netloc), timeout=60)) as connection:
        connection.request(method, path, b"{}" if method == "POST" else None, headers)
        response = connection.getresponse()
        return response.status, response.read()


@pytest.mark.parametrize("exposing", EXPOSING, ids=str)
def test_where_others_could_come_there_are_accounts_or_it_is_open(
    marketplace: Marketplace, exposing: dict[str, Any]
) -> None:
    with pytest.raises(MarketplaceError, match="Others could reach this marketplace"):
        Server(marketplace, **exposing)
    Server(marketplace, **exposing, is_open=True).close()
    marketplace.accounts.add("Lab")
    Server(marketplace, **exposing).close()


@pytest.mark.parametrize("names", [[], ["localhost"], ["127.0.0.1", "127.8.9.1", "::1"], ["panel.localhost"]], ids=str)
def test_names_of_this_machine_alone_need_none(marketplace: Marketplace, names: list[str]) -> None:
    with Server(marketplace, allowed_hosts=names) as server:
        for name in (*names, "localhost"):
            host = f"[{name}]" if ":" in name else name
            assert answer(server, "/", {**TARGET, "Host": host}, "POST")[0] == 200


@pytest.mark.parametrize("headers", FORWARDED, ids=str)
@pytest.mark.parametrize(("path", "method"), [("/", "POST"), ("/worker", "GET"), ("/worker-api/v1/workers", "GET")])
def test_what_a_proxy_hands_over_is_refused_until_it_was_said(
    marketplace: Marketplace, headers: dict[str, str], path: str, method: str
) -> None:
    sent = {**headers, **(TARGET if method == "POST" else {})}
    with Server(marketplace) as server:
        assert answer(server, path, sent, method) == (403, PROXIED.encode())
        assert answer(server, path, dict.fromkeys(sent.keys() & TARGET, TARGET["X-Amz-Target"]), method)[0] == 200
        assert answer(server, "/healthz", headers) == (200, b"ok")
    ways: tuple[dict[str, Any], ...] = ({"is_open": True}, {"is_open": True, "behind_proxy": True})
    for said in ways:
        with Server(marketplace, **said) as server:
            assert answer(server, path, {**sent, "X-Forwarded-Host": "localhost"}, method)[0] == 200


def test_with_accounts_each_call_is_signed_anyway(marketplace: Marketplace) -> None:
    with Server(marketplace) as server:
        assert answer(server, "/", {**TARGET, **FORWARDED[0]}, "POST")[0] == 403
        marketplace.accounts.add("Lab")
        status, body = answer(server, "/", {**TARGET, **FORWARDED[0]}, "POST")
    assert (status, b"MissingAuthenticationToken" in body) == (400, True)


REFUSED: Final = (
    ["marketplace", "--host", "192.0.2.1"],
    ["marketplace", "--behind-proxy"],
    ["marketplace", "--allow-host", "panel.example"],
    ["marketplace", "--allow-host", "http://panel.example"],
    ["marketplace", "--switch", "funds=none"],
    ["marketplace", "--fault", "storm"],
    ["marketplace", "--log-format", "xml"],
    ["marketplace", "--proxy", "--host", "192.0.2.1"],
    ["marketplace", "--proxy", "--switch", "environment=both"],
    ["marketplace", "account", "add", " Lab"],
    ["worker", "register", "--worker-id", "1"],
    ["worker", "register", "--country", "UK"],
)
NEEDS_ONE: Final = (
    ["account", "list"],
    ["account", "rename", "Lab", "Panel"],
    ["account", "close", "Lab"],
    ["account", "operator-key"],
    ["account", "key", "add", "Lab"],
    ["account", "key", "list", "Lab"],
    ["account", "key", "revoke", "MTMPEXAMPLEEXAMPLE00"],
    ["invite", "add"],
    ["invite", "list"],
    ["invite", "revoke", "1"],
    ["statement"],
    ["worker", "export", "A1EXAMPLEWORKER"],
    ["worker", "erase", "A1EXAMPLEWORKER"],
    ["payouts", "-"],
    ["audit"],
    ["rejections"],
    ["rejections", "--reverse", "LOCALEXAMPLE", "--reason", "Right."],
)


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_a_refused_command_leaves_no_file(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(tmp_path / "panel.db")
    assert cli.main([*arguments, "--database", database]) != 0
    assert capsys.readouterr().err.startswith(("error: ", "refused: "))
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("arguments", NEEDS_ONE, ids=" ".join)
def test_a_command_that_needs_a_database_makes_none(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "panel.db"
    assert cli.main(["marketplace", *arguments, "--database", str(database)]) == 2
    assert capsys.readouterr().err == f"error: There is no marketplace database at {database}.\n"
    assert [*tmp_path.iterdir()] == []


def test_an_application_makes_a_file_only_where_it_may_serve_it(tmp_path: Path) -> None:
    database = tmp_path / "panel.db"
    with pytest.raises(MarketplaceError, match="or set PULUMI_MTURK_MARKETPLACE_OPEN=1"):
        Application(str(database))
    with pytest.raises(MarketplaceError, match="no name of a host"):
        Application(str(database), hosts=["a b"], is_open=True)
    assert [*tmp_path.iterdir()] == []
    Application(str(database), is_open=True)
    assert database.exists()
