"""The people of a crowd, drawn one by one: the first hundred of a crowd of ten thousand are a crowd of a hundred."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.people.profiles import History, Profile

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.crowd.make_up import MakeUp

WORKER_IDS: Final = "A0CROWD*"
"""What all workers of crowds are called, as SQLite's GLOB reads it."""
_MOST: Final = 1_000_000
"""Assignments that one person can have done: the longest tail ends somewhere."""
_MOST_LOST: Final = 0.95
"""Of the assignments accepted, the most that were abandoned, or given back."""


@dataclass(frozen=True)
class Person:
    """A worker of the crowd, and what moves them."""

    profile: Profile
    takes: float
    """The chance that a test is taken."""
    skill: float
    """The chance that an item of a test is answered right."""
    wants: float
    """The chance that the HITs of a type are worked on."""
    arrives_after: float
    """Seconds."""
    assignments: int
    """Of one type, at most."""


def dice(seed: int, *purpose: object) -> random.Random:
    """Random numbers for one purpose: what is asked for in between, or in another order, changes none of them."""
    return random.Random(":".join(map(str, (seed, *purpose))))  # noqa: S311 - no secret comes of it


def worker_id(seed: int, number: int) -> str:
    """An id that nobody takes for a person's: the same seed and number are the same worker of the crowd."""
    return f"A0CROWD{seed}N{number:06}"


def people(make_up: MakeUp, seed: int, count: int) -> list[Person]:
    """The crowd."""
    return [_person(make_up, seed, number) for number in range(1, count + 1)]


def _person(make_up: MakeUp, seed: int, number: int) -> Person:
    die = dice(seed, "person", number)
    country = _choice(die, make_up.countries)
    state = _choice(die, make_up.states)
    history = _history(make_up, die)
    chosen = die.random() < make_up.masters_share
    adult = die.random() < make_up.adult
    profile = Profile(
        worker_id=worker_id(seed, number),
        country=country,
        subdivision=state if country == "US" else None,
        masters=chosen and history.approved >= make_up.masters_approved,
        adult=adult,
        history=history,
    )
    return Person(
        profile,
        takes=make_up.takes.draw(die),
        skill=make_up.skill.draw(die),
        wants=make_up.wants.draw(die),
        arrives_after=make_up.arrives_after_hours.draw(die) * 3600,
        assignments=round(min(make_up.assignments.draw(die), _MOST)),
    )


def _history(make_up: MakeUp, die: random.Random) -> History:
    """What was handed in, and before that accepted: abandoned and given back are shares of what was accepted."""
    submitted = round(min(make_up.submitted.draw(die), _MOST))
    approved = round(submitted * make_up.approved.draw(die))
    abandoned_share, returned_share = make_up.abandoned.draw(die), make_up.returned.draw(die)
    lost = min(abandoned_share + returned_share, _MOST_LOST)
    accepted = round(submitted / (1 - lost))
    abandoned = min(round(accepted * abandoned_share), accepted - submitted)
    return History(
        accepted=accepted,
        submitted=submitted,
        abandoned=abandoned,
        returned=accepted - submitted - abandoned,
        approved=approved,
        rejected=submitted - approved,
    )


def _choice(die: random.Random, shares: dict[str, float]) -> str:
    return die.choices(list(shares), weights=list(shares.values()))[0]
