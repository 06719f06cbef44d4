"""Who the workers are: where they live, what they consented to, and what they did here, before or elsewhere.

The percentages are those of the documents: submitted, abandoned and returned over accepted, approved and rejected over
submitted (documented). A worker who has not submitted a hundred assignments has an approval rate of 100 (documented).
"""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.context import ID_PREFIX
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.places import is_country, is_state

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.context import Context

FEW: Final = 100
"""Submitted assignments below which the approval rate counts as 100 (documented)."""
_MOST: Final = 999_999_999
"""The largest number of a history."""
_WORKER_ID: Final = re.compile(r"A[A-Z0-9]{1,63}")
_ID_LENGTH: Final = 14
"""Characters of a worker's id on the real service (observed)."""
_ID_CHARACTERS: Final = string.ascii_uppercase + string.digits
_HERE: Final = """
    SELECT count(*) AS accepted,
        count(*) FILTER (WHERE status IN ('Submitted', 'Approved', 'Rejected')) AS submitted,
        count(*) FILTER (WHERE status = 'Abandoned') AS abandoned,
        count(*) FILTER (WHERE status = 'Returned') AS returned,
        count(*) FILTER (WHERE status = 'Approved') AS approved,
        count(*) FILTER (WHERE status = 'Rejected') AS rejected
    FROM assignments WHERE worker_id = ?
"""


@dataclass(frozen=True)
class History:
    """How many assignments a worker accepted, and what became of them."""

    accepted: int = 0
    submitted: int = 0
    abandoned: int = 0
    """Kept until the time was over, and not handed in."""
    returned: int = 0
    approved: int = 0
    rejected: int = 0

    def __add__(self, other: History) -> History:
        """Both together."""
        return History(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Profile:
    """A worker as registered."""

    worker_id: str
    country: str | None = None
    """ISO 3166, of the mailing address given at sign-up (documented); None where nothing is known."""
    subdivision: str | None = None
    """The state, for the United States; None where it is not known."""
    masters: bool = False
    adult: bool = False
    """Whether the worker consented to see content for adults."""
    history: History = History()
    """What was done before the worker came here, or elsewhere: tests of rules write it down as they need it."""


@dataclass(frozen=True)
class Standing:
    """What rules can ask of a worker's work: everything before and elsewhere, and everything here."""

    history: History

    @property
    def percent_submitted(self) -> int:
        """Over all accepted; 100 for who accepted nothing yet (guessed: a newcomer is not kept out)."""
        return _percentage(self.history.submitted, self.history.accepted, of_none=100)

    @property
    def percent_abandoned(self) -> int:
        """Over all accepted."""
        return _percentage(self.history.abandoned, self.history.accepted)

    @property
    def percent_returned(self) -> int:
        """Over all accepted."""
        return _percentage(self.history.returned, self.history.accepted)

    @property
    def percent_approved(self) -> int:
        """Over all submitted; 100 below a hundred submitted (documented)."""
        if self.history.submitted < FEW:
            return 100
        return _percentage(self.history.approved, self.history.submitted)

    @property
    def percent_rejected(self) -> int:
        """Over all submitted, however few they are (guessed: the documents make an exception of approval alone)."""
        return _percentage(self.history.rejected, self.history.submitted)

    @property
    def hits_approved(self) -> int:
        """How many HITs were approved; a newcomer has 0 (guessed: the documents conflict)."""
        return self.history.approved


def new_worker_id() -> str:
    """An id for a worker of this place: of the form of the real ones, and told from them by the letters after the A."""
    length = _ID_LENGTH - 1 - len(ID_PREFIX)
    return f"A{ID_PREFIX}" + "".join(secrets.choice(_ID_CHARACTERS) for _ in range(length))


def register(ctx: Context, profile: Profile) -> None:
    """Make a worker known, or change what is known.

    Raises:
        WorkerRefusedError: the id, the address or the history can't be.

    """
    _check(profile)
    history = profile.history
    ctx.db.execute(
        """INSERT OR REPLACE INTO workers (worker_id, country, subdivision, masters, adult, accepted, submitted,
            abandoned, returned, approved, rejected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            profile.worker_id,
            profile.country,
            profile.subdivision,
            profile.masters,
            profile.adult,
            *(getattr(history, field.name) for field in fields(history)),
        ),
    )


def find(ctx: Context, worker_id: str) -> Profile:
    """The worker's profile.

    Raises:
        WorkerRefusedError: nobody is registered with this id.

    """
    row = ctx.db.execute("SELECT * FROM workers WHERE worker_id = ?", (worker_id,)).fetchone()
    if row is None:
        raise WorkerRefusedError("No worker is registered here with this id. Register first.")
    return _profile(row)


def everybody(ctx: Context) -> list[Profile]:
    """All workers, by their ids."""
    return [_profile(row) for row in ctx.db.execute("SELECT * FROM workers ORDER BY worker_id")]


def standing(ctx: Context, worker_id: str) -> Standing:
    """What the registered worker has done until now, here and elsewhere."""
    return standing_of(ctx, find(ctx, worker_id))


def standing_of(ctx: Context, profile: Profile) -> Standing:
    """What a worker has done until now: the history told at registration, and the assignments here."""
    here = ctx.db.execute(_HERE, (profile.worker_id,)).fetchone()
    return Standing(profile.history + _history(here))


def _percentage(part: int, whole: int, of_none: int = 0) -> int:
    """Rounded down (guessed): a rule of 95 percent asks for no less."""
    return part * 100 // whole if whole else of_none


def _check(profile: Profile) -> None:
    if _WORKER_ID.fullmatch(profile.worker_id) is None:
        raise WorkerRefusedError("A worker's id is an A and up to 63 capital letters and digits.")
    country, subdivision = profile.country, profile.subdivision
    if country is not None and not is_country(country):
        raise WorkerRefusedError(f"country: {country!r} is no ISO 3166 code; write one such as US or IN.")
    if subdivision is not None and (country != "US" or not is_state(subdivision)):
        raise WorkerRefusedError(
            f"subdivision: {subdivision!r} is no state of the United States; write one such as CA, with the country US."
        )
    history = profile.history
    if not all(0 <= number <= _MOST for number in astuple(history)):
        raise WorkerRefusedError(f"history: each number must be from 0 to {_MOST}.")
    if history.submitted + history.abandoned + history.returned > history.accepted:
        raise WorkerRefusedError("history: more is submitted, abandoned and returned than accepted.")
    if history.approved + history.rejected > history.submitted:
        raise WorkerRefusedError("history: more is approved and rejected than submitted.")


def _profile(row: sqlite3.Row) -> Profile:
    return Profile(
        row["worker_id"], row["country"], row["subdivision"], bool(row["masters"]), bool(row["adult"]), _history(row)
    )


def _history(row: sqlite3.Row) -> History:
    return History(*(row[field.name] for field in fields(History)))
