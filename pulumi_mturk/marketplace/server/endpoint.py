"""One marketplace as served: what a request is answered with, whichever server has read it.

The API and the worker's pages, and for whoever hosts them `/healthz` and `/metrics`.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.api.protocol import known_operation
from pulumi_mturk.marketplace.api.signatures import combined
from pulumi_mturk.marketplace.errors import DATA_OUT_OF_REACH, ConnectionDropped, DatabaseFailedError
from pulumi_mturk.marketplace.response import Response, plain_text
from pulumi_mturk.marketplace.server import exposure, metrics
from pulumi_mturk.marketplace.server.event_delivery import EventDelivery
from pulumi_mturk.marketplace.server.housekeeping import Housekeeping
from pulumi_mturk.marketplace.server.request_log import log_request
from pulumi_mturk.marketplace.server.traffic import Handled, Traffic

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.server.hosts import AllowedHosts
    from pulumi_mturk.marketplace.server.request import Request
    from pulumi_mturk.marketplace.service import Marketplace
    from pulumi_mturk.marketplace.web.wsgi import WSGIAdapter

_log = logging.getLogger(__name__)
MAX_REQUEST_BYTES: Final = 4 * 1024 * 1024
"""A test and its key of 65535 bytes each, every character escaped, are below 1 MiB."""
HEALTH: Final = "/healthz"
_OTHER_HOST: Final = (
    "This server does not answer for that host. A name of its own is allowed by --allow-host, or in the variable "
    "PULUMI_MTURK_MARKETPLACE_HOSTS."
)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Endpoint:
    """What all connections to one marketplace share, through the servers or the proxy."""

    def __init__(
        self,
        marketplace: Marketplace,
        hosts: AllowedHosts,
        *,
        control: bool = False,
        is_open: bool = False,
        behind_proxy: bool = False,
    ) -> None:
        """`control`, `is_open` and `behind_proxy` are those of `Server`."""
        self.marketplace = marketplace
        self._is_open = is_open
        self._behind_proxy = behind_proxy
        self.closing = False
        self._hosts = hosts
        self._control = control
        self._traffic = Traffic()
        self._delivery = EventDelivery(marketplace)
        self._housekeeping = Housekeeping(marketplace, self._traffic)
        self._web_app: WSGIAdapter | None = None
        self._web_app_lock = threading.Lock()

    def close(self) -> None:
        """Stop the delivery of events and the housekeeping."""
        self._delivery.close()
        self._housekeeping.close()

    def answer(self, request: Request) -> Response:
        """Answer a request.

        Raises:
            ConnectionDropped: an injected fault, or `read`: the connection is to be closed without an answer.

        """
        body, response = b"", self._refused(request)
        if response is None:
            length = _length(request) or 0
            body = request.read(length)
            if len(body) < length:  # the client is gone, in the middle of its request
                raise ConnectionDropped
        begun = time.perf_counter()
        handled = None
        try:
            response = response or self._answered(request, body)
            handled = _handled(request, response.status, response.route)
        except ConnectionDropped:
            handled = _handled(request, 0, "")
            raise
        finally:
            if handled is not None:
                seconds = time.perf_counter() - begun
                self._traffic.count(handled, seconds)
                log_request(handled, seconds)
        return response

    def _refused(self, request: Request) -> Response | None:
        """The refusal of a request by its head, after which its connection has to be closed."""
        if request.path != HEALTH and not self._hosts.allow(request.target, self._names(request)):
            return plain_text(421, _OTHER_HOST)
        try:
            if request.path != HEALTH and self._is_let_in_by_mistake(request):
                return plain_text(403, exposure.PROXIED)
        except DatabaseFailedError as error:
            return _unavailable(error)
        length = _length(request)
        if length is None:
            return plain_text(411, "A request needs a Content-Length, which is 0 where it has no body.")
        if length > MAX_REQUEST_BYTES:
            return plain_text(413, "The request is too large.")
        return None

    def _is_let_in_by_mistake(self, request: Request) -> bool:
        """Whether a proxy leads others to a marketplace where nobody is asked for a key, which was not said."""
        return not self._is_open and exposure.is_forwarded(request) and not self.marketplace.accounts.are_configured()

    def _answered(self, request: Request, body: bytes) -> Response:
        if request.is_api_call():
            headers = combined(request.headers)
            if names := self._names(request):
                headers["host"] = ",".join(names)
            return self.marketplace.handle(request.method, request.target, headers, body)
        if request.path == HEALTH:
            return self._health()
        if request.path == metrics.PATH and request.method in ("GET", "HEAD"):
            try:
                return metrics.answer(self.marketplace, self._traffic, request)
            except DatabaseFailedError as error:
                return _unavailable(error, metrics.PATH)
        return self._pages().handle(request.method, request.target, request.headers, body, scheme=request.scheme)

    def _names(self, request: Request) -> list[str]:
        """What the client has put into Host, once if it is well-formed."""
        forwarded = request.all("x-forwarded-host") if self._behind_proxy else []
        return [forwarded[-1].rpartition(",")[2].strip()] if forwarded else request.all("host")

    def _health(self) -> Response:
        """Whether the database can be read. Asked by machines, under whatever name they know this one by."""
        try:
            self.marketplace.now()
        except Exception:  # whatever it is, the answer is the same
            return plain_text(503, "unavailable", HEALTH)
        return plain_text(200, "ok", HEALTH)

    def _pages(self) -> WSGIAdapter:
        """The worker's pages; made on first use, as importing Flask slows the start of a server."""
        with self._web_app_lock:
            if self._web_app is None:
                from pulumi_mturk.marketplace.web.wsgi import WSGIAdapter

                self._web_app = WSGIAdapter(self.marketplace, control=self._control, behind_proxy=self._behind_proxy)
            return self._web_app


def _unavailable(error: DatabaseFailedError, route: str = "") -> Response:
    _log.error("%s", error)
    return plain_text(503, DATA_OUT_OF_REACH, route)


def _length(request: Request) -> int | None:
    """The length of the body that the head tells; None: it tells none, or none that is one."""
    lengths = request.all("content-length") or ["" if request.method == "POST" else "0"]
    length = lengths[0]
    # two lengths that differ: a proxy in front may go by the other one
    if request.all("transfer-encoding") or len(set(lengths)) > 1 or not (length.isascii() and length.isdigit()):
        return None
    return int(length[-20:]) if len(length.lstrip("0")) < 20 else MAX_REQUEST_BYTES + 1


def _handled(request: Request, status: int, route: str) -> Handled:
    method = request.method if request.method in _METHODS else "other"
    if not request.is_api_call():
        return Handled(method, route, "", status)
    targets = request.all("x-amz-target")
    return Handled(method, "/", known_operation(targets[0] if targets else "") or "", status)
