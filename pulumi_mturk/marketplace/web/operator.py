"""The operator's key, which the operator's routes ask for as soon as accounts are configured."""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.exceptions import Unauthorized

from pulumi_mturk.marketplace.web import session

_REFUSAL: Final = (
    "This is for the operator alone: send the header Authorization: Bearer KEY. "
    "`pulumi-mturk marketplace account operator-key` makes the key."
)


def check() -> None:
    """Refuse a request without the operator's key, where one is needed."""
    if not session.marketplace().accounts.is_operator(_bearer()):
        raise Unauthorized(_REFUSAL)


def _bearer() -> str | None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None
