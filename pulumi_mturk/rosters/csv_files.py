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
from pulumi_mturk.common.worker_ids import FORM, contains_worker_id, is_worker_id, redact
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId
from pulumi_mturk.rules import csv_files as rules

# With .0 too: a spreadsheet or pandas writes 5.0 where other cells of the column are blank.
_SCORE = re.compile(r"(-?[0-9]{1,10})(?:\.0+)?")
_STATUSES = ("Submitted", "Approved", "Rejected")
_SEPARATORS = ",;\t"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONES = {"PST": "-08:00", "PDT": "-07:00", "UTC": "+00:00", "GMT": "+00:00"}
# Last columns, for the requester to fill in: the lines of results end before them (observed), and those of the list of
# workers may do so (guessed).
_LEFT_OFF = ("approve", "reject", "updateblockstatus")
_IGNORED_IN_HEADERS = str.maketrans("", "", " _-")
_LINES_TOLD = 10
_HEADERS_TOLD = 40

# The number of the line where a record begins, and its fields; None where the quotation marks do not match.
_Record = tuple[int, list[str] | None]
_Filter = Callable[[list[str]], bool]


class _BadLineError(Exception):
    """What is wrong with a line, in words that do not repeat it."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(rule, message)
        self.found = (rule, message)


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

    Takes the results of a batch and the list of workers as the Requester site exports them, and any other file that
    begins with a line of headers. The column of the ids is called WorkerId, worker_id, "Worker ID" or the like;
    `worker` names another. Commas, semicolons or tabs separate the fields; the text is UTF-8, or UTF-16 as Excel
    writes it. A relative path starts in the folder of the program.

    `score` names the column of the scores; for the site's list of workers the qualification's own name will do:
    "Tier" finds "CURRENT-Tier". A score is a whole number of 32 bits, and 5.0 counts as 5. A line with a blank one
    is left out: that worker has none.

    `since` keeps the lines whose SubmitTime is then or later: a `datetime` with a time zone, or a `date`, which means
    midnight UTC. `statuses` keeps those whose AssignmentStatus is one of these: "Submitted", "Approved", "Rejected".

    A file of headers alone is an empty list. Raises `InvalidInputError` if the file can't be read or has bad lines:
    no id, something else than an id, another score for the same worker, too many or too few fields. The message tells
    the numbers of the lines, and shows no id.
    """
    moment, wanted = _moment(since), _wanted(statuses)
    with _fields_of_any_length():
        file = _File(Path(path), worker)
        filters: list[_Filter] = []
        if moment is not None:
            filters.append(_submitted(file.column("SubmitTime", "by which `since` goes"), moment))
        if wanted is not None:
            filters.append(_in_status(file.column("AssignmentStatus", "by which `statuses` goes"), wanted))
        score_at = None if score is None else file.column_named(score, f"CURRENT-{score}")
        found: dict[str, tuple[SourcedWorkerId, int]] = {}

        def take(line: int, fields: list[str]) -> None:
            worker_id = _worker_id(fields[file.id_at])
            if not all(keep(fields) for keep in filters):
                return
            value = 0 if score_at is None else _score(fields[score_at])
            if value is None:
                return
            first, earlier = found.setdefault(worker_id, (SourcedWorkerId(worker_id, file.name, line), value))
            if value != earlier:
                raise _BadLineError(
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
        self.name = redact(path.name or str(path))
        self._headers, self._records = self._opened(*self._content(path), worker)
        self._last_used = 0
        if worker is None:
            self.id_at = self.column("WorkerId", 'and worker="…" names no other')
        else:
            self.id_at = self.column_named(worker)

    def _content(self, path: Path) -> tuple[bytes, str]:
        """The bytes and their encoding: as one text, a large file would take many times the space."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            folder = redact(str(path.absolute().parent))
            raise self._error(rules.FILE_UNREADABLE, f"there is no such file in {folder}; correct the path") from None
        except IsADirectoryError:
            raise self._error(rules.FILE_UNREADABLE, "this is a folder; write the path of a file in it") from None
        except OSError as error:
            raise self._error(rules.FILE_UNREADABLE, f"the file can't be read: {error.strerror}") from None
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
            return "workerid" in map(_plain, headers) if worker is None else worker in headers

        return max(opened, key=lambda headers_and_records: (fits(headers_and_records[0]), len(headers_and_records[0])))

    def column(self, name: str, purpose: str) -> int:
        """The column of that name, in any spelling of it."""
        alike = [at for at, header in enumerate(self._headers) if _plain(header) == _plain(name)]
        return self._only(alike, name, f", {purpose}")

    def column_named(self, *names: str) -> int:
        """The column of the first of these names that is a header."""
        named = next(([name] for name in names if name in self._headers), names)
        alike = [at for at, header in enumerate(self._headers) if header in named]
        return self._only(alike, " or ".join(map(repr, named)))

    def _only(self, columns: list[int], name: str, purpose: str = "") -> int:
        if not columns:
            raise self._error(rules.NO_SUCH_COLUMN, f"no column is called {redact(name)}{purpose}; {self._there()}")
        if len(columns) > 1:
            numbers = _enumerated([at + 1 for at in columns])
            raise self._error(rules.COLUMN_TWICE, f"columns {numbers} are called {redact(name)}; rename all but one")
        self._last_used = max(self._last_used, columns[0])
        return columns[0]

    def _there(self) -> str:
        if any(map(_like_an_id, self._headers)):
            return (
                "the first line holds what looks like a worker id: if it is no line of headers, put one above it, such "
                "as worker_id,score"
            )
        more = f" and {len(self._headers) - _HEADERS_TOLD} more" if len(self._headers) > _HEADERS_TOLD else ""
        return f"there are {', '.join(map(repr, self._headers[:_HEADERS_TOLD]))}{more}"

    def read(self, take: Callable[[int, list[str]], None]) -> None:
        """Hand over each record, and tell of all bad ones together."""
        most = least = len(self._headers)
        while least > self._last_used + 1 and _plain(self._headers[least - 1]) in _LEFT_OFF:
            least -= 1
        lines_of: dict[tuple[Rule, str], list[int]] = {}
        bad = 0
        for line, fields in self._records:
            try:
                if fields is None:
                    raise _BadLineError(
                        rules.FIELDS_OF_A_LINE,
                        "the quotation marks do not match, and nothing after was read; within a field write them twice",
                    )
                if len(fields) < least:
                    raise _BadLineError(
                        rules.FIELDS_OF_A_LINE, f"only {len(fields)} of {most} fields (is the file whole?)"
                    )
                if len(fields) > most:
                    raise _BadLineError(
                        rules.FIELDS_OF_A_LINE,
                        f"{len(fields)} fields instead of {most}; put one that holds a separator in quotation marks",
                    )
                take(line, fields)
            except _BadLineError as error:
                bad += 1
                if bad <= _LINES_TOLD:
                    lines_of.setdefault(error.found, []).append(line)
        if bad:
            found = [
                rule.at(f"line{'s' if len(lines) > 1 else ''} {_enumerated(lines)}", what)
                for (rule, what), lines in lines_of.items()
            ]
            found[0] = replace(found[0], path=f"{self.name}, {found[0].path}")
            if bad > _LINES_TOLD:
                found[-1] = replace(found[-1], message=f"{found[-1].message}; and {bad - _LINES_TOLD} more")
            raise InvalidInputError(*found)

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


def _worker_id(field: str) -> str:
    worker_id = field.strip()
    if not worker_id:
        raise _BadLineError(rules.WORKER_ID_OF_A_LINE, "the worker id is missing; fill it in or delete the line")
    if not is_worker_id(worker_id):
        raise _BadLineError(rules.WORKER_ID_OF_A_LINE, f"no worker id; one is {FORM}")
    return worker_id


def _score(field: str) -> int | None:
    text = field.strip()
    if not text:
        return None
    if not (written := _SCORE.fullmatch(text)) or (value := int(written[1])) not in INT32:
        raise _BadLineError(
            rules.SCORE_OF_A_LINE,
            "the score is no whole number of 32 bits; write one such as 85, or leave it blank for none",
        )
    return value


def _moment(since: object) -> datetime.datetime | None:
    if since is None:
        return None
    if not isinstance(since, datetime.datetime) and isinstance(since, datetime.date):
        return datetime.datetime.combine(since, datetime.time(), datetime.UTC)
    if not isinstance(since, datetime.datetime) or since.utcoffset() is None:
        raise InvalidInputError(
            rules.SINCE.at(
                "since",
                "write a date, such as datetime.date(2026, 1, 31), or a datetime with a time zone, such as "
                "datetime.datetime(2026, 1, 31, 9, tzinfo=datetime.UTC)",
            )
        )
    return since


def _submitted(at: int, moment: datetime.datetime) -> _Filter:
    def keep(fields: list[str]) -> bool:
        return _time(fields[at].strip()) >= moment

    return keep


def _time(text: str) -> datetime.datetime:
    """A time as the site writes it (Tue Nov 03 10:12:11 PST 2020), or as ISO 8601 does."""
    # strptime would go by the machine's language and knows only its own time zone.
    try:
        if len(parts := text.split()) == 6:
            _, month, day, clock, zone, year = parts
            text = f"{year}-{_MONTHS.index(month) + 1:02}-{day:0>2}T{clock}{_ZONES[zone]}"
        time = datetime.datetime.fromisoformat(text)
    except (KeyError, ValueError):
        time = None
    if time is None or time.utcoffset() is None:
        raise _BadLineError(
            rules.TIME_OF_A_LINE,
            "SubmitTime is no time with a zone, such as Tue Nov 03 10:12:11 PST 2020 or 2020-11-03T18:12:11Z",
        )
    return time


def _wanted(statuses: Iterable[str] | None) -> frozenset[str] | None:
    if statuses is None:
        return None
    wanted = frozenset(status.lower() for status in statuses)
    if not wanted or not wanted <= {status.lower() for status in _STATUSES}:
        raise InvalidInputError(
            rules.STATUSES.at("statuses", f"write a list of one or more of {', '.join(map(repr, _STATUSES))}")
        )
    return wanted


def _in_status(at: int, wanted: frozenset[str]) -> _Filter:
    known = {status.lower() for status in _STATUSES}

    def keep(fields: list[str]) -> bool:
        status = fields[at].strip().lower()
        if status not in known:
            raise _BadLineError(rules.STATUS_OF_A_LINE, f"AssignmentStatus is none of {', '.join(_STATUSES)}")
        return status in wanted

    return keep


def _enumerated(numbers: list[int]) -> str:
    *others, last = map(str, numbers)
    return f"{', '.join(others)} and {last}" if others else last
