"""The operator's routes: open on a marketplace of one's own, and with accounts for the operator's key alone."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.marketplace.web import control, json_api
from pulumi_mturk.marketplace.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = {"/worker-api/openapi.json"}
OF_WORKERS = {"/worker-api/v1/session"}
"""The operator has none: test_sign_in.py has them."""


def routes() -> list[tuple[str, str]]:
    """Every method and path of the JSON API and of the control path."""
    with Marketplace.in_memory("routes") as marketplace:
        rules = create_app(marketplace, control=True).url_map.iter_rules()
        return sorted(
            (method, rule.rule)
            for rule in rules
            if rule.rule.startswith((json_api.PREFIX, control.PREFIX)) and rule.rule not in OF_WORKERS
            for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}
        )


ROUTES = routes()


@pytest.fixture
def server(marketplace: Marketplace) -> Iterator[Server]:
    with Server(marketplace, control=True) as listening:
        yield listening


def answer(server: Server, method: str, path: str, authorization: str | None = None) -> tuple[int, str | None, Any]:
    path = path.replace("<worker_id>", "A1EXAMPLEWORKER")
    headers = {"Content-Type": "application/json"} | ({"Authorization": authorization} if authorization else {})
    with closing(http.client.HTTPConnection(str(urlsplit(server.url).netloc), timeout=60)) as connection:
        connection.request(method, path, b"" if method == "GET" else b"{}", headers)
        response = connection.getresponse()
        return response.status, response.headers["WWW-Authenticate"], json.loads(response.read())


def test_there_are_routes_of_each_kind() -> None:
    paths = {path for _, path in ROUTES}
    assert paths > {*OPEN, "/control/v1/calls", "/worker-api/v1/clock/advance", "/worker-api/v1/workers"}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_with_accounts_each_asks_for_the_operators_key(
    server: Server, marketplace: Marketplace, method: str, path: str
) -> None:
    assert answer(server, method, path)[0] != 401
    marketplace.accounts.add("Lab")
    access = marketplace.accounts.add_key("Lab")
    refused = 200 if path in OPEN else 401
    assert answer(server, method, path, "Bearer ")[0] == refused  # there is no key yet
    key = marketplace.accounts.new_operator_key()
    for wrong in (
        None,
        "Bearer",
        f"Basic {key}",
        f"Bearer {key}x",
        f"Bearer {key[:-1]}",
        key,
        f"Bearer {access.secret}",
    ):
        status, scheme, found = answer(server, method, path, wrong)
        assert (status, scheme) == ((200, None) if path in OPEN else (401, "Bearer"))
        assert path in OPEN or found["error"].startswith(
            "Sign in first." if "<worker_id>" in path and method != "PUT" else "This is for the operator alone"
        )
    assert answer(server, method, path, f"Bearer {key}")[0] != 401
    marketplace.accounts.new_operator_key()
    assert answer(server, method, path, f"Bearer {key}")[0] == refused


def test_an_operators_key_is_enough_without_accounts(server: Server, marketplace: Marketplace) -> None:
    key = marketplace.accounts.new_operator_key()
    assert answer(server, "POST", "/worker-api/v1/clock/advance")[0] == 401
    assert answer(server, "POST", "/worker-api/v1/clock/advance", f"bearer {key}")[0] == 200
