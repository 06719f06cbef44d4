"""Pagination of lists: MaxResults 1 to 100 (documented), NextToken opaque (documented)."""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.domain.value_ranges import INT32, INT64
from pulumi_mturk.marketplace.errors import invalid_parameter

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.api.parameters import Request
    from pulumi_mturk.marketplace.domain.context import Context

Rows = Callable[[int], Generator[tuple[int, dict[str, Any]]]]
"""Yields (position, item) for the items after a position, in order."""

START = INT32[0]


def page(ctx: Context, request: Request, listing: str, member: str, rows: Rows) -> dict[str, Any]:
    """One page of a listing.

    Every page that is not empty has a NextToken and the last one is empty (observed: clients rely on it), unless
    the switch `page_tokens` says otherwise. NumResults counts this page (documented).
    """
    size = request.get("MaxResults", ctx.switches.default_page_size)
    found: list[tuple[int, dict[str, Any]]] = []
    more = False
    # closed at once: an unfinished SELECT would keep its snapshot beyond the transaction
    with contextlib.closing(rows(_position(request, listing))) as items:
        for item in items:
            if len(found) == size:
                more = True
                break
            found.append(item)
    answer: dict[str, Any] = {"NumResults": len(found), member: [item for _, item in found]}
    if found and (more or ctx.switches.page_tokens == "every_page"):
        answer["NextToken"] = _token(listing, found[-1][0])
    return answer


def _token(listing: str, position: int) -> str:
    return base64.urlsafe_b64encode(f"{listing}:{position}".encode()).decode()


def _position(request: Request, listing: str) -> int:
    token = request.get("NextToken")
    if token is None:
        return START
    try:
        name, _, position = base64.urlsafe_b64decode(token).decode().rpartition(":")
        number = int(position)
        if name != listing or not START < number <= INT64[-1]:
            raise ValueError(token)
    except (ValueError, binascii.Error):
        # not a token of this operation (code guessed)
        raise invalid_parameter("NextToken", token) from None
    return number
