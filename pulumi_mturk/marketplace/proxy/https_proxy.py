"""An HTTPS proxy that answers for MTurk's two hosts, for programs in which their addresses are hard-coded.

It terminates TLS with a certificate of the user's own certificate authority and passes requests to the production or
the sandbox marketplace, by the host's name. It never connects to another machine: CONNECT to other hosts is refused.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, CertificateAuthority, open_certificate_authority
from pulumi_mturk.marketplace.proxy.client_environment import environment_variables, write_trust_bundle
from pulumi_mturk.marketplace.server.connections import TimedHandler
from pulumi_mturk.marketplace.server.exposure import open_served
from pulumi_mturk.marketplace.server.hosts import AllowedHosts, is_loopback
from pulumi_mturk.marketplace.server.http_server import DEFAULT_HOST, Listener, RequestHandler, stop_signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pulumi_mturk.marketplace.server.connections import BoundedServer, Connections
    from pulumi_mturk.marketplace.server.endpoint import Endpoint
    from pulumi_mturk.marketplace.service import Marketplace
    from pulumi_mturk.marketplace.testing.faults import Fault

_SANDBOX: Final = ".sandbox"
_OPENING_SECONDS: Final = 20
"""Limit on reading the CONNECT request, and on the TLS handshake."""
_REASON: Final = "This proxy is MTurk's hosts alone"  # the only part of a refusal that most clients show
_SANDBOX_ALONE: Final = "This proxy is MTurk's sandbox alone"
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}")
_REFUSAL: Final = (
    f"This proxy is {' and '.join(HOSTS)}, port 443, by CONNECT. It leads nowhere else: "
    "hosts that a program needs beside them go into NO_PROXY."
)


class Proxy(Listener):
    """A proxy that listens on a port; use it as a context manager."""

    def __init__(
        self,
        marketplaces: Mapping[str, Marketplace],
        authority: CertificateAuthority,
        host: str = DEFAULT_HOST,
        port: int = 0,
        *,
        on_refused: Callable[[str], None] | None = None,
        control: bool = False,
        is_open: bool = False,
    ) -> None:
        """`marketplaces` are by environment, as in `HOSTS`, of which production may be missing.

        `on_refused` is called once for each refused host; `control` and `is_open` are those of `Server`.
        """
        self._context = authority.ssl_context()
        self._on_refused = on_refused
        self._reported: set[str] = set()
        super().__init__(
            host,
            port,
            marketplaces,
            AllowedHosts(HOSTS, loopback=False),
            exposed=not is_loopback(host),
            control=control,
            is_open=is_open,
        )

    def _report_refused(self, host: str) -> None:
        if self._on_refused is not None and host not in self._reported and _HOST.fullmatch(host):
            self._reported.add(host)
            self._on_refused(host)

    def _connected(self, connection: Any, client_address: Any, http: BoundedServer) -> TimedHandler:
        opening = _ConnectHandler(connection, client_address, self._endpoints, self._report_refused, http.connections)
        if opening.endpoint is not None:
            # the handshake as a whole has the time of the CONNECT request; the plain socket is not used after it
            connection.settimeout(opening.timeout)
            with self._context.wrap_socket(connection, server_side=True) as encrypted:
                RequestHandler(encrypted, client_address, opening.endpoint, http.connections)
        return opening


def environment_databases(database: Path, *, sandbox_only: bool = False) -> dict[str, Path]:
    """The file of each environment: production in `database`, the sandbox beside it; or the sandbox alone in it.

    Raises:
        MarketplaceError: the name is that of a file beside another one.

    """
    if sandbox_only:
        return {"sandbox": database}
    if database.stem.endswith(_SANDBOX):
        production = database.with_stem(database.stem.removesuffix(_SANDBOX))
        raise MarketplaceError(
            f"{database} is the name of a sandbox's file; write {production}, it stands beside that."
        )
    return {"production": database, "sandbox": sandbox_database(database)}


@contextlib.contextmanager
def open_marketplaces(
    databases: Mapping[str, Path],
    switches: Mapping[str, str | int],
    faults: Sequence[Fault] = (),
    *,
    exposed: bool = False,
    is_open: bool = False,
    durable: bool = False,
) -> Iterator[dict[str, Marketplace]]:
    """Open the marketplaces for a proxy, from the files of `environment_databases`.

    `faults`, where there are any, replace those in each file; the options are those of `open_served`.

    Raises:
        MarketplaceError: a file, or a switch, is not right.

    """
    if "environment" in switches:
        raise MarketplaceError("The switch 'environment' can not be set: a proxy tells the two by the host's name.")
    with contextlib.ExitStack() as stack:
        marketplaces = {}
        for environment, path in databases.items():
            marketplaces[environment] = stack.enter_context(
                open_served(path, exposed=exposed, is_open=is_open, durable=durable)
            )
            before = marketplaces[environment].switches.environment
            if before not in ("both", environment):
                raise MarketplaceError(f"{path} is a database of {before}, not of {environment}: name another file.")
            marketplaces[environment].set_switches(**switches, environment=environment)
            marketplaces[environment].replace_faults(faults)
        yield marketplaces


def sandbox_database(database: Path) -> Path:
    """The path of the sandbox's file: `panel.sandbox.db` for `panel.db`."""
    return database.with_stem(f"{database.stem}{_SANDBOX}")


def print_databases(databases: Mapping[str, Path]) -> None:
    """Say which file each environment is."""
    text = ", ".join(f"{environment} is {path}" for environment, path in databases.items())
    print(f"pulumi-mturk: {text}", file=sys.stderr, flush=True)


def print_refused(host: str, *, sandbox_only: bool = False) -> None:
    """Print what to do about a program that needs another host, or production where only the sandbox is served."""
    if sandbox_only and HOSTS.get(host.lower().removesuffix(".")) == "production":
        advice = "only the sandbox is here; without --sandbox there is production, too."
    else:
        advice = "put it into NO_PROXY if your program needs it."
    print(f"pulumi-mturk: refused {host}: {advice}", file=sys.stderr, flush=True)


def serve_proxy(
    database: Path,
    *,
    authority_folder: Path,
    host: str = DEFAULT_HOST,
    port: int = 0,
    switches: Mapping[str, str | int] | None = None,
    faults: Sequence[Fault] = (),
    control: bool = False,
    is_open: bool = False,
    requests_per_second_per_key: int = 0,
) -> None:
    """Serve until SIGTERM or SIGINT; prints the address, and shell lines that export the variables to set.

    `faults`, where there are any, replace those in the files; `requests_per_second_per_key` limits each access key;
    `control` and `is_open` are those of `Server`.

    Raises:
        MarketplaceError: a file, a folder, or a switch, is not right.
        OSError: the address can not be used.

    """
    databases = environment_databases(database)
    with (
        stop_signal() as wait,
        open_marketplaces(
            databases, switches or {}, faults, exposed=not is_loopback(host), is_open=is_open, durable=True
        ) as marketplaces,
    ):
        authority = open_certificate_authority(authority_folder)
        bundle = authority_folder.absolute() / "bundle.pem"
        write_trust_bundle(bundle, authority)
        for marketplace in marketplaces.values():
            if requests_per_second_per_key:
                marketplace.accounts.limit(requests_per_second_per_key)
        with Proxy(
            marketplaces, authority, host, port, on_refused=print_refused, control=control, is_open=is_open
        ) as proxy:
            print_databases(databases)
            print(f"Proxy listening on {proxy.url}; where your program runs, set:")
            for name, value in environment_variables(proxy.url, bundle).items():
                print(f"export {name}={shlex.quote(value)}")
            sys.stdout.flush()
            wait()


class _ConnectHandler(TimedHandler):
    """Reads a connection's CONNECT request; `endpoint` is set if it was for one of the two hosts."""

    timeout = _OPENING_SECONDS
    request_seconds = None
    rbufsize = 0  # unbuffered: bytes after the head belong to TLS

    def __init__(
        self,
        connection: Any,
        client_address: Any,
        endpoints: Mapping[str, Endpoint],
        on_refused: Callable[[str], None],
        connections: Connections,
    ) -> None:
        self._endpoints = endpoints
        self._on_refused = on_refused
        self.endpoint: Endpoint | None = None
        super().__init__(connection, client_address, connections)

    def do_CONNECT(self) -> None:  # noqa: N802 - http.server's
        name, _, port = self.path.rpartition(":")
        environment = HOSTS.get(name.lower().removesuffix("."))
        if environment is None or port != "443":
            self._on_refused(name)
            self._refuse(HTTPStatus.FORBIDDEN, _REASON, _REFUSAL)
        elif environment not in self._endpoints:
            self._on_refused(name)
            self._refuse(HTTPStatus.FORBIDDEN, _SANDBOX_ALONE, f"{_SANDBOX_ALONE}: production is not served.")
        elif not self._endpoints[environment].closing:
            self.endpoint = self._endpoints[environment]
            self.send_response_only(HTTPStatus.OK, "Connection established")
            self.end_headers()
        self.close_connection = True

    def do_GET(self) -> None:  # noqa: N802 - http.server's
        self._refuse(HTTPStatus.FORBIDDEN, _REASON, _REFUSAL)

    do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = do_TRACE = do_GET  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer malformed requests, too, and do not echo them."""
        self._refuse(HTTPStatus(code), HTTPStatus(code).phrase, HTTPStatus(code).phrase)

    def _refuse(self, status: HTTPStatus, reason: str, text: str) -> None:
        self.request_version = self.protocol_version  # http.server writes no status line for HTTP/0.9
        body = f"{text}\n".encode()
        self.send_response(status, reason)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(body)
