"""The operator's key, which the operator's routes ask for as soon as accounts are configured."""

from __future__ import annotations

from typing import Final

from werkzeug.exceptions import Unauthorized

from pulumi_mturk.marketplace.web import session

_REFUSAL: Final = (
    "This is for the operator alone: send the header Authorization: Bearer KEY. "
    "`pulumi-mturk marketplace account operator-key` makes the key."
)


def is_asking() -> bool:
    """Whether the request has the operator's key, where one is needed."""
    return session.marketplace().accounts.is_operator(session.bearer())


def check() -> None:
    """Refuse a request that has not."""
    if not is_asking():
        raise Unauthorized(_REFUSAL)
