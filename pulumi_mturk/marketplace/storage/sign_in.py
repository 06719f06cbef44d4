"""What a worker signs in with: a name, a passphrase's hash; and failed attempts, by a keyed hash of the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def worker_named(db: Connection, folded_name: str) -> str | None:
    """The worker with this sign-in name."""
    row = db.execute("SELECT worker_id FROM sign_in_names WHERE folded_name = ?", (folded_name,)).fetchone()
    return None if row is None else str(row["worker_id"])


def name_of(db: Connection, worker_id: str) -> str | None:
    """The sign-in name of a worker, as it was written."""
    row = db.execute("SELECT name FROM sign_in_names WHERE worker_id = ?", (worker_id,)).fetchone()
    return None if row is None else str(row["name"])


def set_name(db: Connection, worker_id: str, folded_name: str, name: str) -> None:
    """Give a worker this name, in the place of another one; nobody else may have it."""
    db.execute("DELETE FROM sign_in_names WHERE worker_id = ?", (worker_id,))
    db.execute(
        "INSERT INTO sign_in_names (folded_name, name, worker_id) VALUES (?, ?, ?)", (folded_name, name, worker_id)
    )


def passphrase_of(db: Connection, worker_id: str) -> str | None:
    """The hash of a worker's passphrase."""
    row = db.execute("SELECT hash FROM passphrases WHERE worker_id = ?", (worker_id,)).fetchone()
    return None if row is None else str(row["hash"])


def set_passphrase(db: Connection, worker_id: str, hashed: str, now: float) -> None:
    """Store the hash of a worker's passphrase."""
    db.execute(
        """INSERT INTO passphrases (worker_id, hash, time) VALUES (?, ?, ?)
        ON CONFLICT (worker_id) DO UPDATE SET hash = excluded.hash, time = excluded.time""",
        (worker_id, hashed, now),
    )


def delete_passphrase(db: Connection, worker_id: str) -> None:
    """Forget a worker's passphrase."""
    db.execute("DELETE FROM passphrases WHERE worker_id = ?", (worker_id,))


def attempts(db: Connection, name_hash: str, since: float) -> Row | None:
    """The failed attempts with a name, if the last one was not before a time."""
    statement = "SELECT * FROM sign_in_attempts WHERE name_hash = ? AND latest >= ?"
    row: Row | None = db.execute(statement, (name_hash, since)).fetchone()
    return row


def set_attempts(db: Connection, name_hash: str, failures: int, now: float, most: int) -> None:
    """Store how many have failed with a name, which was tried now; of all names the `most` last tried are kept."""
    db.execute("DELETE FROM sign_in_attempts WHERE name_hash = ?", (name_hash,))
    # PostgreSQL's own numbers would count each attempt, also those with one name
    statement = """INSERT INTO sign_in_attempts (sequence, name_hash, failures, latest)
        SELECT coalesce(max(sequence), 0) + 1, ?, ?, ? FROM sign_in_attempts RETURNING sequence"""
    ((sequence,),) = db.execute(statement, (name_hash, failures, now)).fetchall()
    db.execute("DELETE FROM sign_in_attempts WHERE sequence <= ?", (sequence - most,))


def take_back_attempt(db: Connection, name_hash: str) -> None:
    """Count one less; none is forgotten."""
    db.execute("UPDATE sign_in_attempts SET failures = failures - 1 WHERE name_hash = ?", (name_hash,))
    db.execute("DELETE FROM sign_in_attempts WHERE name_hash = ? AND failures <= 0", (name_hash,))


def forget_attempts(db: Connection, name_hash: str) -> None:
    """Forget those with a name."""
    db.execute("DELETE FROM sign_in_attempts WHERE name_hash = ?", (name_hash,))


def forget_attempts_before(db: Connection, time: float, most: int) -> None:
    """Forget those with names that were last tried before a time, the oldest `most` at most."""
    db.execute(
        """DELETE FROM sign_in_attempts WHERE sequence IN (
            SELECT sequence FROM sign_in_attempts WHERE latest < ? ORDER BY latest LIMIT ?)""",
        (time, most),
    )
