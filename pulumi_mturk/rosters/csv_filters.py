"""Which lines of a CSV file are kept: by the time of submission, or by the status, in the columns of several tools."""

import datetime
from collections.abc import Callable, Iterable

from pulumi_mturk.common.diagnostics import Rule
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.iterables import is_listing
from pulumi_mturk.rules import csv_files as rules

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONES = {"PST": "-08:00", "PDT": "-07:00", "UTC": "+00:00", "GMT": "+00:00"}
# Columns by tool, in any spelling; the first that a file has is taken. The Requester site's, the former command line
# tools' (which begin with "assignment") and CloudResearch's ApprovalStatus are observed in files and programs that
# people published. In oTree's export no status and no time of submission was found.
TIME_COLUMNS = ("SubmitTime", "AssignmentSubmitTime")
_STATUSES = ("Submitted", "Approved", "Rejected")
# What a tool calls a status -> the API's word, or "" for work that was never handed in. CloudResearch's Rejected is
# guessed, its others are observed.
STATUS_COLUMNS = {
    "AssignmentStatus": {status.lower(): status for status in _STATUSES},
    "ApprovalStatus": {
        "pending": "Submitted",
        "approved": "Approved",
        "rejected": "Rejected",
        "not submitted": "",
    },
}

Filter = Callable[[list[str]], bool]


class BadLineError(Exception):
    """What is wrong with a line, in words that do not repeat it."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(rule, message)
        self.found = (rule, message)


def moment_of(since: object) -> datetime.datetime | None:
    """The moment that `since` means; InvalidInputError if it means none."""
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


def submitted(name: str, at: int, moment: datetime.datetime) -> Filter:
    """Keeps lines whose time, in the column `name` at `at`, is the moment or later."""

    def keep(fields: list[str]) -> bool:
        return _time(name, fields[at].strip()) >= moment

    return keep


def _time(name: str, text: str) -> datetime.datetime:
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
        raise BadLineError(
            rules.TIME_OF_A_LINE,
            f"{name} is no time with a zone, such as Tue Nov 03 10:12:11 PST 2020 or 2020-11-03T18:12:11Z",
        )
    return time


def wanted_statuses(statuses: Iterable[str] | None) -> frozenset[str] | None:
    """The statuses in small letters; InvalidInputError if one is none."""
    if statuses is None:
        return None
    listed = list(statuses) if is_listing(statuses) else [None]
    wanted = frozenset(status.lower() if isinstance(status, str) else "" for status in listed)
    if not wanted or not wanted <= {status.lower() for status in _STATUSES}:
        raise InvalidInputError(
            rules.STATUSES.at("statuses", f"write a list of one or more of {', '.join(map(repr, _STATUSES))}")
        )
    return wanted


def in_status(name: str, at: int, wanted: frozenset[str]) -> Filter:
    """Keeps lines whose status, in the column `name` at `at`, is one of these."""
    known = STATUS_COLUMNS[name]

    def keep(fields: list[str]) -> bool:
        status = known.get(fields[at].strip().lower())
        if status is None:
            raise BadLineError(rules.STATUS_OF_A_LINE, f"{name} is none of {', '.join(map(str.capitalize, known))}")
        return status.lower() in wanted

    return keep
