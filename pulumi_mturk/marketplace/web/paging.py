"""Pages of lists: each begins after the position at which the one before ended, whatever came or went meanwhile."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import math
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import request
from werkzeug.exceptions import BadRequest

from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.text import can_be_encoded

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

Item = TypeVar("Item")
ON_A_PAGE: Final = 20
"""Things on a page for workers."""
LARGEST: Final = 100
"""Things in an answer of the JSON API, at most and without `limit`."""
AFTER: Final = "after"


def position(*default: Any) -> tuple[Any, ...]:
    """The position that the request names, in the form of `default`, which is that of the first page.

    Raises:
        BadRequest: it is not one of this list.

    """
    if (token := request.args.get(AFTER)) is None:
        return default
    try:
        found = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    if (
        not isinstance(found, list)
        or [type(part) for part in found] != [type(part) for part in default]
        or not all(map(_can_be_compared, found))
    ):
        raise BadRequest(f"{AFTER}: this is no page of this list. Leave it out for the first one.")
    return tuple(found)


def _can_be_compared(part: Any) -> bool:
    """Whether a database has such a value; `part` is a number or a text."""
    if isinstance(part, str):
        return can_be_encoded(part)
    return math.isfinite(part) if isinstance(part, float) else part in INT64


def page(items: Iterator[tuple[Any, Item]], size: int = ON_A_PAGE) -> tuple[list[Item], str | None]:
    """So many of the items, which come with their positions, and the token of the page behind them, if there is one."""
    found: list[tuple[Any, Item]] = []
    more = False
    # closed at once: an unfinished SELECT would keep its snapshot beyond the transaction
    with contextlib.closing(_closable(items)) as closed:
        for item in closed:
            if len(found) == size:
                more = True
                break
            found.append(item)
    return [item for _, item in found], _token(found[-1][0]) if more else None


def _closable(items: Iterator[Item]) -> Generator[Item]:
    yield from items


def _token(position: Any) -> str:
    parts = list(position) if isinstance(position, tuple) else [position]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()
