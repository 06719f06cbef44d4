"""Qualification types of requesters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.storage import sql, trigrams
from pulumi_mturk.marketplace.storage.schema_seventh import INDEXED
from pulumi_mturk.marketplace.storage.schema_sixth import pieces_of_types
from pulumi_mturk.marketplace.storage.sql import has

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_mturk.marketplace.storage.sql import Connection, Row

_TEXTS: Final = ("name", "description", "keywords")
"""What is searched."""
_SORT_NAME: Final = f"substr(name, 1, {INDEXED})"
"""The column `sort_name`, of the table of what is searched."""


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
    return db.execute(
        f"""SELECT * FROM qualification_types
        WHERE account = :account AND substr(name, 1, {INDEXED}) = substr(:name, 1, {INDEXED}) AND name = :name""",  # noqa: S608 - no input in the SQL, here and below
        {"account": account, "name": name},
    ).fetchall()


def insert(db: Connection, **columns: Any) -> None:
    """Store a new type, by the names of its columns."""
    texts = {column: trigrams.folded(columns.get(column) or "") for column in _TEXTS}
    values = {**columns, "sort_name": texts["name"][:INDEXED]}
    statement = f"{sql.insertion('qualification_types', values)} RETURNING sequence"
    ((sequence,),) = db.execute(statement, tuple(values.values())).fetchall()
    sql.insert(db, "type_texts", {"sequence": sequence, **texts})
    _insert_pieces(db, sequence)


def change(db: Connection, identity: str, columns: Mapping[str, Any]) -> None:
    """Set columns of a type, by their names; its name stays."""
    assignments = ", ".join(f"{column} = ?" for column in columns)
    db.execute(
        f"UPDATE qualification_types SET {assignments} WHERE id = ?",  # noqa: S608
        (*columns.values(), identity),
    )
    if texts := {column: trigrams.folded(columns[column] or "") for column in _TEXTS if column in columns}:
        _change_texts(db, identity, texts)


def _change_texts(db: Connection, identity: str, texts: Mapping[str, str]) -> None:
    statement = """SELECT type_texts.* FROM type_texts JOIN qualification_types USING (sequence) WHERE id = ?"""
    before = db.execute(statement, (identity,)).fetchone()
    if all(before[column] == text for column, text in texts.items()):
        return
    key = {"sequence": before["sequence"]}
    # each by its key: of several columns that are IN a list SQLite looks up the first alone
    pieces = db.execute(pieces_of_types("WHERE sequence = :sequence"), key).fetchall()
    db.executemany(
        "DELETE FROM type_trigrams WHERE part = ? AND trigram = ? AND sequence = ?", [tuple(piece) for piece in pieces]
    )
    assignments = ", ".join(f"{column} = :{column}" for column in texts)
    db.execute(f"UPDATE type_texts SET {assignments} WHERE sequence = :sequence", {**texts, **key})  # noqa: S608
    _insert_pieces(db, before["sequence"])


def _insert_pieces(db: Connection, sequence: int) -> None:
    db.execute(
        f"INSERT INTO type_trigrams (part, trigram, sequence) {pieces_of_types('WHERE sequence = :sequence')}",
        {"sequence": sequence},
    )


def delete(db: Connection, identity: str, held_until: float) -> None:
    """Delete a type, whose name stays taken until then.

    The HIT types that require it are deleted by that, and requests for it are no longer pending.
    """
    db.execute("UPDATE qualification_types SET held_until = ? WHERE id = ?", (held_until, identity))


def listed(db: Connection, account: int | None, words: str, after: int, made_before: float) -> Iterator[Row]:
    """Those with words in name or keywords, in their order, after the one of this number.

    Of one account, or of all.
    """
    words = trigrams.folded(words)
    values: dict[str, Any] = {"account": account, "after": after, "made_before": made_before, "words": words}
    of_account = "" if account is None else "AND account = :account"
    condition = f"creation_time <= :made_before AND {_has_words('name', 'keywords')}"
    if words and not (account is not None and _are_few(db, account)):
        piece = trigrams.rarest(db, "names", words)
        values |= {"first": piece.first, "last": piece.last}
        if piece.first == piece.last:  # CROSS JOIN: SQLite takes the tables in this order
            return db.execute(
                f"""SELECT types.* FROM type_trigrams AS found CROSS JOIN qualification_types AS types
                WHERE found.part = 0 AND found.trigram = :first AND found.sequence > :after
                    AND types.sequence = found.sequence {of_account} AND {condition}
                ORDER BY found.sequence""",  # noqa: S608
                values,
            )
        if piece.is_few:
            condition += f" AND types.sequence IN ({trigrams.with_piece('names')})"
    return db.execute(
        f"""SELECT types.* FROM qualification_types AS types
        WHERE types.sequence > :after {of_account} AND {condition} ORDER BY types.sequence""",  # noqa: S608
        values,
    )


def by_name(db: Connection, words: str, after: tuple[str, int]) -> Iterator[Row]:
    """Those with words in name, description or keywords, by name, after a `sort_name` and a number."""
    words = trigrams.folded(words)
    values = {"name": after[0], "sequence": after[1], "words": words}
    condition = _has_words("name", "description", "keywords")
    if words and (piece := trigrams.rarest(db, "types", words)).is_few:
        found = db.execute(
            f"""SELECT {_SORT_NAME} AS sort_name, sequence FROM type_texts AS types
            WHERE ({_SORT_NAME}, sequence) > (:name, :sequence) AND {condition}
                AND sequence IN ({trigrams.with_piece("types")}) ORDER BY sort_name, sequence""",  # noqa: S608
            {**values, "first": piece.first, "last": piece.last},
        )
        return (_numbered(db, row["sequence"]) for row in found)
    return db.execute(
        f"""SELECT * FROM qualification_types AS types WHERE (sort_name, sequence) > (:name, :sequence) AND {condition}
        ORDER BY sort_name, sequence""",  # noqa: S608
        values,
    )


def _has_words(*columns: str) -> str:
    """The condition that one of `types` has `:words` in one of these texts; no words are in every text."""
    conditions = " OR ".join(has(f"texts.{column}", ":words") for column in columns)
    return f"""(:words = '' OR EXISTS (
        SELECT 1 FROM type_texts AS texts WHERE texts.sequence = types.sequence AND ({conditions})))"""  # noqa: S608


def _are_few(db: Connection, account: int) -> bool:
    """Whether the types of an account are so few that each is looked at."""
    statement = "SELECT count(*) FROM (SELECT 1 FROM qualification_types WHERE account = ? LIMIT ?) AS counted"
    return int(db.execute(statement, (account, trigrams.FEW + 1)).fetchone()[0]) <= trigrams.FEW


def _numbered(db: Connection, sequence: int) -> Row:
    row: Row = db.execute("SELECT * FROM qualification_types WHERE sequence = ?", (sequence,)).fetchone()
    return row


def after(db: Connection, sequence: int) -> Iterator[Row]:
    """Those of all accounts, also those that are gone, in their order, after the one of this number."""
    return db.execute("SELECT * FROM qualification_types WHERE sequence > ? ORDER BY sequence", (sequence,))
