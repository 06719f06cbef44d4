"""A request that botocore built, answered in the same process by a marketplace."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError

from pulumi_mturk.marketplace.errors import ConnectionDropped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.service import Marketplace


def answer(marketplace: Marketplace, request: Any) -> AWSResponse:
    """What a handler of botocore's event `before-send` returns for a request of the MTurk API.

    Raises:
        ConnectionClosedError: of botocore, where an injected fault drops the connection, or cuts the answer's chunks.
        DatabaseFailedError: the database could not be read or written; nothing was changed.

    """
    sent = request.body or b""
    headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
    try:
        found = marketplace.answer(request.method, "/", headers, sent if isinstance(sent, bytes) else sent.encode())
    except ConnectionDropped:
        raise ConnectionClosedError(endpoint_url=request.url) from None
    if "Transfer-Encoding" in found.headers:  # of chunks that were cut: urllib3 would see that the last is missing
        raise ConnectionClosedError(endpoint_url=request.url)
    body: Any = _Body(found.body, found.pause)
    return AWSResponse(request.url, found.status, HTTPHeaders.from_dict(dict(found.headers)), body)


class _Body:
    """What botocore reads an answer's body from."""

    def __init__(self, content: bytes, pause: float) -> None:
        self._content = content
        self._pause = pause

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        if not self._pause:
            yield self._content
            return
        for number in range(len(self._content)):
            time.sleep(self._pause)
            yield self._content[number : number + 1]
