"""Bounds of a server: how many connections it has, and how long a request may take to come and an answer to be taken.

A time limit of a socket is one of each read and write, so a client that sends a byte now and then never meets it: here
the limits are those of the whole.
"""

from __future__ import annotations

import contextlib
import errno
import io
import socket
import socketserver
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Final

if TYPE_CHECKING:
    from ssl import SSLSocket

MAX_CONNECTIONS: Final = 256
"""Connections at a time, a thread each. Where more come, the one that has waited longest for a request is closed."""
IDLE_SECONDS: Final = 120
"""Time after which an idle connection is closed."""
REQUEST_SECONDS: Final = 60
"""Time for a whole request, head and body, from its first byte."""
ANSWER_SECONDS: Final = 60
"""Time for a client to take a whole answer."""
_BACK_OFF: Final = 0.05
"""Seconds until the next try where no connection can be accepted."""
_SCARCE: Final = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class Connections:
    """The open connections of a server: their number, and those that wait for a request."""

    def __init__(self, maximum: int) -> None:
        self._maximum = maximum
        self._changed = threading.Condition()
        self._open = 0
        self._waiting: dict[TimedStream, float] = {}

    def opened(self) -> None:
        """Count a connection."""
        with self._changed:
            self._open += 1

    def closed(self) -> None:
        """Count it no more."""
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def is_full(self) -> bool:
        """Whether no more are to be accepted now."""
        with self._changed:
            return self._open >= self._maximum

    def make_room(self) -> None:
        """Close the connection that has waited longest for a request; returns when one is gone, or after a moment."""
        with self._changed:
            if self._waiting:
                longest = min(self._waiting, key=self._waiting.__getitem__)
                del self._waiting[longest]
                longest.shut_down()
            self._changed.wait(_BACK_OFF)

    def wait(self, stream: TimedStream) -> None:
        """While a request is awaited or incomplete, its connection may be closed for another one."""
        with self._changed:
            self._waiting[stream] = time.monotonic()

    def keep(self, stream: TimedStream) -> bool:
        """The request is complete: its connection is not closed for another one. False: that has happened."""
        with self._changed:
            return self._waiting.pop(stream, None) is not None


class TimedStream(io.RawIOBase):
    """The bytes of a connection, with a deadline for several reads or writes together."""

    def __init__(self, connection: socket.socket | SSLSocket) -> None:
        self._connection = connection
        self._end = 0.0
        self._seconds_after_first_byte: float | None = None

    def expect(self, seconds: float, *, then: float | None = None) -> None:
        """All that follows has `seconds`; or the first byte has, and what comes behind it `then`."""
        self._end = time.monotonic() + seconds
        self._seconds_after_first_byte = then

    def readable(self) -> bool:  # noqa: D102 - io's
        return True

    def writable(self) -> bool:  # noqa: D102 - io's
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there; raises TimeoutError at the deadline."""
        self._limit()
        count = self._connection.recv_into(buffer)
        if self._seconds_after_first_byte is not None:
            self.expect(self._seconds_after_first_byte)
        return count

    def write(self, data: Any) -> int:
        """Write a part; raises TimeoutError at the deadline."""
        self._limit()
        return self._connection.send(data)

    def shut_down(self) -> None:
        """End the connection under a thread that reads from it."""
        with contextlib.suppress(OSError):
            # not an encrypted socket's own, which would take the encryption away from a reader's feet
            socket.socket.shutdown(self._connection, socket.SHUT_RDWR)

    def _limit(self) -> None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)


class BoundedServer(ThreadingHTTPServer):
    """Accepts connections up to a maximum, each in a thread."""

    daemon_threads = True
    request_queue_size = 128
    # A port whose last server has just ended can be used at once; on Windows the same option would share a port in use.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, address: tuple[str, int], handler: Any) -> None:
        self.connections = Connections(_maximum())
        super().__init__(address, handler)

    def server_bind(self) -> None:
        """Bind; not as HTTPServer, which asks a name server for the host's name."""
        socketserver.TCPServer.server_bind(self)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection. Where none can be, one that waits is closed, and OSError says to try again."""
        try:
            if self.connections.is_full():
                raise OSError(errno.EMFILE, "too many connections")
            accepted = super().get_request()
        except OSError as error:
            if error.errno in _SCARCE:
                self.connections.make_room()
            raise
        self.connections.opened()
        return accepted

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        super().shutdown_request(request)
        self.connections.closed()

    def handle_error(self, request: object, client_address: object) -> None:
        """Not logged: clients disconnect at any time."""


def _maximum() -> int:
    """At most half of the descriptors that the process may have: its other work needs some, too."""
    try:
        import resource
    except ImportError:  # Windows, where sockets are no descriptors
        return MAX_CONNECTIONS
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MAX_CONNECTIONS if descriptors == resource.RLIM_INFINITY else min(MAX_CONNECTIONS, descriptors // 2)


class TimedHandler(BaseHTTPRequestHandler):
    """Reads requests and writes answers within the deadlines."""

    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float] = IDLE_SECONDS
    request_seconds: ClassVar[float | None] = REQUEST_SECONDS
    """None: the timeout is that of the whole request."""
    rbufsize = io.DEFAULT_BUFFER_SIZE

    def __init__(self, connection: Any, client_address: Any, connections: Connections) -> None:
        self.connections = connections
        super().__init__(connection, client_address, connections)  # type: ignore[arg-type]  # http.server only stores it

    def setup(self) -> None:
        """Open the streams."""
        self.connection = self.request
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)  # for answers longer than the buffer
        self.stream = TimedStream(self.connection)
        self.rfile = io.BufferedReader(self.stream, self.rbufsize) if self.rbufsize else self.stream  # type: ignore[assignment]
        # head and body in one packet: two would wait for an acknowledgement, 40 ms a call
        self.wfile = io.BufferedWriter(self.stream)

    def handle_one_request(self) -> None:
        """Read a request and answer it."""
        self.stream.expect(self.timeout, then=self.request_seconds)
        self.connections.wait(self.stream)
        try:
            super().handle_one_request()
        finally:
            self.connections.keep(self.stream)

    def send_response_only(self, code: int, message: str | None = None) -> None:
        """Begin an answer, which has a deadline of its own."""
        self.stream.expect(ANSWER_SECONDS)
        super().send_response_only(code, message)

    def version_string(self) -> str:
        """The header Server."""
        return "Marketplace"

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: requests hold worker ids."""
