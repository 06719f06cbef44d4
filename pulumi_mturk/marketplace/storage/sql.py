"""What a query is run on, whichever engine keeps the data: a connection in its transaction, and its rows.

Statements are SQL that SQLite and PostgreSQL both have, with `?` or `:name` for values. Conditions are comparisons:
what SQLite keeps as 0 and 1 is an integer on both, so it is `deleted = 0`, not `NOT deleted`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Parameters = Sequence[Any] | Mapping[str, Any]


def has(text: str, words: str) -> str:
    """The condition that a text has words in it, as they are; no words are in every text. Each is a column or value."""
    return f"({words} = '' OR replace({text}, {words}, '') <> {text})"


def is_there(table: str, condition: str) -> str:
    """The condition that a table has a row; it is looked for by itself, for each row of the statement around it.

    For a plain EXISTS, PostgreSQL may read all rows beforehand that could be found for any, where it takes them for
    few: OFFSET keeps it from that. The names in both are ours, never input.
    """
    return f"EXISTS (SELECT 1 FROM {table} WHERE {condition} LIMIT 1 OFFSET 0)"  # noqa: S608


def insertion(table: str, columns: Collection[str]) -> str:
    """An INSERT of a row with values for these columns, in their order; the names are ours, never input."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def insert(db: Connection, table: str, columns: Mapping[str, Any]) -> None:
    """Store a row, by the names of its columns."""
    db.execute(insertion(table, columns), tuple(columns.values()))


class Row(Protocol):
    """A row: its values by the names of their columns, by their numbers, and in order."""

    def __getitem__(self, key: Any, /) -> Any:
        """The value of a column."""

    def __len__(self) -> int:
        """How many columns it has."""

    def __iter__(self) -> Iterator[Any]:
        """The values in order."""

    def keys(self) -> Iterable[str]:
        """The names of the columns, so that `dict(row)` is had."""


class Cursor(Protocol):
    """What a statement has answered; the rows of one that reads are fetched as they are asked for."""

    @property
    def rowcount(self) -> int:
        """How many rows an INSERT, UPDATE or DELETE has changed."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """The rows that are left."""

    def __next__(self) -> Any:
        """The next row."""


class Connection(Protocol):
    """A connection in its transaction."""

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor:
        """Run a statement."""

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Cursor:
        """Run a statement that changes something, once for each of these."""
