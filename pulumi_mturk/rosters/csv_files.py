"""Workers out of CSV files: those that the Requester site exports, as they are, and a team's own.

No message shows an id or any other value of a file: it tells the line.
"""

import codecs
import csv
import datetime
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import overload

from pulumi_mturk.common.diagnostics import Rule
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.integers import INT32
from pulumi_mturk.common.text import listed, quoted, shortened
from pulumi_mturk.common.worker_ids import FORM, contains_worker_id, is_worker_id, redact
from pulumi_mturk.rosters import csv_filters
from pulumi_mturk.rosters.csv_filters import STATUS_COLUMNS, TIME_COLUMNS, BadLineError
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId
from pulumi_mturk.rules import csv_files as rules

# With .0 too: a spreadsheet or pandas writes 5.0 where other cells of the column are blank.
_SCORE = re.compile(r"(-?[0-9]{1,10})(?:\.0+)?")
# Columns by tool, in any spelling; the first that a file has is taken. The Requester site's is observed, and so are
# CloudResearch's (TurkPrime's before) and oTree's, in files and programs that people published.
_ID_COLUMNS = ("WorkerId", "AmazonIdentifier", "participant.mturk_worker_id")
# Another column of ids beside the one that is read, as spreadsheets and pandas number them: WorkerId.1, worker_id_2.
_ANOTHER_ID = re.compile(r"workerid\.?[0-9]+")
_SEPARATORS = ",;\t"
# Last columns, for the requester to fill in: the lines of results end before them (observed), and those of the list of
# workers may do so (guessed).
_LEFT_OFF = ("approve", "reject", "updateblockstatus")
_IGNORED_IN_HEADERS = str.maketrans("", "", " _-")
_ONE_A_LINE = "write one worker a line, under the header"
_LINES_TOLD = 10
_HEADERS_TOLD = 40
_NAME_TOLD = 200

# The number of the line where a record begins, and its fields; None where the quotation marks do not match.
_Record = tuple[int, list[str] | None]


@overload
def workers_from_csv(
    path: str | os.PathLike[str],
    *,
    score: None = None,
    worker: str | None = None,
    since: datetime.date | datetime.datetime | None = None,
    statuses: Iterable[str] | None = None,
) -> list[str]: ...
@overload
def workers_from_csv(
    path: str | os.PathLike[str],
    *,
    score: str,
    worker: str | None = None,
    since: datetime.date | datetime.datetime | None = None,
    statuses: Iterable[str] | None = None,
) -> dict[str, int]: ...
def workers_from_csv(
    path: str | os.PathLike[str],
    *,
    score: str | None = None,
    worker: str | None = None,
    since: datetime.date | datetime.datetime | None = None,
    statuses: Iterable[str] | None = None,
) -> list[str] | dict[str, int]:
    """The workers of a CSV file, each once, in the order of their first lines; with `score`, and their scores.

    Takes the results of a batch and the list of workers as the Requester site exports them, those of CloudResearch and
    of oTree, and any other file that begins with a line of headers. The column of the ids is called WorkerId,
    worker_id, "Worker ID" or the like (CloudResearch's is AmazonIdentifier, oTree's participant.mturk_worker_id);
    `worker` names another. Commas, semicolons or tabs separate the fields; the text is UTF-8, or UTF-16 as Excel
    writes it. A relative path starts in the folder of the program.

    `score` names the column of the scores; for the site's list of workers the qualification's own name will do:
    "Tier" finds "CURRENT-Tier". A score is a whole number of 32 bits, and 5.0 counts as 5. A line with a blank one
    is left out: that worker has none.

    `since` keeps the lines whose SubmitTime is then or later: a `datetime` with a time zone, or a `date`, which means
    midnight UTC. `statuses` keeps those whose AssignmentStatus is one of these: "Submitted", "Approved", "Rejected". In
    a file of CloudResearch it is the ApprovalStatus, whose "Pending" is "Submitted" here; oTree's export has neither.

    A file of headers alone is an empty list. Raises `InvalidInputError` if the file can't be read or has bad lines:
    no id (unless `since` or `statuses` drops the line), something else than an id, ids beside the column of ids,
    another score for the same worker, too many or too few fields. The message tells the numbers of the lines, and
    shows no id.
    """
    moment, wanted = csv_filters.moment_of(since), csv_filters.wanted_statuses(statuses)
    with _fields_of_any_length():
        file = _File(Path(path), worker)
        filters: list[csv_filters.Filter] = []
        if moment is not None:
            name, at = file.column(TIME_COLUMNS, "by which `since` goes")
            filters.append(csv_filters.submitted(name, at, moment))
        if wanted is not None:
            name, at = file.column(tuple(STATUS_COLUMNS), "by which `statuses` goes")
            filters.append(csv_filters.in_status(name, at, wanted))
        score_at = None if score is None else file.column_named(score, f"CURRENT-{score}")
        found: dict[str, tuple[SourcedWorkerId, int]] = {}

        def take(line: int, fields: list[str]) -> None:
            blank = not fields[file.id_at].strip()
            worker_id = "" if blank else _worker_id(fields[file.id_at])
            if not all(keep(fields) for keep in filters):
                return
            if blank:
                raise BadLineError(rules.WORKER_ID_OF_A_LINE, "the worker id is missing; fill it in or delete the line")
            value = 0 if score_at is None else _score(fields[score_at])
            if value is None:
                return
            first, earlier = found.setdefault(worker_id, (SourcedWorkerId(worker_id, file.name, line), value))
            if value != earlier:
                raise BadLineError(
                    rules.TWO_SCORES_OF_A_WORKER,
                    f"the worker of line {first.line} with another score; leave one of the two out",
                )

        file.read(take)
    return [listed for listed, _ in found.values()] if score is None else dict(found.values())


@contextmanager
def _fields_of_any_length() -> Iterator[None]:
    # csv refuses fields of more than 128 kB, and an answer in the results of a batch may be longer.
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class _File:
    """A file that begins with headers: `name` is what messages call it, `id_at` is the column of the ids."""

    def __init__(self, path: Path, worker: str | None) -> None:
        self.name = redact(shortened(path.name or str(path), _NAME_TOLD))
        self._headers, self._records = self._opened(*self._content(path), worker)
        self._last_used = 0
        if worker is None:
            _, self.id_at = self.column(_ID_COLUMNS, 'and worker="…" names no other')
        else:
            self.id_at = self.column_named(worker)
        if any(map(_is_an_id, self._headers)):
            raise self._error(
                rules.IDS_BESIDE_THE_COLUMN, f"the first line holds worker ids beside its headers; {_ONE_A_LINE}"
            )
        # Where no other than the ids that are read may stand.
        self._no_ids_at = [
            at
            for at, header in enumerate(self._headers)
            if at != self.id_at and (not header or (worker is None and _ANOTHER_ID.fullmatch(_plain(header))))
        ]

    def _content(self, path: Path) -> tuple[bytes, str]:
        """The bytes and their encoding: as one text, a large file would take many times the space."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            folder = redact(shortened(str(path.absolute().parent), _NAME_TOLD))
            raise self._error(rules.FILE_UNREADABLE, f"there is no such file in {folder}; correct the path") from None
        except IsADirectoryError:
            raise self._error(rules.FILE_UNREADABLE, "this is a folder; write the path of a file in it") from None
        except OSError as error:
            raise self._error(rules.FILE_UNREADABLE, f"the file can't be read: {error.strerror}") from None
        except ValueError:
            raise self._error(
                rules.FILE_UNREADABLE, "no file can have this name: it holds a NUL character; correct the path"
            ) from None
        encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        try:
            is_text = "\0" not in data.decode(encoding)
        except UnicodeDecodeError:
            is_text = False
        if not is_text:
            raise self._error(rules.FILE_NOT_TEXT, 'this is no text in UTF-8; from Excel, save it as "CSV UTF-8"')
        return data, encoding

    def _opened(self, data: bytes, encoding: str, worker: str | None) -> tuple[list[str], Iterator[_Record]]:
        """The headers and the records after them, with the separator that shows a column of ids, or most columns."""
        opened = []
        line = 0
        for separator in _SEPARATORS:
            records = _records(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""), separator)
            line, fields = next(records, (0, None))
            if fields is not None:
                opened.append(([field.strip() for field in fields], records))
        if not opened:
            what = "the quotation marks of its first line do not match" if line else "the file is empty"
            raise self._error(rules.NO_HEADERS, f"{what}; begin it with a line of headers, such as worker_id,score")

        def fits(headers: list[str]) -> bool:
            plain = set(map(_plain, headers))
            return any(_plain(name) in plain for name in _ID_COLUMNS) if worker is None else worker in headers

        return max(opened, key=lambda headers_and_records: (fits(headers_and_records[0]), len(headers_and_records[0])))

    def column(self, names: tuple[str, ...], purpose: str) -> tuple[str, int]:
        """The column of the first of these names that a header has, in any spelling of it."""
        for name in names:
            alike = [at for at, header in enumerate(self._headers) if _plain(header) == _plain(name)]
            if alike:
                return name, self._only(alike, name)
        return names[0], self._only([], names[0], f", {purpose}")

    def column_named(self, *names: str) -> int:
        """The column of the first of these names that is a header."""
        named = next(([name] for name in names if name in self._headers), names)
        alike = [at for at, header in enumerate(self._headers) if header in named]
        return self._only(alike, " or ".join(map(repr, named)))

    def _only(self, columns: list[int], name: str, purpose: str = "") -> int:
        if not columns:
            raise self._error(
                rules.NO_SUCH_COLUMN, f"no column is called {redact(shortened(name))}{purpose}; {self._there()}"
            )
        if len(columns) > 1:
            numbers = listed(str(at + 1) for at in columns)
            raise self._error(
                rules.COLUMN_TWICE, f"columns {numbers} are called {redact(shortened(name))}; rename all but one"
            )
        self._last_used = max(self._last_used, columns[0])
        return columns[0]

    def _there(self) -> str:
        if any(map(_like_an_id, self._headers)):
            return (
                "the first line holds what looks like a worker id: if it is no line of headers, put one above it, such "
                "as worker_id,score"
            )
        more = f" and {len(self._headers) - _HEADERS_TOLD} more" if len(self._headers) > _HEADERS_TOLD else ""
        return f"there are {', '.join(map(quoted, self._headers[:_HEADERS_TOLD]))}{more}"

    def read(self, take: Callable[[int, list[str]], None]) -> None:
        """Hand over each record, and tell of all bad ones together."""
        least = len(self._headers)
        while least > self._last_used + 1 and _plain(self._headers[least - 1]) in _LEFT_OFF:
            least -= 1
        lines_of: dict[tuple[Rule, str], list[int]] = {}
        bad = 0
        for line, fields in self._records:
            try:
                take(line, self._whole(fields, least))
            except BadLineError as error:
                bad += 1
                if bad <= _LINES_TOLD:
                    lines_of.setdefault(error.found, []).append(line)
        if bad:
            found = [
                rule.at(f"line{'s' if len(lines) > 1 else ''} {listed(map(str, lines))}", what)
                for (rule, what), lines in lines_of.items()
            ]
            found[0] = replace(found[0], path=f"{self.name}, {found[0].path}")
            if bad > _LINES_TOLD:
                found[-1] = replace(found[-1], message=f"{found[-1].message}; and {bad - _LINES_TOLD} more")
            raise InvalidInputError(*found)

    def _whole(self, fields: list[str] | None, least: int) -> list[str]:
        """The fields of a record, at least so many and at most one for each header."""
        if fields is None:
            raise BadLineError(
                rules.FIELDS_OF_A_LINE,
                "the quotation marks do not match, and nothing after was read; within a field write them twice",
            )
        most = len(self._headers)
        if len(fields) < least:
            raise BadLineError(rules.FIELDS_OF_A_LINE, f"only {len(fields)} of {most} fields (is the file whole?)")
        if any(map(_is_an_id, [*fields[most:], *(fields[at] for at in self._no_ids_at if at < len(fields))])):
            raise BadLineError(
                rules.IDS_BESIDE_THE_COLUMN, f"there are worker ids beside the column of ids; {_ONE_A_LINE}"
            )
        if len(fields) > most:
            raise BadLineError(
                rules.FIELDS_OF_A_LINE,
                f"{len(fields)} fields instead of {most}; put one that holds a separator in quotation marks",
            )
        return fields

    def _error(self, rule: Rule, message: str) -> InvalidInputError:
        return InvalidInputError(rule.at(self.name, message))


def _records(text: io.TextIOWrapper, separator: str) -> Iterator[_Record]:
    """Each record that is not blank. One whose quotation marks do not match is the last."""
    # strict: an open quotation mark would else swallow all the lines up to the next one
    reader = csv.reader(text, delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            return
        if any(map(str.strip, fields)):
            yield line, fields
        line = reader.line_num + 1


def _plain(header: str) -> str:
    return header.translate(_IGNORED_IN_HEADERS).lower()


def _like_an_id(header: str) -> bool:
    """Whether a header is a worker id rather: short words in capitals (AGE) are none."""
    return contains_worker_id(header.upper()) or (len(header) > 9 and is_worker_id(header))


def _is_an_id(field: str) -> bool:
    """Whether a whole field is a worker id without doubt."""
    return is_worker_id(field.strip()) and contains_worker_id(field)


def _worker_id(field: str) -> str:
    worker_id = field.strip()
    if not is_worker_id(worker_id):
        raise BadLineError(rules.WORKER_ID_OF_A_LINE, f"no worker id; one is {FORM}")
    return worker_id


def _score(field: str) -> int | None:
    text = field.strip()
    if not text:
        return None
    if not (written := _SCORE.fullmatch(text)) or (value := int(written[1])) not in INT32:
        raise BadLineError(
            rules.SCORE_OF_A_LINE,
            "the score is no whole number of 32 bits; write one such as 85, or leave it blank for none",
        )
    return value
