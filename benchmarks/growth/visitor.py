"""A browser on the pages of a marketplace, for what is measured."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.web.forgery import FIELD, HEADER, token_of
from pulumi_mturk.marketplace.web.wsgi import WSGIAdapter

Step = Callable[[int], object]
"""Makes one call; the argument is the number of the repetition."""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Visitor:
    """Whoever has these cookies; `held` is what the token of the visitor's forms is made of."""

    def __init__(self, marketplace: Marketplace, cookies: str, held: str) -> None:
        self._adapter = WSGIAdapter(marketplace)
        self._headers = [("Cookie", cookies), (HEADER, token_of(held))]
        self._form = {FIELD: token_of(held)}

    def got(self, path: str, **query: str) -> Step:
        """A page that is read."""
        target = f"{path}?{urlencode(query)}" if query else path
        return lambda _: self._send("GET", target, FORM, b"", 200)

    def sent(self, path: str, expected: int = 303, /, **form: str) -> Step:
        """A form that is sent."""
        body = urlencode(self._form | form).encode()
        return lambda _: self._send("POST", path, FORM, body, expected)

    def sent_json(self, path: str, expected: int = 200, /, **members: object) -> Step:
        """A call of the JSON API."""
        body = json.dumps(members).encode()
        return lambda _: self._send("POST", path, JSON, body, expected)

    def _send(self, method: str, target: str, kind: str, body: bytes, expected: int) -> None:
        answer = self._adapter.handle(method, target, [*self._headers, ("Content-Type", kind)], body)
        if answer.status != expected:
            raise SystemExit(f"{method} {target}: {answer.status} {answer.body[-300:]!r}")
