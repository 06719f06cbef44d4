"""The marketplace over HTTP/1.1, for boto3, the AWS CLI, or a team's own panel.

There is no encryption and no check of signatures: whoever reaches the port is the requester, so it listens on
127.0.0.1 unless told otherwise.
"""

from __future__ import annotations

import signal
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, Self

from pulumi_mturk.marketplace.errors import ConnectionDropped
from pulumi_mturk.marketplace.service import Marketplace, Response

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

DEFAULT_HOST: Final = "127.0.0.1"
MAX_REQUEST_BYTES: Final = 4 * 1024 * 1024
"""A test and its key of 65535 bytes each, every character escaped, are below 1 MiB."""
IDLE_SECONDS: Final = 120
"""How long an idle connection stays open."""
_POLL_SECONDS: Final = 0.02  # how long closing a server may take
_BAD_LENGTH: Final = (411, b"A request needs a Content-Length.")
_TOO_LARGE: Final = (413, b"The request is too large.")


class Server:
    """A marketplace that listens on a port in threads of this process; use it as a context manager.

    Closing it ends the listening, not the marketplace.
    """

    def __init__(self, marketplace: Marketplace, host: str = DEFAULT_HOST, port: int = 0) -> None:
        self._http = _HTTPServer((host, port), marketplace)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address, with the port that was given where 0 was asked for: what goes into AWS_ENDPOINT_URL_MTURK."""
        host, port = self._http.server_address[:2]
        return f"http://{host!s}:{port}"

    def close(self) -> None:
        """Stop listening, and answer no more on connections that are open; calls being answered end on their own."""
        self._http.closing = True
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
    signals = {signal.SIGTERM, signal.SIGINT}
    # blocked in every thread, so that none but sigwait sees them
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        with Marketplace.open(database) as marketplace:
            marketplace.set_switches(**(switches or {}))
            with Server(marketplace, host, port) as server:
                print(f"Marketplace listening on {server.url}", flush=True)
                signal.sigwait(signals)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], marketplace: Marketplace) -> None:
        self.marketplace = marketplace
        self.closing = False
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # not HTTPServer's, which asks a name server for the host's name
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True  # for answers longer than the buffer
    wbufsize = -1  # head and body leave in one packet: two wait for each other's acknowledgement, 40 ms a call
    server: _HTTPServer

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self._refuse(*_BAD_LENGTH)
        elif len(length) > len(str(MAX_REQUEST_BYTES)) or int(length) > MAX_REQUEST_BYTES:
            self._refuse(*_TOO_LARGE)
        else:
            self._answer(self.rfile.read(int(length)))

    def do_GET(self) -> None:
        self._answer(b"")

    do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = do_GET  # noqa: N815

    def version_string(self) -> str:
        return "Marketplace"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: requests hold worker ids."""

    def _answer(self, body: bytes) -> None:
        if self.server.closing:
            self.close_connection = True
            return
        try:
            response = self.server.marketplace.handle(self.command, self.path, dict(self.headers), body)
        except ConnectionDropped:
            self.close_connection = True
            return
        self._send(response)

    def _refuse(self, status: int, text: bytes) -> None:
        headers = {"Content-Type": "text/plain", "Content-Length": str(len(text))}
        self._send(Response(status, headers, text))

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 200:
            self.send_header("Connection", "close")  # observed on the real service's 400
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
