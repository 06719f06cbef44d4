"""Adapter from the HTTP server's requests to the Flask application."""

from __future__ import annotations

import io
import string
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_to_bytes

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as WSGIResponse

from pulumi_mturk.marketplace.response import Response
from pulumi_mturk.marketplace.web.app import ROUTES, create_app

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import WSGIApplication

    from pulumi_mturk.marketplace.service import Marketplace


class WSGIAdapter:
    """Calls the application through WSGI, in the same process."""

    def __init__(self, marketplace: Marketplace, *, control: bool = False, behind_proxy: bool = False) -> None:
        application: WSGIApplication = create_app(marketplace, control=control).wsgi_app
        self._application = ProxyFix(application, x_for=0, x_proto=1, x_host=1) if behind_proxy else application

    def handle(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes, *, scheme: str = "http"
    ) -> Response:
        """Answer one request; `target` is the path with its query."""
        environ = self._environ(method, target, headers, body, scheme)
        routes: list[str] = []
        environ[ROUTES] = routes
        answer = WSGIResponse.from_app(self._application, environ, buffered=True)
        # only Set-Cookie could occur twice, and the application sends one
        return Response(answer.status_code, dict(answer.headers), answer.get_data(), route="".join(routes))

    def _environ(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes, scheme: str
    ) -> dict[str, Any]:
        path, _, query = target.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path.encode("latin-1", "replace")).decode("latin-1"),
            # werkzeug expects ASCII or UTF-8
            "QUERY_STRING": quote(query.encode("latin-1", "replace"), safe=string.punctuation),
            "SERVER_NAME": "localhost",  # if the request has no Host header
            "SERVER_PORT": "443" if scheme == "https" else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in headers:
            key = name.upper().replace("-", "_")
            if "_" in name:  # X_Forwarded_For must not pass for X-Forwarded-For
                continue
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                key = f"HTTP_{key}"
            environ[key] = f"{environ[key]}, {value}" if key in environ else value
        environ["CONTENT_LENGTH"] = str(len(body))
        return environ
