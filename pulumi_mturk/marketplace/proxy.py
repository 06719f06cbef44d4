"""An HTTPS proxy that is MTurk's two hosts itself, for programs that have their addresses written into them.

It ends TLS with a certificate of the user's own authority and hands the requests to a marketplace: production's or the
sandbox's, by the name that was asked for. It opens no connection to anywhere: every other host is refused.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.authority import HOSTS, Authority, open_authority
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.server import DEFAULT_HOST, Door, Handler, Listener, stopping
from pulumi_mturk.marketplace.service import Marketplace
from pulumi_mturk.marketplace.variables import variables, write_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_SANDBOX: Final = ".sandbox"
_OPENING_SECONDS: Final = 20
"""How long a client may be silent until its connection is encrypted."""
_REASON: Final = "This proxy is MTurk's hosts alone"  # all of a refusal that most clients show
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}")
_REFUSAL: Final = (
    f"This proxy is {' and '.join(HOSTS)}, port 443, by CONNECT. It leads nowhere else: "
    "hosts that a program needs beside them go into NO_PROXY."
)


class Proxy(Listener):
    """A proxy that listens on a port; use it as a context manager."""

    def __init__(
        self,
        worlds: Mapping[str, Marketplace],
        authority: Authority,
        host: str = DEFAULT_HOST,
        port: int = 0,
        *,
        refused: Callable[[str], None] | None = None,
    ) -> None:
        """`worlds` has a marketplace for each environment of `HOSTS`; `refused` is told every other host once."""
        self._context = authority.context()
        self._refused = refused
        self._told: set[str] = set()
        super().__init__(host, port, worlds)

    def _refuse(self, host: str) -> None:
        if self._refused is not None and host not in self._told and _HOST.fullmatch(host):
            self._told.add(host)
            self._refused(host)

    def _connected(self, connection: Any, client_address: Any, http: object) -> BaseHTTPRequestHandler:
        opening = _Opening(connection, client_address, self._doors, self._refuse)
        if opening.door is not None:
            # a handshake has the time of an opening, and ends the use of the bare socket
            with self._context.wrap_socket(connection, server_side=True) as encrypted:
                Handler(encrypted, client_address, opening.door)
        return opening


@contextlib.contextmanager
def open_worlds(database: Path, switches: Mapping[str, str | int]) -> Iterator[dict[str, Marketplace]]:
    """The marketplaces behind a proxy: production in the file, the sandbox in one beside it.

    Raises:
        MarketplaceError: a file, or a switch, is not right.

    """
    if "environment" in switches:
        raise MarketplaceError("The switch 'environment' can not be set: a proxy tells the two by the host's name.")
    if database.stem.endswith(_SANDBOX):
        production = database.with_stem(database.stem.removesuffix(_SANDBOX))
        raise MarketplaceError(
            f"{database} is the name of a sandbox's file; write {production}, it stands beside that."
        )
    with contextlib.ExitStack() as stack:
        worlds = {}
        for environment, path in (("production", database), ("sandbox", sandbox_of(database))):
            worlds[environment] = stack.enter_context(Marketplace.open(path))
            worlds[environment].set_switches(**switches, environment=environment)
        yield worlds


def sandbox_of(database: Path) -> Path:
    """The sandbox's file beside production's: `panel.sandbox.db` beside `panel.db`."""
    return database.with_stem(f"{database.stem}{_SANDBOX}")


def tell_refused(host: str) -> None:
    """What a user should know of a program that does not get where it wants to."""
    print(f"pulumi-mturk: refused {host}: put it into NO_PROXY if your program needs it.", file=sys.stderr, flush=True)


def serve_proxy(
    database: Path,
    *,
    authority_folder: Path,
    host: str = DEFAULT_HOST,
    port: int = 0,
    switches: Mapping[str, str | int] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; prints the address, and the variables to set as lines of a shell.

    Raises:
        MarketplaceError: a file, a folder, or a switch, is not right.
        OSError: the address can not be used.

    """
    with stopping() as wait, open_worlds(database, switches or {}) as worlds:
        authority = open_authority(authority_folder)
        bundle = authority_folder.absolute() / "bundle.pem"
        write_bundle(bundle, authority)
        with Proxy(worlds, authority, host, port, refused=tell_refused) as proxy:
            print(f"Proxy listening on {proxy.url}; where your program runs, set:")
            for name, value in variables(proxy.url, bundle).items():
                print(f"export {name}={shlex.quote(value)}")
            sys.stdout.flush()
            wait()


class _Opening(BaseHTTPRequestHandler):
    """The beginning of a connection: which door it asks for, if any."""

    protocol_version = "HTTP/1.1"
    timeout = _OPENING_SECONDS
    rbufsize = 0  # nothing beyond the head is read: it belongs to TLS

    def __init__(
        self, connection: Any, client_address: Any, doors: Mapping[str, Door], refused: Callable[[str], None]
    ) -> None:
        self._doors = doors
        self._refused = refused
        self.door: Door | None = None
        super().__init__(connection, client_address, doors)  # type: ignore[arg-type]  # http.server asks nothing of it

    def do_CONNECT(self) -> None:
        name, _, port = self.path.rpartition(":")
        environment = HOSTS.get(name.lower().removesuffix("."))
        if environment is None or port != "443":
            self._refused(name)
            self._refuse(HTTPStatus.FORBIDDEN, _REASON, _REFUSAL)
        elif not self._doors[environment].closing:
            self.door = self._doors[environment]
            self.send_response_only(HTTPStatus.OK, "Connection established")
            self.end_headers()
        self.close_connection = True

    def do_GET(self) -> None:
        self._refuse(HTTPStatus.FORBIDDEN, _REASON, _REFUSAL)

    do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = do_TRACE = do_GET  # noqa: N815

    def version_string(self) -> str:
        return "Marketplace"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is no HTTP is answered in HTTP all the same, and without its own words."""
        self._refuse(HTTPStatus(code), HTTPStatus(code).phrase, HTTPStatus(code).phrase)

    def _refuse(self, status: HTTPStatus, reason: str, text: str) -> None:
        self.request_version = self.protocol_version  # for HTTP/0.9, and for noise, there would be no status line
        body = f"{text}\n".encode()
        self.send_response(status, reason)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(body)
