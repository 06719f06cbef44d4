"""The marketplace over HTTP/1.1, for boto3, the AWS CLI, or a team's own panel: the API, and the worker's pages.

There is no encryption and no check of signatures: whoever reaches the port is the requester, so it listens on
127.0.0.1 unless told otherwise.
"""

from __future__ import annotations

import contextlib
import signal
import socketserver
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, Self

from pulumi_mturk.marketplace.errors import ConnectionDropped
from pulumi_mturk.marketplace.posting import Poster
from pulumi_mturk.marketplace.service import Marketplace, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from pulumi_mturk.marketplace.site.gateway import Gateway

DEFAULT_HOST: Final = "127.0.0.1"
MAX_REQUEST_BYTES: Final = 4 * 1024 * 1024
"""A test and its key of 65535 bytes each, every character escaped, are below 1 MiB."""
IDLE_SECONDS: Final = 120
"""How long an idle connection stays open."""
_POLL_SECONDS: Final = 0.02  # how long closing a server may take
_BAD_LENGTH: Final = (411, b"A request needs a Content-Length.")
_TOO_LARGE: Final = (413, b"The request is too large.")


class Listener:
    """Listens on a port in threads of this process; use it as a context manager.

    Closing it ends the listening, not the marketplaces.
    """

    def __init__(self, host: str, port: int, marketplaces: Mapping[str, Marketplace]) -> None:
        self._http = _HTTPServer((host, port), self._connected)
        self._doors = {name: Door(marketplace) for name, marketplace in marketplaces.items()}
        self._thread = threading.Thread(target=self._http.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        self._thread.start()

    def _connected(self, connection: Any, client_address: Any, http: _HTTPServer) -> BaseHTTPRequestHandler:
        """Answer one connection, to its end."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        """The address, with the port that was given where 0 was asked for: what goes into AWS_ENDPOINT_URL_MTURK."""
        host, port = self._http.server_address[:2]
        return f"http://{host!s}:{port}"

    def close(self) -> None:
        """Stop listening, and answer no more on connections that are open; calls being answered end on their own."""
        for door in self._doors.values():
            door.closing = True
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        for door in self._doors.values():
            door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Server(Listener):
    """A marketplace that listens on a port."""

    def __init__(self, marketplace: Marketplace, host: str = DEFAULT_HOST, port: int = 0) -> None:
        super().__init__(host, port, {"": marketplace})

    def _connected(self, connection: Any, client_address: Any, http: _HTTPServer) -> BaseHTTPRequestHandler:
        return Handler(connection, client_address, self._doors[""])


def serve(
    database: str | Path,
    *,
    host: str = DEFAULT_HOST,
    port: int = 0,
    switches: Mapping[str, str | int] | None = None,
) -> None:
    """Serve a marketplace file until SIGTERM or SIGINT; prints the address on one line of stdout.

    Raises:
        MarketplaceError: the file, or a switch, is not right.
        OSError: the address can not be used.

    """
    with (
        stopping() as wait,
        Marketplace.open(database) as marketplace,
    ):
        marketplace.set_switches(**(switches or {}))
        with Server(marketplace, host, port) as server:
            print(f"Marketplace listening on {server.url}")
            print(f"Workers find their pages at {server.url}/worker", flush=True)
            wait()


@contextlib.contextmanager
def stopping() -> Iterator[Callable[[], object]]:
    """Something to call that waits for SIGTERM or SIGINT."""
    signals = {signal.SIGTERM, signal.SIGINT}
    # blocked in every thread, so that none but sigwait sees them
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield lambda: signal.sigwait(signals)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Door:
    """What the connections to one marketplace share, whatever they come through."""

    def __init__(self, marketplace: Marketplace) -> None:
        self.marketplace = marketplace
        self.closing = False
        self._poster = Poster(marketplace)
        self._site: Gateway | None = None
        self._site_lock = threading.Lock()

    @property
    def site(self) -> Gateway:
        """The worker's pages; made when the first is asked for: a server that serves the API alone starts quicker."""
        with self._site_lock:
            if self._site is None:
                from pulumi_mturk.marketplace.site.gateway import Gateway

                self._site = Gateway(self.marketplace)
            return self._site

    def close(self) -> None:
        """Have nothing going on any more."""
        self._poster.close()


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        # not HTTPServer's, which asks a name server for the host's name
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


class Handler(BaseHTTPRequestHandler):
    """The requests of one connection; `door` is where it came in."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True  # for answers longer than the buffer
    wbufsize = -1  # head and body leave in one packet: two wait for each other's acknowledgement, 40 ms a call
    door: Door

    def __init__(self, connection: Any, client_address: Any, door: Door) -> None:
        self.door = door
        super().__init__(connection, client_address, door)  # type: ignore[arg-type]  # http.server asks nothing of it

    def do_POST(self) -> None:  # noqa: D102 - http.server's
        length = self.headers.get("Content-Length", "" if self.command == "POST" else "0")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self._refuse(*_BAD_LENGTH)
        elif len(length) > len(str(MAX_REQUEST_BYTES)) or int(length) > MAX_REQUEST_BYTES:
            self._refuse(*_TOO_LARGE)
        else:
            self._answer(self.rfile.read(int(length)))

    do_GET = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = do_POST  # noqa: N815

    def version_string(self) -> str:  # noqa: D102 - http.server's
        return "Marketplace"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: requests hold worker ids."""

    def _answer(self, body: bytes) -> None:
        if self.door.closing:
            self.close_connection = True
            return
        if not self._is_call():
            self._send(self.door.site.handle(self.command, self.path, self.headers.items(), body))
            return
        try:
            response = self.door.marketplace.handle(self.command, self.path, dict(self.headers), body)
        except ConnectionDropped:
            self.close_connection = True
            return
        self._send(response)

    def _is_call(self) -> bool:
        """Whether it is meant for the API, well-formed or not; all else is the worker's site."""
        return "X-Amz-Target" in self.headers or (self.command == "POST" and self.path.partition("?")[0] in ("", "/"))

    def _refuse(self, status: int, text: bytes) -> None:
        headers = {"Content-Type": "text/plain", "Content-Length": str(len(text))}
        self._send(Response(status, headers, text))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is no HTTP is answered in HTTP all the same, and without its own words."""
        self._refuse(code, HTTPStatus(code).phrase.encode())

    def _send(self, response: Response) -> None:
        self.request_version = self.protocol_version  # for HTTP/0.9, and for noise, there would be no status line
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status >= 400:
            self.send_header("Connection", "close")  # observed on the real service's 400
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
