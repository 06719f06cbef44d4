"""psycopg's connection and cursors as the queries want them: `sql.Connection` on PostgreSQL."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from psycopg import DataError, RawCursor, pq
from psycopg.adapt import Dumper, Loader
from psycopg.types.numeric import Int8Dumper

from pulumi_mturk.marketplace.storage.postgresql_statements import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import psycopg
    from psycopg.abc import Buffer

    from pulumi_mturk.marketplace.storage.postgresql_statements import Statement
    from pulumi_mturk.marketplace.storage.sql import Parameters

_FIRST_ROWS: Final = 16
_MOST_ROWS: Final = 512
"""Rows that are fetched at once of those that are asked for one by one: at first, and at most."""
_IN_TRANSACTION: Final = (pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR)


class Row(tuple[Any, ...]):
    """A row: its values by the names of their columns, by their numbers, and in order."""

    __slots__ = ()
    _places: dict[str, int]

    def __getitem__(self, key: Any) -> Any:
        """The value of a column."""
        return tuple.__getitem__(self, self._places[key] if type(key) is str else key)

    def keys(self) -> Iterable[str]:
        """The names of the columns."""
        return self._places.keys()


@functools.lru_cache(maxsize=1024)
def _kind(names: tuple[str, ...]) -> type[Row]:
    """The class of the rows with these columns; of two with one name the last has it."""
    return type("Row", (Row,), {"__slots__": (), "_places": {name: place for place, name in enumerate(names)}})


def _rows(cursor: psycopg.Cursor[Any]) -> type[Row]:
    found = cursor.description
    return _kind(() if found is None else tuple(column.name for column in found))


class Connection:
    """A connection in its transaction."""

    __slots__ = ("_listings", "raw")

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw
        self._listings = 0

    def execute(self, sql: str, parameters: Parameters = (), /) -> psycopg.Cursor[Any] | Query:
        """Run a statement; a query, which changes nothing, when its rows are asked for."""
        statement = translated(sql)
        values = statement.values(parameters)
        return Query(self, statement, values) if statement.reads else self.run(statement.text, values)

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> psycopg.Cursor[Any]:
        """Run a statement that changes something, once for each of these."""
        statement = translated(sql)
        cursor = self._cursor()
        rows = [[_without_null(value) for value in statement.values(each)] for each in parameters]
        cursor.executemany(statement.text, rows)
        return cursor

    def run(self, text: str, values: Sequence[Any], *, prepare: bool | None = None) -> psycopg.Cursor[Any]:
        """Run a statement as PostgreSQL has it."""
        if prepare is None:  # several in one, as what begins a transaction, can't be prepared; they have no values
            prepare = bool(values)
        try:
            return self._cursor().execute(text, values or None, prepare=prepare)
        except DataError:
            if not any(_has_null(value) for value in values):
                raise
            return self._cursor().execute(text, [_without_null(value) for value in values], prepare=prepare)

    def roll_back(self) -> None:
        """Roll back, unless the server is gone, which has done so."""
        if self.raw.pgconn.transaction_status in _IN_TRANSACTION:
            self.raw.execute("ROLLBACK")

    def new_name(self) -> str:
        """A name for a query whose rows are fetched one by one."""
        self._listings += 1
        return f"listing_{self._listings}"

    def _cursor(self) -> psycopg.Cursor[Any]:
        return RawCursor(self.raw, row_factory=_rows)


class Query:
    """A query: its rows at once, or one by one, of which not many more are fetched than are wanted."""

    __slots__ = ("_connection", "_is_run", "_name", "_number", "_rows", "_statement", "_values")

    def __init__(self, connection: Connection, statement: Statement, values: Sequence[Any]) -> None:
        self._connection = connection
        self._statement = statement
        self._values = values
        self._is_run = False
        self._rows: Iterator[Any] = iter(())
        self._name = ""
        self._number = 0  # of rows to fetch next

    @property
    def rowcount(self) -> int:
        """As SQLite has it for a query."""
        return -1

    def fetchone(self) -> Any:
        """The next row, or None. A query that has more than a few is to be gone through one by one."""
        if not self._is_run:
            self._run()
        return next(self, None)

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        if not self._is_run:
            self._run()
        return list(self)

    def __iter__(self) -> Query:
        """The rows that are left."""
        return self

    def __next__(self) -> Any:
        """The next row."""
        if not self._is_run:
            self._begin()
        for row in self._rows:
            return row
        if not self._number:
            raise StopIteration
        self._fetched(self._fetch())
        return next(self)

    def _run(self) -> None:
        """Have all of it at once."""
        self._is_run = True
        self._rows = iter(self._connection.run(self._statement.text, self._values, prepare=True).fetchall())

    def _begin(self) -> None:
        self._is_run = True
        self._name = self._connection.new_name()
        self._number = _FIRST_ROWS
        with self._connection.raw.pipeline():  # both in one message
            declared = f"DECLARE {self._name} NO SCROLL CURSOR FOR {self._statement.text}"
            self._connection.run(declared, self._values, prepare=False)
            found = self._fetch()
        self._fetched(found)

    def _fetch(self) -> psycopg.Cursor[Any]:
        return self._connection.run(f"FETCH {self._number} FROM {self._name}", (), prepare=False)

    def _fetched(self, found: psycopg.Cursor[Any]) -> None:
        rows = found.fetchall()
        self._number = min(2 * self._number, _MOST_ROWS) if len(rows) == self._number else 0
        self._rows = iter(rows)


def _has_null(value: Any) -> bool:
    return isinstance(value, str) and "\0" in value


def _without_null(value: Any) -> Any:
    """A value as PostgreSQL can keep it: its texts have no character 0, and the one for what can't be shown stands."""
    return value.replace("\0", "\ufffd") if _has_null(value) else value


class _Boolean(Dumper):
    """True and False as SQLite keeps them."""

    oid = Int8Dumper.oid

    def dump(self, obj: Any) -> Buffer:
        return b"1" if obj else b"0"


class _WholeNumber(Loader):
    """A sum, which PostgreSQL has as a number without limit."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


def adapt(connection: psycopg.Connection[Any]) -> None:
    """Have a connection's values be as SQLite's."""
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.adapters.register_dumper(bool, _Boolean)
    connection.adapters.register_loader("numeric", _WholeNumber)
