"""Workers: registration, profiles, and whether an id is known."""

from __future__ import annotations

import random
import re
import string
from dataclasses import asdict, astuple, dataclass, field
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.context import ID_PREFIX, Context
from pulumi_mturk.marketplace.domain.iso3166 import is_country, is_us_state, locale_name
from pulumi_mturk.marketplace.domain.work_history import WorkHistory, history_of
from pulumi_mturk.marketplace.errors import WorkerRefusedError, invalid_parameter
from pulumi_mturk.marketplace.storage import workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.storage.sql import Row


def check_known(ctx: Context, worker_id: str) -> None:
    """Refuse unknown worker ids (observed), if the switch `unknown_workers` is `refuse`."""
    if ctx.switches.unknown_workers == "accept":
        return
    if workers.find(ctx.db, worker_id) is None:
        raise invalid_parameter("WorkerId", worker_id)


def register_id(ctx: Context, worker_id: str) -> None:
    """Register an id without a profile, unless it is known."""
    workers.insert_id(ctx.db, worker_id)


_MAX_COUNT: Final = 999_999_999
"""The largest number in a history."""
_WORKER_ID: Final = re.compile(r"A[A-Z0-9]{1,63}")
_ID_LENGTH: Final = 14
"""Characters of a worker's id on the real service (observed)."""
_MISTAKEN_COUNTRIES: Final = {"UK": "GB", "EL": "GR"}
"""Codes that the United Kingdom and the European Union use, and what ISO 3166 has instead."""
_ID_CHARACTERS: Final = string.ascii_uppercase + string.digits


@dataclass(frozen=True)
class WorkerProfile:
    """A worker as registered."""

    worker_id: str
    country: str | None = None
    """ISO 3166, of the mailing address given at sign-up (documented); None if unknown."""
    subdivision: str | None = None
    """The state, for the United States; None if unknown."""
    masters: bool = False
    adult: bool = False
    """Whether the worker consented to see content for adults."""
    history: WorkHistory = field(default_factory=WorkHistory)
    """Assignments before, or elsewhere; tests of requirements set it as they need it."""


def new_worker_id(ids: random.Random | None = None) -> str:
    """A new worker id in the form of the real ones; the prefix after the A marks ids of a marketplace."""
    length = _ID_LENGTH - 1 - len(ID_PREFIX)
    drawn = (ids or random.SystemRandom()).choices(_ID_CHARACTERS, k=length)
    return f"A{ID_PREFIX}" + "".join(drawn)


def register(ctx: Context, profile: WorkerProfile) -> None:
    """Register a worker, or replace the profile.

    Raises:
        WorkerRefusedError: the id, the address or the history is invalid.

    """
    check(profile)
    workers.replace(
        ctx.db,
        profile.worker_id,
        country=profile.country,
        subdivision=profile.subdivision,
        masters=profile.masters,
        adult=profile.adult,
        **asdict(profile.history),
    )


def find(ctx: Context, worker_id: str) -> WorkerProfile:
    """The worker's profile.

    Raises:
        WorkerRefusedError: no worker with this id is registered.

    """
    row = workers.find(ctx.db, worker_id)
    if row is None:
        raise WorkerRefusedError("No worker is registered here with this id. Register first.", field="worker_id")
    return _profile(row)


def list_workers(ctx: Context) -> list[WorkerProfile]:
    """All workers, by their ids."""
    return list(workers_after(ctx, ""))


def workers_after(ctx: Context, worker_id: str) -> Iterator[WorkerProfile]:
    """As `list_workers`, one after the other, from the one that comes after an id."""
    for row in workers.after(ctx.db, worker_id):
        yield _profile(row)


def check(profile: WorkerProfile) -> None:
    """Raise WorkerRefusedError: the id, the address or the history is invalid."""
    if _WORKER_ID.fullmatch(profile.worker_id) is None:
        raise WorkerRefusedError("A worker's id is an A and up to 63 capital letters and digits.", field="worker_id")
    country, subdivision = profile.country, profile.subdivision
    if country is not None and not is_country(country):
        meant = _MISTAKEN_COUNTRIES.get(country)
        advice = f"{locale_name(meant)} is {meant}" if meant else "write one such as US or IN"
        raise WorkerRefusedError(f"country: {country!r} is no ISO 3166 code; {advice}.", field="country")
    if subdivision is not None and (country != "US" or not is_us_state(subdivision)):
        raise WorkerRefusedError(
            f"subdivision: {subdivision!r} is no state of the United States; write one such as CA, with the country "
            "US.",
            field="subdivision",
        )
    history = profile.history
    if not all(0 <= number <= _MAX_COUNT for number in astuple(history)):
        raise WorkerRefusedError(f"history: each number must be from 0 to {_MAX_COUNT}.", field="history")
    if history.submitted + history.abandoned + history.returned > history.accepted:
        raise WorkerRefusedError("history: more is submitted, abandoned and returned than accepted.", field="history")
    if history.approved + history.rejected > history.submitted:
        raise WorkerRefusedError("history: more is approved and rejected than submitted.", field="history")


def _profile(row: Row) -> WorkerProfile:
    return WorkerProfile(
        row["worker_id"], row["country"], row["subdivision"], bool(row["masters"]), bool(row["adult"]), history_of(row)
    )
