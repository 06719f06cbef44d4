"""Drawing simulated workers, each independently: the first hundred of ten thousand are a crowd of a hundred."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.domain.workers import WorkerProfile

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.simulation.population_model import PopulationModel

WORKER_ID_PREFIX: Final = "A0CROWD"
"""What the ids of all simulated workers begin with."""
_MAX_ASSIGNMENTS: Final = 1_000_000
"""Upper limit on one worker's assignments, for distributions with a long tail."""
_MAX_LOST_SHARE: Final = 0.95
"""Upper limit on the share of abandoned and returned assignments."""


@dataclass(frozen=True)
class SimulatedWorker:
    """A simulated worker: profile and behaviour."""

    profile: WorkerProfile
    takes: float
    """Probability of taking a test."""
    skill: float
    """Probability of answering an item of a test right."""
    wants: float
    """Probability of working on the HITs of a type."""
    arrives_after: float
    """Seconds."""
    assignments: int
    """Maximum number of assignments of one type."""


def seeded_random(seed: int, *purpose: object) -> random.Random:
    """A generator for one purpose, independent of draws for other purposes and of their order."""
    return random.Random(":".join(map(str, (seed, *purpose))))  # noqa: S311 - not for secrets


def worker_id(seed: int, number: int) -> str:
    """A plainly made-up id, which identifies the same simulated worker for the same seed and number."""
    return f"A0CROWD{seed}N{number:06}"


def draw_workers(model: PopulationModel, seed: int, count: int) -> list[SimulatedWorker]:
    """Draw the workers 1 to `count`."""
    return [_worker(model, seed, number) for number in range(1, count + 1)]


def _worker(model: PopulationModel, seed: int, number: int) -> SimulatedWorker:
    rng = seeded_random(seed, "person", number)
    country = _choice(rng, model.countries)
    state = _choice(rng, model.states)
    history = _history(model, rng)
    chosen = rng.random() < model.masters_share
    adult = rng.random() < model.adult
    profile = WorkerProfile(
        worker_id=worker_id(seed, number),
        country=country,
        subdivision=state if country == "US" else None,
        masters=chosen and history.approved >= model.masters_approved,
        adult=adult,
        history=history,
    )
    return SimulatedWorker(
        profile,
        takes=model.takes.draw(rng),
        skill=model.skill.draw(rng),
        wants=model.wants.draw(rng),
        arrives_after=model.arrives_after_hours.draw(rng) * 3600,
        assignments=round(min(model.assignments.draw(rng), _MAX_ASSIGNMENTS)),
    )


def _history(model: PopulationModel, rng: random.Random) -> WorkHistory:
    """Draw a history; abandoned and returned are shares of the accepted assignments."""
    submitted = round(min(model.submitted.draw(rng), _MAX_ASSIGNMENTS))
    approved = round(submitted * model.approved.draw(rng))
    abandoned_share, returned_share = model.abandoned.draw(rng), model.returned.draw(rng)
    lost = min(abandoned_share + returned_share, _MAX_LOST_SHARE)
    accepted = round(submitted / (1 - lost))
    abandoned = min(round(accepted * abandoned_share), accepted - submitted)
    return WorkHistory(
        accepted=accepted,
        submitted=submitted,
        abandoned=abandoned,
        returned=accepted - submitted - abandoned,
        approved=approved,
        rejected=submitted - approved,
    )


def _choice(rng: random.Random, shares: dict[str, float]) -> str:
    return rng.choices(list(shares), weights=list(shares.values()))[0]
