"""The marketplace as a WSGI application, for gunicorn and its like: `pulumi_mturk.marketplace.wsgi:application`.

Configured by environment variables:

- `PULUMI_MTURK_MARKETPLACE_DATABASE`: the SQLite file, or the address of a PostgreSQL server's database; an open one is
  made if it is not there.
- `PULUMI_MTURK_MARKETPLACE_HOSTS`: the names that it answers for beside the machine's own, with commas between.
- `PULUMI_MTURK_MARKETPLACE_BEHIND_PROXY`: `1` where a proxy sets X-Forwarded-Host and X-Forwarded-Proto.
- `PULUMI_MTURK_MARKETPLACE_OPEN`: `1` where all who reach it may do all; else it has to have accounts.
- `PULUMI_MTURK_MARKETPLACE_REQUESTS_PER_SECOND_PER_KEY`: a limit for each access key, in each process.
- `PULUMI_MTURK_MARKETPLACE_LOG_FORMAT`: `text` or `json`.

What only a server that holds the connection itself can do, to drop or to delay it, it does not: an injected fault of
that kind is answered by 502.
"""

from __future__ import annotations

import os
import sys
import threading
from http import HTTPStatus
from multiprocessing import parent_process
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pulumi_mturk.marketplace.errors import ConnectionDropped, MarketplaceError
from pulumi_mturk.marketplace.response import Response, plain_text
from pulumi_mturk.marketplace.server import request_log
from pulumi_mturk.marketplace.server.endpoint import Endpoint
from pulumi_mturk.marketplace.server.exposure import open_served
from pulumi_mturk.marketplace.server.hosts import AllowedHosts
from pulumi_mturk.marketplace.server.http_server import SWITCH_INTERVAL
from pulumi_mturk.marketplace.server.request import Request
from pulumi_mturk.marketplace.service import Marketplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_PREFIX: Final = "PULUMI_MTURK_MARKETPLACE_"
_DEFAULTS: Final = {
    "DATABASE": "",
    "HOSTS": "",
    "BEHIND_PROXY": "0",
    "OPEN": "0",
    "REQUESTS_PER_SECOND_PER_KEY": "0",
    "LOG_FORMAT": "text",
}
_DIGITS: Final = 10
_HOP_BY_HOP: Final = frozenset({"connection", "transfer-encoding"})


class Application:
    """One marketplace. Each process opens it for itself, so a server may fork after it has been imported."""

    def __init__(
        self,
        database: str,
        *,
        hosts: Sequence[str] = (),
        behind_proxy: bool = False,
        is_open: bool = False,
        requests_per_second_per_key: int = 0,
    ) -> None:
        """As `server.http_server.serve`.

        Raises:
            MarketplaceError: the file is not right, it has no accounts and is not open, or a host's name is none.

        """
        self._database = database
        self._hosts = AllowedHosts(hosts, loopback=True)
        self._is_open = is_open
        self._behind_proxy = behind_proxy
        self._rate = requests_per_second_per_key
        self._lock = threading.Lock()
        self._opened: tuple[int, Endpoint] | None = None
        otherwise = f"or set {_PREFIX}OPEN=1 if all may do all"
        open_served(database, exposed=True, is_open=is_open, otherwise=otherwise).close()

    def open(self) -> Endpoint:
        """Open the marketplace in this process, if it is not, and begin to deliver events."""
        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                sys.setswitchinterval(SWITCH_INTERVAL)
                marketplace = Marketplace.open(self._database, create=False, durable=True)
                if self._rate:
                    marketplace.accounts.limit(self._rate)
                endpoint = Endpoint(marketplace, self._hosts, is_open=self._is_open, behind_proxy=self._behind_proxy)
                self._opened = os.getpid(), endpoint
                # granian's workers are multiprocessing's, which run no `atexit`; this is run by all
                Finalize(None, self.close, exitpriority=0)
            return self._opened[1]

    def close(self) -> None:
        """Close it, if this process has opened it."""
        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                return
            _, endpoint = self._opened
            self._opened = None
        endpoint.close()
        endpoint.marketplace.close()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, as PEP 3333 says."""
        response = self._answered(environ)
        headers = [(name, value) for name, value in response.headers.items() if name.lower() not in _HOP_BY_HOP]
        start_response(f"{response.status} {_phrase(response.status)}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]

    def _answered(self, environ: dict[str, Any]) -> Response:
        try:
            response = self.open().answer(_request(environ))
        except ConnectionDropped:
            return _lost()
        return response if response.complete and not response.pause else _lost()


def from_environment(variables: Mapping[str, str]) -> Application:
    """The application that environment variables describe. Raises MarketplaceError."""
    given = {name: variables.get(f"{_PREFIX}{name}", default) for name, default in _DEFAULTS.items()}
    if not given["DATABASE"]:
        raise MarketplaceError(f"Set {_PREFIX}DATABASE to the marketplace's SQLite file, or to postgresql://…")
    for name in ("BEHIND_PROXY", "OPEN"):
        if given[name] not in ("0", "1"):
            raise MarketplaceError(f"{_PREFIX}{name} is 0 or 1, not {given[name]!r}.")
    rate = given["REQUESTS_PER_SECOND_PER_KEY"]
    if not (rate.isascii() and rate.isdigit() and len(rate) < _DIGITS):
        raise MarketplaceError(f"{_PREFIX}REQUESTS_PER_SECOND_PER_KEY is a whole number from 0 on, not {rate!r}.")
    request_log.use_format(given["LOG_FORMAT"])
    return Application(
        given["DATABASE"],
        hosts=[name.strip() for name in given["HOSTS"].split(",") if name.strip()],
        behind_proxy=given["BEHIND_PROXY"] == "1",
        is_open=given["OPEN"] == "1",
        requests_per_second_per_key=int(rate),
    )


def _request(environ: Mapping[str, Any]) -> Request:
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"), safe="/:@!$&'()*+,;=~-._")
    query = environ.get("QUERY_STRING", "")
    kept = {name.removeprefix("HTTP_"): value for name, value in environ.items() if name.startswith("HTTP_")}
    kept |= {name: environ[name] for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)}
    headers = [(name.replace("_", "-").title(), value) for name, value in kept.items()]
    return Request(
        environ["REQUEST_METHOD"],
        f"{path}?{query}" if query else path,
        headers,
        environ["wsgi.input"].read,
        client=environ.get("REMOTE_ADDR") or "",
        scheme=environ["wsgi.url_scheme"],
    )


def _lost() -> Response:
    return plain_text(HTTPStatus.BAD_GATEWAY, "An injected fault dropped this connection.")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Status"


def __getattr__(name: str) -> Application:
    """`application` is made once it is asked for: the module can be imported without its variables.

    In a worker process of granian it is opened, too, so that events are delivered before anybody asks for anything.
    Other servers may fork after they have imported it, and open it by the first request of each process.
    """
    if name != "application":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        made = from_environment(os.environ)
        if parent_process() is not None:  # a worker of granian, which is not forked: no thread or connection gets lost
            made.open()
    except MarketplaceError as error:
        raise SystemExit(f"error: {error}") from None
    globals()[name] = made
    return made
