"""The page of a qualification test, as a worker sees it; served, it is read anew each time."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from pulumi_mturk.cli.common import Status, print_error
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.marketplace.web import test_preview
from pulumi_mturk.questionnaires import read_text_of

_HOSTS: Final = ("127.0.0.1", "localhost")


def page(test: Path) -> str:
    """The page's HTML. Raises InvalidInputError for what is wrong with the file."""
    found = read_text_of(test)
    return test_preview.page(found.test, test.stem, found.test_duration_in_seconds)


class Handler(BaseHTTPRequestHandler):
    """The page, read anew for each request; what is wrong with the file in its place."""

    test: Path

    def do_GET(self) -> None:
        """Answer under this machine's own names alone: another site could have given this address one of its own."""
        try:
            if self.headers.get("Host", "").rpartition(":")[0] not in _HOSTS:
                self.send_error(421)
                return
            body, kind, status = page(self.test), "text/html", 200
        except InvalidInputError as error:
            body, kind, status = "\n".join(map(str, error.diagnostics)), "text/plain", 422
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: whoever looks at the page needs no log of it."""


def serve(test: Path, port: int) -> int:
    """Serve the page on 127.0.0.1 until it is interrupted, and say where."""
    handler = type("Handler", (Handler,), {"test": test})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        print_error(f"can't listen on port {port}: {getattr(error, 'strerror', None) or error}")
        return Status.ERROR
    with server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return Status.DONE
