"""The marketplace over HTTP/1.1, for boto3, the AWS CLI, or a team's own panel: the API, and the worker's pages.

No encryption: that is a proxy's in front of it. Signatures are verified once accounts are configured; until then any
client of the port acts as the requester, so it listens on loopback addresses alone unless it is told to be open.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self

from pulumi_mturk.marketplace.errors import ConnectionDropped
from pulumi_mturk.marketplace.response import Response, plain_text
from pulumi_mturk.marketplace.server.connections import ANSWER_SECONDS, BoundedServer, Connections, TimedHandler
from pulumi_mturk.marketplace.server.endpoint import Endpoint
from pulumi_mturk.marketplace.server.exposure import check_exposure, open_served
from pulumi_mturk.marketplace.server.hosts import AllowedHosts, is_loopback
from pulumi_mturk.marketplace.server.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from pulumi_mturk.marketplace.service import Marketplace
    from pulumi_mturk.marketplace.testing.faults import Fault

DEFAULT_HOST: Final = "127.0.0.1"
SWITCH_INTERVAL: Final = 0.0005
"""Seconds that a thread runs before another one that waits for the interpreter: a long page delays no short call."""
_POLL_SECONDS: Final = 0.02  # upper limit on the time that closing takes


class Listener:
    """Listens on a port in threads of this process; use it as a context manager.

    Closing it ends the listening, not the marketplaces.
    """

    def __init__(
        self,
        host: str,
        port: int,
        marketplaces: Mapping[str, Marketplace],
        hosts: AllowedHosts,
        *,
        exposed: bool,
        control: bool,
        is_open: bool,
        behind_proxy: bool = False,
    ) -> None:
        for each in marketplaces.values():
            check_exposure(each, exposed=exposed, is_open=is_open)
        self._http = BoundedServer((host, port), self._connected)
        self._endpoints = {
            name: Endpoint(each, hosts, control=control, is_open=is_open, behind_proxy=behind_proxy)
            for name, each in marketplaces.items()
        }
        self._thread = threading.Thread(target=self._http.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        self._thread.start()

    def _connected(self, connection: Any, client_address: Any, http: BoundedServer) -> TimedHandler:
        """Handle all requests of one connection."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        """The address for AWS_ENDPOINT_URL_MTURK, with the actual port where 0 was asked for."""
        host, port = self._http.server_address[:2]
        return f"http://{host!s}:{port}"

    def close(self) -> None:
        """Stop listening, and answer no more requests on open connections; a request being handled is finished."""
        for endpoint in self._endpoints.values():
            endpoint.closing = True
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        for endpoint in self._endpoints.values():
            endpoint.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Server(Listener):
    """A marketplace that listens on a port."""

    def __init__(
        self,
        marketplace: Marketplace,
        host: str = DEFAULT_HOST,
        port: int = 0,
        *,
        allowed_hosts: Sequence[str] = (),
        control: bool = False,
        is_open: bool = False,
        behind_proxy: bool = False,
    ) -> None:
        """It answers for `localhost`, the loopback addresses, `host` and `allowed_hosts`; other names get 421.

        `control` is for tests alone: faults, the journal and switches over HTTP, as `web.control` says. `is_open`: all
        who reach it may do all, on any address, under any name and through any proxy, as long as no accounts are
        configured. `behind_proxy`: the headers X-Forwarded-Host and X-Forwarded-Proto are believed, which the proxy in
        front has to set itself.

        Raises:
            MarketplaceError: others could reach it, and it has no accounts and is not open; a host is none.

        """
        hosts = _hosts(host, allowed_hosts)
        super().__init__(
            host,
            port,
            {"": marketplace},
            hosts,
            exposed=_is_exposed(host, hosts, behind_proxy=behind_proxy),
            control=control,
            is_open=is_open,
            behind_proxy=behind_proxy,
        )

    def _connected(self, connection: Any, client_address: Any, http: BoundedServer) -> TimedHandler:
        return RequestHandler(connection, client_address, self._endpoints[""], http.connections)


def serve(
    database: str | Path,
    *,
    host: str = DEFAULT_HOST,
    port: int = 0,
    allowed_hosts: Sequence[str] = (),
    switches: Mapping[str, str | int] | None = None,
    faults: Sequence[Fault] = (),
    control: bool = False,
    is_open: bool = False,
    behind_proxy: bool = False,
    requests_per_second_per_key: int = 0,
) -> None:
    """Serve a marketplace file until SIGTERM or SIGINT; prints the address on one line of stdout.

    `faults`, where there are any, replace those in the file; `requests_per_second_per_key` limits each access key; the
    other options are those of `Server`.

    Raises:
        MarketplaceError: the file, or a switch, is not right.
        OSError: the address can not be used.

    """
    exposed = _is_exposed(host, _hosts(host, allowed_hosts), behind_proxy=behind_proxy)
    with (
        stop_signal() as wait,
        open_served(database, exposed=exposed, is_open=is_open) as marketplace,
    ):
        marketplace.set_switches(**(switches or {}))
        marketplace.replace_faults(faults)
        sys.setswitchinterval(SWITCH_INTERVAL)
        if requests_per_second_per_key:
            marketplace.accounts.limit(requests_per_second_per_key)
        with Server(
            marketplace,
            host,
            port,
            allowed_hosts=allowed_hosts,
            control=control,
            is_open=is_open,
            behind_proxy=behind_proxy,
        ) as server:
            print(f"Marketplace listening on {server.url}")
            print(f"Workers find their pages at {server.url}/worker", flush=True)
            wait()


def _hosts(host: str, allowed: Sequence[str]) -> AllowedHosts:
    return AllowedHosts(filter(None, (host, *allowed)), loopback=True)


def _is_exposed(host: str, hosts: AllowedHosts, *, behind_proxy: bool) -> bool:
    """Whether others than this machine's users may reach a server; one without a `host` listens on all addresses."""
    return behind_proxy or not is_loopback(host) or hosts.reach_beyond()


@contextlib.contextmanager
def stop_signal() -> Iterator[Callable[[], object]]:
    """Take SIGTERM and SIGINT; yields a function that waits for one of them."""
    signals = {signal.SIGTERM, signal.SIGINT}
    if not hasattr(signal, "pthread_sigmask"):
        with _signal_by_handler(signals) as wait:
            yield wait
        return
    # blocked in every thread, so that only sigwait receives them
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield lambda: signal.sigwait(signals)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _signal_by_handler(signals: set[signal.Signals]) -> Iterator[Callable[[], object]]:
    """As `stop_signal`, where signals can't be blocked: on Windows, where a wait without end is not interrupted."""
    stopped = threading.Event()

    def wait() -> None:
        while not stopped.wait(_POLL_SECONDS):
            pass

    before = {number: signal.signal(number, lambda *_: stopped.set()) for number in signals}
    try:
        yield wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class RequestHandler(TimedHandler):
    """Handles the requests of one connection to an endpoint."""

    def __init__(self, connection: Any, client_address: Any, endpoint: Endpoint, connections: Connections) -> None:
        self.endpoint = endpoint
        super().__init__(connection, client_address, connections)

    def do_POST(self) -> None:  # noqa: D102, N802 - http.server's
        headers = tuple(self.headers.items())
        request = Request(self.command, self.path, headers, self._body, client=str(self.client_address[0]))
        try:
            response = self.endpoint.answer(request)
        except ConnectionDropped:
            self.close_connection = True
            return
        self._send(response)

    do_GET = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = do_POST  # noqa: N815

    def _body(self, length: int) -> bytes:
        body = self.rfile.read(length)
        if self.endpoint.closing or not self.connections.keep(self.stream):
            raise ConnectionDropped
        return body

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer malformed requests, too, and do not echo them."""
        self._send(plain_text(code, HTTPStatus(code).phrase))

    def _send(self, response: Response) -> None:
        self.request_version = self.protocol_version  # http.server writes no status line for HTTP/0.9
        self.send_response_only(response.status)
        self.send_header("Server", self.version_string())
        for name, value in ({"Date": self.date_time_string()} | response.headers).items():
            self.send_header(name, value)
        if response.status >= 400:
            self.send_header("Connection", "close")  # observed on the real service's 400
            self.close_connection = True
        if not response.complete:
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self._send_body(response)

    def _send_body(self, response: Response) -> None:
        if not response.pause:
            self.wfile.write(response.body)
            return
        for number in range(len(response.body)):
            self.wfile.flush()
            time.sleep(response.pause)
            self.stream.expect(ANSWER_SECONDS)
            self.wfile.write(response.body[number : number + 1])
