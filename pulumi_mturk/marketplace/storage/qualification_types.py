"""Qualification types of requesters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.storage import sql
from pulumi_mturk.marketplace.storage.sql import has

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_mturk.marketplace.storage.sql import Connection, Row


def find(db: Connection, identity: str) -> Row | None:
    """The type with this id, also one that is gone."""
    return db.execute(  # type: ignore[no-any-return]
        "SELECT * FROM qualification_types WHERE id = ?", (identity,)
    ).fetchone()


def is_required_by_hit(db: Connection, identity: str) -> bool:
    """Whether a HIT of any account requires a type."""
    statement = "SELECT 1 FROM hit_requirements WHERE qualification_type_id = ? LIMIT 1"
    return db.execute(statement, (identity,)).fetchone() is not None


def of_name(db: Connection, account: int, name: str) -> list[Row]:
    """The types of an account with this name, also those that are gone."""
    statement = "SELECT * FROM qualification_types WHERE account = ? AND name = ?"
    return db.execute(statement, (account, name)).fetchall()


def insert(db: Connection, **columns: Any) -> None:
    """Store a new type, by the names of its columns."""
    values = {**columns, **_searched(columns)}
    sql.insert(db, "qualification_types", values)


def change(db: Connection, identity: str, columns: Mapping[str, Any]) -> None:
    """Set columns of a type, by their names."""
    values = {**columns, **_searched(columns)}
    assignments = ", ".join(f"{column} = ?" for column in values)
    db.execute(
        f"UPDATE qualification_types SET {assignments} WHERE id = ?",  # noqa: S608 - no input in the SQL
        (*values.values(), identity),
    )


def _searched(columns: Mapping[str, Any]) -> dict[str, str]:
    """What is searched, in one case."""
    searched = {"name": "sort_name", "description": "folded_description", "keywords": "folded_keywords"}
    return {searched[column]: (text or "").casefold() for column, text in columns.items() if column in searched}


def disable(db: Connection, identity: str, held_until: float) -> None:
    """Delete a type, whose name stays taken until then, and with it the HIT types that require it."""
    db.execute("UPDATE qualification_types SET held_until = ? WHERE id = ?", (held_until, identity))
    db.execute(
        """UPDATE hit_types SET deleted = 1
        WHERE id IN (SELECT hit_type_id FROM hit_type_requirements WHERE qualification_type_id = ?)""",
        (identity,),
    )


def listed(db: Connection, account: int | None, query: str, after: int, made_before: float) -> Iterator[Row]:
    """Those with `query`, in one case, in name or keywords, in their order, after the one of this number.

    Of one account, or of all.
    """
    of_account = "" if account is None else "account = :account AND "
    return db.execute(
        f"""SELECT * FROM qualification_types WHERE {of_account}sequence > :after AND creation_time <= :made_before
            AND ({has("sort_name", ":query")} OR {has("folded_keywords", ":query")}) ORDER BY sequence""",  # noqa: S608
        {"account": account, "after": after, "made_before": made_before, "query": query},
    )


def by_name(db: Connection, query: str, after: tuple[str, int]) -> Iterator[Row]:
    """Those with `query` in name, description or keywords, by name, after a name in one case and a number."""
    return db.execute(
        f"""SELECT * FROM qualification_types WHERE (sort_name, sequence) > (:name, :sequence)
            AND ({has("sort_name", ":query")} OR {has("folded_description", ":query")}
                OR {has("folded_keywords", ":query")})
        ORDER BY sort_name, sequence""",  # noqa: S608 - no input in the SQL
        {"name": after[0], "sequence": after[1], "query": query},
    )


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """Those of all accounts, also those that are gone, in their order, after the one of this number."""
    return db.execute("SELECT * FROM qualification_types WHERE sequence > ? ORDER BY sequence", (sequence,))
