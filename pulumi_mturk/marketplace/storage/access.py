"""What lets somebody into a database, and the log of it: read in one, and taken over into an earlier copy of it.

What was taken from somebody since the copy stays taken; what was given to somebody since is not given again, but for
the ways in of workers whom the copy knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.storage import accounts, sql

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

_EVENT = "time, actor, action, subject"
_SIGN_IN = ("passphrases", "passkeys")


@dataclass(frozen=True)
class Access:
    """What one database knows of it."""

    revoked_keys: list[Any]
    closed_accounts: list[Any]
    invitations: list[Any]
    operator_key: str | None
    workers: set[str]
    """Those with a sign-in name."""
    sign_in: dict[str, list[dict[str, Any]]]
    """Their passphrases and passkeys."""
    log: list[Any]

    def goes_on_from(self, copy: Access, since: float) -> bool:
        """Whether the log has all that a copy's has since a time; what is older may have been deleted."""
        return {_event(row) for row in copy.log if row["time"] >= since} <= set(map(_event, self.log))

    def beyond(self, copy: Access) -> list[Any]:
        """The entries of the log that a copy's lacks."""
        known = set(map(_event, copy.log))
        return [row for row in self.log if _event(row) not in known]


def read(db: Connection) -> Access:
    """Read all of it."""
    return Access(
        revoked_keys=db.execute("SELECT revoked, id FROM access_keys WHERE revoked IS NOT NULL").fetchall(),
        closed_accounts=db.execute(
            "SELECT closed, sequence, created FROM accounts WHERE closed IS NOT NULL"
        ).fetchall(),
        invitations=db.execute("SELECT uses_left, revoked, token_hash FROM invitations").fetchall(),
        operator_key=accounts.operator_key(db),
        workers=_workers(db),
        sign_in={table: [dict(row) for row in db.execute(f"SELECT * FROM {table}")] for table in _SIGN_IN},  # noqa: S608 - ours
        log=db.execute(f"SELECT {_EVENT}, times FROM audit ORDER BY sequence").fetchall(),  # noqa: S608 - ours
    )


def revoke_keys(db: Connection, access: Access, noted: list[tuple[float, str]]) -> int:
    """Revoke the access keys that are revoked there, or by what its log notes: the times, and ids. Returns how many."""
    statement = "UPDATE access_keys SET revoked = ? WHERE id = ? AND revoked IS NULL"
    return _changed(db, statement, [*access.revoked_keys, *noted])


def close_accounts(db: Connection, access: Access, noted: list[tuple[float, int]]) -> int:
    """Close the accounts that are closed there, or by what its log notes: the times, and numbers. Returns how many."""
    statement = "UPDATE accounts SET closed = ? WHERE sequence = ? AND closed IS NULL"
    # another one may have had the same number
    return _changed(db, f"{statement} AND created = ?", access.closed_accounts) + _changed(db, statement, noted)


def revoke_invitations(db: Connection, access: Access, noted: list[tuple[float, int]]) -> int:
    """Take back the invitations that are revoked there, and the uses that were made of others; how many changed.

    `noted` is what its log notes of revoked ones: the times, and numbers.
    """
    statement = """UPDATE invitations SET revoked = coalesce(revoked, :revoked),
            uses_left = CASE WHEN uses_left > :left THEN :left ELSE uses_left END
        WHERE token_hash = :hash AND (uses_left > :left OR (revoked IS NULL AND :revoked > 0))"""
    known = [{"left": row[0], "revoked": row[1], "hash": row[2]} for row in access.invitations]
    by_number = "UPDATE invitations SET revoked = ? WHERE sequence = ? AND revoked IS NULL"
    return _changed(db, statement, known) + _changed(db, by_number, noted)


def replace_operator_key(db: Connection, access: Access) -> bool:
    """Take over the hash of the operator's key; whether it is another one."""
    if access.operator_key in (None, accounts.operator_key(db)):
        return False
    accounts.set_operator_key(db, str(access.operator_key))
    return True


def replace_sign_in(db: Connection, access: Access) -> int:
    """Take over passphrases and passkeys of the workers whom both know; returns for how many they are others now."""
    both = access.workers & _workers(db)
    changed: set[str] = set()
    for table, key in zip(_SIGN_IN, ("worker_id", "credential_id"), strict=True):
        before = {row[key]: dict(row) for row in db.execute(f"SELECT * FROM {table}")}  # noqa: S608 - ours
        there = {row[key]: row for row in access.sign_in[table] if row["worker_id"] in both}
        for name in [name for name, row in before.items() if row["worker_id"] in both and row != there.get(name)]:
            db.execute(f"DELETE FROM {table} WHERE {key} = ?", (name,))  # noqa: S608 - ours
            changed.add(before[name]["worker_id"])
        for name, row in there.items():
            if row != before.get(name):
                db.execute(f"DELETE FROM {table} WHERE {key} = ?", (name,))  # noqa: S608 - ours
                sql.insert(db, table, row)
                changed.add(row["worker_id"])
    return len(changed)


def add_to_log(db: Connection, access: Access) -> None:
    """Add to the log what it lacks of the one there; refused sign-ins, which are counted, get the larger number."""
    known = {_event(row): row for row in db.execute(f"SELECT {_EVENT}, times, sequence FROM audit")}  # noqa: S608 - ours
    db.executemany(
        "UPDATE audit SET times = ? WHERE sequence = ?",
        [
            (row["times"], known[event]["sequence"])
            for row in access.log
            if (event := _event(row)) in known and row["times"] > known[event]["times"]
        ],
    )
    db.executemany(
        f"INSERT INTO audit ({_EVENT}, times) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - ours
        [tuple(row) for row in access.log if _event(row) not in known],
    )


def end_sessions(db: Connection) -> None:
    """End all sessions: some may have been ended since."""
    db.execute("DELETE FROM sessions")


def _event(row: Any) -> tuple[Any, ...]:
    """What tells an entry of a log from the others: all but how often it has happened."""
    return tuple(row)[:4]


def _workers(db: Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT worker_id FROM sign_in_names")}


def _changed(db: Connection, statement: str, values: list[Any]) -> int:
    return sum(db.execute(statement, each if isinstance(each, dict) else tuple(each)).rowcount for each in values)
