"""Rewards and bonuses that were paid. A payment stays when its assignment is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pulumi_mturk.marketplace.storage import totals
from pulumi_mturk.marketplace.storage.assignments import pay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

Kind = Literal["Reward", "Bonus"]


def insert(
    db: Connection,
    kind: Kind,
    account: int,
    assignment: Row,
    cents: int,
    fee_cents: int,
    reason: str | None,
    time: float,
) -> int:
    """Store what the worker of an assignment was paid, and its fee; the payment's number."""
    (made,) = db.execute(
        """INSERT INTO payments (account, kind, assignment_id, hit_id, worker_id, amount_cents, fee_cents, reason, time)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence""",
        (
            account,
            kind,
            assignment["id"],
            assignment["hit_id"],
            assignment["worker_id"],
            cents,
            fee_cents,
            reason,
            time,
        ),
    ).fetchall()
    totals.add(db, account, "paid", cents + fee_cents)
    pay(db, assignment["worker_id"], **{"reward_cents" if kind == "Reward" else "bonus_cents": cents})
    return int(made["sequence"])


def bonuses(db: Connection, of: Mapping[str, Any], after: int) -> Iterator[Row]:
    """The bonuses with these values in `hit_id` or `assignment_id`, in their order, after the one of this number."""
    conditions = "".join(f"{column} = ? AND " for column in of)
    return db.execute(
        f"SELECT * FROM payments WHERE {conditions} kind = 'Bonus' AND sequence > ? ORDER BY sequence",  # noqa: S608 - ours
        (*of.values(), after),
    )
