"""UniqueRequestTokens that were used, and what was made with them; and what else can be used once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection


def id_made_with(db: Connection, account: int, operation: str, token: str | None, since: float) -> str | None:
    """The id of what an operation made with a token after a time, or None."""
    row = db.execute(
        "SELECT made_id FROM used_tokens WHERE account = ? AND operation = ? AND token = ? AND used_at > ?",
        (account, operation, token, since),
    ).fetchone()
    return None if row is None else str(row["made_id"])


def remember(db: Connection, account: int, operation: str, token: str, made_id: str, used_at: float) -> None:
    """Store a token, in the place of an earlier use."""
    db.execute(
        """INSERT INTO used_tokens (account, operation, token, made_id, used_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (account, operation, token) DO UPDATE SET made_id = excluded.made_id, used_at = excluded.used_at""",
        (account, operation, token, made_id, used_at),
    )


def use_once(db: Connection, account: int, operation: str, token: str, used_at: float) -> bool:
    """Store a token with which nothing is made; False: it was used already."""
    used = db.execute(
        """INSERT INTO used_tokens (account, operation, token, made_id, used_at) VALUES (?, ?, ?, '', ?)
        ON CONFLICT DO NOTHING""",
        (account, operation, token, used_at),
    )
    return used.rowcount == 1
