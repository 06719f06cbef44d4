"""What every rule gets: the open transaction, the marketplace's time, and its switches."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from pulumi_mturk.marketplace.switches import Switches

Request = dict[str, Any]
"""A request's members, decoded and checked against the service model."""

ID_PREFIX: Final = "LOCAL"
_ID_LENGTH: Final = 30
_ID_CHARACTERS: Final = string.ascii_uppercase + string.digits


@dataclass(frozen=True)
class Context:
    """One call of the API, inside its transaction."""

    db: sqlite3.Connection
    now: float
    switches: Switches


def new_id() -> str:
    """A new id: 30 characters A-Z and 0-9 as on the real service (observed), told from its ids by the prefix."""
    length = _ID_LENGTH - len(ID_PREFIX)
    return ID_PREFIX + "".join(secrets.choice(_ID_CHARACTERS) for _ in range(length))


def notify(
    ctx: Context,
    kind: str,
    worker_id: str,
    *,
    qualification_type_id: str | None = None,
    subject: str | None = None,
    text: str | None = None,
) -> None:
    """Put into the outbox what the real service would tell a worker."""
    ctx.db.execute(
        """INSERT INTO notifications (kind, worker_id, qualification_type_id, subject, text, time)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (kind, worker_id, qualification_type_id, subject, text, ctx.now),
    )


def flag(request: Mapping[str, Any], name: str, *, default: bool) -> bool:
    """A boolean member with a default."""
    return bool(request.get(name, default))
