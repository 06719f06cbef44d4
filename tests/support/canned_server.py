"""A server that answers with given bytes, whatever they are: what lies between us and the service may be anything."""

import contextlib
import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

Answer = bytes | Callable[[socket.socket], None]
"""The bytes of an answer, after which the connection is closed, or what to do with the connection."""


class CannedServer:
    """Answers each request of an operation by a table, `*` for all others; it keeps what was called."""

    def __init__(self, answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.answers = dict(answers)
        self._tls = tls
        self.greeting = b""
        self.called: list[str] = []
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        socket.create_connection(("127.0.0.1", self.port)).close()  # so that nobody waits in vain for one
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def hang(self, _: socket.socket) -> None:
        """Say nothing until the end of the test."""
        self._closing.wait(120)

    def trickle(self, connection: socket.socket) -> None:
        """Begin an answer, and send a byte of it now and then."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n")
        while not self._closing.wait(0.1):
            connection.sendall(b" ")

    def _accept(self) -> None:
        while not self._closing.is_set():
            connection, _ = self._listener.accept()
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):  # the client may have left
            stack.enter_context(connection)
            if self.greeting:
                connection.sendall(self.greeting)
                return
            if self._tls is not None:
                connection = stack.enter_context(self._tls.wrap_socket(connection, server_side=True))
            operation = _operation(connection)
            if operation is None:
                return
            self.called.append(operation)
            answer = self.answers.get(operation, self.answers.get("*", b""))
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)


def _operation(connection: socket.socket) -> str | None:
    received = b""
    while b"\r\n\r\n" not in received:
        if not (part := connection.recv(65536)):
            return None
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    headers = {
        name.lower(): value.strip()
        for name, _, value in (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    }
    while len(body) < int(headers.get("content-length", "0")):
        if not (part := connection.recv(65536)):
            return None
        body += part
    return headers.get("x-amz-target", "").rpartition(".")[2]


JSON = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "00000000-0000-4000-8000-000000000000"}
HTML = b"<!DOCTYPE html><html><body>Please sign in to the hotel's network.</body></html>"


def answer(status: int, headers: Mapping[str, str], body: bytes, *, length: int | None = None) -> bytes:
    """An HTTP answer; its `Content-Length` can be a wrong one."""
    lines = [f"HTTP/1.1 {status} Status"]
    lines += [
        f"{name}: {value}"
        for name, value in {**headers, "Content-Length": str(length or len(body)), "Connection": "close"}.items()
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def said(members: Any) -> bytes:
    """A whole answer of the service."""
    return answer(200, JSON, json.dumps(members).encode())


def refused(kind: str, message: str = "Words.", status: int = 400, headers: Mapping[str, str] = JSON) -> bytes:
    """A refusal of the service."""
    return answer(status, {**JSON, **headers}, json.dumps({"__type": kind, "Message": message}).encode())


def chunked(body: bytes, *, terminated: bool = True, headers: Mapping[str, str] = JSON) -> bytes:
    """A whole answer in chunks, or one without the chunk that ends it."""
    lines = [
        "HTTP/1.1 200 OK",
        "Transfer-Encoding: chunked",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    end = b"0\r\n\r\n" if terminated else b""
    return "\r\n".join([*lines, "", ""]).encode() + f"{len(body):x}\r\n".encode() + body + b"\r\n" + end


def packed(members: Any) -> bytes:
    """An answer as a proxy packs it."""
    return gzip.compress(json.dumps(members).encode())


def wait_until(happened: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
