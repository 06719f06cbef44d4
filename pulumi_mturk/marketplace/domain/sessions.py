"""Workers' sessions: whoever has a session's token is the worker. Only a hash of it is stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.storage import keyed_hashes, sessions

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

IDLE_SECONDS: Final = 12 * 3_600
"""A session ends when it was not used for so long."""
LONGEST_SECONDS: Final = 30 * 86_400
"""And so long after it began."""
_FRESH_SECONDS: Final = 15 * 60
"""For so long a passkey can be added: who finds a browser signed in gets no way in of their own."""
_DELETED: Final = 100
"""Sessions that are over and deleted when one begins: nobody waits long for the write lock."""
_NOTED_SECONDS: Final = 300
"""A use is noted so long after the one before: a page that only reads rarely writes."""


@dataclass(frozen=True)
class Session:
    """A session that is not over."""

    number: int
    worker_id: str
    created: float
    last_used: float

    def is_to_be_noted(self, now: float) -> bool:
        """Whether its use now should be stored."""
        return now - self.last_used >= _NOTED_SECONDS

    def is_fresh(self, now: float) -> bool:
        """Whether the worker has just signed in."""
        return 0 <= now - self.created < _FRESH_SECONDS


def begin(ctx: Context, worker_id: str) -> str:
    """Begin a session of a worker: its token."""
    sessions.delete_unused_since(ctx.db, ctx.now - IDLE_SECONDS, _DELETED)
    token = secrets.token_urlsafe(32)
    sessions.insert(ctx.db, keyed_hashes.of_token(token), worker_id, ctx.now)
    return token


def find(ctx: Context, token: str) -> Session | None:
    """The session with this token, if it is not over."""
    return _current(ctx, sessions.find(ctx.db, keyed_hashes.of_token(token)))


def of_worker(ctx: Context, worker_id: str) -> list[Session]:
    """The worker's sessions, the latest first."""
    found = [_current(ctx, row) for row in sessions.of_worker(ctx.db, worker_id)]
    return [session for session in reversed(found) if session is not None]


def note_use(ctx: Context, session: Session) -> None:
    """Store that a session is used now."""
    sessions.set_last_used(ctx.db, session.number, ctx.now)


def end(ctx: Context, session: Session) -> None:
    """End one."""
    sessions.delete(ctx.db, session.number)


def end_all(ctx: Context, worker_id: str) -> None:
    """End all of a worker."""
    sessions.delete_of_worker(ctx.db, worker_id)


def _current(ctx: Context, row: Row | None) -> Session | None:
    if row is None or ctx.now - row["created"] >= LONGEST_SECONDS or ctx.now - row["last_used"] >= IDLE_SECONDS:
        return None
    return Session(row["sequence"], row["worker_id"], row["created"], row["last_used"])
