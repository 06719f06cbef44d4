"""What the marketplace answers, before a server or the provider's own process hands it on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Response:
    """An HTTP response."""

    status: int
    headers: dict[str, str]
    body: bytes
    """What is sent behind the headers: with `Transfer-Encoding: chunked` the chunks as such."""
    complete: bool = True
    """Whether the headers' promise is kept; if not, an injected fault cut it and the connection is closed behind it."""
    pause: float = 0.0
    """Seconds between the bytes of the body, where an injected fault has it trickle."""
    route: str = ""
    """The pattern of the path that was asked for, for whoever counts requests; empty where there is none."""


def plain_text(status: int, text: str, route: str = "") -> Response:
    """A response that is a text."""
    body = text.encode()
    return Response(status, {"Content-Type": "text/plain", "Content-Length": str(len(body))}, body, route=route)
