"""Requesters' accounts, their access keys, and the operator's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.storage import meta
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def are_configured(db: Connection) -> bool:
    """Whether there are accounts beside the first one, or access keys; closed and revoked ones count, too."""
    statement = """SELECT EXISTS (SELECT 1 FROM access_keys) OR EXISTS (SELECT 1 FROM accounts WHERE sequence > ?)"""
    return bool(db.execute(statement, (FIRST_ACCOUNT,)).fetchone()[0])


def insert(db: Connection, name: str, now: float) -> int:
    """Store an account; returns its number."""
    statement = "INSERT INTO accounts (name, created) VALUES (?, ?) RETURNING sequence"
    return int(db.execute(statement, (name, now)).fetchone()[0])


def by_name(db: Connection, name: str) -> Row | None:
    """An account, closed ones included."""
    row: Row | None = db.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
    return row


def by_number(db: Connection, account: int) -> Row:
    """An account that exists."""
    row: Row = db.execute("SELECT * FROM accounts WHERE sequence = ?", (account,)).fetchone()
    return row


def every(db: Connection) -> list[Row]:
    """All accounts, the first one first."""
    return db.execute("SELECT * FROM accounts ORDER BY sequence").fetchall()


def set_name(db: Connection, account: int, name: str) -> None:
    """Rename an account."""
    db.execute("UPDATE accounts SET name = ? WHERE sequence = ?", (name, account))


def close(db: Connection, account: int, now: float) -> None:
    """Close an account."""
    db.execute("UPDATE accounts SET closed = ? WHERE sequence = ?", (now, account))


def insert_key(db: Connection, key_id: str, account: int, secret: str, now: float) -> None:
    """Store an access key; `secret` is encrypted."""
    db.execute(
        "INSERT INTO access_keys (id, account, secret, created) VALUES (?, ?, ?, ?)", (key_id, account, secret, now)
    )


def key(db: Connection, key_id: str) -> Row | None:
    """An access key, with whether it is `active`: not revoked, and of an account that is not closed."""
    row: Row | None = db.execute(
        """SELECT access_keys.*, access_keys.revoked IS NULL AND accounts.closed IS NULL AS active
        FROM access_keys JOIN accounts ON accounts.sequence = access_keys.account WHERE id = ?""",
        (key_id,),
    ).fetchone()
    return row


def any_secret(db: Connection) -> str | None:
    """The encrypted secret of an access key that is not revoked, if there is one."""
    row = db.execute("SELECT secret FROM access_keys WHERE revoked IS NULL ORDER BY id LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def keys_of(db: Connection, account: int) -> list[Row]:
    """The access keys of an account, oldest first, revoked ones included."""
    return db.execute("SELECT * FROM access_keys WHERE account = ? ORDER BY created", (account,)).fetchall()


def set_used(db: Connection, key_id: str, now: float) -> None:
    """Note when an access key was used last."""
    db.execute("UPDATE access_keys SET last_used = ? WHERE id = ?", (now, key_id))


def revoke_key(db: Connection, key_id: str, now: float) -> None:
    """Revoke an access key."""
    db.execute("UPDATE access_keys SET revoked = ? WHERE id = ? AND revoked IS NULL", (now, key_id))


def operator_key(db: Connection) -> str | None:
    """The hash of the operator's key, if there is one."""
    return meta.get(db, "operator_key")


def set_operator_key(db: Connection, digest: str) -> None:
    """Store the hash of the operator's key in the place of an earlier one."""
    meta.put(db, "operator_key", digest)


def name(db: Connection, account: int) -> str:
    """An account's name; empty until it has one."""
    row = db.execute("SELECT name FROM accounts WHERE sequence = ?", (account,)).fetchone()
    return "" if row is None else str(row["name"])
